import {
  code,
  instant,
  oneOf,
  partOf,
  recordTable,
  referenceColumns,
  referenceColumnsWithParties,
} from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core';
import { consultation, consultationKinds } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';
import { jointPlanMachine } from './joint-plan.machine.ts';
import { jointPlanPartyMachine } from './joint-plan-party.machine.ts';

/**
 * 联合协商计划; its initiator is the owner, all that take part are `parties`, itself among them. What it is at, and which
 * proposal stands, is kept by `settle_joint_plan` from what each party wrote.
 */
export const jointPlan = recordTable(
  consultations,
  'joint_plan',
  {
    ...statusColumns<keyof typeof jointPlanMachine.states>(),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    /** Parties without whose consent nothing locks. */
    required: text('required').array().notNull(),
    /** 现行方案号 */
    number: integer('number').notNull(),
    /** 锁定方案号 */
    lockedNumber: integer('locked_number'),
    /** SEQUENCE (iCalendar) */
    sequence: integer('sequence').notNull().default(0),
    starts: instant('starts'),
    ends: instant('ends'),
    consultation: uuid('consultation').references(() => consultation.id),
    follows: uuid('follows'),
    reason: text('reason'),
  },
  (t) => [
    oneOf('joint_plan_status', t.status, Object.keys(jointPlanMachine.states)),
    oneOf('joint_plan_kind', t.kind, consultationKinds),
    check(
      'joint_plan_locked_slot',
      sql`(${t.lockedNumber} is null) = (${t.starts} is null) and (${t.starts} is null) = (${t.ends} is null)`,
    ),
    unique('joint_plan_consultation').on(t.consultation),
    index('joint_plan_owner').on(t.owner, t.status),
  ],
);

/** 联合协商计划办理记录: of the plan as a whole */
export const jointPlanEvent = eventTable(consultations, 'joint_plan', jointPlan);

export interface JointPlanTopic {
  readonly title: string;
  /** Code of the committee that proposed it. */
  readonly committee: string;
}
export interface JointPlanAgendaItem {
  readonly title: string;
  readonly kind: string | null;
  readonly presenter: string | null;
}
export interface JointPlanVisit {
  readonly title: string;
  readonly place: string | null;
  readonly on: string | null;
  readonly committee: string | null;
}
export interface JointPlanQuota {
  readonly committee: string;
  readonly members: number;
}

/** 联合协商方案: the record of the party that proposes it. Its number decides between two that counter at once. */
export const jointPlanProposal = recordTable(
  consultations,
  'joint_plan_proposal',
  {
    jointPlan: uuid('joint_plan').notNull(),
    number: integer('number').notNull(),
    basedOn: integer('based_on'),
    /** Taken back by its author, who had proposed it as a change of a locked one, or lapsed. */
    takenBack: boolean('taken_back').notNull().default(false),
    /** Of a change: the locked proposal that stood when it was proposed. */
    lockedBefore: integer('locked_before'),
    /** The day by which all hosts have to answer a change; what was locked stays after it. */
    answerBy: date('answer_by', { mode: 'string' }),
    /** The time at which it was locked. */
    slot: instant('slot'),
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    topics: jsonb('topics').$type<readonly JointPlanTopic[]>().notNull(),
    agenda: jsonb('agenda').$type<readonly JointPlanAgendaItem[]>().notNull(),
    place: text('place'),
    region: code('region'),
    online: boolean('online').notNull(),
    durationMinutes: integer('duration_minutes').notNull(),
    /** When it could start, the preferred time first. */
    starts: instant('starts').array().notNull(),
    visits: jsonb('visits').$type<readonly JointPlanVisit[]>().notNull(),
    quotas: jsonb('quotas').$type<readonly JointPlanQuota[]>().notNull(),
    comment: text('comment'),
  },
  (t) => [
    partOf('joint_plan_proposal_part', t, t.jointPlan, jointPlan),
    unique('joint_plan_proposal_number').on(t.jointPlan, t.number),
    oneOf('joint_plan_proposal_kind', t.kind, consultationKinds),
    check('joint_plan_proposal_place', sql`${t.online} or ${t.place} is not null`),
    check('joint_plan_proposal_starts', sql`cardinality(${t.starts}) > 0`),
    check('joint_plan_proposal_duration', sql`${t.durationMinutes} > 0`),
  ],
);

/** 联合协商参与方: one committee in a plan, and its own record from the moment it is invited. */
export const jointPlanParty = recordTable(
  consultations,
  'joint_plan_party',
  {
    ...statusColumns<keyof typeof jointPlanPartyMachine.states>(),
    jointPlan: uuid('joint_plan').notNull(),
    /** The proposal that the answer is to; null while there is none. */
    number: integer('number'),
    /** Candidate times that suit; null for all of them. */
    starts: instant('starts').array(),
    reason: text('reason'),
    hostName: text('host_name'),
    /** The locked proposal by which it hosts. */
    lockedNumber: integer('locked_number'),
    /** Times that it said don't suit, of whichever proposal: they don't until it names them. */
    excluded: instant('excluded').array().notNull().default([]),
    /** Why it would call off what is locked; null unless it would. */
    callOffReason: text('call_off_reason'),
    /** The day by which the other hosts have to answer that, kept by the one that said it first. */
    callOffBy: date('call_off_by', { mode: 'string' }),
  },
  (t) => [
    oneOf('joint_plan_party_status', t.status, Object.keys(jointPlanPartyMachine.states)),
    check(
      'joint_plan_party_number',
      sql`${t.status} not in ('ACCEPTED', 'TENTATIVE', 'DECLINED') or ${t.number} is not null`,
    ),
    partOf('joint_plan_party_part', t, t.jointPlan, jointPlan),
    unique('joint_plan_party_owner').on(t.jointPlan, t.owner),
    index('joint_plan_party_waiting').on(t.owner, t.status, t.since),
  ],
);

/** 参与方办理记录 */
export const jointPlanPartyEvent = eventTable(consultations, 'joint_plan_party', jointPlanParty);

/** 主办平台: the workstation through which a party hosts. */
export const jointPlanPlatform = recordTable(
  consultations,
  'joint_plan_platform',
  {
    ...referenceColumns(),
    jointPlanParty: uuid('joint_plan_party').notNull(),
    workstation: uuid('workstation').notNull(),
  },
  (t) => [
    unique('joint_plan_platform_party').on(t.jointPlanParty),
    partOf('joint_plan_platform_part', t, t.jointPlanParty, jointPlanParty),
  ],
  { refers: true },
);

/** 所属合作: the cooperation that a plan is part of. */
export const jointPlanCooperation = recordTable(
  consultations,
  'joint_plan_cooperation',
  {
    ...referenceColumnsWithParties(),
    jointPlan: uuid('joint_plan').notNull(),
    cooperation: uuid('cooperation').notNull(),
  },
  (t) => [
    unique('joint_plan_cooperation_plan').on(t.jointPlan),
    partOf('joint_plan_cooperation_part', t, t.jointPlan, jointPlan),
    index('joint_plan_cooperation_cooperation').on(t.cooperation),
  ],
  // The follower of cooperations carries their audience here.
  { refers: 'WITH_PARTIES', feed: true },
);
