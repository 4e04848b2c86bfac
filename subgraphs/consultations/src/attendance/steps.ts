import type { Actor } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import {
  assertMayEver,
  assertRevision,
  type FetchContext,
  type MutationInput,
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { firstStart, type Part } from '../consultations/parts.ts';
import { assertLengths, givenId } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { attendance, attendanceEvent, leave, leaveEvent } from '../tables.ts';
import { attendanceMachine } from './attendance.machine.ts';
import { leaveMachine } from './leave.machine.ts';
import { audienceOf, hosts, keepsList, type Meeting, meetingOf, partsOf } from './meeting.ts';

const { placeholder } = sql;

/** How attendances are made and moved. */
export const attendanceSteps = stepsOf(attendance, attendanceMachine, attendanceEvent, consultationSettings);
export const leaveSteps = stepsOf(leave, leaveMachine, leaveEvent, consultationSettings);

const longest = { reason: 500 };

const lock = statement(
  build
    .select({ locked: sql`consultations.lock_places(${placeholder('consultation')}::uuid)` })
    .from(sql`(values (1)) as once`),
);
/**
 * Who comes first is decided here, before a row is read: whatever frees or takes a place at a consultation is done one after
 * the other. The triggers take the same lock; taken only there, two could wait for each other.
 */
export const lockPlaces = (scope: Scope, consultation: string) => scope.run(lock, { consultation });

const known = statement(build.select({ known: sql`consultations.know_myself()` }).from(sql`(values (1)) as once`));
/** Has the hub know that whoever acts is one person by all of their memberships; what they have twice of one consultation becomes one seat. */
export async function knowMyself({ actor, scope }: FetchContext): Promise<void> {
  if (actor.kind === 'MEMBER' && actor.memberships.length > 1) await scope.run(known);
}

/** Those who have, or may yet have, a seat; of one person one. */
export const isSeated = ({ status }: { readonly status: string }): boolean =>
  !['WITHDRAWN', 'DECLINED', 'SUBSTITUTED', 'SAME_SEAT'].includes(status);

const attendancesAt = statement(
  build
    .select({ id: attendance.id, member: attendance.member, status: attendance.status, person: attendance.person })
    .from(attendance)
    .where(
      and(
        eq(attendance.consultation, sql`${placeholder('consultation')}::uuid`),
        sql`(${attendance.member} = any(${placeholder('members')}::uuid[]) or ${attendance.person} in (select consultations.person_of(one) from unnest(${placeholder('members')}::uuid[]) as one))`,
        isNull(attendance.deleted),
      ),
    ),
);
/** What there is of members at a consultation already, by whatever memberships they are known to have. */
export const attendancesOf = (scope: Scope, consultation: string, members: readonly string[]) =>
  scope.run(attendancesAt, { consultation, members: [...members] });

const seatElsewhere = statement(
  build
    .select({
      status: sql<string | null>`consultations.other_seat(${placeholder('consultation')}::uuid)`.as('other_seat'),
    })
    .from(sql`(values (1)) as once`),
);
/** The state of the seat that the acting member's person has by another membership. */
export const otherSeat = async (scope: Scope, consultation: string): Promise<string | null> =>
  (await scope.run(seatElsewhere, { consultation }))[0]?.status ?? null;

/** Whether a member's person was there at a part. */
export const signedIn = statement(
  build
    .select({
      signedIn:
        sql<boolean>`consultations.signed_in_at(${placeholder('part')}::uuid, ${placeholder('member')}::uuid)`.as(
          'signed_in',
        ),
    })
    .from(sql`(values (1)) as once`),
);

const takenSeat = statement(
  build
    .select({ id: sql<string | null>`consultations.take_seat(${placeholder('consultation')}::uuid)`.as('taken_seat') })
    .from(sql`(values (1)) as once`),
);
/**
 * The record that an act of a member on one of theirs is about. Whoever has the seat by another membership acts on it all the
 * same, and has it from then on as who they act as.
 */
async function seatOf({ actor, scope }: FetchContext, row: SteppedRow, expected: unknown): Promise<string> {
  if (actor.kind !== 'MEMBER') return row.id;
  const isOwn = row.author === actor.member;
  const isSelf = isOwn || (row.author != null && actor.memberships.includes(row.author));
  if (!isSelf || (isOwn ? row.status !== 'SAME_SEAT' : !isSeated(row) && row.status !== 'SAME_SEAT')) return row.id;
  assertRevision(row, expected);
  return (await scope.run(takenSeat, { consultation: row['consultation'] }))[0]?.id ?? row.id;
}

const notAllowed = (record: string, state: string, from: string) =>
  new RuleBroken('STEP_NOT_ALLOWED', { record, details: { state, from } });

export interface SignUpInput extends MutationInput {
  readonly consultation: string;
}

/** @throws RuleBroken SIGN_UP_NOT_OPEN or SIGN_UP_CLOSED outside of the window */
function assertSignUpOpen({ status, signUpOpens, signUpCloses }: Meeting): void {
  const now = Date.now();
  if (!['PROPOSED', 'PLANNED', 'SCHEDULED'].includes(status)) throw new RuleBroken('SIGN_UP_CLOSED');
  if (status !== 'SCHEDULED' || signUpOpens === null || signUpCloses === null || now < Date.parse(signUpOpens))
    throw new RuleBroken('SIGN_UP_NOT_OPEN');
  if (now >= Date.parse(signUpCloses)) throw new RuleBroken('SIGN_UP_CLOSED');
}

/** Joins the queue; the database gives a place at once where one is free. Who was invited accepts by it, who withdrew signs up again. */
export async function signUp(input: SignUpInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const meeting = await meetingOf(scope, input.consultation);
  assertMayEver(attendanceMachine, 'signUp', actor);
  if (actor.kind !== 'MEMBER' || !hosts(meeting, actor.committee))
    throw new RuleBroken('NOT_YOURS', { details: { who: '主办政协的委员' } });
  await knowMyself(context);
  await lockPlaces(scope, meeting.id);
  const all = await attendancesOf(scope, meeting.id, [actor.member]);
  const there = all.find(({ member }) => member === actor.member);
  if (there?.status === 'INVITED') return acceptInvitation({ attendance: there.id }, context);
  if (there?.status === 'ASKED') return acceptSubstitution({ attendance: there.id }, context);
  if (there?.status === 'SAME_SEAT') return acceptInvitation({ attendance: there.id }, context);
  if (there && !isSeated(there)) return signUpAgain({ attendance: there.id }, context);
  if (there) throw new RuleBroken('ALREADY_SIGNED_UP', { record: there.id });
  // Whoever is invited by another membership takes that seat, and needs no sign-up.
  if ((await otherSeat(scope, meeting.id)) === 'INVITED') await assertNotBegun(meeting, meeting, scope);
  else assertSignUpOpen(meeting);
  // Of a person who has a seat by another membership the database makes it the same.
  const done = await attendanceSteps.start(
    context,
    'signUp',
    {
      ...audienceOf(meeting, actor.committee, [actor.member]),
      consultation: meeting.id,
      organization: meeting.organization,
      member: actor.member,
    },
    input,
  );
  await assertWithinQuota(scope, meeting.id, actor.committee, 'consultation');
  return done;
}

export interface AttendanceInput extends MutationInput {
  readonly attendance: string;
}
export interface SubstituteInput extends AttendanceInput {
  readonly substitute: string;
}
export interface DeclineInvitationInput extends AttendanceInput {
  readonly reason: string;
}

/** Steps by which one more of a committee's may come. */
const seats: ReadonlySet<string> = new Set(['signUpAgain', 'inviteMember', 'nameSubstitute', 'acceptSubstitution']);

/** Takes a step on an attendance under the lock of its consultation, once the consultation allows it. */
const take =
  <Input extends AttendanceInput>(
    name: string,
    assertAllowed: (meeting: Meeting, row: SteppedRow, scope: Scope) => void | Promise<void>,
    changes: (input: Input, row: SteppedRow) => Readonly<Record<string, unknown>> = () => ({}),
  ) =>
  async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    const { scope } = context;
    assertLengths(input, longest);
    await knowMyself(context);
    const { consultation } = await attendanceSteps.read(context, input.attendance, 'attendance');
    await lockPlaces(scope, consultation as string);
    const named = await attendanceSteps.read(context, input.attendance, 'attendance');
    const seat = await seatOf(context, named, input.expectedRevision);
    const given =
      seat === named.id && named.status !== 'SAME_SEAT'
        ? input
        : { ...input, attendance: seat, expectedRevision: null };
    const { id } = await attendanceSteps.take(context, name, 'attendance', given, async (row) => {
      await assertAllowed(await meetingOf(scope, consultation as string, 'attendance'), row, scope);
      return changes(input, row);
    });
    if (seats.has(name)) await assertWithinQuota(scope, consultation as string, named.owner, 'attendance');
    return { id };
  };

/** Whoever comes back stands in for nobody, and nobody for them. */
const withoutSubstitute = (row: SteppedRow) => ({
  standsInFor: null,
  substitute: null,
  subjects: row.subjects.filter((subject) => subject !== row['substitute']),
});

function assertScheduled({ status }: Meeting, { id }: Pick<SteppedRow, 'id'>): void {
  if (status !== 'SCHEDULED') throw notAllowed(id, status, 'SCHEDULED');
}

/** @throws RuleBroken SAME_SEAT where the same person holds a seat by another membership: one that waits for their answer may be taken */
async function assertUnseated(meeting: Meeting, { id }: SteppedRow, scope: Scope): Promise<void> {
  const seat = await otherSeat(scope, meeting.id);
  if (seat !== null && !['INVITED', 'ASKED'].includes(seat)) throw new RuleBroken('SAME_SEAT', { record: id });
}

/** Whoever doesn't come to what has begun asks for leave: otherwise absence could be withdrawn. */
async function assertNotBegun(meeting: Meeting, row: Pick<SteppedRow, 'id'>, scope: Scope): Promise<void> {
  assertScheduled(meeting, row);
  const starts = firstStart(await partsOf(scope, meeting));
  if (starts !== null && Date.now() >= starts) throw new RuleBroken('SIGN_UP_CLOSED', { record: row.id });
}

export const signUpAgain = take(
  'signUpAgain',
  async (meeting, row, scope) => {
    assertSignUpOpen(meeting);
    await assertUnseated(meeting, row, scope);
  },
  (_, row) => ({ invited: false, ...withoutSubstitute(row) }),
);
const accept = take('acceptInvitation', assertNotBegun);
/** Accepts an invitation; one to another membership of the same person as who they act as, with the seat that it keeps. */
export async function acceptInvitation(input: AttendanceInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  await knowMyself(context);
  const { id, author, status, consultation } = await attendanceSteps.read(context, input.attendance, 'attendance');
  if (status === 'SAME_SEAT' && (await otherSeat(scope, consultation as string)) !== 'INVITED')
    throw new RuleBroken('SAME_SEAT', { record: id });
  const isOther = actor.kind === 'MEMBER' && author !== actor.member && actor.memberships.includes(author ?? '');
  return isOther && status === 'INVITED'
    ? signUp({ consultation: consultation as string }, context)
    : accept(input, context);
}
export const declineInvitation = take<DeclineInvitationInput>('declineInvitation', assertNotBegun, ({ reason }) => ({
  reason,
}));
export const withdrawSignUp = take('withdrawSignUp', assertNotBegun);
export const nameSubstitute = take<SubstituteInput>('nameSubstitute', assertNotBegun, ({ substitute }, row) => {
  givenId(substitute, 'substitute');
  return {
    substitute,
    subjects: [...row.subjects.filter((subject) => subject !== row['substitute']), substitute],
  };
});
export const acceptSubstitution = take('acceptSubstitution', async (meeting, row, scope) => {
  await assertNotBegun(meeting, row, scope);
  await assertUnseated(meeting, row, scope);
});
export const declineSubstitution = take('declineSubstitution', assertScheduled);
// Of a person who has a seat by another membership the database makes it the same.
export const inviteMember = take('inviteMember', assertScheduled, (_, row) => ({
  invited: true,
  ...withoutSubstitute(row),
}));

export interface InviteInput extends MutationInput {
  readonly consultation: string;
  readonly members: readonly string[];
}
const mostInvited = 500;

/** The committee for which the actor keeps the list: staff of each that hosts for its own, whoever keeps the list for the one that leads. */
export function sideOf(actor: Actor, meeting: Meeting): string {
  if (keepsList(actor, meeting)) return meeting.owner;
  if (actor.kind === 'STAFF' && actor.duties.includes('meetings') && hosts(meeting, actor.committee))
    return actor.committee;
  throw new RuleBroken('NOT_YOURS', { details: { who: '主办政协机关经办人员或召集人' } });
}

const overQuota = statement(
  build
    .select({
      maximum: sql<
        number | null
      >`consultations.quota_passed(${placeholder('consultation')}::uuid, ${placeholder('side')}::text)`.as(
        'quota_passed',
      ),
    })
    .from(sql`(values (1)) as once`),
);
/** What hosts agreed on in a joint plan holds however somebody is invited. @throws RuleBroken LIMIT_REACHED */
export async function assertWithinQuota(scope: Scope, consultation: string, side: string, path: string): Promise<void> {
  const maximum = (await scope.run(overQuota, { consultation, side }))[0]?.maximum ?? null;
  if (maximum !== null) throw new RuleBroken('LIMIT_REACHED', { path: [path], details: { maximum } });
}

/** Invites members of the committee, on top of the places. Who is on the list already stays as they are, unless they wait, withdrew, declined or had somebody stand in. */
export async function inviteMembers(
  input: InviteInput,
  context: FetchContext,
): Promise<{ id: string; invited: readonly string[] }> {
  const { actor, scope } = context;
  const meeting = await meetingOf(scope, input.consultation);
  assertMayEver(attendanceMachine, 'inviteMembers', actor);
  const side = sideOf(actor, meeting);
  if (!['PLANNED', 'SCHEDULED'].includes(meeting.status))
    throw notAllowed(meeting.id, meeting.status, 'PLANNED, SCHEDULED');
  const members = [...new Set(input.members.map((one, at) => givenId(one, 'members', ['members', String(at)])))];
  if (members.length === 0) throw new RuleBroken('REQUIRED', { path: ['members'], details: { field: 'members' } });
  if (members.length > mostInvited)
    throw new RuleBroken('LIMIT_REACHED', { path: ['members'], details: { maximum: mostInvited } });
  await lockPlaces(scope, meeting.id);
  const all = new Map((await attendancesOf(scope, meeting.id, members)).map((one) => [one.member, one]));
  const invited: string[] = [];
  for (const [at, member] of members.entries()) {
    const known = all.get(member);
    // Whoever was granted leave isn't asked again behind their back: they say so themselves.
    if (known?.status === 'ON_LEAVE')
      throw new RuleBroken('STEP_NOT_ALLOWED', {
        path: ['members', String(at)],
        record: known.id,
        details: { state: known.status, from: attendanceMachine.steps.inviteMember.from.join(', ') },
      });
    if (!known) {
      // Of a person who has a seat by another membership the database makes it the same: each membership has its record.
      const row = {
        ...audienceOf(meeting, side, [member]),
        consultation: meeting.id,
        organization: meeting.organization,
        member,
        invited: true,
      };
      invited.push((await attendanceSteps.start(context, 'inviteMembers', row, input)).id);
    } else {
      if (attendanceMachine.steps.inviteMember.from.some((status) => status === known.status))
        await inviteMember({ attendance: known.id }, context);
      invited.push(known.id);
    }
  }
  await assertWithinQuota(scope, meeting.id, side, 'members');
  return { id: meeting.id, invited };
}

/** @throws RuleBroken ALREADY_SIGNED_IN where a member was there at one of the parts, as whichever of their memberships */
async function assertNotThere(scope: Scope, parts: readonly Part[], member: string, path: string): Promise<void> {
  for (const { id } of parts)
    if ((await scope.run(signedIn, { part: id, member }))[0]?.signedIn)
      throw new RuleBroken('ALREADY_SIGNED_IN', { path: [path] });
}

export interface RequestLeaveInput extends MutationInput {
  readonly attendance: string;
  readonly parts?: readonly string[] | null;
  readonly reason: string;
}

/** Asks for leave from all parts or some, until the last of them is over. */
export async function requestLeave(input: RequestLeaveInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  assertLengths(input, longest);
  const named = await attendanceSteps.read(context, input.attendance, 'attendance');
  assertMayEver(leaveMachine, 'requestLeave', actor);
  await knowMyself(context);
  const row = await attendanceSteps.read(context, await seatOf(context, named, null), 'attendance');
  if (actor.kind !== 'MEMBER' || actor.member !== row.author)
    throw new RuleBroken('NOT_YOURS', { details: { who: '参会委员本人' } });
  const from = ['INVITED', 'WAITING', 'SIGNED_UP', 'SUBSTITUTE_NAMED'];
  if (!from.includes(row.status)) throw notAllowed(row.id, row.status, from.join(', '));
  const meeting = await meetingOf(scope, row['consultation'] as string, 'attendance');
  if (!['SCHEDULED', 'HELD'].includes(meeting.status)) throw notAllowed(row.id, meeting.status, 'SCHEDULED, HELD');
  const all = await partsOf(scope, meeting);
  const wanted = [...new Set(input.parts ?? [])];
  for (const [at, one] of wanted.entries())
    if (!isId(one) || !all.some(({ id }) => id === one))
      throw new RuleBroken('NOT_FOUND', { path: ['parts', String(at)] });
  const concerned = wanted.length === 0 ? all : all.filter(({ id }) => wanted.includes(id));
  if (concerned.every(({ ends }) => Date.parse(ends) <= Date.now()) && concerned.length > 0)
    throw new RuleBroken('LEAVE_TOO_LATE');
  await assertNotThere(scope, concerned, actor.member, input.parts?.length ? 'parts' : 'attendance');
  return leaveSteps.start(
    context,
    'requestLeave',
    {
      owner: row.owner,
      visibility: row.visibility,
      parties: row.parties,
      subjects: row.subjects,
      attendance: row.id,
      consultation: meeting.id,
      organization: row.organization,
      author: actor.member,
      // All of them one by one is the whole of it.
      parts: concerned.length === all.length ? [] : wanted,
      reason: input.reason,
    },
    input,
  );
}

export interface LeaveInput extends MutationInput {
  readonly leave: string;
}
export interface RefuseLeaveInput extends LeaveInput {
  readonly reason: string;
}

/** Approves a leave. One from all parts gives the place up, unless somebody was asked to stand in. */
export async function approveLeave(input: LeaveInput, context: FetchContext): Promise<{ id: string }> {
  const asked = await leaveSteps.read(context, input.leave, 'leave');
  const { scope } = context;
  await lockPlaces(scope, asked['consultation'] as string);
  const { id } = await leaveSteps.take(context, 'approveLeave', 'leave', input, async (row) => {
    const wanted = row['parts'] as readonly string[];
    const all = await partsOf(scope, { id: row['consultation'] as string });
    const concerned = all.filter((part) => wanted.length === 0 || wanted.includes(part.id));
    await assertNotThere(scope, concerned, String(row.author), 'leave');
    return {};
  });
  if ((asked['parts'] as readonly string[]).length === 0) {
    const of = { attendance: asked['attendance'] as string };
    const { status } = await attendanceSteps.read(context, of.attendance, 'leave');
    if (attendanceMachine.steps.approveLeave.from.some((from) => from === status))
      await attendanceSteps.take(context, 'approveLeave', 'attendance', of);
  }
  return { id };
}

export async function refuseLeave(input: RefuseLeaveInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { id } = await leaveSteps.take(context, 'refuseLeave', 'leave', input, () => ({ answer: input.reason }));
  return { id };
}

export async function withdrawLeave(input: LeaveInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await leaveSteps.take(context, 'withdrawLeave', 'leave', input);
  return { id };
}
