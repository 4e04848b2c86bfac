import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { PUBLIC } from '@hub/access';
import { disableApolloTelemetry } from '@hub/config';
import { HubError } from '@hub/errors';
import {
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { type Agencies, RefusedRead } from '../agencies/agencies.ts';
import { formatError, statusOf } from '../error-format.ts';
import { readOperationTabs } from '../explorer/operation-tabs.ts';
import { chargeOperation, settleCodes } from '../fairness/operation.ts';
import type { RequestContext } from '../request-context.ts';
import { dataSource, type Transport } from '../subgraphs.ts';
import { checkPlan } from './limits.ts';
import { sharingPreviews } from './preview-sharing.ts';

/** Starts what plans, joins and answers operations, and plans those that front ends send. */
export async function startApollo(
  config: {
    readonly supergraph: string;
    readonly transport: Transport;
    readonly subgraphTimeoutMs: number;
  },
  given: {
    readonly log: { warn(text: string): void; error(text: string): void };
    readonly agencies: Agencies;
    /** The graph as clients see it. */
    readonly schema: () => GraphQLSchema;
    /** A mutation was answered. */
    readonly changed: () => void;
  },
): Promise<ApolloServer<RequestContext>> {
  const { log, agencies, schema, changed } = given;
  disableApolloTelemetry();
  const quiet = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => log.warn('apollo warned'),
    error: () => log.error('apollo failed'),
  };
  const gateway = new ApolloGateway({
    supergraphSdl: config.supergraph,
    buildService: ({ name }) => dataSource(name, config.transport, config.subgraphTimeoutMs) as never,
    // Called before the plan runs: throwing here refuses it.
    experimental_didResolveQueryPlan: ({ queryPlan }) => checkPlan(queryPlan),
    // Its own sentences quote plans and answers.
    logger: quiet,
  });
  const previews = sharingPreviews({
    agencies,
    schema,
    run: (asked, contextValue) => apollo.executeOperation(asked, { contextValue }),
  });
  const apollo: ApolloServer<RequestContext> = new ApolloServer<RequestContext>({
    gateway,
    cache: 'bounded',
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    logger: quiet,
    nodeEnv: 'production',
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError: (error) => error,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      {
        requestDidStart: async () => ({
          didResolveOperation: async ({ request, document, operation, contextValue }) => {
            await chargeOperation(contextValue, { document, operation });
            // The planner asks subgraphs for variables and not for their defaults.
            if (operation) request.variables = withDefaults(operation, request.variables ?? {});
          },
          responseForOperation: ({ request, document, operation, contextValue }) =>
            previews.answer({ document, operation, variables: request.variables ?? {} }, contextValue),
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
    statements: 0,
  });
  // What front ends send is planned and compiled before the first of them waits for it. Answers don't matter: nothing here depends on live subgraphs.
  for (const { query, variables } of await readOperationTabs())
    await apollo.executeOperation({ query, variables }, { contextValue: nobody() });
  return apollo;
}

/** The variables of an operation, with its defaults where there are none. */
function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Record<string, unknown>) {
  const variables = { ...given };
  for (const { variable, defaultValue } of variableDefinitions)
    if (defaultValue && variables[variable.name.value] === undefined)
      variables[variable.name.value] = valueFromASTUntyped(defaultValue);
  return variables;
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
    http: { status?: number };
  },
  context: RequestContext,
): void {
  const result = response.body.singleResult;
  if (!result) return;
  // What Apollo puts there tells of values that did not fit, or of plans.
  delete result.extensions;
  const { incomplete } = context;
  if (incomplete.size > 0) result.extensions = { incomplete: [...incomplete].sort().map((subgraph) => ({ subgraph })) };
  if (!result.errors) return;
  result.errors = result.errors.map((error) => formatError(error, context.language));
  if (result.data === undefined) response.http.status = statusOf(result.errors[0]?.extensions?.['code']);
}
