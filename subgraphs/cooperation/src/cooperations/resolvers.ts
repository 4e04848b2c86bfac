import { connectionResolvers, type PageArguments } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { committeeByCode, countedTotal, type Resolvers, rangeOf, type ScopeArgument } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { Cooperation, CooperationFilter, CooperationOrder, Partner, PartnerOrganization } from './store.ts';

type ListArguments = PageArguments & { filter?: CooperationFilter | null; orderBy: CooperationOrder };

export const cooperationResolvers: Resolvers = {
  Query: {
    cooperation: (_, { id }: { id: string }, { cooperations }: Context) => cooperations.cooperations.load(id),
    cooperations: (_, args: ListArguments & { within?: string | null }, { cooperations }: Context) =>
      cooperations.cooperationsIn(rangeOf(args.within ?? '000000', 'within'), args.filter, args.orderBy, args),
  },
  Cooperation: {
    __resolveReference: ({ id }: Cooperation, { cooperations }: Context) => cooperations.cooperations.load(id),
    partners: ({ id }: Cooperation, _, { cooperations }: Context) => cooperations.partnersOfCooperation.load(id),
  },
  CooperationPartner: {
    committee: ({ committee }: Partner) => committeeByCode(committee),
    organizations: ({ id }: Partner, _, { cooperations }: Context) => cooperations.organizationsOfPartner.load(id),
  },
  PartnerOrganization: {
    organization: ({ organization }: PartnerOrganization) => (organization ? { id: organization } : null),
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
  CooperationConnection: connectionResolvers,
};
