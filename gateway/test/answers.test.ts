import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { PUBLIC } from '@hub/access';
import fastify from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Room } from '../src/graphql/room.ts';
import { createApp } from '../src/http/app.ts';
import { closeQueuedResponses } from '../src/http/queued-responses.ts';
import { createAccessLogKey, createGateway, type Gateway, supergraphFile } from '../src/index.ts';
import { cutSlowTakers } from '../src/slow-takers.ts';

describe('an answer', () => {
  let gateway: Gateway | undefined;
  afterEach(() => gateway?.stop());
  const start = async (data: unknown) => {
    gateway = await createGateway({
      host: '127.0.0.1',
      port: 0,
      supergraph: await readFile(supergraphFile, 'utf8'),
      transport: { send: async () => ({ result: { data: data as never }, statements: 0 }) },
      subgraphTimeoutMs: 5_000,
      authenticate: async () => PUBLIC,
      audience: 'test',
      accessLog: { privateKey: await createAccessLogKey() },
      corsOrigins: [],
      demoActors: [],
      logLevel: 'silent',
    });
    return async (query: string) => {
      const response = await fetch(`${gateway?.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': 'en' },
        body: JSON.stringify({ query }),
      });
      return { status: response.status, ...((await response.json()) as { data?: unknown; errors?: unknown[] }) };
    };
  };

  test('that became larger than any may be is refused as a whole, and says how large it may be', async () => {
    const ask = await start({ sources: [{ title: 'x'.repeat(9_000_000) }] });
    expect(await ask('{ sources { title } }')).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'OPERATION_TOO_LARGE', limit: 'answerBytes', maximum: 8_388_608 } }],
    });
  });

  test('that is smaller is told', async () => {
    const ask = await start({ sources: [{ title: 'x'.repeat(1_000_000) }] });
    expect((await ask('{ sources { title } }')).errors).toBeUndefined();
  });
});

describe('room for answers on their way', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('large answers leave a part of it to small ones, and don’t wait for what others take their time to take', async () => {
    const room = new Room();
    const leaves = await Promise.all(Array.from({ length: 4 }, (_, at) => room.enter(30_000, `${at}`)));
    await expect(room.enter(30_000, 'another')).rejects.toMatchObject({ extensions: { code: 'TOO_BUSY' } });
    for (let at = 0; at < 20; at += 1) leaves.push(await room.enter(3_000, `small ${at}`));
    leaves[0]?.();
    leaves[0]?.();
    const large = await room.enter(30_000, 'another');
    for (const leave of [...leaves, large]) leave();
  });

  test('is given in the order of arrival, and one holder has half of it at most', async () => {
    const room = new Room();
    const taken = await Promise.all(Array.from({ length: 64 }, (_, at) => room.enter(3_000, `${at}`)));
    const entered: string[] = [];
    const waiting = ['first', 'second'].map(async (name) => {
      const leave = await room.enter(2_900, name);
      entered.push(name);
      return leave;
    });
    await Promise.resolve();
    expect(entered).toEqual([]);
    for (const leave of taken) leave();
    for (const leave of await Promise.all(waiting)) leave();
    expect(entered).toEqual(['first', 'second']);
    await room.enter(99_900, 'one');
    await expect(room.enter(1, 'one')).rejects.toMatchObject({ extensions: { code: 'TOO_BUSY' } });
    await room.enter(2_900, 'other');
  });

  test('whoever waits too long is told so, and so is who comes when too many wait', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const room = new Room();
    for (let at = 0; at < 64; at += 1) await room.enter(3_000, `taken ${at}`);
    await room.enter(1_400, 'taken');
    const waiting = Array.from({ length: 1_000 }, (_, at) => room.enter(1, `${at}`));
    await expect(room.enter(1, 'late')).rejects.toMatchObject({ extensions: { code: 'TOO_BUSY' } });
    const outcomes = Promise.allSettled(waiting);
    await vi.advanceTimersByTimeAsync(5_001);
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { extensions: { code: 'TOO_BUSY' } } });
  });
});

test('who asks for a tunnel and resets the connection ends nothing', async () => {
  const { app } = await createApp({
    logLevel: 'silent',
    corsOrigins: [],
    bodyBytes: 1_000,
    isPublicByTls: false,
    trustedProxies: [],
    told: async (_, error) => error,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const reset = () =>
    new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('CONNECT x HTTP/1.1\r\nhost: x\r\n\r\n', () => socket.resetAndDestroy()),
      );
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 10 }, reset));
  expect((await fetch(`http://127.0.0.1:${port}/nothing`)).status).toBe(404);
  await app.close();
});

/** How many bytes of an answer a client has had when its connection ends; it takes nothing more once it has some. */
async function taken(patience: { graceMs: number; bytesPerSecond: number }, takesAll: boolean): Promise<number> {
  const app = fastify();
  cutSlowTakers(app, patience);
  app.get('/', () => 'x'.repeat(20_000_000));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const bytes = await new Promise<number>((resolve) => {
    let count = 0;
    let pauses = !takesAll;
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'),
    );
    socket.on('data', (chunk) => {
      count += chunk.length;
      if (pauses) socket.pause();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(count));
    // A socket that is paused doesn't hear of its end.
    app.server.once('connection', (served) =>
      served.once('close', () => {
        pauses = false;
        socket.resume();
      }),
    );
  });
  await app.close();
  return bytes;
}

test('what waits behind another on its connection hears that the connection has ended', async () => {
  const app = fastify();
  closeQueuedResponses(app.server);
  let closed = 0;
  let arrived = 0;
  app.get('/', (_, reply) => {
    arrived += 1;
    reply.raw.once('close', () => {
      closed += 1;
    });
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(5)));
  socket.on('error', () => undefined);
  await expect.poll(() => arrived).toBe(5);
  socket.destroy();
  await expect.poll(() => closed).toBe(5);
  await app.close();
});

test('who doesn’t take an answer is cut, and who takes it in time gets all of it', async () => {
  expect(await taken({ graceMs: 200, bytesPerSecond: 1e9 }, false)).toBeLessThan(20_000_000);
  expect(await taken({ graceMs: 60_000, bytesPerSecond: 1e9 }, true)).toBeGreaterThan(20_000_000);
});
