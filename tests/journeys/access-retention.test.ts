/** The log of what agencies read is kept as long as is set; that its beginning went, and that it was brought back, is said in it and signed. */
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cooperation } from '@hub/cooperation';
import { openDatabase, subgraphUrls } from '@hub/database';
import { createAccessLogKey, inProcess, openAccessLog, type Transport } from '@hub/gateway';
import { createSubgraph, type Subgraph } from '@hub/subgraph-server';
import { createTestDatabase, staff, type TestDatabase } from '@hub/testkit';
import type { JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Known, type Verified, verifyChain, verifyIn } from '../../scripts/audit/chain.ts';

const threeYears = 1_096;
const dayMs = 86_400_000;
const agesAgo = 1_200;

let database: TestDatabase;
let subgraph: Subgraph;
let transport: Transport;
let folder: string;
let headFile: string;
/** That of a gateway which read nothing since the first entries, outside of the folder. */
let otherHead: string;
let earlyHead: string;
let privateKey: string;
let key: JWK;
/** As the upkeep lays it. */
let append: string;
let warnings: string[] = [];

const open = (given: { head?: string; isRestoring?: boolean } = {}) =>
  openAccessLog({
    transport,
    timeoutMs: 30_000,
    signing: { privateKey, headFile: given.head ?? headFile },
    warn: (line) => warnings.push(line),
    isRestoring: given.isRestoring ?? false,
  });
const subject = randomUUID();
/** Reads of an agency, each a group of its own, by a gateway that stops then. */
async function write(times: number): Promise<void> {
  const log = open();
  for (let n = 0; n < times; n += 1)
    await log.append({
      agency: randomUUID(),
      committee: '330113',
      agreement: null,
      version: null,
      kid: 'key',
      token: null,
      tokenUntil: new Date().toISOString(),
      operation: 'hash',
      fields: ['Committee.name'],
      filters: null,
      rows: 1,
      subjects: [subject],
      address: '192.0.2.1',
      milliseconds: 1,
      refusal: null,
    });
  await log.stop();
}
/** The same so many days ago, by the clock of the server as by the hub's. */
async function writeAgo(days: number, times: number): Promise<void> {
  await database.admin.unsafe(append.replaceAll('clock_timestamp()', `(clock_timestamp() - interval '${days} days')`));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - days * dayMs });
  try {
    await write(times);
  } finally {
    vi.useRealTimers();
    await database.admin.unsafe(append);
  }
}
async function sweep(head = headFile): Promise<number> {
  const log = open({ head });
  const swept = await log.sweep(threeYears);
  await log.stop();
  return swept;
}

const heads = async () =>
  Promise.all(
    (await readdir(folder)).map(async (name) => ({
      where: name,
      signature: await readFile(join(folder, name), 'utf8'),
    })),
  );
const verify = async (given?: Partial<Known>): Promise<Verified> =>
  verifyChain(database.admin, { keys: [key], heads: await heads(), ...given });
const numbers = async (table: string): Promise<number[]> =>
  (await database.admin.unsafe(`select number::int from cooperation.${table} order by number`)).map(
    (row) => row['number'],
  );

const undone = new Error('undone');
/** What is found after a change, with what is kept beside the database and without; the change is undone then. */
async function faultsAfter(change: string): Promise<(readonly string[])[]> {
  const found: (readonly string[])[] = [];
  const kept = await heads();
  const undo = (error: unknown) => {
    if (error !== undone) throw error;
  };
  await database.admin
    .begin(async (sql) => {
      for (const known of [kept, []])
        await sql
          .savepoint(async (inner) => {
            await inner.unsafe(change);
            found.push((await verifyIn(inner, { keys: [key], heads: known })).faults);
            throw undone;
          })
          .catch(undo);
      throw undone;
    })
    .catch(undo);
  return found;
}
const cutBefore = (number: number) =>
  ['entry', 'subject', 'checkpoint']
    .map((name) => `delete from cooperation.access_${name} where number < ${number};`)
    .join('');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-retention-'));
  headFile = join(folder, 'access-log-head.jws');
  privateKey = await createAccessLogKey();
  key = JSON.parse(privateKey) as JWK;
  database = await createTestDatabase('empty');
  const urls = await subgraphUrls(database.url, ['cooperation']);
  const pool = openDatabase({ url: urls.get('cooperation') ?? '', name: 'cooperation', fetchTimeoutMs: 30_000 });
  subgraph = createSubgraph(cooperation, pool, () => undefined);
  transport = inProcess([subgraph]);
  const [definition] = await database.admin`
    select pg_get_functiondef('cooperation.append_accesses(jsonb)'::regprocedure) as text`;
  append = definition?.['text'];
  // Who may read is another matter than how long it is kept.
  await database.admin.unsafe(`create or replace function cooperation.refusal_of_access(given jsonb, out refusal text, out retry_after integer)
    language plpgsql security definer set search_path = '' as $$ begin end $$`);
  await writeAgo(agesAgo, 4);
  otherHead = `${folder}-other.jws`;
  await cp(headFile, otherHead);
  earlyHead = await readFile(headFile, 'utf8');
  await writeAgo(200, 2);
});
afterAll(async () => {
  await subgraph?.close();
  await database?.drop();
  await Promise.all([folder, otherHead].map((path) => rm(path, { recursive: true, force: true })));
});
afterEach(() => {
  warnings = [];
});

describe('entries that were kept as long as is set', () => {
  test('stay where the database alone says that they are so old', async () => {
    const { admin } = database;
    await admin`create table public.known as select number, at from cooperation.access_entry`;
    await admin`update cooperation.access_entry set at = at - interval '2000 days'`;
    expect(await sweep()).toBe(0);
    expect(warnings).toEqual([expect.stringMatching(/up to 6 .* no signature of the hub says so/)]);
    await admin`update cooperation.access_entry as one set at = known.at from public.known where known.number = one.number`;
    await admin`drop table public.known`;
    expect(await numbers('access_entry')).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('go as whole groups, and a signed entry says which', async () => {
    // Two gateways do it once, and one that read nothing since raises no alarm.
    expect((await Promise.all([sweep(), sweep(otherHead)])).sort()).toEqual([0, 4]);
    for (const table of ['access_entry', 'access_checkpoint']) expect(await numbers(table)).toEqual([5, 6, 7]);
    expect(await numbers('access_subject')).toEqual([5, 6]);
    const [entry] = await database.admin`select * from cooperation.access_entry where number = 7`;
    expect(entry).toMatchObject({ outcome: 'SWEPT', kid: key.kid, rows: 4, owner: '000000' });
    const [next] = await database.admin`select previous from cooperation.access_entry where number = 5`;
    expect(JSON.parse(entry?.['filters'])).toEqual({
      first: 1,
      last: 4,
      hash: next?.['previous'],
      days: threeYears,
      signed: expect.any(String),
    });
    const verified = await verify();
    expect(verified).toMatchObject({
      faults: [],
      notices: [
        expect.stringMatching(/^Entries up to 4 were removed by the hub, since they are kept for 1096 days: 1 to 4 on/),
      ],
      proven: { where: 'access-log-head.jws' },
    });
    // By whichever gateway was faster: the other has signed what was before.
    expect([6, 7]).toContain(verified.proven?.number);
    expect((await verify({ heads: [] })).faults).toEqual([]);
    // Nothing more is old, and whoever goes on writing does so from there.
    expect(await sweep()).toBe(0);
    await write(2);
    expect(await verify()).toMatchObject({ faults: [], entries: 5, proven: { number: 9 } });
    expect(warnings).toEqual([]);
    // What was signed of those that went says nothing of those that are there.
    const early = [{ where: 'early', signature: earlyHead }];
    expect(await verify({ heads: early })).toMatchObject({ faults: [], proven: null });
  });

  test('are told from those that somebody else cut off, with and without what is kept beside the database', async () => {
    for (const number of [6, 7, 8, 9]) {
      const [withHead, without] = await faultsAfter(cutBefore(number));
      const missing = number === 6 ? 'entry 5 is missing' : `entries 5 to ${number - 1} are missing`;
      expect(withHead).toContain(number > 7 ? missing.replace('5', '1') : missing);
      expect(without).not.toEqual([]);
    }
    const said = `update cooperation.access_entry set filters = replace(filters, '"last":4', '"last":5') where number = 7;`;
    for (const change of [
      `${cutBefore(6)}${said}`,
      `${cutBefore(6)}${said} update cooperation.access_entry as one set hash = cooperation.hash_of_access(one) where number = 7`,
      // What the hub removed, put back.
      `insert into cooperation.access_entry select (jsonb_populate_record(one, jsonb_build_object('number', 4, 'id', gen_random_uuid()))).* from cooperation.access_entry as one where number = 5`,
    ])
      for (const faults of await faultsAfter(change)) expect(faults).not.toEqual([]);
  });

  test('are removed by nobody’s request, and none that are younger than half a year by anything', async () => {
    const [{ hash } = { hash: '' }] = await database.admin`select hash from cooperation.access_entry where number = 9`;
    const said = { first: 5, last: 9, hash, days: 1 };
    const given = { entries: [{ reason: 'SWEPT', filters: JSON.stringify(said) }], signature: '' };
    const before = await numbers('access_entry');
    const [verdict] = await database.admin`select * from cooperation.append_accesses(${database.admin.json(given)})`;
    expect(verdict).toMatchObject({ refusal: 'CONFLICT', logged: false });
    expect(await numbers('access_entry')).toEqual(before);
    for (const query of [
      '{ oldAccesses(days: 1096, most: 1) { first } }',
      'mutation { recordAccesses(entries: [], signature: "") { number } }',
    ]) {
      const { result } = await subgraph.execute({ query, variables: {} }, staff('000000'));
      expect(result.errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
    }
  });
});

describe('a log that was brought back', () => {
  const last = async () =>
    (
      await database.admin`select number::int, outcome, rows, filters::jsonb as said from cooperation.access_entry order by number desc limit 1`
    )[0];
  const openOnce = async (given: Parameters<typeof open>[0]) => {
    const log = open(given);
    await log.open();
    await log.stop();
  };
  /** As it was before the entries after a number were written. */
  const bringBack = (number: number) =>
    database.admin.unsafe(
      ['entry', 'subject', 'checkpoint']
        .map((name) => `delete from cooperation.access_${name} where number > ${number}`)
        .join(';'),
    );

  test('as a dump in another database says so at the first start there, once', async () => {
    await database.admin`update cooperation.access_place set place = 'elsewhere'`;
    expect((await verify()).notices.join()).toMatch(/brought back since a gateway opened it last/);
    await Promise.all([openOnce({}), openOnce({ head: otherHead })]);
    const said = {
      restored: null,
      taken: null,
      writtenBy: null,
      last: 9,
      hash: expect.any(String),
      lost: null,
      by: 'START',
    };
    expect(await last()).toEqual({ number: 10, outcome: 'RESTORED', rows: 0, said });
    await openOnce({});
    expect(await last()).toMatchObject({ number: 10 });
    const { faults, notices } = await verify();
    expect(faults).toEqual([]);
    expect(notices.join()).toMatch(
      /Found on .* to have been brought back, by whom nothing in the log says, up to entry 9/,
    );
  });

  test('by whoever restored it says which numbers had been signed and are lost; what was signed of these is no fault', async () => {
    await write(2);
    await bringBack(11);
    await database.admin`insert into cooperation.restoration (taken, hub) values (now() - interval '1 hour', '1.0.0')`;
    await openOnce({ isRestoring: true });
    const [{ at } = { at: '' }] = await database.admin`select at::text from cooperation.restoration`;
    const { said, ...entry } = (await last()) as { said: { restored: string } };
    expect(entry).toEqual({ number: 12, outcome: 'RESTORED', rows: 1 });
    expect(said).toMatchObject({ writtenBy: '1.0.0', last: 11, lost: { number: 12 }, by: 'RESTORE' });
    expect(Date.parse(said.restored)).toBe(Date.parse(at));
    expect(warnings).toEqual([expect.stringMatching(/was cut off, changed or restored/)]);
    await write(1);
    const { faults, notices, proven } = await verify();
    expect([faults, proven?.number]).toEqual([[], 13]);
    expect(notices.join()).toMatch(
      /Restored on .* from a backup of .*, up to entry 11: what was written up to entry 12 had been signed and is lost/,
    );
  });

  test('by nobody who says so keeps what was signed as a fault, until it is moved away; another log’s administrator can’t say so', async () => {
    await write(1);
    await bringBack(13);
    await database.admin`insert into cooperation.restoration (taken, hub) values (now(), '1.0.0')`;
    await openOnce({});
    expect(await last()).toMatchObject({
      number: 14,
      outcome: 'RESTORED',
      said: { last: 13, lost: { number: 14 }, by: 'START' },
    });
    const { faults } = await verify();
    expect(faults).toEqual([expect.stringMatching(/^entry 14 isn’t the one that was signed \(access-log-head-/)]);
    const [aside] = faults.map((fault) => fault.match(/\((.*)\)/)?.[1] ?? '');
    await rm(join(folder, aside ?? ''));
    expect(await verify()).toMatchObject({ faults: [], proven: { number: 14 } });
    const forged = `update cooperation.access_entry set filters = replace(filters, 'START', 'RESTORE') where number = 14`;
    for (const found of await faultsAfter(forged)) expect(found).not.toEqual([]);
  });
});
