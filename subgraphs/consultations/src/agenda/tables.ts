import { oneOf, partOf, recordTable, referenceColumns } from '@hub/database';
import { sql } from 'drizzle-orm';
import { check, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { consultation } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';

export const agendaItemKinds = [
  'REPORT',
  'DELIBERATION',
  'SPEECHES',
  'CONSULTATION',
  'PERSONNEL',
  'STUDY',
  'OTHER',
] as const;
/** 议程 (OParl AgendaItem): what a consultation takes up, in its order, and how that ended. */
export const agendaItem = recordTable(
  consultations,
  'agenda_item',
  {
    consultation: uuid('consultation').notNull(),
    organization: uuid('organization'),
    number: text('number'),
    title: text('title').notNull(),
    kind: text('kind'),
    /** Who presents it, in words. */
    presenter: text('presenter'),
    result: text('result'),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('agenda_item_kind', t.kind, agendaItemKinds),
    partOf('agenda_item_part', t, t.consultation, consultation),
    index('agenda_item_consultation').on(t.consultation, t.position, t.id),
  ],
  { convenor: true },
);

/** 报告人: the member who presents an item; one before is withdrawn, which whoever names the next may not see. */
export const agendaPresenter = recordTable(
  consultations,
  'agenda_presenter',
  {
    ...referenceColumns(),
    agendaItem: uuid('agenda_item').notNull(),
    organization: uuid('organization'),
    member: uuid('member').notNull(),
  },
  (t) => [
    partOf('agenda_presenter_part', t, t.agendaItem, agendaItem),
    index('agenda_presenter_item').on(t.agendaItem, t.created),
  ],
  { refers: true, convenor: true },
);

export const decisionKinds = ['DECISION', 'RESOLUTION'] as const;
/** 决定、决议: what a consultation that was held decided. */
export const decision = recordTable(
  consultations,
  'decision',
  {
    consultation: uuid('consultation').notNull(),
    agendaItem: uuid('agenda_item').references(() => agendaItem.id),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    /** 文号 */
    number: text('number'),
    /** Counts of a vote; null where there was none. */
    votesFor: integer('votes_for'),
    votesAgainst: integer('votes_against'),
    abstentions: integer('abstentions'),
  },
  (t) => [
    oneOf('decision_kind', t.kind, decisionKinds),
    check('decision_vote', sql`num_nulls(${t.votesFor}, ${t.votesAgainst}, ${t.abstentions}) in (0, 3)`),
    check('decision_votes', sql`least(${t.votesFor}, ${t.votesAgainst}, ${t.abstentions}) >= 0`),
    unique('decision_number').on(t.owner, t.number),
    partOf('decision_part', t, t.consultation, consultation),
    index('decision_consultation').on(t.consultation, t.created, t.id),
    index('decision_agenda_item').on(t.agendaItem),
  ],
);
