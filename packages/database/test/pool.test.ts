import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DatabaseError, toDatabaseError } from '../src/database-error.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../src/embedded-server.ts';
import { openPool, type Pool, type Queryable } from '../src/pool.ts';

let directory: string;
let server: EmbeddedServer;
let admin: Pool;
let pool: Pool;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hub-pool-'));
  server = await startEmbeddedServer({ directory, durable: false });
  admin = openPool({
    url: server.url,
    max: 2,
    applicationName: 'admin',
    settings: { default_transaction_read_only: 'off' },
  });
  await admin.queryable.unsafe(
    `create table person (id int primary key, name text not null constraint person_name_short check (length(name) < 20))`,
  );
  await admin.queryable.unsafe('create table phone (person int references person (id), during tstzrange)');
  await admin.queryable.unsafe('alter table phone add constraint once exclude using gist (during with &&)');
  await admin.queryable.unsafe('create role reader login');
  await admin.queryable.unsafe('create table guarded (id int)');
  await admin.queryable.unsafe('alter table guarded enable row level security');
  await admin.queryable.unsafe('grant insert on guarded to reader');
  pool = openPool({
    url: server.url,
    max: 3,
    applicationName: 'pool',
    settings: { 'hub.actor': 'PUBLIC' },
  });
});

afterAll(async () => {
  await pool?.end();
  await admin?.end();
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  await admin.queryable.unsafe('truncate person, phone');
});

const write = { settings: {}, readOnly: false };
const names = async () =>
  (await admin.queryable.unsafe<{ name: string }[]>('select name from person order by id')).map((row) => row.name);
const insert = (queryable: Queryable, id: number, name: string) =>
  queryable.unsafe('insert into person values ($1, $2)', [id, name]);
const actor = async (queryable: Queryable) =>
  (await queryable.unsafe<{ actor: string }[]>(`select current_setting('hub.actor', true) as actor`))[0]?.actor;

test('a setting of the pool holds for every statement, and that of a transaction for no longer than it', async () => {
  expect(await actor(pool.queryable)).toBe('PUBLIC');
  const inside = pool.transaction({ settings: { 'hub.actor': 'STAFF', 'hub.more': "it's" }, readOnly: true }, actor);
  expect(await inside).toBe('STAFF');
  const after = await Promise.all(Array.from({ length: 9 }, () => actor(pool.queryable)));
  expect(new Set(after)).toEqual(new Set(['PUBLIC']));
});

test('a held connection is one for all statements, goes back after them, and takes no more', async () => {
  const backend = async (queryable: Queryable) =>
    (await queryable.unsafe<{ id: number }[]>('select pg_backend_pid() as id'))[0]?.id;
  let kept: Queryable | undefined;
  let unwaited: Promise<unknown> | undefined;
  const seen = await pool.hold(async (queryable) => {
    kept = queryable;
    unwaited = queryable.unsafe('select pg_sleep(0.05)');
    return [await backend(queryable), ...(await Promise.all([backend(queryable), backend(queryable)]))];
  });
  expect(new Set(seen).size).toBe(1);
  await expect(kept?.unsafe('select 1')).rejects.toMatchObject({ sqlState: '25P01' });
  await expect(unwaited).resolves.toHaveLength(1);
  // More than there are connections: each is given back, also by those that fail.
  const failing = Array.from({ length: 9 }, () => pool.hold((queryable) => queryable.unsafe('select 1 / 0')));
  for (const outcome of await Promise.allSettled(failing)) expect(outcome.status).toBe('rejected');
  expect(await actor(pool.queryable)).toBe('PUBLIC');
});

test('transactions at the same time each see their own settings only', async () => {
  const seen = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      pool.transaction({ settings: { 'hub.actor': `actor-${n}` }, readOnly: true }, async (queryable) => {
        const first = await actor(queryable);
        await delay(n % 3);
        return [first, await actor(queryable)];
      }),
    ),
  );
  expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => [`actor-${n}`, `actor-${n}`]));
});

test('a transaction gives what its callback gives, and commits', async () => {
  expect(await pool.transaction(write, async (queryable) => (await insert(queryable, 1, 'Li')).count)).toBe(1);
  expect(await names()).toEqual(['Li']);
});

test('a callback that throws undoes all, and its own error comes out', async () => {
  class Refused extends Error {}
  const work = pool.transaction(write, async (queryable) => {
    await insert(queryable, 1, 'Li');
    throw new Refused();
  });
  await expect(work).rejects.toBeInstanceOf(Refused);
  expect(await names()).toEqual([]);
});

test('a statement that failed undoes all, even when the callback made nothing of it', async () => {
  const work = pool.transaction(write, async (queryable) => {
    await insert(queryable, 1, 'Li');
    await insert(queryable, 1, 'Wang').catch(() => undefined);
    await insert(queryable, 2, 'Zhao').catch(() => undefined);
  });
  await expect(work).rejects.toMatchObject({ kind: 'UNIQUE', constraint: 'person_pkey' });
  expect(await names()).toEqual([]);
});

test('a statement that nobody waited for belongs to the transaction all the same', async () => {
  await pool.transaction(write, async (queryable) => {
    void insert(queryable, 1, 'Li');
    void insert(queryable, 2, 'Wang');
  });
  expect(await names()).toEqual(['Li', 'Wang']);

  const failing = pool.transaction(write, async (queryable) => {
    void insert(queryable, 3, 'Zhao');
    void insert(queryable, 3, 'Zhao');
  });
  await expect(failing).rejects.toMatchObject({ kind: 'UNIQUE' });
  expect(await names()).toEqual(['Li', 'Wang']);
});

test('a statement after the end of its transaction runs nowhere', async () => {
  let leaked: Queryable | undefined;
  await pool.transaction(write, async (queryable) => {
    leaked = queryable;
  });
  await expect(leaked && insert(leaked, 1, 'Li')).rejects.toMatchObject({ sqlState: '25P01' });
  await pool
    .transaction(write, async (queryable) => {
      leaked = queryable;
      throw new Error('no');
    })
    .catch(() => undefined);
  await expect(leaked && insert(leaked, 1, 'Li')).rejects.toMatchObject({ sqlState: '25P01' });
  expect(await names()).toEqual([]);
});

test('a callback that ends the transaction by itself writes nothing after that', async () => {
  const work = pool.transaction(write, async (queryable) => {
    await insert(queryable, 1, 'Li');
    await queryable.unsafe('rollback');
    await insert(queryable, 2, 'Wang').catch(() => undefined);
  });
  await expect(work).rejects.toBeInstanceOf(DatabaseError);
  expect(await names()).toEqual([]);
});

test('a read-only transaction and a statement by itself cannot write', async () => {
  const reading = pool.transaction({ settings: {}, readOnly: true }, (queryable) => insert(queryable, 1, 'Li'));
  await expect(reading).rejects.toMatchObject({ sqlState: '25006' });
  await expect(insert(pool.queryable, 1, 'Li')).rejects.toThrow(/read-only/);
  expect(await names()).toEqual([]);
});

test('values come as JavaScript reads them and keep their precision', async () => {
  const [row] = await pool.queryable.unsafe(`select
    true as yes, 7::int2 as small, 9007199254740991::int8 as safe, 9007199254740993::int8 as unsafe,
    1.10::numeric as price, 0.5::float8 as half, 'x'::text as text, null::text as nothing,
    '2024-02-29'::date as day,
    '2024-02-29T08:30:00+08'::timestamptz as round, '2024-02-29T08:30:00.25+08'::timestamptz as milli,
    '2024-02-29T08:30:00.123456+08'::timestamptz as micro, 'infinity'::timestamptz as never,
    '{"a": [1, null]}'::jsonb as json, '\\x00ff'::bytea as bytes,
    array['a', 'b "c\\', null, '', 'NULL', '{,}'] as words, array[[1, 2], [3, 4]] as matrix, '{}'::int[] as none,
    array['2024-02-29'::date] as days, '[0:1]={5,6}'::int8[] as bounds, array['{"a":1}'::jsonb] as objects`);
  expect(row).toEqual({
    yes: true,
    small: 7,
    safe: 9007199254740991,
    unsafe: '9007199254740993',
    price: '1.10',
    half: 0.5,
    text: 'x',
    nothing: null,
    day: '2024-02-29',
    round: '2024-02-29T00:30:00.000Z',
    milli: '2024-02-29T00:30:00.250Z',
    micro: '2024-02-29T00:30:00.123456Z',
    never: 'infinity',
    json: { a: [1, null] },
    bytes: Buffer.from([0, 255]),
    words: ['a', 'b "c\\', null, '', 'NULL', '{,}'],
    matrix: [
      [1, 2],
      [3, 4],
    ],
    none: [],
    days: ['2024-02-29'],
    bounds: [5, 6],
    objects: [{ a: 1 }],
  });
});

test('parameters arrive as they were given, of whatever type the statement says they are', async () => {
  const words = ['a', 'b "c\\', null, '', 'NULL', '{,}'];
  const [row] = await pool.queryable.unsafe(
    `select $1::text as text, $2::int as int, $3::int8 as big, $4::bool as yes, $5::timestamptz as at, $6::jsonb as json,
      $7::text[] as words, $8::int[] as ints, $9::bytea as bytes, $10::text as nothing, $11::jsonb as ready`,
    [
      "'; drop table person; --",
      -1,
      9007199254740993n,
      false,
      new Date(0),
      { a: 'ü' },
      words,
      [1, 2],
      Buffer.from([0, 255]),
      null,
      '[1]',
    ],
  );
  expect(row).toEqual({
    text: "'; drop table person; --",
    int: -1,
    big: '9007199254740993',
    yes: false,
    at: '1970-01-01T00:00:00.000Z',
    json: { a: 'ü' },
    words,
    ints: [1, 2],
    bytes: Buffer.from([0, 255]),
    nothing: null,
    ready: [1],
  });
});

test('a value that cannot be sent fails its own statement, and each answer still goes to its own question', async () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const ask = (value: unknown) => pool.queryable.unsafe<{ v: string }[]>('select $1::text as v', [value]);
  for (const bad of [undefined, circular, new Date(Number.NaN), Symbol('s'), () => 1]) {
    const answers = await Promise.allSettled([ask('a'), ask(bad), ask('b'), ask('c')]);
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value[0]?.v : answer.status))).toEqual([
      'a',
      'rejected',
      'b',
      'c',
    ]);
    const inside = pool.transaction(write, async (queryable) => {
      const first = queryable.unsafe('select $1::text as v', ['a']);
      void queryable.unsafe('select $1::text as v', [bad]);
      void insert(queryable, 1, 'Li');
      return first;
    });
    await expect(inside).rejects.toMatchObject({ kind: 'OTHER' });
  }
  expect(await names()).toEqual([]);
});

test('rows come as arrays when they are asked for that way, as drizzle does', async () => {
  expect(await pool.queryable.unsafe('select 1 as a, 2 as a').values()).toEqual([[1, 2]]);
  const inside = pool.transaction({ settings: {}, readOnly: true }, (queryable) =>
    queryable.unsafe('select $1::int as a, 2 as a', [1]).values(),
  );
  expect(await inside).toEqual([[1, 2]]);
});

test('every statement runs prepared, once for each connection', async () => {
  const one = openPool({ url: server.url, max: 1, applicationName: 'prepared' });
  for (let n = 0; n < 3; n += 1) {
    await one.queryable.unsafe('select $1::int as n', [n]);
    await one.transaction({ settings: { 'hub.actor': 'x' }, readOnly: true }, (queryable) =>
      queryable.unsafe('select 2 as n', [], { prepare: false }),
    );
  }
  const prepared = await one.queryable.unsafe<{ statement: string }[]>(
    'select statement from pg_prepared_statements order by prepare_time',
  );
  expect(prepared.map((row) => row.statement)).toEqual([
    'select $1::int as n',
    'select set_config($1, $2, true)',
    'select 2 as n',
    'select statement from pg_prepared_statements order by prepare_time',
  ]);
  await one.end();
});

test('what PostgreSQL refuses is told by kind and constraint', async () => {
  const kindOf = async (text: string, parameters: unknown[] = []) =>
    pool
      .transaction(write, (queryable) => queryable.unsafe(text, parameters))
      .then(
        () => 'done',
        (error: DatabaseError) => [error.kind, error.sqlState, error.constraint],
      );
  await admin.queryable.unsafe(`insert into person values (1, 'Li')`);
  await admin.queryable.unsafe(`insert into phone values (1, '[2024-01-01,2024-02-01)')`);
  expect(await kindOf(`insert into person values (1, 'Li')`)).toEqual(['UNIQUE', '23505', 'person_pkey']);
  expect(await kindOf(`insert into person values (2, repeat('x', 30))`)).toEqual([
    'CHECK',
    '23514',
    'person_name_short',
  ]);
  expect(await kindOf('insert into phone values (9)')).toEqual(['FOREIGN_KEY', '23503', 'phone_person_fkey']);
  expect(await kindOf('delete from person')).toEqual(['FOREIGN_KEY', '23503', 'phone_person_fkey']);
  expect(await kindOf(`insert into phone values (1, '[2024-01-15,2024-03-01)')`)).toEqual([
    'CONFLICT',
    '23P01',
    'once',
  ]);
  expect(await kindOf('selec')).toEqual(['OTHER', '42601', undefined]);
  expect(await kindOf('select $1::int', ['word'])).toEqual(['OTHER', '22P02', undefined]);
});

test('a statement that takes too long is TIMEOUT', async () => {
  const hasty = openPool({ url: server.url, max: 1, applicationName: 'hasty', statementTimeoutMs: 400 });
  await expect(hasty.queryable.unsafe('select pg_sleep(300)')).rejects.toMatchObject({
    kind: 'TIMEOUT',
    sqlState: '57014',
  });
  await hasty.end();
});

test('a row policy that says no is DENIED', async () => {
  const work = pool.transaction(write, async (queryable) => {
    await queryable.unsafe('set local role reader');
    await queryable.unsafe('insert into guarded values (1)');
  });
  await expect(work).rejects.toMatchObject({ kind: 'DENIED', sqlState: '42501' });
});

test('two transactions that lock each other out end in CONFLICT for one of them', async () => {
  await admin.queryable.unsafe(`insert into person values (1, 'Li'), (2, 'Wang')`);
  await admin.queryable.unsafe(`alter role postgres set deadlock_timeout = '20ms'`);
  const patient = openPool({ url: server.url, max: 2, applicationName: 'deadlock' });
  let haveOne = 0;
  let bothHaveOne: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    bothHaveOne = resolve;
  });
  const update = (first: number, second: number) =>
    patient.transaction(write, async (queryable) => {
      await queryable.unsafe('update person set name = $2 where id = $1', [first, `from ${first}`]);
      haveOne += 1;
      if (haveOne === 2) bothHaveOne();
      await held;
      await queryable.unsafe('update person set name = $2 where id = $1', [second, `from ${first}`]);
    });
  const outcomes = await Promise.allSettled([update(1, 2), update(2, 1)]);
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(failed.map((outcome) => outcome.reason)).toMatchObject([{ kind: 'CONFLICT', sqlState: '40P01' }]);
  await patient.end();
});

test('no value, SQL, host or password is in an error, wherever one looks', async () => {
  const secret = 'Zhang San 13800000000';
  const texts: string[] = [];
  const collect = async (work: Promise<unknown>) => {
    const error = await work.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseError);
    for (let at = error as object | null; at && at !== Error.prototype; at = Object.getPrototypeOf(at)) {
      for (const key of Reflect.ownKeys(at)) texts.push(String(Reflect.get(at, key, error)));
    }
  };
  await admin.queryable.unsafe('create table if not exists secret (name text primary key)');
  const twice = async (queryable: Queryable) => {
    await queryable.unsafe('insert into secret values ($1)', [secret]);
    await queryable.unsafe('insert into secret values ($1)', [secret]);
  };
  await collect(pool.transaction(write, twice));
  // As drizzle wraps it.
  await collect(
    pool.transaction(write, (queryable) =>
      twice(queryable).catch((cause: unknown) => {
        throw new Error(`Failed query: insert into secret params: ${secret}`, { cause });
      }),
    ),
  );
  await collect(pool.queryable.unsafe('select $1::int', [secret]));
  await collect(pool.queryable.unsafe(`select '${secret}'::int`));
  const nowhere = openPool({ url: 'postgres://hub:s3cret@127.0.0.1:1/hub', max: 1, applicationName: 'nowhere' });
  await collect(nowhere.queryable.unsafe('select 1'));
  await nowhere.end();
  const told = texts.join('\n').replaceAll(/^\s+at .*$/gm, '');
  expect(told).not.toMatch(/Zhang|13800000000|insert|select|s3cret|127\.0\.0\.1/);
});

test('errors of the driver and of the system are UNAVAILABLE, and anything else is OTHER', () => {
  for (const code of ['CONNECTION_CLOSED', 'CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT']) {
    expect(toDatabaseError(Object.assign(new Error('x'), { code })).kind).toBe('UNAVAILABLE');
  }
  for (const other of [new Error('x'), 'x', undefined, null]) expect(toDatabaseError(other).kind).toBe('OTHER');
});

test('a pool opens no more connections than it may, and who waits too long is turned away', async () => {
  const small = openPool({ url: server.url, max: 2, applicationName: 'small', acquireTimeoutMs: 2_000 });
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held = Array.from({ length: 2 }, () => small.hold(() => released));
  await expect(small.queryable.unsafe('select 1')).rejects.toMatchObject({ kind: 'UNAVAILABLE', sqlState: '53400' });
  release();
  await Promise.all(held);
  expect(await small.queryable.unsafe('select 1 as n')).toEqual([{ n: 1 }]);
  const [row] = await admin.queryable.unsafe<{ n: number }[]>(
    `select count(*) as n from pg_stat_activity where application_name = 'small'`,
  );
  expect(row?.n).toBe(2);
  await small.end();
});

test('ending a pool waits for what is running, turns away what comes, and leaves no connection', async () => {
  const ending = openPool({ url: server.url, max: 1, applicationName: 'ending' });
  let begun: () => void = () => undefined;
  const begins = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const running = ending.transaction(write, async (queryable) => {
    await insert(queryable, 1, 'Li');
    begun();
    await delay(60);
    await insert(queryable, 2, 'Wang');
  });
  await begins;
  const waiting = ending.queryable.unsafe('select 1').catch((error: DatabaseError) => error.kind);
  const end = ending.end();
  await expect(ending.queryable.unsafe('select 1')).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  await Promise.all([running, end, ending.end()]);
  expect(await waiting).toBe('UNAVAILABLE');
  expect(await names()).toEqual(['Li', 'Wang']);
  await expect
    .poll(() => admin.queryable.unsafe(`select 1 from pg_stat_activity where application_name = 'ending'`))
    .toEqual([]);
});

test('wrong credentials and a database that is not there are UNAVAILABLE', async () => {
  const wrong = new URL(server.url);
  wrong.password = 'wrong';
  const absent = new URL(server.url);
  absent.pathname = '/absent';
  for (const [url, sqlState] of [
    [wrong, '28P01'],
    [absent, '3D000'],
  ] as const) {
    const closed = openPool({ url: url.href, max: 1, applicationName: 'wrong' });
    await expect(closed.queryable.unsafe('select 1')).rejects.toMatchObject({ kind: 'UNAVAILABLE', sqlState });
    await closed.end();
  }
});

test('what an attempt wrote is undone when it fails, and the transaction goes on', async () => {
  await pool.transaction(write, async (transaction) => {
    await insert(transaction, 1, 'before');
    await expect(
      transaction.attempt(async () => {
        await insert(transaction, 2, 'undone');
        throw new RangeError('a rule is broken');
      }),
    ).rejects.toThrow('a rule is broken');
    await expect(
      transaction.attempt(async () => {
        await insert(transaction, 3, 'undone too');
        await insert(transaction, 1, 'twice');
      }),
    ).rejects.toMatchObject({ kind: 'UNIQUE' });
    expect(
      await transaction.attempt(async () => {
        await insert(transaction, 4, 'kept');
        return 'done';
      }),
    ).toBe('done');
    await insert(transaction, 5, 'after');
  });
  expect(await names()).toEqual(['before', 'kept', 'after']);
});

test('an attempt fails for a statement that nobody waited for', async () => {
  await pool.transaction(write, async (transaction) => {
    await expect(
      transaction.attempt(async () => {
        insert(transaction, 1, 'a name that is far too long').catch(() => undefined);
        await insert(transaction, 2, 'beside it').catch(() => undefined);
      }),
    ).rejects.toMatchObject({ kind: 'CHECK' });
    await insert(transaction, 3, 'after');
  });
  expect(await names()).toEqual(['after']);
});

test('an attempt whose connection is lost once its work is done fails as one that was lost', async () => {
  const lost = pool.transaction(write, async (transaction) => {
    const [backend] = await transaction.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid');
    return transaction.attempt(() => admin.queryable.unsafe('select pg_terminate_backend($1, 60000)', [backend?.pid]));
  });
  await expect(lost).rejects.toMatchObject({ name: 'DatabaseError', kind: 'UNAVAILABLE' });
});

test('an attempt whose connection is lost takes the whole transaction with it', async () => {
  const lost = pool.transaction(write, async (transaction) => {
    await insert(transaction, 1, 'before');
    const [backend] = await transaction.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid');
    await transaction
      .attempt(async () => {
        await admin.queryable.unsafe('select pg_terminate_backend($1, 60000)', [backend?.pid]);
        await insert(transaction, 2, 'lost');
      })
      .catch(() => undefined);
    await insert(transaction, 3, 'after');
  });
  await expect(lost).rejects.toMatchObject({ kind: 'UNAVAILABLE' });
  expect(await names()).toEqual([]);
});
