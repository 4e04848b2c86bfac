import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { Agreement } from './store.ts';

export const agreementResolvers: Resolvers = {
  Query: {
    agreement: (_, { id }: { id: string }, { agreements }: Context) => agreements.agreements.load(id),
  },
  Cooperation: {
    agreements: ({ id }: { id: string }, _, { agreements }: Context) => agreements.agreementsOfCooperation.load(id),
  },
  Agreement: {
    __resolveReference: ({ id }: Agreement, { agreements }: Context) => agreements.agreements.load(id),
    parties: ({ signatories }: Agreement) => signatories,
    cooperation: ({ cooperation }: Agreement, _, { cooperations }: Context) =>
      cooperations.cooperations.load(cooperation),
  },
};
