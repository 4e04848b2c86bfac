import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Actor } from '@hub/access';
import { sharedTypeDefs } from '@hub/connections';
import type { Database, ImportBatch, Schema, Scope } from '@hub/database';
import { HubError } from '@hub/errors';
import type { Facts } from '@hub/facts';
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
  /** New stores for every fetch. */
  readonly createContext: (scope: Scope, actor: Actor) => Context;
  /** The facts that are this subgraph's, as rows in the order that references need. */
  readonly factsAsRows: (facts: Facts) => readonly ImportBatch[];
}

export interface SubgraphRequest {
  readonly query: string;
  /** The document where the caller has parsed it already. */
  readonly document?: DocumentNode | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
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
  close(): Promise<void>;
}

/** Scalars that check what comes in. */
const scalars = { Date: new GraphQLScalarType({ ...LocalDateResolver.toConfig(), name: 'Date' }) };

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;

/** The whole SDL of a subgraph, as composition reads it. */
export function subgraphSdl(definition: Pick<SubgraphDefinition<unknown>, 'typeDefs'>): string {
  return [federation, sharedTypeDefs, definition.typeDefs].join('\n');
}

/** How many operations a subgraph keeps compiled; the gateway's plans give it a limited number of texts. */
const compiledMaximum = 2_000;

export function createSubgraph<Context>(
  definition: SubgraphDefinition<Context>,
  database: Database,
  log: Log,
): Subgraph {
  const { name, createContext } = definition;
  const graphqlSchema = buildSubgraphSchema({
    typeDefs: parse(subgraphSdl(definition)),
    resolvers: { ...mergeResolvers(directoryResolvers, definition.resolvers), ...scalars } as never,
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
        const result = await database.scope({ actor, readOnly: !mutation }, async (scope) => {
          const executed = await run.query({}, createContext(scope, actor), { ...request.variables });
          statements = scope.statements;
          return executed;
        });
        return { result: publicErrors(result, name, log), statements };
      } catch (error) {
        return { result: publicErrors({ errors: [error as never] }, name, log), statements };
      }
    },
    close: () => database.close(),
  };
}
