import { period, province, publicOrders, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { boolean, check, customType, date, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { organization } from '../organizations/tables.ts';
import { members } from '../schema.ts';

/** Days on which a member serves, kept from the memberships: all days where none is recorded. */
const days = customType<{ data: string; driverData: string }>({ dataType: () => 'datemultirange' });

/** 人员 */
export const person = recordTable(members, 'person', { name: text('name').notNull() }, () => [], {
  duties: ['members', 'township'],
});

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
    serving: days('serving').notNull().default('{(,)}'),
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
    ...publicOrders('member', t, { name: t.name, modified: t.modified }),
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
    validFrom: date('valid_from', { mode: 'string' }),
    /** Its last day. */
    validUntil: date('valid_until', { mode: 'string' }),
  },
  (t) => [
    check('affiliation_valid', sql`${t.validUntil} >= ${t.validFrom}`),
    uniqueIndex('affiliation_current').on(t.member).where(sql`${t.validUntil} is null and ${t.deleted} is null`),
    index('affiliation_member_from').on(t.member, t.validFrom),
    index('affiliation_sector').on(t.sector, t.member),
  ],
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
    validFrom: date('valid_from', { mode: 'string' }),
    /** Its last day. */
    validUntil: date('valid_until', { mode: 'string' }),
    position: integer('position').notNull().default(0),
  },
  (t) => [
    index('post_person').on(t.person, t.position),
    index('post_owner').on(t.owner, t.position),
    index('post_organization').on(t.organization, t.position),
    check('post_valid', sql`${t.validUntil} >= ${t.validFrom}`),
  ],
  { duties: ['members', 'township'] },
);
