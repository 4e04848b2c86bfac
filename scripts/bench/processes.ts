/** The processes under load, and what the system says of them. Linux only: it is read from /proc. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { childEnvironment } from '@hub/config';

type Environment = Parameters<typeof childEnvironment>[0];

/** What reads TypeScript, as `pnpm start` has it. */
const loader = new URL('../typescript/register.js', import.meta.url).href;

/** All load comes from one address, and what is measured is the hub and not its limits. */
const unlimited =
  'read=100000000,file=1000000,write=10000000,upload=1000000,open=1000000,refused=1000000,streams=5000,requests=5000,connections=10000';

/** Processes that serve one address together. */
export class Target {
  readonly children: ChildProcess[] = [];
  readonly name: string;
  url = '';
  constructor(name: string) {
    this.name = name;
  }

  /** Starts a program of the bench's or the hub's own and waits until it listens. */
  async begin(file: string, settings: Environment): Promise<string> {
    const child = fork(new URL(file, import.meta.url), {
      execArgv: [...(this.name === 'in process' ? asStarted() : []), '--import', loader],
      env: childEnvironment({ HUB_RATE_LIMITS: unlimited, ...settings }),
      // A session of its own: Ctrl-C reaches the bench alone, which ends the others in order.
      detached: true,
    });
    this.children.push(child);
    this.url = await new Promise<string>((resolve, reject) => {
      child.once('message', (message) => resolve((message as { listening: string }).listening));
      child.once('exit', () => reject(new Error(`${this.name}: ${file} ended before it listened`)));
    });
    return this.url;
  }

  ids(): number[] {
    return this.children.flatMap(({ pid }) => pid ?? []);
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
        await ended;
        clearTimeout(impatience);
      }),
    );
  }
}

/** Node's options as `pnpm start` has them; with `pnpm bench --cpu-prof` also what makes it write to .data/bench/profile what it spends its time on. */
function asStarted(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    scripts: { start: string };
  };
  const profile = process.argv.includes('--cpu-prof') ? ['--cpu-prof', '--cpu-prof-dir', '.data/bench/profile'] : [];
  return [...scripts.start.split(' ').filter((word) => /^--.+=/.test(word)), ...profile];
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Seconds of processor time that processes have used so far. */
export function cpuSeconds(ids: readonly number[]): number {
  return ids.reduce((sum, id) => {
    const [, , , ...rest] = statOf(id);
    // utime and stime, the 14th and 15th of the file; the first three are cut off.
    return sum + (Number(rest[10]) + Number(rest[11])) / ticksPerSecond;
  }, 0);
}

/** A server process and its children. */
export function familyOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => id === parent || statOf(id)[3] === String(parent));
}

/** Megabytes of memory that are resident. */
export function residentMegabytes(ids: readonly number[]): number {
  return ids.reduce((sum, id) => {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
    return sum + Number(kilobytes) / 1024;
  }, 0);
}

/** The fields of /proc/<id>/stat; the second, a name in brackets, may hold spaces. None for a process that is gone. */
function statOf(id: number): string[] {
  try {
    const [, before = '', name = '', after = ''] =
      /^(\d+) \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? [];
    return [before, name, ...after.trim().split(' ')];
  } catch {
    return [];
  }
}
