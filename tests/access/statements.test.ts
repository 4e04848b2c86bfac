import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { actorNames } from './cells.ts';
import { fill, type World } from './fixture.ts';
import { counterViolations, openRoles, type Roles, readViolations, writeViolations } from './statements.ts';

const schemas = subgraphs.map(({ name }) => name);
let database: TestDatabase;
let world: World;
let roles: Roles;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  world = await fill(database.admin, schemas);
  roles = openRoles(database.url, schemas);
});
afterAll(async () => {
  await roles.end();
  await database.drop();
});

test('the fixture fills every table, each with rows of every audience', () => {
  for (const table of world.tables) {
    const rows = world.byTable.get(table.name) ?? [];
    expect(new Set(rows.map(({ variant }) => variant)).size, table.name).toBeGreaterThanOrEqual(20);
    for (const { name, generated } of table.columns)
      if (!generated && !['revision', 'created', 'modified', 'deleted'].includes(name))
        expect(rows[0]?.values[name], `${table.name}.${name}`).not.toBeNull();
  }
});

describe.each(actorNames)('%s', (actor) => {
  test('reads exactly the rows of its line in the grid', async () => {
    const found: string[] = [];
    for (const table of world.tables) found.push(...(await readViolations(world, roles, table, actor)));
    for (const schema of schemas) found.push(...(await counterViolations(world, roles, schema, actor)));
    expect(found).toEqual([]);
  });

  test('writes its own committee’s rows as staff, and nothing else', async () => {
    const found: string[] = [];
    for (const table of world.tables) found.push(...(await writeViolations(world, roles, table, actor)));
    expect(found).toEqual([]);
  });
});

test('nothing is read without a scope, and nothing with settings that are left empty', async () => {
  const empty = Object.fromEntries(
    ['public', 'member_of', 'staff_of', 'below_lo', 'below_hi', 'member'].map((name) => [`hub.${name}`, '']),
  );
  for (const table of [...world.tables.map(({ name }) => name), ...schemas.map((schema) => `${schema}.counter`)]) {
    const [schema = ''] = table.split('.');
    const count = await roles.as(schema, undefined, async (sql) => {
      const [unset] = await sql.unsafe(`select count(*)::int as n from ${table}`);
      for (const [name, value] of Object.entries(empty)) await sql`select set_config(${name}, ${value}, true)`;
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
      from pg_roles as r where rolname = any(${schemas.map((schema) => `hub_${schema}`)}) order by 1`;
    expect(attributes.map((row) => ({ ...row }))).toEqual(
      schemas
        .map((schema) => ({ name: `hub_${schema}`, more: false, login: true, owned: 0, memberships: 0 }))
        .sort((one, other) => one.name.localeCompare(other.name)),
    );
  });

  test('have rights on records and counters of their own schema, and on nothing else', async () => {
    const granted = await database.admin<{ role: string; table: string; rights: string[] }[]>`
      select grantee as role, format('%s.%s', table_schema, table_name) as table, array_agg(privilege_type::text order by privilege_type) as rights
      from information_schema.role_table_grants
      where table_schema !~ '^(pg_|information_schema)' and (grantee like 'hub_%' or grantee = 'PUBLIC') group by 1, 2 order by 1, 2`;
    const expected = [
      ...world.tables.map(({ name, schema }) => ({
        role: `hub_${schema}`,
        table: name,
        rights: ['INSERT', 'SELECT', 'UPDATE'],
      })),
      ...schemas.map((schema) => ({ role: `hub_${schema}`, table: `${schema}.counter`, rights: ['SELECT'] })),
    ].sort((one, other) => (one.table < other.table ? -1 : 1));
    expect(granted.map((row) => ({ ...row })).sort((one, other) => (one.table < other.table ? -1 : 1))).toEqual(
      expected,
    );
  });

  test('reach neither another subgraph’s rows nor the change feed nor the search index', async () => {
    for (const schema of schemas) {
      const others = world.tables.filter((table) => table.schema !== schema).map(({ name }) => name);
      const kept = schemas.flatMap((one) => ['change', 'search_entry', 'upkeep'].map((table) => `${one}.${table}`));
      for (const table of [...others, ...kept]) {
        const reading = roles.as(schema, undefined, (sql) => sql.unsafe(`select 1 from ${table}`));
        await expect(reading, `${schema} reads ${table}`).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  test('every table that they reach is policed, also for its owner, by a policy for each thing that they may do', async () => {
    const policed = await database.admin<{ table: string; enabled: boolean; forced: boolean; policies: string[] }[]>`
      select format('%s.%s', n.nspname, c.relname) as table, relrowsecurity as enabled, relforcerowsecurity as forced,
        (select coalesce(array_agg(polcmd::text || case when polpermissive then '' else ' restrictive' end order by polcmd), '{}') from pg_policy where polrelid = c.oid) as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any(${schemas}) and relkind in ('r', 'p', 'v', 'm')
        and exists (select 1 from aclexplode(c.relacl) as acl join pg_roles r on r.oid = acl.grantee where r.rolname like 'hub_%')`;
    for (const { table, enabled, forced, policies } of policed) {
      const counter = table.endsWith('.counter');
      expect({ table, enabled, policies }).toEqual({
        table,
        enabled: true,
        policies: counter ? ['r'] : ['a', 'r', 'w'],
      });
      // A counter is written by what its owner's triggers do, so only the others are closed to the owner too.
      if (!counter) expect({ table, forced }).toEqual({ table, forced: true });
    }
    expect(policed.length).toBe(world.tables.length + schemas.length);
  });

  test('what runs with its owner’s rights is the search and what triggers do, with a search path of its own', async () => {
    const definers = await database.admin<{ name: string; path: string[] | null; callable: boolean }[]>`
      select p.proname as name, p.proconfig as path, has_function_privilege(format('hub_%s', n.nspname), p.oid, 'execute') as callable
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where prosecdef and n.nspname = any(${schemas})`;
    for (const { name, path, callable } of definers) {
      expect(['search', 'keep_change', 'keep_parts', 'keep_search_entry']).toContain(name);
      expect(path).toContain('search_path=""');
      expect({ name, callable }).toEqual({ name, callable: name === 'search' });
    }
    expect(definers.length).toBe(4 * schemas.length);
  });
});
