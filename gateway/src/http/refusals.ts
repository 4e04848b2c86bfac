import { METHODS, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { HubError, malformed } from '@hub/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { RefusedRead } from '../agencies/agencies.ts';
import { challengeOf } from '../authenticate.ts';
import { languageOf, refusalOf } from '../error-format.ts';
import { usualHeaders } from './headers.ts';
import { codesTold } from './request-log.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** It refuses the methods that an address doesn't know. */
    readonly refusesMethods?: true;
  }
  interface FastifyRequest {
    /** The media type in which a refusal is told, where it isn't plain JSON. */
    refusalType: string | undefined;
  }
}

const json = 'application/json; charset=utf-8';

/** What is thrown while a request is answered: an error of the hub, of the framework, or of nobody. */
export type Thrown = Error & Partial<Pick<FastifyError, 'code' | 'statusCode'>>;

/** Answers with an error, always in the one shape: `{ errors: [{ message, extensions: { code } }] }`. */
export function refuse(error: Thrown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asHubError(error, reply);
  const language = languageOf(request.headers['accept-language']);
  const { status, errors, retryAfter } = refusalOf([known], { language, requestId: request.id });
  codesTold(request, errors);
  if (status >= 500)
    request.log.error({ status, error: error.code ?? known.extensions?.['code'] ?? 'unknown' }, 'request failed');
  if (retryAfter !== null) reply.header('retry-after', retryAfter);
  if (error instanceof RefusedRead && error.retryAfter !== null) reply.header('retry-after', error.retryAfter);
  if (status === 401) reply.header('www-authenticate', challengeOf(request));
  return (
    reply
      .status(status)
      .removeHeader('etag')
      .removeHeader('last-modified')
      // What went wrong once is asked again.
      .headers({ 'cache-control': 'no-store', 'content-type': request.refusalType ?? json })
      .send(JSON.stringify({ errors }))
  );
}

/** What is told of an error that was thrown while a request was answered. */
export type Told = (request: FastifyRequest, error: Thrown) => Promise<Thrown>;

/** Refuses all that goes wrong anywhere; register it before the routes. */
export function registerRefusals(app: FastifyInstance, told: Told): void {
  app.decorateRequest('refusalType');
  app.setErrorHandler<Thrown>(async (error, request, reply) => refuse(await told(request, error), request, reply));
  app.setNotFoundHandler(() => {
    throw new HubError('NOT_FOUND');
  });
  app.addHook('onRequest', async (request) => {
    if (request.raw.httpVersionMajor === 1 && request.raw.httpVersionMinor > 0 && !request.headers.host)
      throw malformed('NO_HOST');
    if (!isWellEncoded(request.raw.url ?? '')) throw malformed('MALFORMED_ADDRESS');
  });
}

/** Refuses addresses where nothing is: after whoever asks is counted, and before a body is looked at, since nothing here would take one. */
export function refuseUnknownAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.is404) throw new HubError('NOT_FOUND');
  });
}

function isWellEncoded(address: string): boolean {
  // Bytes that aren't ASCII come as one character each, whatever encoding they are of.
  if (/[^!-~]/.test(address)) return false;
  try {
    decodeURIComponent(address);
    return true;
  } catch {
    return false;
  }
}

/**
 * Answers 405 with `Allow` to every method that an address doesn't know.
 * @returns what adds these routes; to be called once all others are registered
 */
export function refuseOtherMethods(app: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method, config }) => {
    if (url === '*' || config?.refusesMethods) return;
    const methods = known.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    known.set(url, methods);
  });
  for (const method of METHODS) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);
  return () => {
    for (const [url, methods] of known) {
      const allowed = [...methods, 'OPTIONS'].sort();
      app.route({
        url,
        // CONNECT never comes as a request.
        method: METHODS.filter((method) => !allowed.includes(method) && method !== 'CONNECT'),
        config: { refusesMethods: true },
        onRequest: async (_, reply) => {
          reply.header('allow', allowed.join(', '));
          throw new HubError('METHOD_NOT_ALLOWED', { allowed });
        },
        handler: () => undefined,
      });
    }
  };
}

/** What the framework refuses, by the status that it would have given it. */
function asHubError(error: Thrown, reply: FastifyReply): GraphQLFormattedError {
  if (error instanceof GraphQLError) return error.toJSON();
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new HubError('REQUEST_TOO_LARGE', { maximum: reply.request.routeOptions.bodyLimit ?? 0 }).toJSON();
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return malformed('BODY_NOT_JSON').toJSON();
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE': {
      const { url } = reply.request.routeOptions;
      const accepted = url === '/files' ? 'multipart/form-data' : 'application/json';
      return new HubError('UNSUPPORTED_MEDIA_TYPE', { accepted }).toJSON();
    }
    case 'FST_ERR_BAD_URL':
      return malformed('MALFORMED_ADDRESS').toJSON();
    // No id is so long.
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new HubError('NOT_FOUND').toJSON();
    default:
      return new HubError((error.statusCode ?? 500) < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR').toJSON();
  }
}

/** Refuses what the framework can't route, and so sends past the hooks and the handler above. */
export function refuseUnroutable(error: Thrown, request: FastifyRequest, reply: FastifyReply): void {
  refuse(error, request, reply.headers({ ...usualHeaders, 'x-request-id': request.id }));
}

/** Refuses what is no request, or came too late: there is a connection, and no request of which anything is known. */
export function refuseConnection(
  error: { readonly code?: string; readonly rawPacket?: unknown },
  socket: Socket,
  { headerBytes, requestId }: { readonly headerBytes: number; readonly requestId: string },
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  // An answer that is on its way can't become another.
  const begun = (socket as { _httpMessage?: { headersSent: boolean } })._httpMessage?.headersSent;
  if (!socket.writable || begun) {
    socket.destroy();
    return;
  }
  const said = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1') : '';
  const [, accepted] = /^accept-language:(.*)$/im.exec(said) ?? [];
  const { status, errors } = refusalOf([ofConnection(error.code, headerBytes).toJSON()], {
    language: languageOf(accepted),
    requestId,
  });
  const body = JSON.stringify({ errors });
  const headers = {
    ...usualHeaders,
    'x-request-id': requestId,
    'cache-control': 'no-store',
    'content-type': json,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`, () => socket.destroySoon());
}

function ofConnection(code: string | undefined, headerBytes: number): HubError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new HubError('HEADERS_TOO_LARGE', { maximum: headerBytes });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HubError('REQUEST_TIMEOUT');
    default:
      return malformed('MALFORMED');
  }
}
