import { oneOf, partOf, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { boolean, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { agendaItem } from '../agenda/tables.ts';
import { consultation } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';
import { speechMachine } from './speech.machine.ts';

export const speechKinds = ['ORAL', 'WRITTEN', 'ONLINE'] as const;

/**
 * 发言: for the office, whoever speaks and the convenor until the consultation was held; from then on for all who see that,
 * unless it is `narrower`. The trigger `keep_speeches` sees to it.
 */
export const speech = recordTable(
  consultations,
  'speech',
  {
    ...statusColumns<keyof typeof speechMachine.states>(),
    consultation: uuid('consultation')
      .notNull()
      .references(() => consultation.id),
    organization: uuid('organization'),
    /** The member who handed it in. Policies read it; the graph shows `speaker`. */
    author: uuid('author'),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    text: text('text'),
    agendaItem: uuid('agenda_item').references(() => agendaItem.id),
    narrower: boolean('narrower').notNull().default(false),
    reason: text('reason'),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    oneOf('speech_status', t.status, Object.keys(speechMachine.states)),
    oneOf('speech_kind', t.kind, speechKinds),
    index('speech_consultation').on(t.consultation, t.position, t.created, t.id),
    index('speech_author').on(t.author),
  ],
  { author: true, convenor: true },
);

/** 发言办理记录 */
export const speechEvent = eventTable(consultations, 'speech', speech);

/** 发言人: whose speech it is, for those who may see the member too. */
export const speaker = recordTable(
  consultations,
  'speaker',
  {
    ...referenceColumns(),
    speech: uuid('speech').notNull(),
    organization: uuid('organization'),
    author: uuid('author'),
    member: uuid('member').notNull(),
  },
  (t) => [
    unique('speaker_speech').on(t.speech),
    partOf('speaker_part', t, t.speech, speech),
    index('speaker_member').on(t.member, t.speech),
  ],
  { refers: true, author: true, convenor: true },
);

export const speechTriggers = `
create or replace function consultations.keep_speeches() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.status = 'HELD' then
    update consultations.speech set visibility = new.visibility, parties = new.parties, subjects = array(select distinct unnest(new.subjects || subjects) order by 1)
      where consultation = new.id and not narrower and status <> 'WITHDRAWN' and (visibility <> new.visibility or parties <> new.parties or not subjects @> new.subjects);
  end if;
  update consultations.speech set visibility = 'INTERNAL'
    where consultation = new.id and narrower and visibility = 'MEMBERS' and new.visibility not in ('PUBLIC', 'MEMBERS');
  update consultations.speech set deleted = new.deleted
    where consultation = new.id and deleted is not distinct from old.deleted and new.deleted is distinct from old.deleted;
  return null;
end $$;
create or replace trigger keep_speeches after update of status, visibility, parties, subjects, deleted on consultations.consultation
  for each row execute function consultations.keep_speeches();`;
