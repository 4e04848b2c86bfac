/** The hub's programs as whoever starts them meets them: a process group, an environment, a screen and an exit code. */
import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '@hub/config';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** After so long what stands on the screen says more than waiting on: less than any test's limit where processes are started. */
const patienceMs = 200_000;
const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

export interface HubProcess {
  readonly pid: number;
  /** All that stands on the screen so far. */
  screen(): string;
  /** What stands there as an error. */
  complaint(): string;
  /** Waits until the screen shows it. */
  shows(pattern: RegExp): Promise<RegExpExecArray>;
  /** Where the hub answers, once the welcome is on the screen. */
  url(): Promise<string>;
  /** To the whole process group, as a terminal does. */
  signal(signal: NodeJS.Signals): void;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/**
 * Starts a script of the hub, or what it is compared with, with these settings and no others but patience.
 * @param atEnd takes what ends it: by then the test is over, unless several share it
 */
export function startProcess(
  script:
    | 'launch'
    | 'start'
    | 'start-services'
    | 'token'
    | 'partner-sandbox'
    | 'backup/backup'
    | 'backup/restore'
    | '../gateway/test/bare-gateway'
    | '../gateway/src/main'
    | '../subgraphs/members/src/main',
  settings: Readonly<Record<string, string>>,
  parameters: readonly string[] = [],
  node: { readonly program: string; readonly flags: readonly string[] } = { program: process.execPath, flags: [] },
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): HubProcess {
  const environment = Object.fromEntries(
    Object.entries(childEnvironment({})).filter(([name]) => inherited.includes(name)),
  );
  const child = spawn(
    node.program,
    [...node.flags, '--import', './scripts/typescript/register.js', join('scripts', `${script}.ts`), ...parameters],
    {
      cwd: root,
      // What is slow here is the machine.
      env: { ...environment, HUB_SUBGRAPH_TIMEOUT_MS: '30000', ...settings },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const pid = child.pid as number;
  let screen = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    complaint += text;
  });
  let over = false;
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => {
      over = true;
      resolve(code ?? signal ?? 'unknown');
    }),
  );
  const signal = (name: NodeJS.Signals) => {
    if (over) return;
    try {
      process.kill(-pid, name);
    } catch (error) {
      // It is gone, and hasn't been heard of yet.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  atEnd(async () => {
    signal('SIGINT');
    await Promise.race([ended, delay(10_000)]);
    signal('SIGKILL');
  });
  const shows = async (pattern: RegExp) => {
    for (const until = performance.now() + patienceMs; ; ) {
      const found = pattern.exec(screen);
      if (found) return found;
      if (over) throw new Error(`ended without showing ${pattern}: ${screen}`);
      if (performance.now() > until) throw new Error(`still doesn’t show ${pattern}: ${screen}`);
      await delay(20);
    }
  };
  return {
    pid,
    screen: () => screen,
    complaint: () => complaint,
    shows,
    url: async () => {
      await shows(/Stop .*\n/);
      return /GraphQL +(\S+)\/graphql/.exec(screen)?.[1] ?? '';
    },
    signal,
    ended,
  };
}

/** Starts the whole hub as `pnpm start` does: by the launcher. */
export function startHub(settings: Readonly<Record<string, string>>, atEnd?: (end: () => Promise<void>) => void) {
  return startProcess('launch', settings, ['--max-old-space-size=300', 'scripts/start.ts'], undefined, atEnd);
}

/** A data folder that isn't there yet, in a folder that PostgreSQL's user may enter when the tests run as root. */
export async function newFolder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'cppcc-hub-process-'));
  await chmod(parent, 0o755);
  return join(parent, 'data');
}

/** Processes that have this in their command line, or a process of this number above them. */
export function processesOf(what: string | number): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, command = ''] = /^ *(\d+) +(\d+) (.*)/.exec(line) ?? [];
    const one = typeof what === 'number' ? Number(parent) === what : command.includes(what);
    return one && Number(pid) !== process.pid ? [Number(pid)] : [];
  });
}

/** Seconds of processor time that these processes took so far: unlike the clock it doesn't count what runs beside them. */
export function processorSeconds(pids: readonly number[]): number {
  if (existsSync('/proc/self/stat'))
    return pids.reduce((sum, pid) => {
      // In hundredths, behind the name in parentheses; ps itself tells whole seconds there.
      const [user, system] =
        readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').slice(11, 13) ?? [];
      return sum + (Number(user) + Number(system)) / 100;
    }, 0);
  const times = execFileSync('ps', ['-o', 'time=', '-p', pids.join(',')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return times
    .map((time) => time.split(/[:-]/).reduce((seconds, part) => seconds * 60 + Number(part), 0))
    .reduce((sum, seconds) => sum + seconds, 0);
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
export type Answer = { data: any; errors?: { extensions: { code: string } }[]; extensions?: { incomplete?: unknown } };

export async function ask(
  url: string,
  query: string,
  options: { variables?: unknown; token?: string } = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(options.token && { authorization: `Bearer ${options.token}` }),
    },
    body: JSON.stringify({ query, variables: options.variables ?? {} }),
  });
  return (await response.json()) as Answer;
}

/** An operation that front ends send, with the variables that its first line names. */
export async function contractOperation(name: string): Promise<{ query: string; variables: unknown }> {
  const query = await readFile(join(root, 'gateway', 'operations', `${name}.graphql`), 'utf8');
  return { query, variables: JSON.parse(/^# (\{.*\})/.exec(query)?.[1] ?? '{}') };
}

/** Listens on a free port until the test is over. */
export async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

/** Takes a port until the test is over, or whatever `atEnd` says is; false where somebody has it. */
export async function takePort(
  port: number,
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<boolean> {
  const server = createServer();
  const taken = await new Promise<boolean>((resolve) =>
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)),
  );
  if (taken) atEnd(async () => void server.close());
  return taken;
}

/** A port that nobody listens on, below those that systems give to connections: of these the next connection may take any. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) =>
      server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)),
    );
    await new Promise((resolve) => server.close(resolve));
    if (isFree) return port;
  }
}
