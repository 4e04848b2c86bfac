/** The log of what agencies read can be checked by whoever has the key, and shows whatever was done to it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccessLogKey } from '@hub/gateway';
import type { JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Verified, verifyChain } from '../../scripts/audit/chain.ts';
import { registerAgency, type TestAgency } from '../hub/agency.ts';
import { type Hub, startHub } from '../hub/hub.ts';

let hub: Hub;
let agency: TestAgency;
let folder: string;
let headFile: string;
let publicKey: JWK;
const list = '{ committee(code: "310117") { name } }';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-log-'));
  headFile = join(folder, 'access-log-head.jws');
  const privateKey = await createAccessLogKey();
  const { d: _private, ...half } = JSON.parse(privateKey) as JWK;
  publicKey = half;
  hub = await startHub('in process', { config: { accessLog: { privateKey, headFile } } });
  agency = await registerAgency(hub, '310117');
  for (let n = 0; n < 12; n += 1) await agency.ask(list);
  await agency.ask('{ committee(code: "310117") { members { totalCount } } }');
  // What the gateway signs when it stops.
  await hub.restart();
  for (let n = 0; n < 4; n += 1) await agency.ask(list);
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const verify = async (): Promise<Verified> =>
  verifyChain(hub.database.admin, [publicKey], [await readFile(headFile, 'utf8')]);

test('a log that nobody touched is sound, its end signed beside the database', async () => {
  expect(await verify()).toEqual({ entries: 17, checkpoints: expect.any(Number), faults: [] });
});

describe('shows', () => {
  const undo: (() => Promise<unknown>)[] = [];
  beforeEach(async () => {
    for (const one of undo.splice(0).reverse()) await one();
    expect((await verify()).faults).toEqual([]);
  });
  /** Changes the log as somebody could who administers the database, and puts it right again afterwards. */
  async function after(change: () => Promise<unknown>): Promise<readonly string[]> {
    const { admin } = hub.database;
    await admin`create table kept as table cooperation.access_entry`;
    await admin`create table kept_checkpoints as table cooperation.access_checkpoint`;
    undo.push(async () => {
      await admin`delete from cooperation.access_entry`;
      await admin`insert into cooperation.access_entry select * from kept`;
      await admin`delete from cooperation.access_checkpoint`;
      await admin`insert into cooperation.access_checkpoint select * from kept_checkpoints`;
      await admin`drop table kept`;
      await admin`drop table kept_checkpoints`;
    });
    await change();
    return (await verify()).faults;
  }
  const admin = () => hub.database.admin;

  test.each([
    ['rows', () => admin()`update cooperation.access_entry set rows = rows + 1 where number = 5`],
    ['fields', () => admin()`update cooperation.access_entry set fields = fields[2:] where number = 5`],
    ['the time', () => admin()`update cooperation.access_entry set at = at - interval '1 hour' where number = 5`],
    [
      'a refusal made a read',
      () => admin()`update cooperation.access_entry set outcome = 'READ', reason = null where number = 13`,
    ],
    ['who read', () => admin()`update cooperation.access_entry set agency = gen_random_uuid() where number = 5`],
  ] as const)('%s that were changed', async (_, change) => {
    expect(await after(change)).toEqual([expect.stringMatching(/^entry (5|13) was changed$/)]);
  });

  test('one that was changed and given the hash that fits', async () => {
    const faults = await after(async () => {
      await admin()`update cooperation.access_entry set rows = rows + 1 where number = 5`;
      await admin()`update cooperation.access_entry as entry set hash = cooperation.hash_of_access(entry) where number = 5`;
    });
    expect(faults).toEqual(['entry 6 doesn’t follow the one before it']);
  });

  test('all that follow it recomputed as well, since ends were signed', async () => {
    const faults = await after(() =>
      admin().unsafe(`do $$ declare one cooperation.access_entry; last text; begin
        update cooperation.access_entry set rows = rows + 1 where number = 5;
        select previous into last from cooperation.access_entry where number = 5;
        for one in select * from cooperation.access_entry where number >= 5 order by number loop
          one.previous := last;
          last := cooperation.hash_of_access(one);
          update cooperation.access_entry set previous = one.previous, hash = last where number = one.number;
        end loop;
      end $$`),
    );
    expect(faults).toContain('entry 17 isn’t the one that was signed');
  });

  test('one that is missing, and several', async () => {
    expect(await after(() => admin()`delete from cooperation.access_entry where number = 7`)).toEqual([
      'entry 7 is missing',
    ]);
    for (const one of undo.splice(0).reverse()) await one();
    expect(await after(() => admin()`delete from cooperation.access_entry where number in (1, 2, 3)`)).toEqual([
      'entries 1 to 3 are missing',
    ]);
  });

  test('two that were put in each other’s place', async () => {
    const faults = await after(async () => {
      await admin()`update cooperation.access_entry set number = -1 where number = 8`;
      await admin()`update cooperation.access_entry set number = 8 where number = 9`;
      await admin()`update cooperation.access_entry set number = 9 where number = -1`;
    });
    expect(faults).toContain('entry 8 was changed');
    expect(faults).toContain('entry 9 was changed');
  });

  test('an end that was cut off, with the ends that were signed in the database too', async () => {
    const faults = await after(async () => {
      await admin()`delete from cooperation.access_entry where number > 15`;
      await admin()`delete from cooperation.access_checkpoint`;
    });
    expect(faults).toEqual(['entries 16 to 17 were cut off: 17 was signed']);
  });

  test('a signature of somebody else', async () => {
    const faults = await after(async () => {
      await admin()`insert into cooperation.access_checkpoint (number, signature) values (3, 'eyJhbGciOiJFZERTQSJ9.e30.AAAA') on conflict (number) do update set signature = excluded.signature`;
    });
    expect(faults).toEqual(['checkpoint 3: its signature isn’t of a key of the hub']);
  });
});
