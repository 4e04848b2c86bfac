import { day, oneOf, partOf, period, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { index, integer, numeric, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { cooperation } from '../cooperations/tables.ts';
import { cooperationSchema } from '../schema.ts';
import { milestoneMachine } from './milestone.machine.ts';

type MilestoneStatus = keyof typeof milestoneMachine.states;

export const milestoneStages = [
  'CONTACT',
  'VISIT',
  'SURVEY',
  'SUPPORT',
  'TRAINING',
  'CONSENSUS',
  'TALKS',
  'SIGNING',
  'MECHANISM',
] as const;

/** 合作步骤; each is the record of the partner that added it. */
export const milestone = recordTable(
  cooperationSchema,
  'milestone',
  {
    ...statusColumns<MilestoneStatus>(),
    status: text('status').$type<MilestoneStatus>().notNull().default('DONE'),
    cooperation: uuid('cooperation').notNull(),
    title: text('title').notNull(),
    stage: text('stage').notNull(),
    /** When it was, and never when it was to be. */
    date: period('date'),
    dateFrom: day('date_from'),
    dateUntil: day('date_until'),
    plannedFor: period('planned_for'),
    description: text('description'),
    reason: text('reason'),
    /** Any number between those of its neighbours: nobody's place moves when another partner puts something in between. */
    position: numeric('position').notNull(),
  },
  (t) => [
    oneOf('milestone_stage', t.stage, milestoneStages),
    oneOf('milestone_status', t.status, Object.keys(milestoneMachine.states)),
    // Those of a source stand in its order, whatever people put between them.
    uniqueIndex('milestone_place').on(t.cooperation, t.position).where(sql`external_id is null`),
    partOf('milestone_cooperation', t, t.cooperation, cooperation),
    index('milestone_cooperation_position').on(t.cooperation, t.position),
    index('milestone_cooperation_date').on(t.cooperation, t.dateFrom),
    index('milestone_waiting').on(t.owner, t.since, t.id).where(sql`status = 'PLANNED' and since is not null`),
  ],
);

/** 合作步骤办理记录 */
export const milestoneEvent = eventTable(cooperationSchema, 'milestone', milestone);

/** 步骤中的人员 */
export const milestonePerson = recordTable(
  cooperationSchema,
  'milestone_person',
  {
    milestone: uuid('milestone').notNull(),
    person: uuid('person').notNull(),
    role: text('role'),
    position: integer('position').notNull(),
    ...referenceColumns(),
  },
  (t) => [
    unique('milestone_person_milestone_position').on(t.milestone, t.position),
    partOf('milestone_person_milestone', t, t.milestone, milestone),
    index('milestone_person_person').on(t.person, t.milestone),
  ],
  { refers: true },
);
