import { readFileSync } from 'node:fs';

/** How a process ended, for whoever runs the hub. */
export function howEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGABRT' || code === 134) return 'SIGABRT: out of memory, its heap was full (--max-old-space-size)';
  if (signal === 'SIGKILL' || code === 137) return 'SIGKILL: killed by somebody, or by the system for want of memory';
  return signal ?? `exit code ${code}`;
}

/** Whether a process runs, whoever's it is. One that has ended and whose end nobody took (a container without init) doesn't. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // There is no /proc, or no such process any more.
    return process.platform !== 'linux';
  }
}
