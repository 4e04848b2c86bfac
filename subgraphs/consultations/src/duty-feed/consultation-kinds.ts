import { type SQL, sql } from 'drizzle-orm';

/** The kind of duty that a consultation is for those who take part, by its own kind; all others are consultations. */
const kinds = {
  PLENARY: 'PLENARY',
  STANDING_COMMITTEE: 'STANDING_COMMITTEE',
  TOPICAL_STANDING_COMMITTEE: 'STANDING_COMMITTEE',
  CHAIRMENS_MEETING: 'CHAIRMENS_MEETING',
  INSPECTION: 'INSPECTION',
  RESEARCH: 'RESEARCH',
  SUPERVISION: 'SUPERVISION',
  ACTIVITY: 'ACTIVITY',
  TRAINING: 'TRAINING',
  LECTURE: 'TRAINING',
} as const;

/** As SQL over a consultation that is joined as `whole`. */
export const dutyKind: SQL = sql`case whole.kind ${sql.join(
  Object.entries(kinds).map(([kind, duty]) => sql`when ${sql.raw(`'${kind}'`)} then ${sql.raw(`'${duty}'`)}`),
  sql` `,
)} else 'CONSULTATION' end`;

/** The committee's own word for a consultation, which its rules of scoring name. */
export const localKind: SQL = sql`case when ${dutyKind} = 'CONSULTATION' then coalesce(whole.local_kind, whole.kind) end`;

/** Held on a day that is known. One that is dated to a month only is no fact: there is no day that a year could be counted by. */
export const heldOnADay: SQL = sql`(whole.deleted is null and whole.status = 'HELD' and length(whole.held ->> 'start') = 10)`;
