import type { FastifyInstance } from 'fastify';

const graceMs = 2_000;

/**
 * Closes a server after the requests that it is answering. A connection on which no request was ever sent, or only half of
 * one, counts as busy for a minute: so after a grace whatever is left is cut.
 */
export async function closeAfterAnswers(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50);
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}
