import type { DutyFactKind } from '@hub/connections';
import { sql } from 'drizzle-orm';
import { dutyKind, heldOnADay, localKind } from './consultation-kinds.ts';

/**
 * 参加: of those whom a source names as having taken part in what was held on a day; who is named twice took part once.
 * Whoever has an attendance there is told of by that.
 */
export const participation: DutyFactKind = {
  touchedBy: {
    consultation: (changed) => sql`select id from consultations.participant where consultation = any(${changed})`,
    participant: (changed) =>
      sql`select same.id from consultations.participant as one join consultations.participant as same on same.consultation = one.consultation and same.member = one.member where one.id = any(${changed})
        union select id from consultations.participant where id = any(${changed})`,
  },
  joins: sql`join consultations.participant as taking on taking.id = touched.id join consultations.consultation as whole on whole.id = taking.consultation`,
  where: sql`taking.member is not null`,
  stands: sql`taking.deleted is null and ${heldOnADay} and not exists (select 1 from consultations.participant as earlier
    where earlier.consultation = taking.consultation and earlier.member = taking.member and earlier.deleted is null
      and (earlier.position, earlier.id) < (taking.position, taking.id))
    and not exists (select 1 from consultations.attendance as own
      where own.consultation = taking.consultation and own.member = taking.member and own.deleted is null)`,
  columns: {
    member: sql`taking.member`,
    kind: dutyKind,
    consultationKind: localKind,
    title: sql`whole.title`,
    on: sql`whole.held_from`,
    outcomes: sql`array['PRESENT']`,
    halfDays: sql`null::integer`,
    rank: sql`1`,
    authors: sql`1`,
    recordType: sql`'Consultation'`,
    record: sql`whole.id`,
    consultation: sql`whole.id`,
    owner: sql`whole.owner`,
    visibility: sql`whole.visibility`,
    parties: sql`whole.parties`,
  },
};
