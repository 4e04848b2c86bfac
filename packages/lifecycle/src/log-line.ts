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

/** Has the logger of an HTTP server (pino) write the same lines: levels as words, and what was said under the same names. */
export const logFormat = (level: string) => ({
  level,
  base: { pid: process.pid },
  messageKey: 'message',
  formatters: { level: (label: string) => ({ level: label }) },
});
