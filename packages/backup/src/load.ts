import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';
import type { Archive } from './archive.ts';
import { BackupError, damaged } from './backup-error.ts';
import { type CatalogTable, quotedList } from './catalog.ts';
import { Counted } from './counted.ts';
import { type ManifestTable, tablePart } from './manifest.ts';

/**
 * Loads the rows of one table, as they come, and sees that they are those that were written.
 * @throws BackupError DAMAGED, REFUSED_BY_DATABASE
 */
export async function loadTable(
  tx: postgres.TransactionSql,
  archive: Archive,
  table: CatalogTable,
  given: ManifestTable,
): Promise<void> {
  const part = tablePart(table.schema, table.name);
  const { lines } = await loadPart(archive, part, given, async (counted, open) => {
    const query = tx.unsafe(`copy ${table.quoted} (${quotedList(given.columns)}) from stdin`);
    const sink = await query.writable();
    // What the server refuses after the last byte was sent, the driver (3.4.9) tells to nobody: its query had resolved before.
    const refused = new Promise<never>((_, reject) => {
      Object.assign(query, { reject });
    });
    refused.catch(() => undefined);
    await Promise.race([pipeline(await open(), counted, sink), refused]);
  });
  if (lines !== given.rows) throw damaged(part, `has ${lines} rows instead of ${given.rows}`);
}

/** A part that is read whole. */
export async function wholePart(
  archive: Archive,
  part: string,
  given: { readonly bytes: number; readonly sha256: string },
): Promise<string> {
  const chunks: Buffer[] = [];
  await loadPart(archive, part, given, async (counted, open) =>
    pipeline(
      await open(),
      counted,
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          chunks.push(chunk);
          done();
        },
      }),
    ),
  );
  return Buffer.concat(chunks).toString();
}

async function loadPart(
  archive: Archive,
  part: string,
  given: { readonly bytes: number; readonly sha256: string },
  /** Opened once it can be read: a part that is broken says so at once. */
  load: (counted: Counted, open: () => Promise<Readable>) => Promise<void>,
): Promise<Counted> {
  const counted = new Counted(given.bytes);
  try {
    await load(counted, () => archive.part(part));
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const sqlState = String((error as { code?: unknown }).code ?? '');
    // Values that a table doesn't take are the file's fault, and a full disk or a lost connection isn't.
    if (/^(53|57|58|08)...$|^(E[A-Z]+|CONNECTION_.*)$/.test(sqlState))
      throw new BackupError(
        'REFUSED_BY_DATABASE',
        `The database took no more at ${part} (${sqlState}): see its log, and make room where its disk is full. Nothing was restored.`,
        { cause: error },
      );
    throw damaged(part, sqlState === '' ? 'can’t be read' : `isn’t what its table takes (${sqlState})`, error);
  }
  if (counted.bytes !== given.bytes || counted.digest() !== given.sha256)
    throw damaged(part, 'isn’t as it was written');
  return counted;
}
