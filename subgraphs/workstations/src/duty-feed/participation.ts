import type { DutyFactKind } from '@hub/connections';
import { sql } from 'drizzle-orm';

/** The kind of duty that an activity is for those who take part, by its own kind; all others are activities. */
const kinds = {
  OPEN_DAY: 'SHIFT',
  TRAINING: 'TRAINING',
  SURVEY: 'RESEARCH',
  MEETING: 'MEETING',
  SERVICE: 'PUBLIC_WELFARE',
  VOLUNTEERING: 'PUBLIC_WELFARE',
} as const;

/** 参加活动: of members who took part in what was held on a day; who is named twice took part once. */
export const participation: DutyFactKind = {
  touchedBy: {
    activity: (changed) => sql`select id from workstations.participation where activity = any(${changed})`,
    participation: (changed) =>
      sql`select same.id from workstations.participation as one join workstations.participation as same on same.activity = one.activity and same.member = one.member where one.id = any(${changed})
        union select id from workstations.participation where id = any(${changed})`,
  },
  joins: sql`join workstations.participation as taking on taking.id = touched.id join workstations.activity as whole on whole.id = taking.activity`,
  where: sql`taking.member is not null`,
  // One that is dated to a month only is no fact: there is no day that a year could be counted by.
  stands: sql`taking.deleted is null and whole.deleted is null and length(whole.held ->> 'start') = 10
    and not exists (select 1 from workstations.participation as earlier
      where earlier.activity = taking.activity and earlier.member = taking.member and earlier.deleted is null
        and (earlier.position, earlier.id) < (taking.position, taking.id))`,
  columns: {
    member: sql`taking.member`,
    kind: sql`case whole.kind ${sql.join(
      Object.entries(kinds).map(([kind, duty]) => sql`when ${sql.raw(`'${kind}'`)} then ${sql.raw(`'${duty}'`)}`),
      sql` `,
    )} else 'ACTIVITY' end`,
    consultationKind: sql`null::text`,
    title: sql`whole.title`,
    on: sql`whole.held_from`,
    outcomes: sql`array['PRESENT']`,
    halfDays: sql`null::integer`,
    rank: sql`1`,
    authors: sql`1`,
    recordType: sql`'Activity'`,
    record: sql`whole.id`,
    consultation: sql`null::uuid`,
    owner: sql`whole.owner`,
    visibility: sql`whole.visibility`,
    parties: sql`whole.parties`,
  },
};
