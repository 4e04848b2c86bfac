import { HubError } from '@hub/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import vary from 'vary';

/** What each answer says, unless an address says otherwise: nothing of the hub is a page, to be shown in one or guessed at. */
export const usualHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A year; of this host alone, since those below it aren't the hub's. Browsers pass it over on http. */
const strictTransport = 'max-age=31536000';

/** Puts onto every answer, refusals included, its request id and what browsers are to hold it to. */
export function registerHeaders(app: FastifyInstance, { isPublicByTls }: { readonly isPublicByTls: boolean }): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...usualHeaders, 'x-request-id': request.id });
    // A proxy that is trusted says so of the way before it.
    if (isPublicByTls || request.protocol === 'https') reply.header('strict-transport-security', strictTransport);
  });
}

/** Adds a header of requests to those that an answer depends on. */
export function addVary(reply: FastifyReply, field: string): void {
  reply.header('vary', vary.append(String(reply.getHeader('vary') ?? ''), field));
}

/**
 * Which of the media types that an address has is sent, as `Accept` prefers; the first where it says nothing.
 * @throws HubError NOT_ACCEPTABLE where none of them may be
 */
export function negotiated(
  request: FastifyRequest,
  reply: FastifyReply,
  mediaTypes: readonly [string, ...string[]],
): string {
  addVary(reply, 'Accept');
  const bare = mediaTypes.map((one) => one.replace(/;.*/, ''));
  const accepted = new Negotiator(request.raw).mediaType(bare);
  const chosen = mediaTypes[bare.indexOf(accepted ?? '')];
  if (chosen === undefined) throw new HubError('NOT_ACCEPTABLE', { accepted: bare });
  return chosen;
}
