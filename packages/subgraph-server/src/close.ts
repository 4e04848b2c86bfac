import { setTimeout as delay } from 'node:timers/promises';
import { HubError } from '@hub/errors';
import type { Readiness } from '@hub/lifecycle';
import type { FastifyInstance } from 'fastify';

/** How often it is looked whether connections became idle. */
const lookMs = 50;

export interface Closing {
  /** How long requests are still taken, so that whoever sends them hears first that the server is not ready any more. */
  readonly leadMs: number;
  /** How long it is waited for what was begun. */
  readonly graceMs: number;
  /** Has what would go on for ever come to its end. */
  readonly ending?: () => void;
}

/**
 * Counts what a server is answering, so that it can be closed after that.
 * @returns what closes it
 */
export function closeAfterAnswers(app: FastifyInstance, readiness: Readiness): (closing: Closing) => Promise<void> {
  const answering = new Set<object>();
  let isClosing = false;
  app.addHook('onRequest', async (request, reply) => {
    if (isClosing && !request.url.startsWith('/health')) throw new HubError('STOPPING');
    answering.add(reply);
    reply.raw.once('close', () => answering.delete(reply));
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (readiness.isStopping) reply.header('connection', 'close');
    return payload;
  });
  return async ({ leadMs, graceMs, ending }) => {
    readiness.stopping();
    if (leadMs > 0) await delay(leadMs);
    isClosing = true;
    ending?.();
    const until = performance.now() + graceMs;
    while (answering.size > 0 && performance.now() < until) await delay(lookMs);
    // A connection on which no request was ever sent, or only half of one, counts as busy for a minute.
    const sweep = setInterval(() => app.server.closeAllConnections(), lookMs);
    try {
      await app.close();
    } finally {
      clearInterval(sweep);
    }
  };
}
