import { connectionResolvers, type PageArguments } from '@hub/connections';
import { HubError } from '@hub/errors';
import { isId } from '@hub/inputs';
import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import {
  type AccessEntry,
  type AccessFilter,
  addAccessKey,
  readAccessChain,
  readOldAccesses,
  recordAccesses,
  signAccesses,
} from './store.ts';

type FilteredPage = PageArguments & { filter?: AccessFilter | null };

/** What a filter names has to be an id. @throws HubError BAD_USER_INPUT */
function checked(filter: AccessFilter | null | undefined): AccessFilter | null | undefined {
  if (filter?.agency != null && !isId(filter.agency)) throw new HubError('BAD_USER_INPUT', { field: 'filter.agency' });
  return filter;
}

/** The chain is lengthened by the gateway, before it tells anything. */
function assertGateway({ actor }: Context): void {
  if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
}

export const accessResolvers: Resolvers = {
  Committee: {
    accesses: ({ code }: { code: string }, { filter, ...page }: FilteredPage, { accesses }: Context) =>
      accesses.ofCommittee(code, checked(filter), page),
  },
  SharingAgreement: {
    accesses: ({ id }: { id: string }, { filter, ...page }: FilteredPage, { accesses }: Context) =>
      accesses.ofAgreement(id, checked(filter), page),
  },
  Me: {
    accesses: (_, page: PageArguments, { accesses, actor }: Context) =>
      actor.kind === 'MEMBER' ? accesses.aboutMember(actor.member, page) : null,
  },
  AccessEntry: {
    agency: ({ agency }: AccessEntry, _, { agencies }: Context) => agencies.agencies.load(agency),
    agreement: ({ agreement }: AccessEntry, _, { sharing }: Context) =>
      agreement === null ? null : sharing.agreements.load(agreement),
    subjects: ({ subjects }: AccessEntry) => subjects.length,
    // By what it was read may tell of others than the member who looks.
    filters: ({ filters }: AccessEntry, _, { actor }: Context) => (actor.kind === 'STAFF' ? filters : null),
    address: ({ address }: AccessEntry, _, { actor }: Context) => (actor.kind === 'STAFF' ? address : null),
  },
  AccessEntryConnection: connectionResolvers,
  Query: {
    accessChain: (_, asked: { number: number }, context: Context) => {
      assertGateway(context);
      return readAccessChain(context.scope, asked);
    },
    oldAccesses: (_, asked: { days: number; most: number }, context: Context) => {
      assertGateway(context);
      return readOldAccesses(context.scope, asked);
    },
  },
  Mutation: {
    recordAccesses: (_, given: { entries: readonly object[]; signature: string }, context: Context) => {
      assertGateway(context);
      return recordAccesses(context.scope, given);
    },
    signAccesses: (_, signed: { number: number; signature: string }, context: Context) => {
      assertGateway(context);
      return signAccesses(context.scope, signed);
    },
    addAccessKey: (_, { key }: { key: object }, context: Context) => {
      assertGateway(context);
      return addAccessKey(context.scope, key);
    },
  },
};
