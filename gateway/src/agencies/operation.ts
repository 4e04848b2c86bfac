import type { Classes } from '@hub/sharing';
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An argument that chooses, sorts or filters, with what it was given. */
interface Chosen {
  readonly where: string;
  readonly argument: GraphQLArgument;
  readonly node: ArgumentNode | undefined;
}

/** A document as the checks of an agency's reads see it. */
export interface AgencyOperation {
  /** As it is planned and run: with the ids of the members that it tells of. */
  readonly document: string;
  readonly parsed: DocumentNode;
  /** All that is read, as `Type.field`. */
  readonly fields: readonly string[];
  readonly mutates: boolean;
  /** What its variables are where a client doesn't give them. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly chosen: readonly Chosen[];
}

/** Under which name the ids of those who are told of come back; a client's alias of that name is refused as unknown fields are. */
export const subjectsAlias = 'hubSubjects';

/** Arguments that choose a page, or a record by its key. */
const pages = new Set(['first', 'after', 'last', 'before', 'id', 'code', 'scope']);

/** Reads a document. @throws GraphQLError where it is none */
export function agencyOperation(schema: GraphQLSchema, classes: Classes, query: string): AgencyOperation {
  const parsed = parse(query, { noLocation: true });
  const fields = new Set<string>();
  const chosen: Chosen[] = [];
  const defaults: Record<string, unknown> = {};
  let mutates = false;
  const types = new TypeInfo(schema);
  const told = visit(
    parsed,
    visitWithTypeInfo(types, {
      OperationDefinition(node) {
        if (node.operation !== 'query') mutates = true;
        for (const { variable, defaultValue } of node.variableDefinitions ?? [])
          if (defaultValue) defaults[variable.name.value] = valueFromASTUntyped(defaultValue);
      },
      Field: {
        enter(node) {
          const parent = types.getParentType();
          const field = types.getFieldDef();
          if (node.alias?.value === subjectsAlias) fields.add(subjectsAlias);
          // What isn't in the schema is refused by it, and introspection tells what everybody may know.
          if (!parent || !field || node.name.value.startsWith('__')) return undefined;
          const where = `${parent.name}.${node.name.value}`;
          if (!classes.isStructure(parent.name)) fields.add(where);
          // What a mutation is given chooses nothing that is told: it is done or refused as a whole.
          for (const argument of parent === schema.getMutationType() ? [] : field.args)
            if (!pages.has(argument.name))
              chosen.push({ where, argument, node: node.arguments?.find(({ name }) => name.value === argument.name) });
          return undefined;
        },
        leave(node) {
          const type = types.getType() && getNamedType(types.getType());
          const subjects = isObjectType(type) ? subjectsOf(type) : undefined;
          return subjects && node.selectionSet
            ? {
                ...node,
                selectionSet: { ...node.selectionSet, selections: [...node.selectionSet.selections, subjects] },
              }
            : undefined;
        },
      },
    }),
  );
  return { document: print(told), parsed, fields: [...fields], mutates, defaults, chosen };
}

const selected = (name: string, inner?: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: subjectsAlias },
  name: { kind: Kind.NAME, value: name },
  ...(inner !== undefined && {
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: inner } }],
    } satisfies SelectionSetNode,
  }),
});

/** What asks a record of a type for the members whom it tells of. */
function subjectsOf(type: GraphQLObjectType): FieldNode | undefined {
  const fields = type.getFields();
  if (type.name === 'Member') return selected('id');
  if (type.name === 'Person') return selected('members', 'id');
  const member = fields['member'];
  return member && member.args.length === 0 && getNamedType(member.type).name === 'Member'
    ? selected('member', 'id')
    : undefined;
}

/** What an agency may read: a field as `Type.field`. */
export type MayRead = (where: string) => boolean;

/** The fields, filters and orders of an operation that go beyond what may be read. */
export function beyond(
  { fields, chosen, defaults }: AgencyOperation,
  classes: Classes,
  given: Readonly<Record<string, unknown>>,
  mayRead: MayRead,
): readonly string[] {
  const variables = { ...defaults, ...given };
  const refused = new Set<string>();
  for (const where of fields) {
    const [type = '', field = ''] = where.split('.');
    if (!mayRead(where) || classes.reads(type, field)?.some((input) => !mayRead(input))) refused.add(where);
  }
  for (const { where, argument, node } of chosen) {
    const value = (node && valueFromASTUntyped(node.value as ValueNode, variables)) ?? argument.defaultValue;
    if (value === undefined || value === null) continue;
    const [type = '', field = ''] = where.split('.');
    const name = `${where}(${argument.name}:)`;
    const inner = getNamedType(argument.type);
    const told = classes.reads(type, `${field}(${argument.name}:)`);
    if (told) {
      if (told.some((input) => !mayRead(input))) refused.add(name);
    } else if (isEnumType(inner)) {
      for (const one of [value].flat())
        if (classes.reads(inner.name, String(one))?.every(mayRead) !== true)
          refused.add(`${name.slice(0, -1)} ${one})`);
    } else if (isInputObjectType(inner)) {
      for (const one of [value].flat())
        for (const member of filteredBy(inner, one, classes, mayRead)) refused.add(`${name.slice(0, -1)} ${member})`);
    } else refused.add(name);
  }
  return [...refused].sort();
}

function filteredBy(
  type: GraphQLInputObjectType,
  given: unknown,
  classes: Classes,
  mayRead: MayRead,
): readonly string[] {
  return Object.entries((given ?? {}) as Record<string, unknown>)
    .filter(([member, value]) => value !== undefined && value !== null && member in type.getFields())
    .filter(([member]) => classes.reads(type.name, member)?.every(mayRead) !== true)
    .map(([member]) => member);
}

/** What an operation was filtered and sorted by, as JSON; null where it was by nothing. */
export function filtersOf(
  { chosen, defaults }: AgencyOperation,
  given: Readonly<Record<string, unknown>>,
): string | null {
  const variables = { ...defaults, ...given };
  const chose = chosen.flatMap(({ where, argument, node }) => {
    const value = node && valueFromASTUntyped(node.value as ValueNode, variables);
    return value === undefined || value === null ? [] : [[`${where}(${argument.name}:)`, value]];
  });
  return chose.length === 0 ? null : JSON.stringify(Object.fromEntries(chose)).slice(0, 4_000);
}
