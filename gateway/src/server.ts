import type { AddressInfo } from 'node:net';
import type { Actor, Authenticate } from '@hub/access';
import { closeAfterAnswers } from '@hub/subgraph-server';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { AccessLogSigning } from './agencies/access-log.ts';
import { type AgencyRead, openAgencies } from './agencies/agencies.ts';
import { type DemoActor, registerExplorer } from './explorer/explorer.ts';
import { registerCalendars } from './faces/calendars/calendars.ts';
import { labelsOf } from './faces/calendars/labels.ts';
import { registerCatalog } from './faces/catalog/catalog.ts';
import { type Changes, registerChanges } from './faces/changes/changes.ts';
import { lastingDocument, sendLasting } from './faces/entity-tag.ts';
import { registerExports } from './faces/exports/exports.ts';
import { registerFiles } from './faces/files/files.ts';
import { createFileStore } from './faces/files/graph-store.ts';
import type { FileStores } from './faces/files/store.ts';
import { type Offered, offeredBy } from './faces/offered.ts';
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
import { Documents } from './graphql/documents.ts';
import { limits } from './graphql/limits.ts';
import { registerGraphql } from './graphql/route.ts';
import { cutSlowTakers, HeldBytes } from './held-bytes.ts';
import { createApp } from './http/app.ts';
import type { HttpLimits } from './http/limits.ts';
import { refuseUnknownAddresses } from './http/refusals.ts';
import type { Transport } from './subgraphs.ts';
import { classesOfSupergraph, printed, rootFieldsOf } from './supergraph.ts';
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
  /** What of HTTP is bounded otherwise than usual. */
  readonly http?: Partial<HttpLimits>;
  /** Whether clients may ask what the graph has; they may unless said. */
  readonly introspection?: boolean;
  /** Whether the explorer is served; it is unless said. */
  readonly explorer?: boolean;
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
  const offered = offeredBy(config.supergraph);
  const { introspection = true, explorer = true } = config;
  const fairness = openFairness({ ...config, limits: config.rateLimits });
  const { app, refuseMethods } = await createApp({
    logLevel: config.logLevel,
    logStream: config.logStream,
    corsOrigins: config.corsOrigins,
    bodyBytes: limits.bodyBytes,
    limits: config.http,
    isPublicByTls: config.publicUrl?.startsWith('https:') ?? false,
    trustedProxies: config.trustedProxies ?? [],
    told: fairness.refusalOf,
  });
  let followers: readonly Follower[] = [];
  let changes: Changes | undefined;
  let graph: GraphQLSchema;
  const schema = () => graph;
  const documents = new Documents(schema);
  const agencies = openAgencies({
    transport: config.transport,
    timeoutMs: config.subgraphTimeoutMs,
    audience: config.audience,
    signing: config.accessLog,
    warn: (message) => app.log.warn(message),
    isOffered: offered.agencies,
    schema,
    classes,
    ceiling: fairness.agencies,
  });
  const apollo = await startApollo(config, {
    previews: offered.agencies,
    log: app.log,
    agencies,
    documents,
    loaded: (schema) => {
      graph = schema;
    },
    changed: () => {
      for (const follower of followers) follower.nudge();
      changes?.nudge();
    },
  });
  const untaken = new HeldBytes();
  cutSlowTakers(app, untaken);
  app.decorateRequest('actor');
  app.decorateRequest('incomplete');
  app.decorateRequest('agencyRead');
  fairness.register(app);
  refuseUnknownAddresses(app);
  registerOpenApi(app);
  if (explorer) {
    const rootFields = rootFieldsOf(config.supergraph);
    await registerExplorer(app, { endpoint: '/graphql', demoActors: config.demoActors, rootFields });
  }
  let sdl: string | undefined;
  const apiSchema = () => {
    sdl ??= printed(graph);
    return sdl;
  };
  const schemaFile = lastingDocument(apiSchema);
  if (introspection)
    app.get('/schema.graphql', { config: { openapi: schemaDescription } }, (request, reply) =>
      sendLasting(request, reply, schemaFile(), 'text/plain; charset=utf-8'),
    );
  app.get('/health', { config: { openapi: healthDescription } }, () => ({ status: 'ok' }));
  const { turns } = fairness;
  registerGraphql(app, apollo, { authenticate: config.authenticate, agencies, documents, turns });
  if (offered.files.size > 0)
    await registerFiles(app, {
      stores: fileStoresOf(offered.files, config),
      authenticate: config.authenticate,
      untaken,
    });
  const { sources, types } = changeSources(config.supergraph);
  if (sources.length > 0)
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
  if (offered.calendars)
    await registerCalendars(app, {
      ask: asking(apollo),
      transport: config.transport,
      timeoutMs: config.subgraphTimeoutMs,
      labels: labelsOf(apiSchema),
      publicUrl: () => (config.publicUrl ?? `http://localhost:${portOf(app)}`).replace(/\/+$/, ''),
    });
  registerCatalog(app, { classes, schema });
  if (offered.agencies) registerExports(app, { ask: asking(apollo), agencies, schema, classes });
  refuseMethods();
  try {
    await agencies.open();
  } catch (error) {
    await Promise.all([app.close(), apollo.stop()]);
    throw error;
  }
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

/** One store for each subgraph, whichever of its records a file is for. */
function fileStoresOf(
  files: Offered['files'],
  { transport, subgraphTimeoutMs }: Pick<GatewayConfig, 'transport' | 'subgraphTimeoutMs'>,
): FileStores {
  const stores = new Map(
    [...new Set(files.values())].map((subgraph) => [subgraph, createFileStore(transport, subgraphTimeoutMs, subgraph)]),
  );
  return new Map(
    [...files].flatMap(([record, subgraph]) => {
      const store = stores.get(subgraph);
      return store ? [[record, store] as const] : [];
    }),
  );
}

const schemaDescription: Operation = {
  operationId: 'readSchema',
  summary: '图的定义: the schema of the graph as SDL, for code generators',
  responses: {
    200: { description: 'SDL', content: { 'text/plain': { schema: { type: 'string' } } } },
    304: { description: 'known by its `ETag`' },
    ...errors(),
  },
};
const healthDescription: Operation = {
  operationId: 'readHealth',
  summary: '健康检查: whether the gateway answers',
  responses: {
    200: { description: 'it does', content: { 'application/json': { schema: { type: 'object' } } } },
    ...errors(),
  },
};

const portOf = (app: FastifyInstance) => (app.server.address() as AddressInfo).port;
