import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { howEnded, isAlive, type Run } from '@hub/lifecycle';
import { isPostgres, readServerStatus } from './postmaster.ts';
import { CHILD_ENVIRONMENT, type SystemUser } from './system-user.ts';

/**
 * Runs its arguments as a command for as long as standard input stays open, and writes the command's process number.
 * The kernel closes that pipe when the hub ends in whatever way, SIGKILL included, so nothing is ever left running.
 * A PostgreSQL that is told to stop while it recovers from a crash may wait for ever (18.4): then it is told again, less kindly.
 * The pipe is moved to 3 because sh gives its background jobs an empty standard input.
 */
export const SUPERVISOR = `
exec 3<&0
"$@" </dev/null >&2 3<&- & server=$!
{
  read -r _ <&3; kill -INT $server
  left=70; while [ $left -gt 0 ]; do sleep 1; left=$((left - 1)); done
  kill -QUIT $server; sleep 5; kill -KILL $server
} & watcher=$!
exec 3<&-
echo $server
wait $server; code=$?
kill $watcher 2>/dev/null
exit $code
`;

const LOG_LIMIT = 16 * 1024 * 1024;

/** A fast shutdown writes a last checkpoint, which takes its time on a slow disk. */
const SHUTDOWN_MS = 60_000;

/** How often it is looked whether somebody else has told the server to stop. */
const LOOK_MS = 1_000;

/** How long a server that has lost its supervisor is asked to end, each time less kindly. */
const PATIENCE_MS = 10_000;

export type ServerProcess = Run;

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
  const end = new Promise<string>((resolve) => {
    const done = (how: string) => {
      ended = true;
      resolve(how);
    };
    child.once('exit', (code, signal) => done(howEnded(code, signal)));
    child.once('error', () => done('it could not be run'));
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
  const postmaster = Number(pid);
  // Told to stop by somebody else it may wait for its clients, which are the hub's own, for ever.
  const looking = setInterval(async () => {
    const status = await readServerStatus(options.dataDirectory);
    if (status?.pid === postmaster && status.state === 'stopping') child.stdin?.end();
  }, LOOK_MS).unref();

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
    await gone;
    giveUp.abort();
  };
  const gone = end.then(async (how) => {
    clearInterval(looking);
    await endOrphan(postmaster);
    return how;
  });
  return {
    ended: gone,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** A server whose supervisor was killed goes on without it: it is ended here, so that no second one comes beside it. */
async function endOrphan(postmaster: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    const until = Date.now() + PATIENCE_MS;
    for (let sent = false; await isPostgres(postmaster); sent = true) {
      // It may end in this moment.
      if (!sent && isAlive(postmaster)) process.kill(postmaster, signal);
      if (Date.now() > until) break;
      await delay(20);
    }
  }
}
