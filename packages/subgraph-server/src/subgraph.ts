import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Actor } from '@hub/access';
import { type RecordType, sharedTypeDefs } from '@hub/connections';
import { type Database, type ImportBatch, type Retention, type Schema, sweeper } from '@hub/database';
import { HubError, type Language } from '@hub/errors';
import type { Facts } from '@hub/facts';
import type { FetchContext, Secrets } from '@hub/workflow';
import { type DocumentNode, type ExecutionResult, type GraphQLSchema, getOperationAST, parse } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { changeFeedResolvers } from './changes.ts';
import { directoryResolvers } from './directory.ts';
import { type Log, missingOf, publicErrors, sparing } from './errors.ts';
import { fillNulls } from './explicit-nulls.ts';
import { mergeResolvers, type Resolvers } from './resolvers.ts';
import { scalars } from './scalars.ts';

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
  /** Other subgraphs that were read to their end for it; none unless said. */
  readonly heard?: readonly string[] | undefined;
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
  /** @param signal the caller gave up: what of it waits for the database never runs, and what runs there is cancelled */
  execute(request: SubgraphRequest, actor: Actor, signal?: AbortSignal): Promise<SubgraphAnswer>;
  /** Deletes what has had its time; tells how much was gone through, by what swept it. */
  sweep(retention: Retention): Promise<Readonly<Record<string, number>>>;
  /** What it lacks: `connections` where the server has none free, `database` where that can't be reached otherwise; nothing where all is there. */
  missing(): Promise<readonly string[]>;
  /** Of its connections, by pool: how many are in use, and how much work waits for one. */
  load(): ReturnType<Database['load']>;
  close(): Promise<void>;
}

const federation = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@composeDirective"])
  @link(url: "https://hub.cppcc.example/sharing/v1.0", import: ["@dataset", "@reads"])
  @link(url: "https://hub.cppcc.example/inputs/v1.0", import: ["@ceiling"])
  @composeDirective(name: "@dataset")
  @composeDirective(name: "@reads")
  @composeDirective(name: "@ceiling")`;

/** The whole SDL of a subgraph, as composition reads it. */
export function subgraphSdl(definition: Pick<SubgraphDefinition<unknown>, 'typeDefs'>): string {
  return [federation, sharedTypeDefs, definition.typeDefs].join('\n');
}

/** How fields are shared is read from the supergraph: a subgraph that starts doesn't wait for three thousand directives. */
const withoutSharing = (sdl: string): string => sdl.replace(/(?<!directive)\s+@(?:dataset|reads)\([^)]*\)/g, '');

/** How many entities one fetch may ask a subgraph for: more than a page of pages has. */
const maximumRepresentations = 10_000;

/** Refuses a fetch of too many entities before the first of them is looked for. */
function boundRepresentations(schema: GraphQLSchema): void {
  const entities = schema.getQueryType()?.getFields()['_entities'];
  const resolve = entities?.resolve;
  if (!entities || !resolve) return;
  entities.resolve = (source, args: { representations: readonly unknown[] }, context, info) => {
    if (args.representations.length > maximumRepresentations)
      throw new HubError('OPERATION_TOO_LARGE', { limit: 'representations', maximum: maximumRepresentations });
    return resolve(source, args, context, info);
  };
}

/** Bytes of memory that a subgraph's compiled operations may take together, and what one takes: some, and more for each byte of its text. */
const compiledBytes = 8 * 1024 * 1024;
const bytesOfCompiled = (key: string): number => 10_000 + 400 * key.length;

/** A schema that operations run on, and those that were compiled for it. */
interface Executable {
  readonly graphqlSchema: GraphQLSchema;
  /** @throws HubError where it can't be run */
  compile(request: SubgraphRequest): { readonly run: CompiledQuery; readonly mutation: boolean };
}

/** What runs a definition holds nothing of a database or of who asks: it is made once, over however many databases it runs. */
const executables = new WeakMap<object, Executable>();

function executableOf<Context>(definition: SubgraphDefinition<Context>): Executable {
  const known = executables.get(definition);
  if (known) return known;
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
  boundRepresentations(graphqlSchema);
  fillNulls(graphqlSchema);
  const compiled = new LRUCache<string, ReturnType<Executable['compile']>>({
    maxSize: compiledBytes,
    sizeCalculation: (_, key) => bytesOfCompiled(key),
  });
  const made: Executable = {
    graphqlSchema,
    compile(request) {
      const key = `${request.operationName ?? ''} ${request.query}`;
      const known = compiled.get(key);
      if (known) return known;
      const document = request.document ?? parse(request.query, { noLocation: true });
      const operation = getOperationAST(document, request.operationName);
      if (!operation) throw new HubError('OPERATION_RESOLUTION_FAILURE');
      const run = compileQuery(graphqlSchema, document, request.operationName);
      // The gateway validated the operation; what is left is a literal that its scalar refuses.
      if (!isCompiledQuery(run)) throw new HubError('BAD_USER_INPUT', { field: 'arguments' });
      const made = { run, mutation: operation.operation === 'mutation' };
      compiled.set(key, made);
      return made;
    },
  };
  executables.set(definition, made);
  return made;
}

export function createSubgraph<Context>(
  definition: SubgraphDefinition<Context>,
  database: Database,
  given: Log,
  secrets: Secrets = {},
): Subgraph {
  const { name } = definition;
  const { graphqlSchema, compile } = executableOf(definition);
  const log = sparing(given);

  return {
    name,
    graphqlSchema,
    async execute(request, actor, signal) {
      let statements = 0;
      try {
        const { run, mutation } = compile(request);
        const { language = 'zh', heard = [] } = request;
        const result = await database.scope({ actor, readOnly: !mutation, signal }, async (scope) => {
          const context = contextOf(definition, { scope, actor, language, secrets, heard });
          // Without a prototype: what isn't given would else be what every object has by its name, `toString`.
          const variables = Object.assign(Object.create(null), request.variables);
          const executed = await run.query({}, context, variables);
          statements = scope.statements;
          // What failed half-way was not done at all.
          if (mutation && executed.errors) throw new NotDone(executed.errors);
          return executed;
        });
        if (signal?.aborted) return { result: nobodyHears(name), statements };
        return { result: publicErrors(result, name, log), statements };
      } catch (error) {
        const errors = error instanceof NotDone ? error.errors : [error as never];
        if (signal?.aborted) return { result: nobodyHears(name), statements };
        return {
          result: publicErrors({ errors, ...(error instanceof NotDone && { data: null }) }, name, log),
          statements,
        };
      }
    },
    sweep: sweeper(database, definition.schema),
    missing: () => missingOf(database),
    load: () => database.load(),
    close: () => database.close(),
  };
}

/** What is left of a fetch that was given up: no fault of this subgraph's, so that nothing is logged. */
const nobodyHears = (subgraph: string): ExecutionResult => ({
  errors: [new HubError('SUBGRAPH_UNAVAILABLE', { subgraph })],
});

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
  given: Omit<FetchContext, 'subgraph' | 'once' | 'renew'>,
): FetchContext {
  let made = new Map<object, unknown>();
  const context: FetchContext = {
    ...given,
    subgraph: name,
    once<Made>(of: object, make: () => Made): Made {
      if (!made.has(of)) made.set(of, make());
      return made.get(of) as Made;
    },
    renew() {
      made = new Map();
      Object.assign(context, createContext(context));
    },
  };
  context.renew();
  return context;
}
