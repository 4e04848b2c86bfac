import {
  code,
  day,
  figures,
  oneOf,
  partOf,
  period,
  quantity,
  recordSchema,
  recordTable,
  referenceColumns,
  type Upkeep,
} from '@hub/database';
import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';

export const cooperationSchema = recordSchema('cooperation', 'meetings');

export const cooperationKinds = ['PAIRING', 'COUNTERPART_AID', 'STUDY_VISIT', 'LINKED_ACTION'] as const;
export const cooperationStatuses = ['CONTACT', 'ACTIVE', 'CONCLUDED'] as const;
export const partnerRoles = ['INITIATOR', 'PARTNER', 'DONOR', 'RECIPIENT', 'VISITOR', 'HOST'] as const;
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

/** 合作; its first partner is the owner, and all partners are parties where it is JOINT. */
export const cooperation = recordTable(
  cooperationSchema,
  'cooperation',
  {
    title: text('title').notNull(),
    kind: text('kind').notNull(),
    field: text('field').notNull(),
    status: text('status').notNull(),
    started: period('started'),
    startedFrom: day('started_from'),
    description: text('description'),
    /** Names of the partners' committees: a search finds a cooperation by them, and it looks at this row alone. */
    partnerNames: text('partner_names').array().notNull().default([]),
    figures: figures(),
  },
  (t) => [
    unique('cooperation_owner').on(t.id, t.owner),
    oneOf('cooperation_kind', t.kind, cooperationKinds),
    oneOf('cooperation_status', t.status, cooperationStatuses),
    index('cooperation_owner_started').on(t.owner, t.startedFrom, t.id),
    index('cooperation_owner_title').on(t.owner, t.title, t.id),
    index('cooperation_owner_modified').on(t.owner, t.modified, t.id),
    index('cooperation_started').on(t.startedFrom, t.id),
    index('cooperation_title').on(t.title, t.id),
    index('cooperation_modified').on(t.modified, t.id),
  ],
);

/** 合作方: a committee in a cooperation; the one at position 0 is its owner. */
export const partner = recordTable(
  cooperationSchema,
  'partner',
  {
    cooperation: uuid('cooperation').notNull(),
    committee: code('committee').notNull(),
    committeeAsFiled: code('committee_as_filed').notNull(),
    role: text('role').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('partner_role', t.role, partnerRoles),
    unique('partner_cooperation_position').on(t.cooperation, t.position),
    partOf('partner_cooperation', t, t.cooperation, cooperation),
    // A record that partners share is counted apart from those its owner's counter holds, so the owner must be the whole's.
    foreignKey({
      name: 'partner_owner',
      columns: [t.cooperation, t.owner],
      foreignColumns: [cooperation.id, cooperation.owner],
    }),
    // Whose pages a cooperation is on besides its owner's.
    index('partner_committee').on(t.committee, t.cooperation).where(sql`position > 0`),
  ],
);

/** 合作单位: a body that takes part at a partner's side, as the source names it; it may be an organization of another subgraph. */
export const partnerOrganization = recordTable(
  cooperationSchema,
  'partner_organization',
  {
    partner: uuid('partner').notNull(),
    name: text('name').notNull(),
    organization: uuid('organization'),
    position: integer('position').notNull(),
    ...referenceColumns(),
  },
  (t) => [
    unique('partner_organization_partner_position').on(t.partner, t.position),
    partOf('partner_organization_partner', t, t.partner, partner),
    index('partner_organization_organization').on(t.organization, t.partner),
  ],
  { refers: true },
);

/** 合作步骤 */
export const milestone = recordTable(
  cooperationSchema,
  'milestone',
  {
    cooperation: uuid('cooperation').notNull(),
    title: text('title').notNull(),
    stage: text('stage').notNull(),
    date: period('date'),
    dateFrom: day('date_from'),
    dateUntil: day('date_until'),
    /** False for what a source announces only. */
    done: boolean('done').notNull().default(true),
    description: text('description'),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('milestone_stage', t.stage, milestoneStages),
    unique('milestone_cooperation_position').on(t.cooperation, t.position),
    partOf('milestone_cooperation', t, t.cooperation, cooperation),
    index('milestone_cooperation_date').on(t.cooperation, t.dateFrom),
  ],
);

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

/** 协议 */
export const agreement = recordTable(
  cooperationSchema,
  'agreement',
  {
    cooperation: uuid('cooperation').notNull(),
    title: text('title').notNull(),
    signed: period('signed'),
    /** Who signed, in words. */
    signatories: text('signatories').array().notNull(),
    description: text('description'),
    position: integer('position').notNull(),
  },
  (t) => [
    unique('agreement_cooperation_position').on(t.cooperation, t.position),
    partOf('agreement_cooperation', t, t.cooperation, cooperation),
  ],
);

/** 帮扶台账 */
export const aidEntry = recordTable(
  cooperationSchema,
  'aid_entry',
  {
    cooperation: uuid('cooperation').notNull(),
    form: text('form').notNull(),
    amount: quantity('amount').notNull(),
    unit: text('unit').notNull(),
    given: period('given'),
    description: text('description'),
    position: integer('position').notNull(),
  },
  (t) => [
    unique('aid_entry_cooperation_position').on(t.cooperation, t.position),
    partOf('aid_entry_cooperation', t, t.cooperation, cooperation),
  ],
);

export const upkeep: Upkeep = {
  counted: { cooperation: 'kind' },
  searched: {
    cooperation: ['title', 'field', 'description', 'partner_names'],
    // Apart from the cooperation: who may not see an organization doesn't find anything by its name either.
    partner_organization: ['name'],
  },
};
