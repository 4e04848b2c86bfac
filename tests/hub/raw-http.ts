/** HTTP as a test wants it, right or wrong, without a client that mends it. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends one request; of an answer that doesn't end, only its head is waited for. */
export function send(
  url: string,
  given: { method?: string; headers?: Record<string, string | readonly string[]>; body?: string | Buffer } = {},
): Promise<RawAnswer> {
  const { method = 'GET', headers = {}, body } = given;
  const [, origin = '', path = ''] = /^(https?:\/\/[^/*]+)(.*)$/s.exec(url) ?? [];
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request(
      // As it stands: URL would put it right.
      {
        hostname,
        port,
        path: path || '/',
        method,
        // Node frames no body of a method that has none as a rule.
        headers: { ...(headers as Record<string, string>), ...(body && { 'content-length': Buffer.byteLength(body) }) },
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        const end = () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() });
          asked.destroy();
        };
        if (answer.headers['content-type']?.startsWith('text/event-stream')) end();
        else
          answer
            .on('data', (chunk: Buffer) => chunks.push(chunk))
            .on('end', end)
            .on('error', reject);
      },
    );
    asked.on('error', reject).end(body);
  });
}

/** Writes bytes to a connection, piece by piece as they come, and gives what was answered until the hub closed it. */
export function write(url: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let said = '';
    let isOver = false;
    const socket = connect(Number(port), hostname);
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      isOver = true;
      resolve(answerOf(said));
    });
    void (async () => {
      for await (const piece of pieces) {
        if (isOver) return;
        socket.write(piece);
      }
    })();
  });
}

function answerOf(said: string): RawAnswer {
  const [head = '', ...rest] = said.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(first.split(' ')[1] ?? 0), headers, text: rest.join('\r\n\r\n') };
}
