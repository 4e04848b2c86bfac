import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SHELF } from './embedded-server.ts';
import { isPostgres, readServerStatus } from './postmaster.ts';

/**
 * The address of the hub's own server where one runs on this folder: another process's, which goes on with it.
 * @param directory as it is given to `startEmbeddedServer`
 */
export async function runningServer(directory: string): Promise<{ url: string; dataDirectory: string } | undefined> {
  const place = await readFile(path.join(directory, 'place'), 'utf8').catch(() => undefined);
  const homes = [directory, ...(place === undefined ? [] : [path.join(SHELF, path.basename(place.trim()))])];
  for (const home of homes) {
    const dataDirectory = path.join(path.resolve(home), 'data');
    const [status, password] = await Promise.all([
      readServerStatus(dataDirectory),
      readFile(path.join(dataDirectory, 'hub-password'), 'utf8').catch(() => undefined),
    ]);
    if (status?.state === 'ready' && password !== undefined && (await isPostgres(status.pid)))
      return { url: `postgres://postgres:${password}@127.0.0.1:${status.port}/postgres`, dataDirectory };
  }
  return undefined;
}
