import { instant, oneOf, partOf, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultation, part } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';
import { attendanceMachine } from './attendance.machine.ts';
import { leaveMachine } from './leave.machine.ts';
import { signInMachine } from './sign-in.machine.ts';

export const attendanceStatuses = Object.keys(
  attendanceMachine.states,
) as readonly (keyof typeof attendanceMachine.states)[];

/**
 * 参会: one member at one consultation, for the office, the member, the substitute and the convenor. Of a member of a
 * committee that hosts with others it is that committee's record, JOINT with the one that leads.
 */
export const attendance = recordTable(
  consultations,
  'attendance',
  {
    ...statusColumns<keyof typeof attendanceMachine.states>(),
    consultation: uuid('consultation')
      .notNull()
      .references(() => consultation.id),
    organization: uuid('organization'),
    member: uuid('member').notNull(),
    /** Whose seat it is, whatever membership it is taken by: for all of a person's memberships the same. Told to nobody. */
    person: uuid('person').notNull(),
    /** The member again, under the name that write policies know. */
    author: uuid('author').generatedAlwaysAs(sql`member`),
    /** Takes part by invitation and so uses up no place. */
    invited: boolean('invited').notNull().default(false),
    /** Order of arrival in the queue for places, with gaps where somebody left. */
    queue: integer('queue'),
    /** Whom the member asked to take the place. */
    substitute: uuid('substitute'),
    /** The attendance whose place this one takes, or was asked to take. */
    standsInFor: uuid('stands_in_for'),
    reason: text('reason'),
  },
  (t) => [
    oneOf('attendance_status', t.status, Object.keys(attendanceMachine.states)),
    check('attendance_substitute_other', sql`${t.substitute} <> ${t.member}`),
    unique('attendance_consultation_member').on(t.consultation, t.member),
    uniqueIndex('attendance_seat')
      .on(t.consultation, t.person)
      .where(sql`${t.status} not in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED', 'SAME_SEAT') and ${t.deleted} is null`),
    index('attendance_person').on(t.person),
    index('attendance_consultation_created').on(t.consultation, t.created, t.id),
    index('attendance_consultation_queue').on(t.consultation, t.status, t.queue),
    index('attendance_member_created').on(t.member, t.created, t.id),
  ],
  { author: true, convenor: true },
);

/**
 * 本人: memberships that a token said to be one person's where the directory knows them as several; until the directory is
 * corrected the token is right. Functions alone reach it.
 */
export const actingPerson = consultations.table('acting_person', {
  member: uuid('member').primaryKey(),
  person: uuid('person').notNull(),
});

/** 参会办理记录 */
export const attendanceEvent = eventTable(consultations, 'attendance', attendance);

/** 请假 */
export const leave = recordTable(
  consultations,
  'leave',
  {
    ...statusColumns<keyof typeof leaveMachine.states>(),
    attendance: uuid('attendance').notNull(),
    consultation: uuid('consultation').notNull(),
    organization: uuid('organization'),
    author: uuid('author').notNull(),
    /** Parts that it is asked for; none for all. */
    parts: uuid('parts').array().notNull().default([]),
    reason: text('reason').notNull(),
    /** Why it was refused. */
    answer: text('answer'),
  },
  (t) => [
    oneOf('leave_status', t.status, Object.keys(leaveMachine.states)),
    partOf('leave_part', t, t.attendance, attendance),
    uniqueIndex('leave_pending').on(t.attendance).where(sql`${t.status} = 'REQUESTED' and ${t.deleted} is null`),
    index('leave_attendance').on(t.attendance, t.created, t.id),
    index('leave_author').on(t.author),
    index('leave_waiting').on(t.owner, t.status, t.since),
  ],
  { author: true },
);

/** 请假办理记录 */
export const leaveEvent = eventTable(consultations, 'leave', leave);

export const signInWays = ['PART_CODE', 'DUTY_CODE', 'ENTERED'] as const;
/** 签到: its owner is the committee of whoever recorded it. */
export const signIn = recordTable(
  consultations,
  'sign_in',
  {
    ...statusColumns<keyof typeof signInMachine.states>(),
    attendance: uuid('attendance').notNull(),
    consultation: uuid('consultation').notNull(),
    organization: uuid('organization'),
    part: uuid('part')
      .notNull()
      .references(() => part.id),
    member: uuid('member').notNull(),
    author: uuid('author').generatedAlwaysAs(sql`member`),
    way: text('way').notNull(),
    scannedAt: instant('scanned_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** 补传: it came in long after it was scanned, from a phone that was offline. */
    late: boolean('late').notNull().default(false),
    /** Why it was voided. */
    reason: text('reason'),
  },
  (t) => [
    oneOf('sign_in_status', t.status, Object.keys(signInMachine.states)),
    oneOf('sign_in_way', t.way, signInWays),
    partOf('sign_in_part', t, t.attendance, attendance),
    // One that was voided makes room for the true one.
    uniqueIndex('sign_in_once').on(t.part, t.member).where(sql`${t.status} = 'SIGNED_IN' and ${t.deleted} is null`),
    index('sign_in_attendance').on(t.attendance, t.scannedAt, t.id),
    index('sign_in_consultation').on(t.consultation),
  ],
  { author: true, convenor: true },
);

/** 签到办理记录 */
export const signInEvent = eventTable(consultations, 'sign_in', signIn);
