import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import { today } from '@hub/working-days';
import type { Context } from '../context.ts';
import {
  appointConvenor,
  assignSector,
  endConvenorship,
  joinOrganization,
  leaveOrganization,
  type OrganizationMember,
  publishOrganizationMember,
} from './store.ts';

type OnDay = { readonly on?: string | null };
const read = (id: string, { organizationMembers }: Context) => organizationMembers.organizationMembers.load(id);
const field = 'organizationMember';

export const organizationMemberResolvers: Resolvers = {
  Organization: {
    organizationMembers: ({ id }: { id: string }, { on }: OnDay, { organizationMembers }: Context) =>
      organizationMembers.inOrganization(id, on ?? today()),
    convenors: async ({ id }: { id: string }, _, { organizationMembers, people }: Context) => {
      const all = await organizationMembers.inOrganization(id, today());
      const convenors = all.filter(({ role }) => role === 'CONVENOR').map(({ member }) => member);
      return (await Promise.all(convenors.map((member) => people.members.load(member)))).filter(Boolean);
    },
  },
  Member: {
    organizations: ({ id }: { id: string }, { on }: OnDay, { organizationMembers }: Context) =>
      organizationMembers.ofMember(id, on ?? today()),
  },
  OrganizationMember: {
    __resolveReference: ({ id }: OrganizationMember, context: Context) => read(id, context),
    organization: ({ organization }: OrganizationMember, _, { organizations }: Context) =>
      organizations.organizations.load(organization),
    member: ({ member }: OrganizationMember, _, { people }: Context) => people.members.load(member),
  },
  Mutation: {
    assignSector: mutation('member', assignSector, (id: string, { people }: Context) => people.members.load(id)),
    joinOrganization: mutation(field, joinOrganization, read),
    leaveOrganization: mutation(field, leaveOrganization, read),
    appointConvenor: mutation(field, appointConvenor, read),
    endConvenorship: mutation(field, endConvenorship, read),
    publishOrganizationMember: mutation(field, publishOrganizationMember, read),
  },
};
