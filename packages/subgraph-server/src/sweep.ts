import type { Log } from './errors.ts';

/** Something of which what has had its time goes. */
export interface Swept {
  readonly name: string;
  sweep(): Promise<unknown>;
}

const everyMs = 10 * 60_000;
/** A start is busy enough; what a killed process left is swept soon after it. */
const firstMs = 30_000;

/** Sweeps from time to time, for as long as the process has what is swept. A round that fails is made up for by the next. */
export function sweepRegularly(all: readonly Swept[], log: Log): { stop(): Promise<void> } {
  let stopped = false;
  let running = Promise.resolve();
  let timer: NodeJS.Timeout;
  const round = async () => {
    for (const { name, sweep } of all) {
      if (stopped) return;
      await sweep().catch(() => log('warn', 'what has had its time could not be swept', { of: name }));
    }
  };
  const next = (ms: number) => {
    // Processes that started together don't sweep together.
    timer = setTimeout(
      () => {
        running = round().then(() => {
          if (!stopped) next(everyMs);
        });
      },
      ms * (0.75 + Math.random() / 2),
    ).unref();
  };
  next(firstMs);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
