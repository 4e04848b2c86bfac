import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type Audience, PUBLIC, readerOf } from '@hub/access';
import { HubError } from '@hub/errors';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';
import { streamToAgency } from '../src/faces/changes/agencies.ts';
import { registerChanges } from '../src/faces/changes/changes.ts';
import { changeCursors } from '../src/followers/change-cursors.ts';
import { type ChangeFollower, followChanges } from '../src/followers/changes.ts';

/** A subgraph's feed in memory. */
class Feed {
  readonly changes: { seq: string; type: string; id: string; revision: number; before: null; after: Audience }[] = [];
  asked = 0;
  state: 'UP' | 'DOWN' | 'HUNG' = 'UP';

  write(count = 1, size = 0): string[] {
    return Array.from({ length: count }, () => {
      const id = `${this.changes.length + 1}${'x'.repeat(size)}`;
      const after = { owner: '330100', visibility: 'PUBLIC', parties: [], subjects: [] } as const;
      this.changes.push({ seq: String(this.changes.length + 1), type: 'Person', id, revision: 1, before: null, after });
      return id;
    });
  }

  async read({ after, first }: { after: string; first: number }) {
    this.asked += 1;
    if (this.state === 'DOWN') throw new Error('down');
    if (this.state === 'HUNG') await new Promise(() => undefined);
    // A time is the beginning here: nothing is older.
    const place = after.startsWith('@') ? 0 : Number(after);
    const changes = this.changes.slice(Math.min(place, this.changes.length), place + first);
    const head = String(this.changes.length);
    const next = changes.at(-1)?.seq ?? String(Math.min(Math.max(place, 0), this.changes.length));
    return { changes, next, head, era: '0' };
  }
}

const cursors = changeCursors(['secret']);
const placesIn = (cursor: string) => Object.fromEntries(cursors.read(cursor, ['members'], 'after').places);

let app: FastifyInstance | undefined;
let url = '';
const sockets: Socket[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) socket.destroy();
  await app?.close();
});

async function start(feeds: Record<string, Feed>, heartbeatMs = 100): Promise<ChangeFollower> {
  const follower = followChanges({
    sources: Object.keys(feeds),
    transport: {
      send: async (name, { variables }) => ({
        result: { data: { changeFeed: await (feeds[name] as Feed).read(variables as never) } },
        statements: 1,
      }),
    },
    timeoutMs: 1_000,
    cursors,
    lost: () => undefined,
  });
  app = fastify({ forceCloseConnections: true });
  app.decorateRequest('actor');
  const agencies = { follow: () => Promise.reject(new HubError('UNAUTHENTICATED')) };
  registerChanges(app, {
    follower,
    types: new Set(['Person']),
    authenticate: async () => PUBLIC,
    agencies,
    heartbeatMs,
  });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  return follower;
}

/** A client that says what it received, and may stop to read. */
function open(cursor?: string) {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  const client = { text: '', ids: [] as number[], cursor: '', closed: false, socket };
  let rest = '';
  socket.setEncoding('utf8').on('data', (piece) => {
    client.text = (client.text + piece).slice(-5_000);
    const frames = (rest + piece).split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      const [, id] = /"id":"(\d+)x*"/.exec(frame) ?? [];
      if (id) client.ids.push(Number(id));
      client.cursor = /^id: (\S+)$/m.exec(frame)?.[1] ?? client.cursor;
    }
  });
  socket
    .on('error', () => undefined)
    .on('close', () => {
      client.closed = true;
    });
  socket.write(`GET /changes HTTP/1.1\r\nhost: hub\r\n${cursor ? `last-event-id: ${cursor}\r\n` : ''}\r\n`);
  return client;
}
const until = async (holds: () => boolean, ms = 60_000) => {
  for (const end = performance.now() + ms; performance.now() < end; await delay(10)) if (holds()) return;
  throw new Error('it did not come about in time');
};

test('subgraphs are asked while somebody listens and not before, and once however many do', async () => {
  const feed = new Feed();
  const follower = await start({ members: feed });
  await delay(600);
  follower.nudge();
  expect(feed.asked).toBe(0);
  const clients = Array.from({ length: 50 }, () => open());
  await until(() => clients.every(({ text }) => text.includes('event: ready')));
  const before = feed.asked;
  const [id] = feed.write();
  follower.nudge();
  await until(() => clients.every(({ text }) => text.includes(`"id":"${id}"`)));
  // By the clock it is asked too, and more often the longer all of them take to hear.
  expect(feed.asked - before).toBeLessThan(clients.length);
});

test('a client that takes nothing is ended, others are told all of it meanwhile, and it goes on from where it was', async () => {
  const feed = new Feed();
  const follower = await start({ members: feed }, 500);
  const [slow, quick] = [open(), open()];
  await until(() => [slow, quick].every(({ text }) => text.includes('event: ready')));
  slow.socket.pause();
  // More than sockets and systems hold by themselves.
  for (let round = 0; round < 12; round += 1) {
    feed.write(500, 2_000);
    follower.nudge();
    await until(() => quick.ids.length === feed.changes.length);
  }
  const connections = () => new Promise<number>((resolve) => app?.server.getConnections((_, count) => resolve(count)));
  while ((await connections()) > 1) await delay(20);
  slow.socket.resume();
  await until(() => slow.closed);
  expect(slow.ids.length).toBeLessThan(feed.changes.length);
  const again = open(slow.cursor);
  await until(() => slow.ids.length + again.ids.length >= feed.changes.length);
  expect([...slow.ids, ...again.ids]).toEqual(feed.changes.map(({ seq }) => Number(seq)));
});

test('a stream is kept open by comments and told now and then where it is, alike whether anything happens that it may not see or not', async () => {
  const feed = new Feed();
  const follower = await start({ members: feed });
  const client = open();
  const private_ = { owner: '330100', visibility: 'PRIVATE', parties: [], subjects: [] } as const;
  const isCursor = /event: cursor\nid: (\S+)\ndata: \{"cursor":"\1"\}\n\n/g;
  const told = () => [...client.text.matchAll(isCursor)].map(([, cursor = '']) => cursor);
  await until(() => told().length >= 1);
  feed.changes.push({ seq: '1', type: 'Person', id: '1', revision: 1, before: null, after: private_ });
  follower.nudge();
  await until(() => told().some((cursor) => placesIn(cursor)['members'] === 1));
  // Between two cursors there are as many comments, and no cursor is like another.
  const between = client.text.split(isCursor).filter((_, at) => at % 2 === 0);
  expect(new Set(between.slice(1, -1).map((text) => text.split(':\n\n').length - 1))).toEqual(new Set([3]));
  expect(new Set(told()).size).toBe(told().length);
  expect(client.ids).toEqual([]);
});

test('a poll that is told nothing tells nothing: its cursor stays for a minute, and is another one afterwards, whatever happened', async () => {
  const feed = new Feed();
  const follower = await start({ members: feed });
  vi.useFakeTimers({ toFake: ['Date'] });
  const ask = async (after?: string) => {
    const response = await fetch(`${url}/changes?wait=0${after === undefined ? '' : `&after=${after}`}`);
    return (await response.json()) as { changes: readonly unknown[]; next: string };
  };
  const { next: first } = await ask();
  const private_ = { owner: '330100', visibility: 'PRIVATE', parties: [], subjects: [] } as const;
  feed.changes.push({ seq: '1', type: 'Person', id: '1', revision: 1, before: null, after: private_ });
  follower.nudge();
  expect(await ask(first)).toEqual({ changes: [], next: first });
  vi.advanceTimersByTime(60_000);
  const { next: second } = await ask(first);
  expect([second === first, placesIn(second)]).toEqual([false, { members: 1 }]);
  vi.advanceTimersByTime(60_000);
  expect((await ask(second)).next).not.toBe(second);
  // Nobody reads it, nor makes one.
  expect(Buffer.from(second, 'base64url').toString()).not.toContain('members');
  for (const made of [
    Buffer.from('[1,{"members":1}]').toString('base64url'),
    `${second.slice(0, -4)}AAAA`,
    second.slice(4),
  ])
    expect(() => placesIn(made)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
    );
});

test('a poll ends and heartbeats come by their timers, where the clock is behind them', async () => {
  await start({ members: new Feed() });
  // A timer may fire a moment before the clock says so; this clock never says so.
  vi.useFakeTimers({ toFake: ['Date'] });
  const client = open();
  for (const wait of [0, 1]) {
    const response = await fetch(`${url}/changes?wait=${wait}`, { signal: AbortSignal.timeout(60_000) });
    expect(await response.json()).toMatchObject({ changes: [] });
  }
  await until(() => (client.text.match(/\n:\n\n/g) ?? []).length >= 2);
});

test('an agency’s stream is kept open by comments too, where the clock is behind the timer', async () => {
  const follower = await start({ members: new Feed() });
  vi.useFakeTimers({ toFake: ['Date'] });
  const response = new PassThrough();
  const over = new AbortController();
  let text = '';
  response.on('data', (piece) => {
    text += String(piece);
  });
  const streaming = streamToAgency(follower, {
    following: {
      actor: { kind: 'AGENCY', subject: 'agency', regions: [] },
      fields: [],
      tell: async () => undefined,
      recheck: async () => undefined,
    },
    reader: readerOf(PUBLIC),
    wanted: { types: undefined, committees: undefined },
    raw: response as unknown as ServerResponse,
    places: new Map(),
    until: Date.now() + 60_000,
    heartbeatMs: 100,
    over: over.signal,
  });
  await until(() => (text.match(/(:|event: cursor.*\ndata: .*)\n\n/g) ?? []).length >= 3);
  over.abort();
  await streaming;
});

test.each(['DOWN', 'HUNG'] as const)(
  'a subgraph that is %s keeps no stream from the others’ changes, nor from beginning',
  async (state) => {
    const [members, consultations] = [new Feed(), new Feed()];
    members.write(5);
    consultations.write(3_000);
    members.state = state;
    const follower = await start({ consultations, members });
    const ended = cursors.write(
      new Map([
        ['consultations', 10],
        ['members', 2],
      ]),
    );
    const [fresh, behind] = [open(), open(ended)];
    await until(() => behind.ids.length === 2_990);
    consultations.write();
    follower.nudge();
    await until(() => [fresh, behind].every(({ ids }) => ids.includes(3_001)));
    members.state = 'UP';
    if (state === 'HUNG') return;
    await until(() => behind.ids.length === 2_991 + 3);
    expect(behind.ids.slice(-3)).toEqual([3, 4, 5]);
  },
);

test('a subgraph whose changes begin anew ends the streams: their cursors mean nothing any more', async () => {
  const feed = new Feed();
  feed.write(10);
  const follower = await start({ members: feed });
  const client = open();
  await until(() => client.text.includes('event: ready'));
  feed.changes.splice(4);
  follower.nudge();
  await until(() => client.closed || client.text.includes('event: end'));
  expect(client.text).toContain('event: end\ndata: {"code":"CURSOR_NOT_RESTORED"}');
});

test('as the gateway stops, its streams and polls end by themselves', async () => {
  await start({ members: new Feed() });
  const client = open();
  await until(() => client.text.includes('event: ready'));
  let hasArrived = false;
  app?.server.once('request', () => {
    hasArrived = true;
  });
  const poll = fetch(`${url}/changes?wait=30`).then((response) => response.json());
  await until(() => hasArrived);
  await app?.close();
  expect(await poll).toMatchObject({ changes: [] });
  await until(() => client.text.endsWith('0\r\n\r\n'));
});
