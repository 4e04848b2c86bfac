/** Requests over plain HTTP, and what came of them. */
import { type Agent, request as httpRequest } from 'node:http';

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Whom the proxy says that it asks for. */
  readonly from: string;
  /** What becomes of the connection: it is left in the middle of the body, or once the answer begins, or its answer isn't taken. */
  readonly leaves?: 'while sending' | 'while answered' | 'without taking';
}

export interface Came {
  /** 0 where the connection ended before an answer. */
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

const longestWaitMs = 30_000;
const untakenMs = 5_000;

/** Sends one request; resolves whatever becomes of it. */
export function send(url: string, agent: Agent, sent: Sent): Promise<Came> {
  const { method = 'POST', path = '/graphql', headers = {}, body, from, leaves } = sent;
  const began = performance.now();
  return new Promise((resolve) => {
    let text = '';
    let status = 0;
    const end = () => resolve({ status, text, ms: performance.now() - began });
    const request = httpRequest(`${url}${path}`, {
      method,
      agent,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        'x-forwarded-for': from,
        ...headers,
      },
    });
    const timer = setTimeout(() => request.destroy(), longestWaitMs);
    request.on('error', end);
    request.on('close', () => {
      clearTimeout(timer);
      end();
    });
    request.on('response', (response) => {
      status = response.statusCode ?? 0;
      if (leaves === 'while answered') request.destroy();
      else if (leaves === 'without taking') setTimeout(() => request.destroy(), untakenMs);
      else
        response
          .setEncoding('utf8')
          .on('data', (part: string) => {
            if (text.length < 100_000) text += part;
          })
          .on('error', end);
    });
    if (body === undefined) request.end();
    else if (leaves === 'while sending') {
      request.write(body.slice(0, body.length / 2));
      setTimeout(() => request.destroy(), untakenMs);
    } else request.end(body);
  });
}

export const graphql = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
  from: string,
  more: Partial<Sent> = {},
): Sent => ({ body: JSON.stringify({ query, variables }), from, ...more });
