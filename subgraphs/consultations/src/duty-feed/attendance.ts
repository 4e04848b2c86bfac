import type { DutyFactKind } from '@hub/connections';
import { type SQL, sql } from 'drizzle-orm';
import { dutyKind, heldOnADay, localKind } from './consultation-kinds.ts';

/** The least length of a part that fills a whole day. */
const wholeDay = sql`interval '5 hours'`;
const halfDays = sql`sum(case when part.ends - part.starts > ${wholeDay} then 2 else 1 end)::integer`;
const signedIn = sql`consultations.sign_in as seen join consultations.part as part on part.id = seen.part
  where seen.attendance in (select own.id from consultations.attendance as own
    where own.consultation = attendance.consultation and own.person = attendance.person) and seen.status = 'SIGNED_IN' and seen.deleted is null`;

/** All attendances of those who have one of these: who is there by one membership is there by the others that are listed. */
const withSelves = (ids: SQL): SQL =>
  sql`select same.id from consultations.attendance as one join consultations.attendance as same
    on same.consultation = one.consultation and same.person = one.person where one.id in (${ids})`;

/** 参会: present, on leave or absent, as attendances tell it of a consultation that was held; present for the parts signed in at. */
export const attendance: DutyFactKind = {
  touchedBy: {
    consultation: (changed) => sql`select id from consultations.attendance where consultation = any(${changed})`,
    part: (changed) =>
      sql`select id from consultations.attendance where consultation in (select consultation from consultations.part where id = any(${changed}))`,
    attendance: (changed) => withSelves(sql`select unnest(${changed}) as id`),
    leave: (changed) => withSelves(sql`select attendance as id from consultations.leave where id = any(${changed})`),
    sign_in: (changed) =>
      withSelves(sql`select attendance as id from consultations.sign_in where id = any(${changed})`),
  },
  joins: sql`join consultations.attendance as attendance on attendance.id = touched.id
    join consultations.consultation as whole on whole.id = attendance.consultation
    cross join lateral (select (select told.outcome from consultations.seats_of(array[attendance.id]) as told) as outcome,
      (select count(*) from consultations.part as part where part.consultation = whole.id and part.deleted is null) as parts) as derived
    cross join lateral (select count(*) as parts, ${halfDays} as half_days, coalesce(bool_or(seen.scanned_at > part.starts), false) as late
      from ${signedIn}) as there`,
  where: sql`true`,
  stands: sql`attendance.deleted is null and ${heldOnADay} and derived.outcome is not null`,
  columns: {
    member: sql`attendance.member`,
    kind: dutyKind,
    consultationKind: localKind,
    title: sql`whole.title`,
    on: sql`whole.held_from`,
    outcomes: sql`case derived.outcome when 'PRESENT' then
        array['PRESENT'] || case when there.late then array['LATE'] else '{}' end || case when there.parts < derived.parts then array['PARTIAL'] else '{}' end
      when 'ON_LEAVE' then array['LEAVE'] else array['ABSENT'] end`,
    halfDays: sql`case when derived.outcome = 'PRESENT' then there.half_days else
      (select ${halfDays} from consultations.part as part where part.consultation = whole.id and part.deleted is null) end`,
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
