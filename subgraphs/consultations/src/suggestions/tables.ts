import {
  oneOf,
  type PartAudience,
  partOf,
  period,
  province,
  publicOrders,
  quantity,
  recordTable,
  referenceColumns,
} from '@hub/database';
import { eventTable } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultation } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';
import { suggestionMachine } from './suggestion.machine.ts';

export const adoptionStatuses = ['ADOPTED', 'PARTLY_ADOPTED', 'PLANNED', 'UNDER_STUDY', 'NOT_ADOPTED'] as const;
export const adoptionBodies = ['PARTY_COMMITTEE', 'GOVERNMENT', 'DEPARTMENT', 'COMMITTEE'] as const;
type State = keyof typeof suggestionMachine.states;

/**
 * 意见建议. It has an audience of its own, within its consultation's, and those whom it names: its authors, the department
 * that it was given to.
 */
export const suggestion = recordTable(
  consultations,
  'suggestion',
  {
    consultation: uuid('consultation')
      .notNull()
      // What is withdrawn takes its parts along, and this is how a part is known.
      .references(() => consultation.id, { onUpdate: 'cascade' }),
    status: text('status').$type<State>().notNull().default('RECORDED'),
    /** Day on which it entered its status, where steps brought it there. */
    since: date('since', { mode: 'string' }),
    text: text('text').notNull(),
    count: quantity('count'),
    /** Member who made it; others who made it with them stand in `suggestion_author` as well. */
    author: uuid('author'),
    /** 界别或小组: in whose name its convenor made it. */
    organization: uuid('organization'),
    /** 承办单位 */
    department: uuid('department'),
    /** Why it was returned or handed back. */
    reason: text('reason'),
    answer: text('answer'),
    /** Day on which it was answered. */
    answered: date('answered', { mode: 'string' }),
    /** 补录: day on which the office entered the answer, of a department that answered on paper. */
    answerEntered: date('answer_entered', { mode: 'string' }),
    measures: text('measures'),
    plannedEnd: date('planned_end', { mode: 'string' }),
    result: text('result'),
    position: integer('position').notNull(),
    province: province(),
  },
  (t) => [
    oneOf('suggestion_status', t.status, Object.keys(suggestionMachine.states)),
    index('suggestion_consultation').on(t.consultation, t.position, t.id),
    index('suggestion_owner_modified').on(t.owner, t.modified, t.id),
    index('suggestion_province_modified').on(t.province, t.modified, t.id),
    index('suggestion_modified').on(t.modified, t.id),
    ...publicOrders('suggestion', t, { modified: t.modified }),
    index('suggestion_department').on(t.department, t.status),
    index('suggestion_author_of').on(t.author),
    index('suggestion_organization').on(t.organization),
    index('suggestion_waiting').on(t.owner, t.status, t.since).where(sql`${t.since} is not null`),
  ],
  { author: true, convenor: true, department: true },
);

/** 意见建议办理记录 */
export const suggestionEvent = eventTable(consultations, 'suggestion', suggestion);

/** 建议人: a member who made it, or who is asked to stand as one of its authors. */
export const suggestionAuthor = recordTable(
  consultations,
  'suggestion_author',
  {
    ...referenceColumns(),
    suggestion: uuid('suggestion').notNull(),
    member: uuid('member').notNull(),
    /** Not so where another author named them: then they are one only once they have confirmed it. */
    certain: boolean('certain').notNull().default(true),
    /** Who named them, where a member did. */
    author: uuid('author'),
    position: integer('position').notNull(),
  },
  (t) => [
    unique('suggestion_author_member').on(t.suggestion, t.member),
    partOf('suggestion_author_part', t, t.suggestion, suggestion),
    index('suggestion_author_member_of').on(t.member, t.suggestion),
  ],
  { refers: true, author: true },
);

/** 联名答复: what a member who was named as an author said to it. */
export const coAuthorship = recordTable(
  consultations,
  'co_authorship',
  {
    suggestion: uuid('suggestion').notNull(),
    author: uuid('author').notNull(),
    confirmed: boolean('confirmed').notNull(),
  },
  (t) => [
    unique('co_authorship_once').on(t.suggestion, t.author),
    partOf('co_authorship_part', t, t.suggestion, suggestion),
  ],
  { author: true },
);

/** 采纳情况; the committee at whose side the decision was made is the owner, and says who sees it. */
export const adoption = recordTable(
  consultations,
  'adoption',
  {
    suggestion: uuid('suggestion')
      .notNull()
      .references(() => suggestion.id, { onUpdate: 'cascade' }),
    body: text('body').notNull(),
    bodyName: text('body_name').notNull(),
    status: text('status').notNull(),
    reason: text('reason'),
    decided: period('decided'),
    /** Number or title of the document that tells the decision. */
    document: text('document'),
    /** Whether a later decision of the same body took its place. */
    superseded: boolean('superseded').notNull().default(false),
    position: integer('position').notNull(),
  },
  (t) => [
    oneOf('adoption_body', t.body, adoptionBodies),
    oneOf('adoption_status', t.status, adoptionStatuses),
    index('adoption_suggestion').on(t.suggestion, t.position, t.id),
    uniqueIndex('adoption_current')
      .on(t.suggestion, t.owner, t.body, t.bodyName)
      .where(sql`not ${t.superseded} and ${t.deleted} is null`),
  ],
);

/** Suggestions within their consultation, and decisions within their suggestion. */
export const suggestionAudiences: readonly PartAudience[] = [
  {
    part: 'suggestion',
    column: 'consultation',
    whole: 'consultation',
    names: 'consultations.names_of_suggestions(array[part.id], true)',
  },
  { part: 'adoption', column: 'suggestion', whole: 'suggestion' },
];

export const suggestionTriggers = `
-- Which suggestions the acting member is asked to stand for as an author, and whether they said: of whichever committee they and it are.
create or replace function consultations.asked_to_author() returns table (suggestion uuid, answered boolean) language sql stable security definer set search_path = '' as $$
  select named.suggestion, exists (select 1 from consultations.co_authorship as said where said.suggestion = named.suggestion and said.author = named.member)
  from consultations.suggestion_author as named
  where named.member = nullif(current_setting('hub.member', true), '')::uuid and not named.certain and named.deleted is null
$$;
-- Their word is kept beside the suggestion, as its owner's: an office sees what is said to what it handles.
create or replace function consultations.answer_co_authorship(wanted uuid, said_by text, agrees boolean) returns void language plpgsql security definer set search_path = '' as $$
declare
  acting uuid := nullif(current_setting('hub.member', true), '')::uuid;
  asked consultations.suggestion;
begin
  if not exists (select 1 from consultations.asked_to_author() as known where known.suggestion = wanted) then return; end if;
  select * into asked from consultations.suggestion where id = wanted and deleted is null for no key update;
  insert into consultations.co_authorship (id, owner, owner_as_filed, visibility, parties, subjects, suggestion, author, confirmed)
    values (gen_random_uuid(), asked.owner, asked.owner, asked.visibility, asked.parties, asked.subjects, asked.id, acting, agrees);
  insert into consultations.suggestion_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, committee, author, record_revision)
    values (gen_random_uuid(), asked.owner, asked.owner, asked.visibility, asked.parties, asked.subjects, asked.id,
      case when agrees then 'confirmCoAuthorship' else 'declineCoAuthorship' end, asked.status, asked.status, 'MEMBER', said_by, acting, asked.revision);
end $$;
-- Who made what the acting department has to answer, for it may have to ask them: as long as it is the one that has it, and no longer.
create or replace function consultations.authors_for_department(wanted uuid[]) returns table (suggestion uuid, member uuid) language sql stable security definer set search_path = '' as $$
  select made.id, named.member from consultations.suggestion as made
    join consultations.suggestion_author as named on named.suggestion = made.id and named.deleted is null
    left join consultations.co_authorship as said on said.suggestion = named.suggestion and said.author = named.member and said.deleted is null
    where made.id = any(wanted) and made.deleted is null and (named.certain or said.confirmed)
      and made.department = nullif(current_setting('hub.department', true), '')::uuid and made.owner = nullif(current_setting('hub.department_of', true), '')
    order by named.position, named.id
$$;
-- Whom suggestions name, of those who see them by name: who made them, whoever was asked to stand for them and hasn't declined, and whom they were given to.
create or replace function consultations.names_of_suggestions(wanted uuid[], with_departments boolean) returns text[] language sql stable security definer set search_path = '' as $$
  select array(select distinct name from consultations.suggestion as made, lateral unnest(made.subjects) as name
    where made.id = any(wanted) and (name in (made.author::text, made.organization::text) or (with_departments and name = made.department::text)
      or exists (select 1 from consultations.suggestion_author as named
        left join consultations.co_authorship as said on said.suggestion = named.suggestion and said.author = named.member
        where named.suggestion = made.id and named.member::text = name and named.deleted is null and said.confirmed is distinct from false)))
$$;`;

/** What kept suggestions as wide as their consultation, in a database of before. */
export const formerSuggestionTriggers = `
drop trigger if exists keep_suggestions on consultations.consultation;
drop function if exists consultations.keep_suggestions();
drop function if exists consultations.keep_suggestion();`;

/** What of these functions the subgraph’s role may call. */
export const suggestionCallable: readonly string[] = [
  'asked_to_author()',
  'answer_co_authorship(uuid, text, boolean)',
  'authors_for_department(uuid[])',
];
