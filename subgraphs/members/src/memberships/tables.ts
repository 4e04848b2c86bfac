import { oneOf, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, check, date, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { term } from '../organizations/tables.ts';
import { member } from '../people/tables.ts';
import { members } from '../schema.ts';
import { membershipMachine } from './membership.machine.ts';

export const membershipEndings = ['RESIGNATION', 'REMOVAL', 'DEATH', 'TRANSFER'] as const;
type State = keyof typeof membershipMachine.states;

/** 委员资格: member × term. */
export const membership = recordTable(
  members,
  'membership',
  {
    ...statusColumns<State>(),
    member: uuid('member')
      .notNull()
      .references(() => member.id),
    term: uuid('term')
      .notNull()
      .references(() => term.id),
    /** 增补: appointed after the term had begun. */
    added: boolean('added').notNull().default(false),
    validFrom: date('valid_from', { mode: 'string' }),
    /** Its last day. */
    validUntil: date('valid_until', { mode: 'string' }),
    /** Which meeting agreed, and when. */
    decision: text('decision'),
    decided: date('decided', { mode: 'string' }),
    ending: text('ending'),
    /** Which meeting ended it. */
    endingDecision: text('ending_decision'),
  },
  (t) => [
    oneOf('membership_status', t.status, Object.keys(membershipMachine.states)),
    oneOf('membership_ending', t.ending, membershipEndings),
    check('membership_valid', sql`${t.validUntil} >= ${t.validFrom}`),
    uniqueIndex('membership_member_term')
      .on(t.member, t.term)
      .where(sql`${t.status} in ('NOMINATED', 'APPROVED', 'SUSPENDED') and ${t.deleted} is null`),
    index('membership_member').on(t.member, t.validFrom),
    index('membership_term').on(t.term, t.status),
    index('membership_owner_status').on(t.owner, t.status, t.since),
  ],
);

/** 委员资格办理记录 */
export const membershipEvent = eventTable(members, 'membership', membership);

/** 事由: why a membership was suspended or ended. Apart from it, since a reason speaks of a person: staff and the member alone read it. */
export const membershipReason = recordTable(
  members,
  'membership_reason',
  {
    membership: uuid('membership')
      .notNull()
      .references(() => membership.id),
    step: text('step').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [index('membership_reason_membership').on(t.membership, t.created)],
);
