import { type Committee, currentCode } from '@hub/regions';
import type { Resolvers } from '@hub/subgraph-server';
import { assertLengths, type FetchContext, mutation, type WithdrawInput } from '@hub/workflow';
import type { Context } from '../context.ts';
import { corrections, entered } from './kinds.ts';

/** Withdraws whatever of these staff entered by mistake. */
const withdrawCooperationRecord = (input: WithdrawInput, context: FetchContext): Promise<{ id: string }> => {
  assertLengths(input, { reason: 500 });
  return corrections.withdraw(context, Object.values(entered), input);
};

export const correctionResolvers: Resolvers = {
  Milestone: corrections.fields,
  Visit: corrections.fields,
  Committee: {
    cooperationCorrections: ({ code }: Committee, _, context: Context) =>
      corrections.ofCommittee(currentCode(code), context),
  },
  Mutation: {
    withdrawCooperationRecord: mutation('correction', withdrawCooperationRecord, corrections.byId),
  },
};
