/** What a process writes to its log: a sentence and facts about it, never values of a request. */
export type LogLine = (
  level: 'fatal' | 'error' | 'warn' | 'info',
  message: string,
  facts?: Readonly<Record<string, string | number>>,
) => void;

/** One line of JSON on stderr. Written at once, so that the last line of a process that ends isn't lost. */
export const logLine: LogLine = (level, message, facts) => {
  process.stderr.write(`${JSON.stringify({ level, time: Date.now(), pid: process.pid, message, ...facts })}\n`);
};

/** Why the log couldn't be written since it was asked for last. */
let unwritten: string | undefined;

/**
 * Has this process outlive its log: one whose disk is full, or whose reader is gone, takes what fits and ends nobody.
 */
export function outliveLog(): void {
  for (const output of [process.stdout, process.stderr])
    output.on('error', ({ code }: NodeJS.ErrnoException) => {
      unwritten = code ?? 'unknown';
    });
}

/** Tells that lines are missing; and again, as long as that can't be told either. */
export function tellUnwritten(log: LogLine): void {
  if (unwritten === undefined) return;
  const why = unwritten;
  unwritten = undefined;
  log('error', 'lines of the log could not be written and are missing', { why });
}

/** Has the logger of an HTTP server (pino) write the same lines: levels as words, and what was said under the same names. */
export const logFormat = (level: string) => ({
  level,
  base: { pid: process.pid },
  messageKey: 'message',
  formatters: { level: (label: string) => ({ level: label }) },
  // Its own stream would throw what its disk doesn't take.
  stream: { write: (line: string) => void process.stdout.write(line) },
});
