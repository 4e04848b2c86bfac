import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

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
