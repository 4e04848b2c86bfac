import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '@hub/lifecycle';

const ending = '.hub-backup.part';
/** After so long nobody on another machine, whose processes aren't seen here, writes it any more. */
const restMs = 24 * 3_600_000;

/** Where a backup is written until it is whole: named by who writes it. */
export const unfinishedOf = (file: string): string => `${file}.${hostname()}.${process.pid}${ending}`;

/** Removes what backups into a folder left that were killed, and nothing that another may still be writing. */
export async function removeAbandoned(folder: string): Promise<void> {
  const here = `.${hostname()}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    const [, before = '', pid] = /^(.+?)(\d+)\.hub-backup\.part$/.exec(name) ?? [];
    if (!pid || Number(pid) === process.pid) continue;
    const file = join(folder, name);
    const { mtimeMs = Date.now() } = (await stat(file).catch(() => undefined)) ?? {};
    const isAbandoned = before.endsWith(here) ? !isAlive(Number(pid)) : Date.now() - mtimeMs > restMs;
    // What can't be removed is in nobody's way.
    if (isAbandoned) await rm(file, { force: true }).catch(() => undefined);
  }
}
