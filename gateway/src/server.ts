import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import cors from '@fastify/cors';
import type { Actor, Authenticate } from '@hub/access';
import { HubError } from '@hub/errors';
import { closeAfterAnswers } from '@hub/subgraph-server';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { AccessLogSigning } from './agencies/access-log.ts';
import { type AgencyRead, openAgencies, RefusedRead } from './agencies/agencies.ts';
import { formatError, languageOf, statusOf } from './error-format.ts';
import { type DemoActor, registerExplorer } from './explorer/explorer.ts';
import { registerCalendars } from './faces/calendars/calendars.ts';
import { labelsOf } from './faces/calendars/labels.ts';
import { registerCatalog } from './faces/catalog/catalog.ts';
import { type Changes, registerChanges } from './faces/changes/changes.ts';
import { registerExports } from './faces/exports/exports.ts';
import { registerFiles } from './faces/files/files.ts';
import { createFileStore } from './faces/files/graph-store.ts';
import { registerOpenApi } from './faces/openapi/openapi.ts';
import { errors, type Operation } from './faces/openapi/operation.ts';
import { openFairness } from './fairness/fairness.ts';
import type { RateLimits } from './fairness/limits.ts';
import { changeSources, followChanges } from './followers/changes.ts';
import { cooperationSources, followCooperationAudiences } from './followers/cooperation-audiences.ts';
import { dutySources, followDuty } from './followers/duty.ts';
import type { Follower } from './followers/follow-sources.ts';
import { startApollo } from './graphql/apollo.ts';
import { asking } from './graphql/ask.ts';
import { limits } from './graphql/limits.ts';
import { registerGraphql } from './graphql/route.ts';
import type { Transport } from './subgraphs.ts';
import { apiSchemaOf, classesOfSupergraph, readSupergraph } from './supergraph.ts';
import { followWebhooks, type WebhookOptions } from './webhooks/follow-webhooks.ts';

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
  /** Where its log goes line by line; to stdout unless given. */
  readonly logStream?: { write(line: string): void } | undefined;
  /** What the tokens of partner agencies must name as their audience. */
  readonly audience: string;
  /** How the log of what agencies read is signed. */
  readonly accessLog: AccessLogSigning;
  /** Where people find the hub, as calendars are told; the gateway's own address unless given. */
  readonly publicUrl?: string | undefined;
  /** How webhooks of partner agencies are told. */
  readonly webhooks?: WebhookOptions;
  /** How much anybody may ask in a while, where it isn't as usual. */
  readonly rateLimits?: RateLimits | undefined;
  /** Networks of the proxies that say truly whom they ask for. */
  readonly trustedProxies?: readonly string[] | undefined;
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
    logger:
      config.logLevel === 'silent'
        ? false
        : { level: config.logLevel, ...(config.logStream && { stream: config.logStream }) },
    // Its lines hold the URL, and so the variables of a GET; the hub's own line below holds neither.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: limits.bodyBytes,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    // Without one, nobody else is believed in where they are.
    trustProxy: config.trustedProxies?.length ? [...config.trustedProxies] : false,
  });
  let followers: readonly Follower[] = [];
  let changes: Changes | undefined;
  let graph: GraphQLSchema | undefined;
  const schema = () => {
    graph ??= readSupergraph(config.supergraph).apiSchema().toGraphQLJSSchema();
    return graph;
  };
  const fairness = openFairness({ ...config, limits: config.rateLimits });
  const agencies = openAgencies({
    transport: config.transport,
    timeoutMs: config.subgraphTimeoutMs,
    audience: config.audience,
    signing: config.accessLog,
    schema,
    classes,
    ceiling: fairness.agencies,
  });
  const apollo = await startApollo(config, {
    log: app.log,
    agencies,
    schema,
    changed: () => {
      for (const follower of followers) follower.nudge();
      changes?.nudge();
    },
  });
  app.decorateRequest('actor');
  app.decorateRequest('incomplete');
  app.decorateRequest('agencyRead');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.setErrorHandler(
    async (thrown: { code?: string; statusCode?: number; extensions?: Record<string, unknown> }, request, reply) => {
      const error = await fairness.refusalOf(request, thrown);
      const known = error.extensions ? error : httpError(error);
      if (thrown instanceof RefusedRead && thrown.retryAfter !== null) reply.header('retry-after', thrown.retryAfter);
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
      'ratelimit',
      'ratelimit-policy',
      'etag',
      'content-disposition',
      'content-range',
      'accept-ranges',
      'last-modified',
      'location',
    ],
    maxAge: 600,
  });
  fairness.register(app);
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
  registerGraphql(app, apollo, { authenticate: config.authenticate, agencies });
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
