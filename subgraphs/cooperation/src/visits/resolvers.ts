import { connectionResolvers, type PageArguments } from '@hub/connections';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers, regionByCode } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  carryOutVisitFinding,
  correctVisit,
  recordVisit,
  recordVisitFinding,
  setAsideVisitFinding,
  takeUpVisitFinding,
  visitFindingSteps,
} from './steps.ts';
import type { Visit, VisitFinding, VisitPerson } from './store.ts';

const readVisit = (id: string, { visits }: Context) => visits.visits.load(id);
const readFinding = (id: string, { visits }: Context) => visits.findings.load(id);

export const visitResolvers: Resolvers = {
  Query: {
    visit: (_, { id }: { id: string }, context: Context) => readVisit(id, context),
    visitFinding: (_, { id }: { id: string }, context: Context) => readFinding(id, context),
  },
  Cooperation: {
    visits: ({ id }: { id: string }, _, { visits }: Context) => visits.visitsOfCooperation.load(id),
  },
  Committee: {
    visits: ({ code }: Committee, page: PageArguments, { visits }: Context) =>
      visits.visitsOfCommittee(currentCode(code), page),
  },
  Visit: {
    __resolveReference: ({ id }: Visit, context: Context) => readVisit(id, context),
    committee: ({ owner }: Visit) => committeeByCode(owner),
    host: ({ host }: Visit) => (host === null ? null : committeeByCode(host)),
    region: ({ region }: Visit) => (region === null ? null : regionByCode(region)),
    people: ({ id }: Visit, _, { visits }: Context) => visits.peopleOfVisit.load(id),
    milestone: ({ milestone }: Visit, _, { milestones }: Context) =>
      milestone === null ? null : milestones.milestones.load(milestone),
    findings: ({ id }: Visit, _, { visits }: Context) => visits.findingsOfVisit.load(id),
    cooperation: ({ cooperation }: Visit, _, { cooperations }: Context) => cooperations.cooperations.load(cooperation),
  },
  VisitPerson: {
    person: ({ person }: VisitPerson) => ({ id: person }),
  },
  VisitFinding: {
    __resolveReference: ({ id }: VisitFinding, context: Context) => readFinding(id, context),
    committee: ({ owner }: VisitFinding) => committeeByCode(owner),
    visit: ({ visit }: VisitFinding, _, context: Context) => readVisit(visit, context),
    ...visitFindingSteps.fields,
  },
  VisitConnection: connectionResolvers,
  Mutation: {
    recordVisit: mutation('visit', recordVisit, readVisit),
    correctVisit: mutation('visit', correctVisit, readVisit),
    recordVisitFinding: mutation('visitFinding', recordVisitFinding, readFinding),
    takeUpVisitFinding: mutation('visitFinding', takeUpVisitFinding, readFinding),
    carryOutVisitFinding: mutation('visitFinding', carryOutVisitFinding, readFinding),
    setAsideVisitFinding: mutation('visitFinding', setAsideVisitFinding, readFinding),
  },
};
