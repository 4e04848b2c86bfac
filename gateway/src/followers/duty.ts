import { randomUUID } from 'node:crypto';
import type { Actor } from '@hub/access';
import type { Transport } from '../subgraphs.ts';
import { subgraphsWith } from '../supergraph.ts';

/** Carries what members did from the subgraphs that hold the events to the one that keeps their duty. */
export interface DutyFollower {
  /** Something may have happened just now. */
  nudge(): void;
  /** Ends after the page that is on its way. */
  stop(): Promise<void>;
}

const keeper = 'members';
const actor: Actor = { kind: 'FEED', subject: 'duty' };

/** How often a source is asked, and how often at least its keeper is told that it was heard. */
const pollMs = 1_000;
const heartbeatMs = 20_000;
/** The longest that a failing source is left alone. */
const longestMs = 30_000;
const changesAtOnce = 200;

const operations = {
  places: 'query { dutySources { name next } }',
  feed: `query ($after: String!, $first: Int!) {
    dutyFeed(after: $after, first: $first) {
      facts { id member kind consultationKind title on outcomes halfDays rank authors recordType record consultation owner visibility parties }
      withdrawn next head
    }
  }`,
  project: 'mutation ($input: ProjectDutyInput!) { projectDuty(input: $input) { next } }',
};

interface Page {
  readonly facts: readonly unknown[];
  readonly withdrawn: readonly string[];
  readonly next: string;
  readonly head: string;
}

/** The subgraphs of a supergraph that tell of duty. */
export function dutySources(supergraph: string): readonly string[] {
  return subgraphsWith(supergraph, 'dutyFeed');
}

/**
 * Follows each source by itself: one that is down keeps no other waiting. It remembers nothing: how far a source was read
 * stands with what was made of it, so that it may end or start anywhere, and others may follow at the same time.
 */
export function followDuty(options: {
  readonly sources: readonly string[];
  readonly transport: Transport;
  readonly timeoutMs: number;
  /** A source that could be followed before can't be now. */
  readonly lost: (source: string) => void;
}): DutyFollower {
  const { sources, transport, timeoutMs, lost } = options;
  let stopped = false;
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

  async function ask<Data>(subgraph: string, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { result } = await transport.send(subgraph, { query, variables }, actor, {
      requestId: randomUUID(),
      timeoutMs,
    });
    const [error] = result.errors ?? [];
    if (error) throw error;
    return result.data as Data;
  }
  const project = async (source: string, page: object): Promise<string> =>
    (
      await ask<{ projectDuty: { next: string } }>(keeper, operations.project, {
        input: { source, facts: [], withdrawn: [], ...page },
      })
    ).projectDuty.next;

  /** Reads a source to its end. @returns when its keeper was last told of it */
  async function catchUp(source: string, toldAt: number): Promise<number> {
    const { dutySources: places } = await ask<{ dutySources: readonly { name: string; next: string }[] }>(
      keeper,
      operations.places,
    );
    const place = places.find(({ name }) => name === source);
    // Named before it is heard, so that reports say that it is missing.
    let after = place?.next ?? (await project(source, { after: '', next: '' }));
    let told = toldAt;
    while (!stopped) {
      const { dutyFeed } = await ask<{ dutyFeed: Page }>(source, operations.feed, { after, first: changesAtOnce });
      const { facts, withdrawn, next, head } = dutyFeed;
      const due = Date.now() - told >= heartbeatMs;
      if (!due && next === after && facts.length + withdrawn.length === 0) break;
      after = await project(source, { after, facts, withdrawn, next, head });
      told = Date.now();
      if (after === head) break;
    }
    return told;
  }

  async function follow(source: string): Promise<void> {
    let toldAt = 0;
    let failures = 0;
    while (!stopped) {
      const next = woken;
      try {
        toldAt = await catchUp(source, toldAt);
        failures = 0;
      } catch {
        // The transport, the source or the keeper: whichever it was, what is missing is named in reports.
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
    async stop() {
      stopped = true;
      end();
      wakeAll();
      await Promise.all(running);
    },
  };
}
