import type { FastifyInstance } from 'fastify';

/** How long a client may leave an answer lying, however small, and how fast it has to take one that is large. */
const graceMs = 30_000;
const bytesPerSecond = 8 * 1024;

/**
 * Cuts the connection of whoever doesn't take an answer that was made as a whole: until then it is kept in memory. What is
 * made as it is taken (streams, exports, files) goes at its client's pace and has bounds of its own.
 */
export function cutSlowTakers(app: FastifyInstance, patience = { graceMs, bytesPerSecond }): void {
  app.addHook('onSend', async (_, reply, payload) => {
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    const timer = setTimeout(
      // A response that waits behind another has no connection of its own yet.
      () => reply.request.raw.socket.destroy(),
      patience.graceMs + (payload.length / patience.bytesPerSecond) * 1_000,
    );
    timer.unref();
    reply.raw.once('close', () => clearTimeout(timer));
    return payload;
  });
}
