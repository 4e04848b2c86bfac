import { oneOf, partOf, period, quantity, recordTable } from '@hub/database';
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

/** 跟踪问效: later readings of progress. */
export const reading = recordTable(
  consultations,
  'reading',
  {
    consultation: uuid('consultation').notNull(),
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
    partOf('reading_part', t, t.consultation, consultation),
    index('reading_consultation').on(t.consultation, t.position, t.id),
    index('reading_suggestion').on(t.suggestion, t.position, t.id),
  ],
  { department: true },
);

/** 协商成果 */
export const outcome = recordTable(
  consultations,
  'outcome',
  {
    consultation: uuid('consultation').notNull(),
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
    partOf('outcome_part', t, t.consultation, consultation),
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

/** A department may not see the consultation that its reading is of: the audience comes from there, whoever writes. */
export const readingTriggers = `
create or replace function consultations.keep_reading() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  select visibility, parties, subjects into new.visibility, new.parties, new.subjects
    from consultations.consultation where id = new.consultation for key share;
  return new;
end $$;
create or replace trigger a_keep_reading before insert on consultations.reading
  for each row when (new.department is not null) execute function consultations.keep_reading();`;
