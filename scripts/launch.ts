/**
 * Runs a script of the hub, with what Node is told for it, in a process of its own: `pnpm start` and its like. A process that
 * ran out of memory, or was killed, can't say so itself; and whoever ends npx, pnpm or this one, by whatever signal, ends the hub.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { howEnded, isAlive, logLine, outliveLog } from '@hub/lifecycle';

const lookMs = 500;

outliveLog();

const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(2)], {
  // A session of its own: what a terminal sends to all arrives here, and there once.
  detached: true,
  // By its channel the hub notices that this process is gone.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
endWith(startersOf(process.pid));
// A gateway tells its parent where it answers, and leaves it to that to say so.
child.on('message', (message) => {
  console.log(`The gateway answers at ${(message as { listening: string }).listening}/graphql; Ctrl-C stops it.`);
});
child.once('error', () => process.exit(1));
child.once('exit', (code, signal) => {
  if (signal !== null || (code ?? 0) >= 128) logLine('fatal', 'the hub has ended', { how: howEnded(code, signal) });
  process.exit(code ?? 1);
});

/** Stops the hub when one of those is gone who started it. */
function endWith(starters: readonly number[]): void {
  const looking = setInterval(() => {
    if (starters.every(isAlive)) return;
    clearInterval(looking);
    child.kill('SIGTERM');
  }, lookMs).unref();
}

/** The package managers above a process, and the shells between them. */
function startersOf(pid: number): readonly number[] {
  const above: { readonly pid: number; readonly isShell: boolean }[] = [];
  for (let of = pid; ; ) {
    const parent = Number(/^\d+ \(.*\) \S (\d+)/s.exec(read(`/proc/${of}/stat`))?.[1] ?? 0);
    const command = read(`/proc/${parent}/cmdline`).replaceAll('\0', ' ');
    const isShell = /^(\S*\/)?(sh|ash|bash|busybox|dash|zsh)\b/.test(command);
    if (!isShell && !/\b(npm|npx|pnpm|yarn|corepack)\b/.test(command)) break;
    above.push({ pid: parent, isShell });
    of = parent;
  }
  // A shell above them all may end long before what it started.
  return above.slice(0, above.findLastIndex(({ isShell }) => !isShell) + 1).map((one) => one.pid);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // There is no /proc, or no such process any more.
    return '';
  }
}
