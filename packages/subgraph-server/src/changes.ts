import { changeGaps, type RecordType, recordChanges, recordTypes } from '@hub/connections';
import { HubError } from '@hub/errors';
import type { FetchContext } from '@hub/workflow';
import type { Resolvers } from './resolvers.ts';

/** What every subgraph tells the gateway of its records: their changes, and their types. */
export function changeFeedResolvers(schema: string, records: readonly RecordType[]): Resolvers {
  const feed = recordChanges(schema, records);
  const gaps = changeGaps(schema);
  const types = recordTypes(schema, records);
  return {
    Query: {
      changeFeed: (
        _,
        { after, first, latest }: { after: string; first: number; latest: boolean },
        { actor, scope }: FetchContext,
      ) => {
        if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
        return feed(scope, after, first, latest);
      },
      recordTypes: (_, { ids }: { ids: readonly string[] }, { actor, scope }: FetchContext) => {
        if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
        return types(scope, ids);
      },
    },
    ChangeFeed: { gaps: (_, __, { scope }: FetchContext) => gaps(scope) },
  };
}
