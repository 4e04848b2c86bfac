import type { PageArguments } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { committeeByCode, type Resolvers, regionByCode } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { CommitteeFigure, Organization, Session, Term } from './store.ts';

export const organizationResolvers: Resolvers = {
  Query: {
    organization: (_, { id }: { id: string }, { organizations }: Context) => organizations.organizations.load(id),
  },
  Organization: {
    __resolveReference: ({ id }: Organization, { organizations }: Context) => organizations.organizations.load(id),
    committee: ({ owner }: Organization) => committeeByCode(owner),
    parent: ({ parent }: Organization, _, { organizations }: Context) =>
      parent ? organizations.organizations.load(parent) : null,
    children: ({ id }: Organization, _, { organizations }: Context) => organizations.partsOfOrganization.load(id),
    region: ({ region }: Organization) => (region ? regionByCode(region) : null),
    posts: ({ id }: Organization, _, { people }: Context) => people.postsOfOrganization.load(id),
    members: ({ id }: Organization, page: PageArguments, { people }: Context) => people.membersOfSector(id, page),
  },
  Committee: {
    organizations: async (
      { code }: Committee,
      { classification }: { classification?: string | null },
      { organizations }: Context,
    ) =>
      (await organizations.organizationsOfCommittee.load(code)).filter(
        (row) => classification == null || row.classification === classification,
      ),
    terms: ({ code }: Committee, _, { organizations }: Context) => organizations.termsOfCommittee.load(code),
    figures: ({ code }: Committee, _, { organizations }: Context) => organizations.figuresOfCommittee.load(code),
  },
  LegislativeTerm: {
    __resolveReference: ({ id }: Term, { organizations }: Context) => organizations.terms.load(id),
    committee: ({ owner }: Term) => committeeByCode(owner),
    sessions: ({ id }: Term, _, { organizations }: Context) => organizations.sessionsOfTerm.load(id),
  },
  LegislativeSession: {
    __resolveReference: ({ id }: Session, { organizations }: Context) => organizations.sessions.load(id),
    term: ({ term }: Session, _, { organizations }: Context) => organizations.terms.load(term),
  },
  CommitteeFigure: {
    __resolveReference: ({ id }: CommitteeFigure, { organizations }: Context) => organizations.figures.load(id),
    committee: ({ owner }: CommitteeFigure) => committeeByCode(owner),
  },
};
