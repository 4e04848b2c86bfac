import { oneOf, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { file } from '../files/tables.ts';
import { consultations } from '../schema.ts';
import { paperMachine } from './paper.machine.ts';

export const paperKinds = ['NOTICE', 'AGENDA', 'MATERIAL', 'SPEECH', 'MINUTES', 'REPORT', 'RESOLUTION'] as const;
type State = keyof typeof paperMachine.states;

/**
 * 会议材料 (OParl Paper); its file has its audience. One that isn't `narrower` has its consultation's, by the trigger
 * `keep_papers`; a narrower one is for staff, or for members too, whoever sees the consultation.
 */
export const paper = recordTable(
  consultations,
  'paper',
  {
    ...statusColumns<State>(),
    consultation: uuid('consultation').notNull(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    version: integer('version').notNull().default(1),
    file: uuid('file').references(() => file.id),
    narrower: boolean('narrower').notNull().default(false),
    author: uuid('author'),
    organization: uuid('organization'),
    /** The day of the consultation, as it was when the paper was issued: papers are due some days before. */
    neededOn: date('needed_on', { mode: 'string' }),
    reason: text('reason'),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    oneOf('paper_kind', t.kind, paperKinds),
    oneOf('paper_status', t.status, Object.keys(paperMachine.states)),
    unique('paper_file').on(t.file),
    index('paper_consultation').on(t.consultation, t.position, t.id),
    index('paper_author').on(t.author),
  ],
  { author: true, convenor: true },
);

/** 会议材料办理记录 */
export const paperEvent = eventTable(consultations, 'paper', paper);

/** 旧版: a version of a paper that a later one has replaced; for staff. */
export const paperVersion = recordTable(
  consultations,
  'paper_version',
  {
    paper: uuid('paper')
      .notNull()
      .references(() => paper.id),
    version: integer('version').notNull(),
    file: uuid('file')
      .notNull()
      .references(() => file.id),
    author: uuid('author'),
    organization: uuid('organization'),
  },
  (t) => [
    unique('paper_version_paper').on(t.paper, t.version),
    unique('paper_version_file').on(t.file),
    index('paper_version_of').on(t.paper, sql`${t.version} desc`),
  ],
  { author: true, convenor: true },
);

/** Papers as wide as their consultation follow it; all of them are withdrawn with it. */
export const paperTriggers = `
create or replace function consultations.keep_papers() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update consultations.paper set visibility = new.visibility, parties = new.parties, subjects = new.subjects
    where consultation = new.id and (not narrower or (visibility = 'MEMBERS' and new.visibility not in ('PUBLIC', 'MEMBERS')));
  update consultations.paper set deleted = new.deleted
    where consultation = new.id and deleted is not distinct from old.deleted and new.deleted is distinct from old.deleted;
  return null;
end $$;
create or replace trigger keep_papers after update of visibility, parties, subjects, deleted on consultations.consultation
  for each row when (old.visibility <> new.visibility or old.parties <> new.parties or old.subjects <> new.subjects or old.deleted is distinct from new.deleted)
  execute function consultations.keep_papers();`;
