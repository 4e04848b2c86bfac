import { oneOf, province, publicOrders, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { check, date, index, text, uuid } from 'drizzle-orm/pg-core';
import { evaluationGrades } from '../followups/tables.ts';
import { consultations } from '../schema.ts';
import { problemMachine } from './problem.machine.ts';

type State = keyof typeof problemMachine.states;

/** 问题; the committee that found it is the owner. */
export const problem = recordTable(
  consultations,
  'problem',
  {
    ...statusColumns<State>(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    topic: text('topic'),
    site: text('site'),
    found: date('found', { mode: 'string' }).notNull(),
    /** In which it was found: the committee's own, or the one whose invitation it accepted. Looked up under its own audience, and so is the consultation. */
    linkedAction: uuid('linked_action'),
    consultation: uuid('consultation'),
    body: text('body'),
    /** 承办单位: an organization of `members`. It reads the record as one of its subjects. */
    department: uuid('department'),
    handedOver: date('handed_over', { mode: 'string' }),
    /** Day on which it was last sent to another committee. */
    referred: date('referred', { mode: 'string' }),
    due: date('due', { mode: 'string' }),
    measures: text('measures'),
    putRight: date('put_right', { mode: 'string' }),
    answer: text('answer'),
    /** Day on which it was answered. */
    answered: date('answered', { mode: 'string' }),
    /** 补录: day on which the office entered the answer, of a department that answered on paper. */
    answerEntered: date('answer_entered', { mode: 'string' }),
    reason: text('reason'),
    findings: text('findings'),
    verified: date('verified', { mode: 'string' }),
    conclusion: text('conclusion'),
    evaluation: text('evaluation'),
    province: province(),
  },
  (t) => [
    oneOf('problem_status', t.status, Object.keys(problemMachine.states)),
    oneOf('problem_evaluation', t.evaluation, evaluationGrades),
    // What is verified is put right.
    check('problem_verified', sql`${t.verified} is null or ${t.putRight} is not null`),
    index('problem_linked_action').on(t.linkedAction, t.found, t.id),
    index('problem_owner_found').on(t.owner, t.found, t.id),
    index('problem_owner_modified').on(t.owner, t.modified, t.id),
    index('problem_owner_topic').on(t.owner, t.topic, t.found),
    index('problem_province_found').on(t.province, t.found, t.id),
    index('problem_province_modified').on(t.province, t.modified, t.id),
    index('problem_found').on(t.found, t.id),
    index('problem_modified').on(t.modified, t.id),
    ...publicOrders('problem', t, { found: t.found, modified: t.modified }),
    index('problem_department').on(t.department, t.status),
    index('problem_waiting').on(t.owner, t.status, t.since),
  ],
  { department: true },
);

/** 问题办理记录 */
export const problemEvent = eventTable(consultations, 'problem', problem);
