import type { PageArguments } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { committeeByCode, type Resolvers, regionByCode } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import { today } from '@hub/working-days';
import type { Context } from '../context.ts';
import { lasts } from '../keeping.ts';
import {
  addOrganization,
  type CommitteeFigure,
  dissolveOrganization,
  type Organization,
  renameOrganization,
  type Session,
  type Term,
} from './store.ts';

const read = (id: string, { organizations }: Context) => organizations.organizations.load(id);

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
    term: ({ term }: Organization, _, { organizations }: Context) => (term ? organizations.terms.load(term) : null),
    members: ({ id }: Organization, { on, ...page }: PageArguments & { on?: string | null }, { people }: Context) =>
      people.membersOfOrganization(id, on ?? today(), page),
  },
  Committee: {
    organizations: async (
      { code }: Committee,
      { classification, term, on }: { classification?: string | null; term?: string | null; on?: string | null },
      { organizations }: Context,
    ) =>
      (await organizations.organizationsOfCommittee.load(code)).filter(
        (row) =>
          (classification == null || row.classification === classification) &&
          (term == null || row.term === term) &&
          (on == null || lasts(row, on)),
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
  Mutation: {
    addOrganization: mutation('organization', addOrganization, read),
    renameOrganization: mutation('organization', renameOrganization, read),
    dissolveOrganization: mutation('organization', dissolveOrganization, read),
  },
};
