import type { AddressInfo } from 'node:net';
import type { Actor, Authenticate } from '@hub/access';
import { hasRoom, Readiness } from '@hub/lifecycle';
import { type Closing, closeAfterAnswers, type Figures, isLive, isReady, sweepRegularly } from '@hub/subgraph-server';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { AccessLogSigning } from './agencies/access-log.ts';
import { type AgencyRead, openAgencies } from './agencies/agencies.ts';
import { cursorSecrets } from './agencies/cursors.ts';
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
import { serveGatewayFigures } from './figures.ts';
import { changeCursors } from './followers/change-cursors.ts';
import { changeSources, followChanges } from './followers/changes.ts';
import { cooperationSources, followCooperationAudiences } from './followers/cooperation-audiences.ts';
import { dutySources, followDuty } from './followers/duty.ts';
import { type Follower, keepsUp } from './followers/follow-sources.ts';
import { hearing, openReferences } from './followers/references.ts';
import { startApollo } from './graphql/apollo.ts';
import { asking } from './graphql/ask.ts';
import { Documents } from './graphql/documents.ts';
import { limits } from './graphql/limits.ts';
import { Room } from './graphql/room.ts';
import { registerGraphql } from './graphql/route.ts';
import { cutSlowTakers, HeldBytes } from './held-bytes.ts';
import { createApp } from './http/app.ts';
import type { HttpLimits } from './http/limits.ts';
import { refuseUnknownAddresses } from './http/refusals.ts';
import { answeringNodes } from './nodes/nodes.ts';
import type { Subgraphs } from './subgraphs.ts';
import { classesOfSupergraph, plannedNamesOf, printed, rootFieldsOf } from './supergraph.ts';
import { followWebhooks, type WebhookOptions, type Webhooks } from './webhooks/follow-webhooks.ts';

export interface GatewayConfig {
  readonly host: string;
  readonly port: number;
  /** The composed schema of all subgraphs, as SDL. */
  readonly supergraph: string;
  readonly transport: Subgraphs;
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
  /** For how many days it is kept; for good unless said. */
  readonly accessLogDays?: number | undefined;
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
  /** Folders whose disks it can't do without. */
  readonly folders?: readonly string[];
  /** How long a stop waits, where that isn't two seconds. */
  readonly drain?: Pick<Closing, 'leadMs' | 'graceMs'>;
  /** Where on this machine a monitor finds its figures; there are none unless given. */
  readonly metricsPort?: number | undefined;
}

const usualDrain = { leadMs: 0, graceMs: 2_000 };

export interface Gateway {
  readonly url: string;
  /** The names of what isn't ready; none where all is. */
  missing(): Promise<readonly string[]>;
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
  let figures: Figures | undefined;
  const { app, refuseMethods } = await createApp({
    figures: () => figures,
    logLevel: config.logLevel,
    logStream: config.logStream,
    corsOrigins: config.corsOrigins,
    bodyBytes: limits.bodyBytes,
    limits: config.http,
    isPublicByTls: config.publicUrl?.startsWith('https:') ?? false,
    trustedProxies: config.trustedProxies ?? [],
    told: fairness.refusalOf,
  });
  let followers: ReadonlyMap<string, Follower> = new Map();
  let webhooks: Webhooks | null = null;
  let sweeping: { stop(): Promise<void> } | undefined;
  const { folders = [], transport, supergraph } = config;
  const { sources, types } = changeSources(supergraph);
  const readiness = new Readiness({
    // Its own alone, which all tell of changes: what somebody else's does costs that one's fields, and never the hub.
    ...Object.fromEntries(sources.map((name) => [name, (signal) => transport.missing(name, signal)])),
    followers: async () => ([...followers.values()].every(keepsUp) ? [] : ['followers']),
    disk: async () => ((await Promise.all(folders.map(hasRoom))).every(Boolean) ? [] : ['disk']),
  });
  const close = closeAfterAnswers(app, readiness);
  let changes: Changes | undefined;
  let graph: GraphQLSchema;
  const schema = () => graph;
  const documents = new Documents(schema, plannedNamesOf(supergraph));
  const cursors = changeCursors(cursorSecrets(config.accessLog.privateKey));
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
  const references = openReferences({ supergraph, transport, timeoutMs: config.subgraphTimeoutMs });
  const apollo = await startApollo(
    { ...config, transport: answeringNodes(hearing(transport, references), { supergraph, schema }) },
    {
      previews: offered.agencies,
      log: app.log,
      agencies,
      documents,
      loaded: (schema) => {
        graph = schema;
      },
      changed: () => {
        for (const follower of followers.values()) follower.nudge();
        changes?.nudge();
      },
    },
  );
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
      sendLasting(request, reply, schemaFile(), ['text/plain; charset=utf-8']),
    );
  app.get(
    '/health/live',
    { config: { openapi: healthDescription('readLiveness', '存活检查: whether the gateway answers') } },
    isLive,
  );
  for (const [path, id] of [
    ['/health/ready', 'readReadiness'],
    ['/health', 'readHealth'],
  ] as const)
    app.get(
      path,
      {
        config: {
          openapi: healthDescription(id, '就绪检查: whether the hub can do its work, or what of it is missing'),
        },
      },
      isReady(readiness),
    );
  const { turns } = fairness;
  const room = new Room();
  registerGraphql(app, apollo, { authenticate: config.authenticate, agencies, documents, turns, room });
  const publicUrl = () => (config.publicUrl ?? `http://localhost:${portOf(app)}`).replace(/\/+$/, '');
  if (offered.files.size > 0)
    await registerFiles(app, {
      stores: fileStoresOf(offered.files, config),
      authenticate: config.authenticate,
      untaken,
    });
  if (sources.length > 0)
    changes = registerChanges(app, {
      follower: followChanges({
        sources,
        transport: config.transport,
        timeoutMs: config.subgraphTimeoutMs,
        cursors,
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
      publicUrl,
    });
  registerCatalog(app, { classes, schema, publicUrl });
  if (offered.agencies) registerExports(app, { ask: asking(apollo), agencies, schema, classes });
  refuseMethods();
  try {
    await agencies.open();
  } catch (error) {
    await Promise.all([app.close(), apollo.stop()]);
    throw error;
  }
  if (config.metricsPort !== undefined)
    figures = await serveGatewayFigures(config.metricsPort, {
      turns,
      room,
      untaken,
      subgraphs: transport,
      followers: () => followers,
      sending: () => webhooks?.sending ?? 0,
      backlog: async () => webhooks?.backlog(),
    });
  await app.listen({ host: config.host, port: config.port });
  const port = portOf(app);
  const { subgraphTimeoutMs: timeoutMs } = config;
  if (config.follow) {
    const { accessLogDays } = config;
    if (offered.agencies && accessLogDays !== undefined)
      sweeping = sweepRegularly(
        [{ name: 'access log', sweep: () => agencies.sweep(accessLogDays) }],
        (level, message, facts) => app.log[level](facts ?? {}, message),
      );
    webhooks = followWebhooks({
      supergraph,
      transport,
      timeoutMs,
      agencies,
      webhooks: config.webhooks ?? {},
      cursors,
      lost: () => app.log.warn('webhooks can not be told'),
    });
    followers = new Map<string, Follower>([
      [
        'duty',
        followDuty({
          sources: dutySources(supergraph),
          transport,
          timeoutMs,
          lost: (source) => app.log.warn({ source }, 'duty can not be followed'),
        }),
      ],
      [
        'cooperations',
        followCooperationAudiences({
          sources: cooperationSources(supergraph),
          transport,
          timeoutMs,
          lost: (source) => app.log.warn({ source }, 'cooperations can not be followed'),
        }),
      ],
      [
        'references',
        references.follow((source) => app.log.warn({ source }, 'what may be referred to can not be followed')),
      ],
      ...(webhooks ? [['webhooks', webhooks] as const] : []),
    ]);
  }
  return {
    url: `http://${['0.0.0.0', '127.0.0.1'].includes(config.host) ? 'localhost' : config.host}:${port}`,
    missing: () => readiness.missing(),
    async stop() {
      await close({ ...(config.drain ?? usualDrain), ending: () => changes?.end() });
      figures?.stop();
      await Promise.all([sweeping?.stop(), ...[...followers.values()].map((follower) => follower.stop())]);
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
    ...errors('NOT_ACCEPTABLE'),
  },
};
const healthDescription = (operationId: string, summary: string): Operation => {
  const content = { 'application/json': { schema: { type: 'object' as const } } };
  return {
    operationId,
    summary,
    responses: {
      ...errors(),
      200: { description: 'it does', content },
      503: { description: 'it doesn’t: `missing` names what', content },
    },
  };
};

const portOf = (app: FastifyInstance) => (app.server.address() as AddressInfo).port;
