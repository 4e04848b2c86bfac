/** What the client makes of answers that a hub gives seldom. */
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, test } from 'vitest';
import { createAgencyKey, createHubClient, HubClientError } from '../src/index.ts';
import { answer, hubOfAnswers, lines, refused } from './hub-of-answers.ts';

const fault = async (promise: Promise<unknown>): Promise<HubClientError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HubClientError)) throw new Error(`not a HubClientError: ${error}`);
  return error;
};
const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const given: T[] = [];
  for await (const item of items) given.push(item);
  return given;
};
const done = answer(200, { data: { hello: 'there' } });

describe.concurrent('a query', () => {
  test('that is one too many is asked again when the hub says so, and not before', async ({ onTestFinished }) => {
    const { client, asked } = await hubOfAnswers(onTestFinished, [
      refused(429, 'TOO_MANY_REQUESTS', { 'retry-after': '1' }),
      done,
    ]);
    expect(await client.query('{ hello }')).toEqual({ hello: 'there' });
    const [first, second] = asked;
    // A timer may be a millisecond early.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(990);
    expect(asked).toHaveLength(2);
    expect(new Set(asked.map(({ jti }) => jti)).size).toBe(2);
  });

  test('doesn’t wait for tomorrow: who asked is told when', async ({ onTestFinished }) => {
    const { client, asked } = await hubOfAnswers(onTestFinished, [
      refused(429, 'TOO_MANY_ROWS', { 'retry-after': '5000' }),
    ]);
    const error = await fault(client.query('{ hello }'));
    expect(error).toMatchObject({ code: 'TOO_MANY_ROWS', status: 429, retryAfter: 5_000 });
    expect(asked).toHaveLength(1);
  });

  test('is asked again with another token where a part of the hub is away or the connection breaks', async ({
    onTestFinished,
  }) => {
    const { client, asked } = await hubOfAnswers(onTestFinished, [
      refused(503, 'ACCESS_NOT_LOGGED'),
      (request) => request.socket.destroy(),
      answer(200, { data: { hello: null }, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }),
      done,
    ]);
    expect(await client.query('{ hello }')).toEqual({ hello: 'there' });
    expect(new Set(asked.map(({ jti }) => jti)).size).toBe(4);
  });

  test('gives up in the end, and says what there was', async ({ onTestFinished }) => {
    const { client, asked } = await hubOfAnswers(onTestFinished, [
      answer(
        200,
        { data: { hello: null }, errors: [{ message: '暂不可用', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] },
        { 'x-request-id': 'r1' },
      ),
    ]);
    const error = await fault(client.query('{ hello }'));
    expect(error).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE', data: { hello: null }, requestId: 'r1' });
    expect(asked).toHaveLength(6);
  });

  test('that is refused isn’t asked again; what lies outside is named', async ({ onTestFinished }) => {
    const fields = ['Cooperation.status'];
    const { client, asked } = await hubOfAnswers(onTestFinished, [refused(403, 'OUTSIDE_AGREEMENT', {}, { fields })]);
    expect(await fault(client.query('{ hello }'))).toMatchObject({ code: 'OUTSIDE_AGREEMENT', fields });
    expect(asked).toHaveLength(1);
  });

  test('meets something else than the hub, and says so', async ({ onTestFinished }) => {
    const page = answer(404, [] as object);
    const { client } = await hubOfAnswers(onTestFinished, [
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      page,
    ]);
    expect(await fault(client.query('{ hello }'))).toMatchObject({ code: 'UNEXPECTED_ANSWER', status: 200 });
    expect(await fault(client.query('{ hello }'))).toMatchObject({ code: 'UNEXPECTED_ANSWER', status: 404 });
  });

  test('ends at once where its caller has enough', async ({ onTestFinished }) => {
    const { client } = await hubOfAnswers(onTestFinished, [refused(429, 'TOO_MANY_REQUESTS', { 'retry-after': '60' })]);
    const enough = new AbortController();
    const asked = client.query('{ hello }', {}, { signal: enough.signal });
    setTimeout(() => enough.abort(new Error('enough')), 50);
    await expect(asked).rejects.toThrow('enough');
  });
});

test.concurrent('a mutation is sent again only where the hub does it once', async ({ onTestFinished }) => {
  const breaking = await hubOfAnswers(onTestFinished, [(request) => request.socket.destroy(), done]);
  const mutation = 'mutation ($input: DoInput!) { do(input: $input) { id } }';
  expect(await fault(breaking.client.query(mutation, { input: {} }))).toMatchObject({ code: 'CONNECTION_FAILED' });
  expect(breaking.asked).toHaveLength(1);
  const again = await hubOfAnswers(onTestFinished, [(request) => request.socket.destroy(), done]);
  await again.client.query(mutation, { input: { idempotencyKey: 'a-key-of-its-own' } });
  expect(again.asked).toHaveLength(2);
});

describe.concurrent('an export', () => {
  test('that breaks off goes on after the last line that was whole, as often as it breaks', async ({
    onTestFinished,
  }) => {
    const { client, asked } = await hubOfAnswers(onTestFinished, [
      lines(0, 5, false),
      lines(5, 7, false),
      lines(7, 9, true),
    ]);
    const titles = (await all(client.exported<{ title: string }>('cooperations', { after: 'c' }))).map(
      ({ cursor, record }) => [cursor, record.title],
    );
    expect(titles).toEqual(Array.from({ length: 9 }, (_, at) => [`c${at}`, `合作${at}`]));
    expect(asked.map(({ path }) => path)).toEqual(
      ['c', 'c4', 'c6'].map((cursor) => `/export/cooperations?format=jsonl&after=${cursor}`),
    );
    expect(new Set(asked.map(({ jti }) => jti)).size).toBe(3);
  });

  test('that breaks off without a record between doesn’t go on for ever', async ({ onTestFinished }) => {
    const { client, asked } = await hubOfAnswers(onTestFinished, [lines(0, 2, false), lines(2, 2, false)]);
    const given: string[] = [];
    const error = await fault(
      (async () => {
        for await (const { cursor } of client.exported('cooperations')) given.push(cursor);
      })(),
    );
    expect([error.code, given]).toEqual(['CONNECTION_FAILED', ['c0', 'c1']]);
    expect(asked).toHaveLength(6);
  });

  test('as a file isn’t taken for whole where it broke off', async ({ onTestFinished }) => {
    const { client } = await hubOfAnswers(onTestFinished, [refused(503, 'SUBGRAPH_UNAVAILABLE'), lines(0, 2, false)]);
    const file = await client.exportedFile('cooperations', { format: 'csv' });
    await expect(new Response(file).text()).rejects.toThrow();
  });
});

test.concurrent('changes end where there are no more, not where those of others lie between', async ({
  onTestFinished,
}) => {
  const change = { type: 'Cooperation', id: '1', revision: 1, operation: 'DELETE', committees: ['310117'] };
  const { client, asked } = await hubOfAnswers(onTestFinished, [
    answer(200, { changes: [], next: 'b' }),
    answer(200, { changes: [change], next: 'c' }),
    answer(200, { changes: [], next: 'c' }),
  ]);
  expect(await all(client.changes({ after: 'a', follow: false, types: ['Cooperation'] }))).toEqual([
    { changes: [], cursor: 'b' },
    { changes: [change], cursor: 'c' },
  ]);
  expect(asked.map(({ path }) => path)).toEqual(
    ['a', 'b', 'c'].map((cursor) => `/changes?wait=0&after=${cursor}&types=Cooperation`),
  );
});

test.concurrent('a list whose document can’t be paged is refused, where it would never end', async ({
  onTestFinished,
}) => {
  const { client } = await hubOfAnswers(onTestFinished, [
    answer(200, { data: { list: { nodes: [1], pageInfo: { hasNextPage: true } } } }),
  ]);
  type Data = { list: { nodes: number[]; pageInfo: { hasNextPage: boolean } } };
  await expect(all(client.pages<Data, number>('{ list }', {}, ({ list }) => list))).rejects.toThrow('never end');
});

test.concurrent('a new key signs once the hub takes it, and the old one until then', async ({ onTestFinished }) => {
  const next = await createAgencyKey();
  const kid = await calculateJwkThumbprint(next);
  let meanwhile: Promise<unknown> | undefined;
  const { client, asked } = await hubOfAnswers(onTestFinished, [
    answer(200, { data: { done: { key: { id: '1' }, userErrors: [] } } }),
    (request, response) => {
      meanwhile = client.query('{ hello }');
      refused(401, 'UNAUTHENTICATED')(request, response);
    },
    done,
    answer(200, { data: { partnerAgency: { keys: [{ id: '1', kid, status: 'ACTIVE' }] } } }),
    done,
  ]);
  const { formerKid } = await client.addKey(next);
  expect(await meanwhile).toEqual({ hello: 'there' });
  await client.query('{ hello }');
  expect(asked.map((one) => one.kid)).toEqual([formerKid, kid, formerKid, kid, kid]);
});

test.concurrent('a key that can’t sign is refused before anything is sent', async () => {
  const { d: _, ...publicKey } = await createAgencyKey('ES256');
  for (const key of [
    publicKey,
    { kty: 'RSA', n: 'x', e: 'AQAB', d: 'x' },
    { kty: 'OKP', crv: 'Ed25519', x: '?', d: '?' },
  ]) {
    const client = createHubClient({ url: 'http://127.0.0.1:9', agency: 'a', key });
    expect((await fault(client.query('{ hello }'))).code).toBe('KEY_UNUSABLE');
  }
});
