import { randomUUID } from 'node:crypto';
import cors from '@fastify/cors';
import { logFormat } from '@hub/lifecycle';
import type { Figures } from '@hub/subgraph-server';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { takeJson } from './body.ts';
import { registerHeaders } from './headers.ts';
import { type HttpLimits, httpLimits } from './limits.ts';
import { arrivedOn, boundPipelining, closeQueuedResponses } from './queued-responses.ts';
import { refuseConnection, refuseOtherMethods, refuseUnroutable, registerRefusals, type Told } from './refusals.ts';
import { logRequests } from './request-log.ts';

export interface HttpOptions {
  readonly logLevel: string;
  readonly logStream?: { write(line: string): void } | undefined;
  /** Origins of web pages that may call the hub. */
  readonly corsOrigins: readonly string[];
  /** The largest body of JSON. */
  readonly bodyBytes: number;
  readonly limits?: Partial<HttpLimits> | undefined;
  /** Whether the hub is reached by https alone. */
  readonly isPublicByTls: boolean;
  /** Networks of the proxies that say truly whom they ask for. */
  readonly trustedProxies: readonly string[];
  /** The figures of its requests, where somebody wants them. */
  readonly figures?: () => Figures | undefined;
  /** What is told of an error that was thrown, where that isn't the error itself. */
  readonly told: Told;
}

/**
 * The HTTP server before anything is served: what it refuses and how, what every answer says, how bodies come in.
 * @returns with it, what refuses the methods that its addresses don't know; to be called once all routes are registered
 */
export async function createApp(options: HttpOptions): Promise<{ app: FastifyInstance; refuseMethods: () => void }> {
  const limits = { ...httpLimits, ...options.limits };
  const { headerBytes } = limits;
  const app = fastify({
    logger:
      options.logLevel === 'silent'
        ? false
        : { ...logFormat(options.logLevel), ...(options.logStream && { stream: options.logStream }) },
    // Its lines hold the URL, and so the variables of a GET; the hub's own lines hold neither.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: options.bodyBytes,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    keepAliveTimeout: limits.keepAliveMs,
    // Without one, nobody else is believed in where they are.
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    requestTimeout: limits.requestMs,
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: limits.checkMs,
      maxHeaderSize: headerBytes,
      // Refused by the hub, in its own words.
      requireHostHeader: false,
    },
    frameworkErrors: (error, request, reply) => refuseUnroutable(error, request, reply),
    clientErrorHandler: (error, socket) => {
      const { code } = error;
      const rawPacket = arrivedOn(socket) ?? (error as { rawPacket?: unknown }).rawPacket;
      refuseConnection({ code, rawPacket }, socket, { headerBytes, requestId: randomUUID() });
    },
  });
  app.server.maxConnections = limits.connections;
  // What is expected besides `100-continue` may be passed over (RFC 9110 §10.1.1), and Node would refuse it in no words.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  closeQueuedResponses(app.server);
  boundPipelining(app.server, limits);
  app.server.on('connect', (_, socket) => {
    // Node takes its own listener away before: a client that resets the connection would end the process.
    socket.on('error', () => undefined);
    refuseConnection({ code: 'CONNECT' }, socket as never, { headerBytes, requestId: randomUUID() });
  });
  const { arrivingBytes, bodyMs: deadlineMs } = limits;
  takeJson(app, { maximumBytes: options.bodyBytes, deadlineMs, arrivingBytes });
  logRequests(app, options.figures);
  registerHeaders(app, options);
  await app.register(cors, {
    origin: [...options.corsOrigins],
    methods: ['GET', 'HEAD', 'POST'],
    // Anything may ask what is allowed, not browsers alone.
    strictPreflight: false,
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
      'accept-ranges',
      'allow',
      'content-disposition',
      'content-range',
      'etag',
      'last-modified',
      'location',
      'ratelimit',
      'ratelimit-policy',
      'retry-after',
      'www-authenticate',
      'x-request-id',
    ],
    maxAge: 600,
  });
  registerRefusals(app, options.told);
  return { app, refuseMethods: refuseOtherMethods(app) };
}
