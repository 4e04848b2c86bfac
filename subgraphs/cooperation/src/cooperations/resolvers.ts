import { type PageArguments, searchedConnectionResolvers } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { countedTotal, type Resolvers, rangeOf, type ScopeArgument } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  concludeCooperation,
  cooperationSteps,
  cooperationStepsIn,
  proposeCooperation,
  updateCooperation,
} from './steps.ts';
import type { Cooperation, CooperationFilter, CooperationOrder } from './store.ts';

type ListArguments = PageArguments & { filter?: CooperationFilter | null; orderBy: CooperationOrder };

const read = (id: string, { cooperations }: Context) => cooperations.cooperations.load(id);

export const cooperationResolvers: Resolvers = {
  Query: {
    cooperation: (_, { id }: { id: string }, context: Context) => read(id, context),
    cooperations: (_, args: ListArguments & { within?: string | null }, { cooperations }: Context) =>
      cooperations.cooperationsIn(rangeOf(args.within ?? '000000', 'within'), args.filter, args.orderBy, args),
  },
  Cooperation: {
    __resolveReference: ({ id }: Cooperation, context: Context) => read(id, context),
    visibility: ({ visibility, upward }: Cooperation) => (upward ? 'UPWARD' : visibility),
    events: cooperationSteps.fields.events,
    pendingSteps: (row: Cooperation, _, context: Context) => cooperationStepsIn(row.status).pending(context, row),
  },
  Committee: {
    cooperations: ({ code }: Committee, args: ListArguments & ScopeArgument, { cooperations }: Context) =>
      cooperations.cooperationsIn(rangeOf(code, 'code', args.scope), args.filter, args.orderBy, args),
    cooperationSummary: async ({ code }: Committee, { scope }: ScopeArgument, { cooperations }: Context) => {
      const byKind = await cooperations.kindsIn(rangeOf(code, 'code', scope));
      return { byKind, total: countedTotal(byKind.reduce((sum, { count }) => sum + count, 0)) };
    },
  },
  Organization: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    cooperations: ({ id }: { id: string }, args: ListArguments, { cooperations }: Context) =>
      cooperations.cooperationsOfOrganization(id, args.orderBy, args),
  },
  CooperationConnection: searchedConnectionResolvers,
  Mutation: {
    proposeCooperation: mutation('cooperation', proposeCooperation, read),
    updateCooperation: mutation('cooperation', updateCooperation, read),
    concludeCooperation: mutation('cooperation', concludeCooperation, read),
  },
};
