import { tellFaults } from './faults.ts';
import { logLine } from './log-line.ts';

/** What a stop may take besides what it waits for. */
const moreMs = 5_000;

/** Says why a process can't start: to whoever started it, or, where that is a process that keeps it running, in the log. */
export function tellFailedStart(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (process.send) logLine('fatal', message);
  else process.stderr.write(`${message}\n`);
}

/** Whether whoever forked this process went before anything here could hear of it. */
export const isLeftAlone = (): boolean => process.send !== undefined && !process.connected;

/**
 * Stops a process that another has started: when it is told to, when that one is gone, or when it has a fault that nobody caught.
 * @param drainMs how long its stop waits for what was begun
 */
export function endInOrder(stop: () => Promise<unknown>, drainMs: number): void {
  let isStopping = false;
  const end = (code: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), drainMs + moreMs).unref();
    stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  tellFaults(logLine, () => end(1));
  // A parent that died without a word leaves nobody to ask.
  for (const event of ['disconnect', 'SIGTERM', 'SIGINT', 'SIGHUP']) process.once(event, () => end(0));
  if (isLeftAlone()) end(0);
}
