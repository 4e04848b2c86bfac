import type { Readiness } from '@hub/lifecycle';
import type { FastifyReply } from 'fastify';

/** What answers at /health/live: that the process runs and its event loop turns. */
export const isLive = async (_request: unknown, reply: FastifyReply) => {
  reply.header('cache-control', 'no-store');
  return { status: 'ok' };
};

/** What answers at /health/ready: 200, or 503 with the names of what isn't ready. */
export const isReady = (readiness: Readiness) => async (_request: unknown, reply: FastifyReply) => {
  const missing = await readiness.missing();
  reply.header('cache-control', 'no-store');
  if (missing.length === 0) return { status: 'ok' };
  reply.status(503);
  return { status: 'unready', missing };
};
