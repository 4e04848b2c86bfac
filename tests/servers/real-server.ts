/** PostgreSQL of a given version, as somebody else would run it for the hub. */
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { databaseUrl, type TestDatabase } from '@hub/testkit';
import postgres from 'postgres';
import { reachableBinaries } from '../../packages/database/src/server-binaries.ts';
import { startServerProcess } from '../../packages/database/src/server-process.ts';
import { CHILD_ENVIRONMENT, databaseUser, isRoot, type SystemUser } from '../../packages/database/src/system-user.ts';
import { freePort } from '../processes/hub-process.ts';
import { type Major, postgresql } from './installed.ts';

const run = promisify(execFile);

export interface RealServer {
  /** The superuser's address. */
  readonly url: string;
  readonly port: number;
  /** Who it runs as, where the tests run as root. */
  readonly user: SystemUser | undefined;
  readonly folder: string;
  /** Makes an empty database of somebody's, and gives their address in it. */
  database(name: string, owner: 'superuser' | 'plain owner'): Promise<string>;
  stop(): Promise<void>;
}

export const password = 'of-a-server-for-tests';

export async function startRealServer(major: Major): Promise<RealServer> {
  const user = isRoot() ? await databaseUser() : undefined;
  const own = async (path: string) => {
    if (user) await chown(path, user.uid, user.gid);
  };
  const binaries = await reachableBinaries(
    { directory: postgresql(major), version: String(major) },
    user,
    '/var/lib/cppcc-hub',
  );
  const folder = await mkdtemp(join(tmpdir(), `cppcc-hub-postgresql-${major}-`));
  await chmod(folder, 0o755);
  const dataDirectory = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await mkdir(dataDirectory, { mode: 0o700 });
  await writeFile(passwordFile, password);
  await Promise.all([folder, dataDirectory, passwordFile].map(own));
  const port = await freePort();
  await run(
    join(binaries, 'bin', 'initdb'),
    [
      `--pgdata=${dataDirectory}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--locale=C',
      '--encoding=UTF8',
      '--no-sync',
    ],
    { ...user, cwd: '/', env: CHILD_ENVIRONMENT },
  );
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    shared_buffers: '32MB',
  };
  const server = await startServerProcess({
    binary: join(binaries, 'bin', 'postgres'),
    args: ['-D', dataDirectory, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    dataDirectory,
    logFile: join(folder, 'server.log'),
    user,
  });
  if (!('stop' in server)) throw new Error(`PostgreSQL ${major} didn't start: ${server.log}`);

  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const admin = postgres(url, { max: 1, onnotice: () => undefined });
  return {
    url,
    port,
    user,
    folder,
    async database(name, owner) {
      const address = new URL(databaseUrl(url, name));
      if (owner === 'plain owner') {
        // What a managed server gives: somebody who may make roles and owns a database, and is nothing more.
        address.username = `${name}_owner`;
        await admin.unsafe(`create role ${address.username} login createrole password '${password}'`);
      }
      await admin.unsafe(`create database ${name} owner ${address.username}`);
      return address.href;
    },
    async stop() {
      await admin.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A database of a real server for a hub under test; what is looked up in it is looked up as the superuser. */
export function asTestDatabase(server: RealServer, url: string): TestDatabase {
  const admin = postgres(databaseUrl(server.url, new URL(url).pathname.slice(1)), {
    max: 1,
    onnotice: () => undefined,
  });
  return { url, admin, drop: () => admin.end() };
}
