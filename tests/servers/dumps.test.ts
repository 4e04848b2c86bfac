/** A hub's data in somebody else's hands: pg_dump and pg_restore of Debian's PostgreSQL 15, into a server that never had a hub. */
import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { restoreBackup, writeBackup } from '@hub/backup';
import { migrateSchemas } from '@hub/database';
import { createAccessLogKey } from '@hub/gateway';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { contentsOf } from '../../packages/backup/test/contents.ts';
import { startServerProcess } from '../../packages/database/src/server-process.ts';
import { CHILD_ENVIRONMENT, databaseUser, isRoot } from '../../packages/database/src/system-user.ts';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { startHub } from '../hub/hub.ts';

const programs = '/usr/lib/postgresql/15/bin';
const run = promisify(execFile);
const schemas = subgraphs.map(({ schema }) => schema);
const password = 'of-a-server-for-tests';

/** A server with nothing in it. */
async function startServer() {
  const user = isRoot() ? await databaseUser() : undefined;
  const folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-dumps-'));
  await chmod(folder, 0o755);
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')];
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password);
  if (user) for (const path of [folder, data, passwordFile]) await chown(path, user.uid, user.gid);
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256', '--locale=C', '-E', 'UTF8', '-N'],
    { ...user, cwd: '/', env: CHILD_ENVIRONMENT },
  );
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
  const server = await startServerProcess({
    binary: join(programs, 'postgres'),
    args: ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', '', '-c', 'fsync=off'],
    dataDirectory: data,
    logFile: join(folder, 'server.log'),
    user,
  });
  if (!('stop' in server)) throw new Error(server.log);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    folder,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test('a dump that is restored into a fresh server is served, and a backup of one version restores into another', async () => {
  // A dump brings along what the log's key signed, and not the key.
  const config = { accessLog: { privateKey: await createAccessLogKey() } };
  const [own, from, to] = [await startHub('in process', { config }), await startServer(), await startServer()];
  const hubs = [own];
  try {
    const file = join(from.folder, 'hub.zip');
    await writeBackup({ url: own.database.url, schemas: schemas.map(({ name }) => name), files: [], hub: '', file });
    await restoreBackup({ url: from.url, schemas, file });
    await migrateSchemas(from.url, schemas);
    const dump = join(from.folder, 'hub.dump');
    await run(join(programs, 'pg_dump'), ['-Fc', '-f', dump, from.url]);
    // Its roles belong to the server and not to the dump.
    await run(join(programs, 'pg_restore'), ['--no-owner', '--no-privileges', '-d', to.url, dump]).catch(
      () => undefined,
    );
    const data = (contents: Record<string, string>) =>
      Object.fromEntries(Object.entries(contents).filter(([name]) => !/\.(upkeep|change_era|change_seq)$/.test(name)));
    const dumped = data(await contentsOf(from.url));
    await migrateSchemas(to.url, schemas);
    expect(data(await contentsOf(to.url))).toEqual(dumped);
    const admin = postgres(to.url, { max: 2, onnotice: () => undefined });
    const hub = await startHub('in process', { config, database: { url: to.url, admin, drop: () => admin.end() } });
    hubs.push(hub);
    const question =
      '{ committee(code: "330110") { name consultations(first: 5) { totalCount nodes { id title } } members { totalCount } } }';
    const [before, after] = [await own.ask(question), await hub.ask(question)];
    expect({ data: after.data, errors: after.errors }).toEqual({ data: before.data, errors: [] });
    const [first, second] = await Promise.all(
      [from, to].map(async ({ url }) => {
        const sql = postgres(url, { max: 1 });
        const rows = await sql`select first from members.change_era order by first desc limit 1`;
        await sql.end();
        return Number(rows[0]?.['first']);
      }),
    );
    // Another server: its numbers go on beyond all that the dumped one gave out.
    expect(second).toBeGreaterThan(first ?? 0);
  } finally {
    for (const hub of hubs.reverse()) await hub.stop();
    await Promise.all([from.stop(), to.stop()]);
  }
});
