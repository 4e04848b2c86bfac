import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { DatabaseError } from '../src/database-error.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../src/embedded-server.ts';
import { openPool, type Pool, type Queryable } from '../src/pool.ts';
import { type Network, openProxy } from './lossy-proxy.ts';

let directory: string;
let server: EmbeddedServer;
let admin: Pool;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hub-faults-'));
  server = await startEmbeddedServer({ directory, durable: false });
  admin = openPool({
    url: server.url,
    max: 2,
    applicationName: 'admin',
    settings: { default_transaction_read_only: 'off' },
  });
  await admin.queryable.unsafe('create table entry (request text not null, owner text not null, scope text)');
  // Commits of requests whose name begins with stuck don't come to an end.
  await admin.queryable.unsafe(`create function stuck_commit() returns trigger language plpgsql
    as $$ begin perform pg_sleep(300); return null; end $$`);
  await admin.queryable.unsafe(`create constraint trigger stuck after insert on entry
    deferrable initially deferred for each row when (new.request like 'stuck%') execute function stuck_commit()`);
});

afterAll(async () => {
  await admin?.end();
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  await admin.queryable.unsafe('truncate entry');
});

afterEach(async () => {
  // A pool that is closed has left no connection behind, whatever happened to it.
  await expect
    .poll(() =>
      admin.queryable.unsafe(
        `select application_name from pg_stat_activity where application_name in ('faults', 'storm')`,
      ),
    )
    .toEqual([]);
});

const write = (queryable: Queryable, request: string, owner: string) =>
  queryable.unsafe(`insert into entry values ($1, $2, current_setting('hub.owner', true))`, [request, owner]);

const ownPid = async (queryable: Queryable) =>
  (await queryable.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid'))[0]?.pid;

async function kill(pid: number | undefined): Promise<void> {
  await admin.queryable.unsafe('select pg_terminate_backend($1, 60000)', [pid]);
}

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'COMMITTED',
    (error: unknown) => (error instanceof DatabaseError ? error.kind : String(error)),
  );

/** What was written has to agree with what was reported, and each row with the scope it was written under. */
async function expectHonest(outcomes: ReadonlyMap<string, string>, rowsEach: number): Promise<void> {
  const rows =
    await admin.queryable.unsafe<{ request: string; owner: string; scope: string | null }[]>('select * from entry');
  expect(rows.filter((row) => row.owner !== row.scope)).toEqual([]);
  for (const [request, outcome] of outcomes) {
    const written = rows.filter((row) => row.request === request).length;
    const possible = { COMMITTED: [rowsEach], OUTCOME_UNKNOWN: [0, rowsEach] }[outcome] ?? [0];
    expect(possible, `${request} was reported ${outcome} and has ${written} rows`).toContain(written);
  }
}

test('when the backend of an open transaction dies, its later statements run nowhere, and its neighbours are not disturbed', async () => {
  const pool = openPool({ url: server.url, max: 1, applicationName: 'faults' });
  const outcomes = new Map<string, string>();
  for (let round = 0; round < 25; round += 1) {
    const victim = `victim-${round}`;
    let answerLate: (outcomes: string[]) => void = () => undefined;
    const late = new Promise<string[]>((resolve) => {
      answerLate = resolve;
    });
    const dying = pool.transaction({ settings: { 'hub.owner': victim }, readOnly: false }, async (queryable) => {
      await write(queryable, victim, victim);
      await kill(await ownPid(queryable));
      const outcomesOfLate: string[] = [];
      // By now others are on the connection that comes after; each of these would land among them.
      for (const pause of [0, 2, 10]) {
        await delay(pause);
        outcomesOfLate.push(await outcomeOf(write(queryable, victim, victim)));
      }
      answerLate(outcomesOfLate);
    });
    const neighbours = [0, 1, 2].map(async (number) => {
      const name = `neighbour-${round}-${number}`;
      const work = pool.transaction({ settings: { 'hub.owner': name }, readOnly: false }, async (queryable) => {
        await write(queryable, name, name);
        await queryable.unsafe('select pg_sleep(0.005)');
      });
      outcomes.set(name, await outcomeOf(work));
    });
    outcomes.set(victim, await outcomeOf(dying));
    const outcomesOfLate = await late;
    await Promise.all(neighbours);
    await expectHonest(outcomes, 1);
    expect([...outcomes.values()].sort()).toEqual(['COMMITTED', 'COMMITTED', 'COMMITTED', 'UNAVAILABLE']);
    expect(outcomesOfLate).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE']);
    await admin.queryable.unsafe('truncate entry');
    outcomes.clear();
  }
  await pool.end();
});

test('statements that were queued behind a slow one when the backend died run nowhere', async () => {
  const pool = openPool({ url: server.url, max: 1, applicationName: 'faults' });
  for (let round = 0; round < 20; round += 1) {
    const outcomes = new Map<string, string>();
    const victim = pool.transaction({ settings: { 'hub.owner': 'victim' }, readOnly: false }, async (queryable) => {
      const pid = await ownPid(queryable);
      // Never seen before, so the driver holds back what follows until it knows the types of its parameters.
      const slow = queryable.unsafe(`select pg_sleep($1::float8 + 0 * ${round})`, [300]);
      const queued = [1, 2, 3].map(() => outcomeOf(write(queryable, 'victim', 'victim')));
      await delay(5);
      await kill(pid);
      expect(await outcomeOf(slow)).toBe('UNAVAILABLE');
      expect(await Promise.all(queued)).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE']);
    });
    const neighbour = pool.transaction(
      { settings: { 'hub.owner': 'neighbour' }, readOnly: false },
      async (queryable) => {
        await write(queryable, 'neighbour', 'neighbour');
      },
    );
    outcomes.set('victim', await outcomeOf(victim));
    outcomes.set('neighbour', await outcomeOf(neighbour));
    expect([...outcomes.values()]).toEqual(['UNAVAILABLE', 'COMMITTED']);
    await expectHonest(outcomes, 1);
    await admin.queryable.unsafe('truncate entry');
  }
  await pool.end();
});

test('under a storm of dying backends every transaction ends, is written whole or not at all, and is reported as it was', async () => {
  const pool = openPool({ url: server.url, max: 4, applicationName: 'storm' });
  const outcomes = new Map<string, string>();
  let storm = true;
  const killing = (async () => {
    let kills = 0;
    while (storm) {
      await delay(5 + (kills % 4) * 4);
      // By what the clients get done and not by the clock alone: a busy machine would see nothing but dying ones.
      const ended = outcomes.size;
      for (let waits = 0; storm && outcomes.size < ended + 3 && waits < 50; waits += 1) await delay(5);
      await admin.queryable.unsafe(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'storm' order by random() limit 1`,
      );
      kills += 1;
    }
    return kills;
  })();
  const clients = Array.from({ length: 12 }, async (_, client) => {
    for (let number = 0; number < 25; number += 1) {
      const name = `request-${client}-${number}`;
      const work = pool.transaction({ settings: { 'hub.owner': name }, readOnly: false }, async (queryable) => {
        const first = write(queryable, name, name);
        if (number % 3 === 0) await first;
        if (number % 4 === 0) await delay(number % 8);
        if (number % 5 === 0) await queryable.unsafe('select pg_sleep(0.004)');
        await write(queryable, name, name);
        await first;
        if (number % 7 === 0) await delay(3);
      });
      outcomes.set(name, await outcomeOf(work));
    }
  });
  await Promise.all(clients);
  storm = false;
  expect(await killing).toBeGreaterThan(20);
  const seen = new Set(outcomes.values());
  expect([...seen].filter((kind) => !['COMMITTED', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'].includes(kind))).toEqual([]);
  expect([...outcomes.values()].filter((kind) => kind === 'COMMITTED').length).toBeGreaterThan(50);
  expect([...outcomes.values()].filter((kind) => kind === 'UNAVAILABLE').length).toBeGreaterThan(5);
  await expectHonest(outcomes, 2);
  // The last of the kills may only just be on its way.
  await expect.poll(() => outcomeOf(pool.queryable.unsafe('select 1'))).toBe('COMMITTED');
  await pool.end();
});

test('a backend that dies during the commit leaves the outcome unknown, and says so', async () => {
  const pool = openPool({ url: server.url, max: 1, applicationName: 'faults' });
  const work = outcomeOf(
    pool.transaction({ settings: { 'hub.owner': 'stuck-1' }, readOnly: false }, (queryable) =>
      write(queryable, 'stuck-1', 'stuck-1'),
    ),
  );
  const committing = async () => {
    const [row] = await admin.queryable.unsafe<{ pid: number }[]>(
      `select pid from pg_stat_activity where application_name = 'faults' and wait_event = 'PgSleep'`,
    );
    return row?.pid;
  };
  await expect.poll(committing, { interval: 20 }).toBeDefined();
  await kill(await committing());
  expect(await work).toBe('OUTCOME_UNKNOWN');
  await pool.end();
});

test('a commit whose answer was lost on the way is not reported as failed', async () => {
  const network: Network = {
    fromClient: (bytes) => (bytes.includes('commit') ? 'cut after the answer' : undefined),
  };
  const proxy = await openProxy(server.url, network);
  const pool = openPool({ url: proxy.url, max: 1, applicationName: 'faults' });
  const settings = { 'hub.owner': 'lost-answer' };
  await expect(
    pool.transaction({ settings, readOnly: false }, (queryable) => write(queryable, 'lost-answer', 'lost-answer')),
  ).rejects.toMatchObject({ kind: 'OUTCOME_UNKNOWN' });
  expect(await admin.queryable.unsafe('select request from entry')).toHaveLength(1);

  // What was read is known, whatever became of the commit.
  expect(
    await pool.transaction({ settings, readOnly: true }, (queryable) => queryable.unsafe('select 1 as n')),
  ).toEqual([{ n: 1 }]);
  await pool.end();
  proxy.close();
});

test('a statement by itself that was lost while writing leaves the outcome unknown', async () => {
  const network: Network = {
    fromClient: (bytes) => (bytes.includes('insert') ? 'cut after the answer' : undefined),
  };
  const proxy = await openProxy(server.url, network);
  const pool = openPool({
    url: proxy.url,
    max: 1,
    applicationName: 'faults',
    settings: { default_transaction_read_only: 'off' },
  });
  await expect(pool.queryable.unsafe(`insert into entry values ('a', 'b', 'c')`)).rejects.toMatchObject({
    kind: 'OUTCOME_UNKNOWN',
  });
  await pool.end();
  proxy.close();
});

test('when BEGIN fails, what was sent behind it writes nothing', async () => {
  let broken = 0;
  const network: Network = {
    fromClient: (bytes) => {
      const at = bytes.indexOf('begin read write');
      if (at === -1) return undefined;
      broken += 1;
      const other = Buffer.from(bytes);
      other.write('bexin read write', at);
      return other;
    },
  };
  const proxy = await openProxy(server.url, network);
  const pool = openPool({ url: proxy.url, max: 1, applicationName: 'faults' });
  for (let round = 0; round < 3; round += 1) {
    const settings = { 'hub.owner': 'unbegun' };
    const work = pool.transaction({ settings, readOnly: false }, async (queryable) => {
      await write(queryable, 'unbegun', 'unbegun').catch(() => undefined);
      await write(queryable, 'unbegun', 'unbegun').catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ kind: 'OTHER', sqlState: '42601' });
  }
  expect(broken).toBe(3);
  expect(await admin.queryable.unsafe('select * from entry')).toEqual([]);
  await pool.end();
  proxy.close();
});

test('when the settings are refused, nothing behind them is done', async () => {
  const pool = openPool({ url: server.url, max: 1, applicationName: 'faults' });
  const settings = { 'hub.owner': 'x', 'not a name': 'x' };
  const work = pool.transaction({ settings, readOnly: false }, async (queryable) => {
    await write(queryable, 'unscoped', 'unscoped').catch(() => undefined);
  });
  await expect(work).rejects.toMatchObject({ sqlState: '42704' });
  expect(await admin.queryable.unsafe('select * from entry')).toEqual([]);
  await pool.end();
});

test('one connection carries a hundred queued statements and transactions behind them', async () => {
  const pool = openPool({ url: server.url, max: 1, applicationName: 'faults' });
  // The driver pipelines up to a hundred; the transaction is to come just before, at and after that.
  for (const count of [98, 99, 100, 101, 102, 250]) {
    const plain = Array.from({ length: count }, (_, n) => pool.queryable.unsafe('select $1::int as n', [n]));
    const scoped = ['a', 'b'].map((owner) =>
      pool.transaction({ settings: { 'hub.owner': owner }, readOnly: true }, (queryable) =>
        Promise.all(
          Array.from({ length: count }, (_, n) =>
            queryable.unsafe(`select $1::int as n, current_setting('hub.owner') as owner`, [n]),
          ),
        ),
      ),
    );
    expect((await Promise.all(plain)).map((rows) => rows[0]?.['n'])).toEqual(
      Array.from({ length: count }, (_, n) => n),
    );
    const [a, b] = await Promise.all(scoped);
    expect(a?.map((rows) => rows[0])).toEqual(Array.from({ length: count }, (_, n) => ({ n, owner: 'a' })));
    expect(b?.map((rows) => rows[0])).toEqual(Array.from({ length: count }, (_, n) => ({ n, owner: 'b' })));
  }
  await pool.end();
});

test('a server that falls silent is given up a little after the statement timeout', async () => {
  const network: Network = {};
  const proxy = await openProxy(server.url, network);
  const pool = openPool({ url: proxy.url, max: 1, applicationName: 'faults', statementTimeoutMs: 2_000 });
  await pool.queryable.unsafe('select 1');
  network.frozen = true;
  await expect(pool.queryable.unsafe('select 1')).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  network.frozen = false;
  expect(await pool.queryable.unsafe('select 1 as n')).toEqual([{ n: 1 }]);
  await pool.end();
  proxy.close();
});

test('after its backend died or the server was restarted, a prepared statement is prepared anew', async () => {
  const port = Number(new URL(server.url).port);
  const pool = openPool({ url: server.url, max: 1, applicationName: 'faults' });
  const ask = () => pool.queryable.unsafe('select $1::int + $2::int as sum', [1, 2]);
  expect(await ask()).toEqual([{ sum: 3 }]);
  expect(await ask()).toEqual([{ sum: 3 }]);
  await kill(await ownPid(pool.queryable));
  await delay(20);
  expect(await ask()).toEqual([{ sum: 3 }]);

  await server.stop();
  await expect(ask()).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  server = await startEmbeddedServer({ directory, durable: false, port });
  expect(await ask()).toEqual([{ sum: 3 }]);
  expect(await ask()).toEqual([{ sum: 3 }]);
  await pool.end();
});

test('while the server is down all who wait are turned away, and when it is back all are served', async () => {
  const port = Number(new URL(server.url).port);
  const pool = openPool({ url: server.url, max: 3, applicationName: 'faults' });
  const ask = (n: number) =>
    n % 2 === 0
      ? pool.queryable.unsafe('select 1')
      : pool.transaction({ settings: {}, readOnly: true }, (queryable) => queryable.unsafe('select 1'));
  await server.stop();
  const away = await Promise.all(Array.from({ length: 40 }, (_, n) => outcomeOf(ask(n))));
  expect(new Set(away)).toEqual(new Set(['UNAVAILABLE']));
  server = await startEmbeddedServer({ directory, durable: false, port });
  const back = await Promise.all(Array.from({ length: 40 }, (_, n) => outcomeOf(ask(n))));
  expect(new Set(back)).toEqual(new Set(['COMMITTED']));
  await pool.end();
});
