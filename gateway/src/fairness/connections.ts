import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { BlockList, isIPv6, type Socket } from 'node:net';
import { placeOf } from './place.ts';

/** The connections of one address. */
interface Held {
  count: number;
  /** Those on which nothing is asked, those first that have been so for longest. */
  readonly silent: Set<Socket>;
}

/**
 * One address can't have all connections, and none for nothing: where it has as many as it may, the one that was silent for
 * longest makes room for another. Whoever asks has room so, whatever lies idle beside them, a monitor behind the same proxy too.
 * Proxies that are trusted aren't counted: most come through them.
 */
export function limitConnections(server: Server, maximum: number, trusted: readonly string[]): void {
  const proxies = blockListOf(trusted);
  const held = new Map<string, Held>();
  const holderOf = new WeakMap<Socket, Held>();
  server.on('connection', (socket: Socket) => {
    const [remote = ''] = (socket.remoteAddress ?? '').split('%');
    const address = placeOf(remote)?.address;
    if (address === undefined || proxies.check(remote, isIPv6(remote) ? 'ipv6' : 'ipv4')) return;
    const own = held.get(address) ?? { count: 0, silent: new Set() };
    if (own.count >= maximum) {
      const [silent] = own.silent;
      own.silent.delete(silent as Socket);
      (silent ?? socket).destroy();
      if (!silent) return;
    }
    own.count += 1;
    own.silent.add(socket);
    held.set(address, own);
    holderOf.set(socket, own);
    socket.once('close', () => {
      own.count -= 1;
      own.silent.delete(socket);
      if (own.count <= 0) held.delete(address);
    });
  });
  const asking = new WeakMap<Socket, number>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const own = holderOf.get(socket);
    if (!own) return;
    asking.set(socket, (asking.get(socket) ?? 0) + 1);
    own.silent.delete(socket);
    response.once('close', () => {
      const left = (asking.get(socket) ?? 1) - 1;
      asking.set(socket, left);
      if (left === 0 && !socket.destroyed) own.silent.add(socket);
    });
  });
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const kind = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, kind);
    else list.addSubnet(address, Number(bits), kind);
  }
  return list;
}
