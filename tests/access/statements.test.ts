import { scopeSettings } from '@hub/access';
import { everyone, type TestDatabase, testRole } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { actorNames } from './cells.ts';
import type { World } from './fixture.ts';
import {
  counterViolations,
  keptViolations,
  openRoles,
  otherViolations,
  type Roles,
  readViolations,
  writeViolations,
} from './statements.ts';
import { createWorld } from './world.ts';

const schemas = subgraphs.map(({ name }) => name);
const accessLog = ['access_entry', 'access_subject'];
const webhookQueue = ['webhook_message', 'webhook_progress'];
/** What others tell, which only followers read and write. */
const followed = ['consultations', 'cooperation'].flatMap((schema) =>
  ['referable', 'reference_source'].map((table) => `${schema}.${table}`),
);
/** Read under policies, and written by functions of their own alone. */
const onlyRead = [...accessLog, ...webhookQueue];
let database: TestDatabase;
let world: World;
let roles: Roles;

beforeAll(async () => {
  ({ database, world } = await createWorld());
  roles = await openRoles(database.url, schemas);
});
afterAll(async () => {
  await roles.end();
  await database.drop();
});

test('the fixture fills every table, each with rows of every audience', () => {
  expect([...world.faults]).toEqual([]);
  for (const table of world.tables) {
    const rows = world.byTable.get(table.name) ?? [];
    expect(new Set(rows.map(({ variant }) => variant)).size, table.name).toBeGreaterThanOrEqual(20);
    for (const { name, generated, said } of table.columns)
      if (!generated && !said && !['revision', 'created', 'modified', 'deleted'].includes(name))
        expect(rows[0]?.values[name], `${table.name}.${name}`).not.toBeNull();
  }
});

describe.each(actorNames)('%s', (actor) => {
  test('reads exactly the rows of its line in the grid', async () => {
    const found: string[] = [];
    for (const schema of schemas) {
      const tables = world.tables.filter((table) => table.schema === schema);
      found.push(...(await readViolations(world, roles, schema, tables, actor)));
      found.push(...(await counterViolations(world, roles, schema, actor)));
    }
    expect(found).toEqual([]);
  });

  test('writes the rows that are its own to write, by a duty or by what the row says, and nothing else', async () => {
    const found: string[] = [];
    for (const table of world.tables) found.push(...(await writeViolations(world, roles, table, actor)));
    expect(found).toEqual([]);
    // Every row of every table: on a busy machine that takes its time.
  }, 120_000);
});

test('what is no record and yet read shows each actor the rows that are theirs, and of each table there are some that aren’t', async () => {
  const policed = await database.admin<{ name: string }[]>`
    select distinct format('%s.%s', schemaname, tablename) as name from pg_policies where schemaname = any(${schemas}) and policyname <> 'owner'`;
  const records = new Set(world.tables.map(({ name }) => name));
  expect(world.others.map(({ table }) => table.name).sort()).toEqual(
    policed.flatMap(({ name }) => (records.has(name) ? [] : [name])).sort(),
  );
  const found: string[] = [];
  for (const other of world.others) {
    const { violations, tried } = await otherViolations(database.admin, other, actorNames);
    found.push(...violations);
    if (tried.kept === 0) found.push(`${other.table.name} has no row that somebody doesn’t read`);
    if (tried.shown === 0) found.push(`${other.table.name} has no row that somebody reads`);
  }
  expect(found).toEqual([]);
});

describe('what is kept between requests', () => {
  test.each(actorNames)('is each one’s own; and only the hub’s followers read what changed: %s', async (actor) => {
    const found: string[] = [];
    for (const schema of schemas) found.push(...(await keptViolations(roles, schema, actor)));
    expect(found).toEqual([]);
  });
});

test('nothing is read without a scope, and nothing with settings that are left empty', async () => {
  const empty = Object.fromEntries(Object.keys(scopeSettings(everyone)).map((name) => [name, '']));
  const kept = schemas.flatMap((schema) =>
    ['counter', 'change', 'change_era', 'idempotency'].map((name) => `${schema}.${name}`),
  );
  for (const table of [...world.tables.map(({ name }) => name), ...kept]) {
    const [schema = ''] = table.split('.');
    const count = await roles.as(schema, undefined, async (sql) => {
      const [unset] = await sql.unsafe(`select count(*)::int as n from ${table}`);
      await sql`select set_config(key, value, true) from jsonb_each_text(${sql.json(empty)})`;
      const [left] = await sql.unsafe(`select count(*)::int as n from ${table}`);
      return [unset?.['n'], left?.['n']];
    });
    expect(count, table).toEqual([0, 0]);
  }
});

describe('the roles of subgraphs', () => {
  test('can’t pass by a policy and own nothing', async () => {
    const attributes = await database.admin`
      select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit as more, rolcanlogin as login,
        (select count(*)::int from pg_class where relowner = r.oid) + (select count(*)::int from pg_proc where proowner = r.oid)
          + (select count(*)::int from pg_namespace where nspowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members where member = r.oid) as memberships
      from pg_roles as r where rolname = any(${schemas.map((schema) => testRole(schema))}) order by 1`;
    expect(attributes.map((row) => ({ ...row }))).toEqual(
      schemas
        .map((schema) => ({ name: testRole(schema), more: false, login: true, owned: 0, memberships: 0 }))
        .sort((one, other) => one.name.localeCompare(other.name)),
    );
  });

  test('have rights on records and what is kept of their own schema, and on nothing else', async () => {
    const granted = await database.admin<{ role: string; table: string; rights: string[] }[]>`
      select grantee as role, format('%s.%s', table_schema, table_name) as table, array_agg(privilege_type::text order by privilege_type) as rights
      from information_schema.role_table_grants
      where table_schema !~ '^(pg_|information_schema)' and (grantee like 'hub_%' or grantee = 'PUBLIC') group by 1, 2 order by 1, 2`;
    const expected = [
      ...world.tables.map(({ name, schema }) => ({
        role: testRole(schema),
        table: name,
        rights: ['INSERT', 'SELECT', 'UPDATE'],
      })),
      ...schemas.flatMap((schema) => [
        { role: testRole(schema), table: `${schema}.counter`, rights: ['SELECT'] },
        { role: testRole(schema), table: `${schema}.change`, rights: ['SELECT'] },
        { role: testRole(schema), table: `${schema}.change_era`, rights: ['SELECT'] },
        { role: testRole(schema), table: `${schema}.idempotency`, rights: ['INSERT', 'SELECT', 'UPDATE'] },
      ]),
      // The log of what agencies read is lengthened by one function alone, and webhooks' queue moved by a few.
      ...onlyRead.map((table) => ({
        role: testRole('cooperation'),
        table: `cooperation.${table}`,
        rights: ['SELECT'],
      })),
      // What may be referred to, which only followers read and write, by the policies.
      ...followed.map((table) => ({
        role: testRole(table.split('.')[0] ?? ''),
        table,
        rights: ['INSERT', 'SELECT', 'UPDATE'],
      })),
    ].sort((one, other) => (one.table < other.table ? -1 : 1));
    expect(granted.map((row) => ({ ...row })).sort((one, other) => (one.table < other.table ? -1 : 1))).toEqual(
      expected,
    );
  });

  test('reach neither another subgraph’s rows nor what is kept there nor the search index', async () => {
    for (const schema of schemas) {
      const others = world.tables.filter((table) => table.schema !== schema).map(({ name }) => name);
      const kept = schemas.flatMap((one) =>
        [
          ...['search_entry', 'upkeep', 'change_sweep', 'restoration'],
          ...(one === schema ? [] : ['change', 'change_era', 'counter', 'idempotency']),
        ].map((table) => `${one}.${table}`),
      );
      for (const table of [...others, ...kept]) {
        const reading = roles.as(schema, undefined, (sql) => sql.unsafe(`select 1 from ${table}`));
        await expect(reading, `${schema} reads ${table}`).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  test('every table that they reach is policed, also for its owner, by a policy for each thing that they may do', async () => {
    const policed = await database.admin<{ table: string; enabled: boolean; forced: boolean; policies: string[] }[]>`
      select format('%s.%s', n.nspname, c.relname) as table, relrowsecurity as enabled, relforcerowsecurity as forced,
        (select coalesce(array_agg(polcmd::text || case when polpermissive then '' else ' restrictive' end order by polcmd), '{}') from pg_policy where polrelid = c.oid and polname <> 'owner') as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any(${schemas}) and relkind in ('r', 'p', 'v', 'm')
        and exists (select 1 from aclexplode(c.relacl) as acl join pg_roles r on r.oid = acl.grantee where r.rolname like 'hub_%')`;
    for (const { table, enabled, forced, policies } of policed) {
      const kept: Readonly<Record<string, readonly string[]>> = {
        counter: ['r'],
        change: ['r'],
        change_era: ['r'],
        idempotency: ['*'],
        ...Object.fromEntries(onlyRead.map((name) => [name, ['r']])),
      };
      const name = table.split('.')[1] ?? '';
      expect({ table, enabled, forced, policies }).toEqual({
        table,
        enabled: true,
        forced: true,
        policies: kept[name] ?? ['a', 'r', 'w'],
      });
    }
    expect(policed.length).toBe(world.tables.length + 4 * schemas.length + onlyRead.length + followed.length);
  });

  test('no table is open, policies of requests are for the subgraph’s role alone, and the owner’s for the owner alone', async () => {
    const open = await database.admin`
      select c.oid::regclass::text as table from pg_class as c join pg_namespace as n on n.oid = relnamespace
      where n.nspname = any(${schemas}) and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity
        and exists (select 1 from pg_policy where polrelid = c.oid and polname = 'owner'))`;
    expect([...open]).toEqual([]);
    const wrong = await database.admin`
      select schemaname, tablename, policyname, roles from pg_policies
      where schemaname = any(${schemas}) and roles <> array[case policyname when 'owner' then 'postgres' else format(${testRole('%s')}, schemaname) end]::name[]`;
    expect([...wrong]).toEqual([]);
  });

  test('what runs with its owner’s rights is what is listed here and what triggers do, with a search path of its own', async () => {
    const definers = await database.admin<{ schema: string; name: string; path: string[] | null; called: boolean }[]>`
      select n.nspname as schema, p.proname as name, p.proconfig as path, has_function_privilege(format(${testRole('%s')}, n.nspname), p.oid, 'execute') as called
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where prosecdef and n.nspname = any(${schemas})`;
    // What a subgraph may ask past the policies: ids, which it then looks up under them; numbers of what it shows no names of.
    const numbers = ['places_taken', 'waiting_position', 'evaluation_scores', 'minutes_filed'];
    // Locks, which give no more than a state.
    const locks = ['lock_places', 'hold_topic'];
    // Whether others are free, to staff alone and never why.
    const times = ['busy_times', 'free_slots', 'slots_free'];
    // What follows from what each party of a joint plan wrote, read anew whenever it is asked for.
    const consequences = ['settle_joint_plan', 'leave_joint_plan', 'lapse_joint_plan', 'keep_joint_plan'];
    // What a score rests on, of which no answer shows more than the score.
    const scores = ['scoring_rules_of', 'duty_facts_of', 'duty_standing', 'duty_members'];
    // What whoever runs the hub may do, who sees no rows.
    const runs = ['rebuild_duty', 'rebuild_cooperation_audiences'];
    // The chain of the access log, which grows and is never changed, and the keys that sign it.
    const chain = ['append_accesses', 'sign_accesses', 'access_chain', 'add_access_key', 'old_accesses'];
    // What an agency does to its own webhooks, and the hub's follower to all of them.
    const queue = ['keep_webhook_secret', 'replay_webhook', 'redeliver_webhook', 'pause_webhook'];
    const claims = [
      'webhook_backlog',
      'claim_webhooks',
      'claim_webhook_messages',
      'queue_webhook_message',
      'settle_webhook_message',
    ];
    // What is deleted for real: a sender's own upload that wasn't finished, and by the hub itself what has had its time.
    const sweeps = ['drop_upload', 'sweep_files', 'sweep_joint_plans', 'sweep_idempotency', 'sweep_change'];
    // Up to where changes were dropped, which is a number.
    const dropped = ['dropped_changes'];
    // What gateways take of limits, which are counted of hashes: no row of anybody is read by it.
    const allowances = ['take_allowances', 'allowance_standing'];
    // That whoever acts is one person by several memberships, which no answer tells.
    const persons = ['know_myself', 'person_of', 'other_seat'];
    // Whether the actor may refer to what they name, and nothing else of it.
    const references = ['unreferable', 'past_references', 'kept_from_office'];
    // Where a person has a seat and has been, by whichever membership; what whoever is asked answers for themself; what each host says for its own.
    const seats = ['seats_of', 'sign_ins_of', 'signed_in_at', 'take_seat'];
    const answers = [
      'asked_to_author',
      'answer_co_authorship',
      'take_as_filer',
      'agree_to_publication',
      'record_as_host',
      'quota_passed',
      'sign_agreement',
      'authors_for_department',
      'agree_to_widening',
    ];
    // Whether a record that one may see holds a word.
    const words = ['holds_word'];
    const callable = [
      'search',
      ...words,
      ...persons,
      ...references,
      ...seats,
      ...answers,
      ...allowances,
      ...sweeps,
      ...dropped,
      ...numbers,
      ...locks,
      ...times,
      ...consequences,
      ...scores,
      ...runs,
      ...chain,
      ...queue,
      ...claims,
    ];
    for (const { path } of definers) expect(path).toContain('search_path=""');
    const otherwise = definers.filter(({ name, called }) => called !== callable.includes(name));
    expect(otherwise.map(({ schema, name, called }) => ({ schema, name, called }))).toEqual([]);
    for (const schema of schemas)
      expect(definers.filter((one) => one.schema === schema).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['search', 'keep_change', 'keep_parts', 'keep_search_entry']),
      );
  });
});
