import { withinSql } from '@hub/access';
import { oneOf, type PartAudience, partOf, period, quantity, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { consultation } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';
import { suggestion } from '../suggestions/tables.ts';

export const outcomeKinds = [
  'INSTRUCTION',
  'POLICY',
  'PLAN_ENTRY',
  'AGREEMENT',
  'FACILITY',
  'WORK_STARTED',
  'REPORT',
  'PROPOSAL',
  'AWARD',
  'OTHER',
] as const;

/** Whose leader gave an instruction: of which level, on which side. */
export const instructionLevels = ['NATIONAL', 'PROVINCE', 'CITY', 'COUNTY'] as const;
export const instructionSides = ['PARTY_COMMITTEE', 'GOVERNMENT', 'COMMITTEE'] as const;

/** 跟踪问效: later readings of progress; of an audience of its own. */
export const reading = recordTable(
  consultations,
  'reading',
  {
    consultation: uuid('consultation')
      .notNull()
      .references(() => consultation.id, { onUpdate: 'cascade' }),
    /** What it is a reading for; looked up under its own audience. */
    suggestion: uuid('suggestion').references(() => suggestion.id),
    /** 承办单位 that took it, where one did. */
    department: uuid('department'),
    /** 指标名称: readings of one name are a series. */
    indicator: text('indicator'),
    on: period('on'),
    text: text('text').notNull(),
    value: quantity('value'),
    unit: text('unit'),
    position: integer('position').notNull(),
  },
  (t) => [
    index('reading_consultation').on(t.consultation, t.position, t.id),
    index('reading_suggestion').on(t.suggestion, t.position, t.id),
  ],
  { department: true },
);

/** 协商成果, of an audience of its own. */
export const outcome = recordTable(
  consultations,
  'outcome',
  {
    consultation: uuid('consultation')
      .notNull()
      .references(() => consultation.id, { onUpdate: 'cascade' }),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    on: period('on'),
    body: text('body'),
    description: text('description'),
    /** 批示领导层级 and side, and the leader's post: of instructions only. */
    level: text('level'),
    side: text('side'),
    office: text('office'),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('outcome_kind', t.kind, outcomeKinds),
    oneOf('outcome_level', t.level, instructionLevels),
    oneOf('outcome_side', t.side, instructionSides),
    index('outcome_consultation').on(t.consultation, t.position, t.id),
    index('outcome_owner_modified').on(t.owner, t.modified, t.id),
    index('outcome_modified').on(t.modified, t.id),
    index('outcome_instruction').on(t.owner).where(sql`${t.kind} = 'INSTRUCTION'`),
  ],
);

/** 成果来源: a suggestion that an outcome came from; looked up under its own audience. */
export const outcomeSuggestion = recordTable(
  consultations,
  'outcome_suggestion',
  {
    outcome: uuid('outcome').notNull(),
    suggestion: uuid('suggestion')
      .notNull()
      .references(() => suggestion.id),
    position: integer('position').notNull(),
  },
  (t) => [
    unique('outcome_suggestion_once').on(t.outcome, t.suggestion),
    partOf('outcome_suggestion_part', t, t.outcome, outcome),
    index('outcome_suggestion_suggestion').on(t.suggestion),
  ],
);

/** Readings and outcomes have audiences of their own, in which those stand who made the suggestions that they are about. */
export const outcomeAudiences: readonly PartAudience[] = [
  {
    part: 'reading',
    column: 'consultation',
    whole: 'consultation',
    names: 'consultations.names_of_suggestions(array[part.suggestion], true)',
  },
  {
    part: 'outcome',
    column: 'consultation',
    whole: 'consultation',
    names:
      'consultations.names_of_suggestions(array(select suggestion from consultations.outcome_suggestion where outcome = part.id and deleted is null), false)',
  },
];

/** A department may not see the consultation that its reading is of: the reading is no wider than that, whoever writes. */
export const readingTriggers = `
create or replace function consultations.keep_reading() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  whole record;
begin
  select owner, visibility, parties into whole from consultations.consultation where id = new.consultation for key share;
  if not ${withinSql(
    { owner: 'new.owner', visibility: 'new.visibility', parties: 'new.parties' },
    { owner: 'whole.owner', visibility: 'whole.visibility', parties: 'whole.parties' },
  )} then
    new.visibility := case when whole.visibility = 'PRIVATE' then 'PRIVATE' else 'INTERNAL' end;
  end if;
  new.position := (select coalesce(max(position), -1) + 1 from consultations.reading where consultation = new.consultation);
  new.subjects := consultations.names_of_suggestions(array[new.suggestion], true);
  return new;
end $$;
create or replace trigger a_fit_reading before insert on consultations.reading
  for each row when (new.department is not null) execute function consultations.keep_reading();`;
