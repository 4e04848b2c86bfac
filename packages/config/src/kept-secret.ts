import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A secret that the hub makes for itself the first time and then keeps in a file of its data folder, readable by its user alone. */
export async function keptSecret(directory: string, name: string, make: () => Promise<string>): Promise<string> {
  const file = join(directory, name);
  const read = () => readFile(file, 'utf8');
  try {
    return await read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // Where there is none by now: of several that make one at once all go on with the first.
  await writeThen(file, await make(), (draft) =>
    link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    }),
  );
  return read();
}

/** Writes a file of the data folder, readable by its user alone: whole, or not at all. */
export function writeKept(file: string, content: string): Promise<void> {
  return writeThen(file, content, (draft) => rename(draft, file));
}

async function writeThen(file: string, content: string, take: (draft: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { mode: 0o600 });
    await take(draft);
  } catch (thrown) {
    const error = thrown as NodeJS.ErrnoException;
    // Where a disk has no room Node doesn't say which file it was.
    if (error.path === undefined) error.message += ` '${file}'`;
    throw Object.assign(error, { path: file });
  } finally {
    await rm(draft, { force: true });
  }
}
