import { type Committee, currentCode } from '@hub/regions';
import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { corrections } from './kinds.ts';
import { correctMember, correctSession, correctTerm, withdrawTermRecord } from './steps.ts';

export const correctionResolvers: Resolvers = {
  Committee: {
    memberCorrections: ({ code }: Committee, _, context: Context) =>
      corrections.ofCommittee(currentCode(code), context),
  },
  Mutation: {
    correctMember: mutation('member', correctMember, (id: string, { people }: Context) => people.members.load(id)),
    correctTerm: mutation('term', correctTerm, (id: string, { organizations }: Context) =>
      organizations.terms.load(id),
    ),
    correctSession: mutation('session', correctSession, (id: string, { organizations }: Context) =>
      organizations.sessions.load(id),
    ),
    withdrawTermRecord: mutation('correction', withdrawTermRecord, corrections.byId),
  },
};
