import { connectionResolvers } from '@hub/connections';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers, rangeOf } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { Plan, PlanItem, PlansRequest } from './store.ts';

export const planResolvers: Resolvers = {
  Query: {
    annualPlan: (_, { id }: { id: string }, { plans }: Context) => plans.plans.load(id),
    annualPlans: (_, args: PlansRequest & { within?: string | null }, { plans }: Context) =>
      plans.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Committee: {
    plans: async ({ code }: Committee, { year }: { year?: number | null }, { plans }: Context) =>
      (await plans.plansOfCommittee.load(currentCode(code))).filter((plan) => year == null || plan.year === year),
  },
  AnnualPlan: {
    __resolveReference: ({ id }: Plan, { plans }: Context) => plans.plans.load(id),
    committee: ({ owner }: Plan) => committeeByCode(owner),
    items: ({ id }: Plan, _, { plans }: Context) => plans.itemsOfPlan.load(id),
  },
  AnnualPlanItem: {
    consultation: ({ consultation }: PlanItem, _, { consultations }: Context) =>
      consultation ? consultations.consultations.load(consultation) : null,
  },
  AnnualPlanConnection: connectionResolvers,
};
