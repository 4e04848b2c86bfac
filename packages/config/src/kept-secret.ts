import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret that the hub makes for itself the first time and then keeps in a file of its data folder, readable by its user alone. */
export async function keptSecret(directory: string, name: string, make: () => Promise<string>): Promise<string> {
  const file = join(directory, name);
  const read = () => readFile(file, 'utf8');
  try {
    return await read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = await make();
  await mkdir(directory, { recursive: true });
  // Written whole and then named, where there is none by now: of several that make one at once all go on with the first.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, made, { mode: 0o600 });
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return read();
}
