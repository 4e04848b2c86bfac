import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { type Actor, passportVerifier } from '@hub/access';
import { HubError, isErrorCode, type Language } from '@hub/errors';
import { logFormat, Readiness } from '@hub/lifecycle';
import fastify, { LogController } from 'fastify';
import { closeAfterAnswers } from './close.ts';
import { poolGauges, serveFigures } from './figures.ts';
import { isLive, isReady } from './health.ts';
import type { Subgraph } from './subgraph.ts';

export interface SubgraphServer {
  readonly url: string;
  stop(): Promise<void>;
}

interface Passported {
  readonly actor: Actor;
  readonly language: Language;
  /** The gateway gave up, or went away: nobody waits for the answer any more. */
  readonly abandoned: AbortSignal;
}

declare module 'fastify' {
  interface FastifyRequest {
    passported?: Passported;
  }
}

/** Serves a subgraph over HTTP on loopback or a private network. Nothing is answered without a passport of the gateway. */
export async function serveSubgraph(
  subgraph: Subgraph,
  options: {
    host: string;
    port: number;
    passportPublicKey: string;
    logLevel: string;
    drainMs?: number;
    metricsPort?: number | undefined;
  },
): Promise<SubgraphServer> {
  const verify = await passportVerifier(options.passportPublicKey, subgraph.name);
  const app = fastify({
    logger: options.logLevel === 'silent' ? false : logFormat(options.logLevel),
    logController: new LogController({ disableRequestLogging: true }),
    // Entity fetches carry every key of a page.
    bodyLimit: 8 * 1024 * 1024,
    // Longer than the gateway keeps an idle connection, so that it is never the subgraph that hangs up first.
    keepAliveTimeout: 60_000,
    forceCloseConnections: 'idle',
  });
  const readiness = new Readiness({
    database: () => subgraph.missing(),
  });
  const close = closeAfterAnswers(app, readiness);
  const apollo = new ApolloServer<Passported>({
    gateway: asGateway(subgraph),
    cache: 'bounded',
    // No browser gets this far: there is a passport on every request.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    nodeEnv: 'production',
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginInlineTraceDisabled()],
    formatError: ({ message, path, extensions }) => {
      const known = isErrorCode(extensions?.['code']);
      return {
        message: known ? message : '',
        ...(path && { path }),
        extensions: known ? { ...(extensions ?? {}) } : { code: 'INTERNAL_SERVER_ERROR' },
      };
    },
  });
  await apollo.start();
  app.setErrorHandler((error: { extensions?: { code?: unknown } }, _, reply) => {
    const code = isErrorCode(error.extensions?.code) ? error.extensions.code : 'BAD_REQUEST';
    return reply
      .status(code === 'UNAUTHENTICATED' ? 401 : code === 'STOPPING' ? 503 : 400)
      .send({ errors: [{ message: new HubError(code).message, extensions: { code } }] });
  });
  const figures =
    options.metricsPort === undefined
      ? undefined
      : await serveFigures(
          options.metricsPort,
          poolGauges(() => new Map([[subgraph.name, subgraph.load()]])),
        );
  app.addHook('onResponse', async ({ routeOptions: { url } }, reply) =>
    figures?.answered({ kind: url ?? 'none', status: reply.statusCode, seconds: reply.elapsedTime / 1_000 }),
  );
  app.get('/health/live', isLive);
  for (const path of ['/health/ready', '/health']) app.get(path, isReady(readiness));
  app.post(
    '/graphql',
    {
      preHandler: async (request, reply) => {
        const abandoned = new AbortController();
        reply.raw.once('close', () => {
          if (!reply.raw.writableFinished) abandoned.abort();
        });
        request.passported = {
          abandoned: abandoned.signal,
          actor: await verify(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]),
          language: request.headers['accept-language'] === 'en' ? 'en' : 'zh',
        };
      },
    },
    fastifyApolloHandler(apollo, {
      context: async ({ passported }) => {
        if (!passported) throw new HubError('UNAUTHENTICATED');
        return passported;
      },
    }),
  );
  await app.listen({ host: options.host, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async stop() {
      await close({ leadMs: 0, graceMs: options.drainMs ?? 2_000 });
      figures?.stop();
      await apollo.stop();
      await subgraph.close();
    },
  };
}

/** Other subgraphs that the gateway has had read to their end. */
const heardIn = (extensions: Readonly<Record<string, unknown>> | undefined): readonly string[] => {
  const heard = extensions?.['heard'];
  return Array.isArray(heard) ? heard.filter((name) => typeof name === 'string') : [];
};

type GatewayInterface = NonNullable<ConstructorParameters<typeof ApolloServer>[0]['gateway']>;
type GatewayAnswer = Awaited<ReturnType<NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>>>;

/** Apollo Server runs the subgraph's own compiled operations and keeps parsing, validation and HTTP to itself. */
function asGateway(subgraph: Subgraph): GatewayInterface {
  let loaded: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] = () => undefined;
  return {
    onSchemaLoadOrUpdate(callback) {
      loaded = callback;
      return () => undefined;
    },
    async load() {
      loaded({ apiSchema: subgraph.graphqlSchema, coreSupergraphSdl: '' });
      return {
        executor: async ({ source, document, request, context }) => {
          const { variables, operationName, extensions } = request;
          const { actor, language, abandoned } = context as Passported;
          const { result, statements } = await subgraph.execute(
            { query: source, document, variables, operationName, language, heard: heardIn(extensions) },
            actor,
            abandoned,
          );
          return { ...result, extensions: { statements } } as GatewayAnswer;
        },
      };
    },
    async stop() {},
  };
}
