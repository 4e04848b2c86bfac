import { createHash } from 'node:crypto';
import { HubError } from '@hub/errors';
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
  separateOperations,
  TypeInfo,
  type ValueNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { defaultsOf } from '../graphql/document-parts.ts';
import type { Cursors } from './cursors.ts';

/** An argument that chooses, sorts or filters, with what it was given. */
interface Chosen {
  readonly where: string;
  readonly argument: GraphQLArgument;
  readonly node: ArgumentNode | undefined;
}

/** An operation, with its fragments, as the checks of an agency's reads see it. */
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
  /** Variables that hold a cursor. */
  readonly cursorVariables: ReadonlySet<string>;
}

/** Under which name the ids of those who are told of come back; a client's alias of that name is refused as unknown fields are. */
export const subjectsAlias = 'hubSubjects';

/** Arguments that choose a page, or a record by its key. */
const pages = new Set(['first', 'after', 'last', 'before', 'id', 'code', 'scope']);

/** Arguments that hold a cursor. */
const isCursor = (name: string) => name === 'after' || name === 'before';

/**
 * Reads one operation of a document: what another says, its variables' defaults for one, is no part of it.
 * @throws GraphQLError where it is no document, HubError OPERATION_RESOLUTION_FAILURE where it has no such operation
 */
export function agencyOperation(
  query: string,
  operationName: string | undefined,
  given: { readonly schema: GraphQLSchema; readonly classes: Classes; readonly cursors: Cursors },
): AgencyOperation {
  const { schema, classes, cursors } = given;
  const operations = separateOperations(parse(query, { noLocation: true }));
  const [only, second] = Object.keys(operations);
  const parsed = operations[operationName ?? (second === undefined ? (only ?? '') : '')];
  if (!parsed) throw new HubError('OPERATION_RESOLUTION_FAILURE');
  const fields = new Set<string>();
  const chosen: Chosen[] = [];
  const defaults: Record<string, unknown> = {};
  const cursorVariables = new Set<string>();
  let mutates = false;
  const types = new TypeInfo(schema);
  const opened = (argument: ArgumentNode): ArgumentNode => {
    const { name, value } = argument;
    if (!isCursor(name.value)) return argument;
    if (value.kind === Kind.VARIABLE) cursorVariables.add(value.name.value);
    return value.kind === Kind.STRING
      ? { ...argument, value: { ...value, value: cursors.open(value.value, name.value) } }
      : argument;
  };
  const told = visit(
    parsed,
    visitWithTypeInfo(types, {
      OperationDefinition(node) {
        if (node.operation !== 'query') mutates = true;
        Object.assign(defaults, defaultsOf(node));
      },
      Field: {
        enter(node) {
          const parent = types.getParentType();
          const field = types.getFieldDef();
          if (node.alias?.value === subjectsAlias) fields.add(subjectsAlias);
          // What isn't in the schema is refused by it, and introspection tells what everybody may know.
          if (!parent || !field || parent.name.startsWith('__') || node.name.value.startsWith('__')) return undefined;
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
          return {
            ...node,
            arguments: (node.arguments ?? []).map((argument) => opened(argument)),
            ...(subjects &&
              node.selectionSet && {
                selectionSet: { ...node.selectionSet, selections: [...node.selectionSet.selections, subjects] },
              }),
          };
        },
      },
    }),
  );
  // What is opened goes to lists alone: given to anything that is kept or compared it could be read there.
  for (const name of variablesElsewhere(parsed))
    if (cursorVariables.has(name)) throw new HubError('BAD_USER_INPUT', { field: `$${name}` });
  // Opened are those that clients give.
  for (const name of cursorVariables)
    if (defaults[name] != null) throw new HubError('BAD_USER_INPUT', { field: `$${name}` });
  return { document: print(told), parsed, fields: [...fields], mutates, defaults, chosen, cursorVariables };
}

/** Variables that are used for something else than a cursor. */
function variablesElsewhere(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Argument: ({ name }) => (isCursor(name.value) ? false : undefined),
    Variable: ({ name }) => void names.add(name.value),
  });
  return names;
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

/** What an operation is run with: cursors are the hub's own there. @throws HubError BAD_USER_INPUT */
export function openedVariables(
  { cursorVariables }: AgencyOperation,
  given: Readonly<Record<string, unknown>>,
  cursors: Cursors,
): Record<string, unknown> {
  const variables = { ...given };
  for (const name of cursorVariables) {
    const cursor = variables[name];
    if (typeof cursor === 'string') variables[name] = cursors.open(cursor, name);
  }
  return variables;
}

/** Whether an agency may do something with a field, as `Type.field`. */
export type MayRead = (where: string) => boolean;

/** What an agency may do with fields. */
export interface Rights {
  readonly mayRead: MayRead;
  /** Whether it may choose and sort by it: not by what it is told masked, or it would find out what that is. */
  readonly mayChoose: MayRead;
}

/** The fields, filters and orders of an operation that go beyond what may be read. */
export function beyond(
  { fields, chosen, defaults }: AgencyOperation,
  classes: Classes,
  given: Readonly<Record<string, unknown>>,
  { mayRead, mayChoose }: Rights,
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
      if (told.some((input) => !mayChoose(input))) refused.add(name);
    } else if (isEnumType(inner)) {
      // What is no value of it is refused by the schema.
      for (const one of [value].flat())
        if (typeof one === 'string' && inner.getValue(one) && classes.reads(inner.name, one)?.every(mayChoose) !== true)
          refused.add(`${name.slice(0, -1)} ${one})`);
    } else if (isInputObjectType(inner)) {
      for (const one of [value].flat())
        for (const member of filteredBy(inner, one, classes, mayChoose)) refused.add(`${name.slice(0, -1)} ${member})`);
    } else refused.add(name);
  }
  return [...refused].sort();
}

function filteredBy(
  type: GraphQLInputObjectType,
  given: unknown,
  classes: Classes,
  mayChoose: MayRead,
): readonly string[] {
  return Object.entries((given ?? {}) as Record<string, unknown>)
    .filter(([member, value]) => value !== undefined && value !== null && member in type.getFields())
    .filter(([member]) => classes.reads(type.name, member)?.every(mayChoose) !== true)
    .map(([member]) => member);
}

const longestFilters = 4_000;

/**
 * What an operation was filtered and sorted by, as JSON; null where it was by nothing. What is longer than an entry holds is
 * told in part, with the SHA-256 of the whole.
 * @throws HubError BAD_USER_INPUT where it is nested past telling
 */
export function filtersOf(
  { chosen, defaults }: AgencyOperation,
  given: Readonly<Record<string, unknown>>,
): string | null {
  const variables = { ...defaults, ...given };
  const chose: Record<string, unknown> = {};
  for (const { where, argument, node } of chosen) {
    const value = node && valueFromASTUntyped(node.value as ValueNode, variables);
    if (value === undefined || value === null) continue;
    const name = `${where}(${argument.name}:)`;
    // A list that is asked for several times under aliases.
    let key = name;
    for (let time = 2; key in chose; time += 1) key = `${name} ${time}`;
    chose[key] = value;
  }
  if (Object.keys(chose).length === 0) return null;
  let text: string;
  try {
    text = JSON.stringify(chose);
  } catch {
    throw new HubError('BAD_USER_INPUT', { field: 'variables' });
  }
  if (text.length <= longestFilters) return text;
  const whole = ` … sha256 ${createHash('sha256').update(text).digest('hex')}`;
  return text.slice(0, longestFilters - whole.length) + whole;
}
