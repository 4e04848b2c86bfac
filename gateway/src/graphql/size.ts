import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { limits, tooLarge, unfit } from './limits.ts';

/** What an operation asks for, as it will run: each alias and fragment, with the variables that it runs with. */
export interface OperationSize {
  readonly records: number;
  readonly values: number;
}

// Lengths assumed of a list: of one that isn't told its page, of the largest page, and of one without pages.
const usualPage = 20;
const largestPage = 100;
const unpaged = 3;

/** What one of the types that are introspected counts for. */
const valuesOfIntrospection = 2_000;

/** Lists without pages that give far more than others. */
const assumedSizes: Readonly<Record<string, number>> = { 'Query.datasets': 40, 'Dataset.fields': 60 };

/** Fields of introspection that lead from a type to others: a list below one of these would be told once for each type. */
const leadingOn = new Set(['type', 'ofType', 'interfaces', 'possibleTypes']);

type Variables = Readonly<Record<string, unknown>>;

/** How often a selection set is answered, and under which of its fields' pages. */
interface Place {
  readonly times: number;
  readonly depth: number;
  /** Records on a page of the connection whose fields these are. */
  readonly page: number | undefined;
}

/** A field of an answer: all that was written under its name, put together. */
interface Answered {
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: FieldNode[];
}

/**
 * Measures an operation as far as it can be told before it runs.
 * @param variables those given, with the operation's defaults where there are none
 * @throws HubError OPERATION_TOO_LARGE as soon as it passes a limit
 */
export function sizeOf(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
  variables: Variables,
): OperationSize {
  let records = 0;
  let values = 0;
  let bytes = 0;
  let introspections = 0;
  let schemas = 0;

  /** Lists the fields that a selection set is answered by; what isn't in the schema is left to validation. */
  const collect = (
    parent: GraphQLCompositeType,
    sets: readonly SelectionSetNode[],
    into = new Map<string, Answered>(),
  ): Map<string, Answered> => {
    for (const { selections } of sets)
      for (const selection of selections) {
        if (!isIncluded(selection, variables)) continue;
        if (selection.kind === Kind.FIELD) {
          const field = fieldOf(schema, parent, selection.name.value);
          if (!field) continue;
          const key = `${parent.name} ${(selection.alias ?? selection.name).value}`;
          const known = into.get(key);
          if (known) known.nodes.push(selection);
          else into.set(key, { field, nodes: [selection] });
          continue;
        }
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
        if (fragment) collect(isCompositeType(condition) ? condition : parent, [fragment.selectionSet], into);
      }
    return into;
  };

  /** Adds up what a selection set is answered with. */
  const measure = (parent: GraphQLCompositeType, sets: readonly SelectionSetNode[], place: Place): void => {
    const { times, depth, page } = place;
    if (depth > limits.depth) tooLarge('depth');
    const fields = collect(parent, sets);
    for (const [key, { field, nodes }] of fields) {
      const [node] = nodes as [FieldNode];
      if (field === SchemaMetaFieldDef || field === TypeMetaFieldDef) {
        // A whole schema is told once, and not beside records: it would be gathered anew each time.
        const isMixed = [...fields.values()].some((other) => !other.field.name.startsWith('__'));
        if (field === SchemaMetaFieldDef && isMixed) throw unfit('INTROSPECTION_MIXED', node);
        introspections += 1;
        schemas += field === SchemaMetaFieldDef ? 1 : 0;
        if (schemas > 1) throw unfit('INTROSPECTION_TWICE', node);
        if (introspections > limits.introspections) tooLarge('introspections');
        // All types at once are told flat; one of them with those that it leads to.
        measureIntrospection(field, nodes, { depth, listsLeft: field === SchemaMetaFieldDef ? 0 : 1, ledOn: false });
        continue;
      }
      const ownPage = pageOf(field, node, variables);
      const length = lengthOf(parent, field, { page, ownPage, node, variables });
      const given = times * length;
      const type = getNamedType(field.type);
      values += given;
      bytes += given * (key.length - parent.name.length);
      if (isCompositeType(type) && !isConnection(type)) records += given;
      if (records > limits.records) tooLarge('records');
      if (values > limits.values) tooLarge('values');
      if (bytes > limits.answerBytes) tooLarge('answerBytes');
      if (isCompositeType(type))
        measure(
          type,
          nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
          { times: given, depth: depth + 1, page: isConnection(type) ? ownPage : undefined },
        );
    }
  };

  /**
   * A schema is as large as it is as long as nothing of it is told twice: under other names, or as what a list of types leads
   * to.
   */
  const measureIntrospection = (
    { name, type }: GraphQLField<unknown, unknown>,
    nodes: readonly FieldNode[],
    { depth, ledOn, listsLeft }: { readonly depth: number; readonly ledOn: boolean; readonly listsLeft: number },
  ): void => {
    if (depth > limits.depth) tooLarge('depth');
    const inner = getNamedType(type);
    if (!isCompositeType(inner)) return;
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const below = ledOn || leadingOn.has(name);
    const told = new Set<string>();
    for (const { field, nodes: next } of collect(inner, sets).values()) {
      const [node] = next as [FieldNode];
      const left = below && isListType(getNullableType(field.type)) ? listsLeft - 1 : listsLeft;
      if (left < 0) throw unfit('INTROSPECTION_SPREADS', node);
      if (told.has(field.name)) throw unfit('INTROSPECTION_TWICE', node);
      told.add(field.name);
      measureIntrospection(field, next, { depth: depth + 1, ledOn: below, listsLeft: left });
    }
  };

  const root = schema.getRootType(operation.operation);
  if (root) measure(root, [operation.selectionSet], { times: 1, depth: 1, page: undefined });
  return { records, values: values + (introspections + 9 * schemas) * valuesOfIntrospection };
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  if (!selection.directives?.length) return true;
  try {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, variables as Record<string, unknown>);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, variables as Record<string, unknown>);
    return skip?.['if'] !== true && include?.['if'] !== false;
  } catch {
    // A condition that is none is refused by whoever reads it next.
    return true;
  }
}

function fieldOf(
  schema: GraphQLSchema,
  parent: GraphQLCompositeType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (parent === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return isUnionType(parent) ? undefined : parent.getFields()[name];
}

const isConnection = (type: GraphQLCompositeType): boolean =>
  isObjectType(type) && 'pageInfo' in type.getFields() && ('nodes' in type.getFields() || 'edges' in type.getFields());

/** The page that a field's arguments ask for, where it takes such arguments. */
function pageOf(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Variables): number | undefined {
  const sizes = field.args.filter(({ name }) => name === 'first' || name === 'last');
  if (sizes.length === 0) return undefined;
  const asked = sizes.flatMap(({ name, defaultValue }) => {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (!value) return typeof defaultValue === 'number' ? [defaultValue] : [];
    if (value.kind === Kind.INT) return [Number(value.value)];
    const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : null;
    return typeof given === 'number' ? [given] : [];
  });
  // One that is out of bounds is refused by whoever reads it; until then it counts as what it may come to at most.
  return asked.length === 0 ? usualPage : Math.max(...asked.map((one) => Math.max(0, Math.min(one, largestPage))));
}

/** How many values or records one answer of a field gives. */
function lengthOf(
  parent: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
  given: {
    readonly page: number | undefined;
    readonly ownPage: number | undefined;
    readonly node: FieldNode;
    readonly variables: Variables;
  },
): number {
  if (!isListType(getNullableType(field.type))) return 1;
  const { page, ownPage, node, variables } = given;
  return page ?? ownPage ?? assumedSizes[`${parent.name}.${field.name}`] ?? longestList(node, variables) ?? unpaged;
}

/** The length of the longest list among a field's arguments: what is asked for by its keys gives as many. */
function longestList(node: FieldNode, variables: Variables): number | undefined {
  const lengths = (node.arguments ?? []).flatMap(({ value }) => {
    const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : value;
    if (Array.isArray(given)) return [given.length];
    return value.kind === Kind.LIST ? [value.values.length] : [];
  });
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}
