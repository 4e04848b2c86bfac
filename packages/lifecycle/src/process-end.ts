/** How a process ended, for whoever runs the hub. */
export function howEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGABRT' || code === 134) return 'SIGABRT: out of memory, its heap was full (--max-old-space-size)';
  if (signal === 'SIGKILL' || code === 137) return 'SIGKILL: killed by somebody, or by the system for want of memory';
  return signal ?? `exit code ${code}`;
}
