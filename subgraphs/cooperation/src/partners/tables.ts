import { code, oneOf, partOf, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { date, foreignKey, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { cooperation } from '../cooperations/tables.ts';
import { cooperationSchema } from '../schema.ts';
import { partnerMachine } from './partner.machine.ts';

type PartnerStatus = keyof typeof partnerMachine.states;

export const partnerRoles = ['INITIATOR', 'PARTNER', 'DONOR', 'RECIPIENT', 'VISITOR', 'HOST'] as const;

/**
 * 合作方: a committee in a cooperation, or one that was asked; the one at position 0 is its owner. The rows are the owner's
 * as the cooperation is: what the others say to it are rows of their own (`partner_answer`), which move these.
 */
export const partner = recordTable(
  cooperationSchema,
  'partner',
  {
    ...statusColumns<PartnerStatus>(),
    status: text('status').$type<PartnerStatus>().notNull().default('ACCEPTED'),
    cooperation: uuid('cooperation').notNull(),
    committee: code('committee').notNull(),
    committeeAsFiled: code('committee_as_filed').notNull(),
    role: text('role').notNull(),
    position: integer('position').notNull(),
    /** Why it isn't one, or what it said when it became one. */
    reason: text('reason'),
    /** The cooperation's revision that it had read when it answered. */
    answeredRevision: integer('answered_revision'),
  },
  (t) => [
    oneOf('partner_role', t.role, partnerRoles),
    oneOf('partner_status', t.status, Object.keys(partnerMachine.states)),
    unique('partner_cooperation_position').on(t.cooperation, t.position),
    uniqueIndex('partner_committee_once')
      .on(t.cooperation, t.committee)
      .where(sql`${t.status} in ('INVITED', 'ACCEPTED') and ${t.deleted} is null`),
    partOf('partner_cooperation', t, t.cooperation, cooperation),
    // A record that partners share is counted apart from those its owner's counter holds, so the owner must be the whole's.
    foreignKey({
      name: 'partner_owner',
      columns: [t.cooperation, t.owner],
      foreignColumns: [cooperation.id, cooperation.owner],
    }),
    // Whose pages a cooperation is on besides its owner's.
    index('partner_committee').on(t.committee, t.cooperation).where(sql`status = 'ACCEPTED'`),
    // Whom an invitation waits for.
    index('partner_waiting').on(t.committee, t.since, t.id).where(sql`status = 'INVITED' and since is not null`),
  ],
);

/** 合作方办理记录 */
export const partnerEvent = eventTable(cooperationSchema, 'partner', partner);

/** 合作方答复: what a committee says to being invited, or that it leaves; its own record, and never changed. */
export const partnerAnswer = recordTable(
  cooperationSchema,
  'partner_answer',
  {
    partner: uuid('partner').notNull(),
    answer: text('answer').notNull(),
    reason: text('reason'),
    answered: date('answered', { mode: 'string' }).notNull(),
    /** The cooperation's revision that it had read. */
    cooperationRevision: integer('cooperation_revision').notNull(),
  },
  (t) => [
    oneOf('partner_answer_answer', t.answer, ['ACCEPTED', 'DECLINED', 'LEFT']),
    partOf('partner_answer_part', t, t.partner, partner),
    index('partner_answer_partner').on(t.partner),
  ],
);

/** 合作单位: a body that takes part at a partner's side, as the source names it; it may be an organization of another subgraph. */
export const partnerOrganization = recordTable(
  cooperationSchema,
  'partner_organization',
  {
    partner: uuid('partner').notNull(),
    name: text('name').notNull(),
    role: text('role'),
    organization: uuid('organization'),
    /** Its place in the source; what partners add comes after that, as it was added. */
    position: integer('position'),
    ...referenceColumns(),
  },
  (t) => [
    unique('partner_organization_partner_position').on(t.partner, t.position),
    partOf('partner_organization_partner', t, t.partner, partner),
    index('partner_organization_organization').on(t.organization, t.partner),
  ],
  { refers: true },
);

/** 合作单位的组织记录: where a partner names one; apart from the body's name, since fewer may see it. */
export const organizationLink = recordTable(
  cooperationSchema,
  'organization_link',
  {
    partnerOrganization: uuid('partner_organization').notNull(),
    organization: uuid('organization').notNull(),
    ...referenceColumns(),
  },
  (t) => [
    unique('organization_link_once').on(t.partnerOrganization),
    partOf('organization_link_part', t, t.partnerOrganization, partnerOrganization),
    index('organization_link_organization').on(t.organization, t.partnerOrganization),
  ],
  { refers: true },
);
