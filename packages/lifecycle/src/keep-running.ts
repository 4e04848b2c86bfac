import type { LogLine } from './log-line.ts';

/** Something that runs until it ends, by itself or because it was stopped. */
export interface Run {
  /** Resolves with how it ended, once nothing of it is left. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/** Something that is started again when it ends. */
export interface Kept {
  /** Resolves with how it ended last, once it could not be kept running; never otherwise. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

/** How long it is waited before each try. */
const pausesMs = [500, 3_000, 12_000];
/** Whatever ran for so long begins with all tries anew. */
const steadyMs = 10_000;

/**
 * Starts something again each time that it ends, a few times in a row at most.
 * @param start starts it anew; rejects where it can't be, and soon once it isn't wanted any more
 */
export function keepRunning(
  name: string,
  {
    first,
    start,
    log,
  }: { readonly first: Run; readonly start: (unwanted: AbortSignal) => Promise<Run>; readonly log: LogLine },
): Kept {
  const stopping = new AbortController();
  let current: Promise<Run> = Promise.resolve(first);

  async function keep(): Promise<string> {
    let run = first;
    let tries = 0;
    for (;;) {
      const since = performance.now();
      let how = await run.ended;
      if (performance.now() - since >= steadyMs) tries = 0;
      for (let isRunning = false; !isRunning; ) {
        if (stopping.signal.aborted) return await new Promise<never>(() => undefined);
        const pause = pausesMs[tries];
        if (pause === undefined) return how;
        tries += 1;
        log('error', `${name} has ended and is started again`, { how, try: tries, of: pausesMs.length });
        await pauseFor(pause, stopping.signal);
        if (stopping.signal.aborted) continue;
        current = start(stopping.signal);
        try {
          run = await current;
          isRunning = true;
          log('warn', `${name} runs again`);
        } catch (error) {
          how = error instanceof Error ? error.message : String(error);
        }
      }
    }
  }

  return {
    lost: keep(),
    async stop() {
      stopping.abort();
      await current.then(
        (run) => run.stop(),
        () => undefined,
      );
    },
  };
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
