import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '@hub/access';
import type { Transport } from '../subgraphs.ts';
import { recordTypesOf, subgraphsWith } from '../supergraph.ts';
import type { ChangeCursors } from './change-cursors.ts';
import { ChangeSource, type ReadSource, type RecordChange } from './change-source.ts';

/** Somebody who wants to know of changes as they come. */
export interface ChangeListener {
  /** What a source added; nothing where it can be read again, or for the first time. */
  told(source: string, changes: readonly RecordChange[]): void;
  /** A source began anew, from a backup perhaps: places in it mean nothing any more. */
  reset(source: string): void;
}

/** Reads the change feeds of all subgraphs, once for all who listen, and while somebody does. */
export interface ChangeFollower {
  /** Those that are followed; none while nobody listens. */
  readonly sources: ReadonlyMap<string, ChangeSource>;
  /** As what places in them are told. */
  readonly cursors: ChangeCursors;
  listen(listener: ChangeListener): { stop(): void };
  /** Something may have happened just now. */
  nudge(): void;
  /** Settles once what was committed before is read, from every source that answers soon; begins to follow where nobody listens yet. */
  refresh(): Promise<void>;
  stop(): void;
}

const actor: Actor = { kind: 'FEED', subject: 'changes' };
/** How long it is followed on after the last who listened: a long poll comes back at once. */
const lingerMs = 30_000;
/** How long one who begins to listen waits for sources. */
const soonMs = 1_000;

const query = `query ($after: String!, $first: Int!, $latest: Boolean!) {
  changeFeed(after: $after, first: $first, latest: $latest) {
    changes {
      seq type id revision
      before { owner visibility parties subjects receipt reference { owner visibility parties } }
      after { owner visibility parties subjects receipt reference { owner visibility parties } }
    }
    next head dropped era
  }
}`;
const gapsQuery = 'query { changeFeed(after: "", first: 1) { gaps { last first } } }';

interface Feed {
  readonly changes: readonly (Omit<RecordChange, 'seq'> & { readonly seq: string })[];
  readonly next: string;
  readonly head: string;
  readonly dropped: string;
  readonly era: string;
}

/** The subgraphs of a supergraph that tell of changes, and the types of records that these can be of. */
export function changeSources(supergraph: string): { sources: readonly string[]; types: ReadonlySet<string> } {
  const sources = subgraphsWith(supergraph, 'Query', 'changeFeed');
  return { sources, types: recordTypesOf(supergraph, sources) };
}

export function followChanges(options: {
  readonly sources: readonly string[];
  readonly transport: Transport;
  readonly timeoutMs: number;
  readonly cursors: ChangeCursors;
  /** A source that could be followed before can't be now. */
  readonly lost: (source: string) => void;
  /** How often they are read; four times a second unless said. */
  readonly pollMs?: number;
}): ChangeFollower {
  const { sources: names, transport, timeoutMs, lost, pollMs } = options;
  const listeners = new Set<ChangeListener>();
  let sources = new Map<string, ChangeSource>();
  let ending: NodeJS.Timeout | undefined;
  let stopped = false;

  const readerOf = (name: string): ReadSource => {
    const ask = async <Asked>(query: string, variables: Record<string, unknown> = {}) => {
      const sent = { requestId: randomUUID(), timeoutMs };
      const { result } = await transport.send(name, { query, variables }, actor, sent);
      const [error] = result.errors ?? [];
      if (error) throw error;
      return (result.data as { changeFeed: Asked }).changeFeed;
    };
    return {
      async page(after, first, latest) {
        const sent = { after: String(after), first, latest };
        const { changes, next, head, dropped, era } = await ask<Feed>(query, sent);
        return {
          changes: changes.map((change) => ({ ...change, seq: Number(change.seq) })),
          next: Number(next),
          head: Number(head),
          dropped: Number(dropped),
          era: Number(era),
        };
      },
      async gaps() {
        const { gaps } = await ask<{ gaps: readonly { last: string; first: string }[] }>(gapsQuery);
        return gaps.map(({ last, first }) => ({ last: Number(last), first: Number(first) }));
      },
    };
  };
  const begin = () =>
    new Map(
      names.map((name) => [
        name,
        new ChangeSource(
          readerOf(name),
          {
            told: (changes) => {
              for (const listener of listeners) listener.told(name, changes);
            },
            reset: () => {
              for (const listener of listeners) listener.reset(name);
            },
            lost: () => lost(name),
          },
          pollMs,
        ),
      ]),
    );
  const end = () => {
    clearTimeout(ending);
    for (const source of sources.values()) source.stop();
    sources = new Map();
  };

  return {
    cursors: options.cursors,
    get sources() {
      return sources;
    },
    listen(listener) {
      clearTimeout(ending);
      if (sources.size === 0 && !stopped) sources = begin();
      listeners.add(listener);
      return {
        stop() {
          if (!listeners.delete(listener) || listeners.size > 0) return;
          clearTimeout(ending);
          ending = setTimeout(end, lingerMs).unref();
        },
      };
    },
    nudge() {
      for (const source of sources.values()) source.nudge();
    },
    async refresh() {
      const listening = this.listen({ told: () => undefined, reset: () => undefined });
      const soon = new AbortController();
      const all = Promise.all([...sources.values()].map((source) => source.refresh()));
      await Promise.race([all, delay(soonMs, undefined, { signal: soon.signal }).catch(() => undefined)]);
      soon.abort();
      listening.stop();
    },
    stop() {
      stopped = true;
      listeners.clear();
      end();
    },
  };
}
