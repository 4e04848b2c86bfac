import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CHILD_ENVIRONMENT, type SystemUser } from './system-user.ts';

/**
 * Runs its arguments as a command for as long as standard input stays open, and writes the command's process number.
 * The kernel closes that pipe when the hub ends in whatever way, SIGKILL included, so nothing is ever left running.
 * The pipe is moved to 3 because sh gives its background jobs an empty standard input.
 */
export const SUPERVISOR = `
exec 3<&0
"$@" </dev/null >&2 3<&- & server=$!
{ read -r _ <&3; kill -INT $server; } & watcher=$!
exec 3<&-
echo $server
wait $server; code=$?
kill $watcher 2>/dev/null
exit $code
`;

const LOG_LIMIT = 16 * 1024 * 1024;

/** A fast shutdown writes a last checkpoint, which takes its time on a slow disk. */
const SHUTDOWN_MS = 60_000;

export interface ServerProcess {
  stop(): Promise<void>;
}

/** What the server wrote to its log before it gave up. */
export interface FailedStart {
  readonly log: string;
}

/** Starts PostgreSQL and waits until it answers; gives the log's end when it ends instead. */
export async function startServerProcess(options: {
  readonly binary: string;
  readonly args: readonly string[];
  readonly dataDirectory: string;
  readonly logFile: string;
  readonly user: SystemUser | undefined;
}): Promise<ServerProcess | FailedStart> {
  const size = (await stat(options.logFile).catch(() => undefined))?.size ?? 0;
  if (size > LOG_LIMIT) await rename(options.logFile, `${options.logFile}.1`);
  const log = await open(options.logFile, 'a', 0o600);
  // Root's log in an ordinary user's folder would shut that user's own next start out.
  if (options.user) await log.chown(options.user.uid, options.user.gid);
  const logStart = size > LOG_LIMIT ? 0 : size;
  let child: ChildProcess;
  try {
    child = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', options.binary, ...options.args], {
      ...options.user,
      cwd: '/',
      env: CHILD_ENVIRONMENT,
      stdio: ['pipe', 'pipe', log.fd],
      // A session of its own: Ctrl-C reaches the hub alone, which ends its work before it stops the database.
      detached: true,
    });
  } finally {
    await log.close();
  }
  let ended = false;
  const end = new Promise<void>((resolve) => {
    const done = () => {
      ended = true;
      resolve();
    };
    child.once('exit', done);
    child.once('error', done);
  });
  // Writing to a server that is gone already is no error worth a crash.
  child.stdin?.on('error', () => undefined);

  // A crash may have left the file of an earlier server there, so only this server's own word counts.
  let pid = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    pid += text;
  });
  while (!ended) {
    const status = await readServerStatus(options.dataDirectory);
    if (status?.state === 'ready' && pid === `${status.pid}\n`) break;
    await Promise.race([end, delay(15)]);
  }
  child.stdout?.destroy();
  if (ended) {
    const written = await readFile(options.logFile);
    return { log: written.subarray(logStart).toString('utf8') };
  }
  // The server must not keep the hub's event loop alive on its own.
  child.unref();

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    child.ref();
    child.stdin?.end();
    const giveUp = new AbortController();
    const signalLater = async (after: number, signal: NodeJS.Signals) => {
      await delay(after, undefined, { signal: giveUp.signal, ref: false });
      if (!ended && child.pid) process.kill(-child.pid, signal);
    };
    for (const [after, signal] of [
      [SHUTDOWN_MS, 'SIGQUIT'],
      [SHUTDOWN_MS + 5_000, 'SIGKILL'],
    ] as const) {
      signalLater(after, signal).catch(() => undefined);
    }
    await end;
    giveUp.abort();
  };
  return {
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** What postmaster.pid says of the server on this data directory, when there is one. */
export async function readServerStatus(dataDirectory: string): Promise<{ pid: number; state: string } | undefined> {
  const text = await readFile(path.join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n');
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, state: (lines[7] ?? '').trim() };
}
