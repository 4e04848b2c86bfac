import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isAlive, StartError } from '@hub/lifecycle';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from '../src/embedded-server.ts';
import { openPool } from '../src/pool.ts';
import { readServerStatus } from '../src/postmaster.ts';
import { loginUrl } from '../src/roles.ts';
import { packagedBinaries, reachableBinaries } from '../src/server-binaries.ts';
import { socketFile, socketFolder } from '../src/socket.ts';
import { canEnter, databaseUser, isRoot, succeedsAs } from '../src/system-user.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const loader = './scripts/typescript/register.js';
const hubProcess = fileURLToPath(new URL('hub-process.ts', import.meta.url));

/** A database that was made and stopped: where a first start isn't what is tried, a copy of it takes a tenth of the time. */
let model: string;
let directory: string;
let leftovers: string[];
let running: { stop(): Promise<void> }[];
let processes: ChildProcess[];

beforeAll(async () => {
  model = await mkdtemp(path.join(tmpdir(), 'hub-server-model-'));
  await chmod(model, 0o755);
  const server = await startEmbeddedServer({ directory: path.join(model, 'pg'), durable: false });
  await server.stop();
});

afterAll(() => rm(model, { recursive: true, force: true }));

beforeEach(async () => {
  // Open to all, as a clone usually is: for root the server runs as another user.
  directory = await mkdtemp(path.join(tmpdir(), 'hub-server-'));
  await chmod(directory, 0o755);
  leftovers = [directory];
  running = [];
  processes = [];
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  for (const child of processes) if (child.exitCode === null) child.kill('SIGKILL');
  for (const folder of leftovers) await rm(folder, { recursive: true, force: true });
});

async function start(options: { directory: string; port?: number; durable?: boolean }): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ durable: false, ...options });
  running.push(server);
  return server;
}

/** A folder that an earlier hub left in order. */
function usedFolder(name = 'pg'): string {
  const folder = path.join(directory, name);
  execFileSync('cp', ['-a', path.join(model, 'pg'), folder]);
  return folder;
}

async function ask(server: Pick<EmbeddedServer, 'url'>, ...statements: string[]): Promise<unknown> {
  const pool = openPool({
    url: server.url,
    max: 1,
    applicationName: 'test',
    settings: { default_transaction_read_only: 'off' },
  });
  let rows: unknown;
  for (const statement of statements) rows = await pool.queryable.unsafe(statement).values();
  await pool.end();
  return rows;
}

const refusal = (work: Promise<unknown>): Promise<StartError> =>
  work.then(
    () => expect.fail('it started'),
    (error: unknown) => (error instanceof StartError ? error : expect.fail(String(error))),
  );

/** The server's own process number. */
const postmaster = async (dataDirectory: string) => (await readServerStatus(dataDirectory))?.pid ?? 0;

/** Starts the hub in a process of its own, and gives its data directory once the database is up. */
async function startProcess(
  folder: string,
  user: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; dataDirectory: string; output: () => string }> {
  const child = spawn(process.execPath, ['--import', loader, hubProcess, folder], {
    ...user,
    cwd: repository,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    // A process group of its own, as a shell makes one for each command.
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await vi.waitFor(() => expect(output).toContain('\n'), { timeout: 60_000, interval: 20 });
  return { child, dataDirectory: output.trim(), output: () => output };
}

test('an empty folder becomes a database, and a second start finds what the first one wrote', async () => {
  const folder = path.join(directory, 'not', 'yet', 'there');
  const first = await start({ directory: folder, durable: true });
  await ask(first, 'create table kept (n int)', 'insert into kept values (42)');
  await first.stop();
  await first.stop();
  const second = await start({ directory: folder, durable: true });
  expect(await ask(second, 'select n from kept')).toEqual([[42]]);
  expect(second.dataDirectory).toBe(first.dataDirectory);
  expect(await ask(second, 'show server_encoding')).toEqual([['UTF8']]);
  expect(await ask(second, 'show fsync')).toEqual([['on']]);
  expect(await ask(second, 'show data_checksums')).toEqual([['on']]);
  // Each has a password of its own.
  const others = await readFile(path.join(usedFolder(), 'data', 'hub-password'), 'utf8');
  expect(new URL(second.url).password).not.toBe(others);
});

test('only this machine can reach it, and only with its password; its log holds neither statements nor values, and a second hub on its data is told that one is running', async () => {
  const server = await start({ directory: usedFolder() });
  const url = new URL(server.url);
  expect(url.hostname).toBe('127.0.0.1');
  expect(await ask(server, 'show listen_addresses')).toEqual([['127.0.0.1']]);
  // Its socket lies where nobody else may enter.
  expect(await ask(server, 'show unix_socket_directories')).toEqual([[`"${server.dataDirectory}"`]]);
  url.password = 'postgres';
  await expect(ask({ ...server, url: url.href }, 'select 1')).rejects.toMatchObject({ sqlState: '28P01' });
  expect((await stat(path.join(server.dataDirectory, 'hub-password'))).mode & 0o777).toBe(0o600);
  expect((await stat(server.dataDirectory)).mode & 0o777).toBe(0o700);

  await ask(server, 'create table person (name text primary key)', `insert into person values ('Zhang San')`);
  await expect(ask(server, `insert into person values ('Zhang San')`)).rejects.toMatchObject({ kind: 'UNIQUE' });
  const log = await readFile(path.join(path.dirname(server.dataDirectory), 'server.log'), 'utf8');
  expect(log).toContain('person_pkey');
  expect(log).not.toMatch(/Zhang|insert into/i);

  const error = await refusal(start({ directory: path.join(directory, 'pg') }));
  expect(error.code).toBe('ALREADY_RUNNING');
  expect(error.message).toContain('already running');
});

test('roles reach it by its socket, which is back after a crash, whoever bears the number in its lock by then; where its name is too long, by the loopback', async () => {
  const addressOf = async (server: EmbeddedServer) => {
    const admin = postgres(server.url, { max: 1 });
    const folder = await socketFolder(admin, server.url);
    await admin.end();
    return loginUrl(server.url, 'postgres', new URL(server.url).password, folder);
  };
  const wayOf = (url: string) => ask({ url }, 'select inet_server_addr()::text');
  const server = await start({ directory: usedFolder() });
  const url = await addressOf(server);
  expect(await wayOf(url)).toEqual([[null]]);

  const deep = await start({ directory: path.join(directory, 'x'.repeat(90), 'pg') });
  expect(await wayOf(await addressOf(deep))).toEqual([['127.0.0.1/32']]);

  const file = socketFile(server.dataDirectory, new URL(url).port);
  await rm(file);
  expect(await wayOf(url)).toEqual([['127.0.0.1/32']]);

  const lock = `${file}.lock`;
  await rm(lock);
  await writeFile(lock, `${await postmaster(deep.dataDirectory)}\n`);
  process.kill(await postmaster(server.dataDirectory), 'SIGKILL');
  await expect.poll(() => wayOf(url).catch(() => 'not yet')).toEqual([[null]]);
});

test('of two first starts at once one wins and the other is told so', async () => {
  const folder = path.join(directory, 'pg');
  const outcomes = await Promise.allSettled([start({ directory: folder }), start({ directory: folder })]);
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(failed.map((outcome) => outcome.reason)).toMatchObject([{ code: 'ALREADY_RUNNING' }]);
  expect((await readdir(folder)).sort()).toEqual(['data', 'server.log']);
});

test('servers in different folders find a port each', async () => {
  const servers = await Promise.all(['a', 'b', 'c'].map((name) => start({ directory: usedFolder(name) })));
  expect(new Set(servers.map((server) => server.url.split(':').at(-1))).size).toBe(3);
});

test('a port that is taken is named', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const error = await refusal(start({ directory: usedFolder(), port }));
  taken.close();
  expect(error).toMatchObject({ code: 'PORT_IN_USE', message: expect.stringContaining(String(port)) });
});

test('a folder that cannot be made is told in one sentence', async () => {
  await writeFile(path.join(directory, 'file'), '');
  const error = await refusal(start({ directory: path.join(directory, 'file', 'pg') }));
  expect(error).toMatchObject({ code: 'DATA_FOLDER_UNWRITABLE', message: expect.stringContaining('HUB_DATA_DIR') });
});

test('data that are not the hub’s, or of another PostgreSQL, are left alone', async () => {
  const data = path.join(directory, 'pg', 'data');
  await mkdir(data, { recursive: true });
  await writeFile(path.join(data, 'PG_VERSION'), '17\n');
  expect((await refusal(start({ directory: path.join(directory, 'pg') }))).code).toBe('DATA_FOLDER_UNUSABLE');
  await writeFile(path.join(data, 'hub-password'), 'x');
  const error = await refusal(start({ directory: path.join(directory, 'pg') }));
  expect(error).toMatchObject({ code: 'DATA_FOLDER_UNUSABLE', message: expect.stringContaining('PostgreSQL 17') });
  expect((await readdir(data)).sort()).toEqual(['PG_VERSION', 'hub-password']);
});

test('what a start that was cut off left behind is cleared away', async () => {
  const folder = usedFolder();
  const gone = spawn('/bin/true');
  await once(gone, 'exit');
  await mkdir(path.join(folder, `data.${gone.pid}.0badcafe.part`, 'base'), { recursive: true });
  await writeFile(path.join(folder, `data.${gone.pid}.0badcafe.part-password`), 'x');
  await mkdir(path.join(folder, `data.${process.pid}.0badcafe.part`));
  await start({ directory: folder });
  // The one of a process that is still there is not touched.
  expect((await readdir(folder)).sort()).toEqual(['data', `data.${process.pid}.0badcafe.part`, 'server.log']);
});

test('a pid file of a crash does not stop the start, not even when its number is another process by now', async () => {
  const folder = usedFolder();
  const first = await start({ directory: folder });
  const file = path.join(first.dataDirectory, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8')).split('\n');
  await ask(first, 'create table kept (n int)');
  await first.stop();
  const owner = await stat(first.dataDirectory);
  // One called like PostgreSQL that has ended and whose end nobody takes, as in a container without init.
  const called = path.join(directory, 'postgres');
  await symlink('/bin/sleep', called);
  const parent = spawn('/bin/sh', ['-c', '"$0" 0 & echo $!; exec sleep 600', called], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  processes.push(parent);
  const [ended] = await once(parent.stdout, 'data');
  await vi.waitFor(() => expect(isAlive(Number(ended))).toBe(false), { timeout: 10_000, interval: 20 });
  expect(process.kill(Number(ended), 0)).toBe(true);
  for (const pid of [process.pid, 2 ** 22 - 7, Number(ended)]) {
    await writeFile(file, [pid, ...lines.slice(1)].join('\n'), { mode: 0o600 });
    await chown(file, owner.uid, owner.gid);
    const next = await start({ directory: folder });
    expect(await ask(next, 'select * from kept')).toEqual([]);
    await next.stop();
  }
  parent.kill();
});

test('when the hub is killed the server ends too, and the next start waits for that and finds all that was written', async () => {
  const hub = await startProcess(usedFolder());
  const pid = await postmaster(hub.dataDirectory);
  hub.child.kill('SIGKILL');
  const next = await start({ directory: path.join(directory, 'pg') });
  expect(isAlive(pid)).toBe(false);
  expect(await ask(next, 'select 1')).toEqual([[1]]);
});

test('when the hub is killed and nothing follows, no process of the server is left', async () => {
  const hub = await startProcess(usedFolder());
  const pid = await postmaster(hub.dataDirectory);
  hub.child.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 60_000, interval: 20 });
  // The words of the supervising sh hold the path of the data as well.
  await vi.waitFor(
    () => expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(hub.dataDirectory),
    { timeout: 60_000, interval: 50 },
  );
});

test('a hub killed in the middle of its first start leaves a folder that the next one can use', async () => {
  const folder = path.join(directory, 'pg');
  const child = spawn(process.execPath, ['--import', loader, hubProcess, folder], { cwd: repository, stdio: 'ignore' });
  processes.push(child);
  await vi.waitFor(async () => expect(await readdir(folder)).not.toEqual([]), { timeout: 60_000, interval: 5 });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const server = await start({ directory: folder });
  expect(await ask(server, 'select 1')).toEqual([[1]]);
});

test('a start waits for an earlier server that is still closing', async () => {
  const folder = usedFolder();
  const first = await start({ directory: folder });
  const pool = openPool({ url: first.url, max: 1, applicationName: 'last guest' });
  await pool.queryable.unsafe('select 1');
  // A smart shutdown: it lets the last connection finish.
  process.kill(await postmaster(first.dataDirectory), 'SIGTERM');
  const [next] = await Promise.all([start({ directory: folder }), delay(400).then(() => pool.end())]);
  expect(await ask(next, 'select 1')).toEqual([[1]]);
});

test('Ctrl-C leaves the server to the hub, which ends its work before it stops it', async () => {
  const hub = await startProcess(usedFolder());
  const pid = await postmaster(hub.dataDirectory);
  // The terminal signals the whole group.
  process.kill(-(hub.child.pid ?? 0), 'SIGINT');
  await once(hub.child, 'exit');
  expect(hub.output()).toContain('orderly 1');
  expect(isAlive(pid)).toBe(false);
});

test('a server that ends by itself leaves no process, and stop() is still fine', async () => {
  const server = await start({ directory: usedFolder() });
  process.kill(await postmaster(server.dataDirectory), 'SIGKILL');
  await delay(50);
  await server.stop();
  const next = await start({ directory: path.join(directory, 'pg') });
  expect(await ask(next, 'select 1')).toEqual([[1]]);
});

test('a server that is killed, told to stop by somebody else, or has lost its supervisor is back at its port, and never beside another', async () => {
  const supervisorOf = (pid: number) =>
    Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  const ways = [
    ['SIGKILL', (pid: number) => pid],
    // Its last guest never goes by itself.
    ['SIGTERM', (pid: number) => pid],
    ['SIGKILL', supervisorOf],
  ] as const;
  // A server for each: one that ends again and again waits longer each time.
  await Promise.all(
    ways.map(async ([signal, victim], at) => {
      const server = await start({ directory: usedFolder(String(at)) });
      const pool = openPool({ url: server.url, max: 1, applicationName: 'guest' });
      await pool.queryable.unsafe('select 1');
      const before = await postmaster(server.dataDirectory);
      process.kill(victim(before), signal);
      await vi.waitFor(
        async () => {
          expect(await postmaster(server.dataDirectory)).not.toBe(before);
          await pool.queryable.unsafe('select 1');
        },
        { timeout: 60_000, interval: 20 },
      );
      expect(isAlive(before)).toBe(false);
      await pool.end();
    }),
  );
});

test('in a folder that only its owner may enter the server starts, for root with the data elsewhere', async () => {
  const closed = path.join(directory, 'closed');
  await mkdir(closed, { mode: 0o700 });
  const folder = path.join(closed, 'clone', '.data');
  const server = await start({ directory: folder, durable: true });
  if (isRoot()) leftovers.push(path.dirname(server.dataDirectory));
  expect(server.dataDirectory.startsWith(isRoot() ? '/var/lib/cppcc-hub/' : folder)).toBe(true);
  await ask(server, 'create table kept (n int)');
  await server.stop();
  const again = await start({ directory: folder, durable: true });
  expect(again.dataDirectory).toBe(server.dataDirectory);
  expect(await ask(again, 'select * from kept')).toEqual([]);
  // Data for one time only that had to go elsewhere are gone with their server; where they were asked for they stay.
  const brief = await start({ directory: path.join(closed, 'brief') });
  await brief.stop();
  expect(
    await stat(brief.dataDirectory).then(
      () => 'there',
      () => 'gone',
    ),
  ).toBe(isRoot() ? 'gone' : 'there');
});

test('binaries that the server’s user cannot reach are copied once, whole, to where it can', async () => {
  const packaged = await packagedBinaries();
  const closed = path.join(directory, 'closed');
  await mkdir(closed, { mode: 0o700 });
  // By links, where it's one disk: what has to be whole is the hub's own copy.
  execFileSync('/bin/sh', [
    '-c',
    'cp -Rl "$0" "$1" 2>/dev/null || { rm -rf "$1"; cp -R "$0" "$1"; }',
    packaged.directory,
    path.join(closed, 'native'),
  ]);
  const hidden = { directory: path.join(closed, 'native'), version: '18.0.0-test' };
  const shelf = path.join(directory, 'shelf');
  // An ordinary user runs them where they are.
  const user = isRoot() ? await databaseUser() : undefined;
  const found = await Promise.all([reachableBinaries(hidden, user, shelf), reachableBinaries(hidden, user, shelf)]);
  const expected = user ? path.join(shelf, 'postgresql-18.0.0-test') : hidden.directory;
  expect(found).toEqual([expected, expected]);
  if (!user) return;
  expect(await succeedsAs(user, path.join(expected, 'bin', 'initdb'), ['--version'])).toBe(true);
  expect(await readdir(shelf)).toEqual(['postgresql-18.0.0-test']);
});

test('an ordinary user’s hub keeps its data where it was asked to, and root can go on with them', async () => {
  // Root can become an ordinary user, as long as that user can reach this very program.
  const user = isRoot() ? await databaseUser() : undefined;
  const able = user && (await canEnter(user, repository)) && (await succeedsAs(user, process.execPath, ['--version']));
  const folder = path.join(directory, 'pg');
  await mkdir(folder);
  if (user) await chown(folder, user.uid, user.gid);
  if (user && able) {
    const hub = await startProcess(folder, user);
    expect(hub.dataDirectory).toBe(path.join(folder, 'data'));
    hub.child.kill('SIGINT');
    await once(hub.child, 'exit');
  }
  const server = await start({ directory: folder });
  expect(server.dataDirectory).toBe(path.join(folder, 'data'));
  expect((await stat(server.dataDirectory)).uid).toBe(user?.uid ?? process.getuid?.());
  expect(await ask(server, 'select 1')).toEqual([[1]]);
});
