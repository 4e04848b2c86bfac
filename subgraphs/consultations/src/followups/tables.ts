import { oneOf, type PartAudience, partOf, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { check, date, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultation } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';
import { adoptionBodies } from '../suggestions/tables.ts';
import { followUpMachine } from './followup.machine.ts';

export const dispatchForms = ['FORMAL_PROPOSAL', 'SPECIAL_REPORT', 'INFORMATION'] as const;
export const evaluationGrades = ['SATISFIED', 'MOSTLY_SATISFIED', 'UNDERSTANDING', 'DISSATISFIED'] as const;
type State = keyof typeof followUpMachine.states;

/** 跟踪落实: of a consultation, by each committee that hosts it for its own side, with its minutes and as wide as these are. */
export const followUp = recordTable(
  consultations,
  'follow_up',
  {
    ...statusColumns<State>(),
    consultation: uuid('consultation')
      .notNull()
      .references(() => consultation.id, { onUpdate: 'cascade' }),
    minutes: text('minutes').notNull(),
    /** 回头看 */
    findings: text('findings'),
    reviewed: date('reviewed', { mode: 'string' }),
    conclusion: text('conclusion'),
  },
  (t) => [
    oneOf('follow_up_status', t.status, Object.keys(followUpMachine.states)),
    uniqueIndex('follow_up_once').on(t.consultation, t.owner).where(sql`${t.deleted} is null`),
    index('follow_up_waiting').on(t.owner, t.status, t.since),
  ],
);

/** 跟踪落实办理记录 */
export const followUpEvent = eventTable(consultations, 'follow_up', followUp);

/** 成果报送: to whom the results went, and as what. */
export const dispatch = recordTable(
  consultations,
  'dispatch',
  {
    followUp: uuid('follow_up')
      .notNull()
      .references(() => followUp.id, { onUpdate: 'cascade' }),
    to: text('to').notNull(),
    form: text('form').notNull(),
    title: text('title').notNull(),
    documentNumber: text('document_number'),
    sent: date('sent', { mode: 'string' }).notNull(),
  },
  (t) => [oneOf('dispatch_form', t.form, dispatchForms), index('dispatch_follow_up').on(t.followUp, t.created, t.id)],
);

/** 办理情况报告 */
export const handlingReport = recordTable(
  consultations,
  'handling_report',
  {
    followUp: uuid('follow_up')
      .notNull()
      .references(() => followUp.id, { onUpdate: 'cascade' }),
    from: text('from').notNull(),
    text: text('text').notNull(),
    received: date('received', { mode: 'string' }).notNull(),
  },
  (t) => [index('handling_report_follow_up').on(t.followUp, t.created, t.id)],
);

/** 跟踪活动: the visit or meeting through which it was followed up; looked up under its own audience. */
export const followUpVisit = recordTable(
  consultations,
  'follow_up_visit',
  { followUp: uuid('follow_up').notNull(), consultation: uuid('consultation').notNull(), note: text('note') },
  (t) => [
    uniqueIndex('follow_up_visit_once').on(t.followUp, t.consultation).where(sql`${t.deleted} is null`),
    partOf('follow_up_visit_part', t, t.followUp, followUp),
    index('follow_up_visit_consultation').on(t.consultation),
  ],
);

/** 落实评价: what one party made of it; the committee at whose side it was made is the owner. */
export const followUpEvaluation = recordTable(
  consultations,
  'follow_up_evaluation',
  {
    followUp: uuid('follow_up')
      .notNull()
      .references(() => followUp.id, { onUpdate: 'cascade' }),
    body: text('body').notNull(),
    bodyName: text('body_name').notNull(),
    attitude: text('attitude').notNull(),
    result: text('result').notNull(),
    reason: text('reason'),
  },
  (t) => [
    oneOf('follow_up_evaluation_body', t.body, adoptionBodies),
    oneOf('follow_up_evaluation_attitude', t.attitude, evaluationGrades),
    oneOf('follow_up_evaluation_result', t.result, evaluationGrades),
    check(
      'follow_up_evaluation_reason',
      sql`'DISSATISFIED' not in (${t.attitude}, ${t.result}) or ${t.reason} is not null`,
    ),
    uniqueIndex('follow_up_evaluation_once')
      .on(t.followUp, t.owner, t.body, t.bodyName)
      .where(sql`${t.deleted} is null`),
  ],
);

/** 参会评价: of a member who took part; for staff of the member's committee and the member alone. */
export const consultationEvaluation = recordTable(
  consultations,
  'consultation_evaluation',
  {
    consultation: uuid('consultation')
      .notNull()
      .references(() => consultation.id, { onUpdate: 'cascade' }),
    author: uuid('author').notNull(),
    attitude: integer('attitude').notNull(),
    result: integer('result').notNull(),
    text: text('text'),
  },
  (t) => [
    check('consultation_evaluation_attitude', sql`${t.attitude} between 1 and 5`),
    check('consultation_evaluation_result', sql`${t.result} between 1 and 5`),
    unique('consultation_evaluation_once').on(t.consultation, t.author),
  ],
  { author: true },
);

/** What stands in a follow-up for itself; its visits and its events are as wide as it is. */
export const followUpAudiences: readonly PartAudience[] = [
  { part: 'follow_up', column: 'consultation', whole: 'consultation' },
  { part: 'dispatch', column: 'follow_up', whole: 'follow_up' },
  { part: 'handling_report', column: 'follow_up', whole: 'follow_up' },
  { part: 'follow_up_evaluation', column: 'follow_up', whole: 'follow_up' },
];

/**
 * How often each score was given, past the policies: no name is told, and who asks has found the consultation. Nobody
 * evaluates what is closed, not even while it is being closed.
 */
export const evaluationTriggers = `
create or replace function consultations.evaluation_scores(wanted uuid[])
  returns table (consultation uuid, matter text, score integer, members integer)
  language sql stable security definer set search_path = '' as $$
  select given.consultation, scored.matter, scored.score, count(*)::integer from (
      -- Whoever evaluated it by two memberships is one, and said what they said last.
      select distinct on (consultation, consultations.person_of(author)) consultation, attitude, result
      from consultations.consultation_evaluation where consultation = any(wanted) and deleted is null
      order by consultation, consultations.person_of(author), modified desc, id) as given,
    lateral (values ('ATTITUDE', given.attitude), ('RESULT', given.result)) as scored(matter, score)
  group by 1, 2, 3
$$;
-- Whether the minutes of what one sees are filed: that, and no word of them.
create or replace function consultations.minutes_filed(wanted uuid[]) returns table (consultation uuid, owner text)
  language sql stable security definer set search_path = '' as $$
  select filed.consultation, filed.owner from consultations.follow_up as filed
  where filed.consultation = any(wanted) and filed.deleted is null
$$;
create or replace function consultations.keep_evaluation_open() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from consultations.follow_up as closed where consultation = new.consultation and status = 'CLOSED'
    and (owner = new.owner or owner = (select owner from consultations.consultation where id = new.consultation)) for share of closed;
  if found then
    raise exception 'the consultation is closed' using errcode = '23514', constraint = 'consultation_evaluation_open';
  end if;
  return new;
end $$;
create or replace trigger keep_evaluation_open before insert or update of attitude, result, text on consultations.consultation_evaluation
  for each row execute function consultations.keep_evaluation_open();`;

/** What of these functions the subgraph’s role may call. */
export const evaluationCallable: readonly string[] = ['evaluation_scores(uuid[])', 'minutes_filed(uuid[])'];
