import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { HttpLimits } from './limits.ts';

/**
 * Has every response hear of the end of its connection. One that waits behind another on the same connection has no socket
 * yet, and Node tells it of nothing: whatever is held until it is closed would be held for ever.
 */
export function closeQueuedResponses(server: Server): void {
  const waiting = new WeakMap<Socket, Set<ServerResponse>>();
  server.on('connection', (socket: Socket) => {
    const responses = new Set<ServerResponse>();
    waiting.set(socket, responses);
    socket.once('close', () => {
      for (const response of responses)
        if (!response.socket) {
          response.destroy();
          response.emit('close');
        }
    });
  });
  server.on('request', ({ socket }, response) => {
    const responses = waiting.get(socket);
    responses?.add(response);
    response.once('close', () => responses?.delete(response));
  });
}

/**
 * Ends connections on which too many requests wait for the answer to the first. Each is held with all that belongs to it until those before
 * it were taken, and a connection costs a sender nothing. Browsers and proxies send no second request before the first is answered.
 */
export function boundPipelining(
  app: FastifyInstance,
  { pipelined, pipelinedTogether }: Pick<HttpLimits, 'pipelined' | 'pipelinedTogether'>,
): void {
  const waiting = new WeakMap<Socket, number>();
  let together = 0;
  app.addHook('onRequest', (request, reply, next) => {
    const { socket } = request.raw;
    const before = waiting.get(socket) ?? 0;
    const isOver = before >= pipelined || (before > 0 && together >= pipelinedTogether);
    // What else of it has arrived already comes here too, after its end.
    if (isOver || socket.destroyed) {
      socket.destroy();
      reply.hijack();
      return;
    }
    waiting.set(socket, before + 1);
    if (before > 0) together += 1;
    reply.raw.once('close', () => {
      const left = (waiting.get(socket) ?? 1) - 1;
      waiting.set(socket, left);
      if (left > 0) together -= 1;
    });
    next();
  });
}
