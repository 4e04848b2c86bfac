import type { Retention } from '@hub/database';
import type { Log } from './errors.ts';
import type { Subgraph } from './subgraph.ts';

const everyMs = 10 * 60_000;
/** A start is busy enough; what a killed process left is swept soon after it. */
const firstMs = 30_000;

/** Sweeps subgraphs from time to time, for as long as their process has them. A round that fails is made up for by the next. */
export function sweepRegularly(
  subgraphs: readonly Pick<Subgraph, 'name' | 'sweep'>[],
  { retention, log }: { readonly retention: Retention; readonly log: Log },
): { stop(): Promise<void> } {
  let stopped = false;
  let running = Promise.resolve();
  let timer: NodeJS.Timeout;
  const round = async () => {
    for (const { name, sweep } of subgraphs) {
      if (stopped) return;
      await sweep(retention).catch(() => log('warn', 'what has had its time could not be swept', { subgraph: name }));
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
