import { quantity, recordTable, type Upkeep } from '@hub/database';
import { officeCallable, officeFunctions } from '@hub/references';
import { boolean, integer, jsonb, unique, uuid } from 'drizzle-orm/pg-core';
import { allowanceCallable, allowanceFunctions } from './allowances/tables.ts';
import { contactTriggers } from './contacts/tables.ts';
import { nameTriggers } from './corrections/tables.ts';
import { dutyCallable, dutyFunctions } from './duty/tables.ts';
import { membershipTriggers } from './memberships/triggers.ts';
import { member } from './people/tables.ts';
import { members } from './schema.ts';
import { tagTriggers } from './tags/tables.ts';
import { termCallable, termTriggers } from './terms/triggers.ts';

export * from './allowances/tables.ts';
export * from './contacts/tables.ts';
export { correction } from './corrections/tables.ts';
export * from './duty/tables.ts';
export * from './memberships/tables.ts';
export * from './organization-members/tables.ts';
export * from './organizations/tables.ts';
export * from './people/tables.ts';
export * from './settings/tables.ts';
export * from './tags/tables.ts';

export { members };

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
  triggers: [
    termTriggers,
    nameTriggers,
    membershipTriggers,
    tagTriggers,
    contactTriggers,
    dutyFunctions,
    allowanceFunctions,
    officeFunctions('members'),
  ].join('\n'),
  callable: [...termCallable, ...dutyCallable, ...allowanceCallable, ...officeCallable],
};
