import {
  code,
  day,
  figures,
  oneOf,
  partOf,
  period,
  province,
  quantity,
  recordTable,
  referenceColumns,
  type Upkeep,
} from '@hub/database';
import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgSchema, text, unique, uuid } from 'drizzle-orm/pg-core';

export const consultations = pgSchema('consultations');

export const consultationKinds = [
  'PLENARY',
  'STANDING_COMMITTEE',
  'TOPICAL_STANDING_COMMITTEE',
  'CHAIRMENS_MEETING',
  'TOPICAL',
  'COUNTERPART',
  'SECTOR',
  'PROPOSAL_HANDLING',
  'REMOTE',
  'GOVERNMENT_BUSINESS',
  'LIVELIHOOD',
  'JOINT_GROUP',
  'HALL',
  'STATION',
  'INSPECTION',
  'RESEARCH',
  'SUPERVISION',
] as const;
export const consultationStatuses = ['PLANNED', 'SCHEDULED', 'HELD', 'NOT_HELD', 'CANCELLED'] as const;
export const adoptionStatuses = ['ADOPTED', 'PARTLY_ADOPTED', 'PLANNED', 'UNDER_STUDY', 'NOT_ADOPTED'] as const;
export const adoptionBodies = ['PARTY_COMMITTEE', 'GOVERNMENT', 'DEPARTMENT', 'COMMITTEE'] as const;
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

/** 协商活动; the committee that leads is the owner, and all that host are the parties of a JOINT one. */
export const consultation = recordTable(
  consultations,
  'consultation',
  {
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    localKind: text('local_kind'),
    status: text('status').notNull(),
    /** What counters group by, so that one counter answers by kind and by status. */
    kindAndStatus: text('kind_and_status').generatedAlwaysAs(sql`kind || ' ' || status`),
    held: period('held'),
    heldFrom: day('held_from'),
    heldUntil: day('held_until'),
    place: text('place'),
    /** Current code of the region where it takes place. */
    region: code('region'),
    topics: text('topics').array().notNull().default([]),
    description: text('description'),
    follows: uuid('follows'),
    figures: figures(),
    province: province(),
  },
  (t) => [
    oneOf('consultation_kind', t.kind, consultationKinds),
    oneOf('consultation_status', t.status, consultationStatuses),
    unique('consultation_owner').on(t.id, t.owner),
    index('consultation_owner_held').on(t.owner, t.heldFrom, t.id),
    index('consultation_owner_title').on(t.owner, t.title, t.id),
    index('consultation_owner_modified').on(t.owner, t.modified, t.id),
    index('consultation_province_held').on(t.province, t.heldFrom, t.id),
    index('consultation_province_title').on(t.province, t.title, t.id),
    index('consultation_province_modified').on(t.province, t.modified, t.id),
    index('consultation_held').on(t.heldFrom, t.id),
    index('consultation_title').on(t.title, t.id),
    index('consultation_modified').on(t.modified, t.id),
    index('consultation_region_held').on(t.region, t.heldFrom, t.id),
    index('consultation_follows').on(t.follows),
  ],
);

/** 主办方: lists and totals of committees rest on it, so it refers to nothing that could hide it. */
export const host = recordTable(
  consultations,
  'host',
  {
    consultation: uuid('consultation').notNull(),
    /** Current code of the committee that hosts. */
    committee: code('committee').notNull(),
    committeeAsFiled: code('committee_as_filed').notNull(),
    role: text('role').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('host_role', t.role, ['LEAD', 'CO_HOST']),
    check('host_lead', sql`(${t.role} = 'LEAD') = (${t.position} = 0)`),
    check('host_lead_owns', sql`${t.role} <> 'LEAD' or ${t.committee} = ${t.owner}`),
    unique('host_consultation_position').on(t.consultation, t.position),
    partOf('host_part', t, t.consultation, consultation),
    // A co-hosted record is counted apart from those its owner's counter holds, so the owner must be the whole's.
    foreignKey({
      name: 'host_owner',
      columns: [t.consultation, t.owner],
      foreignColumns: [consultation.id, consultation.owner],
    }).onUpdate('cascade'),
    index('host_co_host').on(t.committee, t.owner, t.consultation).where(sql`${t.role} = 'CO_HOST'`),
  ],
);

/** 主办平台: through which platform, and under which name, a committee hosts. */
export const hostPlatform = recordTable(
  consultations,
  'host_platform',
  {
    ...referenceColumns(),
    consultation: uuid('consultation').notNull(),
    host: uuid('host')
      .notNull()
      .references(() => host.id),
    workstation: uuid('workstation'),
    name: text('name'),
  },
  (t) => [
    unique('host_platform_host').on(t.host),
    partOf('host_platform_part', t, t.consultation, consultation),
    index('host_platform_consultation').on(t.consultation),
    index('host_platform_workstation').on(t.workstation, t.consultation),
  ],
  { refers: true },
);

/** 所属合作: the cooperation that a consultation is part of. */
export const cooperationLink = recordTable(
  consultations,
  'cooperation_link',
  { ...referenceColumns(), consultation: uuid('consultation').notNull(), cooperation: uuid('cooperation').notNull() },
  (t) => [
    unique('cooperation_link_consultation').on(t.consultation),
    partOf('cooperation_link_part', t, t.consultation, consultation),
    index('cooperation_link_cooperation').on(t.cooperation, t.consultation),
  ],
  { refers: true },
);

/** 参加人员; a member is there as a person too, so that all of a person's are found. */
export const participant = recordTable(
  consultations,
  'participant',
  {
    ...referenceColumns(),
    consultation: uuid('consultation').notNull(),
    member: uuid('member'),
    person: uuid('person'),
    role: text('role'),
    position: integer('position').notNull(),
  },
  (t) => [
    partOf('participant_part', t, t.consultation, consultation),
    index('participant_consultation').on(t.consultation, t.position, t.id),
    index('participant_member').on(t.member, t.consultation),
    index('participant_person').on(t.person, t.consultation),
  ],
  { refers: true },
);

/** 意见建议 */
export const suggestion = recordTable(
  consultations,
  'suggestion',
  {
    consultation: uuid('consultation').notNull(),
    text: text('text').notNull(),
    count: quantity('count'),
    position: integer('position').notNull(),
    province: province(),
  },
  (t) => [
    partOf('suggestion_part', t, t.consultation, consultation),
    index('suggestion_consultation').on(t.consultation, t.position, t.id),
    index('suggestion_owner_modified').on(t.owner, t.modified, t.id),
    index('suggestion_province_modified').on(t.province, t.modified, t.id),
    index('suggestion_modified').on(t.modified, t.id),
  ],
);

/** 建议人 */
export const suggestionAuthor = recordTable(
  consultations,
  'suggestion_author',
  {
    ...referenceColumns(),
    suggestion: uuid('suggestion').notNull(),
    member: uuid('member').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    unique('suggestion_author_member').on(t.suggestion, t.member),
    partOf('suggestion_author_part', t, t.suggestion, suggestion),
  ],
  { refers: true },
);

/** 采纳情况; the committee at whose side the decision was made is the owner. */
export const adoption = recordTable(
  consultations,
  'adoption',
  {
    suggestion: uuid('suggestion').notNull(),
    body: text('body').notNull(),
    bodyName: text('body_name').notNull(),
    status: text('status').notNull(),
    reason: text('reason'),
    decided: period('decided'),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('adoption_body', t.body, adoptionBodies),
    oneOf('adoption_status', t.status, adoptionStatuses),
    partOf('adoption_part', t, t.suggestion, suggestion),
    index('adoption_suggestion').on(t.suggestion, t.position, t.id),
  ],
);

/** 跟踪问效: later readings of progress. */
export const reading = recordTable(
  consultations,
  'reading',
  {
    consultation: uuid('consultation').notNull(),
    on: period('on'),
    text: text('text').notNull(),
    value: quantity('value'),
    unit: text('unit'),
    position: integer('position').notNull(),
  },
  (t) => [
    partOf('reading_part', t, t.consultation, consultation),
    index('reading_consultation').on(t.consultation, t.position, t.id),
  ],
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
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('outcome_kind', t.kind, outcomeKinds),
    partOf('outcome_part', t, t.consultation, consultation),
    index('outcome_consultation').on(t.consultation, t.position, t.id),
    index('outcome_owner_modified').on(t.owner, t.modified, t.id),
    index('outcome_modified').on(t.modified, t.id),
  ],
);

/** 年度协商计划 */
export const plan = recordTable(
  consultations,
  'plan',
  { year: integer('year').notNull(), title: text('title').notNull(), status: text('status').notNull() },
  (t) => [
    oneOf('plan_status', t.status, ['DRAFT', 'APPROVED', 'PUBLISHED']),
    index('plan_owner_year').on(t.owner, t.year, t.id),
    index('plan_owner_modified').on(t.owner, t.modified, t.id),
    index('plan_year').on(t.year, t.id),
    index('plan_modified').on(t.modified, t.id),
  ],
);

/** 计划事项 */
export const planItem = recordTable(
  consultations,
  'plan_item',
  {
    plan: uuid('plan').notNull(),
    kind: text('kind').notNull(),
    localKind: text('local_kind'),
    title: text('title'),
    count: quantity('count'),
    /** Of this subgraph, so it is looked up under its own audience and needs none here. */
    consultation: uuid('consultation'),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('plan_item_kind', t.kind, consultationKinds),
    partOf('plan_item_part', t, t.plan, plan),
    index('plan_item_plan').on(t.plan, t.position, t.id),
    index('plan_item_consultation').on(t.consultation),
  ],
);

export const upkeep: Upkeep = {
  counted: { consultation: 'kind_and_status', plan: 'status' },
  searched: { consultation: ['title', 'local_kind', 'topics', 'place', 'description'], suggestion: ['text'] },
};
