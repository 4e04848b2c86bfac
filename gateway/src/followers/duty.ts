import type { Actor } from '@hub/access';
import type { Transport } from '../subgraphs.ts';
import { subgraphsWith } from '../supergraph.ts';
import { asFollower, type Follower, followSources } from './follow-sources.ts';

const keeper = 'members';
const actor: Actor = { kind: 'FEED', subject: 'duty' };

/** How often at least the keeper is told that a source was heard. */
const heartbeatMs = 20_000;
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

/** The subgraphs of a supergraph that tell of duty; none where nobody keeps it. */
export function dutySources(supergraph: string): readonly string[] {
  const isKept = subgraphsWith(supergraph, 'Mutation', 'projectDuty').includes(keeper);
  return isKept ? subgraphsWith(supergraph, 'Query', 'dutyFeed') : [];
}

/** Carries what members did from the subgraphs that hold the events to the one that keeps their duty. */
export function followDuty(options: {
  readonly sources: readonly string[];
  readonly transport: Transport;
  readonly timeoutMs: number;
  /** A source that could be followed before can't be now. */
  readonly lost: (source: string) => void;
}): Follower {
  const { sources, transport, timeoutMs, lost } = options;
  const toldAt = new Map<string, number>();

  const ask = asFollower({ transport, timeoutMs, actor });
  const project = async (source: string, page: object): Promise<string> =>
    (
      await ask<{ projectDuty: { next: string } }>(keeper, operations.project, {
        input: { source, facts: [], withdrawn: [], ...page },
      })
    ).projectDuty.next;

  /** Reads a source to its end. */
  async function catchUp(source: string, isStopped: () => boolean): Promise<void> {
    const { dutySources: places } = await ask<{ dutySources: readonly { name: string; next: string }[] }>(
      keeper,
      operations.places,
    );
    const place = places.find(({ name }) => name === source);
    // Named before it is heard, so that reports say that it is missing.
    let after = place?.next ?? (await project(source, { after: '', next: '' }));
    while (!isStopped()) {
      const { dutyFeed } = await ask<{ dutyFeed: Page }>(source, operations.feed, { after, first: changesAtOnce });
      const { facts, withdrawn, next, head } = dutyFeed;
      const due = Date.now() - (toldAt.get(source) ?? 0) >= heartbeatMs;
      if (!due && next === after && facts.length + withdrawn.length === 0) break;
      after = await project(source, { after, facts, withdrawn, next, head });
      toldAt.set(source, Date.now());
      if (after === head) break;
    }
  }

  return followSources({ sources, catchUp, lost });
}
