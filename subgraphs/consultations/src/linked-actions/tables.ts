import { code, figures, oneOf, partOf, province, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { check, date, index, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultations } from '../schema.ts';
import { linkedActionMachine } from './linked-action.machine.ts';
import { linkedPartMachine } from './linked-part.machine.ts';

export const linkedActionKinds = ['CONSULTATION', 'SUPERVISION', 'SURVEY'] as const;
export const linkedInvitationStatuses = ['OPEN', 'WITHDRAWN', 'CONCLUDED', 'CANCELLED'] as const;
export type LinkedInvitationStatus = (typeof linkedInvitationStatuses)[number];
type ActionState = keyof typeof linkedActionMachine.states;
export type PartState = keyof typeof linkedPartMachine.states;

/** What the letter of an action says: the action holds it, and so does every invitation. */
const letter = () => ({
  kind: text('kind').$type<(typeof linkedActionKinds)[number]>().notNull(),
  title: text('title').notNull(),
  description: text('description').notNull(),
  answerBy: date('answer_by', { mode: 'string' }).notNull(),
  handInBy: date('hand_in_by', { mode: 'string' }).notNull(),
  reason: text('reason'),
  conclusion: text('conclusion'),
});

/** 联动行动; one that carries on an invitation of a committee above names it and the action that it is from. */
export const linkedAction = recordTable(
  consultations,
  'linked_action',
  {
    ...statusColumns<ActionState>(),
    ...letter(),
    /** Looked up under their own audiences: those who see this one needn't see what it carries on. */
    linkedInvitation: uuid('linked_invitation'),
    partOf: uuid('part_of'),
    platformName: text('platform_name'),
    province: province(),
  },
  (t) => [
    oneOf('linked_action_kind', t.kind, linkedActionKinds),
    oneOf('linked_action_status', t.status, Object.keys(linkedActionMachine.states)),
    check('linked_action_days', sql`${t.answerBy} <= ${t.handInBy}`),
    check('linked_action_whole', sql`(${t.linkedInvitation} is null) = (${t.partOf} is null)`),
    // One committee carries an invitation on once.
    uniqueIndex('linked_action_invitation')
      .on(t.linkedInvitation)
      .where(sql`${t.status} <> 'CANCELLED' and ${t.deleted} is null`),
    index('linked_action_part_of').on(t.partOf, t.id),
    index('linked_action_owner_modified').on(t.owner, t.modified, t.id),
    index('linked_action_owner_hand_in_by').on(t.owner, t.handInBy, t.id),
    index('linked_action_province_modified').on(t.province, t.modified, t.id),
    index('linked_action_province_hand_in_by').on(t.province, t.handInBy, t.id),
    index('linked_action_modified').on(t.modified, t.id),
    index('linked_action_hand_in_by').on(t.handInBy, t.id),
    index('linked_action_waiting').on(t.owner, t.status, t.handInBy).where(sql`${t.since} is not null`),
  ],
);

/** 联动行动办理记录 */
export const linkedActionEvent = eventTable(consultations, 'linked_action', linkedAction);

/**
 * 联动邀请: one row for each committee that is invited, so that each has its own audience: the two, and those whose action
 * this one carries on. It carries the letter, since who may read it needn't read the action.
 */
export const linkedInvitation = recordTable(
  consultations,
  'linked_invitation',
  {
    linkedAction: uuid('linked_action')
      .notNull()
      // What is withdrawn takes its parts along, and this is how a part is known.
      .references(() => linkedAction.id, { onUpdate: 'cascade' }),
    /** Current code of the committee that is invited. */
    committee: code('committee').notNull(),
    committeeAsFiled: code('committee_as_filed').notNull(),
    sent: date('sent', { mode: 'string' }).notNull(),
    status: text('status').$type<LinkedInvitationStatus>().notNull().default('OPEN'),
    ...letter(),
  },
  (t) => [
    oneOf('linked_invitation_kind', t.kind, linkedActionKinds),
    oneOf('linked_invitation_status', t.status, linkedInvitationStatuses),
    // Whoever was invited is so once, however many invite at the same time.
    uniqueIndex('linked_invitation_once')
      .on(t.linkedAction, t.committee)
      .where(sql`${t.status} <> 'WITHDRAWN' and ${t.deleted} is null`),
    index('linked_invitation_action').on(t.linkedAction, t.committee, t.id),
    index('linked_invitation_committee_modified').on(t.committee, t.modified, t.id),
    index('linked_invitation_committee_status').on(t.committee, t.status, t.answerBy),
  ],
);

/** 联动任务: what the invited committee makes of its invitation, which is its own record. */
export const linkedPart = recordTable(
  consultations,
  'linked_part',
  {
    ...statusColumns<PartState>(),
    linkedInvitation: uuid('linked_invitation')
      .notNull()
      .references(() => linkedInvitation.id),
    reason: text('reason'),
    answered: date('answered', { mode: 'string' }).notNull(),
    plan: text('plan'),
    plannedFrom: date('planned_from', { mode: 'string' }),
    plannedUntil: date('planned_until', { mode: 'string' }),
    /** Its own consultation, looked up under its own audience. */
    consultation: uuid('consultation'),
    platformName: text('platform_name'),
    report: text('report'),
    figures: figures(),
    handedIn: date('handed_in', { mode: 'string' }),
  },
  (t) => [
    oneOf('linked_part_status', t.status, Object.keys(linkedPartMachine.states)),
    check('linked_part_days', sql`${t.plannedFrom} <= ${t.plannedUntil}`),
    // Who answers second at the same time is told what the first said.
    unique('linked_part_once').on(t.linkedInvitation),
    index('linked_part_waiting').on(t.owner, t.status, t.since),
  ],
);

/** 联动任务办理记录 */
export const linkedPartEvent = eventTable(consultations, 'linked_part', linkedPart);

/** What a committee carries its action or its part out through. */
const platform = () => ({
  ...referenceColumns(),
  workstation: uuid('workstation'),
  organization: uuid('organization'),
});

/** 承办平台: the workstation or organization through which a committee begins an action, for those who may see that. */
export const linkedActionPlatform = recordTable(
  consultations,
  'linked_action_platform',
  { ...platform(), linkedAction: uuid('linked_action').notNull() },
  (t) => [
    unique('linked_action_platform_once').on(t.linkedAction),
    partOf('linked_action_platform_part', t, t.linkedAction, linkedAction),
  ],
  { refers: true },
);

/** 承办平台: the one through which it takes part in another's. */
export const linkedPartPlatform = recordTable(
  consultations,
  'linked_part_platform',
  { ...platform(), linkedPart: uuid('linked_part').notNull() },
  (t) => [
    unique('linked_part_platform_once').on(t.linkedPart),
    partOf('linked_part_platform_part', t, t.linkedPart, linkedPart),
  ],
  { refers: true },
);

/** Who isn't invited has no part, and what was withdrawn or cancelled isn't answered, not even while it is being withdrawn. */
export const linkedPartTriggers = `
create or replace function consultations.keep_linked_part() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  letter record;
begin
  select committee, status into letter from consultations.linked_invitation where id = new.linked_invitation for share;
  if letter.committee <> new.owner then
    raise exception 'the invitation is another committee''s' using errcode = '23514', constraint = 'linked_part_invited';
  end if;
  if new.status in ('ACCEPTED', 'DECLINED', 'PLANNED') and letter.status <> 'OPEN'
    or new.status = 'HANDED_IN' and letter.status not in ('OPEN', 'CONCLUDED') then
    raise exception 'the invitation is closed' using errcode = '23514', constraint = 'linked_part_invitation_open';
  end if;
  return new;
end $$;
create or replace trigger keep_linked_part before insert or update of status on consultations.linked_part
  for each row execute function consultations.keep_linked_part();`;
