import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { adoptedByAll, mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { decideCooperationOutcome, recordCooperationOutcome } from './steps.ts';
import type { Adoption, Outcome } from './store.ts';

const read = (id: string, { outcomes }: Context) => outcomes.outcomes.load(id);

export const outcomeResolvers: Resolvers = {
  Query: {
    cooperationOutcome: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Cooperation: {
    outcomes: ({ id }: { id: string }, _, { outcomes }: Context) => outcomes.outcomesOfCooperation.load(id),
  },
  CooperationOutcome: {
    __resolveReference: ({ id }: Outcome, context: Context) => read(id, context),
    committee: ({ owner }: Outcome) => committeeByCode(owner),
    agreement: ({ agreement }: Outcome, _, { agreements }: Context) =>
      agreement === null ? null : agreements.agreements.load(agreement),
    milestone: ({ milestone }: Outcome, _, { milestones }: Context) =>
      milestone === null ? null : milestones.milestones.load(milestone),
    adoptions: ({ id }: Outcome, _, { outcomes }: Context) => outcomes.adoptionsOfOutcome.load(id),
    adoptedByAll: async ({ id, cooperation }: Outcome, _, { outcomes, partners }: Context) => {
      const [sides, adoptions] = await Promise.all([
        partners.partnersOfCooperation.load(cooperation),
        outcomes.adoptionsOfOutcome.load(id),
      ]);
      return adoptedByAll(
        sides.filter(({ status }) => status === 'ACCEPTED'),
        adoptions.filter(({ superseded }) => !superseded),
      );
    },
    cooperation: ({ cooperation }: Outcome, _, { cooperations }: Context) =>
      cooperations.cooperations.load(cooperation),
  },
  CooperationAdoption: {
    committee: ({ owner }: Adoption) => committeeByCode(owner),
  },
  Mutation: {
    recordCooperationOutcome: mutation('cooperationOutcome', recordCooperationOutcome, read),
    decideCooperationOutcome: mutation('cooperationOutcome', decideCooperationOutcome, read),
  },
};
