import { type GraphQLResponse, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Documents } from './documents.ts';
import { rootFields } from './root-fields.ts';

/** Characters of JSON that answers may take together. */
const keptLength = 4 * 1024 * 1024;

/** Tells of the schema, which is the same for everybody: a whole one takes a sixth of a second to gather, so it is kept. */
export class IntrospectionAnswers {
  readonly #documents: Documents;
  readonly #known = new LRUCache<string, FormattedExecutionResult>({
    maxSize: keptLength,
    sizeCalculation: (answer) => JSON.stringify(answer).length,
  });

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  /** The answer to an operation that asks of the schema and of nothing else; null to any other. */
  answer(asked: {
    readonly schema: GraphQLSchema;
    readonly document: DocumentNode;
    readonly operation: OperationDefinitionNode;
    readonly variables: Readonly<Record<string, unknown>>;
  }): GraphQLResponse | null {
    const { schema, document, operation, variables } = asked;
    const roots = [...rootFields(operation.selectionSet, document)];
    if (!roots.some((name) => name === '__schema' || name === '__type')) return null;
    if (!roots.every((name) => name.startsWith('__'))) return null;
    const normalised = this.#documents.normalised(document, operation.name?.value);
    const variableValues = { ...variables, ...normalised.values };
    const key = `${normalised.key} ${JSON.stringify(variableValues)}`;
    const known = this.#known.get(key) ?? execute({ schema, document: normalised.document, variableValues });
    this.#known.set(key, known as FormattedExecutionResult);
    return {
      http: { headers: new HeaderMap() },
      body: { kind: 'single', singleResult: { ...(known as FormattedExecutionResult) } },
    };
  }
}
