import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { PUBLIC } from '@hub/access';
import { disableApolloTelemetry } from '@hub/config';
import { HubError } from '@hub/errors';
import {
  buildASTSchema,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  printSchema,
} from 'graphql';
import { type Agencies, RefusedRead } from '../agencies/agencies.ts';
import { formatError, refusalOf } from '../error-format.ts';
import { readOperationTabs } from '../explorer/operation-tabs.ts';
import { chargeOperation, settleCodes } from '../fairness/operation.ts';
import type { RequestContext } from '../request-context.ts';
import { dataSource, type Transport } from '../subgraphs.ts';
import { ceilingsOfSupergraph, rootFieldsOf } from '../supergraph.ts';
import { AnswerSize } from './answer-size.ts';
import { defaultsOf } from './document-parts.ts';
import type { Documents } from './documents.ts';
import { inputChecks } from './inputs.ts';
import { IntrospectionAnswers } from './introspection.ts';
import { Losses } from './losses.ts';
import { withAliases } from './normalise.ts';
import { checkOperation } from './operation-checks.ts';
import { checkPlan, Plans } from './plans.ts';
import { sharingPreviews } from './preview-sharing.ts';
import { requiredArguments } from './required-arguments.ts';

type Executor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;
type Answer = Awaited<ReturnType<Executor>>;
type GatewayInterface = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

/** Starts what plans, joins and answers operations, and plans those that front ends send. */
export async function startApollo(
  config: {
    readonly supergraph: string;
    readonly transport: Transport;
    readonly subgraphTimeoutMs: number;
    readonly introspection?: boolean | undefined;
  },
  given: {
    readonly log: { warn(text: string): void; error(text: string): void };
    readonly agencies: Agencies;
    readonly documents: Documents;
    /** Whether the graph has agreements to preview. */
    readonly previews: boolean;
    /** Told of the graph as clients see it, before anything is asked. */
    readonly loaded: (schema: GraphQLSchema) => void;
    /** A mutation was answered. */
    readonly changed: () => void;
  },
): Promise<ApolloServer<RequestContext>> {
  const { log, agencies, documents, loaded, changed } = given;
  const { introspection = true, supergraph } = config;
  disableApolloTelemetry();
  const quiet = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => log.warn('apollo warned'),
    error: () => log.error('apollo failed'),
  };
  const plans = new Plans();
  const introspections = new IntrospectionAnswers(documents);
  const required = requiredArguments(supergraph);
  const gateway = new ApolloGateway({
    supergraphSdl: config.supergraph,
    queryPlannerConfig: {
      cache: plans.store as never,
      // Without it a document of a few kilobytes is planned in thousands of ways, for ten seconds, to find the best of them.
      debug: { maxEvaluatedPlans: 16 },
    },
    buildService: ({ name }) => dataSource(name, config.transport, config.subgraphTimeoutMs) as never,
    // Called before the plan runs: throwing here refuses it.
    experimental_didResolveQueryPlan: ({ queryPlan, requestContext }) => {
      (requestContext.context as RequestContext).turn?.planned();
      checkPlan(queryPlan);
    },
    // Its own sentences quote plans and answers.
    logger: quiet,
  });
  const checkInputs = inputChecks(() => graph, ceilingsOfSupergraph(config.supergraph));
  const previews = sharingPreviews({
    agencies,
    documents,
    schema: () => graph,
    run: (asked, contextValue) => apollo.executeOperation(asked, { contextValue }),
  });
  let graph: GraphQLSchema;
  const apollo: ApolloServer<RequestContext> = new ApolloServer<RequestContext>({
    gateway: normalising(gateway, { documents, plans, schema: () => graph }),
    cache: 'bounded',
    documentStore: documents.store,
    validationOptions: { maxErrors: 5 },
    includeStacktraceInErrorResponses: false,
    introspection,
    // What a mistyped name may have meant tells of the schema too.
    hideSchemaDetailsFromClientErrors: !introspection,
    logger: quiet,
    nodeEnv: 'production',
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: (error) => error,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      {
        serverWillStart: async ({ schema }) => {
          graph = schema;
          loaded(schema);
        },
        requestDidStart: async () => ({
          didResolveOperation: async ({ request, document, operation, schema, contextValue }) => {
            if (!operation) return;
            // The planner asks subgraphs for variables and not for their defaults.
            const variables = withDefaults(defaultsOf(operation), request.variables ?? {});
            request.variables = variables;
            checkOperation(operation, { document, schema, variables, isSafe: contextValue.isSafe === true });
            checkInputs(document, operation, variables);
            required?.check(document, operation);
            await chargeOperation(contextValue, { document, operation });
          },
          responseForOperation: async ({ request, document, operation, schema, contextValue }) => {
            const asked = { document, operation, variables: request.variables ?? {} };
            const gathering = async (key: string, isStillNeeded: () => boolean) => {
              await contextValue.turn?.beginHeavy(`introspection ${key}`, isStillNeeded);
              if (isStillNeeded()) await contextValue.charged?.visitor.charge('read', costOfIntrospection);
            };
            const told = await introspections.answer({ ...asked, schema, gathering });
            if (!told) return given.previews ? previews.answer(asked, contextValue) : null;
            contextValue.text = told.text;
            return told.answer;
          },
          willSendResponse: async ({ response, contextValue, operation }) => {
            await tell(response, contextValue);
            if (response.body.kind === 'single') settleCodes(contextValue, response.body.singleResult.data);
            shapeResponse(response, contextValue);
            if (operation?.operation === 'mutation') changed();
          },
        }),
      },
    ],
  });
  await apollo.start();
  const nobody = (): RequestContext => ({
    requestId: 'warm-up',
    actor: PUBLIC,
    language: 'zh',
    incomplete: new Set(),
    answerSize: new AnswerSize(),
    statements: 0,
  });
  // What front ends send is planned and compiled before the first of them waits for it. Answers don't matter: nothing here depends on live subgraphs.
  for (const { query, variables } of await readOperationTabs(rootFieldsOf(supergraph)))
    await apollo.executeOperation({ query, variables }, { contextValue: nobody() });
  plans.started();
  return apollo;
}

/** How many reads it counts for to ask what nobody asked before, and to have the schema told as nobody had it before. */
const costOfPlan = 10;
const costOfIntrospection = 30;

/** The gateway, which plans and runs operations as normalised: whatever values are written into a document, it has one plan. */
function normalising(
  gateway: ApolloGateway,
  { documents, plans, schema }: { documents: Documents; plans: Plans; schema: () => GraphQLSchema },
): GatewayInterface {
  let plain: GraphQLSchema | undefined;
  /** The graph without the resolvers that Apollo Server puts into its own. */
  const plainSchema = () => {
    plain ??= buildASTSchema(parse(printSchema(schema()), { noLocation: true }), { assumeValid: true });
    return plain;
  };
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    load: async (options) => {
      const { executor } = await gateway.load(options);
      if (!executor) return { executor };
      return {
        executor: async (context) => {
          const { request } = context;
          const { document, key, values, aliases } = documents.normalised(context.document, request.operationName);
          const isNew = () => !plans.has(key);
          if (isNew()) {
            const { charged, turn } = context.context as RequestContext;
            await turn?.beginHeavy(`plan ${key}`, isNew);
            // Whoever waited while another planned the same owes nothing.
            if (isNew()) await charged?.visitor.charge('read', costOfPlan);
          }
          const { operationName: _name, ...asked } = request;
          const variables = { ...request.variables, ...values };
          const losses = new Losses();
          (context.context as RequestContext).losses = losses;
          const planned = { ...context, document, queryHash: key, request: { ...asked, variables } };
          // The gateway fails where something has another form than it should: what else was brought is told.
          const result: Answer = await executor(planned).catch((error: GraphQLError) => {
            if (losses.isEmpty) throw error;
            return { errors: [error] };
          });
          return asAsked(losses.complete({ schema: plainSchema, document, variables }, result), aliases);
        },
      };
    },
    stop: () => gateway.stop(),
  };
}

/** What was answered, under the names that the client gave. */
function asAsked({ data, errors }: ReturnType<Losses['complete']>, aliases: ReadonlyMap<string, string>): Answer {
  return {
    data: withAliases(data, aliases) as NonNullable<Answer['data']>,
    ...(errors && { errors: errors.map((error) => underAliases(error, aliases)) }),
  };
}

function underAliases(error: GraphQLError, aliases: ReadonlyMap<string, string>): GraphQLError {
  const { message, path, extensions } = error;
  if (!path || aliases.size === 0) return error;
  const named = path.map((step) => (typeof step === 'string' ? (aliases.get(step) ?? step) : step));
  return new GraphQLError(message, { path: named, extensions, originalError: error });
}

/** The variables of an operation, with its defaults where there are none. */
function withDefaults(defaults: Record<string, unknown>, given: Record<string, unknown>): Record<string, unknown> {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(present) };
}

/** What an agency is told is logged first; what can't be told is taken out of the answer. */
async function tell(
  response: {
    body: { kind: string; singleResult?: { data?: unknown; errors?: readonly GraphQLFormattedError[] } };
    http: { status?: number; headers: Map<string, string> };
  },
  { agencyRead }: RequestContext,
): Promise<void> {
  const result = response.body.singleResult;
  // What never ran has nothing to tell.
  if (!agencyRead || !result || result.data === undefined) return;
  try {
    await agencyRead.disclose(result.data);
  } catch (error) {
    delete result.data;
    const known = error instanceof HubError ? error : new HubError('ACCESS_NOT_LOGGED');
    result.errors = [known.toJSON()];
    if (known instanceof RefusedRead && known.retryAfter !== null)
      response.http.headers.set('retry-after', String(known.retryAfter));
  }
}

/** Errors in the reader's language and with nothing of the inside, and what is missing from the answer. */
function shapeResponse(
  response: {
    body: {
      kind: string;
      singleResult?: {
        data?: unknown;
        errors?: readonly GraphQLFormattedError[];
        extensions?: Record<string, unknown>;
      };
    };
    http: { status?: number; headers: Map<string, string> };
  },
  context: RequestContext,
): void {
  const result = response.body.singleResult;
  if (!result) return;
  // What Apollo puts there tells of values that did not fit, or of plans.
  delete result.extensions;
  const { incomplete } = context;
  if (incomplete.size > 0) result.extensions = { incomplete: [...incomplete].sort().map((subgraph) => ({ subgraph })) };
  const { refusal } = context.answerSize;
  if (refusal) {
    delete result.data;
    result.errors = [refusal.toJSON()];
  }
  if (!result.errors) return;
  if (result.data === undefined) {
    // What an agency asked is run in the hub's own wording: places in that are none in what was sent.
    const told = context.agencyRead ? result.errors.map(({ locations, ...error }) => error) : result.errors;
    const { status, errors, retryAfter } = refusalOf(told, context);
    result.errors = errors;
    response.http.status = status;
    if (status === 405) response.http.headers.set('allow', 'POST');
    if (retryAfter !== null) response.http.headers.set('retry-after', String(retryAfter));
  } else result.errors = result.errors.map((error) => formatError(error, context.language, context.requestId));
}
