import { type CodeRange, connectionResolvers, type PageArguments, searchedConnectionResolvers } from '@hub/connections';
import { type Committee, currentCode, type Region } from '@hub/regions';
import {
  committeeByCode,
  countedTotal,
  type Resolvers,
  rangeOf,
  regionByCode,
  type ScopeArgument,
} from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { numberLabel } from './meeting-number.ts';
import type { Part } from './parts.ts';
import { pendingOfConsultation } from './pending.ts';
import {
  acceptConsultation,
  announceConsultation,
  consultationSteps,
  declineConsultation,
  planConsultation,
  proposeConsultation,
  scheduleConsultation,
  setOnlineMeeting,
  updateConsultation,
} from './steps.ts';
import type { Consultation, ConsultationsRequest, Host, Participant } from './store.ts';
import {
  cancelConsultation,
  objectToConsultationRecord,
  recordConsultationHeld,
  recordConsultationNotHeld,
} from './taking-place.ts';

interface Stub {
  readonly id: string;
}
/** A record of another subgraph, as far as this one knows it: its id, and the consultations that refer to it. */
const stub = (what: 'member' | 'person' | 'workstation' | 'cooperation' | 'organization') => ({
  __resolveReference: ({ id }: Stub) => ({ id }),
  consultations: ({ id }: Stub, args: ConsultationsRequest, { consultations }: Context) =>
    consultations.through(what, id, args),
});
const read = (id: string, { consultations }: Context) => consultations.consultations.load(id);
const reference = (id: string | null | undefined) => (id ? { id } : null);

export const consultationResolvers: Resolvers = {
  Query: {
    consultation: (_, { id }: Stub, context: Context) => read(id, context),
    consultations: (_, args: ConsultationsRequest & { within?: string | null }, { consultations }: Context) =>
      consultations.inRange(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Consultation: {
    __resolveReference: ({ id }: Stub, context: Context) => read(id, context),
    region: ({ region }: Consultation) => (region ? regionByCode(region) : null),
    hosts: ({ id }: Consultation, _, { consultations }: Context) => consultations.hostsOfConsultation.load(id),
    follows: ({ follows }: Consultation, _, { consultations }: Context) =>
      follows ? consultations.consultations.load(follows) : null,
    followedBy: ({ id }: Consultation, _, { consultations }: Context) => consultations.followersOfConsultation.load(id),
    cooperation: async ({ id }: Consultation, _, { consultations }: Context) =>
      reference((await consultations.cooperationOfConsultation.load(id))[0]?.cooperation),
    participants: ({ id }: Consultation, page: PageArguments, { consultations }: Context) =>
      consultations.participantsOf(id, page),
    ordinal: ({ ordinalInTerm }: Consultation) => ordinalInTerm,
    numberLabel,
    organization: async ({ id }: Consultation, _, { consultations }: Context) =>
      reference((await consultations.organizationOfConsultation.load(id))[0]?.organization),
    parts: ({ id }: Consultation, _, { consultations }: Context) => consultations.partsOfConsultation.load(id),
    onlineMeeting: async ({ id }: Consultation, _, { consultations }: Context) =>
      (await consultations.onlineMeetingOfConsultation.load(id))[0] ?? null,
    events: consultationSteps.fields.events,
    pendingSteps: pendingOfConsultation,
  },
  Part: {
    __resolveReference: ({ id }: Stub, { consultations }: Context) => consultations.parts.load(id),
    consultation: ({ consultation }: Part, _, context: Context) => read(consultation, context),
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
    nextMeetingNumber: (
      { code }: Committee,
      { kind, term }: { kind: string; term: number },
      { actor, consultations }: Context,
    ) =>
      // Only its office sees every meeting that has a number.
      actor.kind === 'STAFF' && actor.committee === currentCode(code)
        ? consultations.nextNumber.load({ owner: actor.committee, kind, term })
        : null,
  },
  Region: {
    consultations: ({ code }: Region, args: ConsultationsRequest, { consultations }: Context) =>
      consultations.inRegion(rangeOf(code, 'code'), args),
  },
  Member: stub('member'),
  Person: stub('person'),
  Workstation: stub('workstation'),
  Cooperation: stub('cooperation'),
  Organization: stub('organization'),
  Mutation: {
    proposeConsultation: mutation('consultation', proposeConsultation, read),
    planConsultation: mutation('consultation', planConsultation, read),
    acceptConsultation: mutation('consultation', acceptConsultation, read),
    declineConsultation: mutation('consultation', declineConsultation, read),
    scheduleConsultation: mutation('consultation', scheduleConsultation, read),
    announceConsultation: mutation('consultation', announceConsultation, read),
    recordConsultationHeld: mutation('consultation', recordConsultationHeld, read),
    recordConsultationNotHeld: mutation('consultation', recordConsultationNotHeld, read),
    objectToConsultationRecord: mutation('consultation', objectToConsultationRecord, read),
    cancelConsultation: mutation('consultation', cancelConsultation, read),
    updateConsultation: mutation('consultation', updateConsultation, read),
    setOnlineMeeting: mutation('consultation', setOnlineMeeting, read),
  },
  ConsultationSummary: {
    total: async (range: CodeRange, _, { consultations }: Context) =>
      countedTotal(await consultations.summary.total(range)),
    byKind: (range: CodeRange, _, { consultations }: Context) => consultations.summary.byKind(range),
    byStatus: (range: CodeRange, _, { consultations }: Context) => consultations.summary.byStatus(range),
  },
  ConsultationConnection: searchedConnectionResolvers,
  ConsultationParticipantConnection: connectionResolvers,
};
