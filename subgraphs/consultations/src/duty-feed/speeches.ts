import type { DutyFactKind } from '@hub/connections';
import { sql } from 'drizzle-orm';
import { heldOnADay } from './consultation-kinds.ts';

const speakersOf = (speeches: ReturnType<typeof sql>) =>
  sql`select id from consultations.speaker where speech in (${speeches})`;

/** 发言: at what was held, on the spot, on line or in writing. */
export const speeches: DutyFactKind = {
  touchedBy: {
    consultation: (changed) =>
      speakersOf(sql`select id from consultations.speech where consultation = any(${changed})`),
    speech: (changed) => speakersOf(sql`select unnest(${changed})`),
    speaker: (changed) => sql`select unnest(${changed}) as id`,
  },
  joins: sql`join consultations.speaker as speaker on speaker.id = touched.id
    join consultations.speech as speech on speech.id = speaker.speech
    join consultations.consultation as whole on whole.id = speech.consultation`,
  where: sql`true`,
  stands: sql`speaker.deleted is null and speech.deleted is null and speech.status <> 'WITHDRAWN' and ${heldOnADay}`,
  columns: {
    member: sql`speaker.member`,
    kind: sql`case speech.kind when 'WRITTEN' then 'WRITTEN_SPEECH' else 'SPEECH' end`,
    consultationKind: sql`null::text`,
    title: sql`speech.title`,
    on: sql`whole.held_from`,
    outcomes: sql`array['DONE']`,
    halfDays: sql`null::integer`,
    rank: sql`1`,
    authors: sql`1`,
    recordType: sql`'Speech'`,
    record: sql`speech.id`,
    consultation: sql`whole.id`,
    owner: sql`speech.owner`,
    visibility: sql`speech.visibility`,
    parties: sql`speech.parties`,
  },
};
