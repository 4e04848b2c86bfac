import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Actor } from '@hub/access';
import { type RecordType, sharedTypeDefs } from '@hub/connections';
import { type Database, type ImportBatch, type Schema, sweeper } from '@hub/database';
import { HubError, type Language } from '@hub/errors';
import type { Facts } from '@hub/facts';
import type { FetchContext, Secrets } from '@hub/workflow';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLScalarType,
  type GraphQLSchema,
  getOperationAST,
  parse,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LocalDateResolver } from 'graphql-scalars';
import { changeFeedResolvers } from './changes.ts';
import { directoryResolvers } from './directory.ts';
import { type Log, publicErrors } from './errors.ts';
import { mergeResolvers, type Resolvers } from './resolvers.ts';

/** What a subgraph is made of: all that its folder exports. */
export interface SubgraphDefinition<Context> {
  readonly name: string;
  readonly schema: Schema;
  /** Its SDL, without the shared types. */
  readonly typeDefs: string;
  readonly resolvers: Resolvers;
  /** Which of its tables hold the records of which of its types. */
  readonly records: readonly RecordType[];
  /** New stores for every fetch, and again after each write in it. */
  readonly createContext: (fetch: FetchContext) => Omit<Context, keyof FetchContext>;
  /** The facts that are this subgraph's, as rows in the order that references need. */
  readonly factsAsRows: (facts: Facts) => readonly ImportBatch[];
}

export interface SubgraphRequest {
  readonly query: string;
  /** The document where the caller has parsed it already. */
  readonly document?: DocumentNode | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** In which sentences are told; Chinese unless said. */
  readonly language?: Language | undefined;
}

export interface SubgraphAnswer {
  readonly result: ExecutionResult;
  /** SQL statements that it took. */
  readonly statements: number;
}

/** A subgraph as a function: operation and actor in, result out. Only these cross the boundary, in process as over HTTP. */
export interface Subgraph {
  readonly name: string;
  readonly graphqlSchema: GraphQLSchema;
  execute(request: SubgraphRequest, actor: Actor): Promise<SubgraphAnswer>;
  /** Deletes what has had its time, idempotency keys after so many days; tells how much, by what swept it. */
  sweep(keyDays: number): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/** Scalars that check what comes in. */
const scalars = { Date: new GraphQLScalarType({ ...LocalDateResolver.toConfig(), name: 'Date' }) };

const federation = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@composeDirective"])
  @link(url: "https://hub.cppcc.example/sharing/v1.0", import: ["@dataset", "@reads"])
  @composeDirective(name: "@dataset")
  @composeDirective(name: "@reads")`;

/** The whole SDL of a subgraph, as composition reads it. */
export function subgraphSdl(definition: Pick<SubgraphDefinition<unknown>, 'typeDefs'>): string {
  return [federation, sharedTypeDefs, definition.typeDefs].join('\n');
}

/** How fields are shared is read from the supergraph: a subgraph that starts doesn't wait for three thousand directives. */
const withoutSharing = (sdl: string): string => sdl.replace(/(?<!directive)\s+@(?:dataset|reads)\([^)]*\)/g, '');

/** How many operations a subgraph keeps compiled; the gateway's plans give it a limited number of texts. */
const compiledMaximum = 2_000;

export function createSubgraph<Context>(
  definition: SubgraphDefinition<Context>,
  database: Database,
  log: Log,
  secrets: Secrets = {},
): Subgraph {
  const { name } = definition;
  const graphqlSchema = buildSubgraphSchema({
    typeDefs: parse(withoutSharing(subgraphSdl(definition))),
    resolvers: {
      ...mergeResolvers(
        directoryResolvers,
        changeFeedResolvers(definition.schema.name, definition.records),
        definition.resolvers,
      ),
      ...scalars,
    } as never,
  });
  const compiled = new Map<string, { run: CompiledQuery; mutation: boolean }>();

  const compile = (request: SubgraphRequest) => {
    const key = `${request.operationName ?? ''} ${request.query}`;
    const known = compiled.get(key);
    if (known) return known;
    const document = request.document ?? parse(request.query);
    const operation = getOperationAST(document, request.operationName);
    if (!operation) throw new HubError('OPERATION_RESOLUTION_FAILURE');
    const run = compileQuery(graphqlSchema, document, request.operationName);
    // The gateway validated the operation; what is left is a literal that its scalar refuses.
    if (!isCompiledQuery(run)) throw new HubError('BAD_USER_INPUT', { field: 'arguments' });
    const made = { run, mutation: operation.operation === 'mutation' };
    if (compiled.size >= compiledMaximum) compiled.clear();
    compiled.set(key, made);
    return made;
  };

  return {
    name,
    graphqlSchema,
    async execute(request, actor) {
      let statements = 0;
      try {
        const { run, mutation } = compile(request);
        const { language = 'zh' } = request;
        const result = await database.scope({ actor, readOnly: !mutation }, async (scope) => {
          const context = contextOf(definition, { scope, actor, language, secrets });
          const executed = await run.query({}, context, { ...request.variables });
          statements = scope.statements;
          // What failed half-way was not done at all.
          if (mutation && executed.errors) throw new NotDone(executed.errors);
          return executed;
        });
        return { result: publicErrors(result, name, log), statements };
      } catch (error) {
        const errors = error instanceof NotDone ? error.errors : [error as never];
        return {
          result: publicErrors({ errors, ...(error instanceof NotDone && { data: null }) }, name, log),
          statements,
        };
      }
    },
    sweep: sweeper(database, definition.schema),
    close: () => database.close(),
  };
}

/** Rolls a mutation's transaction back, whose answer has errors in it. */
class NotDone extends Error {
  readonly errors: NonNullable<ExecutionResult['errors']>;
  constructor(errors: NonNullable<ExecutionResult['errors']>) {
    super('not done');
    this.errors = errors;
  }
}

function contextOf<Context>(
  { name, createContext }: SubgraphDefinition<Context>,
  given: Omit<FetchContext, 'subgraph' | 'renew'>,
): FetchContext {
  const context: FetchContext = {
    ...given,
    subgraph: name,
    renew() {
      Object.assign(context, createContext(context));
    },
  };
  context.renew();
  return context;
}
