import { setMaxListeners } from 'node:events';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openPool, type Pool } from '../src/pool.ts';

let admin: Pool;
beforeAll(() => {
  admin = openPool({ url: inject('serverUrl'), max: 2, applicationName: 'cancel admin' });
});
afterAll(() => admin.end());

const open = (applicationName: string, max: number, more: { maxWaiting?: number } = {}) =>
  openPool({ url: inject('serverUrl'), max, applicationName, statementTimeoutMs: 300_000, ...more });

/** Statements that the sessions of a pool run at the moment. */
const runningOf = async (name: string) =>
  (
    await admin.queryable.unsafe<{ query: string }[]>(
      "select query from pg_stat_activity where application_name = $1 and state = 'active' and query like '%pg_sleep%'",
      [name],
    )
  ).map(({ query }) => query);

const until = (holds: () => Promise<boolean>) => expect.poll(holds, { interval: 20 }).toBe(true);

const sqlStateOf = (error: unknown) => (error as { sqlState?: string }).sqlState;

for (const way of ['hold', 'transaction'] as const) {
  const use = (pool: Pool, signal: AbortSignal, text: string) =>
    way === 'hold'
      ? pool.hold((queryable) => queryable.unsafe(text), signal)
      : pool.transaction({ settings: {}, readOnly: true, signal }, (queryable) => queryable.unsafe(text));

  test(`what is given up is cancelled where it runs, and what waits never runs (${way})`, async () => {
    const name = `given up ${way}`;
    const pool = open(name, 2);
    const given = new AbortController();
    setMaxListeners(0, given.signal);
    // Two run, and twenty wait: were they to run, each would take minutes.
    const ends = Array.from({ length: 22 }, () =>
      use(pool, given.signal, 'select pg_sleep(300)').then(() => 'done', sqlStateOf),
    );
    await until(async () => (await runningOf(name)).length === 2);
    given.abort();
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['57014']));
    expect(await runningOf(name)).toEqual([]);
    // The sessions are good, and nothing is left for who has them next.
    const next = new AbortController();
    expect(await use(pool, next.signal, 'select 7 as seven')).toEqual([{ seven: 7 }]);
    await pool.end();
  });
}

test('of statements that were sent together those behind the one that runs don’t run either', async () => {
  const pool = open('sent together', 1);
  const given = new AbortController();
  const ends = pool.hold(
    (queryable) =>
      Promise.all(
        Array.from({ length: 10 }, () => queryable.unsafe('select pg_sleep(300)').then(() => 'done', sqlStateOf)),
      ),
    given.signal,
  );
  await until(async () => (await runningOf('sent together')).length === 1);
  given.abort();
  expect(new Set(await ends)).toEqual(new Set(['57014']));
  await pool.end();
});

test('what was written before it was given up is undone, and a commit on its way is not stopped', async () => {
  const pool = open('writes', 1);
  await pool.transaction({ settings: {}, readOnly: false }, (queryable) =>
    queryable.unsafe('create table if not exists cancelled (n integer)'),
  );
  const given = new AbortController();
  const writing = pool.transaction({ settings: {}, readOnly: false, signal: given.signal }, async (queryable) => {
    await queryable.unsafe('insert into cancelled values (1)');
    given.abort();
    return 'written';
  });
  await expect(writing).rejects.toMatchObject({ sqlState: '57014' });
  const late = new AbortController();
  const kept = pool.transaction({ settings: {}, readOnly: false, signal: late.signal }, (queryable) =>
    queryable.unsafe('insert into cancelled values (2)'),
  );
  await kept;
  late.abort();
  expect(await admin.queryable.unsafe('select n from cancelled')).toEqual([{ n: 2 }]);
  await pool.transaction({ settings: {}, readOnly: false }, (queryable) => queryable.unsafe('drop table cancelled'));
  await pool.end();
});

test('cancels that race with ends never meet another’s statement, nor give anybody another’s rows', async () => {
  const pool = open('races', 3);
  const faults: string[] = [];
  let givenUp = 0;
  let random = 42;
  const next = () => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return random / 2_147_483_648;
  };
  const givesUp = async (number: number) => {
    const given = new AbortController();
    const after = next() * 3;
    const timer = setTimeout(() => given.abort(), after);
    const run = (queryable: { unsafe: Pool['queryable']['unsafe'] }) =>
      Promise.all(
        [0, 1].map((at) =>
          queryable.unsafe<{ n: number }[]>(`select $1::int as n, pg_sleep(${at === 0 ? 0.001 : 0.0005})`, [
            number + at,
          ]),
        ),
      );
    try {
      const rows =
        number % 2 === 0
          ? await pool.hold(run, given.signal)
          : await pool.transaction({ settings: {}, readOnly: true, signal: given.signal }, run);
      if (rows[0]?.[0]?.n !== number || rows[1]?.[0]?.n !== number + 1) faults.push('another’s rows');
    } catch (error) {
      givenUp += 1;
      if (!given.signal.aborted) faults.push(`cancelled though nobody gave up: ${sqlStateOf(error)}`);
    } finally {
      clearTimeout(timer);
    }
  };
  const staysOn = async (number: number) => {
    try {
      const [row] = await pool.hold((queryable) =>
        queryable.unsafe<{ n: number }[]>('select $1::int as n, pg_sleep(0.0005)', [number]),
      );
      if (row?.n !== number) faults.push('another’s rows');
    } catch (error) {
      faults.push(`met by another’s cancel: ${sqlStateOf(error)}`);
    }
  };
  await Promise.all(
    Array.from({ length: 6 }, async (_, lane) => {
      for (let round = 0; round < 700; round += 1) await (lane < 4 ? givesUp : staysOn)(lane * 10_000 + round * 2);
    }),
  );
  expect(faults).toEqual([]);
  expect(givenUp).toBeGreaterThan(500);
  await pool.end();
});

test('more than may wait is turned away at once', async () => {
  const pool = open('full', 1, { maxWaiting: 3 });
  const given = new AbortController();
  const slow = pool.hold((queryable) => queryable.unsafe('select pg_sleep(300)'), given.signal).catch(sqlStateOf);
  await until(async () => (await runningOf('full')).length === 1);
  const waiting = Array.from({ length: 3 }, () => pool.hold(async () => 'served'));
  await expect(pool.hold(async () => 'served')).rejects.toMatchObject({ kind: 'UNAVAILABLE', sqlState: '53400' });
  given.abort();
  expect(await Promise.all(waiting)).toEqual(['served', 'served', 'served']);
  await slow;
  await pool.end();
});
