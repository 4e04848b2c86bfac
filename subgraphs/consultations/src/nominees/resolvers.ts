import { connectionResolvers, type PageArguments } from '@hub/connections';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { nominate, nomineeSteps, replaceNominee, withdrawNominee } from './steps.ts';
import type { Nominee } from './store.ts';

interface Stub {
  readonly id: string;
}
const read = (id: string, { nominees }: Context) => nominees.nominees.load(id);
const referenceOf = async ({ id }: Nominee, { nominees }: Context) => (await nominees.referenceOfNominee.load(id))[0];
const reference = (id: string | null | undefined) => (id ? { id } : null);

export const nomineeResolvers: Resolvers = {
  Query: {
    nominee: (_, { id }: Stub, context: Context) => read(id, context),
  },
  JointPlan: {
    nominees: ({ id }: Stub, _, { nominees }: Context) => nominees.nomineesOfPlan.load(id),
  },
  Member: {
    nominations: ({ id }: Stub, page: PageArguments, { nominees }: Context) => nominees.ofMember(id, page),
  },
  Nominee: {
    __resolveReference: ({ id }: Stub, context: Context) => read(id, context),
    jointPlan: ({ jointPlan }: Nominee, _, { jointPlans }: Context) => jointPlans.plans.load(jointPlan),
    committee: ({ owner }: Nominee) => committeeByCode(owner),
    standsInFor: ({ standsInFor }: Nominee, _, context: Context) =>
      standsInFor === null ? null : read(standsInFor, context),
    member: async (nominee: Nominee, _, context: Context) => reference((await referenceOf(nominee, context))?.member),
    organization: async (nominee: Nominee, _, context: Context) =>
      reference((await referenceOf(nominee, context))?.organization),
    ...nomineeSteps.fields,
  },
  NomineeConnection: connectionResolvers,
  Mutation: {
    nominate: mutation('nominee', nominate, read),
    replaceNominee: mutation('nominee', replaceNominee, read),
    withdrawNominee: mutation('nominee', withdrawNominee, read),
  },
};
