import { createPassportKeys } from '@hub/access';
import { subgraphUrl } from '@hub/database';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPool, type Pool } from '../../packages/database/src/pool.ts';
import { requireUsableServer } from '../../packages/database/src/usable-server.ts';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { startHub } from '../hub/hub.ts';
import { ask, contractOperation, newFolder, startProcess } from '../processes/hub-process.ts';
import { prepare } from './on-a-server.ts';
import { answersOf } from './operations.ts';
import { startPooler } from './pgbouncer.ts';
import { asTestDatabase, type RealServer, startRealServer } from './real-server.ts';

let server: RealServer;
let direct: string;
/** The address of a subgraph's role. */
let asMembers: string;
beforeAll(async () => {
  server = await startRealServer(16);
  direct = await server.database('hub', 'superuser');
  await prepare(direct);
  asMembers = await subgraphUrl(direct, 'members');
  return () => server.stop();
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'usable',
    (error: { code?: string; sqlState?: string }) => error.code ?? error.sqlState,
  );

async function pooler(settings: Record<string, string>, users: Parameters<typeof startPooler>[2] = []) {
  const started = await startPooler(server, settings, users);
  onTestFinished(() => started.stop());
  return started;
}

describe('a pooler that hands out connections by session', () => {
  test.each([
    ['as it comes', {}],
    ['that clears nothing', { server_reset_query: '' }],
    ['that takes turns', { server_round_robin: '1' }],
    ['with two connections for each user', { default_pool_size: '2' }],
  ])('%s is usable', async (_, settings) => {
    const { through } = await pooler({ pool_mode: 'session', ...settings });
    expect(await codeOf(requireUsableServer(through(direct)))).toBe('usable');
  });

  test('is told apart from one with a single connection', async () => {
    const { through } = await pooler({ pool_mode: 'session', default_pool_size: '1' });
    expect(await codeOf(requireUsableServer(through(direct)))).toBe('TOO_FEW_CONNECTIONS');
  });
});

describe.each(['transaction', 'statement'])('a pooler that hands out connections by %s is refused', (pool_mode) => {
  test.each([
    ['as it comes', {}],
    ['that takes turns', { server_round_robin: '1', min_pool_size: '8' }],
    ['that clears after each', { server_reset_query_always: '1' }],
    ['with a single connection', { default_pool_size: '1' }],
    ['that passes over what it doesn’t know', { ignore_startup_parameters: 'extra_float_digits,search_path' }],
  ])('%s', async (_, settings) => {
    const { through } = await pooler({ pool_mode, ...settings });
    expect(await codeOf(requireUsableServer(through(direct)))).toBe('POOLER_NOT_BY_SESSION');
  });
});

describe('behind a pooler by session that clears nothing', () => {
  let through: (url: string) => string;
  let stopPooler: () => Promise<void>;
  let pool: Pool;
  beforeAll(async () => {
    const started = await startPooler(server, { pool_mode: 'session', server_reset_query: '' });
    through = started.through;
    stopPooler = started.stop;
  });
  afterAll(() => stopPooler());
  const open = (settings: Record<string, string> = {}) => {
    pool = openPool({
      url: through(asMembers),
      max: 1,
      applicationName: 'behind-a-pooler',
      settings: { 'hub.public': 'yes', ...settings },
      statementTimeoutMs: 300,
    });
    onTestFinished(() => pool.end());
    return pool;
  };

  test('a session has what is its own and nothing of whoever had the connection before', async () => {
    const before = postgres(through(asMembers), { max: 1, onnotice: () => undefined });
    const [dirty] = await before
      .unsafe<{ pid: number }[]>(
        `set hub.staff_of = '330100'; set hub.public = 'no'; set "TimeZone" = 'Asia/Shanghai'; set "DateStyle" = 'German';
       set default_transaction_read_only = off; set statement_timeout = 0; set search_path = pg_catalog; set bytea_output = 'escape';
       set standard_conforming_strings = off; set client_encoding = 'LATIN1'; set work_mem = '64kB';
       select pg_backend_pid() as pid, pg_advisory_lock(1)`,
      )
      .then((results) => (results as unknown as { pid: number }[][]).at(-1) ?? []);
    await before.end();
    const [seen] = await open({ 'hub.subject': "it's a \\ back\\'slash '' 市" }).queryable.unsafe(
      `select pg_backend_pid() as pid, current_setting('application_name') as name,
        current_setting('hub.staff_of', true) as staff, current_setting('hub.public') as public, current_setting('hub.subject') as subject,
        current_setting('default_transaction_read_only') as "readOnly", current_setting('statement_timeout') as timeout,
        current_setting('idle_in_transaction_session_timeout') as idle, current_setting('search_path') as path,
        current_setting('standard_conforming_strings') as strings, current_setting('work_mem') as memory,
        '2024-02-29T08:30:00+08'::timestamptz as at, '\\x00ff'::bytea as bytes, '市' as text,
        (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks`,
    );
    expect(seen).toEqual({
      pid: dirty?.pid,
      name: 'behind-a-pooler',
      staff: '',
      public: 'yes',
      subject: "it's a \\ back\\'slash '' 市",
      readOnly: 'on',
      timeout: '300ms',
      idle: '1min',
      path: '"$user", public',
      strings: 'on',
      memory: '4MB',
      at: '2024-02-29T00:30:00.000Z',
      bytes: Buffer.from([0, 255]),
      text: '市',
      locks: 0,
    });
  });

  test('a statement that takes too long is ended, one by itself can’t write, an idle transaction ends', async () => {
    const timed = open({ idle_in_transaction_session_timeout: '200' });
    await expect(timed.queryable.unsafe('select pg_sleep(20)')).rejects.toMatchObject({ sqlState: '57014' });
    await expect(timed.queryable.unsafe('create temp table mine (id int)')).rejects.toMatchObject({
      sqlState: '25006',
    });
    const idle = timed.transaction({ settings: {}, readOnly: true }, async (transaction) => {
      const [own] = await transaction.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid');
      const admin = postgres(direct, { max: 1 });
      await expect
        .poll(() => admin`select 1 from pg_stat_activity where pid = ${own?.pid ?? 0}`, { timeout: 20_000 })
        .toHaveLength(0);
      await admin.end();
      await transaction.unsafe('select 1');
    });
    await expect(idle).rejects.toMatchObject({ kind: expect.stringMatching(/UNAVAILABLE|TIMEOUT/) });
    expect(await timed.queryable.unsafe('select 7 as seven')).toEqual([{ seven: 7 }]);
  });

  test('what is given up is cancelled, and the connection is good for the next', async () => {
    const patient = openPool({
      url: through(asMembers),
      max: 1,
      applicationName: 'given-up',
      statementTimeoutMs: 60_000,
    });
    onTestFinished(() => patient.end());
    const admin = postgres(direct, { max: 1 });
    onTestFinished(() => admin.end());
    const given = new AbortController();
    const sleeping = () =>
      admin`select 1 from pg_stat_activity where state = 'active' and query like '%pg_sleep%' and application_name = 'given-up'`;
    const slow = patient.hold((queryable) => queryable.unsafe('select pg_sleep(50)'), given.signal);
    const refused = expect(slow).rejects.toMatchObject({ sqlState: '57014' });
    await expect.poll(sleeping).toHaveLength(1);
    given.abort();
    await refused;
    expect(await sleeping()).toHaveLength(0);
    expect(await patient.queryable.unsafe('select 7 as seven')).toEqual([{ seven: 7 }]);
  });

  test('two starts at once, and a third, prepare a database one after the other; people are answered as without', async () => {
    const url = through(await server.database('behind', 'superuser'));
    const said = (await Promise.all([prepare(url), prepare(url)])).flat().sort();
    expect(said).toEqual([
      'Database …',
      'Database …',
      ...subgraphs
        .map(({ name }) => name)
        .sort()
        .map((name) => expect.stringMatching(new RegExp(`^${name}: \\d+ records`))),
    ]);
    expect(await prepare(url)).toEqual(['Database …']);
    const answers = await Promise.all(
      [url, direct].map(async (address) => {
        const hub = await startHub('in process', { database: asTestDatabase(server, address) });
        try {
          return await answersOf(hub);
        } finally {
          await hub.stop();
        }
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  test('pnpm start answers', { timeout: 300_000 }, async () => {
    // Of its own: what others wrote there is signed with another key.
    const url = through(await server.database('started', 'superuser'));
    const hub = startProcess('start', { DATABASE_URL: url, HUB_DATA_DIR: await newFolder(), PORT: '0' });
    const { query, variables } = await contractOperation('three-levels');
    const answer = await ask(await hub.url(), query, { variables });
    expect(answer).not.toHaveProperty('errors');
    expect(answer.data.committee.consultations.totalCount).toBeGreaterThan(0);
  });
});

describe('behind a pooler by transaction', () => {
  test('a start is refused in one sentence, and so is that of a subgraph by itself', { timeout: 300_000 }, async () => {
    const { through } = await pooler({ pool_mode: 'transaction' });
    const { publicKey } = await createPassportKeys();
    // Of its own: what others wrote there is signed with another key.
    const url = through(await server.database('refused', 'superuser'));
    const hub = startProcess('start', { DATABASE_URL: url, HUB_DATA_DIR: await newFolder(), PORT: '0' });
    const subgraph = startProcess('../subgraphs/members/src/main', {
      DATABASE_URL: through(asMembers),
      HUB_PASSPORT_PUBLIC_KEY: publicKey,
    });
    for (const [one, user] of [
      [hub, new URL(url).username],
      [subgraph, new URL(asMembers).username],
    ] as const) {
      expect(await one.ended).toBe(1);
      expect(one.complaint()).toMatch(
        new RegExp(
          `^The pooler that DATABASE_URL names hands out connections to the user ${user} by transaction or statement, .*\n$`,
        ),
      );
    }
  });

  test('a start is refused where it is so for a subgraph’s user alone', async () => {
    const { through } = await pooler({ pool_mode: 'session' }, [{ url: asMembers, settings: 'pool_mode=transaction' }]);
    await expect(prepare(through(direct))).rejects.toMatchObject({
      code: 'POOLER_NOT_BY_SESSION',
      message: expect.stringContaining(`to the user ${new URL(asMembers).username} by`),
    });
  });
});
