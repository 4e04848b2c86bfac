import { oneOf, partOf, period, quantity, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { boolean, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { agreement } from '../agreements/tables.ts';
import { cooperation } from '../cooperations/tables.ts';
import { milestone } from '../milestones/tables.ts';
import { cooperationSchema } from '../schema.ts';

export const outcomeKinds = ['SUGGESTIONS', 'JOINT_REPORT', 'AGREEMENT', 'MECHANISM'] as const;
export const adoptionStatuses = ['ADOPTED', 'PARTLY_ADOPTED', 'PLANNED', 'UNDER_STUDY', 'NOT_ADOPTED'] as const;
export const adoptionBodies = ['PARTY_COMMITTEE', 'GOVERNMENT', 'DEPARTMENT', 'COMMITTEE'] as const;

/** 合作成果; the partner that recorded it is the owner. */
export const outcome = recordTable(
  cooperationSchema,
  'outcome',
  {
    cooperation: uuid('cooperation').notNull(),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    count: quantity('count'),
    description: text('description'),
    agreement: uuid('agreement').references(() => agreement.id),
    milestone: uuid('milestone').references(() => milestone.id),
  },
  (t) => [
    oneOf('outcome_kind', t.kind, outcomeKinds),
    partOf('outcome_cooperation', t, t.cooperation, cooperation),
    index('outcome_cooperation_created').on(t.cooperation, t.created, t.id),
  ],
);

/** 采纳情况; the partner at whose side the decision was made is the owner. */
export const adoption = recordTable(
  cooperationSchema,
  'adoption',
  {
    outcome: uuid('outcome').notNull(),
    body: text('body').notNull(),
    bodyName: text('body_name').notNull(),
    status: text('status').notNull(),
    reason: text('reason'),
    decided: period('decided'),
    /** Number or title of the document that tells the decision. */
    document: text('document'),
    /** Whether a later decision of the same body took its place. */
    superseded: boolean('superseded').notNull().default(false),
  },
  (t) => [
    oneOf('adoption_body', t.body, adoptionBodies),
    oneOf('adoption_status', t.status, adoptionStatuses),
    partOf('adoption_part', t, t.outcome, outcome),
    index('adoption_outcome').on(t.outcome, t.created, t.id),
    uniqueIndex('adoption_current')
      .on(t.outcome, t.owner, t.body, t.bodyName)
      .where(sql`not ${t.superseded} and ${t.deleted} is null`),
  ],
);
