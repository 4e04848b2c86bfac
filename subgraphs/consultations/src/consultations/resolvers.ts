import { type CodeRange, connectionResolvers, type PageArguments } from '@hub/connections';
import type { Committee, Region } from '@hub/regions';
import {
  committeeByCode,
  countedTotal,
  type Resolvers,
  rangeOf,
  regionByCode,
  type ScopeArgument,
} from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { Consultation, ConsultationsRequest, Host, Participant } from './store.ts';

interface Stub {
  readonly id: string;
}
/** A record of another subgraph, as far as this one knows it: its id, and the consultations that refer to it. */
const stub = (what: 'member' | 'person' | 'workstation' | 'cooperation') => ({
  __resolveReference: ({ id }: Stub) => ({ id }),
  consultations: ({ id }: Stub, args: ConsultationsRequest, { consultations }: Context) =>
    consultations.through(what, id, args),
});
const reference = (id: string | null | undefined) => (id ? { id } : null);

export const consultationResolvers: Resolvers = {
  Query: {
    consultation: (_, { id }: Stub, { consultations }: Context) => consultations.consultations.load(id),
    consultations: (_, args: ConsultationsRequest & { within?: string | null }, { consultations }: Context) =>
      consultations.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Consultation: {
    __resolveReference: ({ id }: Stub, { consultations }: Context) => consultations.consultations.load(id),
    region: ({ region }: Consultation) => (region ? regionByCode(region) : null),
    hosts: ({ id }: Consultation, _, { consultations }: Context) => consultations.hostsOfConsultation.load(id),
    follows: ({ follows }: Consultation, _, { consultations }: Context) =>
      follows ? consultations.consultations.load(follows) : null,
    followedBy: ({ id }: Consultation, _, { consultations }: Context) => consultations.followersOfConsultation.load(id),
    cooperation: async ({ id }: Consultation, _, { consultations }: Context) =>
      reference((await consultations.cooperationOfConsultation.load(id))[0]?.cooperation),
    participants: ({ id }: Consultation, page: PageArguments, { consultations }: Context) =>
      consultations.participantsOf(id, page),
  },
  ConsultationHost: {
    committee: ({ committee }: Host) => committeeByCode(committee),
    workstation: ({ workstation }: Host) => reference(workstation),
  },
  ConsultationParticipant: {
    member: ({ member }: Participant) => reference(member),
    person: ({ person }: Participant) => reference(person),
  },
  Committee: {
    consultations: ({ code }: Committee, args: ConsultationsRequest & ScopeArgument, { consultations }: Context) =>
      consultations.inRange(rangeOf(code, 'code', args.scope), args),
    consultationSummary: ({ code }: Committee, { scope }: ScopeArgument) => rangeOf(code, 'code', scope),
  },
  Region: {
    consultations: ({ code }: Region, args: ConsultationsRequest, { consultations }: Context) =>
      consultations.inRegion(rangeOf(code, 'code'), args),
  },
  Member: stub('member'),
  Person: stub('person'),
  Workstation: stub('workstation'),
  Cooperation: stub('cooperation'),
  ConsultationSummary: {
    total: async (range: CodeRange, _, { consultations }: Context) =>
      countedTotal(await consultations.summary.total(range)),
    byKind: (range: CodeRange, _, { consultations }: Context) => consultations.summary.byKind(range),
    byStatus: (range: CodeRange, _, { consultations }: Context) => consultations.summary.byStatus(range),
  },
  ConsultationConnection: connectionResolvers,
  ConsultationParticipantConnection: connectionResolvers,
};
