import { code, oneOf, province, publicOrders, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { date, index, text, uuid } from 'drizzle-orm/pg-core';
import { consultations } from '../schema.ts';
import { submissionMachine } from './submission.machine.ts';

export const submissionKinds = ['TOPIC', 'WISH', 'LEAD'] as const;
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

/** 来件办理记录 */
export const submissionEvent = eventTable(consultations, 'submission', submission);
