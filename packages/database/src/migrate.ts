import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StartError } from '@hub/lifecycle';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import type postgres from 'postgres';
import { type Administrator, openAdministrator, ownersOf, requireRights } from './administrator.ts';
import { differing, type Standing, standingOf } from './catalog.ts';
import { cleanConnection } from './clean-connection.ts';
import { adopt, clearSql, equipOwner, isolateRole, makeRole } from './clearing.ts';
import { schemaTables } from './policies.ts';
import { letsIn, loginUrl, quoted, roleOf, scramVerifier } from './roles.ts';
import { socketFolder } from './socket.ts';
import { expectedStructure, mendStructures, type Structure } from './structure.ts';
import { type Upkeep, upkeepSql } from './upkeep.ts';

/** The tables of one subgraph: a schema, and a login role for it. */
export interface Schema {
  readonly name: string;
  /** Folder of the SQL that drizzle-kit made. */
  readonly migrations: URL;
  /** What its module of tables exports. */
  readonly tables: Readonly<Record<string, unknown>>;
  readonly upkeep: Upkeep;
}

/** A schema as it should be in one database. */
interface Target {
  readonly schema: string;
  readonly role: string;
  readonly owner: string;
  readonly migrations: string;
  readonly text: string;
  /** Of all that is laid: the migrations that come before it and its own text. */
  readonly hash: string;
  readonly structure: Structure | undefined;
}

function targetOf(schema: Schema, database: string, owner: string): Target {
  const role = roleOf(database, schema.name);
  const text = upkeepSql(schema.name, { owner, role }, schemaTables(schema.tables), schema.upkeep);
  const migrations = fileURLToPath(schema.migrations);
  const journal = readFileSync(new URL(`${schema.migrations.href}/meta/_journal.json`));
  const hash = createHash('sha256').update(journal).update(text).digest('hex');
  const structure = expectedStructure(schema.migrations);
  return { schema: schema.name, role, owner, migrations, text, hash, structure };
}

/** What was laid in a schema, beside it: only its owner reads it, since the role's password is there. */
interface Laid {
  readonly schema: string;
  readonly hash: string;
  readonly standing: Standing;
  readonly role: string;
  readonly password: string;
}

/**
 * Brings every schema to the code's state: migrations, then upkeep, in one transaction for each. What is as it was laid stays
 * untouched, and nothing is locked for it. Several at once end in the same state, since one waits for the other.
 */
export async function migrateSchemas(
  adminUrl: string,
  schemas: readonly Schema[],
  progress: (line: string) => void = () => undefined,
): Promise<void> {
  const admin = await openAdministrator(adminUrl, 'hub-migrate');
  try {
    const owners = await ownersOf(
      admin,
      schemas.map(({ name }) => name),
    );
    const targets = schemas.map((schema) => targetOf(schema, admin.database, owners.get(schema.name) ?? admin.name));
    if ((await behind(admin, targets)).length > 0) {
      await admin.sql`select pg_advisory_lock(hashtext('cppcc-hub migrations'))`;
      for (const { target, drifted } of await behind(admin, targets)) {
        await lay(admin, target, drifted.length > 0);
        if (drifted.length > 0)
          progress(`${target.schema}: put right what wasn’t as it was laid (${drifted.join(', ')})`);
      }
    }
    for (const [schema, names] of await mendStructures(admin, targets))
      progress(`${schema}: put back what was missing of its constraints and indexes (${listed(names)})`);
    await Promise.all((await laidIn(admin, targets)).map((laid) => logIn(admin, adminUrl, laid)));
    for (const { schema, owner } of targets) await beginEra(admin, schema, owner);
  } finally {
    await admin.sql.unsafe(cleanConnection).catch(() => undefined);
    await admin.sql.end();
  }
}

const mostListed = 10;
const listed = (names: readonly string[]) =>
  names.length > mostListed
    ? `${names.slice(0, mostListed).join(', ')} and ${names.length - mostListed} more`
    : names.join(', ');

/** A server that was started anew may be one that was brought back: how its numbers go on is said before anybody reads. */
async function beginEra(admin: Administrator, schema: string, owner: string): Promise<void> {
  await admin.sql.begin(async (sql) => {
    if (owner !== admin.name) await sql.unsafe(`set local role ${quoted(owner)}`);
    await sql.unsafe(`select ${schema}.begin_change_era()`);
  });
}

/** The targets that aren't met, and which kinds of things aren't as they were laid there. */
async function behind(
  admin: Administrator,
  targets: readonly Target[],
): Promise<readonly { target: Target; drifted: readonly string[] }[]> {
  const now = await standingOf(admin.sql, targets);
  const laid = new Map(
    (
      await laidIn(
        admin,
        targets.filter(({ schema }) => now.has(schema)),
      )
    ).map((one) => [one.schema, one]),
  );
  const unmet = targets.flatMap((target) => {
    const before = laid.get(target.schema);
    const drifted = before ? differing(before.standing, now.get(target.schema) ?? {}) : [];
    return before?.hash === target.hash && drifted.length === 0 ? [] : [{ target, drifted }];
  });
  if (unmet.length > 0) {
    const roles = await admin.sql`
      select 1 from pg_catalog.pg_roles where rolname = any(${unmet.map(({ target }) => target.role)})`;
    requireRights(admin, {
      schemas: unmet.some(({ target }) => !now.has(target.schema)),
      roles: roles.length < unmet.length,
    });
  }
  return unmet;
}

async function laidIn(admin: Administrator, targets: readonly Pick<Target, 'schema'>[]): Promise<readonly Laid[]> {
  if (targets.length === 0) return [];
  // Of an earlier version's there is no more than a hash.
  const kept = await admin.sql<{ schema: string; owner: string }[]>`
    select nspname as schema, pg_get_userbyid(nspowner) as owner from pg_catalog.pg_attribute as a
      join pg_catalog.pg_class as c on c.oid = attrelid join pg_catalog.pg_namespace as n on n.oid = relnamespace
    where nspname = any(${targets.map(({ schema }) => schema)}) and relname = 'upkeep' and attname = 'password'`;
  const [{ owner } = {}] = kept;
  if (!owner) return [];
  return admin.sql.begin(async (sql) => {
    // A superuser reads it whoever's it is, and it may not be its owner's yet.
    if (owner !== admin.name && !admin.isSuperuser) await sql.unsafe(`set local role ${quoted(owner)}`);
    return sql.unsafe<Laid[]>(
      kept
        .map(({ schema }) => `select '${schema}' as schema, hash, standing, role, password from ${schema}.upkeep`)
        .join(' union all '),
    );
  });
}

/** PostgreSQL's words for a transaction that was sacrificed to another: a gateway that runs holds its tables in an order of its own. */
const sacrificed = '40P01';

async function lay(admin: Administrator, target: Target, anew: boolean): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await admin.sql.begin((sql) => layIn(sql, admin, target, anew));
    } catch (error) {
      if ((error as { code?: string }).code !== sacrificed || attempt === 5) throw error;
    }
  }
}

async function layIn(sql: postgres.TransactionSql, admin: Administrator, target: Target, anew: boolean): Promise<void> {
  const { schema, role, owner, text, hash } = target;
  await makeRole(sql, admin, role);
  await adopt(sql, schema, owner);
  if (owner !== admin.name) {
    await equipOwner(sql, admin, owner);
    await sql.unsafe(`set local role ${quoted(owner)}`);
  }
  await runMigrations(sql, admin, target);
  await sql.unsafe(`
create table if not exists ${schema}.upkeep (one boolean primary key default true check (one), hash text not null);
alter table ${schema}.upkeep add column if not exists standing jsonb not null default '{}', add column if not exists role text not null default '',
  add column if not exists password text not null default '';`);
  // In an upgrade functions keep their identity, so that a gateway of the version before goes on calling them.
  const replaced = [...text.matchAll(/create or replace function \w+\.(\w+)/g)].map(([, name]) => name ?? '');
  await sql.unsafe(clearSql(schema, anew ? [] : replaced));
  await sql.unsafe(text);
  // Made by the server itself: a statement that brought it would stand in the log, and so would its parameters.
  await sql.unsafe(`
insert into ${schema}.upkeep as laid (hash, role, password)
  values ('${hash}', '${role}', replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))
  on conflict (one) do update set hash = excluded.hash, role = excluded.role,
    password = case when laid.role = excluded.role then laid.password else excluded.password end`);
  if (owner !== admin.name) await sql.unsafe('reset role');
  await isolateRole(sql, admin, target);
  const standing = (await standingOf(sql, [target])).get(schema) ?? {};
  if (owner !== admin.name) await sql.unsafe(`set local role ${quoted(owner)}`);
  await sql`update ${sql(`${schema}.upkeep`)} set standing = ${sql.json(standing)}`;
}

/** Migrations are a part of the transaction in which all else is laid. */
async function runMigrations(sql: postgres.TransactionSql, admin: Administrator, target: Target): Promise<void> {
  const { options } = admin.sql;
  // drizzle's migrator would begin a transaction of its own, and gives a driver ways of its own with JSON.
  const within = Object.assign(sql, {
    options: { ...options, parsers: { ...options.parsers }, serializers: { ...options.serializers } },
    begin: (work: (inner: postgres.TransactionSql) => Promise<unknown>) => sql.savepoint(work),
  });
  await migrate(drizzle(within as unknown as postgres.Sql), {
    migrationsFolder: target.migrations,
    migrationsSchema: `${target.schema}_migrations`,
  });
  // What they wrote is told of now: no trigger may be taken away while it waits.
  await sql.unsafe('set constraints all immediate; set constraints all deferred');
}

/** Sees that the role of a schema is let in with the password that is kept for it, and gives it that one otherwise. */
async function logIn(admin: Administrator, adminUrl: string, { role, password }: Laid): Promise<void> {
  const url = loginUrl(adminUrl, role, password);
  if (await letsIn(url)) return;
  await admin.sql.unsafe(`alter role ${quoted(role)} password '${scramVerifier(password)}' valid until 'infinity'`);
  if (!(await letsIn(url)))
    throw new StartError(
      'DATABASE_UNREACHABLE',
      `The database lets the user of DATABASE_URL in and not the role ${role}: let it log in with a password (pg_hba.conf).`,
    );
}

/** The addresses under which subgraphs reach their schemas, by the names of these. They hold passwords. */
export async function subgraphUrls(adminUrl: string, schemas: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const admin = await openAdministrator(adminUrl, 'hub-addresses');
  try {
    const laid = await laidIn(
      admin,
      schemas.map((schema) => ({ schema })),
    );
    const folder = await socketFolder(admin.sql, adminUrl);
    return new Map(laid.map(({ schema, role, password }) => [schema, loginUrl(adminUrl, role, password, folder)]));
  } finally {
    await admin.sql.end();
  }
}

/** The address of one. */
export async function subgraphUrl(adminUrl: string, schema: string): Promise<string> {
  const url = (await subgraphUrls(adminUrl, [schema])).get(schema);
  if (!url) throw new Error(`the database has no schema ${schema}: migrate it first`);
  return url;
}

/** Does a schema's import unless the same one was done already; several starts at once do it one after the other. */
export async function importOnce(
  adminUrl: string,
  schema: string,
  hash: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const admin = await openAdministrator(adminUrl, 'hub-import');
  const { sql } = admin;
  try {
    const owner = (await ownersOf(admin, [schema])).get(schema);
    if (owner && owner !== admin.name) await sql.unsafe(`set role ${quoted(owner)}`);
    await sql`select pg_advisory_lock(hashtext('cppcc-hub import'))`;
    const imported = sql(`${schema}.imported`);
    const [done] = await sql`select 1 from ${imported} where hash = ${hash}`;
    if (done) return false;
    await work();
    await sql`insert into ${imported} (hash) values (${hash}) on conflict (one) do update set hash = excluded.hash, at = now()`;
    return true;
  } finally {
    await sql.unsafe(cleanConnection).catch(() => undefined);
    await sql.end();
  }
}
