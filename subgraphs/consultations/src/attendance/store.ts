import type { Actor } from '@hub/access';
import { type Connection, filterBy, ListReader, list, type PageArguments, rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { isId } from '@hub/inputs';
import DataLoader from 'dataloader';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { attendance, consultation, leave, signIn } from '../tables.ts';

const { placeholder } = sql;

const attendanceFields = {
  id: attendance.id,
  owner: attendance.owner,
  consultation: attendance.consultation,
  organization: attendance.organization,
  member: attendance.member,
  author: attendance.author,
  invited: attendance.invited,
  queue: attendance.queue,
  substitute: attendance.substitute,
  standsInFor: attendance.standsInFor,
  reason: attendance.reason,
  status: attendance.status,
  since: attendance.since,
  visibility: attendance.visibility,
  revision: attendance.revision,
  created: attendance.created,
  modified: attendance.modified,
};
const attendancesById = statement(
  build
    .select(attendanceFields)
    .from(attendance)
    .where(and(sql`${attendance.id} = any(${placeholder('ids')}::uuid[])`, isNull(attendance.deleted))),
);
export type Attendance = Awaited<ReturnType<typeof attendancesById.run>>[number];
const attendancesOfMemberAt = statement(
  build
    .select(attendanceFields)
    .from(attendance)
    .where(
      and(
        sql`${attendance.consultation} = any(${placeholder('keys')}::uuid[])`,
        sql`${attendance.member} = any(${placeholder('members')}::uuid[])`,
        isNull(attendance.deleted),
      ),
    )
    // The seat, where there is one beside what shares it or was given up.
    .orderBy(
      sql`${attendance.member} = ${placeholder('member')}::uuid and ${attendance.status} <> 'SAME_SEAT'`,
      sql`${attendance.status} not in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED', 'SAME_SEAT')`,
    ),
);

const conditions = { statuses: sql`${attendance.status} = any(${placeholder('statuses')}::text[])` };
const listed = {
  table: attendance,
  fields: attendanceFields,
  orders: {
    ARRIVAL: { by: ['created'], descending: false },
    CREATED_DESC: { by: ['created'], descending: true },
  },
} as const;
const attendancesOfConsultation = list({
  ...listed,
  name: 'attendances of consultation',
  key: { consultation: 'uuid' },
  tie: sql`${attendance.consultation} = key.consultation`,
});
const attendancesOfMember = list({
  ...listed,
  name: 'attendances of member',
  key: { member: 'uuid' },
  tie: sql`${attendance.member} = key.member`,
});

const positions = statement(
  build
    .select({
      id: attendance.id,
      position: sql<number>`consultations.waiting_position(${attendance.consultation}, ${attendance.queue})`,
    })
    .from(attendance)
    .where(and(sql`${attendance.id} = any(${placeholder('keys')}::uuid[])`, eq(attendance.status, 'WAITING'))),
);

const leaveFields = {
  id: leave.id,
  owner: leave.owner,
  attendance: leave.attendance,
  author: leave.author,
  parts: leave.parts,
  reason: leave.reason,
  answer: leave.answer,
  status: leave.status,
  since: leave.since,
  visibility: leave.visibility,
  revision: leave.revision,
  created: leave.created,
  modified: leave.modified,
};
const leavesById = statement(
  build
    .select(leaveFields)
    .from(leave)
    .where(and(sql`${leave.id} = any(${placeholder('ids')}::uuid[])`, isNull(leave.deleted))),
);
export type Leave = Awaited<ReturnType<typeof leavesById.run>>[number];
const leavesOfAttendances = statement(
  build
    .select(leaveFields)
    .from(leave)
    .where(and(sql`${leave.attendance} = any(${placeholder('keys')}::uuid[])`, isNull(leave.deleted)))
    .orderBy(asc(leave.created), asc(leave.id)),
);

const told = <Column extends AnyPgColumn>(column: Column) =>
  sql<Column['_']['data']>`(told.told).${sql.identifier(column.name)}`.mapWith(column).as(`told_${column.name}`);
/** Of each attendance the sign-ins of the person, as whichever of their memberships they came. */
const signInsOfAttendances = statement(
  build
    .select({
      asked: sql<string>`told.asked`.as('asked'),
      id: told(signIn.id),
      part: told(signIn.part),
      way: told(signIn.way),
      scannedAt: told(signIn.scannedAt),
      receivedAt: told(signIn.receivedAt),
      late: told(signIn.late),
      reason: told(signIn.reason),
      status: told(signIn.status),
      revision: told(signIn.revision),
    })
    .from(attendance)
    .innerJoin(
      sql`consultations.sign_ins_of(${placeholder('keys')}::uuid[]) as told`,
      sql`told.asked = ${attendance.id}`,
    )
    .where(sql`${attendance.id} = any(${placeholder('keys')}::uuid[])`)
    .orderBy(sql`(told.told).scanned_at`, sql`(told.told).id`),
);
export type SignIn = Awaited<ReturnType<typeof signInsOfAttendances.run>>[number];
const signedInAtParts = statement(
  build
    .select({ part: signIn.part, members: sql<number>`count(distinct ${attendance.person})::integer` })
    .from(signIn)
    .innerJoin(attendance, eq(attendance.id, signIn.attendance))
    .where(
      and(
        sql`${signIn.part} = any(${placeholder('keys')}::uuid[])`,
        eq(signIn.status, 'SIGNED_IN'),
        isNull(signIn.deleted),
      ),
    )
    .groupBy(signIn.part),
);

// Derived by the database and nowhere written: who signed in, by whatever membership, at any part was there, and who was expected and didn't was not.
const seats = statement(
  build
    .select({
      id: attendance.id,
      seatStatus: sql<string>`told.seat_status`.as('seat_status'),
      /** Whether the person has a seat by another membership. */
      taken: sql<boolean>`told.taken`.as('seat_taken'),
      outcome: sql<'PRESENT' | 'ON_LEAVE' | 'ABSENT' | null>`told.outcome`.as('outcome'),
    })
    .from(attendance)
    .innerJoin(
      sql`consultations.seats_of(${placeholder('keys')}::uuid[]) as told`,
      sql`told.attendance = ${attendance.id}`,
    )
    .where(sql`${attendance.id} = any(${placeholder('keys')}::uuid[])`),
);
const derived = build.$with('derived').as(
  build
    .select({
      consultation: attendance.consultation,
      person: attendance.person,
      status: attendance.status,
      invited: attendance.invited,
      held: sql<boolean>`${consultation.status} = 'HELD'`.as('held'),
      away: sql<boolean>`told.away`.as('away'),
      outcome: sql<string | null>`told.outcome`.as('outcome'),
    })
    .from(attendance)
    .innerJoin(consultation, eq(consultation.id, attendance.consultation))
    .innerJoin(
      sql`consultations.seats_of(array(select listed.id from consultations.attendance as listed where listed.consultation = any(${placeholder('keys')}::uuid[]) and listed.deleted is null)) as told`,
      sql`told.attendance = ${attendance.id}`,
    )
    .where(and(sql`${attendance.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(attendance.deleted))),
);
const counts = (condition: ReturnType<typeof sql>) =>
  sql<number>`(count(distinct ${derived.person}) filter (where ${condition}))::integer`.mapWith(Number);
const summaries = statement(
  build
    .with(derived)
    .select({
      consultation: derived.consultation,
      invited: counts(sql`${derived.invited} and ${derived.status} in ('INVITED', 'SIGNED_UP', 'SUBSTITUTE_NAMED')`).as(
        'invited_total',
      ),
      signedUp: counts(sql`${derived.status} in ('SIGNED_UP', 'SUBSTITUTE_NAMED')`).as('signed_up_total'),
      waiting: counts(sql`${derived.status} = 'WAITING'`).as('waiting_total'),
      onLeave: counts(sql`${derived.away} and ${derived.outcome} is distinct from 'PRESENT'`).as('on_leave_total'),
      present: counts(sql`${derived.outcome} = 'PRESENT'`).as('present_total'),
      // Nobody is absent from what wasn't held.
      absent: sql<
        number | null
      >`case when bool_and(${derived.held}) then (count(distinct ${derived.person}) filter (where ${derived.outcome} = 'ABSENT'))::integer end`.as(
        'absent_total',
      ),
    })
    .from(derived)
    .groupBy(derived.consultation),
);

const placesLeft = statement(
  build
    .select({
      id: consultation.id,
      left: sql<number>`greatest(${consultation.places} - consultations.places_taken(${consultation.id}), 0)`.as(
        'places_left',
      ),
    })
    .from(consultation)
    .where(
      and(
        sql`${consultation.id} = any(${placeholder('keys')}::uuid[])`,
        sql`${consultation.places} is not null`,
        isNull(consultation.deleted),
      ),
    ),
);

export interface AttendancesRequest extends PageArguments {
  readonly statuses?: readonly string[] | null;
}

/** Who takes part, for one fetch. */
export class AttendanceStore {
  readonly #lists: ListReader;
  readonly attendances;
  /** The acting member's own at each consultation. */
  readonly mine;
  readonly positions;
  /** Whose seat it is and what came of it. */
  readonly seats;
  readonly leaves;
  readonly leavesOfAttendance;
  readonly signInsOfAttendance;
  readonly signedInAtPart;
  readonly summaries;
  readonly placesLeft;

  constructor(scope: Scope, actor: Actor) {
    this.#lists = new ListReader(scope);
    this.attendances = rowById(scope, attendancesById);
    this.mine = new DataLoader(async (given: readonly string[]) => {
      const keys = given.filter(isId);
      const found = new Map(
        actor.kind === 'MEMBER' && isId(actor.member) && keys.length > 0
          ? (
              await scope.run(attendancesOfMemberAt, {
                keys,
                member: actor.member,
                members: actor.memberships.filter(isId),
              })
            ).map((row) => [row.consultation, row])
          : [],
      );
      return given.map((key) => found.get(key) ?? null);
    });
    this.positions = rowsByKey(scope, positions, (row) => row.id);
    this.seats = rowsByKey(scope, seats, (row) => row.id);
    this.leaves = rowById(scope, leavesById);
    this.leavesOfAttendance = rowsByKey(scope, leavesOfAttendances, (row) => row.attendance);
    this.signInsOfAttendance = rowsByKey(scope, signInsOfAttendances, (row) => row.asked);
    this.signedInAtPart = rowsByKey(scope, signedInAtParts, (row) => row.part);
    this.summaries = rowsByKey(scope, summaries, (row) => row.consultation);
    this.placesLeft = rowsByKey(scope, placesLeft, (row) => row.id);
  }

  /** Attendances at a consultation, in the order of arrival. */
  ofConsultation(consultation: string, { statuses, ...page }: AttendancesRequest): Connection<Attendance> {
    return this.#lists.connection(
      attendancesOfConsultation,
      { consultation },
      { page, order: 'ARRIVAL', filter: filterBy(conditions, { statuses }) },
    );
  }

  /** Attendances of a member, the latest first. */
  ofMember(member: string, { statuses, ...page }: AttendancesRequest): Connection<Attendance> {
    return this.#lists.connection(
      attendancesOfMember,
      { member },
      { page, order: 'CREATED_DESC', filter: filterBy(conditions, { statuses }) },
    );
  }
}
