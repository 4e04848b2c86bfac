/** What a process writes to its log: a sentence and facts about it, never values of a request. */
export type LogLine = (
  level: 'fatal' | 'error' | 'warn' | 'info',
  message: string,
  facts?: Readonly<Record<string, string | number>>,
) => void;

/** One line of JSON on stderr. Written at once, so that the last line of a process that ends isn't lost. */
export const logLine: LogLine = (level, message, facts) => {
  process.stderr.write(`${JSON.stringify({ level, time: Date.now(), message, ...facts })}\n`);
};
