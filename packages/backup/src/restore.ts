import { fileURLToPath } from 'node:url';
import { cleanConnection, derivedTables, keptTablesSql, type Schema } from '@hub/database';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import postgres from 'postgres';
import { type Archive, openArchive } from './archive.ts';
import { BackupError, damaged } from './backup-error.ts';
import { type CatalogTable, layingLock, migrationsSchema, sequencesOf, settleFormats, tablesOf } from './catalog.ts';
import { loadTable, wholePart } from './load.ts';
import { filePart, type Manifest, manifestName } from './manifest.ts';
import { setAside } from './set-aside.ts';

export interface RestoreOptions {
  /** The administrator's address, of a database without a hub. */
  readonly url: string;
  /** The subgraphs' schemas as this version has them. */
  readonly schemas: readonly Schema[];
  readonly file: string;
  /** Keeps the backup's other files, before anybody sees its rows; where it rejects nothing is restored. */
  readonly keepFiles?: (files: ReadonlyMap<string, string>) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Fails where a file is no backup, or can’t be read. @throws BackupError */
export async function requireBackup(file: string): Promise<void> {
  (await openArchive(file)).close();
}

/**
 * Loads a backup into an empty database: the migrations that it was made with, then its rows, all in one transaction. What
 * came later is laid by the ordinary start. Needs nothing of PostgreSQL but a user who may create schemas.
 * @returns what was restored, and the kept files' contents by name
 * @throws BackupError; then nothing is left in the database
 */
export async function restoreBackup(
  options: RestoreOptions,
): Promise<{ manifest: Manifest; files: ReadonlyMap<string, string> }> {
  const { url, schemas, file, keepFiles, signal } = options;
  const archive = await openArchive(file);
  try {
    const { manifest } = archive;
    const laid = manifest.schemas.map((given) => ({ ...given, statements: statementsOf(given, schemas) }));
    const files = await filesOf(archive);
    const sql = postgres(url, {
      max: 1,
      onnotice: () => undefined,
      connection: { application_name: 'hub-restore' },
    });
    const abandon = () => void sql.end({ timeout: 0 });
    signal?.addEventListener('abort', abandon);
    try {
      await sql.unsafe(cleanConnection);
      await sql`select pg_advisory_lock(hashtext(${layingLock}))`;
      await sql.begin(async (tx) => {
        await requireEmpty(tx, schemas);
        for (const { name, migrations, statements } of laid) await layMigrations(tx, name, migrations, statements);
        const names = laid.map(({ name }) => name);
        const migrated = await tablesOf(tx, names);
        for (const { name } of laid) await tx.unsafe(keptTablesSql(name));
        await settleFormats(tx);
        await loadAll(tx, archive, { migrated, tables: await tablesOf(tx, names) });
        // Rows without the keys that signed them would begin with others, and keys without rows are in nobody's way.
        await keepFiles?.(files);
      });
      return { manifest, files };
    } finally {
      // A pooler may hand on the lock with its connection. One that is gone has none.
      await sql.unsafe(cleanConnection).catch(() => undefined);
      signal?.removeEventListener('abort', abandon);
      await sql.end({ timeout: 1 });
    }
  } finally {
    archive.close();
  }
}

type ManifestSchema = Manifest['schemas'][number];

/** The statements that made a schema what it was. What the backup says of them is only compared. */
function statementsOf({ name, migrations }: ManifestSchema, schemas: readonly Schema[]): string[] {
  const newer = new BackupError(
    'NEWER',
    'The backup is of a newer hub than this one, or of another: restore it with the version that made it.',
  );
  const schema = schemas.find((one) => one.name === name);
  if (!schema) throw newer;
  const known = readMigrationFiles({ migrationsFolder: fileURLToPath(schema.migrations) });
  return migrations.flatMap(({ hash, at }, index) => {
    const same = known[index];
    if (same?.hash !== hash || same.folderMillis !== at) throw newer;
    return same.sql;
  });
}

async function requireEmpty(tx: postgres.TransactionSql, schemas: readonly Schema[]): Promise<void> {
  const names = schemas.flatMap(({ name }) => [name, migrationsSchema(name)]);
  const [taken] = await tx`select 1 from pg_namespace where nspname = any(${names}::text[])`;
  if (taken)
    throw new BackupError(
      'NOT_EMPTY',
      'This database holds a hub already: a backup is restored into one that is empty. Nothing was changed.',
    );
}

/** As drizzle does and records it, but within this transaction. */
async function layMigrations(
  tx: postgres.TransactionSql,
  name: string,
  migrations: ManifestSchema['migrations'],
  statements: readonly string[],
): Promise<void> {
  const schema = tx(migrationsSchema(name));
  const table = tx(`${migrationsSchema(name)}.__drizzle_migrations`);
  await tx`create schema ${schema}`;
  await tx`create table ${table} (id serial primary key, hash text not null, created_at bigint)`;
  await tx.unsafe(statements.join(';\n'));
  await tx`insert into ${table} ${tx(migrations.map(({ hash, at }) => ({ hash, created_at: at })))}`;
}

async function loadAll(
  tx: postgres.TransactionSql,
  archive: Archive,
  { migrated, tables }: { migrated: readonly CatalogTable[]; tables: readonly CatalogTable[] },
): Promise<void> {
  const { schemas } = archive.manifest;
  const key = ({ schema, name }: { schema: string; name: string }) => `${schema}.${name}`;
  const byName = new Map(tables.map((table) => [key(table), table]));
  const listed = schemas.flatMap((schema) => schema.tables.map((table) => ({ ...table, schema: schema.name })));
  // What migrations made is all there; of what the upkeep keeps an older version had less.
  for (const { schema, name, columns } of migrated) {
    const given = listed.find((one) => key(one) === key({ schema, name }));
    if (!given || columns.some((column) => !given.columns.includes(column)))
      throw damaged(manifestName, `lists no whole ${schema}.${name}`);
  }
  const aside = await setAside(tx, tables);
  for (const given of listed) {
    // An earlier version's backup has them.
    if (derivedTables.includes(given.name)) continue;
    const table = byName.get(key(given));
    if (!table || given.columns.some((column) => !table.columns.includes(column)))
      throw damaged(manifestName, `lists ${key(given)} with columns that this hub never had`);
    await loadTable(tx, archive, table, given);
  }
  const sequences = new Map(
    (
      await sequencesOf(
        tx,
        schemas.map(({ name }) => name),
      )
    ).map((one) => [key(one), one]),
  );
  for (const schema of schemas)
    for (const { name, last, called } of schema.sequences) {
      const sequence = sequences.get(key({ schema: schema.name, name }));
      if (!sequence) throw damaged(manifestName, `lists a sequence ${schema.name}.${name} that this hub never had`);
      await tx`select setval(${sequence.oid}::oid::regclass, ${last}::bigint, ${called})`;
    }
  await aside.putBack();
  for (const { name } of schemas)
    await tx`insert into ${tx(`${name}.restoration`)} (taken, hub) values (${archive.manifest.at}, ${archive.manifest.hub})`;
}

/** Keys are some hundred bytes. */
const largestFile = 1024 * 1024;

async function filesOf(archive: Archive): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const file of archive.manifest.files) {
    if (file.bytes > largestFile) throw damaged(filePart(file.name), 'is longer than one can be');
    contents.set(file.name, await wholePart(archive, filePart(file.name), file));
  }
  return contents;
}
