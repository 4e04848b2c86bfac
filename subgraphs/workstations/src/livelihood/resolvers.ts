import { searchedConnectionResolvers } from '@hub/connections';
import { committeeByCode, type Resolvers, rangeOf } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { Workstation } from '../workstations/store.ts';
import type { LivelihoodItem, LivelihoodItemsAsked } from './store.ts';

export const livelihoodResolvers: Resolvers = {
  Query: {
    livelihoodItem: (_, { id }: { id: string }, { livelihood }: Context) => livelihood.items.load(id),
    livelihoodItems: (_, args: LivelihoodItemsAsked & { within?: string | null }, { livelihood }: Context) =>
      livelihood.itemsIn(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Workstation: {
    livelihoodItems: async ({ id }: Workstation, { year }: { year?: number | null }, { livelihood }: Context) =>
      (await livelihood.itemsOfWorkstation.load(id)).filter((item) => year == null || item.year === year),
  },
  LivelihoodItem: {
    __resolveReference: ({ id }: LivelihoodItem, { livelihood }: Context) => livelihood.items.load(id),
    workstation: ({ workstation }: LivelihoodItem, _, { workstations }: Context) =>
      workstations.workstations.load(workstation),
    committee: ({ owner }: LivelihoodItem) => committeeByCode(owner),
  },
  LivelihoodItemConnection: searchedConnectionResolvers,
};
