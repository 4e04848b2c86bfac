/** An agency's own server, to which webhooks are sent. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}
type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | 'NONE';

export interface Receiver {
  /** `host:port`. */
  readonly host: string;
  /** All that came to a path, in its order. */
  at(path: string): readonly Received[];
  /** What is answered at a path from now on: 204 unless said; NONE leaves it open. */
  answer(path: string, answer: Answer | ((received: readonly Received[]) => Answer | Promise<Answer>)): void;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers = new Map<string, Parameters<Receiver['answer']>[1]>();
  const at = (path: string) => received.filter((one) => one.path === path);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? '';
    received.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString(), at: Date.now() });
    const said = answers.get(path) ?? { status: 204 };
    const answer = typeof said === 'function' ? await said(at(path)) : said;
    if (answer !== 'NONE') response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    at,
    answer: (path, answer) => void answers.set(path, answer),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
