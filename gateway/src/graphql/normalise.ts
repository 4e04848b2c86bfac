import { createHash } from 'node:crypto';
import {
  type ArgumentNode,
  type ConstValueNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parseType,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  type TypeNode,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An operation as plans are made and kept of it: whatever values and names are written into it, one text stands for all. */
export interface NormalisedOperation {
  /** The operation alone, without its name, and the fragments that it spreads; values that were written into it are variables. */
  readonly document: DocumentNode;
  /** What it is known by. */
  readonly key: string;
  /** The values that were written into it, by the variables that stand for them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The names in its answer that stand for others, which the client gave; '' for what it didn't ask for. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** @param operation one that fits the schema */
export function normalise(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
  plannedNames: ReadonlySet<string>,
): NormalisedOperation {
  const taken = new Set(operation.variableDefinitions?.map(({ variable }) => variable.name.value));
  const variables = new Map<string, VariableDefinitionNode>();
  const values: Record<string, unknown> = {};
  let count = 0;

  /** The variable that stands for a value. The same value of the same type has one, or fields that agree would no longer. */
  const variableFor = (node: ConstValueNode, type: GraphQLInputType): ValueNode => {
    const key = `${type} ${print(node)}`;
    const known = variables.get(key);
    if (known) return known.variable;
    do count += 1;
    while (taken.has(`value${count}`));
    const name = `value${count}`;
    values[name] = jsonOf(node, type);
    const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const;
    variables.set(key, {
      kind: Kind.VARIABLE_DEFINITION,
      variable,
      type: parseType(String(type), { noLocation: true }),
    });
    return variable;
  };
  const withVariables = (node: ValueNode, type: GraphQLInputType): ValueNode => {
    const nullable = getNullableType(type);
    switch (node.kind) {
      // Of these there are few: each keeps its own plan, which may leave out what it excludes.
      case Kind.VARIABLE:
      case Kind.NULL:
      case Kind.BOOLEAN:
      case Kind.ENUM:
        return node;
      case Kind.LIST:
        if (!isListType(nullable)) return node;
        return hasVariables(node)
          ? { ...node, values: node.values.map((value) => withVariables(value, nullable.ofType)) }
          : variableFor(node as ConstValueNode, type);
      case Kind.OBJECT:
        if (!hasVariables(node)) return variableFor(node as ConstValueNode, type);
        if (!isInputObjectType(nullable)) return node;
        return {
          ...node,
          fields: node.fields.map((field) => {
            const inner = nullable.getFields()[field.name.value];
            return inner ? { ...field, value: withVariables(field.value, inner.type) } : field;
          }),
        };
      default:
        return variableFor(node, type);
    }
  };

  const aliases = new OtherAliases(plannedNames, () => [operation, ...fragments.values()]);
  const spread = new Map<string, FragmentDefinitionNode>();
  const types = new TypeInfo(schema);
  const rewrite = <Node extends OperationDefinitionNode | FragmentDefinitionNode>(definition: Node): Node =>
    visit(
      definition,
      visitWithTypeInfo(types, {
        Directive: () => false,
        Field: ({ alias, ...node }) =>
          alias && alias.value !== node.name.value && aliases.collides(alias.value)
            ? { ...node, alias: { ...alias, value: aliases.inPlaceOf(alias.value) } }
            : undefined,
        SelectionSet: {
          leave: (node) =>
            asksInAnyCase(node, types.getParentType(), fragments) ? undefined : aliases.withPresence(node),
        },
        VariableDefinition: (node) => withoutDefault(node, schema),
        Argument: {
          leave(node): ArgumentNode {
            const argument = types.getArgument();
            return argument ? { ...node, value: withVariables(node.value, argument.type) } : node;
          },
        },
        FragmentSpread({ name }) {
          const fragment = fragments.get(name.value);
          if (!fragment || spread.has(name.value)) return;
          spread.set(name.value, fragment);
        },
      }),
    );

  const { name: _name, ...unnamed } = operation;
  const rewritten = rewrite(unnamed as OperationDefinitionNode);
  const definitions: FragmentDefinitionNode[] = [];
  // What a fragment spreads is added behind it.
  for (const fragment of spread.values()) definitions.push(rewrite(fragment));
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...rewritten, variableDefinitions: [...(rewritten.variableDefinitions ?? []), ...variables.values()] },
      ...definitions,
    ],
  };
  return { document, key: createHash('sha256').update(print(document)).digest('hex'), values, aliases: aliases.given };
}

/** By which the planner tells fields of one name apart. */
const plannersAlias = /__alias_\d+$/;

/**
 * Names in place of those aliases under which the planner asks for something else: a client's `code: name` would be answered
 * with the code, or the record looked for by its name.
 */
class OtherAliases {
  readonly #plannedNames: ReadonlySet<string>;
  readonly #definitions: () => readonly (OperationDefinitionNode | FragmentDefinitionNode)[];
  readonly #others = new Map<string, string>();
  #taken: Set<string> | undefined;
  #presence: string | undefined;
  /** The client's by ours. */
  readonly given = new Map<string, string>();

  constructor(
    plannedNames: ReadonlySet<string>,
    definitions: () => readonly (OperationDefinitionNode | FragmentDefinitionNode)[],
  ) {
    this.#plannedNames = plannedNames;
    this.#definitions = definitions;
  }

  collides(alias: string): boolean {
    return this.#plannedNames.has(alias) || plannersAlias.test(alias);
  }

  /** One for all fields of the alias, which may be one field of the answer. */
  inPlaceOf(alias: string): string {
    const known = this.#others.get(alias);
    if (known !== undefined) return known;
    this.#taken ??= responseNames(this.#definitions());
    const other = this.#free(alias.replace(plannersAlias, ''));
    this.#others.set(alias, other);
    this.given.set(other, alias);
    return other;
  }

  /** With a field of our own: of what all fields are left out the planner asks nothing, and would take it for null. */
  withPresence(set: SelectionSetNode): SelectionSetNode {
    this.#taken ??= responseNames(this.#definitions());
    this.#presence ??= this.#free('present');
    this.given.set(this.#presence, '');
    const named = (value: string) => ({ kind: Kind.NAME, value }) as const;
    const field = { kind: Kind.FIELD, alias: named(this.#presence), name: named('__typename') } as const;
    return { ...set, selections: [...set.selections, field] };
  }

  #free(name: string): string {
    let free = `as_${name}`;
    while (this.#taken?.has(free) || this.#plannedNames.has(free)) free += '_';
    this.#taken?.add(free);
    return free;
  }
}

/** Whether something is asked for whatever variables and types there are. */
function asksInAnyCase(
  { selections }: SelectionSetNode,
  parent: GraphQLCompositeType | null | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): boolean {
  const asks = (selection: SelectionNode): boolean => {
    if (selection.directives?.length) return false;
    if (selection.kind === Kind.FIELD) return true;
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const condition = fragment?.typeCondition?.name.value;
    const applies = condition === undefined || condition === parent?.name || isObjectType(parent);
    return applies && fragment !== undefined && asksInAnyCase(fragment.selectionSet, parent, fragments);
  };
  return selections.some(asks);
}

function responseNames(definitions: readonly (OperationDefinitionNode | FragmentDefinitionNode)[]): Set<string> {
  const names = new Set<string>();
  for (const definition of definitions)
    visit(definition, { Field: ({ alias, name }) => void names.add((alias ?? name).value) });
  return names;
}

/** An answer with the names that the client gave. */
export function withAliases(data: unknown, aliases: ReadonlyMap<string, string>): unknown {
  if (aliases.size === 0 || typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map((item) => withAliases(item, aliases));
  const named = Object.entries(data).flatMap(([ours, value]) => {
    const name = aliases.get(ours) ?? ours;
    return name === '' ? [] : [[name, withAliases(value, aliases)]];
  });
  return Object.fromEntries(named);
}

function hasVariables(node: ValueNode): boolean {
  if (node.kind === Kind.LIST) return node.values.some(hasVariables);
  if (node.kind === Kind.OBJECT) return node.fields.some(({ value }) => hasVariables(value));
  return node.kind === Kind.VARIABLE;
}

/**
 * A variable's default is given with the variables before anything is planned: another one in its place says that there is
 * one, which a type that can't be null may need, and no more.
 */
function withoutDefault(node: VariableDefinitionNode, schema: GraphQLSchema): VariableDefinitionNode | false {
  if (!node.defaultValue) return false;
  const some = someValue(node.type, schema);
  return some ? { ...node, defaultValue: some } : { ...node };
}

function someValue(type: TypeNode, schema: GraphQLSchema): ConstValueNode | undefined {
  if (type.kind === Kind.NON_NULL_TYPE) return someValue(type.type, schema);
  if (type.kind === Kind.LIST_TYPE) return { kind: Kind.LIST, values: [] };
  const named = schema.getType(type.name.value);
  switch (type.name.value) {
    case 'Int':
      return { kind: Kind.INT, value: '0' };
    case 'Float':
      return { kind: Kind.FLOAT, value: '0' };
    case 'Boolean':
      return { kind: Kind.BOOLEAN, value: false };
    case 'String':
    case 'ID':
      return { kind: Kind.STRING, value: '' };
  }
  const [first] = isEnumType(named) ? named.getValues() : [];
  return first && { kind: Kind.ENUM, value: first.name };
}

/** A value as JSON would bring it. */
function jsonOf(node: ConstValueNode, type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (node.kind === Kind.NULL) return null;
  if (isListType(nullable))
    return (node.kind === Kind.LIST ? node.values : [node]).map((value) => jsonOf(value, nullable.ofType));
  if (isInputObjectType(nullable) && node.kind === Kind.OBJECT) {
    const fields = nullable.getFields();
    return Object.fromEntries(
      node.fields.flatMap(({ name, value }) => {
        const field = fields[name.value];
        return field ? [[name.value, jsonOf(value, field.type)]] : [];
      }),
    );
  }
  // An id may be written as a number of any length.
  if (getNamedType(nullable) === GraphQLID && node.kind === Kind.INT) return node.value;
  return valueFromASTUntyped(node);
}
