import { createHash } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { cleanConnection, derivedTables } from '@hub/database';
import postgres from 'postgres';
import { ZipFile } from 'yazl';
import { BackupError } from './backup-error.ts';
import {
  type CatalogTable,
  layingLock,
  migrationsSchema,
  quotedList,
  sequencesOf,
  settleFormats,
  tablesOf,
} from './catalog.ts';
import { Counted } from './counted.ts';
import { filePart, formatName, formatVersion, type Manifest, manifestName, tablePart } from './manifest.ts';
import { removeAbandoned, unfinishedOf } from './unfinished.ts';
import { requireAllRowsSeen } from './visible.ts';

export interface BackupOptions {
  /** The administrator's address. */
  readonly url: string;
  /** The subgraphs' schemas. */
  readonly schemas: readonly string[];
  /** What else is kept, by the names of the data folder. */
  readonly files: readonly { readonly name: string; readonly content: string }[];
  /** Version of the hub. */
  readonly hub: string;
  /** Where it goes; nothing may be there. */
  readonly file: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes all rows of a hub as of one moment into one file, which appears under its name once it is whole. The hub may run
 * meanwhile; memory doesn't grow with the data.
 * @throws BackupError
 */
export async function writeBackup(options: BackupOptions): Promise<Manifest> {
  const { file, signal } = options;
  const exists = () =>
    new BackupError('FILE_EXISTS', `${file} is there already: choose another name, nothing was written.`);
  if (await isThere(file)) throw exists();
  await removeAbandoned(dirname(file));
  const unfinished = unfinishedOf(file);
  const handle = await open(unfinished, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(
      'FILE_UNWRITABLE',
      `Nothing can be written to ${dirname(file)} (${error.code}): choose another folder.`,
    );
  });
  const output = handle.createWriteStream({ flush: true });
  try {
    const zip = new ZipFile();
    // yazl tells of a part that broke here; whoever writes it is told too.
    zip.on('error', () => undefined);
    const written = pipeline(zip.outputStream, output, { signal });
    const failing = new Promise<never>((_, reject) => {
      written.catch(reject);
    });
    const manifest = await Promise.race([fill(zip, failing, options), failing]);
    await written;
    // A link takes no place that is taken, which renaming would.
    await link(unfinished, file).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw exists();
      // Some file systems, such as a memory stick's, know no links; a copy could be left half.
      if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS)$/.test(String(error.code))) throw error;
      if (await isThere(file)) throw exists();
      await rename(unfinished, file);
    });
    return manifest;
  } catch (error) {
    throw isOfDisk(error) ? unwritten(file, error) : error;
  } finally {
    // Of one that was given up nobody else closes it.
    output.destroy();
    await rm(unfinished, { force: true });
  }
}

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
const isOfDisk = (error: unknown): error is NodeJS.ErrnoException =>
  /^(ENOSPC|EDQUOT|EFBIG|EIO|EROFS)$/.test(String((error as { code?: unknown } | null)?.code));
const unwritten = (file: string, error: NodeJS.ErrnoException) =>
  new BackupError(
    'FILE_UNWRITABLE',
    `The disk of ${dirname(file)} takes no more (${error.code}): make room, or choose another folder.`,
  );

async function fill(zip: ZipFile, failing: Promise<never>, options: BackupOptions): Promise<Manifest> {
  const { url, schemas, files, hub } = options;
  const at = new Date();
  const entry = { mtime: at, mode: 0o600 };
  /** Writes a part to its end. */
  const add = async (name: string, content: Readable) => {
    const counted = new Counted();
    content.on('error', (error) => counted.destroy(error));
    zip.addReadStream(content.pipe(counted), name, entry);
    await Promise.race([finished(counted), failing]);
    return counted;
  };

  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: 'hub-backup' },
  });
  try {
    // Nobody lays migrations between the moment that is read and the locks that keep the tables as they are.
    await sql.unsafe(cleanConnection);
    await sql`select pg_advisory_lock_shared(hashtext(${layingLock}))`;
    const read = await sql.begin('isolation level repeatable read, read only', async (tx) => {
      await settleFormats(tx);
      const laid = await laidSchemas(tx, schemas);
      const tables = await tablesOf(tx, laid);
      await tx.unsafe(`lock table ${tables.map(({ quoted }) => quoted).join(', ')} in access share mode`);
      await tx`select pg_advisory_unlock_shared(hashtext(${layingLock}))`;
      await requireAllRowsSeen(tx, tables);
      const [server] = await tx<{ version: string }[]>`select current_setting('server_version') as version`;
      const described: Manifest['schemas'] = [];
      for (const schema of laid) {
        const rows: Manifest['schemas'][number]['tables'] = [];
        for (const table of tables.filter((one) => one.schema === schema && !derivedTables.includes(one.name)))
          rows.push(await copied(tx, table, add));
        described.push({
          name: schema,
          migrations: await migrationsOf(tx, schema),
          tables: rows,
          sequences: await Promise.all(
            (await sequencesOf(tx, [schema])).map(async ({ name, quoted }) => {
              const [one] = await tx.unsafe(`select last_value::text as last, is_called as called from ${quoted}`);
              return { name, last: String(one?.['last']), called: one?.['called'] === true };
            }),
          ),
        });
      }
      return { server: server?.version ?? '', schemas: described };
    });
    const kept: Manifest['files'] = [];
    for (const { name, content } of files) {
      zip.addBuffer(Buffer.from(content), filePart(name), entry);
      kept.push({
        name,
        bytes: Buffer.byteLength(content),
        sha256: createHash('sha256').update(content).digest('hex'),
      });
    }
    const manifest: Manifest = {
      format: formatName,
      version: formatVersion,
      hub,
      at: at.toISOString(),
      ...read,
      files: kept,
    };
    zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 1)), manifestName, entry);
    zip.end();
    return manifest;
  } finally {
    // A pooler may hand on the lock with its connection. One that is gone has none.
    await sql.unsafe(cleanConnection).catch(() => undefined);
    await sql.end({ timeout: 0 });
  }
}

async function copied(
  tx: postgres.TransactionSql,
  { schema, name, quoted, columns }: CatalogTable,
  add: (name: string, content: Readable) => Promise<Counted>,
): Promise<Manifest['schemas'][number]['tables'][number]> {
  const rows = await tx.unsafe(`copy ${quoted} (${quotedList(columns)}) to stdout`).readable();
  // A driver (3.4.9) that paused its socket for what wasn't taken yet resumes it when more is read, and after the last there is no more.
  rows.once('end', () => rows._read(0));
  const counted = await add(tablePart(schema, name), rows);
  return { name, columns: [...columns], rows: counted.lines, bytes: counted.bytes, sha256: counted.digest() };
}

async function migrationsOf(tx: postgres.TransactionSql, schema: string): Promise<{ hash: string; at: number }[]> {
  const rows = await tx<{ hash: string; at: string }[]>`
    select hash, created_at::text as at from ${tx(`${migrationsSchema(schema)}.__drizzle_migrations`)} order by id`;
  return rows.map(({ hash, at }) => ({ hash, at: Number(at) }));
}

/** Those that are there: of an older hub's, others may come only with the next start. */
async function laidSchemas(tx: postgres.TransactionSql, schemas: readonly string[]): Promise<string[]> {
  const found = await tx<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname = any(${schemas.map(migrationsSchema)}::text[])`;
  const laid = schemas.filter((schema) => found.some(({ name }) => name === migrationsSchema(schema)));
  if (laid.length > 0) return laid;
  throw new BackupError('NO_HUB', 'This database holds no hub: nothing was backed up.');
}
