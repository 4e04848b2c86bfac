import type { Resolvers } from '@hub/subgraph-server';
import { committeeByCode } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { type Contact, type ContactLink, linkContact, unlinkContact } from './store.ts';

interface WalkArguments {
  readonly tree?: string | null;
  readonly depth: number;
}

const walks = {
  contactsUp: ({ id }: { id: string }, { tree }: WalkArguments, { contacts }: Context) => contacts.above(id, tree),
  contactsDown: ({ id }: { id: string }, { tree, depth }: WalkArguments, { contacts }: Context) =>
    contacts.below(id, tree, depth),
};
const read = (id: string, { contacts }: Context) => contacts.links.load(id);
const memberOr = (type: string, id: string, { people }: Context) =>
  type === 'MEMBER' ? people.members.load(id) : null;
const organizationOr = (type: string, id: string, { organizations }: Context) =>
  type === 'ORGANIZATION' ? organizations.organizations.load(id) : null;

export const contactResolvers: Resolvers = {
  Member: walks,
  Organization: walks,
  Contact: {
    member: ({ type, node }: Contact, _, context: Context) => memberOr(type, node, context),
    organization: ({ type, node }: Contact, _, context: Context) => organizationOr(type, node, context),
  },
  ContactLink: {
    __resolveReference: ({ id }: ContactLink, context: Context) => read(id, context),
    committee: ({ owner }: ContactLink) => committeeByCode(owner),
    parentMember: ({ parentType, parent }: ContactLink, _, context: Context) => memberOr(parentType, parent, context),
    parentOrganization: ({ parentType, parent }: ContactLink, _, context: Context) =>
      organizationOr(parentType, parent, context),
    childMember: ({ childType, child }: ContactLink, _, context: Context) => memberOr(childType, child, context),
    childOrganization: ({ childType, child }: ContactLink, _, context: Context) =>
      organizationOr(childType, child, context),
  },
  Mutation: {
    linkContact: mutation('contactLink', linkContact, read),
    unlinkContact: mutation('contactLink', unlinkContact, read),
  },
};
