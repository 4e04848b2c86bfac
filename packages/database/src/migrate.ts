import { createHash, createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { StartError } from './start-error.ts';
import { type PartOf, type RecordTable, type Upkeep, upkeepSql } from './upkeep.ts';

/** The tables of one subgraph: a schema and a login role of the same name. */
export interface Schema {
  readonly name: string;
  /** Folder of the SQL that drizzle-kit made. */
  readonly migrations: URL;
  readonly upkeep: Upkeep;
}

/** The login role of a subgraph: it owns nothing and can't pass by a policy. */
const roleOf = (schema: string) => `hub_${schema}`;

/** The address under which a subgraph reaches its schema. The password follows from the administrator's, so that every process knows it without being told. */
export function subgraphUrl(adminUrl: string, schema: string): string {
  const url = new URL(adminUrl);
  if (!url.password)
    throw new StartError(
      'DATABASE_PASSWORD_MISSING',
      'DATABASE_URL has no password: name one in it, since the passwords of the subgraphs’ roles are made from it.',
    );
  const password = createHmac('sha256', url.password).update(roleOf(schema)).digest('base64url');
  url.username = roleOf(schema);
  url.password = password;
  return url.href;
}

/** Brings every schema to the code's state: migrations, then upkeep. Several at once end in the same state, since one waits for the other. */
export async function migrateSchemas(
  adminUrl: string,
  schemas: readonly Schema[],
  progress: (line: string) => void = () => undefined,
): Promise<void> {
  const admin = postgres(adminUrl, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'hub-migrate' },
  });
  try {
    await admin`select pg_advisory_lock(hashtext('cppcc-hub migrations'))`;
    for (const schema of schemas) {
      await createRole(admin, adminUrl, schema.name);
      await migrate(drizzle(admin), {
        migrationsFolder: fileURLToPath(schema.migrations),
        migrationsSchema: `${schema.name}_migrations`,
      });
      await layUpkeep(admin, schema);
      // A server that was started anew may be one that was brought back: whose numbers go on from where is said before anybody reads.
      await admin.unsafe(`select ${schema.name}.begin_change_era()`);
      progress(`schema ${schema.name}`);
    }
  } finally {
    await admin.end();
  }
}

async function createRole(admin: postgres.Sql, adminUrl: string, schema: string): Promise<void> {
  const role = roleOf(schema);
  const password = decodeURIComponent(new URL(subgraphUrl(adminUrl, schema)).password);
  // Roles belong to the whole server, so another database's migration may make the same one now: both want the same, and the loser tries again.
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [known] = await admin`select 1 from pg_roles where rolname = ${role}`;
      await admin.unsafe(
        `${known ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole noinherit password '${password}'`,
      );
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * attempt));
    }
  }
}

async function layUpkeep(admin: postgres.Sql, schema: Schema): Promise<void> {
  const tables = await admin<RecordTable[]>`
    select table_name as name,
      array_remove(array_agg(case when column_name in ('receipt', 'reference_owner', 'reference_visibility', 'reference_parties') then column_name::text end order by column_name), null) as audience
    from information_schema.columns where table_schema = ${schema.name} and table_name <> 'change'
    group by table_name having bool_or(column_name = 'revision') order by 1`;
  // A part's foreign key is the one that carries its whole's audience along.
  const parts = await admin<PartOf[]>`
    select whole.relname as whole, part.relname as part, attribute.attname as column
    from pg_constraint as key
      join pg_class as part on part.oid = key.conrelid
      join pg_class as whole on whole.oid = key.confrelid
      join pg_attribute as attribute on attribute.attrelid = part.oid and attribute.attnum = key.conkey[1]
    where key.contype = 'f' and key.confupdtype = 'c' and part.relnamespace = ${schema.name}::regnamespace
    order by 1, 2, 3`;
  const text = upkeepSql(schema.name, roleOf(schema.name), tables, parts, schema.upkeep);
  const hash = createHash('sha256').update(text).digest('hex');
  await admin.begin(async (transaction) => {
    await transaction.unsafe(
      `create table if not exists ${schema.name}.upkeep (one boolean primary key default true check (one), hash text not null)`,
    );
    const [laid] = await transaction.unsafe(`select hash from ${schema.name}.upkeep`);
    if (laid?.['hash'] === hash) return;
    await transaction.unsafe(text);
    await transaction.unsafe(
      `insert into ${schema.name}.upkeep (hash) values ('${hash}') on conflict (one) do update set hash = excluded.hash`,
    );
  });
}

/** Does a schema's import unless the same one was done already; several starts at once do it one after the other. */
export async function importOnce(
  adminUrl: string,
  schema: string,
  hash: string,
  work: () => Promise<void>,
): Promise<boolean> {
  const admin = postgres(adminUrl, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'hub-import' },
  });
  try {
    await admin`select pg_advisory_lock(hashtext('cppcc-hub import'))`;
    const imported = admin(`${schema}.imported`);
    await admin`create table if not exists ${imported} (one boolean primary key default true check (one), hash text not null, at timestamptz not null default now())`;
    const [done] = await admin`select 1 from ${imported} where hash = ${hash}`;
    if (done) return false;
    await work();
    await admin`insert into ${imported} (hash) values (${hash}) on conflict (one) do update set hash = excluded.hash, at = now()`;
    return true;
  } finally {
    await admin.end();
  }
}
