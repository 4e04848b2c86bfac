import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { AidEntry } from './store.ts';

export const aidResolvers: Resolvers = {
  Query: {
    aidEntry: (_, { id }: { id: string }, { aid }: Context) => aid.entries.load(id),
  },
  Cooperation: {
    aid: ({ id }: { id: string }, _, { aid }: Context) => aid.entriesOfCooperation.load(id),
  },
  AidEntry: {
    __resolveReference: ({ id }: AidEntry, { aid }: Context) => aid.entries.load(id),
    cooperation: ({ cooperation }: AidEntry, _, { cooperations }: Context) =>
      cooperations.cooperations.load(cooperation),
  },
};
