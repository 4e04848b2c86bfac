import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import { today } from '@hub/working-days';
import type { Context } from '../context.ts';
import {
  appointMember,
  approveMembership,
  declineMembership,
  endMembership,
  type Membership,
  membershipSteps,
  nominateMember,
  resumeMembership,
  suspendMembership,
} from './store.ts';

const read = (id: string, { memberships }: Context) => memberships.memberships.load(id);

export const membershipResolvers: Resolvers = {
  Query: {
    membership: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Member: {
    memberships: ({ id }: { id: string }, _, { memberships }: Context) => memberships.membershipsOfMember.load(id),
    current: ({ id }: { id: string }, { on }: { on?: string | null }, { memberships }: Context) =>
      memberships.serves(id, on ?? today()),
  },
  Membership: {
    __resolveReference: ({ id }: Membership, context: Context) => read(id, context),
    committee: ({ owner }: Membership) => committeeByCode(owner),
    member: ({ member }: Membership, _, { people }: Context) => people.members.load(member),
    term: ({ term }: Membership, _, { organizations }: Context) => organizations.terms.load(term),
    reason: async ({ id }: Membership, _, { memberships }: Context) =>
      (await memberships.reasonsOfMembership.load(id))[0]?.reason ?? null,
    ...membershipSteps.fields,
  },
  Mutation: {
    nominateMember: mutation('membership', nominateMember, read),
    appointMember: mutation('membership', appointMember, read),
    approveMembership: mutation('membership', approveMembership, read),
    declineMembership: mutation('membership', declineMembership, read),
    suspendMembership: mutation('membership', suspendMembership, read),
    resumeMembership: mutation('membership', resumeMembership, read),
    endMembership: mutation('membership', endMembership, read),
  },
};
