import type { Actor, Audience } from '@hub/access';
import type { Transport } from '../subgraphs.ts';
import { subgraphsWith } from '../supergraph.ts';
import { asFollower, type Follower, followSources } from './follow-sources.ts';

const keeper = 'consultations';
/** The subgraph whose the cooperations are. */
const source = 'cooperation';
const actor: Actor = { kind: 'FEED', subject: 'cooperation-audiences' };
const changesAtOnce = 500;
const audiencesAtOnce = 200;

const operations = {
  places: 'query { cooperationSources { name next } }',
  feed: `query ($after: String!, $first: Int!) {
    changeFeed(after: $after, first: $first, latest: true) { changes { seq type id after { owner visibility parties subjects } } next head }
  }`,
  project:
    'mutation ($input: ProjectCooperationAudiencesInput!) { projectCooperationAudiences(input: $input) { next } }',
};

interface Feed {
  readonly changes: readonly {
    readonly seq: string;
    readonly type: string;
    readonly id: string;
    readonly after: Audience | null;
  }[];
  readonly next: string;
  readonly head: string;
}
interface ToldAudience {
  readonly id: string;
  readonly seq: string;
  readonly audience: Audience | null;
}

/** The subgraphs of a supergraph that tell who may see cooperations; none where nobody keeps it. */
export function cooperationSources(supergraph: string): readonly string[] {
  const isKept = subgraphsWith(supergraph, 'Mutation', 'projectCooperationAudiences').includes(keeper);
  return isKept && subgraphsWith(supergraph, 'Query', 'changeFeed').includes(source) ? [source] : [];
}

/** Carries who may see a cooperation to the subgraph whose records refer to it. */
export function followCooperationAudiences(options: {
  readonly sources: readonly string[];
  readonly transport: Transport;
  readonly timeoutMs: number;
  /** A source that could be followed before can't be now. */
  readonly lost: (source: string) => void;
}): Follower {
  const { sources, transport, timeoutMs, lost } = options;
  const ask = asFollower({ transport, timeoutMs, actor });
  const project = async (source: string, page: object): Promise<string> =>
    (
      await ask<{ projectCooperationAudiences: { next: string } }>(keeper, operations.project, {
        input: { source, audiences: [], ...page },
      })
    ).projectCooperationAudiences.next;

  /** All that a source tells after a place, and of each cooperation the latest only: what it was before it is narrower now is nobody's to see. */
  async function toldAfter(source: string, place: string) {
    const latest = new Map<string, ToldAudience>();
    let next = place;
    let head: string;
    do {
      const { changeFeed } = await ask<{ changeFeed: Feed }>(source, operations.feed, {
        after: next,
        first: changesAtOnce,
      });
      for (const { type, id, seq, after } of changeFeed.changes)
        if (type === 'Cooperation') latest.set(id, { id, seq, audience: after });
      ({ next, head } = changeFeed);
    } while (Number(next) < Number(head));
    return { audiences: [...latest.values()], next, head };
  }

  async function catchUp(source: string): Promise<void> {
    const { cooperationSources: places } = await ask<{
      cooperationSources: readonly { name: string; next: string }[];
    }>(keeper, operations.places);
    const after = places.find(({ name }) => name === source)?.next ?? '';
    const { audiences, next, head } = await toldAfter(source, after);
    if (Number(head) < Number(after)) {
      // It isn't the one that it was, but an older one perhaps: its numbers mean nothing any more.
      await project(source, { after, next: '' });
      return;
    }
    if (next === after) return;
    while (audiences.length > audiencesAtOnce) {
      const reached = await project(source, { after, next: after, audiences: audiences.splice(0, audiencesAtOnce) });
      if (reached !== after) return;
    }
    await project(source, { after, next, audiences });
  }

  return followSources({ sources, catchUp, lost });
}
