import { type PageArguments, searchedConnectionResolvers } from '@hub/connections';
import type { Committee } from '@hub/regions';
import {
  committeeByCode,
  countedTotal,
  type Resolvers,
  rangeOf,
  reportedTotal,
  type ScopeArgument,
} from '@hub/subgraph-server';
import { today } from '@hub/working-days';
import type { Context } from '../context.ts';
import { lasts } from '../keeping.ts';
import type { Member, MemberFilter, Person, Post } from './store.ts';

type ListArguments = PageArguments & {
  filter?: MemberFilter | null;
  orderBy: 'NAME_ASC' | 'NAME_DESC' | 'MODIFIED_DESC';
};

export const peopleResolvers: Resolvers = {
  Query: {
    member: (_, { id }: { id: string }, { people }: Context) => people.members.load(id),
    members: (_, args: ListArguments & { within?: string | null }, { people }: Context) =>
      people.membersIn(rangeOf(args.within ?? '000000', 'within'), args.filter, args.orderBy, args),
    person: (_, { id }: { id: string }, { people }: Context) => people.people.load(id),
  },
  Person: {
    __resolveReference: ({ id }: Person, { people }: Context) => people.people.load(id),
    members: ({ id }: Person, _, { people }: Context) => people.membersOfPerson.load(id),
    posts: ({ id }: Person, _, { people }: Context) => people.postsOfPerson.load(id),
  },
  Member: {
    __resolveReference: ({ id }: Member, { people }: Context) => people.members.load(id),
    person: ({ person }: Member, _, { people }: Context) => people.people.load(person),
    committee: ({ owner }: Member) => committeeByCode(owner),
    sector: async ({ id }: Member, _, { people, organizations }: Context) => {
      const affiliation = (await people.sectorOfMember.load(id)).find((one) => lasts(one, today()));
      return affiliation ? organizations.organizations.load(affiliation.sector) : null;
    },
    posts: ({ person }: Member, _, { people }: Context) => people.postsOfPerson.load(person),
  },
  Post: {
    __resolveReference: ({ id }: Post, { people }: Context) => people.posts.load(id),
    person: ({ person }: Post, _, { people }: Context) => people.people.load(person),
    committee: ({ owner }: Post) => committeeByCode(owner),
    current: ({ current, validUntil }: Post) => current && (validUntil === null || validUntil >= today()),
    organization: ({ organization }: Post, _, { organizations }: Context) =>
      organization ? organizations.organizations.load(organization) : null,
  },
  Committee: {
    members: ({ code }: Committee, args: ListArguments & ScopeArgument, { people }: Context) =>
      people.membersIn(rangeOf(code, 'code', args.scope), args.filter, args.orderBy, args),
    memberSummary: ({ code }: Committee, { scope }: ScopeArgument, { people, organizations }: Context) => ({
      counted: () => people.countMembers(rangeOf(code, 'code', scope)),
      total: async () => {
        const stated =
          scope === 'OWN'
            ? (await organizations.figuresOfCommittee.load(code)).find(({ label }) => label === '委员')
            : undefined;
        return stated
          ? reportedTotal(stated, stated.source)
          : countedTotal(await people.countMembers(rangeOf(code, 'code', scope)));
      },
    }),
    posts: ({ code }: Committee, _, { people }: Context) => people.postsOfCommittee.load(code),
  },
  MemberSummary: {
    counted: (summary: { counted: () => Promise<number> }) => summary.counted(),
    total: (summary: { total: () => Promise<unknown> }) => summary.total(),
  },
  MemberConnection: searchedConnectionResolvers,
};
