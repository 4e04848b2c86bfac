import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpLimits } from './limits.ts';
import { whenClosed } from './when-closed.ts';

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
    whenClosed(response, () => responses?.delete(response));
  });
}

/** Bytes that are parsed at a time: while requests begin in them, and of a body. */
const leastPart = 1_024;
const largestPart = 4_096;
const parsedNow = new WeakMap<Socket, Buffer>();

/** All that arrived together with what is parsed at this moment: where it is no request, it tells in which language to say so. */
export const arrivedOn = (socket: Socket): Buffer | undefined => parsedNow.get(socket);

/**
 * Takes only so many requests of a connection while they wait for the answer to the first: it reads no more of it, answers what it
 * took and closes. Each is held with all that belongs to it until those before it were taken, and costs its sender nothing; where too many
 * connections have some waiting, it ends them. Browsers and proxies send no second request before the first is answered.
 */
export function boundPipelining(
  server: Server,
  { pipelined, pipelinedTogether }: Pick<HttpLimits, 'pipelined' | 'pipelinedTogether'>,
): void {
  const waiting = new WeakMap<Socket, number>();
  const arrived = new WeakMap<Socket, number>();
  /** The last that was taken of a connection which is read no more. */
  const last = new WeakMap<Socket, ServerResponse>();
  const isRead = (socket: Socket) => !socket.destroyed && !socket.writableEnded && !closing.has(socket);
  const closing = new WeakSet<Socket>();
  let together = 0;
  // What arrives at once may be hundreds of requests, and Node makes them all before any of them can end the connection.
  server.on('connection', (socket: Socket) => {
    const [parse] = socket.listeners('data') as ((part: Buffer) => void)[];
    if (!parse) return;
    socket.on('data', (bytes: Buffer) => {
      let length = leastPart;
      parsedNow.set(socket, bytes);
      for (let at = 0; at < bytes.length && isRead(socket); ) {
        const before = arrived.get(socket);
        parse.call(socket, bytes.subarray(at, at + length));
        at += length;
        // Of a body more may be parsed at once.
        length = arrived.get(socket) === before ? largestPart : leastPart;
      }
      parsedNow.delete(socket);
    });
    socket.off('data', parse);
  });
  const isLet = ({ socket }: IncomingMessage, response: ServerResponse): boolean => {
    const before = waiting.get(socket) ?? 0;
    if (!isRead(socket)) return false;
    if (before > 0 && together >= pipelinedTogether) {
      socket.destroy();
      return false;
    }
    if (before >= pipelined) {
      closing.add(socket);
      const taken = last.get(socket);
      // Node closes behind it; where it was written already, it is closed once that was taken.
      if (taken && !taken.headersSent) taken.shouldKeepAlive = false;
      else if (taken) whenClosed(taken, () => socket.end());
      return false;
    }
    last.set(socket, response);
    waiting.set(socket, before + 1);
    arrived.set(socket, (arrived.get(socket) ?? 0) + 1);
    if (before > 0) together += 1;
    whenClosed(response, () => {
      const left = (waiting.get(socket) ?? 1) - 1;
      waiting.set(socket, left);
      if (left > 0) together -= 1;
    });
    return true;
  };
  const answering = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (isLet(request, response)) for (const answer of answering) answer.call(server, request, response);
  });
}
