import { code, day, oneOf, partOf, period, quantity, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { check, date, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { members } from '../schema.ts';

export const organizationClassifications = [
  'OFFICE',
  'SPECIAL_COMMITTEE',
  'SECTOR',
  'SECTOR_GROUP',
  'TOWNSHIP_COMMITTEE',
  'MEMBER_GROUP',
  'PARTY_GROUP',
  'PARTY_BRANCH',
  'TEMPORARY_PARTY_BRANCH',
  'TEMPORARY_PARTY_CELL',
  'PARTY_COMMITTEE',
  'GOVERNMENT',
  'DEPARTMENT',
  'HOSPITAL',
  'UNIVERSITY',
  'COMPANY',
  'ASSOCIATION',
  'OTHER',
] as const;

/** 组织; `committee` is the owner. */
export const organization = recordTable(
  members,
  'organization',
  {
    name: text('name').notNull(),
    classification: text('classification').notNull(),
    parent: uuid('parent'),
    region: code('region'),
    description: text('description'),
    /** 届: the term for which it is set up; null for what outlasts terms. */
    term: uuid('term'),
    validFrom: date('valid_from', { mode: 'string' }),
    /** Its last day. */
    validUntil: date('valid_until', { mode: 'string' }),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    oneOf('organization_classification', t.classification, organizationClassifications),
    check('organization_valid', sql`${t.validUntil} >= ${t.validFrom}`),
    uniqueIndex('organization_name_term')
      .on(t.owner, t.classification, t.name, t.term)
      .where(sql`${t.term} is not null and ${t.validUntil} is null and ${t.deleted} is null`),
    index('organization_owner').on(t.owner, t.name, t.id),
    index('organization_parent').on(t.parent, t.name),
  ],
  // 乡镇街道政协工委 and member groups are kept by staff for townships too; which those are is checked with each step.
  { duties: ['members', 'township'] },
);

/** 届 */
export const term = recordTable(
  members,
  'term',
  { ordinal: integer('ordinal').notNull(), start: text('start'), end: text('end') },
  (t) => [uniqueIndex('term_owner_ordinal').on(t.owner, t.ordinal).where(sql`${t.deleted} is null`)],
);

/** 次 */
export const session = recordTable(
  members,
  'session',
  {
    term: uuid('term').notNull(),
    ordinal: integer('ordinal').notNull(),
    held: period('held'),
    heldFrom: day('held_from'),
    heldUntil: day('held_until'),
  },
  (t) => [
    uniqueIndex('session_term_ordinal').on(t.term, t.ordinal).where(sql`${t.deleted} is null`),
    partOf('session_term', t, t.term, term),
  ],
);

/** 报告数据: figures that sources state of a committee. */
export const committeeFigure = recordTable(
  members,
  'committee_figure',
  {
    label: text('label').notNull(),
    value: quantity('value').notNull(),
    unit: text('unit'),
    period: period('period'),
    asOf: period('as_of'),
    note: text('note'),
    position: integer('position').notNull().default(0),
  },
  (t) => [index('committee_figure_owner').on(t.owner, t.position)],
);
