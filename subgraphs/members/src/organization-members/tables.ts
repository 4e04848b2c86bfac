import { oneOf, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { check, date, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { organization } from '../organizations/tables.ts';
import { member } from '../people/tables.ts';
import { members } from '../schema.ts';

export const organizationRoles = ['CONVENOR', 'DEPUTY', 'MEMBER'] as const;

/** 组织成员: a member in a special committee, group or party branch, or who convenes a sector. Seen as far as it is published, like a sector. */
export const organizationMember = recordTable(
  members,
  'organization_member',
  {
    organization: uuid('organization')
      .notNull()
      .references(() => organization.id),
    member: uuid('member')
      .notNull()
      .references(() => member.id),
    role: text('role').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    /** Its last day. */
    validUntil: date('valid_until', { mode: 'string' }),
  },
  (t) => [
    oneOf('organization_member_role', t.role, organizationRoles),
    check('organization_member_valid', sql`${t.validUntil} >= ${t.validFrom}`),
    uniqueIndex('organization_member_current')
      .on(t.organization, t.member, t.role)
      .where(sql`${t.validUntil} is null and ${t.deleted} is null`),
    index('organization_member_organization').on(t.organization, t.role, t.member),
    index('organization_member_member').on(t.member, t.validFrom),
  ],
  { duties: ['members', 'township'] },
);
