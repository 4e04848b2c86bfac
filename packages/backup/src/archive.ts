import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { BackupError, damaged } from './backup-error.ts';
import {
  anyVersion,
  filePart,
  formatVersion,
  type Manifest,
  manifestName,
  manifestShape,
  tablePart,
} from './manifest.ts';

/** Bytes that a manifest may have: it is read whole. */
const largestManifest = 16 * 1024 * 1024;
const mostParts = 20_000;

/** A backup that is open: what it says of itself, and its parts as they come. */
export interface Archive {
  readonly manifest: Manifest;
  part(name: string): Promise<Readable>;
  close(): void;
}

/**
 * Opens a backup and sees that it holds the parts that it lists, each of the length that it says, and no other. Nothing
 * that stands in it becomes a path.
 * @throws BackupError NOT_A_BACKUP, NEWER, DAMAGED
 */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch((error: Error) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new BackupError(
      'NOT_A_BACKUP',
      code === undefined
        ? `${file} is no backup of a hub, or was cut off: nothing was restored.`
        : `${file} can’t be read (${code}).`,
      { cause: error },
    );
  });
  try {
    const entries = await entriesOf(zip, file);
    const entry = entries.get(manifestName);
    if (!entry) throw new BackupError('NOT_A_BACKUP', `${file} is no backup of a hub: nothing was restored.`);
    const manifest = manifestOf(await manifestText(zip, entry));
    requireParts(manifest, entries);
    return {
      manifest,
      part: async (name) => {
        const found = entries.get(name);
        if (!found) throw damaged(name, 'is missing');
        const stream = await zip.openReadStreamPromise(found).catch((error: Error) => {
          throw damaged(name, 'can’t be read', error);
        });
        // What is left in the middle may find out afterwards that it is broken: nobody listens any more.
        return stream.on('error', () => undefined);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function entriesOf(zip: ZipFile, file: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName) || entries.size >= mostParts) throw damaged(entry.fileName, 'is there twice');
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw error instanceof BackupError ? error : damaged(file, 'has no readable list of its parts', error);
  }
  return entries;
}

async function manifestText(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > largestManifest) throw damaged(manifestName, 'is longer than one can be');
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  } catch (error) {
    throw damaged(manifestName, 'can’t be read', error);
  }
  const bytes = Buffer.concat(chunks);
  if (crc32(bytes) !== entry.crc32) throw damaged(manifestName, 'isn’t as it was written');
  return bytes.toString();
}

function manifestOf(text: string): Manifest {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw damaged(manifestName, 'can’t be read', error);
  }
  const written = anyVersion.safeParse(given);
  if (written.success && written.data.version > formatVersion)
    throw new BackupError('NEWER', 'The backup is of a newer hub than this one: restore it with that version.');
  const checked = manifestShape.safeParse(given);
  if (!checked.success)
    throw damaged(manifestName, `says something impossible (${checked.error.issues[0]?.path.join('.') ?? ''})`);
  return checked.data;
}

function requireParts({ schemas, files }: Manifest, entries: ReadonlyMap<string, Entry>): void {
  const parts = [
    ...schemas.flatMap(({ name, tables }) =>
      tables.map((table) => ({ part: tablePart(name, table.name), bytes: table.bytes })),
    ),
    ...files.map(({ name, bytes }) => ({ part: filePart(name), bytes })),
  ];
  const listed = new Set([manifestName]);
  for (const { part, bytes } of parts) {
    if (listed.has(part)) throw damaged(part, 'is listed twice');
    listed.add(part);
    const entry = entries.get(part);
    if (!entry) throw damaged(part, 'is missing');
    // What inflates to more than it says ends its stream.
    if (entry.uncompressedSize !== bytes) throw damaged(part, 'isn’t as long as it was');
  }
  for (const name of entries.keys()) if (!listed.has(name)) throw damaged(name, 'isn’t listed');
}
