/** Stands between a client and the hub, and cuts connections off in the middle of an answer. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly url: string;
  /** The next connections that carry more than so many bytes of answers end there. */
  cut(options: { after: number; times: number }): void;
  /** Connections that were cut. */
  readonly cuts: number;
  stop(): Promise<void>;
}

export async function cuttingProxy(hubUrl: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(hubUrl);
  const open = new Set<Socket>();
  let cutting = { after: 0, times: 0 };
  let cuts = 0;
  const server = createServer((client) => {
    const hub = connect(Number(port), hostname);
    let bytes = 0;
    for (const socket of [client, hub]) {
      open.add(socket);
      socket
        .on('error', () => undefined)
        .once('close', () => {
          open.delete(socket);
          client.destroy();
          hub.destroy();
        });
    }
    client.pipe(hub);
    hub.on('data', (piece) => {
      bytes += piece.length;
      if (cutting.times > 0 && bytes > cutting.after) {
        cutting.times -= 1;
        cuts += 1;
        // What fits before the cut arrives, the middle of a line for one.
        client.end(piece.subarray(0, Math.max(0, piece.length - (bytes - cutting.after))), () => client.destroy());
        hub.destroy();
        return;
      }
      if (!client.write(piece)) hub.pause();
    });
    client.on('drain', () => hub.resume());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut(options) {
      cutting = { ...options };
    },
    get cuts() {
      return cuts;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
