import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isAlive, keepRunning, logLine, StartError } from '@hub/lifecycle';
import { isPostgres, readServerStatus, statusFile } from './postmaster.ts';
import { packagedBinaries, reachableBinaries } from './server-binaries.ts';
import { type ServerProcess, SUPERVISOR, startServerProcess } from './server-process.ts';
import { CLUSTER_NAME, longestSocketFile, socketFile } from './socket.ts';
import { CHILD_ENVIRONMENT, canEnter, databaseUser, isRoot, type SystemUser } from './system-user.ts';

const run = promisify(execFile);

const MAJOR_VERSION = '18';

/** Where the data and the programs go that root's database user can't reach where they were asked for. */
export const SHELF = '/var/lib/cppcc-hub';

const PASSWORD_FILE = 'hub-password';

/** For two cores shared with the hub itself. */
const SETTINGS = {
  cluster_name: CLUSTER_NAME,
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  // Compiling costs more than it saves on statements of a few milliseconds.
  jit: 'off',
  // Two cores gain little by parallel plans, and a container's /dev/shm is often too small for them.
  max_parallel_workers_per_gather: '0',
  io_workers: '1',
  // The log is kept on disk: neither statements nor the values in an error's detail belong there.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
} as const;

/** For data that nobody will miss: nothing waits for the disk. */
const THROWAWAY_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
} as const;

/** A PostgreSQL server that lives and dies with this process, and is started again on the same port when it ends before. */
export interface EmbeddedServer {
  /** postgres://… of the superuser, in the database `postgres`. Holds the password. */
  readonly url: string;
  /** Where the data really is, which for root may be elsewhere than asked for. */
  readonly dataDirectory: string;
  /** Resolves with why, once it could not be started again. */
  readonly lost: Promise<StartError>;
  /** Ends the connections, writes everything down and waits until the server is gone. */
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /**
   * The folder for the data, the password and the log, for example `<clone>/.data/postgres`. It is made when absent.
   * As root, when PostgreSQL's user can't enter it (it lies under /root, say, or in a temporary folder with mode 0700
   * that isn't empty), a folder under /var/lib/cppcc-hub takes its place; `stop` removes that again unless durable.
   */
  readonly directory: string;
  /** Default: a free one. */
  readonly port?: number;
  /** False for tests: fast, and a crash of the machine may spoil the data. */
  readonly durable?: boolean;
  /** Given up: data that are being made are left off at once. */
  readonly signal?: AbortSignal;
}

/**
 * Starts PostgreSQL on the data in a folder, which is initialised first when it is empty. Listens on 127.0.0.1 only,
 * with a random password made with the data.
 * @throws StartError
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const durable = options.durable ?? true;
  const asked = path.resolve(options.directory);
  const { home, user } = await openHome(asked);
  const binaries = await reachableBinaries(await packagedBinaries(), user, SHELF);
  const dataDirectory = path.join(home, 'data');
  await removeUnfinished(home);
  if (!(await exists(path.join(dataDirectory, 'PG_VERSION')))) {
    await initialise({ binaries, home, dataDirectory, user, durable, signal: options.signal });
  }
  const password = await readData(dataDirectory);
  await waitForPredecessor(dataDirectory);

  const launching = { home, user, dataDirectory, durable, binary: path.join(binaries, 'bin', 'postgres') };
  const { server, port } = await launch(launching, options.port);
  const kept = keepRunning('PostgreSQL', {
    first: server,
    async start() {
      await waitForPredecessor(dataDirectory);
      return (await launch(launching, port)).server;
    },
    log: logLine,
  });
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    dataDirectory,
    lost: kept.lost.then((how) => lostServer(home, how)),
    async stop() {
      await kept.stop();
      // Nobody knows to clear a place that they didn't ask for.
      if (!durable && home !== asked) await rm(home, { recursive: true, force: true });
    },
  };
}

/** Starts the server, on a free port unless one is wanted. @throws StartError */
async function launch(
  at: {
    readonly home: string;
    readonly dataDirectory: string;
    readonly binary: string;
    readonly user: SystemUser | undefined;
    readonly durable: boolean;
  },
  wanted: number | undefined,
): Promise<{ server: ServerProcess; port: number }> {
  const { home, dataDirectory, binary, user, durable } = at;
  const deadline = Date.now() + 20_000;
  for (;;) {
    const port = wanted ?? (await freePort());
    const settings = {
      ...SETTINGS,
      ...(durable ? {} : THROWAWAY_SETTINGS),
      ...(await socketSettings(dataDirectory, port)),
      port: String(port),
    };
    const server = await startServerProcess({
      binary,
      args: ['-D', dataDirectory, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      dataDirectory,
      logFile: path.join(home, 'server.log'),
      user,
    }).catch((error: unknown) => {
      throw unwritable(home, error);
    });
    if (isRunning(server)) return { server, port };
    const portTaken = server.log.includes('could not bind');
    // Backends of a server that was killed hold its memory for a moment after it.
    const predecessorEnding = server.log.includes('shared memory block');
    const another = Date.now() < deadline && ((portTaken && wanted === undefined) || predecessorEnding);
    if (!another) throw startFailure(server.log, { dataDirectory, home, port, portTaken });
    await delay(100);
  }
}

/** A socket among the data, which their owner and root alone may enter, where its name isn't too long to be one. */
async function socketSettings(dataDirectory: string, port: number): Promise<Readonly<Record<string, string>>> {
  if (Buffer.byteLength(socketFile(dataDirectory, port)) > longestSocketFile) return { unix_socket_directories: '' };
  await removeSockets(dataDirectory, port);
  return { unix_socket_directories: `"${dataDirectory.replaceAll('"', '""')}"` };
}

/** What crashes left. A lock on this port is nobody's, whoever has the number in it by now: it is a crash's or the port is taken. */
async function removeSockets(dataDirectory: string, port: number): Promise<void> {
  for (const name of await readdir(dataDirectory)) {
    const [, of] = /^\.s\.PGSQL\.(\d+)\.lock$/.exec(name) ?? [];
    if (of === undefined) continue;
    const lock = path.join(dataDirectory, name);
    const owner = Number.parseInt(await readFile(lock, 'utf8').catch(() => ''), 10);
    if (Number(of) !== port && isAlive(owner)) continue;
    await rm(socketFile(dataDirectory, of), { force: true });
    await rm(lock, { force: true });
  }
}

function lostServer(home: string, how: string): StartError {
  return new StartError(
    'DATABASE_UNREACHABLE',
    `The hub’s own database ended and could not be started again (${how}): see ${path.join(home, 'server.log')}, mend what it names, and start the hub again.`,
  );
}

function isRunning(server: object): server is ServerProcess {
  return 'stop' in server;
}

/** Makes the folder, or for root finds one that PostgreSQL's user can enter. */
async function openHome(directory: string): Promise<{ home: string; user: SystemUser | undefined }> {
  await makeFolder(directory);
  if (!isRoot()) return { home: directory, user: undefined };

  const owner = await stat(path.join(directory, 'data')).catch(() => undefined);
  // Data made by an ordinary user stay that user's, so that both they and root can start it.
  const user = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : await databaseUser();
  if (await canEnter(user, directory)) return { home: directory, user };
  if ((await readdir(directory)).length === 0) {
    const before = await stat(directory);
    await chown(directory, user.uid, user.gid).catch(() => undefined);
    if (await canEnter(user, directory)) return { home: directory, user };
    await chown(directory, before.uid, before.gid).catch(() => undefined);
  }
  const home = path.join(SHELF, await shelfName(directory));
  await makeFolder(home);
  return { home, user };
}

/** The name of a folder's place on the shelf. It is kept in the folder, so that one that was deleted and made anew begins anew. */
async function shelfName(directory: string): Promise<string> {
  const file = path.join(directory, 'place');
  const name = randomBytes(6).toString('hex');
  try {
    await writeFile(file, name, { flag: 'wx', mode: 0o600 });
    return name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(directory, error);
    return (await readFile(file, 'utf8')).trim();
  }
}

async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw unwritable(directory, error);
  }
}

function unwritable(directory: string, error: unknown): StartError {
  if (/^(ENOSPC|EDQUOT)$/.test(String((error as NodeJS.ErrnoException).code))) return diskFull(directory);
  return new StartError(
    'DATA_FOLDER_UNWRITABLE',
    `The database can't write to ${directory}: give this user that folder, or choose another with HUB_DATA_DIR.`,
  );
}

/** What starts that were cut off left behind; the process number in the name tells whether one is still at it. */
async function removeUnfinished(home: string): Promise<void> {
  const names = await readdir(home).catch(() => []);
  for (const name of names) {
    const pid = /^data\.(\d+)\..*part/.exec(name)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    // Its initdb may be clearing up this very moment. What stays now goes with the next start.
    await rm(path.join(home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** Makes the data directory beside its place and renames it, so that half a directory is never taken for a whole. */
async function initialise(options: {
  readonly binaries: string;
  readonly home: string;
  readonly dataDirectory: string;
  readonly user: SystemUser | undefined;
  readonly durable: boolean;
  readonly signal: AbortSignal | undefined;
}): Promise<void> {
  const unfinished = path.join(options.home, `data.${process.pid}.${randomBytes(4).toString('hex')}.part`);
  const passwordFile = `${unfinished}-password`;
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (options.user) {
      await chown(unfinished, options.user.uid, options.user.gid);
      await chown(passwordFile, options.user.uid, options.user.gid);
    }
  } catch (error) {
    await Promise.all(
      [unfinished, passwordFile].map((path) => rm(path, { recursive: true, force: true }).catch(() => undefined)),
    );
    throw unwritable(options.home, error);
  }
  try {
    await run(
      '/bin/sh',
      [
        '-c',
        SUPERVISOR,
        'sh',
        path.join(options.binaries, 'bin', 'initdb'),
        `--pgdata=${unfinished}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--locale=C',
        '--encoding=UTF8',
        '--no-instructions',
        ...(options.durable ? [] : ['--no-sync']),
      ],
      { ...options.user, cwd: '/', env: CHILD_ENVIRONMENT, signal: options.signal },
    );
    await rename(passwordFile, path.join(unfinished, PASSWORD_FILE));
    // Of two first starts at once one finds the place taken, and goes on with the other's data.
    await rename(unfinished, options.dataDirectory).catch(async (error: unknown) => {
      if (!(await exists(path.join(options.dataDirectory, 'PG_VERSION')))) throw error;
    });
  } catch (error) {
    if (String((error as { stderr?: unknown }).stderr).includes('No space left')) throw diskFull(options.home);
    throw new StartError(
      'DATA_FOLDER_UNUSABLE',
      `The database could not be initialised in ${options.home}: see that the folder is empty and its disk has room, or choose another with HUB_DATA_DIR.`,
    );
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
}

function diskFull(directory: string): StartError {
  return new StartError('DATA_FOLDER_UNWRITABLE', `The disk of ${directory} is full: make room and start again.`);
}

/** Sees that the data are ours to use, and gives their password. */
async function readData(dataDirectory: string): Promise<string> {
  let version: string;
  let password: string;
  try {
    version = (await readFile(path.join(dataDirectory, 'PG_VERSION'), 'utf8')).trim();
    password = await readFile(path.join(dataDirectory, PASSWORD_FILE), 'utf8');
  } catch {
    throw new StartError(
      'DATA_FOLDER_UNUSABLE',
      `The data in ${dataDirectory} belong to another user or are not the hub's: start as that user, or choose another folder with HUB_DATA_DIR.`,
    );
  }
  if (version === MAJOR_VERSION) return password;
  throw new StartError(
    'DATA_FOLDER_UNUSABLE',
    `The data in ${dataDirectory} are of PostgreSQL ${version} and this is ${MAJOR_VERSION}: move them with pg_upgrade, or choose another folder with HUB_DATA_DIR.`,
  );
}

/** A hub that was just ended may still be closing its database; one that runs on is in the way. */
async function waitForPredecessor(dataDirectory: string): Promise<void> {
  const started = Date.now();
  for (;;) {
    const status = await readServerStatus(dataDirectory);
    if (!status) return;
    // The file of a crash may now name any process, even this one, or one that has ended and that PostgreSQL takes for alive
    // since nobody took its end. What of it still runs it notices by the memory that they share.
    if (!(await isPostgres(status.pid))) {
      // Another start may have put its own there meanwhile.
      const now = await readServerStatus(dataDirectory);
      if (now?.pid === status.pid) await rm(statusFile(dataDirectory), { force: true });
      return;
    }
    if (Date.now() - started > (status.state === 'stopping' ? 90_000 : 1_500)) throw alreadyRunning(dataDirectory);
    await delay(50);
  }
}

function alreadyRunning(dataDirectory: string): StartError {
  return new StartError(
    'ALREADY_RUNNING',
    `Another hub is already running on ${dataDirectory}: stop it first, or choose another folder with HUB_DATA_DIR.`,
  );
}

/** Without room for one more, PostgreSQL can't write. */
const walSegmentBytes = 16 * 2 ** 20;

function startFailure(
  log: string,
  at: { dataDirectory: string; home: string; port: number; portTaken: boolean },
): StartError {
  if (/lock file "[^"]*" already exists|shared memory block/.test(log)) return alreadyRunning(at.dataDirectory);
  if (at.portTaken) {
    return new StartError('PORT_IN_USE', `Port ${at.port} is taken: stop what uses it, or choose another port.`);
  }
  // On a full disk the log may have no room for its last words either.
  if (log.includes('No space left') || freeBytes(at.home) < walSegmentBytes) return diskFull(at.home);
  return new StartError(
    'DATABASE_UNREACHABLE',
    `The database on ${at.dataDirectory} did not start: its last words are in ${path.join(at.home, 'server.log')}.`,
  );
}

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

/** A port that nobody had a moment ago; PostgreSQL's own attempt decides, and another follows if it was lost. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
