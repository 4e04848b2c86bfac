import { randomUUID } from 'node:crypto';
import type { Actor } from '@hub/access';
import type { Transport } from '../subgraphs.ts';

/** Carries what happened from subgraphs that tell of it to one that keeps what follows from it. */
export interface Follower {
  /** Something may have happened just now. */
  nudge(): void;
  /** For how many seconds each of its sources wasn't read to its end. */
  lag(): ReadonlyMap<string, number>;
  /** Ends after the page that is on its way. */
  stop(): Promise<void>;
}

/** A follower that wasn't at the end for so long doesn't keep up. */
const mostLagSeconds = 30;

/** Whether each of a follower's sources was read to its end lately. */
export const keepsUp = (follower: Follower): boolean =>
  [...follower.lag().values()].every((seconds) => seconds <= mostLagSeconds);

/** For how many seconds something hasn't been done. */
export const secondsSince = (at: number): number => (performance.now() - at) / 1_000;

/** How often a source is asked. */
const pollMs = 1_000;
/** The longest that a failing source is left alone. */
const longestMs = 10_000;

/** Asks subgraphs as a follower. Rejects with the first error of an answer. */
export function asFollower({
  transport,
  timeoutMs,
  actor,
}: {
  readonly transport: Transport;
  readonly timeoutMs: number;
  readonly actor: Actor;
}) {
  return async <Data>(subgraph: string, query: string, variables: Record<string, unknown> = {}): Promise<Data> => {
    const sent = { requestId: randomUUID(), timeoutMs };
    const { result } = await transport.send(subgraph, { query, variables }, actor, sent);
    const [error] = result.errors ?? [];
    if (error) throw error;
    return result.data as Data;
  };
}

/**
 * Follows each source by itself: one that is down keeps no other waiting. How far a source was read stands with what was
 * made of it, so that a follower may end or start anywhere, and others may follow at the same time.
 */
export function followSources({
  sources,
  catchUp,
  lost,
}: {
  readonly sources: readonly string[];
  /** Reads a source to its end; rejects where it, or the keeper, can't be reached. */
  readonly catchUp: (source: string, isStopped: () => boolean) => Promise<void>;
  /** A source that could be followed before can't be now. */
  readonly lost: (source: string) => void;
}): Follower {
  let stopped = false;
  const readAt = new Map(sources.map((source) => [source, performance.now()]));
  let wake: () => void = () => undefined;
  let woken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const wakeAll = () => {
    wake();
    woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
  };

  async function follow(source: string): Promise<void> {
    let failures = 0;
    while (!stopped) {
      const next = woken;
      try {
        await catchUp(source, () => stopped);
        readAt.set(source, performance.now());
        failures = 0;
      } catch {
        // The transport, the source or the keeper: whichever it was, it is read on from where it was.
        failures += 1;
        if (failures === 1 && !stopped) lost(source);
      }
      const wait = Math.min(longestMs, pollMs * 2 ** failures) * (0.75 + Math.random() / 2);
      let timer: NodeJS.Timeout | undefined;
      const slept = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, wait);
      });
      // A nudge comes with every mutation: one that fails isn't asked more often for that.
      if (!stopped) await (failures > 0 ? Promise.race([slept, ended]) : Promise.race([slept, next]));
      clearTimeout(timer);
    }
  }

  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const running = sources.map(follow);
  return {
    nudge: wakeAll,
    lag: () => new Map([...readAt].map(([source, at]) => [source, secondsSince(at)])),
    async stop() {
      stopped = true;
      end();
      wakeAll();
      await Promise.all(running);
    },
  };
}
