import { HubError } from '@hub/errors';
import {
  coerceInputValue,
  type DocumentNode,
  type GraphQLSchema,
  isEnumType,
  isInputType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Refuses what is valid and can't be run all the same, which the planner would take for a fault of the hub.
 * @throws HubError METHOD_NOT_ALLOWED, GRAPHQL_VALIDATION_FAILED, BAD_USER_INPUT
 */
export function checkOperation(
  operation: OperationDefinitionNode,
  given: {
    readonly document: DocumentNode;
    readonly schema: GraphQLSchema;
    readonly variables: Readonly<Record<string, unknown>>;
    /** Whether it was asked by a method that changes nothing. */
    readonly isSafe: boolean;
  },
): void {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION)
    throw new HubError('GRAPHQL_VALIDATION_FAILED', { reason: 'NO_SUBSCRIPTIONS' });
  if (operation.operation === OperationTypeNode.MUTATION && given.isSafe)
    throw new HubError('METHOD_NOT_ALLOWED', { allowed: ['POST'] });
  checkTypes(operation, given);
  checkNulls(operation, given);
}

/** Coerces variables before the gateway does, which would tell of each value of a list that it is wrong. */
function checkTypes(
  { variableDefinitions = [] }: OperationDefinitionNode,
  { schema, variables }: { readonly schema: GraphQLSchema; readonly variables: Readonly<Record<string, unknown>> },
): void {
  for (const { variable, type: node, defaultValue } of variableDefinitions) {
    const name = variable.name.value;
    const refuse = (within: readonly (string | number)[] = [], allowed: readonly string[] = []) => {
      const field = [`$${name}`, ...within].join('.');
      throw new HubError('BAD_USER_INPUT', { field, ...(allowed.length > 0 && { allowed }) });
    };
    // The parser's types are those of nodes that name one.
    const type = typeFromAST(schema, node as never);
    if (!isInputType(type)) continue;
    const isGiven = Object.hasOwn(variables, name);
    if (isNonNullType(type) && (isGiven ? variables[name] === null : !defaultValue)) refuse();
    if (isGiven)
      coerceInputValue(variables[name], type, (path, _, { message }) =>
        refuse([...path, ...fieldIn(message)], allowedIn(message, schema)),
      );
  }
}

/** The field of an input that isn't there, or isn't one: graphql-js says so of the input. */
function fieldIn(message: string): string[] {
  const [, field] = /^Field "(\w{1,100})" (?:of required type|is not defined by type)/.exec(message) ?? [];
  return field === undefined ? [] : [field];
}

/** The values of an enum, where something isn't one of them. */
function allowedIn(message: string, schema: GraphQLSchema): readonly string[] {
  const [, one, other] = /^Enum "(\w+)" cannot represent|" does not exist in "(\w+)" enum\./.exec(message) ?? [];
  const type = schema.getType(one ?? other ?? '');
  return isEnumType(type) ? type.getValues().map((one) => one.name) : [];
}

/** A nullable variable with a default may stand where null may not (GraphQL §5.8.5); that it is null is seen only now. */
function checkNulls(
  { variableDefinitions = [] }: OperationDefinitionNode,
  {
    document,
    schema,
    variables,
  }: {
    readonly document: DocumentNode;
    readonly schema: GraphQLSchema;
    readonly variables: Readonly<Record<string, unknown>>;
  },
): void {
  const nulls = new Set(
    variableDefinitions
      .filter(({ defaultValue, variable }) => defaultValue && variables[variable.name.value] === null)
      .map(({ variable }) => variable.name.value),
  );
  if (nulls.size === 0) return;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      [Kind.VARIABLE_DEFINITION]: () => false,
      [Kind.VARIABLE]: ({ name }) => {
        if (nulls.has(name.value) && isNonNullType(types.getInputType()))
          throw new HubError('BAD_USER_INPUT', { field: `$${name.value}` });
      },
    }),
  );
}
