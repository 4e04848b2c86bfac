import { randomUUID } from 'node:crypto';
import type { Actor } from '@hub/access';
import { HubError } from '@hub/errors';
import type { SubgraphAnswer } from '@hub/subgraph-server';
import DataLoader from 'dataloader';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { asFollower } from '../followers/follow-sources.ts';
import type { Transport } from '../subgraphs.ts';
import { recordTypesOf, subgraphsWith, subgraphUrls } from '../supergraph.ts';
import { nodeSubgraph } from './type-defs.ts';

const feed: Actor = { kind: 'FEED', subject: 'nodes' };
const isRecordId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Of a committee or a region, with its code. */
const isDirectoryId = /^(committee|region):([0-9]{1,12})$/;
const directoryTypes = { committee: 'Committee', region: 'Region' } as const;

const operations = {
  types: 'query ($ids: [ID!]!) { recordTypes(ids: $ids) }',
  seen: 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
};

/** A record as far as it is known here: whoever keeps it tells the rest. */
interface Found {
  readonly __typename: string;
  readonly id: string;
  readonly code?: string;
}
interface Kept extends Found {
  readonly keeper: string;
}

/**
 * A transport that answers for the gateway's own subgraph. Of each id it asks all who keep records for its type, and then the keeper
 * whether the asker sees it: a type alone would tell that there is something. An id of nothing goes the same way, so that it takes as long.
 */
export function answeringNodes(
  transport: Transport,
  given: { readonly supergraph: string; readonly schema: () => GraphQLSchema },
): Transport {
  // Another's subgraph may be called so.
  if (subgraphUrls(given.supergraph).get(nodeSubgraph.name) !== nodeSubgraph.url) return transport;
  const sources = subgraphsWith(given.supergraph, 'Query', 'recordTypes');
  const [first = ''] = sources;
  const [anyType = ''] = recordTypesOf(given.supergraph, [first]);

  return {
    async send(subgraph, request, actor, options) {
      if (subgraph !== nodeSubgraph.name) return transport.send(subgraph, request, actor, options);
      const { timeoutMs } = options;
      let statements = 0;
      const counting: Transport = {
        async send(name, asked, by, sent) {
          const answer = await transport.send(name, asked, by, { ...sent, signal: options.signal });
          statements += answer.statements;
          return answer;
        },
      };
      const keepers = asFollower({ transport: counting, timeoutMs, actor: feed });
      const asAsker = asFollower({ transport: counting, timeoutMs, actor });

      const kept = async (ids: readonly string[]): Promise<readonly (Kept | HubError)[]> => {
        const down: string[] = [];
        const told = await Promise.all(
          sources.map((source) =>
            keepers<{ recordTypes: readonly (string | null)[] }>(source, operations.types, { ids }).then(
              ({ recordTypes }) => recordTypes,
              () => void down.push(source),
            ),
          ),
        );
        return ids.map((id, at) => {
          for (const [number, keeper] of sources.entries()) {
            const type = told[number]?.[at];
            if (type) return { __typename: type, id, keeper };
          }
          // Whether it is one of theirs nobody else can say.
          return down.length > 0
            ? new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: down.join(', ') })
            : { __typename: anyType, id: randomUUID(), keeper: first };
        });
      };

      const seen = async (records: readonly (Kept | HubError)[]): Promise<(Found | HubError | null)[]> => {
        const found: (Found | HubError | null)[] = records.map((record) =>
          record instanceof HubError ? record : null,
        );
        await Promise.all(
          sources.map(async (keeper) => {
            const those = records.flatMap((record, at) =>
              !(record instanceof HubError) && record.keeper === keeper ? [{ record, at }] : [],
            );
            if (those.length === 0) return;
            const representations = those.map(({ record: { keeper: _, ...key } }) => key);
            try {
              const { _entities } = await asAsker<{ _entities: readonly unknown[] }>(keeper, operations.seen, {
                representations,
              });
              for (const [number, { record, at }] of those.entries()) if (_entities[number]) found[at] = record;
            } catch {
              for (const { at } of those) found[at] = new HubError('SUBGRAPH_UNAVAILABLE', { subgraph: keeper });
            }
          }),
        );
        return found;
      };

      const loader = new DataLoader<string, Found | null>(async (ids) => {
        const directory = ids.map(directoryKeyOf);
        const records = ids.filter((id, at) => !directory[at] && isRecordId.test(id));
        const keptRecords = records.length > 0 ? await kept(records) : [];
        const all = [...keptRecords, ...directory.flatMap((key) => (key ? [{ ...key, keeper: first }] : []))];
        const told = all.length > 0 ? await seen(all) : [];
        const byId = new Map([
          ...records.map((id, at) => [id, told[at]] as const),
          ...all.slice(records.length).map((key, at) => [(key as Kept).id, told[records.length + at]] as const),
        ]);
        return ids.map((id) => {
          const found = byId.get(id) ?? null;
          // What stands in its place was made up.
          return found instanceof HubError || found?.id === id ? found : null;
        });
      });

      const result = await execute({
        schema: given.schema(),
        document: request.document ?? parse(request.query, { noLocation: true }),
        operationName: request.operationName,
        variableValues: request.variables,
        rootValue: {
          node: ({ id }: { id: string }) => loader.load(id),
          nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => loader.load(id)),
        },
      });
      return { result, statements } satisfies SubgraphAnswer;
    },
  };
}

function directoryKeyOf(id: string): Found | undefined {
  const [, kind, code] = isDirectoryId.exec(id) ?? [];
  return kind && code ? { __typename: directoryTypes[kind as keyof typeof directoryTypes], id, code } : undefined;
}
