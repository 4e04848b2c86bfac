import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '@hub/access';
import { HubError } from '@hub/errors';
import { GraphQLError } from 'graphql';
import type { Transport } from '../subgraphs.ts';
import { subgraphsWith } from '../supergraph.ts';
import { isNotRestored } from './change-source.ts';
import { asFollower, type Follower, followSources } from './follow-sources.ts';

const actor: Actor = { kind: 'FEED', subject: 'references' };
const changesAtOnce = 500;

const operations = {
  places: 'query { referenceSources { name next } }',
  feed: `query ($after: String!, $first: Int!) {
    referableFeed(after: $after, first: $first) { records { type id days owner visibility parties subjects person } next head }
  }`,
  project: 'mutation ($input: ProjectReferablesInput!) { projectReferables(input: $input) { next } }',
};

interface Feed {
  readonly records: readonly unknown[];
  readonly next: string;
  readonly head: string;
}

/** Who tells whom of what may be referred to: `source keeper`. */
export function referencePairs(supergraph: string): readonly string[] {
  const keepers = subgraphsWith(supergraph, 'Mutation', 'projectReferables');
  return subgraphsWith(supergraph, 'Query', 'referableFeed').flatMap((source) =>
    keepers.filter((keeper) => keeper !== source).map((keeper) => `${source} ${keeper}`),
  );
}

/** Carries what may be referred to from the subgraphs that hold it to those that write references. */
export interface References {
  /** Names a keeper's sources to it, once: from then on what refers to them is looked at, heard or not. */
  name(keeper: string): Promise<void>;
  /** Has sources read up to where they are now. @returns whether all could be, in the time that a subgraph has */
  hear(keeper: string, sources: readonly string[]): Promise<boolean>;
  /** Follows them from now on. */
  follow(lost: (source: string) => void): Follower;
}

export function openReferences(options: {
  readonly supergraph: string;
  readonly transport: Transport;
  readonly timeoutMs: number;
}): References {
  const { supergraph, transport, timeoutMs } = options;
  const pairs = referencePairs(supergraph);
  const ask = asFollower({ transport, timeoutMs, actor });
  const project = async (keeper: string, page: object): Promise<string> =>
    (
      await ask<{ projectReferables: { next: string } }>(keeper, operations.project, {
        input: { ends: false, records: [], ...page },
      })
    ).projectReferables.next;
  /** A page of a source; none where it isn't the one that it was, and its numbers mean nothing any more. */
  const pageAfter = async (source: string, after: string): Promise<Feed | undefined> => {
    try {
      const sent = { after, first: changesAtOnce };
      const { referableFeed } = await ask<{ referableFeed: Feed }>(source, operations.feed, sent);
      return Number(referableFeed.head) < Number(after) ? undefined : referableFeed;
    } catch (error) {
      if (isNotRestored(error)) return undefined;
      throw error;
    }
  };

  const placesOf = async (keeper: string) =>
    (await ask<{ referenceSources: readonly { name: string; next: string | null }[] }>(keeper, operations.places))
      .referenceSources;
  const named = new Map<string, Promise<void>>();
  async function nameSources(keeper: string): Promise<void> {
    for (const { name: source, next } of await placesOf(keeper))
      if (next === null && pairs.includes(`${source} ${keeper}`))
        await project(keeper, { source, after: '', next: '' });
  }

  /** Reads a source to its end. */
  async function catchUp(pair: string, isStopped: () => boolean): Promise<void> {
    const [source = '', keeper = ''] = pair.split(' ');
    const place = (await placesOf(keeper)).find(({ name }) => name === source);
    if (!place) return;
    // Named before it is heard: from then on references to it are checked.
    let after = place.next ?? (await project(keeper, { source, after: '', next: '' }));
    while (!isStopped()) {
      const page = await pageAfter(source, after);
      if (!page) {
        after = await project(keeper, { source, after, next: '' });
        continue;
      }
      const { records, next, head } = page;
      if (next === after) break;
      const ends = Number(next) >= Number(head);
      after = await project(keeper, { source, after, next, ends, records });
      if (ends && after === next) break;
    }
  }

  const running = new Map<string, Promise<void>>();
  const queued = new Map<string, Promise<void>>();
  /** A reading that begins after now; whoever wants one at the same time shares it. */
  function freshly(pair: string, isStopped: () => boolean): Promise<void> {
    const known = queued.get(pair);
    if (known) return known;
    const made = (running.get(pair) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        queued.delete(pair);
        const run = catchUp(pair, isStopped);
        running.set(pair, run);
        return run;
      });
    queued.set(pair, made);
    return made;
  }

  return {
    name(keeper) {
      if (!pairs.some((pair) => pair.endsWith(` ${keeper}`))) return Promise.resolve();
      const known = named.get(keeper) ?? nameSources(keeper);
      named.set(keeper, known);
      // One that can't be reached is asked again with the next mutation.
      return known.catch(() => void named.delete(keeper));
    },
    async hear(keeper, sources) {
      const wanted = sources.map((source) => `${source} ${keeper}`);
      if (!wanted.every((pair) => pairs.includes(pair))) return false;
      const soon = new AbortController();
      const heard = await Promise.race([
        Promise.all(wanted.map((pair) => freshly(pair, () => false))).then(
          () => true,
          () => false,
        ),
        delay(timeoutMs, false, { signal: soon.signal }).catch(() => false),
      ]);
      soon.abort();
      return heard;
    },
    follow: (lost) =>
      followSources({ sources: pairs, catchUp: freshly, lost: (pair) => lost(pair.split(' ')[0] ?? pair) }),
  };
}

/**
 * A transport that, where a mutation names what its subgraph hasn't heard of, has it read what there is now and asks once more:
 * so what was made a moment ago is found, what isn't there is told only once that is known, and a source that is down is told as such.
 */
export function hearing(transport: Transport, references: References): Transport {
  return {
    async send(subgraph, request, actor, options) {
      if (request.query.startsWith('mutation')) await references.name(subgraph);
      const first = await transport.send(subgraph, request, actor, options);
      const unheard = [...new Set((first.result.errors ?? []).flatMap(unheardIn))];
      if (unheard.length === 0) return first;
      if (await references.hear(subgraph, unheard)) {
        const second = await transport.send(subgraph, { ...request, heard: unheard }, actor, options);
        return { ...second, statements: first.statements + second.statements };
      }
      const errors = first.result.errors?.map((error) => {
        if (unheardIn(error).length === 0) return error;
        const { message, extensions } = new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: unheardIn(error).join(', ') });
        return new GraphQLError(message, { path: error.path, extensions });
      });
      return { ...first, result: { ...first.result, ...(errors && { errors }) } };
    },
  };
}

/** The sources that a subgraph has to have read before it can say whether what was named is there. */
function unheardIn({ extensions }: GraphQLError): readonly string[] {
  const { unheard } = (extensions['details'] ?? {}) as { unheard?: unknown };
  return extensions['code'] === 'SUBGRAPH_UNAVAILABLE' && Array.isArray(unheard) ? unheard.map(String) : [];
}
