/**
 * What runs with its owner's rights does the same whether the owner is a superuser or a plain role: the same rows are put into
 * two databases, one of each, every such function is called in both with whatever its arguments take, and every trigger is
 * fired. A new function is called without a change here, and fails where it takes something that nothing here gives it.
 */
import { randomBytes } from 'node:crypto';
import { scopeSettings } from '@hub/access';
import { migrateSchemas } from '@hub/database';
import { databaseUrl, feed, staff, type TestDatabase } from '@hub/testkit';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { idOf, insertStatement, named, places, type World } from './fixture.ts';
import { createWorld } from './world.ts';

const schemas = subgraphs.map(({ name }) => name);
const suffix = randomBytes(4).toString('hex');
const [ofPlainOwner, owner] = [`definers_plain_${suffix}`, `definers_owner_${suffix}`];
let server: postgres.Sql;
let world: World;
let database: TestDatabase;
/** The name of that one, which belongs to a superuser. */
let ofSuperuser: string;
/** By the name of the database, an administrator who sees all of it. */
const databases = new Map<string, postgres.Sql>();

beforeAll(async () => {
  server = postgres(inject('serverUrl'), { max: 1, onnotice: () => undefined });
  const open = (name: string) =>
    postgres(databaseUrl(inject('serverUrl'), name), { max: 1, onnotice: () => undefined });
  ({ database, world } = await createWorld());
  ofSuperuser = new URL(database.url).pathname.slice(1);
  const filling = open(ofSuperuser);
  await filling.unsafe(makeCalls);
  for (const schema of schemas) await filling.unsafe(lookAt(schema));
  // The access log has a beginning and an entry.
  await filling`insert into cooperation.access_key (ordinal, number, hash, statement) values (1, 0, 'beginning', 'key')`;
  await filling`select cooperation.append_accesses(${filling.json({ entries: [refused(1)], signature: 'signature' })})`;
  await filling.unsafe(hasItsTime(schemas));
  // The fixture's entries don't block, and nobody would be busy.
  await filling`update consultations.calendar_entry set blocking = true, status = 'CONFIRMED' where deleted is null`;
  await filling.end();
  await database.admin.end();
  await server.unsafe(`create database ${ofPlainOwner} template ${ofSuperuser} strategy file_copy`);
  await server.unsafe(`create role ${owner} login createrole password 'plain'`);
  await server.unsafe(`alter database ${ofPlainOwner} owner to ${owner}`);
  databases.set(ofSuperuser, open(ofSuperuser));
  const plain = open(ofPlainOwner);
  databases.set(ofPlainOwner, plain);
  for (const name of schemas) await plain.unsafe(`alter schema ${name} owner to ${owner}`);
  const definitions = subgraphs.map(({ schema }) => schema);
  // The fixture has put triggers aside: both have all of them.
  for (const name of databases.keys()) await migrateSchemas(databaseUrl(inject('serverUrl'), name), definitions);
  // From here on the owner looks after it alone.
  const url = new URL(databaseUrl(inject('serverUrl'), ofPlainOwner));
  url.username = owner;
  url.password = 'plain';
  const told: string[] = [];
  await migrateSchemas(url.href, definitions, (line) => told.push(line));
  expect(told).toEqual([]);
});
afterAll(async () => {
  for (const sql of databases.values()) await sql.end();
  await database.drop();
  await server.unsafe(`drop database ${ofPlainOwner} with (force)`);
  const roles = await server`
    select rolname from pg_roles where starts_with(rolname, ${`hub_${ofPlainOwner}_`}) or starts_with(rolname, ${`hub_${ofSuperuser}_`})`;
  for (const role of [...roles.map((row) => String(row['rolname'])), owner])
    await server.unsafe(`drop role if exists ${role}`);
  await server.end();
});

/** What is old enough to go, and a log that was brought back. */
const hasItsTime = (names: readonly string[]) => `
  update cooperation.access_entry set at = '2020-01-01';
  update cooperation.access_checkpoint set head = 'head';
  insert into cooperation.access_place (place) values ('elsewhere');
  insert into cooperation.restoration (taken, hub) values ('2020-01-01', 'hub');
  ${names
    .map(
      (
        name,
      ) => `insert into ${name}.change (seq, type, id, revision, operation, at) values (1, 'x', gen_random_uuid(), 1, 'INSERT', '2020-01-01');
  insert into ${name}.idempotency (subject, key, request, at) values ('x', 'x', 'x', '2020-01-01');`,
    )
    .join('\n')}`;

interface Definer {
  readonly name: string;
  readonly place: string;
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly trigger: boolean;
  readonly source: string;
}

const definersOf = (sql: postgres.Sql, schema: string) => sql<Definer[]>`
  select proname as name, p.oid::regprocedure::text as place, prorettype = 'trigger'::regtype as trigger, prosrc as source, coalesce(proargnames, '{}') as names,
    array(select one::regtype::text from unnest(proargtypes) with ordinality as given (one, at) order by at) as types
  from pg_proc as p where prosecdef and pronamespace = ${schema}::regnamespace order by proname`;

/** What may be given for an argument, as SQL; of the same number the first of all arguments go together, then the second. */
function given(schema: string, type: string, name: string, source: string): readonly string[] {
  const tables = world.tables.filter((table) => table.schema === schema);
  // Of the tables that it names; one that leaves that to others is given all.
  const mentioned = tables.filter((table) => new RegExp(`${table.name}\\b`).test(source));
  const ids = (mentioned.length > 0 ? mentioned : tables).flatMap((table) =>
    ['pu', 'Ag'].map((variant) => idOf(table.name, variant)),
  );
  const late = /until|last|to$/.test(name);
  switch (type) {
    case 'uuid':
      return ids.map((id) => `'${id}'`);
    case 'uuid[]':
      return [`'{${ids.join()}}'`, `'{${named.subject}}'`];
    case 'text':
      // As often as there are ids of each.
      if (name === 'of_type') return tables.flatMap((table) => Array(2).fill(`'${table.name.split('.')[1]}'`));
      if (['wanted', 'word'].includes(name) && /search_entry/.test(source)) return [`'title'`, `'name'`];
      if (name === 'lo') return [`'000000'`];
      if (name === 'hi') return [`'A'`];
      return [`'${places.owner}'`, `'consultations'`, `'member'`, `'deadbeef'`];
    case 'text[]':
      return [`array['${places.owner}', '${places.elsewhere}']`];
    case 'jsonb':
      return json[schema] ?? [];
    case 'integer':
    case 'bigint':
      return ['1', '100'];
    case 'boolean':
      return ['true', 'false'];
    case 'interval':
      return [`interval '1 minute'`];
    case 'date':
      return [late ? `date '2999-01-01'` : `date '1900-01-01'`];
    case 'timestamp with time zone':
      return [late ? `timestamptz '2999-01-01'` : `timestamptz '1900-01-01'`];
    case 'tstzmultirange':
      return [`'{[2020-01-01, 2030-01-01)}'`];
    default: {
      // A row of a table.
      const table = tables.find((one) => one.name === type);
      if (!table) return [];
      return ['pu', 'jo'].map((variant) => `(select one from ${type} as one where id = '${idOf(type, variant)}')`);
    }
  }
}

const access = {
  agency: named.agency,
  kid: `webhook ${idOf('cooperation.webhook', 'Ag')}`,
  agreement: idOf('cooperation.sharing_agreement', 'Ag'),
  version: 1,
  committee: places.owner,
  operation: 'query { x }',
  fields: ['Cooperation.title'],
  rows: 3,
  subjects: [named.subject],
  address: '127.0.0.1',
  milliseconds: 3,
  times: 1,
};
/** What is entered whatever else is found; its id is new. */
const refused = (n: number) => ({
  ...access,
  id: idOf('cooperation.access_entry', String(n)),
  reason: 'FORBIDDEN',
  times: 2,
});
const asSql = (value: unknown) => `'${JSON.stringify(value)}'::jsonb`;
/** What a function of JSON takes differs from one to the next: each is given all, and refuses what it can't read. */
const json: Readonly<Record<string, readonly string[]>> = {
  cooperation: [
    asSql({ entries: [refused(2), { ...access, id: idOf('cooperation.access_entry', '3') }], signature: 'signature' }),
    asSql({ ordinal: 2, number: 1, hash: 'hash', statement: 'key', endorsement: null }),
    asSql({ ...access, kid: 'unknown' }),
    ...['Ag', 'pu'].map((variant) =>
      asSql({
        webhook: idOf('cooperation.webhook', variant),
        id: idOf('cooperation.webhook_message', variant),
        version: 1,
        gateway: 'one',
        after: 'a',
        cursor: 'b',
        changes: 1,
        body: '{}',
        error: null,
      }),
    ),
  ],
  consultations: [
    asSql([{ source: 'members', type: 'Member', id: '00000000-0000-4000-8000-00000000000a', current: true }]),
  ],
  members: [asSql([{ key: 'k', capacity: 2, window: 60, at: 1, weight: 1 }]), asSql({ gateway: 'one', demands: [] })],
};

const actors = { feed, staff: staff(places.owner) };

/** How many rows each table of a schema has, and how often they were written: what a call leaves. */
function traces(schema: string): string {
  const tables = world.tables
    .filter((table) => table.schema === schema)
    .map(({ name }) => `select '${name}', count(*)::text, sum(revision)::text from ${name}`);
  return [...tables, `select 'change', count(*)::text, null from ${schema}.change`].join(' union all ');
}

/** The same by a function, whose statement is planned once for all calls. */
const lookAt = (schema: string) => `
  create function trial.traces_of_${schema}() returns jsonb language plpgsql as $body$
  begin
    return (select jsonb_agg(to_jsonb(one)) from (${traces(schema)}) as one);
  end $body$`;

/** Makes the calls in one go, undoes each, and tells what each answered and left: a way there and back for each would take minutes. */
const makeCalls = `
  create schema trial;
  create function trial.outcomes(calls text[], schema text) returns text[] language plpgsql as $body$
  declare
    call text;
    answer jsonb;
    trace jsonb;
    found text[] := '{}';
  begin
    foreach call in array calls loop
      begin
        execute format('select coalesce(jsonb_agg(to_jsonb(one)), ''[]'') from (%s) as one', call) into answer;
        execute format('select trial.traces_of_%s()', schema) into trace;
        raise exception using errcode = 'UNDO0';
      exception when others then
        found := found || case sqlstate when 'UNDO0' then answer || jsonb_build_object('traces', trace) else to_jsonb(sqlstate) end::text;
      end;
    end loop;
    return found;
  end $body$`;

/** All calls of one function and what came of each. */
async function outcomes(database: string, schema: string, definer: Definer): Promise<string[]> {
  const sql = databases.get(database) as postgres.Sql;
  const values = definer.types.map((type, at) => given(schema, type, definer.names[at] ?? '', definer.source));
  const rounds = Array.from({ length: Math.max(1, ...values.map(({ length }) => length)) }, (_, round) => round);
  const calls = rounds.map(
    (round) => `select * from ${schema}.${definer.name}(${values.map((some) => some[round % some.length]).join(', ')})`,
  );
  const found: string[] = [];
  for (const [actor, settings] of Object.entries(actors))
    await sql.begin(async (transaction) => {
      await transaction`select set_config(key, value, true) from jsonb_each_text(${sql.json(scopeSettings(settings))})`;
      const [row] = await transaction<{ found: string[] }[]>`select trial.outcomes(${calls}, ${schema}) as found`;
      // What is made anew at each call differs in any case.
      const told = (row?.found ?? []).map((one, at) => {
        const steady = JSON.parse(one, (key, value) =>
          /^(secret|at|hash|id|write_consultation)$/.test(key) ? typeof value : value,
        ) as unknown;
        // A set has no order.
        const rows = Array.isArray(steady) ? steady.map((each) => JSON.stringify(each)).sort() : [String(steady)];
        return `${calls[at]} by ${actor}: ${rows.join(' ')}`;
      });
      found.push(...told);
    });
  return found;
}
class Undone extends Error {}

/** Rows of each table put in anew, and withdrawn and brought back: whatever their triggers do, it is undone. */
async function fired(database: string, schema: string): Promise<string[]> {
  const sql = databases.get(database) as postgres.Sql;
  const found: string[] = [];
  for (const table of world.tables.filter((one) => one.schema === schema)) {
    const row = world.newRows.find((one) => one.table === table.name);
    const steps = [
      ...(row ? [[insertStatement(table, row.values), [JSON.stringify([row.values])]] as const] : []),
      ...['deleted = now()', 'deleted = null', `visibility = 'INTERNAL'`].map(
        (set) => [`update ${table.name} set ${set} where id = '${idOf(table.name, 'pu')}'`, []] as const,
      ),
    ];
    await sql
      .begin(async (transaction) => {
        await transaction`select set_config(key, value, true) from jsonb_each_text(${sql.json(scopeSettings(staff(places.owner)))})`;
        const look = async () => {
          const [seen] = await transaction.unsafe<{ traces: object[] }[]>(
            `select trial.traces_of_${schema}() as traces`,
          );
          return (seen?.traces ?? []).map((one) => Object.values(one).join(' '));
        };
        const before = await look();
        for (const [text, parameters] of steps) {
          const done = await transaction
            .savepoint((inner) =>
              inner.unsafe(text, [...parameters]).then(async ({ count }) => {
                await inner.unsafe('set constraints all immediate; set constraints all deferred');
                return count;
              }),
            )
            .catch((error: { code: string }) => error.code);
          const changed = (await look()).filter((one) => !before.includes(one));
          found.push(`${table.name} ${text.slice(0, 60)}: ${done} ${changed.join(', ')}`);
        }
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
  }
  return found;
}

/** Whose answers and traces are alike whatever their owner sees. */
const alike = new Set([
  // They lock or count what has no rows here.
  ...['lock_calendars', 'lock_places', 'take_allowances', 'rebuild_duty', 'rebuild_cooperation_audiences'],
  // Everybody of the fixture has one membership.
  ...['know_myself', 'person_of', 'other_seat', 'reseat'],
  ...['take_seat', 'leave_seat', 'signed_in_at', 'asked_to_author', 'answer_co_authorship', 'take_as_filer'],
  // Nobody of the fixture hosts beside the owner by a plan with quotas, or is asked to what they don't see.
  ...[
    'agree_to_publication',
    'record_as_host',
    'sign_agreement',
    'signers_of',
    'quota_passed',
    'admit_guests',
    'attendance_parties',
    'show_attendances',
  ],
  // Nor does a department act here, a suggestion of these ids name anybody, a follow-up bear a consultation's id, or a partner's office agree.
  ...['authors_for_department', 'names_of_suggestions', 'minutes_filed', 'agree_to_widening'],
  // No source is followed here, and who is known is in office.
  ...['unreferable', 'past_references', 'kept_from_office'],
  // Nothing of the fixture is old enough, or waits for them.
  ...['drop_upload', 'sweep_files', 'claim_webhook_messages', 'claim_webhooks', 'webhook_backlog', 'due_webhook'],
  ...['is_own_webhook', 'keep_webhook_secret', 'queue_webhook_message', 'redeliver_webhook', 'replay_webhook'],
  ...['settle_webhook_message', 'refusal_of_access', 'duty_members', 'call_off', 'evaluation_scores', 'fill_places'],
  // It tells nothing, and what it signs is no record.
  'sign_accesses',
  // No plan of the fixture waits for an answer past its day, or is to be called off.
  ...['lapse_joint_plan', 'keep_joint_plan', 'forget_call_off', 'sweep_joint_plans'],
  ...['invite_nominees', 'leave_joint_plan', 'places_taken', 'slots_free', 'waiting_position'],
]);
/** What a superuser's functions gave, by their places. */
const ofSuperusers = new Map<string, readonly string[]>();
async function superuserOutcomes(schema: string, definer: Definer): Promise<readonly string[]> {
  const known = ofSuperusers.get(definer.place) ?? (await outcomes(ofSuperuser, schema, definer));
  ofSuperusers.set(definer.place, known);
  return known;
}

describe.each(schemas)('%s, of a plain owner', (schema) => {
  test('answers and writes by each function as if it were a superuser’s', async () => {
    const sql = databases.get(ofPlainOwner) as postgres.Sql;
    const definers = (await definersOf(sql, schema)).filter(({ trigger }) => !trigger);
    expect(definers.length).toBeGreaterThan(0);
    for (const definer of definers) {
      for (const [at, type] of definer.types.entries())
        expect(
          given(schema, type, definer.names[at] ?? '', definer.source).length,
          `${definer.place} takes a ${type}`,
        ).toBeGreaterThan(0);
      expect(await outcomes(ofPlainOwner, schema, definer)).toEqual(await superuserOutcomes(schema, definer));
    }
  });

  test('keeps by its triggers what a superuser’s would', async () => {
    const sql = databases.get(ofPlainOwner) as postgres.Sql;
    const [{ idle } = { idle: [] }] = await sql<{ idle: string[] }[]>`
      select coalesce(array_agg(p.proname), '{}') as idle from pg_proc as p where prosecdef and prorettype = 'trigger'::regtype
        and pronamespace = ${schema}::regnamespace and not exists (select 1 from pg_trigger where tgfoid = p.oid)`;
    // What isn't used by any trigger isn't fired here. A schema without searches has the one of searches.
    expect(idle.filter((name) => !['keep_search_entry', 'keep_parts'].includes(name))).toEqual([]);
    expect(await fired(ofPlainOwner, schema)).toEqual(await fired(ofSuperuser, schema));
  });

  test('would not, without the policy for its owner', async () => {
    const sql = databases.get(ofPlainOwner) as postgres.Sql;
    const tables =
      await sql`select format('%s.%I', schemaname, tablename) as name from pg_policies where schemaname = ${schema} and policyname = 'owner'`;
    for (const { name } of tables) await sql.unsafe(`alter policy owner on ${name} using (false) with check (false)`);
    const blind: string[] = [];
    for (const definer of (await definersOf(sql, schema)).filter(({ trigger }) => !trigger)) {
      const without = await outcomes(ofPlainOwner, schema, definer);
      const as = await superuserOutcomes(schema, definer);
      if (JSON.stringify(without) === JSON.stringify(as)) blind.push(definer.name);
    }
    for (const { name } of tables) await sql.unsafe(`alter policy owner on ${name} using (true) with check (true)`);
    // These only lock, refuse, or find nothing of the fixture's to do.
    expect(blind.filter((name) => !alike.has(name))).toEqual([]);
  });
});
