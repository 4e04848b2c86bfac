/** Grants, roles and policies are what they should be after each start, whatever was done to them, and whoever administers the database. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTestDatabase, databaseUrl, openLogin } from '@hub/testkit';
import { workstations } from '@hub/workstations';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { subgraphs } from '../../../scripts/subgraphs.ts';
import { migrateSchemas, subgraphUrl } from '../src/migrate.ts';
import { roleOf } from '../src/roles.ts';
import { expectedStructure, structuresOf } from '../src/structure.ts';

const schemas = [workstations.schema];
const schema = 'workstations';
const suffix = randomBytes(4).toString('hex');
const server = () => postgres(inject('serverUrl'), { max: 1, onnotice: () => undefined });

/** A database of an administrator's own, who may create roles and is no superuser. */
async function ownedDatabase(name: string): Promise<string> {
  const sql = server();
  await sql.unsafe(`create role ${name}_owner login createrole password 'secret-of-${name}'`);
  await sql.unsafe(`create database ${name} owner ${name}_owner`);
  await sql.end();
  const url = new URL(databaseUrl(inject('serverUrl'), name));
  url.username = `${name}_owner`;
  url.password = `secret-of-${name}`;
  return url.href;
}

async function dropDatabase(...names: readonly string[]): Promise<void> {
  const sql = server();
  for (const name of names) {
    await sql.unsafe(`drop database if exists ${name} with (force)`);
    for (const role of [roleOf(name, schema), `${name}_owner`, `${name}_stranger`])
      await sql.unsafe(`drop role if exists ${role}`);
  }
  await sql.end();
}

/** All that decides who may do what in the database, in words. */
async function picture(admin: postgres.Sql, role: string): Promise<string[]> {
  const rows = await admin`
    select format('policy %s %s %s %s %s %s %s', tablename, policyname, permissive, roles, cmd, qual, with_check) as line from pg_policies where schemaname = ${schema}
    union all select format('table %s %s %s %s', relname, relowner::regrole, relrowsecurity, relforcerowsecurity)
      from pg_class where relnamespace = ${schema}::regnamespace and relkind in ('r', 'v')
    union all select format('right on %s of %s: %s', relname, case grantee when 0 then 'public' else grantee::regrole::text end, privilege_type)
      from pg_class, aclexplode(relacl) where relnamespace = ${schema}::regnamespace
    union all select format('right on %s.%s of %s: %s', attrelid::regclass, attname, grantee::regrole, privilege_type)
      from pg_attribute join pg_class on pg_class.oid = attrelid, aclexplode(attacl) where relnamespace = ${schema}::regnamespace
    union all select format('right on the schema of %s: %s', case grantee when 0 then 'public' else grantee::regrole::text end, privilege_type)
      from pg_namespace, aclexplode(nspacl) where nspname = ${schema}
    union all select format('function %s %s %s', proowner::regrole, pg_get_functiondef(oid),
        array(select format('%s %s', grantee::regrole, privilege_type) from aclexplode(coalesce(proacl, acldefault('f', proowner))) order by 1))
      from pg_proc where pronamespace = ${schema}::regnamespace
    union all select format('trigger %s %s', tgenabled, pg_get_triggerdef(t.oid)) from pg_trigger as t join pg_class as c on c.oid = tgrelid
      where relnamespace = ${schema}::regnamespace and not tgisinternal
    union all select format('role %s', to_jsonb(r) - 'oid' - 'rolpassword') from pg_roles as r where rolname = ${role}
    union all select format('%s is a member of %s', member::regrole, roleid::regrole) from pg_auth_members where ${role} in (member::regrole::text, roleid::regrole::text)
    union all select format('right elsewhere: %s', pg_describe_object(classid, objid, 0)) from pg_shdepend
      where refobjid = ${role}::regrole and deptype = 'a' and dbid = (select oid from pg_database where datname = current_database())
        and pg_describe_object(classid, objid, 0) !~ ${schema}`;
  return rows.map(({ line }) => String(line)).sort();
}

describe('what was done to a schema by hand', () => {
  const name = `standing_${suffix}`;
  const role = roleOf(name, schema);
  const url = () => databaseUrl(inject('serverUrl'), name);
  const stranger = `${name}_stranger`;
  let admin: postgres.Sql;
  let laid: string[];
  beforeAll(async () => {
    const sql = server();
    await sql.unsafe(`create database ${name}`);
    await sql.unsafe(`create role ${stranger}`);
    await sql.end();
    await migrateSchemas(url(), schemas);
    admin = postgres(url(), { max: 1, onnotice: () => undefined });
    await admin`create table public.elsewhere (one integer)`;
    laid = await picture(admin, role);
  });
  afterAll(async () => {
    await admin.end();
    await dropDatabase(name);
  });

  const put = async () => {
    const told: string[] = [];
    await migrateSchemas(url(), schemas, (line) => told.push(line));
    return told;
  };

  test.each([
    ['a policy that is dropped', `drop policy read on ${schema}.activity`],
    ['a policy that is widened', `alter policy read on ${schema}.activity using (true)`],
    ['a policy for everybody', `alter policy owner on ${schema}.activity to public`],
    ['a policy that is added', `create policy more on ${schema}.activity for delete using (true)`],
    ['a policy that lets nothing pass', `create policy less on ${schema}.activity as restrictive using (false)`],
    ['row security that is off', `alter table ${schema}.activity disable row level security`],
    ['row security that isn’t forced', `alter table ${schema}.activity no force row level security`],
    ['a right of the role', `grant delete, truncate on ${schema}.activity to ${role}`],
    ['a right on a column', `grant update (hash) on ${schema}.upkeep to ${role}`],
    ['a right that is taken', `revoke select on ${schema}.activity from ${role}`],
    ['a right of everybody', `grant select on ${schema}.activity to public`],
    ['a right of everybody on functions', `grant execute on all functions in schema ${schema} to public`],
    ['a right on the schema', `grant create on schema ${schema} to ${role}`],
    [
      'a right that is passed on',
      `grant usage on schema ${schema} to ${stranger}; grant select on ${schema}.activity to ${stranger} with grant option; set role ${stranger}; grant select on ${schema}.activity to public; reset role`,
    ],
    [
      'what a role of an earlier version had',
      `grant usage on schema ${schema} to ${stranger}; grant select, insert, update on all tables in schema ${schema} to ${stranger}; grant execute on all functions in schema ${schema} to ${stranger}`,
    ],
    ['a right elsewhere', `grant select on public.elsewhere to ${role}`],
    ['a right on a function of the server', `grant execute on function pg_ls_dir(text) to ${role}`],
    ['somebody who is a member of the role', `grant ${role} to ${stranger}`],
    ['the role as a member of another', `grant ${stranger} to ${role}`],
    ['a role that may more', `alter role ${role} createdb createrole bypassrls inherit`],
    ['a role that is a superuser', `alter role ${role} superuser`],
    ['a role that can’t log in', `alter role ${role} nologin`],
    [
      'a function that is replaced',
      `create or replace function ${schema}.search(wanted_type text, wanted text) returns setof uuid language sql security definer as 'select id from ${schema}.activity'`,
    ],
    [
      'a function of other columns',
      `drop function ${schema}.sweep_idempotency(integer, integer); create function ${schema}.sweep_idempotency(integer, integer) returns text language sql as 'select null::text'`,
    ],
    [
      'a function that is added',
      `create function ${schema}.all_of_it() returns setof ${schema}.activity language sql security definer as 'select * from ${schema}.activity'; grant execute on function ${schema}.all_of_it() to ${role}`,
    ],
    ['a function of the caller’s rights', `alter function ${schema}.search security invoker`],
    ['a function without its search path', `alter function ${schema}.search reset all`],
    ['a trigger that is dropped', `drop trigger keep_revision on ${schema}.activity`],
    ['a trigger that is off', `alter table ${schema}.activity disable trigger keep_change`],
    [
      'a trigger that is added',
      `create trigger more before update on ${schema}.activity for each row execute function ${schema}.keep_revision()`,
    ],
    ['a table of somebody else’s', `alter table ${schema}.activity owner to ${stranger}`],
    [
      'a function of somebody else’s',
      `grant usage, create on schema ${schema} to ${stranger}; alter function ${schema}.search owner to ${stranger}`,
    ],
  ])('%s is put right by the next start', async (_, statement) => {
    await admin.unsafe(statement);
    expect(await picture(admin, role)).not.toEqual(laid);
    expect(await put()).toEqual([expect.stringContaining(`${schema}: put right`)]);
    expect(await picture(admin, role)).toEqual(laid);
    expect(await put()).toEqual([]);
  });

  test('a password of somebody’s own is set anew', async () => {
    await admin.unsafe(`alter role ${role} password 'of-my-own' valid until '2020-01-01'`);
    await put();
    const login = openLogin(await subgraphUrl(url(), schema));
    expect(await login`select count(*)::int as n from ${login(`${schema}.activity`)}`).toEqual([{ n: 0 }]);
    await login.end();
  });

  test('what is as it was laid stays untouched, and nobody who works is waited for', async () => {
    const versions = () =>
      admin`select 'laid', xmin::text from ${admin(`${schema}.upkeep`)} union all select rolname, xmin::text from pg_authid where rolname = ${role}
        union all select polname, max(xmin::text::bigint)::text from pg_policy group by 1 order by 1`;
    const before = await versions();
    const gateway = postgres(url(), { max: 1 });
    await gateway.begin(async (sql) => {
      await sql.unsafe(`lock table ${schema}.activity, ${schema}.change, ${schema}.upkeep in share row exclusive mode`);
      expect(await put()).toEqual([]);
    });
    await gateway.end();
    expect(await versions()).toEqual(before);
  });

  describe('to its constraints and indexes', () => {
    const structure = async () => (await structuresOf(admin, [schema])).get(schema);
    const fresh = (migrations = workstations.schema.migrations) => {
      const { after: _after, ...expected } = expectedStructure(migrations) ?? {};
      return expected;
    };

    test('a fresh schema has those that the file beside its migrations says: pnpm migrations writes it', async () => {
      const database = await createTestDatabase('empty');
      const structures = await structuresOf(
        database.admin,
        subgraphs.map(({ name }) => name),
      );
      await database.drop();
      for (const { name, schema } of subgraphs) {
        expect(structures.get(name), name).toEqual(fresh(schema.migrations));
        expect(Object.keys(structures.get(name)?.constraints ?? {}).length, name).toBeGreaterThan(50);
      }
    });

    test.each([
      ['an index', 'activity.activity_owner_held', `drop index ${schema}.activity_owner_held`],
      [
        'an index that was left half made',
        'activity.activity_held',
        `update pg_index set indisvalid = false where indexrelid = '${schema}.activity_held'::regclass`,
      ],
      [
        'an index that is another',
        'activity.activity_modified',
        `drop index ${schema}.activity_modified; create index activity_modified on ${schema}.activity (id)`,
      ],
      ['a check', 'activity.activity_kind', `alter table ${schema}.activity drop constraint activity_kind`],
      [
        'a check that lets all pass',
        'activity.activity_kind',
        `alter table ${schema}.activity drop constraint activity_kind, add constraint activity_kind check (true)`,
      ],
      [
        'a foreign key that isn’t valid',
        'activity.activity_programme_programme_id_fk',
        `alter table ${schema}.activity drop constraint activity_programme_programme_id_fk,
         add constraint activity_programme_programme_id_fk foreign key (programme) references ${schema}.programme (id) not valid`,
      ],
      [
        'a column that may be empty',
        'activity.held_from',
        `alter table ${schema}.activity alter column held_from drop not null`,
      ],
      [
        'a primary key with what hangs on it',
        'programme.programme_pkey',
        `alter table ${schema}.programme drop constraint programme_pkey cascade`,
      ],
    ])('%s is put back at the next start', async (_, thing, deed) => {
      await admin.unsafe(deed);
      const [told = '', ...more] = await put();
      expect(told).toMatch(/^workstations: put back what was missing of its constraints and indexes \(/);
      expect(told).toContain(thing);
      expect(more).toEqual([]);
      expect(await structure()).toEqual(fresh());
      expect(await put()).toEqual([]);
    });

    test('what can’t be, since rows stand in the way, is said in one sentence; what somebody added stays', async () => {
      await admin.unsafe(`create index somebodys on ${schema}.change (at);
        alter table ${schema}.counter drop constraint counter_parties_check;
        insert into ${schema}.counter (type, owner, visibility, kind, total, parties) values ('made', '330100', 'PUBLIC', 'x', 1, '{330200}')`);
      await expect(put()).rejects.toMatchObject({
        code: 'STRUCTURE_DAMAGED',
        message: `The table ${schema}.counter isn’t as the hub laid it, the constraint counter_parties_check is missing or another, and it can’t be put back (23514): rows that were written since break it: mend or remove these, or restore a backup.`,
      });
      await admin.unsafe(`delete from ${schema}.counter where type = 'made'`);
      expect(await put()).toHaveLength(1);
      const { indexes, ...rest } = (await structure()) ?? {};
      expect(indexes).toHaveProperty(['change.somebodys']);
      await admin.unsafe(`drop index ${schema}.somebodys`);
      expect({ ...rest, indexes: (await structure())?.indexes }).toEqual(fresh());
    });

    test('of a newer version’s they are left to that version', async () => {
      const journal = `${schema}_migrations.__drizzle_migrations`;
      await admin.unsafe(`insert into ${journal} (hash, created_at) select 'newer', max(created_at) + 1 from ${journal};
        drop index ${schema}.activity_held`);
      expect(await put()).toEqual([]);
      await admin.unsafe(`delete from ${journal} where hash = 'newer'`);
      expect(await put()).toHaveLength(1);
    });
  });

  test('an upgrade that fails in the middle leaves all as it was', async () => {
    const broken = { ...workstations.schema, upkeep: { ...workstations.schema.upkeep, callable: ['nowhere(text)'] } };
    await expect(migrateSchemas(url(), [broken])).rejects.toMatchObject({ code: '42883' });
    expect(await picture(admin, role)).toEqual(laid);
  });

  test('a first start that fails before its end leaves no table, and no role with a right', async () => {
    const unfinished = `standing_half_${suffix}`;
    const sql = server();
    await sql.unsafe(`create database ${unfinished}`);
    const broken = { ...workstations.schema, upkeep: { ...workstations.schema.upkeep, triggers: 'select 1 / 0;' } };
    await expect(migrateSchemas(databaseUrl(inject('serverUrl'), unfinished), [broken])).rejects.toMatchObject({
      code: '22012',
    });
    expect(await sql`select 1 from pg_roles where rolname = ${roleOf(unfinished, schema)}`).toEqual([]);
    const half = postgres(databaseUrl(inject('serverUrl'), unfinished), { max: 1 });
    expect(await half`select 1 from pg_namespace where nspname in (${schema}, ${`${schema}_migrations`})`).toEqual([]);
    await half.end();
    await sql.end();
    await dropDatabase(unfinished);
  });
});

describe('two databases of one server, each of a plain administrator’s own', () => {
  const names = [`plain_one_${suffix}`, `plain_two_${suffix}`, `plain_three_${suffix}`];
  const [first = '', second = '', restored = ''] = names;
  let urls: string[];
  beforeAll(async () => {
    urls = [await ownedDatabase(first), await ownedDatabase(second)];
  });
  afterAll(() => dropDatabase(...names.reverse()));

  /** Both are asked by the addresses that were handed out at their first start. */
  const answers = async (logins: readonly string[]) => {
    for (const url of logins) {
      const login = openLogin(url);
      await login`select 1 from ${login(`${schema}.activity`)}`;
      await login.end();
    }
  };

  test('have roles and passwords apart, and are started alternately while both answer', async () => {
    const logins: string[] = [];
    for (const url of urls) {
      await migrateSchemas(url, schemas);
      logins.push(await subgraphUrl(url, schema));
      await answers(logins);
    }
    for (const url of [...urls, ...urls]) {
      const told: string[] = [];
      await migrateSchemas(url, schemas, (line) => told.push(line));
      expect(told).toEqual([]);
      await answers(logins);
    }
    const [one, other] = logins.map((login) => new URL(login));
    expect(one?.username).not.toBe(other?.username);
    expect(one?.password).not.toBe(other?.password);
    // Another administrator of the first, who is a superuser, finds it as it should be and leaves it to its owner.
    const told: string[] = [];
    await migrateSchemas(databaseUrl(inject('serverUrl'), first), schemas, (line) => told.push(line));
    expect(told).toEqual([]);
    await answers(logins);
  });

  test('leave no password in the server’s log, whatever is logged and whatever fails', async () => {
    const logged = `plain_logged_${suffix}`;
    const url = await ownedDatabase(logged);
    const sql = server();
    for (const [setting, value] of [
      ['log_statement', 'all'],
      ['log_min_error_statement', 'error'],
      ['log_min_duration_statement', '0'],
      ['log_parameter_max_length_on_error', '-1'],
      ['log_error_verbosity', 'verbose'],
    ])
      await sql.unsafe(`alter role ${logged}_owner set ${setting} = '${value}'`);
    const broken = { ...workstations.schema, upkeep: { ...workstations.schema.upkeep, triggers: 'select 1 / 0;' } };
    await expect(migrateSchemas(url, [broken])).rejects.toMatchObject({ code: '22012' });
    await migrateSchemas(url, schemas);
    await sql.unsafe(`alter role ${roleOf(logged, schema)} password 'another'`);
    await migrateSchemas(url, schemas);
    const [{ place } = { place: '' }] = await sql<
      { place: string }[]
    >`select current_setting('data_directory') as place`;
    const log = await readFile(join(dirname(place), 'server.log'), 'utf8');
    expect(log).toContain('division by zero');
    expect(log).toContain(`alter role "${roleOf(logged, schema)}" password 'SCRAM-SHA-256$`);
    const { password } = new URL(await subgraphUrl(url, schema));
    expect(password).toMatch(/^[0-9a-f]{64}$/);
    for (const secret of [password, `secret-of-${logged}`]) expect(log.includes(secret)).toBe(false);
    await sql.end();
    await dropDatabase(logged);
  });

  test('one that is restored where its roles aren’t there serves, under roles of its own', async () => {
    const sql = server();
    await sql.unsafe(`create database ${restored} template ${first}`);
    const url = databaseUrl(inject('serverUrl'), restored);
    await migrateSchemas(url, schemas);
    const login = await subgraphUrl(url, schema);
    await answers([login]);
    expect(new URL(login).password).not.toBe(new URL(await subgraphUrl(urls[0] ?? '', schema)).password);
    const admin = postgres(url, { max: 1 });
    expect(
      (await picture(admin, roleOf(restored, schema))).filter((line) => line.includes(roleOf(first, schema))),
    ).toEqual([]);
    await admin.end();
    await sql.end();
  });

  test('an administrator who may not create roles is told what is missing, and how to give it', async () => {
    const sql = server();
    await sql.unsafe(`alter role ${second}_owner nocreaterole`);
    const admin = postgres(databaseUrl(inject('serverUrl'), second), { max: 1 });
    // Nothing is missing for a database that is as it should be.
    await migrateSchemas(urls[1] ?? '', schemas);
    await admin.unsafe(`drop owned by ${roleOf(second, schema)}; drop role ${roleOf(second, schema)}`);
    await admin.end();
    await expect(migrateSchemas(urls[1] ?? '', schemas)).rejects.toMatchObject({
      code: 'DATABASE_RIGHTS_MISSING',
      message: `The user of DATABASE_URL may not create roles: run, as a superuser, ALTER ROLE "${second}_owner" CREATEROLE.`,
    });
    await sql.unsafe(`alter role ${second}_owner createrole`);
    await migrateSchemas(urls[1] ?? '', schemas);
    await answers([await subgraphUrl(urls[1] ?? '', schema)]);
    await sql.end();
  });
});
