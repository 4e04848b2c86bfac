import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SHELF } from './embedded-server.ts';
import { isPostgres } from './server-process.ts';

/**
 * The address of the hub's own server where one runs on this folder: another process's, which goes on with it.
 * @param directory as it is given to `startEmbeddedServer`
 */
export async function runningServer(directory: string): Promise<{ url: string; dataDirectory: string } | undefined> {
  const place = await readFile(path.join(directory, 'place'), 'utf8').catch(() => undefined);
  const homes = [directory, ...(place === undefined ? [] : [path.join(SHELF, path.basename(place.trim()))])];
  for (const home of homes) {
    const dataDirectory = path.join(path.resolve(home), 'data');
    const [status, password] = await Promise.all(
      ['postmaster.pid', 'hub-password'].map((name) =>
        readFile(path.join(dataDirectory, name), 'utf8').catch(() => undefined),
      ),
    );
    const [pid, , , port, , , , state = ''] = status?.split('\n') ?? [];
    if (state.trim() === 'ready' && password !== undefined && (await isPostgres(Number(pid))))
      return { url: `postgres://postgres:${password}@127.0.0.1:${Number(port)}/postgres`, dataDirectory };
  }
  return undefined;
}
