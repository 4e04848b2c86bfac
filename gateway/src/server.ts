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
import type { GraphQLFormattedError } from 'graphql';
import { asking } from './ask.ts';
import { actorOf } from './authenticate.ts';
import { formatError, languageOf, statusOf } from './error-format.ts';
import { type DemoActor, registerExplorer } from './explorer/explorer.ts';
import { readOperationTabs } from './explorer/operation-tabs.ts';
import { registerCalendars } from './faces/calendars/calendars.ts';
import { labelsOf } from './faces/calendars/labels.ts';
import { type Changes, registerChanges } from './faces/changes/changes.ts';
import { registerFiles } from './faces/files/files.ts';
import { createFileStore } from './faces/files/graph-store.ts';
import { changeSources, followChanges } from './followers/changes.ts';
import { type DutyFollower, dutySources, followDuty } from './followers/duty.ts';
import { checkPlan, limits, OperationLimits } from './limits.ts';
import type { RequestContext } from './request-context.ts';
import { dataSource, type Transport } from './subgraphs.ts';
import { apiSchemaOf } from './supergraph.ts';

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
  /** Where people find the hub, as calendars are told; the gateway's own address unless given. */
  readonly publicUrl?: string | undefined;
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
  }
}

/** Starts the hub's face: HTTP, who is asking, limits, planning and joining. */
export async function createGateway(config: GatewayConfig): Promise<Gateway> {
  const app = fastify({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel },
    // Its lines hold the URL, and so the variables of a GET; the hub's own line below holds neither.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: limits.bodyBytes,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
  });
  let follower: DutyFollower | undefined;
  let changes: Changes | undefined;
  const apollo = await startApollo(config, app, () => {
    follower?.nudge();
    changes?.nudge();
  });
  app.decorateRequest('actor');
  app.decorateRequest('incomplete');
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.setErrorHandler(
    (error: { code?: string; statusCode?: number; extensions?: Record<string, unknown> }, request, reply) => {
      const known = error.extensions ? error : httpError(error);
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
      'etag',
      'content-disposition',
      'content-range',
      'accept-ranges',
      'last-modified',
      'location',
    ],
    maxAge: 600,
  });
  await registerExplorer(app, { endpoint: '/graphql', demoActors: config.demoActors });
  let printed: string | undefined;
  const apiSchema = () => {
    printed ??= apiSchemaOf(config.supergraph);
    return printed;
  };
  app.get('/schema.graphql', (_, reply) => reply.type('text/plain; charset=utf-8').send(apiSchema()));
  app.get('/health', () => ({ status: 'ok' }));
  registerGraphql(app, apollo, config);
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
  });
  await registerCalendars(app, {
    ask: asking(apollo),
    transport: config.transport,
    timeoutMs: config.subgraphTimeoutMs,
    labels: labelsOf(apiSchema),
    publicUrl: () => (config.publicUrl ?? `http://localhost:${portOf(app)}`).replace(/\/+$/, ''),
  });
  await app.listen({ host: config.host, port: config.port });
  const port = portOf(app);
  if (config.follow)
    follower = followDuty({
      sources: dutySources(config.supergraph),
      transport: config.transport,
      timeoutMs: config.subgraphTimeoutMs,
      lost: (source) => app.log.warn({ source }, 'duty can not be followed'),
    });
  return {
    url: `http://${['0.0.0.0', '127.0.0.1'].includes(config.host) ? 'localhost' : config.host}:${port}`,
    async stop() {
      await closeAfterAnswers(app);
      await follower?.stop();
      await apollo.stop();
    },
  };
}

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
  if (context.incomplete.size > 0)
    result.extensions = { incomplete: [...context.incomplete].sort().map((subgraph) => ({ subgraph })) };
  if (!result.errors) return;
  result.errors = result.errors.map((error) => formatError(error, context.language));
  if (result.data === undefined) response.http.status = statusOf(result.errors[0]?.extensions?.['code']);
}

function registerGraphql(app: FastifyInstance, apollo: ApolloServer<RequestContext>, config: GatewayConfig): void {
  const operations = new OperationLimits();
  const handle = fastifyApolloHandler(apollo, {
    context: async (request) => ({
      requestId: request.id,
      actor: request.actor,
      language: languageOf(request.headers['accept-language']),
      incomplete: request.incomplete,
      statements: 0,
    }),
  });
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: async (request) => {
      const { query, operationName, variables } = operationOf(request);
      if (query !== undefined) operations.check(query, operationName, variables);
      request.incomplete = new Set();
      request.actor = await actorOf(request, config.authenticate);
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
