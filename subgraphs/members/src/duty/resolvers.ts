import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';

export const dutyResolvers: Resolvers = {
  Member: {
    dutyReport: async ({ id }: { id: string }, { year }: { year: number }, { duty }: Context) =>
      (await duty.reportsOfMember.load(id)).find((report) => report.year === year) ?? null,
  },
  DutyReport: {
    basis: () => 'REPORTED',
  },
};
