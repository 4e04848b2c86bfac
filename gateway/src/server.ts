import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import { type Actor, type Authenticate, PUBLIC } from '@hub/access';
import { disableApolloTelemetry } from '@hub/config';
import { HubError } from '@hub/errors';
import { closeAfterAnswers } from '@hub/subgraph-server';
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { AccessLogSigning } from './agencies/access-log.ts';
import { type Agencies, type AgencyRead, isAgencyToken, openAgencies, RefusedRead } from './agencies/agencies.ts';
import { asking } from './ask.ts';
import { actorOf, bearerOf } from './authenticate.ts';
import { formatError, languageOf, statusOf } from './error-format.ts';
import { type DemoActor, registerExplorer } from './explorer/explorer.ts';
import { readOperationTabs } from './explorer/operation-tabs.ts';
import { registerCalendars } from './faces/calendars/calendars.ts';
import { labelsOf } from './faces/calendars/labels.ts';
import { registerCatalog } from './faces/catalog/catalog.ts';
import { type Changes, registerChanges } from './faces/changes/changes.ts';
import { registerExports } from './faces/exports/exports.ts';
import { registerFiles } from './faces/files/files.ts';
import { createFileStore } from './faces/files/graph-store.ts';
import { registerOpenApi } from './faces/openapi/openapi.ts';
import { errors, type Operation } from './faces/openapi/operation.ts';
import { changeSources, followChanges } from './followers/changes.ts';
import { cooperationSources, followCooperationAudiences } from './followers/cooperation-audiences.ts';
import { dutySources, followDuty } from './followers/duty.ts';
import type { Follower } from './followers/follow-sources.ts';
import { followWebhooks, type WebhookOptions } from './followers/webhooks.ts';
import { checkPlan, limits, OperationLimits } from './limits.ts';
import type { RequestContext } from './request-context.ts';
import { dataSource, type Transport } from './subgraphs.ts';
import { apiSchemaOf, classesOfSupergraph, readSupergraph } from './supergraph.ts';

export interface GatewayConfig {
  readonly host: string;
  readonly port: number;
  /** The composed schema of all subgraphs, as SDL. */
  readonly supergraph: string;
  readonly transport: Transport;
  readonly subgraphTimeoutMs: number;
  readonly authenticate: Authenticate;
  readonly corsOrigins: readonly string[];
  /** Whom a visitor of the explorer may act as; none in production. */
  readonly demoActors: readonly DemoActor[];
  readonly logLevel: string;
  /** What the tokens of partner agencies must name as their audience. */
  readonly audience: string;
  /** How the log of what agencies read is signed. */
  readonly accessLog: AccessLogSigning;
  /** Where people find the hub, as calendars are told; the gateway's own address unless given. */
  readonly publicUrl?: string | undefined;
  /** How webhooks of partner agencies are told. */
  readonly webhooks?: WebhookOptions;
  /** Whether this gateway carries from one subgraph to another what happened there; at least one of a hub's must. */
  readonly follow?: boolean;
}

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
    incomplete: Set<string>;
    agencyRead: AgencyRead | undefined;
  }
}

/** Starts the hub's face: HTTP, who is asking, limits, planning and joining. */
export async function createGateway(config: GatewayConfig): Promise<Gateway> {
  const classes = classesOfSupergraph(config.supergraph);
  const app = fastify({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel },
    // Its lines hold the URL, and so the variables of a GET; the hub's own line below holds neither.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: limits.bodyBytes,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
  });
  let followers: readonly Follower[] = [];
  let changes: Changes | undefined;
  const apollo = await startApollo(config, app, () => {
    for (const follower of followers) follower.nudge();
    changes?.nudge();
  });
  app.decorateRequest('actor');
  app.decorateRequest('incomplete');
  app.decorateRequest('agencyRead');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.setErrorHandler(
    (error: { code?: string; statusCode?: number; extensions?: Record<string, unknown> }, request, reply) => {
      const known = error.extensions ? error : httpError(error);
      if (error instanceof RefusedRead && error.retryAfter !== null) reply.header('retry-after', error.retryAfter);
      if (!error.extensions && (error.statusCode ?? 500) >= 500)
        request.log.error({ error: error.code ?? 'unknown' }, 'request failed');
      const shown = formatError(
        { message: '', extensions: known.extensions ?? {} },
        languageOf(request.headers['accept-language']),
      );
      return reply
        .status(statusOf(shown.extensions?.['code']))
        .type('application/json; charset=utf-8')
        .send({ errors: [shown] });
    },
  );
  await app.register(cors, {
    origin: [...config.corsOrigins],
    methods: ['GET', 'HEAD', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'accept-language',
      'x-acting-membership',
      'x-receipt',
      'x-preview-sharing',
      'apollo-require-preflight',
      'x-apollo-operation-name',
      'range',
      'if-range',
      'if-none-match',
      'repr-digest',
      'content-digest',
      'last-event-id',
    ],
    exposedHeaders: [
      'retry-after',
      'etag',
      'content-disposition',
      'content-range',
      'accept-ranges',
      'last-modified',
      'location',
    ],
    maxAge: 600,
  });
  registerOpenApi(app);
  await registerExplorer(app, { endpoint: '/graphql', demoActors: config.demoActors });
  let printed: string | undefined;
  const apiSchema = () => {
    printed ??= apiSchemaOf(config.supergraph);
    return printed;
  };
  app.get('/schema.graphql', { config: { openapi: schemaDescription } }, (_, reply) =>
    reply.type('text/plain; charset=utf-8').send(apiSchema()),
  );
  app.get('/health', { config: { openapi: healthDescription } }, () => ({ status: 'ok' }));
  let graph: GraphQLSchema | undefined;
  const schema = () => {
    graph ??= readSupergraph(config.supergraph).apiSchema().toGraphQLJSSchema();
    return graph;
  };
  const agencies = openAgencies({
    transport: config.transport,
    timeoutMs: config.subgraphTimeoutMs,
    audience: config.audience,
    signing: config.accessLog,
    schema,
    classes,
  });
  registerGraphql(app, apollo, config, agencies);
  const filesOf = (subgraph: string) => createFileStore(config.transport, config.subgraphTimeoutMs, subgraph);
  const [ofConsultations, ofCooperation] = [filesOf('consultations'), filesOf('cooperation')];
  await registerFiles(app, {
    stores: new Map([
      ['paper', ofConsultations],
      ['plan', ofConsultations],
      ['agreement', ofCooperation],
    ]),
    authenticate: config.authenticate,
  });
  const { sources, types } = changeSources(config.supergraph);
  changes = registerChanges(app, {
    follower: followChanges({
      sources,
      transport: config.transport,
      timeoutMs: config.subgraphTimeoutMs,
      lost: (source) => app.log.warn({ source }, 'changes can not be followed'),
    }),
    types,
    authenticate: config.authenticate,
    agencies,
  });
  await registerCalendars(app, {
    ask: asking(apollo),
    transport: config.transport,
    timeoutMs: config.subgraphTimeoutMs,
    labels: labelsOf(apiSchema),
    publicUrl: () => (config.publicUrl ?? `http://localhost:${portOf(app)}`).replace(/\/+$/, ''),
  });
  registerCatalog(app, { classes, schema });
  registerExports(app, { ask: asking(apollo), agencies, schema, classes });
  await app.listen({ host: config.host, port: config.port });
  const port = portOf(app);
  const { supergraph, transport, subgraphTimeoutMs: timeoutMs } = config;
  if (config.follow) {
    const webhooks = followWebhooks({
      supergraph,
      transport,
      timeoutMs,
      agencies,
      webhooks: config.webhooks ?? {},
      lost: () => app.log.warn('webhooks can not be told'),
    });
    followers = [
      followDuty({
        sources: dutySources(supergraph),
        transport,
        timeoutMs,
        lost: (source) => app.log.warn({ source }, 'duty can not be followed'),
      }),
      followCooperationAudiences({
        sources: cooperationSources(supergraph),
        transport,
        timeoutMs,
        lost: (source) => app.log.warn({ source }, 'cooperations can not be followed'),
      }),
      ...(webhooks ? [webhooks] : []),
    ];
  }
  return {
    url: `http://${['0.0.0.0', '127.0.0.1'].includes(config.host) ? 'localhost' : config.host}:${port}`,
    async stop() {
      await closeAfterAnswers(app);
      await Promise.all(followers.map((follower) => follower.stop()));
      await agencies.stop();
      await apollo.stop();
    },
  };
}

const schemaDescription: Operation = {
  operationId: 'readSchema',
  summary: '图的定义: the schema of the graph as SDL, for code generators',
  responses: { 200: { description: 'SDL', content: { 'text/plain': { schema: { type: 'string' } } } }, ...errors() },
};
const healthDescription: Operation = {
  operationId: 'readHealth',
  summary: '健康检查: whether the gateway answers',
  responses: { 200: { description: 'it does', content: { 'application/json': { schema: { type: 'object' } } } } },
};

const portOf = (app: FastifyInstance) => (app.server.address() as AddressInfo).port;

function httpError(error: { code?: string }): HubError {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new HubError('REQUEST_TOO_LARGE', { maximum: limits.bodyBytes });
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
      return new HubError('BAD_REQUEST');
    default:
      return new HubError('INTERNAL_SERVER_ERROR');
  }
}

async function startApollo(
  config: GatewayConfig,
  app: FastifyInstance,
  changed: () => void,
): Promise<ApolloServer<RequestContext>> {
  disableApolloTelemetry();
  const quiet = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => app.log.warn('apollo warned'),
    error: () => app.log.error('apollo failed'),
  };
  const gateway = new ApolloGateway({
    supergraphSdl: config.supergraph,
    buildService: ({ name }) => dataSource(name, config.transport, config.subgraphTimeoutMs) as never,
    // Called before the plan runs: throwing here refuses it.
    experimental_didResolveQueryPlan: ({ queryPlan }) => checkPlan(queryPlan),
    // Its own sentences quote plans and answers.
    logger: quiet,
  });
  const apollo = new ApolloServer<RequestContext>({
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
          willSendResponse: async ({ response, contextValue, operation }) => {
            await tell(response, contextValue);
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
  const { incomplete, agencyRead } = context;
  if (incomplete.size > 0 || agencyRead?.preview)
    result.extensions = {
      ...(incomplete.size > 0 && { incomplete: [...incomplete].sort().map((subgraph) => ({ subgraph })) }),
      ...(agencyRead?.preview && { sharingPreview: agencyRead.preview }),
    };
  if (!result.errors) return;
  result.errors = result.errors.map((error) => formatError(error, context.language));
  if (result.data === undefined) response.http.status = statusOf(result.errors[0]?.extensions?.['code']);
}

function registerGraphql(
  app: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  config: GatewayConfig,
  agencies: Agencies,
): void {
  const operations = new OperationLimits();
  const handle = fastifyApolloHandler(apollo, {
    context: async (request) => ({
      requestId: request.id,
      actor: request.actor,
      language: languageOf(request.headers['accept-language']),
      incomplete: request.incomplete,
      agencyRead: request.agencyRead,
      statements: 0,
    }),
  });
  /** An agency's read, or what staff preview as one: what is run is the hub's own wording of it. */
  const admit = async (
    request: FastifyRequest,
    query: string,
    rest: { operationName?: unknown; variables?: unknown },
  ) => {
    const asked = {
      query,
      operationName: rest.operationName == null ? undefined : String(rest.operationName),
      variables: (rest.variables ?? {}) as Record<string, unknown>,
      address: request.ip,
      requestId: request.id,
    };
    const token = bearerOf(request);
    const previewed = request.headers['x-preview-sharing']?.toString();
    if (token !== undefined && isAgencyToken(token)) request.agencyRead = await agencies.admit(token, asked);
    else {
      request.actor = await actorOf(request, config.authenticate);
      if (previewed === undefined) return;
      request.agencyRead = await agencies.preview(request.actor, previewed, asked);
    }
    // A document in an address can't be put another way.
    if (request.method !== 'POST') throw new HubError('BAD_REQUEST');
    request.actor = request.agencyRead.actor;
    Object.assign(request.body as object, { query: request.agencyRead.query });
  };
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: async (request) => {
      const { query, operationName, variables } = operationOf(request);
      if (query !== undefined) operations.check(query, operationName, variables);
      request.incomplete = new Set();
      if (query === undefined) request.actor = await actorOf(request, config.authenticate);
      else await admit(request, query, { operationName, variables });
    },
    handler: handle,
    onResponse: async (request, reply) => {
      const facts = {
        actor: request.actor?.kind ?? 'UNKNOWN',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      };
      if (request.incomplete?.size)
        request.log.warn({ ...facts, incomplete: [...request.incomplete] }, 'answered in part');
      else request.log.info(facts, 'answered');
    },
  });
}

/** The operation of a request; a body that is no single one is refused. */
function operationOf(request: FastifyRequest): {
  query?: string | undefined;
  operationName?: unknown;
  variables?: unknown;
} {
  const source = request.method === 'GET' ? request.query : request.body;
  if (Array.isArray(source)) throw new HubError('BAD_REQUEST');
  const { query, operationName, variables } = (source ?? {}) as Record<
    'query' | 'operationName' | 'variables',
    unknown
  >;
  if (query !== undefined && typeof query !== 'string') throw new HubError('BAD_REQUEST');
  return { query, operationName, variables };
}
