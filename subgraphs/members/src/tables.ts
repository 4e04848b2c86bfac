import { code, day, oneOf, partOf, period, province, quantity, recordTable, type Upkeep } from '@hub/database';
import { boolean, index, integer, jsonb, pgSchema, text, unique, uuid } from 'drizzle-orm/pg-core';

export const members = pgSchema('members');

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

/** 人员 */
export const person = recordTable(members, 'person', { name: text('name').notNull() });

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
  },
  (t) => [
    oneOf('organization_classification', t.classification, organizationClassifications),
    index('organization_owner').on(t.owner, t.name, t.id),
    index('organization_parent').on(t.parent, t.name),
  ],
);

/** 委员: person × committee; the committee is the owner. */
export const member = recordTable(
  members,
  'member',
  {
    person: uuid('person')
      .notNull()
      .references(() => person.id),
    /** The person's name, again: lists are ordered and searched by it. */
    name: text('name').notNull(),
    occupation: text('occupation'),
    tags: text('tags').array().notNull().default([]),
    /** What summaries group by: a member is a member. */
    kind: text('kind').notNull().default('MEMBER'),
    province: province(),
  },
  (t) => [
    unique('member_person_owner').on(t.person, t.owner),
    index('member_owner_name').on(t.owner, t.name, t.id),
    index('member_owner_modified').on(t.owner, t.modified, t.id),
    index('member_province_name').on(t.province, t.name, t.id),
    index('member_province_modified').on(t.province, t.modified, t.id),
    index('member_name').on(t.name, t.id),
    index('member_modified').on(t.modified, t.id),
  ],
);

/** 所属界别: apart from the member, since a sector can tell a belief or a party; it is seen only where the committee publishes it. */
export const affiliation = recordTable(
  members,
  'affiliation',
  {
    member: uuid('member')
      .notNull()
      .references(() => member.id),
    sector: uuid('sector')
      .notNull()
      .references(() => organization.id),
  },
  (t) => [unique('affiliation_member').on(t.member), index('affiliation_sector').on(t.sector, t.member)],
);

/** 职务; the committee on whose pages it stands is the owner. */
export const post = recordTable(
  members,
  'post',
  {
    person: uuid('person')
      .notNull()
      .references(() => person.id),
    organization: uuid('organization').references(() => organization.id),
    title: text('title').notNull(),
    current: boolean('current').notNull().default(true),
    asOf: period('as_of'),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    index('post_person').on(t.person, t.position),
    index('post_owner').on(t.owner, t.position),
    index('post_organization').on(t.organization, t.position),
  ],
);

/** 届 */
export const term = recordTable(
  members,
  'term',
  { ordinal: integer('ordinal').notNull(), start: text('start'), end: text('end') },
  (t) => [unique('term_owner_ordinal').on(t.owner, t.ordinal)],
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
  (t) => [unique('session_term_ordinal').on(t.term, t.ordinal), partOf('session_term', t, t.term, term)],
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

/** 年度履职报告, as a source reports it; its subject is the member. */
export const dutyReport = recordTable(
  members,
  'duty_report',
  {
    member: uuid('member')
      .notNull()
      .references(() => member.id),
    year: integer('year').notNull(),
    yearInferred: boolean('year_inferred').notNull().default(false),
    total: quantity('total').notNull(),
    lines: jsonb('lines').$type<readonly { kind: string; count: number }[]>().notNull().default([]),
  },
  (t) => [unique('duty_report_member_year').on(t.member, t.year)],
);

export const upkeep: Upkeep = {
  counted: { member: 'kind' },
  searched: { member: ['name', 'occupation', 'tags'] },
};
