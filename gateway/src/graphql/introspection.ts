import { createHash } from 'node:crypto';
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

/** Bytes that answers may take together, as JSON and as what it was made of, and what each takes besides. */
const keptLength = 8 * 1024 * 1024;
const ofEach = 500;

/** Tells of the schema, which is the same for everybody: a whole one takes a sixth of a second to gather, so it is kept. */
export class IntrospectionAnswers {
  readonly #documents: Documents;
  readonly #known = new LRUCache<string, { readonly result: FormattedExecutionResult; readonly text: Buffer }>({
    maxSize: keptLength,
    sizeCalculation: ({ text }) => ofEach + 2 * text.length,
  });

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  /**
   * The answer to an operation that asks of the schema and of nothing else; null to any other.
   * @returns with it, the same as it is sent: whole ones have a million characters
   */
  async answer(asked: {
    readonly schema: GraphQLSchema;
    readonly document: DocumentNode;
    readonly operation: OperationDefinitionNode;
    readonly variables: Readonly<Record<string, unknown>>;
    /** Called before one is gathered. @param isStillNeeded whether nobody else has gathered it meanwhile */
    readonly gathering: (key: string, isStillNeeded: () => boolean) => Promise<void>;
  }): Promise<{ readonly answer: GraphQLResponse; readonly text: Buffer } | null> {
    const { schema, document, operation, variables, gathering } = asked;
    const roots = rootFields(document, operation);
    if (!roots.some((name) => name === '__schema' || name === '__type')) return null;
    if (!roots.every((name) => name.startsWith('__'))) return null;
    const normalised = this.#documents.normalised(document, operation.name?.value);
    // Variables that it doesn't declare change nothing of the answer, and would make each one new.
    const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
    const variableValues = {
      ...Object.fromEntries(declared.map((name) => [name, variables[name]])),
      ...normalised.values,
    };
    const key = createHash('sha256')
      .update(`${normalised.key} ${JSON.stringify(variableValues)}`)
      .digest('hex');
    if (!this.#known.has(key)) await gathering(key, () => !this.#known.has(key));
    const known = this.#known.get(key) ?? told(execute({ schema, document: normalised.document, variableValues }));
    this.#known.set(key, known);
    const { result, text } = known;
    return {
      answer: { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { ...result } } },
      text,
    };
  }
}

function told(executed: unknown) {
  const result = executed as FormattedExecutionResult;
  return { result, text: Buffer.from(JSON.stringify(result)) };
}
