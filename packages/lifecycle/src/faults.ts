import { type LogLine, outliveLog } from './log-line.ts';

/** What ends a process when nobody caught it: told with where it was thrown, and without its message, which may quote values. */
export function tellFaults(log: LogLine, end: () => void): void {
  outliveLog();
  const tell = (message: string) => (fault: unknown) => {
    log('fatal', message, {
      error: fault instanceof Error ? fault.name : typeof fault,
      ...codeOf(fault),
      at: placeOf(fault),
    });
    end();
  };
  process.on('uncaughtException', tell('a fault that nobody caught ends this process'));
  process.on('unhandledRejection', tell('a rejection that nobody handled ends this process'));
}

function codeOf(fault: unknown): { code?: string } {
  const { code } = (fault ?? {}) as { code?: unknown };
  return typeof code === 'string' ? { code } : {};
}

/** The places that it came through: lines of the stack, of which the first ones may be the message. */
function placeOf(fault: unknown): string {
  const stack = fault instanceof Error ? (fault.stack ?? '') : '';
  const places = stack.split('\n').flatMap((line) => /^ {4}at .*?([^/\\(]+:\d+):\d+\)?$/.exec(line)?.[1] ?? []);
  return places.slice(0, 5).join(' < ') || 'unknown';
}
