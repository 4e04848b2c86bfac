/**
 * Who may do what in a schema, as the server's catalogs have it now: one hash for each kind of thing that the upkeep lays. A
 * text that was laid says nothing of what was done to it since, or of the server that a dump of it was restored into.
 */
import type postgres from 'postgres';

/** By kind of thing, what it is now. */
export type Standing = Readonly<Record<string, string>>;

/** A schema, the role that may use it and whether the hub's own table of what was laid is there. */
export interface LookedAt {
  readonly schema: string;
  readonly role: string;
}

/**
 * In one query, and without a lock that anybody waits for. Policies are compared as PostgreSQL keeps them, since writing
 * some hundreds of them out as SQL takes longer than all the rest.
 */
export async function standingOf(
  sql: postgres.Sql | postgres.TransactionSql,
  wanted: readonly LookedAt[],
): Promise<ReadonlyMap<string, Standing>> {
  const rows = await sql<{ schema: string; standing: Standing }[]>`
    with looked as (
      select n.oid as schema, n.nspname, n.nspowner, n.nspacl, r.oid as role, r.rolname
      from unnest(${wanted.map(({ schema }) => schema)}::text[], ${wanted.map(({ role }) => role)}::text[]) as given (schema, role)
        join pg_catalog.pg_namespace as n on n.nspname = given.schema left join pg_catalog.pg_roles as r on r.rolname = given.role
    ),
    relation as (
      select looked.schema, c.* from looked join pg_catalog.pg_class as c on c.relnamespace = looked.schema and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    ),
    fact (schema, kind, text) as (
      select schema, 'grants', concat_ws(' ', 'schema', nspowner::regrole, nspacl) from looked
      union all select schema, 'grants', concat_ws(' ', relname, relowner::regrole, relacl) from relation
      union all select schema, 'grants', concat_ws(' ', relname, attname, attacl)
        from relation join pg_catalog.pg_attribute as a on a.attrelid = relation.oid where attacl is not null
      union all select schema, 'row security', concat_ws(' ', relname, relrowsecurity, relforcerowsecurity) from relation where relkind in ('r', 'p')
      union all select schema, 'policies', concat_ws(' ', relname, polname, polcmd, polpermissive,
          array(select pg_get_userbyid(one) from unnest(polroles) as one order by 1), polqual, '|', polwithcheck)
        from relation join pg_catalog.pg_policy as p on p.polrelid = relation.oid
      union all select looked.schema, 'functions', concat_ws(' ', p.oid::regprocedure, proowner::regrole, proacl, prosecdef, proconfig, prolang, provolatile,
          proleakproof, proisstrict, proretset, prorettype, prokind, prosrc, prosqlbody)
        from looked join pg_catalog.pg_proc as p on p.pronamespace = looked.schema
      union all select schema, 'triggers', concat_ws(' ', relname, tgname, tgfoid::regproc, tgtype, tgenabled, tgdeferrable, tginitdeferred, tgattr, tgargs, tgqual)
        from relation join pg_catalog.pg_trigger as t on t.tgrelid = relation.oid where not tgisinternal
      union all select schema, 'role', concat_ws(' ', rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls,
          has_database_privilege(rolname, current_database(), 'connect'))
        from looked join pg_catalog.pg_roles using (rolname)
      -- Whoever may act as the owner gains nothing by it.
      union all select schema, 'role', concat_ws(' ', m.roleid::regrole, m.member::regrole, m.grantor::regrole, to_jsonb(m) - 'oid' - 'roleid' - 'member' - 'grantor')
        from looked join pg_catalog.pg_auth_members as m on m.member = looked.role or (m.roleid = looked.role and not pg_has_role(m.member, nspowner, 'member'))
      -- What it has rights on besides, or owns.
      union all select schema, 'role', concat_ws(' ', deptype, classid::regclass, objid) from looked join lateral (${elsewhere(sql)}) as other on true
    )
    select nspname as schema, (select jsonb_object_agg(kind, hash) from (
        select kind, encode(sha256(convert_to(string_agg(text, chr(10) order by text collate "C"), 'UTF8')), 'hex') as hash
        from fact where fact.schema = looked.schema group by kind) as hashed) as standing
    from looked`;
  return new Map(rows.map(({ schema, standing }) => [schema, standing]));
}

/** What the role of a schema, both in `looked`, has rights on in this database besides that schema. */
const elsewhere = (sql: postgres.Sql | postgres.TransactionSql) => sql`
  select d.deptype, d.classid, d.objid from pg_catalog.pg_shdepend as d
  where d.refclassid = 'pg_catalog.pg_authid'::regclass and d.refobjid = looked.role
    and (d.dbid = (select oid from pg_catalog.pg_database where datname = current_database()) or (d.dbid = 0 and d.classid <> 'pg_catalog.pg_database'::regclass))
    and not (d.classid = 'pg_catalog.pg_namespace'::regclass and d.objid = looked.schema)
    and not exists (select 1 from pg_catalog.pg_class where oid = d.objid and d.classid = 'pg_catalog.pg_class'::regclass and relnamespace = looked.schema)
    and not exists (select 1 from pg_catalog.pg_proc where oid = d.objid and d.classid = 'pg_catalog.pg_proc'::regclass and pronamespace = looked.schema)
    and not exists (select 1 from pg_catalog.pg_policy as p join pg_catalog.pg_class as c on c.oid = p.polrelid
      where p.oid = d.objid and d.classid = 'pg_catalog.pg_policy'::regclass and c.relnamespace = looked.schema)`;

/** Which kinds of things aren't as they were laid. */
export function differing(laid: Standing, now: Standing): readonly string[] {
  return [...new Set([...Object.keys(laid), ...Object.keys(now)])].filter((kind) => laid[kind] !== now[kind]).sort();
}
