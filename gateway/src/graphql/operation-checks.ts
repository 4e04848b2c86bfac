import { HubError } from '@hub/errors';
import {
  type DocumentNode,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  OperationTypeNode,
  TypeInfo,
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
  checkNulls(operation, given);
  checkVariableTexts(given.variables);
  checkLiteralTexts(given.document);
}

// NUL, and halves of surrogate pairs: PostgreSQL keeps neither, and says so of the whole statement.
const unkept = /[\0\p{Cs}]/u;

function checkVariableTexts(variables: Readonly<Record<string, unknown>>): void {
  // A stack of its own: a client may nest them as deeply as it likes.
  const waiting = Object.entries(variables).map(([name, value]) => ({ field: `$${name}`, value }));
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const { field, value } = one;
    if (typeof value === 'string' && unkept.test(value)) throw new HubError('BAD_USER_INPUT', { field });
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value))
      waiting.push({ field: Array.isArray(value) ? field : `${field}.${name}`, value: inner });
  }
}

const checked = new WeakSet<DocumentNode>();

function checkLiteralTexts(document: DocumentNode): void {
  // Documents are kept and run again.
  if (checked.has(document)) return;
  const names: string[] = [];
  const named = {
    enter: ({ name }: { readonly name: NameNode }) => void names.push(name.value),
    leave: () => void names.pop(),
  };
  visit(document, {
    [Kind.ARGUMENT]: named,
    [Kind.OBJECT_FIELD]: named,
    [Kind.STRING]: ({ value }) => {
      if (unkept.test(value)) throw new HubError('BAD_USER_INPUT', { field: names.join('.') || 'variables' });
    },
  });
  checked.add(document);
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
