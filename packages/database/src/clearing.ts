/**
 * Takes away what a schema has of policies, triggers, functions and rights, before the upkeep lays its own: so what somebody
 * added or changed by hand doesn't outlast it. All of it is in one transaction with what is laid, and nobody sees it between.
 */

import { StartError } from '@hub/lifecycle';
import type postgres from 'postgres';
import type { Administrator } from './administrator.ts';
import { quoted } from './roles.ts';

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * @param kept functions that are replaced in place, as an ordinary upgrade does under a running gateway; those that an index
 * or a column is made of stay in any case
 */
export function clearSql(schema: string, kept: readonly string[]): string {
  return `
do $$ declare
  one record;
begin
  for one in select polname, polrelid::regclass as place from pg_catalog.pg_policy join pg_catalog.pg_class as c on c.oid = polrelid
      where relnamespace = ${literal(schema)}::regnamespace loop
    execute format('drop policy %I on %s', one.polname, one.place);
  end loop;
  for one in select tgname, tgrelid::regclass as place from pg_catalog.pg_trigger join pg_catalog.pg_class as c on c.oid = tgrelid
      where relnamespace = ${literal(schema)}::regnamespace and not tgisinternal loop
    execute format('drop trigger %I on %s', one.tgname, one.place);
  end loop;
  for one in select p.oid::regprocedure as place from pg_catalog.pg_proc as p where pronamespace = ${literal(schema)}::regnamespace
      and proname <> all(${literal(`{${kept.join()}}`)}::text[])
      and not exists (select 1 from pg_catalog.pg_depend where classid = 'pg_catalog.pg_proc'::regclass and objid = p.oid and deptype = 'e') loop
    begin
      execute format('drop routine %s', one.place);
    exception when dependent_objects_still_exist then null;
    end;
  end loop;
end $$;`;
}

/** Takes every right in a schema from everybody but its owner: what follows grants. */
export function revokeSql(schema: string, owner: string): string {
  const kinds = ['tables', 'sequences', 'routines'];
  return `
do $$ declare
  grantee text;
begin
  for grantee in
    select distinct case acl.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(acl.grantee)) end from (
      select relacl as rights from pg_catalog.pg_class where relnamespace = ${literal(schema)}::regnamespace
      union all select attacl from pg_catalog.pg_attribute join pg_catalog.pg_class as c on c.oid = attrelid where relnamespace = ${literal(schema)}::regnamespace
      union all select coalesce(proacl, acldefault('f', proowner)) from pg_catalog.pg_proc where pronamespace = ${literal(schema)}::regnamespace
      union all select nspacl from pg_catalog.pg_namespace where nspname = ${literal(schema)}) as held, aclexplode(held.rights) as acl
    where acl.grantee is distinct from (select oid from pg_catalog.pg_roles where rolname = ${literal(owner)})
  loop
    ${kinds.map((kind) => `execute format('revoke all on all ${kind} in schema ${schema} from %s cascade', grantee);`).join('\n    ')}
    execute format('revoke all on schema ${schema} from %s cascade', grantee);
  end loop;
end $$;
${kinds.map((kind) => `grant all on all ${kind} in schema ${schema} to ${quoted(owner)};`).join('\n')}`;
}

/** Gives what is in a schema to its owner: a table of somebody else's is read by functions of the owner as by a stranger. */
export async function adopt(sql: postgres.TransactionSql, schema: string, owner: string): Promise<void> {
  const strays = await sql<{ kind: string; place: string }[]>`
    select case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end as kind,
        format('%I.%I', nspname, relname) as place
      from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = relnamespace
      where nspname in (${schema}, ${`${schema}_migrations`}) and relkind in ('r', 'p', 'v', 'm', 'f', 'S') and pg_get_userbyid(relowner) <> ${owner}
        -- A column's sequence goes with its table.
        and not exists (select 1 from pg_catalog.pg_depend where classid = 'pg_catalog.pg_class'::regclass and objid = c.oid and deptype in ('a', 'i', 'e'))
    union all select 'routine', p.oid::regprocedure::text from pg_catalog.pg_proc as p where pronamespace = to_regnamespace(${schema}) and pg_get_userbyid(proowner) <> ${owner}
        and not exists (select 1 from pg_catalog.pg_depend where classid = 'pg_catalog.pg_proc'::regclass and objid = p.oid and deptype = 'e')
    union all select 'schema', quote_ident(nspname) from pg_catalog.pg_namespace where nspname = ${`${schema}_migrations`} and pg_get_userbyid(nspowner) <> ${owner}`;
  for (const { kind, place } of strays) await sql.unsafe(`alter ${kind} ${place} owner to ${quoted(owner)}`);
}

/** Makes the role what it should be: one that logs in, owns nothing and is nobody else. It has no password before it gets one. */
export async function makeRole(sql: postgres.TransactionSql, admin: Administrator, role: string): Promise<void> {
  const name = quoted(role);
  const [known] = await sql`select * from pg_catalog.pg_roles where rolname = ${role}`;
  if (!known) await sql.unsafe(`create role ${name} login noinherit`);
  // What is as it should be isn't named: some of these may be named by a superuser alone.
  const wrong = [
    ['rolsuper', false, 'nosuperuser'],
    ['rolbypassrls', false, 'nobypassrls'],
    ['rolreplication', false, 'noreplication'],
    ['rolcreaterole', false, 'nocreaterole'],
    ['rolcreatedb', false, 'nocreatedb'],
    ['rolinherit', false, 'noinherit'],
    ['rolcanlogin', true, 'login'],
  ].filter(([attribute, wanted]) => known && known[attribute as string] !== wanted);
  if (wrong.length > 0) await sql.unsafe(`alter role ${name} ${wrong.map(([, , clause]) => clause).join(' ')}`);
  const [{ connects } = { connects: false }] = await sql<{ connects: boolean }[]>`
    select has_database_privilege(${role}, current_database(), 'connect') as connects`;
  if (!connects) await sql.unsafe(`grant connect on database ${quoted(admin.database)} to ${name}`);
}

/** Lets the owner of a schema do to it what another administrator, who may act as them, has begun. */
export async function equipOwner(sql: postgres.TransactionSql, admin: Administrator, owner: string): Promise<void> {
  const [{ creates } = { creates: false }] = await sql<{ creates: boolean }[]>`
    select has_database_privilege(${owner}, current_database(), 'create') as creates`;
  if (!creates) await sql.unsafe(`grant create on database ${quoted(admin.database)} to ${quoted(owner)}`);
}

/** Objects outside its schema, as REVOKE calls their kinds. */
const revocable: Readonly<Record<string, string>> = {
  table: 'table',
  view: 'table',
  'materialized view': 'table',
  'foreign table': 'table',
  sequence: 'sequence',
  function: 'routine',
  procedure: 'routine',
  aggregate: 'routine',
  schema: 'schema',
  type: 'type',
  domain: 'domain',
  language: 'language',
};

/** Takes from a role what it has been given besides its schema, and from others what they have by it. */
export async function isolateRole(
  sql: postgres.TransactionSql,
  admin: Administrator,
  { schema, role, owner }: { schema: string; role: string; owner: string },
): Promise<void> {
  const memberships = () => sql<{ group: string; member: string; grantor: string }[]>`
    select pg_get_userbyid(roleid) as group, pg_get_userbyid(member) as member, pg_get_userbyid(grantor) as grantor
    from pg_catalog.pg_auth_members
    where pg_get_userbyid(member) = ${role} or (pg_get_userbyid(roleid) = ${role} and not pg_has_role(member, ${owner}, 'member'))`;
  for (const { group, member, grantor } of await memberships()) {
    // Before PostgreSQL 16 there is one grant whoever made it.
    const by = admin.version >= 160_000 ? ` granted by ${quoted(grantor)}` : '';
    await sql.unsafe(`revoke ${quoted(group)} from ${quoted(member)}${by}`);
  }
  const rights = () => sql<{ type: string; place: string }[]>`
    select other.type, other.identity as place
    from pg_catalog.pg_shdepend as d, pg_catalog.pg_identify_object(d.classid, d.objid, 0) as other
    where d.refclassid = 'pg_catalog.pg_authid'::regclass and pg_get_userbyid(d.refobjid) = ${role} and d.deptype = 'a'
      and d.dbid = (select oid from pg_catalog.pg_database where datname = current_database())
      and other.schema is distinct from ${schema} and not (other.type = 'schema' and other.name = quote_ident(${schema}))`;
  for (const { type, place } of await rights()) {
    const kind = revocable[type];
    if (kind) await sql.unsafe(`revoke all on ${kind} ${place} from ${quoted(role)} cascade`);
  }
  const [left] = [
    ...(await rights()).map(({ type, place }) => `has rights on the ${type} ${place}`),
    ...(await memberships()).map(({ group, member }) =>
      member === role ? `is a member of ${group}` : `is granted to ${member}`,
    ),
  ];
  if (left)
    throw new StartError(
      'DATABASE_RIGHTS_MISSING',
      `The role ${role} ${left}, which goes past what a subgraph may do, and the user of DATABASE_URL may not take it back: revoke it as a superuser, and start again.`,
    );
}
