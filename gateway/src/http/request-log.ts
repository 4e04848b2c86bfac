import { isErrorCode } from '@hub/errors';
import type { Figures } from '@hub/subgraph-server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';

/** What the log says of a request beside its way over HTTP. */
interface Told {
  /** The operation as its document names it, and a hash of the document without the values that are written into it. */
  operation?: string | undefined;
  hash?: (() => string | undefined) | undefined;
  /** Codes of the errors that were answered. */
  readonly codes: Set<string>;
  /** What had been written to its connection when it arrived. */
  readonly writtenBefore: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Nothing where it was refused before any hook saw it. */
    told: Told | undefined;
  }
}

/** A name is as long as its client likes. */
const longestName = 80;

/** The codes of errors that a request is answered with. */
export function codesTold(request: FastifyRequest, errors: readonly GraphQLFormattedError[] | undefined): void {
  for (const { extensions } of errors ?? []) request.told?.codes.add(String(extensions?.['code']));
}

/**
 * One line for each request, and its figures. Nobody is named in it and nothing that was asked for: places are patterns, since
 * addresses of calendars are secrets, and who it was is a hash under the key of the day.
 */
export function logRequests(app: FastifyInstance, figures: () => Figures | undefined = () => undefined): void {
  app.decorateRequest('told');
  app.addHook('onRequest', async (request) => {
    request.told = { codes: new Set(), writtenBefore: request.raw.socket.bytesWritten };
  });
  app.addHook('onResponse', async (request, reply) => {
    const kind = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
    figures()?.answered({
      kind,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1_000,
      // Others' subgraphs have as many codes as they like.
      codes: [...(request.told?.codes ?? [])].filter(isErrorCode),
    });
    const facts = factsOf(request, reply, kind);
    if (request.incomplete?.size)
      request.log.warn({ ...facts, incomplete: [...request.incomplete] }, 'answered in part');
    // Whoever watches a hub asks every few seconds.
    else if (kind.startsWith('/health') && reply.statusCode === 200) request.log.debug(facts, 'answered');
    else request.log.info(facts, 'answered');
  });
}

function factsOf(request: FastifyRequest, reply: FastifyReply, path: string) {
  const { actor, told, visitor } = request;
  const { address, subject } = visitor?.marks(actor) ?? {};
  return {
    method: request.method,
    path,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
    bytes: request.raw.socket.bytesWritten - (told?.writtenBefore ?? 0),
    address,
    actor: actor?.kind ?? 'UNKNOWN',
    subject,
    committee: actor && 'committee' in actor ? actor.committee : undefined,
    operation: told?.operation?.slice(0, longestName),
    hash: told?.hash?.()?.slice(0, 16),
    codes: told && told.codes.size > 0 ? [...told.codes] : undefined,
  };
}
