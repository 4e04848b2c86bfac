import { connectionResolvers } from '@hub/connections';
import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Part } from '../consultations/parts.ts';
import type { Consultation } from '../consultations/store.ts';
import type { Context } from '../context.ts';
import { hosts, keepsList } from './meeting.ts';
import { partCode, recordScans, type ScanOutcome, scanDutyCode, signIn, signInSteps, voidSignIn } from './sign-in.ts';
import {
  acceptInvitation,
  acceptSubstitution,
  approveLeave,
  attendanceSteps,
  declineInvitation,
  declineSubstitution,
  inviteMember,
  inviteMembers,
  leaveSteps,
  nameSubstitute,
  refuseLeave,
  requestLeave,
  signUp,
  signUpAgain,
  withdrawLeave,
  withdrawSignUp,
} from './steps.ts';
import type { Attendance, AttendancesRequest, Leave, SignIn } from './store.ts';

const read = (id: string, { attendance }: Context) => attendance.attendances.load(id);
const readLeave = (id: string, { attendance }: Context) => attendance.leaves.load(id);
/**
 * Who comes and who comes instead, to those for whom the record is kept: they know the one whom it names. An agency sees rows
 * by where they are from and not by whom they name, who may be of a committee that it reads nothing of.
 */
const whom = (id: string | null, { actor }: Context) => (id === null || actor.kind === 'AGENCY' ? null : { id });

/** Whether the actor sees the whole list: who keeps it, and offices that host too. */
async function seesList(row: Pick<Consultation, 'id' | 'owner' | 'organization'>, { actor, consultations }: Context) {
  if (keepsList(actor, row)) return true;
  if (actor.kind !== 'STAFF') return false;
  const others = await consultations.hostsOfConsultation.load(row.id);
  return hosts({ owner: row.owner, hosts: others.map(({ committee }) => committee) }, actor.committee);
}

const codeOf = async (part: Part, context: Context) => {
  const { consultations } = context;
  const whole = await consultations.consultations.load(part.consultation);
  const others = whole ? await consultations.hostsOfConsultation.load(whole.id) : [];
  return partCode(part, whole && { ...whole, hosts: others.map(({ committee }) => committee) }, context);
};

export const attendanceResolvers: Resolvers = {
  Query: {
    attendance: (_, { id }: { id: string }, context: Context) => read(id, context),
    leave: (_, { id }: { id: string }, context: Context) => readLeave(id, context),
    partCode: async (_, { part: id }: { part: string }, context: Context) => {
      const part = await context.consultations.parts.load(id);
      return part && codeOf(part, context);
    },
  },
  Consultation: {
    attendances: ({ id }: Consultation, request: AttendancesRequest, { attendance }: Context) =>
      attendance.ofConsultation(id, request),
    attendanceSummary: async (row: Consultation, _, context: Context) =>
      (await seesList(row, context))
        ? ((await context.attendance.summaries.load(row.id))[0] ?? {
            invited: 0,
            signedUp: 0,
            waiting: 0,
            onLeave: 0,
            present: 0,
            absent: row.status === 'HELD' ? 0 : null,
          })
        : null,
    myAttendance: ({ id }: Consultation, _, { attendance }: Context) => attendance.mine.load(id),
    placesLeft: async ({ id, owner }: Consultation, _, { actor, attendance, consultations }: Context) => {
      if (actor.kind !== 'MEMBER' && actor.kind !== 'STAFF') return null;
      const others = await consultations.hostsOfConsultation.load(id);
      if (!hosts({ owner, hosts: others.map(({ committee }) => committee) }, actor.committee)) return null;
      return (await attendance.placesLeft.load(id))[0]?.left ?? null;
    },
  },
  Part: {
    signInCode: (part: Part, _, context: Context) => codeOf(part, context),
    signedIn: async ({ id, consultation }: Part, _, context: Context) => {
      const whole = await context.consultations.consultations.load(consultation);
      if (!whole || !(await seesList(whole, context))) return null;
      return (await context.attendance.signedInAtPart.load(id))[0]?.members ?? 0;
    },
  },
  Member: {
    attendances: ({ id }: { id: string }, request: AttendancesRequest, { attendance }: Context) =>
      attendance.ofMember(id, request),
  },
  Attendance: {
    __resolveReference: ({ id }: Attendance, context: Context) => read(id, context),
    consultation: ({ consultation }: Attendance, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
    member: ({ member }: Attendance, _, context: Context) => whom(member, context),
    waitingPosition: async ({ id, status }: Attendance, _, { attendance }: Context) =>
      status === 'WAITING' ? ((await attendance.positions.load(id))[0]?.position ?? null) : null,
    substitute: ({ substitute }: Attendance, _, context: Context) => whom(substitute, context),
    standsInFor: ({ standsInFor }: Attendance, _, context: Context) =>
      standsInFor ? read(standsInFor, context) : null,
    outcome: async ({ id }: Attendance, _, { attendance }: Context) =>
      (await attendance.seats.load(id))[0]?.outcome ?? null,
    signIns: ({ id }: Attendance, _, { attendance }: Context) => attendance.signInsOfAttendance.load(id),
    leaves: ({ id }: Attendance, _, { attendance }: Context) => attendance.leavesOfAttendance.load(id),
    ...attendanceSteps.fields,
    // Whoever has the seat by another membership may do with it what that one may.
    pendingSteps: async (row: Attendance, _, context: Context) => {
      const { actor, attendance } = context;
      if (actor.kind !== 'MEMBER' || actor.member !== row.member || row.status === 'ASKED' || row.status === 'INVITED')
        return attendanceSteps.pending(context, row);
      const [seat] = await attendance.seats.load(row.id);
      if (row.status !== 'SAME_SEAT')
        return (await attendanceSteps.pending(context, row)).filter(
          ({ step }) => step !== 'signUpAgain' || !seat?.taken,
        );
      const status = seat === undefined || seat.seatStatus === 'ASKED' ? row.status : seat.seatStatus;
      return attendanceSteps.pending(context, { ...row, status });
    },
  },
  SignIn: {
    part: ({ part }: SignIn, _, { consultations }: Context) => consultations.parts.load(part),
    events: signInSteps.fields.events,
  },
  Leave: {
    __resolveReference: ({ id }: Leave, context: Context) => readLeave(id, context),
    attendance: ({ attendance }: Leave, _, context: Context) => read(attendance, context),
    parts: async ({ parts }: Leave, _, { consultations }: Context) =>
      (await consultations.parts.loadMany(parts)).filter(Boolean),
    ...leaveSteps.fields,
  },
  InviteMembersPayload: {
    attendances: async ({ invited = [] }: { invited?: readonly string[] }, _, { attendance }: Context) =>
      (await attendance.attendances.loadMany(invited)).filter(Boolean),
  },
  RecordScansPayload: {
    results: ({ outcomes = [] }: { outcomes?: readonly ScanOutcome[] }) => outcomes,
  },
  ScanResult: {
    attendance: ({ attendance }: ScanOutcome, _, context: Context) =>
      attendance === null ? null : read(attendance, context),
    userErrors: ({ error }: ScanOutcome) => (error === null ? [] : [error]),
  },
  Mutation: {
    inviteMembers: mutation('consultation', inviteMembers, (id, { consultations }: Context) =>
      consultations.consultations.load(id),
    ),
    inviteMember: mutation('attendance', inviteMember, read),
    acceptInvitation: mutation('attendance', acceptInvitation, read),
    declineInvitation: mutation('attendance', declineInvitation, read),
    signUp: mutation('attendance', signUp, read),
    signUpAgain: mutation('attendance', signUpAgain, read),
    withdrawSignUp: mutation('attendance', withdrawSignUp, read),
    nameSubstitute: mutation('attendance', nameSubstitute, read),
    acceptSubstitution: mutation('attendance', acceptSubstitution, read),
    declineSubstitution: mutation('attendance', declineSubstitution, read),
    requestLeave: mutation('leave', requestLeave, readLeave),
    approveLeave: mutation('leave', approveLeave, readLeave),
    refuseLeave: mutation('leave', refuseLeave, readLeave),
    withdrawLeave: mutation('leave', withdrawLeave, readLeave),
    signIn: mutation('attendance', signIn, read),
    scanDutyCode: mutation('attendance', scanDutyCode, read),
    recordScans: mutation('scans', recordScans, () => null),
    voidSignIn: mutation('attendance', voidSignIn, read),
  },
  AttendanceConnection: connectionResolvers,
};
