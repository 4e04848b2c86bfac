import {
  oneOf,
  type Period,
  partOf,
  period,
  province,
  type Quantity,
  quantity,
  recordTable,
  referenceColumns,
} from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { check, date, index, integer, jsonb, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultationKinds } from '../consultations/tables.ts';
import { file } from '../files/tables.ts';
import { consultations } from '../schema.ts';
import { planMachine } from './plan.machine.ts';
import { planItemMachine } from './plan-item.machine.ts';
import { topicMachine } from './topic.machine.ts';

type PlanState = keyof typeof planMachine.states;
type ItemState = keyof typeof planItemMachine.states;
type TopicState = keyof typeof topicMachine.states;

/** 年度协商计划; while topics are gathered its subjects are the departments that were asked for some. */
export const plan = recordTable(
  consultations,
  'plan',
  {
    ...statusColumns<PlanState>(),
    year: integer('year').notNull(),
    title: text('title').notNull(),
    /** Last day on which topics are suggested. */
    collectUntil: date('collect_until', { mode: 'string' }),
    /** The chairmen's meeting that it is before: a consultation of this subgraph, looked up under its own audience. */
    chairmensMeeting: uuid('chairmens_meeting'),
    reviewResult: text('review_result'),
    /** Why it was returned or withdrawn. */
    reason: text('reason'),
    approvalBody: text('approval_body'),
    documentNumber: text('document_number'),
    approvedOn: date('approved_on', { mode: 'string' }),
    /** The document that approved it; it has the plan's audience. */
    file: uuid('file').references(() => file.id),
    province: province(),
  },
  (t) => [
    oneOf('plan_status', t.status, Object.keys(planMachine.states)),
    // What was imported has no day of a step, and a source may name several plans of a year.
    uniqueIndex('plan_once_a_year')
      .on(t.owner, t.year)
      .where(sql`${t.since} is not null and ${t.status} <> 'WITHDRAWN' and ${t.deleted} is null`),
    unique('plan_file').on(t.file),
    index('plan_owner_year').on(t.owner, t.year, t.id),
    index('plan_owner_modified').on(t.owner, t.modified, t.id),
    index('plan_province_year').on(t.province, t.year, t.id),
    index('plan_province_modified').on(t.province, t.modified, t.id),
    index('plan_year').on(t.year, t.id),
    index('plan_modified').on(t.modified, t.id),
  ],
);

/** 年度协商计划办理记录 */
export const planEvent = eventTable(consultations, 'plan', plan);

/** 计划事项: with a title, one thing to be held or `count` of it; without, how many of a kind, the titled ones among them. */
export const planItem = recordTable(
  consultations,
  'plan_item',
  {
    plan: uuid('plan').notNull(),
    status: text('status').$type<ItemState>().notNull().default('LISTED'),
    since: date('since', { mode: 'string' }),
    kind: text('kind').notNull(),
    localKind: text('local_kind'),
    title: text('title'),
    count: quantity('count'),
    /** 牵头部门: the office or department that leads, in words. */
    lead: text('lead'),
    /** When it is to be held, such as a quarter. */
    plannedFor: period('planned_for'),
    /** Of this subgraph, so it is looked up under its own audience and needs none here. */
    consultation: uuid('consultation'),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('plan_item_kind', t.kind, consultationKinds),
    oneOf('plan_item_status', t.status, Object.keys(planItemMachine.states)),
    partOf('plan_item_part', t, t.plan, plan),
    index('plan_item_plan').on(t.plan, t.position, t.id),
    index('plan_item_consultation').on(t.consultation),
  ],
);

/** 计划事项办理记录 */
export const planItemEvent = eventTable(consultations, 'plan_item', planItem);

/** 责任专委会: the special committee that is responsible for an item. */
export const planItemResponsible = recordTable(
  consultations,
  'plan_item_responsible',
  { ...referenceColumns(), planItem: uuid('plan_item').notNull(), organization: uuid('organization').notNull() },
  (t) => [
    unique('plan_item_responsible_item').on(t.planItem),
    partOf('plan_item_responsible_part', t, t.planItem, planItem),
  ],
  { refers: true },
);

/** 落实情况: a consultation that carries an item out; it counts once in a plan. */
export const planItemHeld = recordTable(
  consultations,
  'plan_item_held',
  {
    plan: uuid('plan').notNull(),
    planItem: uuid('plan_item').notNull(),
    consultation: uuid('consultation').notNull(),
  },
  (t) => [
    uniqueIndex('plan_item_held_once').on(t.plan, t.consultation).where(sql`${t.deleted} is null`),
    partOf('plan_item_held_part', t, t.planItem, planItem),
    index('plan_item_held_consultation').on(t.consultation),
  ],
);

/** An item as it reads at one time. */
export interface PlanItemContent {
  readonly kind: string;
  readonly localKind: string | null;
  readonly title: string | null;
  readonly count: Quantity | null;
  readonly lead: string | null;
  readonly plannedFor: Period | null;
}

/** 计划调整: what an amendment of a published plan did to one item, with how it read before and after. */
export const planAmendment = recordTable(
  consultations,
  'plan_amendment',
  {
    plan: uuid('plan').notNull(),
    planItem: uuid('plan_item').notNull(),
    change: text('change').notNull(),
    reason: text('reason').notNull(),
    before: jsonb('before').$type<PlanItemContent>(),
    after: jsonb('after').$type<PlanItemContent>(),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('plan_amendment_change', t.change, ['ADDED', 'CHANGED', 'REMOVED']),
    check('plan_amendment_before', sql`(${t.change} = 'ADDED') = (${t.before} is null)`),
    check('plan_amendment_after', sql`(${t.change} = 'REMOVED') = (${t.after} is null)`),
    partOf('plan_amendment_part', t, t.plan, plan),
    index('plan_amendment_plan').on(t.plan, t.created, t.position),
  ],
);

/** 征集议题: for staff and whoever suggested it, whatever becomes of the plan's own audience. */
export const planTopic = recordTable(
  consultations,
  'plan_topic',
  {
    ...statusColumns<TopicState>(),
    plan: uuid('plan')
      .notNull()
      .references(() => plan.id),
    title: text('title').notNull(),
    text: text('text'),
    /** Who suggested it: a role, and the member, the sector in whose name, or the department; shown by way of `planTopicSuggester`. */
    filedBy: text('filed_by').notNull(),
    author: uuid('author'),
    organization: uuid('organization'),
    department: uuid('department'),
    planItem: uuid('plan_item'),
    reason: text('reason'),
  },
  (t) => [
    oneOf('plan_topic_status', t.status, Object.keys(topicMachine.states)),
    index('plan_topic_plan').on(t.plan, t.created, t.id),
    index('plan_topic_item').on(t.planItem),
    index('plan_topic_author').on(t.author, t.created),
    index('plan_topic_department').on(t.department),
    index('plan_topic_waiting').on(t.owner, t.status, t.since),
  ],
  { author: true, convenor: true, department: true },
);

/** 征集议题办理记录 */
export const planTopicEvent = eventTable(consultations, 'plan_topic', planTopic);

/** 提出人: who suggested a topic, as a reference to records of `members`. */
export const planTopicSuggester = recordTable(
  consultations,
  'plan_topic_suggester',
  {
    ...referenceColumns(),
    planTopic: uuid('plan_topic').notNull(),
    author: uuid('author'),
    organization: uuid('organization'),
    department: uuid('department'),
  },
  (t) => [
    unique('plan_topic_suggester_topic').on(t.planTopic),
    partOf('plan_topic_suggester_part', t, t.planTopic, planTopic),
  ],
  { refers: true, author: true, convenor: true, department: true },
);
