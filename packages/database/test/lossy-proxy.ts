import { connect, createServer, type Socket } from 'node:net';

/** What the network does to a client's bytes. Nothing returned: the bytes go on as they are. */
export interface Network {
  /** Gives other bytes to send on, or `'cut after the answer'`: the server gets them and the client never hears of it. */
  fromClient?: (bytes: Buffer) => Buffer | 'cut after the answer' | undefined;
  /** While true nothing passes either way, and no connection is closed. */
  frozen?: boolean;
}

/** A TCP proxy in front of a PostgreSQL server; gives the server's URL through it. */
export async function openProxy(url: string, network: Network): Promise<{ url: string; close: () => void }> {
  const { port, hostname } = new URL(url);
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    let cut = false;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (bytes) => {
      if (network.frozen) return;
      const instead = network.fromClient?.(bytes);
      cut = instead === 'cut after the answer';
      server.write(instead === undefined || instead === 'cut after the answer' ? bytes : instead);
    });
    server.on('data', (bytes) => {
      if (cut) client.destroy();
      else if (!network.frozen) client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const through = new URL(url);
  through.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: through.href,
    close: () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
