import { code, oneOf, province, publicOrders, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { date, index, text, unique, uuid } from 'drizzle-orm/pg-core';
import { evaluationGrades } from '../followups/tables.ts';
import { consultations } from '../schema.ts';
import { submissionMachine } from './submission.machine.ts';

export const submissionKinds = ['TOPIC', 'WISH', 'LEAD'] as const;
/** How it came: here, or on paper, by telephone or in person to the office. */
export const submissionWays = ['ONLINE', 'LETTER', 'CALL', 'VISIT'] as const;
type State = keyof typeof submissionMachine.states;

/** 来件: of the public under a receipt, of a member as its author, or of a liaison officer. */
export const submission = recordTable(
  consultations,
  'submission',
  {
    ...statusColumns<State>(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    /** Current code of the region that it speaks of. */
    region: code('region'),
    /** Who filed it: a role, and the member where it is one. */
    filedBy: text('filed_by').notNull(),
    author: uuid('author'),
    receipt: text('receipt'),
    received: date('received', { mode: 'string' }).notNull(),
    /** 补录: day on which the office entered it, from a letter or a call. */
    entered: date('entered', { mode: 'string' }),
    way: text('way').notNull().default('ONLINE'),
    /** 评价: what whoever filed it makes of the answer. */
    rating: text('rating'),
    ratingText: text('rating_text'),
    rated: date('rated', { mode: 'string' }),
    reason: text('reason'),
    /** 承办单位: an organization of `members`. It reads the record as one of its subjects. */
    department: uuid('department'),
    answer: text('answer'),
    /** Day on which it was answered. */
    answered: date('answered', { mode: 'string' }),
    /** 补录: day on which the office entered the answer, of a department that answered on paper. */
    answerEntered: date('answer_entered', { mode: 'string' }),
    result: text('result'),
    solved: date('solved', { mode: 'string' }),
    /** What it became: a consultation of this subgraph, looked up under its own audience. */
    consultation: uuid('consultation'),
    /** The item of an annual plan that it was taken into, looked up likewise. */
    planItem: uuid('plan_item'),
    province: province(),
  },
  (t) => [
    oneOf('submission_way', t.way, submissionWays),
    oneOf('submission_rating', t.rating, evaluationGrades),
    oneOf('submission_kind', t.kind, submissionKinds),
    oneOf('submission_status', t.status, Object.keys(submissionMachine.states)),
    index('submission_owner_received').on(t.owner, t.received, t.id),
    index('submission_owner_modified').on(t.owner, t.modified, t.id),
    index('submission_province_received').on(t.province, t.received, t.id),
    index('submission_province_modified').on(t.province, t.modified, t.id),
    index('submission_received').on(t.received, t.id),
    index('submission_modified').on(t.modified, t.id),
    ...publicOrders('submission', t, { received: t.received, modified: t.modified }),
    index('submission_consultation').on(t.consultation),
    index('submission_plan_item').on(t.planItem),
    index('submission_receipt').on(t.receipt),
    index('submission_author').on(t.author),
    index('submission_department').on(t.department, t.status),
    index('submission_waiting').on(t.owner, t.status, t.since),
    index('submission_filed_by').on(t.owner, t.filedBy),
  ],
  { author: true, department: true, receipt: true },
);

/** 联系电话: for the office that handles it and for whoever filed it, however widely the submission is seen. */
export const submissionContact = recordTable(
  consultations,
  'submission_contact',
  {
    submission: uuid('submission')
      .notNull()
      .references(() => submission.id),
    author: uuid('author'),
    receipt: text('receipt'),
    phone: text('phone').notNull(),
  },
  (t) => [unique('submission_contact_once').on(t.submission), index('submission_contact_receipt').on(t.receipt)],
  { author: true, receipt: true },
);

/** 来件办理记录 */
export const submissionEvent = eventTable(consultations, 'submission', submission);

/** Whoever holds a receipt changes nothing of a row but by this: they withdraw what is in nobody's hands, and rate what was answered. */
export const filerFunctions = `
create or replace function consultations.take_as_filer(wanted uuid, seen integer, grade text, said text) returns integer
  language sql security definer set search_path = '' as $$
  update consultations.submission set
      status = case when grade is null then 'WITHDRAWN' else status end,
      since = case when grade is null then (now() at time zone 'Asia/Shanghai')::date else since end,
      rating = coalesce(grade, rating), rating_text = case when grade is null then rating_text else said end,
      rated = case when grade is null then rated else (now() at time zone 'Asia/Shanghai')::date end
    where id = wanted and revision = seen and deleted is null and receipt = nullif(current_setting('hub.receipt', true), '')
      and status in (select unnest(case when grade is null then '{RECEIVED,ACCEPTED}' else '{ANSWERED,SOLVED}' end::text[]))
    returning revision
$$;`;

/** What of these functions the subgraph’s role may call. */
export const filerCallable: readonly string[] = ['take_as_filer(uuid, integer, text, text)'];
