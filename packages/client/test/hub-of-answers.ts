/** What answers in place of the hub: one answer after another, and the last of them for good. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { TestContext } from 'vitest';
import { createAgencyKey, createHubClient, type HubClient } from '../src/index.ts';

export interface AskedRequest {
  readonly at: number;
  readonly path: string;
  readonly jti: string | undefined;
  /** The key that signed. */
  readonly kid: string | undefined;
}

export async function hubOfAnswers(
  onTestFinished: TestContext['onTestFinished'],
  answers: readonly RequestListener[],
  options: { longestWait?: number } = {},
): Promise<{ client: HubClient; asked: AskedRequest[] }> {
  const asked: AskedRequest[] = [];
  const server = createServer((request, response) => {
    const token = request.headers.authorization?.slice('Bearer '.length);
    asked.push({
      at: performance.now(),
      path: request.url ?? '',
      jti: token && decodeJwt(token).jti,
      kid: token && decodeProtectedHeader(token).kid,
    });
    answers[Math.min(asked.length, answers.length) - 1]?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = createHubClient({
    url: `http://127.0.0.1:${port}`,
    agency: '00000000-0000-4000-8000-000000000001',
    agreement: '00000000-0000-4000-8000-000000000002',
    key: await createAgencyKey(),
    ...options,
  });
  return { client, asked };
}

export const answer =
  (status: number, body: object, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

/** A refusal as the hub words it. */
export const refused = (status: number, code: string, headers: Record<string, string> = {}, more: object = {}) =>
  answer(status, { errors: [{ message: code, extensions: { code, ...more } }] }, headers);

/** Lines of an export; broken off in the middle of the next where it isn't whole. */
export const lines =
  (from: number, to: number, whole: boolean): RequestListener =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    for (let at = from; at < to; at += 1)
      response.write(`${JSON.stringify({ cursor: `c${at}`, record: { title: `合作${at}` } })}\n`);
    if (whole) response.end();
    else response.write(`{"cursor":"c${to}","reco`, () => setTimeout(() => response.destroy(), 20));
  };
