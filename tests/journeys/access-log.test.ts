/** The log of what agencies read can be checked by whoever has the key, and shows whatever was done to it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccessLogKey } from '@hub/gateway';
import type { JWK } from 'jose';
import type postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Known, type Verified, verifyChain, verifyIn } from '../../scripts/audit/chain.ts';
import { registerAgency, type TestAgency } from '../hub/agency.ts';
import { type Hub, startHub } from '../hub/hub.ts';

let hub: Hub;
let agency: TestAgency;
let folder: string;
let headFile: string;
let key: JWK;
/** Whether the gateway gets no further than writing, as one that is killed then. */
let isCutShort = false;
const linping = '330113';
const list = '{ committee(code: "330113") { name } }';
const refused = '{ committee(code: "330113") { members { totalCount } } }';
const members = '{ committee(code: "330113") { members(orderBy: NAME_ASC, first: 2) { nodes { name } } } }';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-log-'));
  headFile = join(folder, 'access-log-head.jws');
  const privateKey = await createAccessLogKey();
  key = JSON.parse(privateKey) as JWK;
  hub = await startHub('in process', {
    config: { accessLog: { privateKey, headFile } },
    before: ({ query }) => {
      if (isCutShort && query.includes('signAccesses')) throw new Error('killed');
    },
  });
  agency = await registerAgency(hub, linping);
  const fields = ['Query.members', 'Committee.members', 'Member.id', 'Member.name', 'Member.person'];
  const agreement = await agency.agree({
    committee: linping,
    regions: [linping],
    datasets: [{ dataset: 'members', fields }],
  });
  await agency.ask(list);
  await Promise.all([1, 2, 3].map(() => agency.ask(list)));
  for (let n = 0; n < 4; n += 1) await agency.ask(refused);
  // The gateway signs, and enters what it counted, when it stops.
  await hub.restart();
  await agency.ask(members, { agreement });
  await agency.ask(refused);
  await agency.ask(list);
  await hub.restart();
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const known = async (): Promise<Known> => ({
  keys: [key],
  heads: [{ where: 'the head', signature: await readFile(headFile, 'utf8') }],
});
const verify = async (given?: Partial<Known>): Promise<Verified> =>
  verifyChain(hub.database.admin, { ...(await known()), ...given });

test('a log that nobody touched is sound, its end proven by what is kept beside the database', async () => {
  const verified = await verify();
  expect(verified).toEqual({
    entries: expect.any(Number),
    checkpoints: expect.any(Number),
    faults: [],
    notices: [],
    proven: { number: verified.entries, where: 'the head' },
  });
});

/** Tables and what of them is found by a name of its own. */
const tables = ['access_entry', 'access_subject', 'access_checkpoint', 'access_key'] as const;

/** Another value of the same type. */
const otherValues: Readonly<Record<string, (column: string) => string>> = {
  uuid: () => 'gen_random_uuid()',
  text: (column) => `coalesce(${column}, '') || 'x'`,
  ARRAY: (column) => `array_append(${column}, 'x')`,
  bigint: (column) => `coalesce(${column}, 0) + 1000`,
  integer: (column) => `coalesce(${column}, 0) + 1`,
  'timestamp with time zone': (column) => `coalesce(${column}, now()) + interval '1 millisecond'`,
};

/** Numbers and hashes as they would be, had the entries been written so. */
const relink = `do $$ declare one record; entry cooperation.access_entry; last_hash text; place bigint := 0; begin
  select hash into last_hash from cooperation.access_key where ordinal = 1;
  for one in select ctid as row_at from cooperation.access_entry order by number loop
    select * into entry from cooperation.access_entry where ctid = one.row_at;
    place := place + 1;
    entry.number := place;
    entry.previous := last_hash;
    last_hash := cooperation.hash_of_access(entry);
    update cooperation.access_entry set number = place, previous = entry.previous, hash = last_hash where ctid = one.row_at;
  end loop;
end $$`;

describe('shows to whoever has the key whatever somebody who administers the database does:', () => {
  const undone = new Error('undone');
  /** What is found after each of some changes, which is undone then. Constraints hold nobody up who administers the database. */
  async function afterEachOf(changes: readonly string[], given?: Partial<Known>): Promise<(readonly string[])[]> {
    const knownNow = { ...(await known()), ...given };
    const found: (readonly string[])[] = [];
    const undo = (error: unknown) => {
      if (error !== undone) throw error;
    };
    await hub.database.admin
      .begin(async (sql) => {
        await sql.unsafe(unbound);
        for (const change of changes)
          await sql
            .savepoint(async (inner) => {
              await inner.unsafe(change);
              found.push((await verifyIn(inner, knownNow)).faults);
              throw undone;
            })
            .catch(undo);
        throw undone;
      })
      .catch(undo);
    return found;
  }
  const after = async (change: string, given?: Partial<Known>) => (await afterEachOf([change], given))[0] ?? [];
  /** Those of the changes that nothing is found of. */
  async function unseen(changes: readonly string[]): Promise<readonly string[]> {
    const found = await afterEachOf(changes);
    return changes.filter((_, at) => found[at]?.length === 0);
  }
  const unbound = tables
    .map(
      (table) => `do $$ declare one record; begin
        for one in select conname from pg_constraint where conrelid = 'cooperation.${table}'::regclass and contype in ('p', 'u', 'c') loop
          execute format('alter table cooperation.${table} drop constraint %I', one.conname);
        end loop; end $$;`,
    )
    .join('\n');
  const rowsOf = (table: string): Promise<{ place: string; kind: string }[]> =>
    hub.database.admin.unsafe(
      table === 'access_entry'
        ? `select ctid::text as place, concat(outcome, times > 1, subjects = '{}', number = 10) as kind from cooperation.access_entry order by number`
        : `select ctid::text as place, ctid::text as kind from cooperation.${table} order by ctid`,
    );
  const columnsOf = (table: string): Promise<{ name: string; type: string }[]> =>
    hub.database.admin.unsafe(
      `select column_name as name, data_type as type from information_schema.columns where table_schema = 'cooperation' and table_name = '${table}'`,
    );

  test.each(tables)('values of each row of %s changed, each row removed, doubled and renumbered', async (table) => {
    const columns = await columnsOf(table);
    // Of entries that say the same kind of thing, one is changed in each column.
    const kinds = new Set<string>();
    const changes: string[] = [];
    for (const { place, kind } of await rowsOf(table)) {
      const where = `where ctid = '${place}'`;
      const set = ({ name, type }: { name: string; type: string }) =>
        `update cooperation.${table} set ${name} = ${otherValues[type]?.(name)} ${where}`;
      const isNew = !kinds.has(kind);
      kinds.add(kind);
      changes.push(...columns.filter(({ name }) => isNew || name === 'number').map(set));
      changes.push(
        `delete from cooperation.${table} ${where}`,
        `insert into cooperation.${table} select * from cooperation.${table} ${where}`,
      );
    }
    expect(changes.length).toBeGreaterThan(3);
    expect(await unseen(changes)).toEqual([]);
  });

  test('the last entry changed, any removed, put elsewhere or added, with numbers and hashes that fit', async () => {
    const entry = 'cooperation.access_entry';
    const last = `(select max(number) from ${entry})`;
    const copy = (number: string) =>
      `insert into ${entry} select (jsonb_populate_record(one, jsonb_build_object('number', ${number}, 'id', gen_random_uuid()))).* from ${entry} as one where number = ${last}`;
    const changes = [
      ...(await columnsOf('access_entry'))
        .filter(({ name }) => !['number', 'previous', 'hash'].includes(name))
        .map(({ name, type }) => `update ${entry} set ${name} = ${otherValues[type]?.(name)} where number = ${last}`),
      `update ${entry} set outcome = 'READ', reason = null where outcome = 'REFUSED'`,
      copy('number + 1'),
      `update ${entry} set number = number + 1; ${copy('1')}`,
      `update ${entry} set number = case number when 4 then 5 else 4 end where number in (4, 5)`,
      ...(await rowsOf('access_entry')).map(({ place }) => `delete from ${entry} where ctid = '${place}'`),
      ...[2, 5, 10].map((number) => `update ${entry} set number = -number where number = ${number}`),
    ];
    expect(await unseen(changes.map((change) => `${change}; ${relink}`))).toEqual([]);
  });

  test('an entry that is numbered 0, negative or beyond the next', async () => {
    for (const number of [0, -1, 1000]) {
      const faults = await after(
        `insert into cooperation.access_entry select (jsonb_populate_record(one, jsonb_build_object('number', ${number}, 'id', gen_random_uuid()))).* from cooperation.access_entry as one where number = 1;
        update cooperation.access_entry as one set hash = cooperation.hash_of_access(one) where number = ${number}`,
      );
      expect(faults.join()).toMatch(number > 0 ? /are missing/ : new RegExp(`entry ${number}: the hub gives no such`));
    }
  });

  test('an end that was cut off with all that signed it, and everything', async () => {
    const cutAt = (number: number) =>
      ['entry', 'subject', 'checkpoint'].map(
        (name) => `delete from cooperation.access_${name} where number > ${number}`,
      );
    expect(await after(cutAt(8).join(';'))).toEqual(['entries 9 to 10 were cut off: 10 was signed']);
    expect(await after(cutAt(0).join(';'))).toEqual(['entries 1 to 10 were cut off: 10 was signed']);
    expect(await after([...cutAt(0), 'delete from cooperation.access_key'].join(';'))).toEqual([
      'the head: it is the end of another chain than this',
    ]);
  });

  test('without what is kept beside the database it says that nothing proves the end', async () => {
    expect(await verify({ heads: [] })).toMatchObject({ faults: [], proven: null });
    // And an end within a group is seen all the same.
    expect(await after('delete from cooperation.access_entry where number = 10', { heads: [] })).not.toEqual([]);
    expect(await after('delete from cooperation.access_entry', { heads: [] })).not.toEqual([]);
  });

  test('signatures that are put in each other’s place', async () => {
    for (const column of ['signature', 'head']) {
      const swapped = `update cooperation.access_checkpoint as one set ${column} = other.${column} from cooperation.access_checkpoint as other
        where one.number <> other.number and one.number in (9, 10) and other.number in (9, 10)`;
      expect(await after(swapped)).not.toEqual([]);
    }
  });

  test('a key that nobody has handed on to', async () => {
    const other = JSON.parse(await createAccessLogKey()) as JWK;
    expect((await verify({ keys: [other] })).faults.join()).toMatch(/neither known here nor handed on to/);
  });
});

test('refusals of a kind in a minute are two entries at most, the second with how many they were', async () => {
  const { committee } = await hub.do(
    '{ committee(code: "330113") { accesses(filter: { outcome: REFUSED }) { nodes { reason rows times since until } } } }',
    {},
    await hub.staff(linping),
  );
  const one = { reason: 'OUTSIDE_AGREEMENT', rows: 0, times: 1, since: null, until: null };
  const instant = expect.stringMatching(/^\d{4}-.*Z$/);
  expect(committee.accesses.nodes).toEqual([one, { ...one, times: 3, since: instant, until: instant }, one]);
});

describe('raises no alarm', () => {
  test('where a gateway is killed before it signs the end, or before it keeps it beside the database', async () => {
    const before = await readFile(headFile, 'utf8');
    isCutShort = true;
    await agency.ask(list);
    await hub.restart();
    isCutShort = false;
    expect(await verify()).toMatchObject({ faults: [], notices: [expect.stringMatching(/hasn’t signed its end/)] });
    await writeFile(headFile, before);
    expect(await verify()).toMatchObject({ faults: [], proven: { number: 10 } });
    // The next one goes on from there.
    await agency.ask(list);
    expect(await verify()).toMatchObject({ faults: [], proven: { number: 12 } });
  });

  test('where a key hands on to the next, while another gateway still signs with the earlier', async () => {
    const next = JSON.parse(await createAccessLogKey()) as JWK;
    const set = JSON.stringify({ keys: [next, key] });
    const others = { privateKey: set, headFile: join(folder, 'next.jws') };
    const gateway = await hub.anotherGateway({ accessLog: others });
    const ask = async () =>
      (
        await fetch(`${gateway.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${await agency.token()}` },
          body: JSON.stringify({ query: list }),
        })
      ).status;
    expect([await ask(), (await agency.ask(list)).status, await ask()]).toEqual([200, 200, 200]);
    await gateway.stop();
    const heads = [...(await known()).heads, { where: 'the next', signature: await readFile(others.headFile, 'utf8') }];
    for (const keys of [[key], [next], [key, next]])
      expect(await verify({ keys, heads })).toMatchObject({
        faults: [],
        proven: { number: 15, where: 'the next' },
      });
  });
});

describe('a gateway whose key is another than the log’s', () => {
  const startWith = (privateKey: string) => hub.anotherGateway({ accessLog: { privateKey }, follow: false });
  test('doesn’t start, and says what to do', async () => {
    await expect(startWith(await createAccessLogKey())).rejects.toThrow(/isn’t the one that signs.*audit:rotate/);
    await expect(startWith(JSON.stringify(key))).rejects.toThrow(/was succeeded by another/);
  });
  test('begins a part that nobody vouches for where the key was lost, and says so', async () => {
    const [last] = await hub.database.admin<{ statement: string }[]>`
      select statement from cooperation.access_key order by ordinal desc limit 1`;
    const { key: signing } = JSON.parse(Buffer.from(last?.statement.split('.')[1] ?? '', 'base64url').toString()) as {
      key: JWK;
    };
    const fresh = JSON.parse(await createAccessLogKey()) as JWK;
    const gateway = await startWith(JSON.stringify({ keys: [fresh], lost: signing.kid }));
    await gateway.stop();
    const notice = expect.stringMatching(/The key before key 3 was lost/);
    const { notices, faults } = await verify({ keys: [key, fresh] });
    expect([notices, faults]).toEqual([expect.arrayContaining([notice]), []]);
    expect((await verify({ keys: [key] })).faults).toEqual([expect.stringMatching(/^key 3 .* neither known here/)]);
  });
});

test('what earlier versions wrote is found as they wrote it, and goes on', async () => {
  const { admin } = hub.database;
  const old = (sql: postgres.Sql) =>
    sql.unsafe(`
    delete from cooperation.access_checkpoint; delete from cooperation.access_key;
    delete from cooperation.access_entry where number > 3 or times > 1; delete from cooperation.access_subject where number > 3;
    do $$ declare one cooperation.access_entry; last text := ''; begin
      for one in select * from cooperation.access_entry order by number loop
        one.previous := last;
        last := encode(sha256(convert_to(jsonb_build_array(one.previous, one.number, one.id, one.owner, one.visibility, one.parties, one.subjects,
          one.agency, one.agreement, one.version, one.kid, one.outcome, one.reason, one.operation, one.fields, one.filters, one.rows,
          to_char(one.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), one.address, one.milliseconds)::text, 'UTF8')), 'hex');
        update cooperation.access_entry set previous = one.previous, hash = last where number = one.number;
      end loop;
    end $$`);
  await old(admin);
  await rm(headFile);
  await hub.restart();
  await agency.ask(list);
  expect(await verify()).toMatchObject({ entries: 4, faults: [], proven: { number: 4 } });
  await admin`update cooperation.access_entry set times = 2 where number = 2`;
  expect((await verify()).faults).toEqual(['entry 2 was changed']);
});
