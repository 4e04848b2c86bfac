import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { PUBLIC } from '@hub/access';
import fastify from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { withoutValues } from '../src/error-format.ts';
import { Room } from '../src/graphql/room.ts';
import { cutSlowTakers, HeldBytes } from '../src/held-bytes.ts';
import { createApp } from '../src/http/app.ts';
import { closeQueuedResponses } from '../src/http/queued-responses.ts';
import { createAccessLogKey, createGateway, type Gateway, supergraphFile } from '../src/index.ts';

describe('an answer', () => {
  let gateway: Gateway | undefined;
  afterEach(() => gateway?.stop());
  const start = async (data: unknown | ((query: string, variables: Readonly<Record<string, unknown>>) => unknown)) => {
    gateway = await createGateway({
      host: '127.0.0.1',
      port: 0,
      supergraph: await readFile(supergraphFile, 'utf8'),
      transport: {
        missing: async () => [],
        load: () => new Map(),
        send: async (_, { query, variables = {} }) => ({
          result: { data: (typeof data === 'function' ? data(query, variables) : data) as never },
          statements: 0,
        }),
      },
      subgraphTimeoutMs: 60_000,
      authenticate: async () => PUBLIC,
      audience: 'test',
      accessLog: { privateKey: await createAccessLogKey() },
      corsOrigins: [],
      demoActors: [],
      logLevel: 'silent',
    });
    return async (query: string, more: { operationName?: string; variables?: object } = {}) => {
      const response = await fetch(`${gateway?.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': 'en' },
        body: JSON.stringify({ query, ...more }),
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

  test('is that of the operation which is named, however often they take turns in one document', async () => {
    const fetched: string[] = [];
    // Tells what it was asked for, with the values that stood in the document.
    const ask = await start((query: string, variables: Readonly<Record<string, unknown>>) => {
      fetched.push(query);
      const values = JSON.stringify(Object.values(variables));
      return query.includes('sources')
        ? { sources: [{ __typename: 'Source', title: `sources ${values}` }] }
        : { committee: { __typename: 'Committee', code: '330000', name: `committee ${values}` } };
    });
    const document = `
      query A { committee(code: "330000") { name } }
      query B { committee(code: "330100") { name } }
      query C { sources { title } }
      query D ($code: ID!) { committee(code: $code) { name } }`;
    const answers = {
      A: { committee: { name: 'committee ["330000"]' } },
      B: { committee: { name: 'committee ["330100"]' } },
      C: { sources: [{ title: 'sources []' }] },
      D: { committee: { name: 'committee ["310117"]' } },
    };
    for (const operationName of ['A', 'B', 'C', 'A', 'C', 'D', 'B', 'D', 'A'] as const)
      expect(await ask(document, { operationName, variables: { code: '310117' } }), operationName).toEqual({
        status: 200,
        data: answers[operationName],
      });
    // At the same time too.
    const names = Array.from({ length: 40 }, (_, at) => (['A', 'B', 'C', 'D'] as const)[at % 4] ?? 'A');
    const told = await Promise.all(
      names.map((operationName) => ask(document, { operationName, variables: { code: '310117' } })),
    );
    expect(told.map(({ data }) => data)).toEqual(names.map((name) => answers[name]));
    expect((await ask(document)).errors).toMatchObject([{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }]);
  });

  test('that is smaller is told', async () => {
    const ask = await start({ sources: [{ title: 'x'.repeat(1_000_000) }] });
    expect((await ask('{ sources { title } }')).errors).toBeUndefined();
  });
});

describe('what graphql-js says of a document', () => {
  const secret = 'geheim';
  /** Its sentences with a value in them, and what of it is to be told. */
  const sentences: readonly (readonly [(value: string) => string, string])[] = [
    [(value) => `Expected value of type "Int", found ${value}.`, 'Expected value of type "Int", found ….'],
    [(value) => `Expected value of type "Date", found ${value}; no day`, 'Expected value of type "Date", found ….'],
    [(value) => `Int cannot represent non-integer value: ${value}`, 'Int cannot represent non-integer value: ….'],
    [
      (value) => `Enum "Order" cannot represent non-enum value: ${value}. Did you mean the enum value "ASC"?`,
      'Enum "Order" cannot represent non-enum value: …. Did you mean the enum value "ASC"?',
    ],
  ];

  test('is told without the values in it, whatever they look like', () => {
    const values = [
      `"${secret}"`,
      `"${secret} found ${secret}"`,
      `"value: ${secret}"`,
      `"x. Did you mean ${secret}?"`,
      `"\\"${secret}\\""`,
      `"""a\n${secret}\n"""`,
      `{ a: "${secret}", b: [1, "${secret}"] }`,
      `"${secret.repeat(2_000)}"`,
      `"${'\\"'.repeat(3_000)}${secret}"`,
      `"${' found '.repeat(2_000)}${secret}"`,
    ];
    for (const [sentence, told] of sentences)
      for (const value of values) expect(withoutValues(sentence(value)), value.slice(0, 60)).toBe(told);
    for (const name of [secret, secret.repeat(2_000), `${'a'.repeat(1_998)}${secret.repeat(1_000)}`])
      expect(withoutValues(`Value "${name}" does not exist in "Order" enum. Did you mean the enum value "ASC"?`)).toBe(
        'Value … does not exist in "Order" enum. Did you mean the enum value "ASC"?',
      );
    expect(withoutValues('Cannot query field "x" on type "Query".')).toBe('Cannot query field "x" on type "Query".');
  });

  test('is read once, however long it is and whatever is repeated in it', () => {
    const before = process.cpuUsage();
    for (const part of [
      '\\',
      '"',
      '\\"',
      ' ',
      ' found',
      ' found ',
      'value: ',
      ' Did you mean ',
      ' Did you mean x?',
      'Value "',
    ])
      for (const start of ['', 'Value "', 'Expected value of type "Int", found ']) {
        const told = withoutValues(start + part.repeat(1_000_000 / part.length));
        expect(told.length).toBeLessThanOrEqual(600);
      }
    const { user, system } = process.cpuUsage(before);
    // Two for each character would take minutes.
    expect(user + system, 'microseconds of the processor').toBeLessThan(5_000_000);
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
    // There is room for one so small, and others came before.
    waiting.push(
      room.enter(1, 'third').then((leave) => {
        entered.push('third');
        return leave;
      }),
    );
    await expect(room.enter(30_000, 'large')).rejects.toMatchObject({ extensions: { code: 'TOO_BUSY' } });
    for (const leave of taken) leave();
    for (const leave of await Promise.all(waiting)) leave();
    expect(entered).toEqual(['first', 'second', 'third']);
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

describe('what clients begin and don’t go on with', () => {
  const usual = {
    logLevel: 'silent',
    corsOrigins: [],
    bodyBytes: 200_000,
    isPublicByTls: false,
    trustedProxies: [],
    told: async (_: unknown, error: Error) => error,
  };
  const opened: Socket[] = [];
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.destroy();
  });
  const begin = (port: number, text: string) => {
    const one = { isOpen: true, text: '' };
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('close', () => {
      one.isOpen = false;
    });
    socket.setEncoding('utf8').on('data', (piece) => {
      one.text += piece;
    });
    socket.on('error', () => undefined);
    opened.push(socket);
    return one;
  };

  test('bodies of which the rest never comes have a bound together; who sends a whole one is answered', async () => {
    const { app } = await createApp({ ...usual, limits: { arrivingBytes: 1_000_000 } });
    app.post('/x', async ({ body }) => ({ length: JSON.stringify(body).length }));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const part = `POST /x HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 190000\r\n\r\n"${'x'.repeat(100_000)}`;
    const all = Array.from({ length: 40 }, () => begin(port, part));
    await expect.poll(() => all.filter(({ isOpen }) => isOpen).length).toBeLessThanOrEqual(10);
    const whole = await fetch(`http://127.0.0.1:${port}/x`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify('x'.repeat(150_000)),
    });
    expect(await whole.json()).toEqual({ length: 150_002 });
    for (const socket of opened) socket.destroy();
    await app.close();
  });

  test('requests that are sent before others were answered have a bound for one connection, and one for all', async () => {
    const { app } = await createApp(usual);
    let reached = 0;
    const answers: (() => void)[] = [];
    app.get('/slow', async () => {
      reached += 1;
      await new Promise<void>((resolve) => answers.push(resolve));
      return {};
    });
    app.get('/x', async () => ({}));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const slow = 'GET /slow HTTP/1.1\r\nhost: x\r\n\r\n';
    const greedy = begin(port, slow.repeat(2_500));
    await expect.poll(() => reached).toBe(4);
    // What was taken is answered, and nothing behind it is.
    for (const answer of answers.splice(0)) answer();
    await expect.poll(() => greedy.isOpen).toBe(false);
    expect([reached, greedy.text.split('HTTP/1.1 200').length - 1]).toEqual([4, 4]);
    expect(greedy.text).toMatch(/connection: close/i);
    const all = Array.from({ length: 200 }, () => begin(port, slow.repeat(4)));
    await expect.poll(() => all.filter(({ isOpen }) => isOpen).length).toBeLessThan(80);
    // What was ended is counted no more.
    for (const socket of opened) socket.destroy();
    for (const answer of answers) answer();
    const few = Array.from({ length: 40 }, () => begin(port, 'GET /x HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(4)));
    expect((await fetch(`http://127.0.0.1:${port}/x`)).status).toBe(200);
    expect(few.every(({ isOpen }) => isOpen)).toBe(true);
    for (const socket of opened) socket.destroy();
    await app.close();
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
  cutSlowTakers(app, new HeldBytes(patience));
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

describe('answers that nobody takes', () => {
  const bytes = 30_000_000;
  // More than the system itself keeps for a connection.
  const length = 20_000_000;
  const less = 12_000_000;
  const shared = Buffer.alloc(length);
  async function serve() {
    const app = fastify();
    const untaken = new HeldBytes({ bytes });
    cutSlowTakers(app, untaken);
    let most = 0;
    let open = 0;
    let answered = 0;
    app.addHook('onSend', async () => {
      answered += 1;
      most = Math.max(most, untaken.bytes);
    });
    app.server.on('connection', (socket) => {
      open += 1;
      socket.once('close', () => {
        open -= 1;
      });
    });
    app.get('/own', () => 'x'.repeat(length));
    app.get('/less', () => 'x'.repeat(less));
    app.get('/shared', () => shared);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    /** Asks and takes nothing until it is told to; then gives how much there is to take. */
    const ask = (localAddress: string, path: string) => {
      let count = 0;
      const socket = connect({ port, host: '127.0.0.1', localAddress }, () =>
        socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
      );
      socket.on('error', () => undefined);
      const ended = new Promise<number>((resolve) => socket.once('close', () => resolve(count)));
      return {
        socket,
        take() {
          socket.on('data', (chunk) => {
            count += chunk.length;
          });
          return ended;
        },
      };
    };
    return { app, ask, untaken, most: () => most, open: () => open, answered: () => answered };
  }

  test('have a bound in bytes, and it isn’t the one for whom less lies that is cut', async () => {
    const { app, ask, untaken, most, open, answered } = await serve();
    const patient = ask('127.0.0.2', '/less');
    await expect.poll(() => untaken.bytes).toBe(less);
    const idle = Array.from({ length: 12 }, () => ask('127.0.0.1', '/own'));
    await expect.poll(answered).toBe(13);
    // Of all that came only what fits is left: none of theirs beside his.
    await expect.poll(open).toBe(1);
    expect(most()).toBeLessThanOrEqual(bytes);
    for (const { socket } of idle) socket.destroy();
    expect(await patient.take()).toBeGreaterThan(less);
    await expect.poll(() => untaken.bytes).toBe(0);
    await app.close();
  });

  test('that are there once for all lie there once', async () => {
    const { app, ask, untaken, open } = await serve();
    const clients = Array.from({ length: 40 }, () => ask('127.0.0.1', '/shared'));
    await expect.poll(open).toBe(40);
    await expect.poll(() => untaken.bytes).toBe(length);
    const taken = await Promise.all(clients.map(({ take }) => take()));
    expect(taken.every((count) => count > length)).toBe(true);
    await app.close();
  });
});
