import { code, oneOf, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { check, date, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { consultations } from '../schema.ts';
import { referralHandlingMachine } from './referral-handling.machine.ts';

export const referralDirections = ['UP', 'SIDEWAYS', 'DOWN'] as const;
type State = keyof typeof referralHandlingMachine.states;

/**
 * 转办: one hop of a matter from its owner to the committee that receives it. It carries what it is about, since the
 * receiver needn't read the record, and its parties are all through whose hands the matter went. Its sender takes
 * it back while its receiver has said nothing; else it is never changed.
 */
export const referral = recordTable(
  consultations,
  'referral',
  {
    /** Current code of the committee that receives it. */
    committee: code('committee').notNull(),
    direction: text('direction').$type<(typeof referralDirections)[number]>().notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    note: text('note'),
    sent: date('sent', { mode: 'string' }).notNull(),
    due: date('due', { mode: 'string' }).notNull(),
    hop: integer('hop').notNull(),
    /** Current codes of those through whose hands it went, from the first, without the receiver. */
    path: text('path').array().notNull(),
    previous: uuid('previous'),
    /** 收回: day on which its sender took it back, before its receiver said anything, and why. */
    recalled: date('recalled', { mode: 'string' }),
    recallReason: text('recall_reason'),
    /** What is referred, looked up under its own audience. */
    problem: uuid('problem'),
    submission: uuid('submission'),
  },
  (t) => [
    oneOf('referral_direction', t.direction, referralDirections),
    check('referral_matter', sql`num_nonnulls(${t.problem}, ${t.submission}) >= 1`),
    index('referral_problem').on(t.problem, t.created, t.id),
    index('referral_submission').on(t.submission, t.created, t.id),
    index('referral_committee').on(t.committee, t.created, t.id),
    index('referral_owner').on(t.owner, t.created, t.id),
  ],
);

/** 转办办理: the receiver's own record. */
export const referralHandling = recordTable(
  consultations,
  'referral_handling',
  {
    ...statusColumns<State>(),
    referral: uuid('referral')
      .notNull()
      .references(() => referral.id),
    due: date('due', { mode: 'string' }).notNull(),
    reason: text('reason'),
    result: text('result'),
    answered: date('answered', { mode: 'string' }),
  },
  (t) => [
    oneOf('referral_handling_status', t.status, Object.keys(referralHandlingMachine.states)),
    unique('referral_handling_once').on(t.referral),
    index('referral_handling_waiting').on(t.owner, t.status, t.due),
  ],
);

/** 转办办理记录 */
export const referralHandlingEvent = eventTable(consultations, 'referral_handling', referralHandling);

/** Only the receiver handles what was sent to it. */
export const referralTriggers = `
create or replace function consultations.keep_referral_handling() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- One that is being taken back is waited for, and is nobody's to handle then.
  perform 1 from consultations.referral where id = new.referral and committee = new.owner and recalled is null for share;
  if not found then
    raise exception 'the referral is another committee''s' using errcode = '23514', constraint = 'referral_handling_receiver';
  end if;
  return new;
end $$;
create or replace trigger keep_referral_handling before insert or update of owner, referral on consultations.referral_handling
  for each row execute function consultations.keep_referral_handling();`;
