import { open, statfs } from 'node:fs/promises';
import { type LogLine, tellUnwritten } from './log-line.ts';

/** What PostgreSQL needs to go on: some segments of its log, of 16 MiB each. */
const leastFreeBytes = 100 * 1024 * 1024;
const everyMs = 5_000;

/** Whether the disk of a folder has room left. */
export async function hasRoom(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= leastFreeBytes;
  } catch {
    // What can't be looked at, or isn't there, is nothing that fills.
    return true;
  }
}

const shortages = {
  'no file can be opened any more, and so no connection be taken: raise the limit of open files (ulimit -n)':
    async () =>
      await open('/dev/null').then(
        async (file) => {
          await file.close();
          return true;
        },
        ({ code }: NodeJS.ErrnoException) => code !== 'EMFILE' && code !== 'ENFILE',
      ),
  'the disk of the data folder is nearly full: make room': async (folders: readonly string[]) =>
    (await Promise.all(folders.map(hasRoom))).every(Boolean),
};

/** Tells what this process runs out of, once each time that it begins; it goes on. */
export function watchShortages(folders: readonly string[], log: LogLine): void {
  const told = new Set<string>();
  const look = async () => {
    tellUnwritten(log);
    for (const [message, isThere] of Object.entries(shortages)) {
      const isShort = !(await isThere(folders));
      if (isShort && !told.has(message)) log('error', message);
      if (isShort) told.add(message);
      else told.delete(message);
    }
  };
  setInterval(() => void look(), everyMs).unref();
}
