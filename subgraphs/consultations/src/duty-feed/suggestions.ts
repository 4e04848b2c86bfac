import type { DutyFactKind } from '@hub/connections';
import { sql } from 'drizzle-orm';
import { heldOnADay } from './consultation-kinds.ts';

/** Authors of suggestions, by a query of the suggestions. */
const authorsOf = (suggestions: ReturnType<typeof sql>) =>
  sql`select id from consultations.suggestion_author where suggestion in (${suggestions})`;

/** An author whom another one named is one once they have confirmed it. */
const standsAsAuthor = sql`other.deleted is null and (other.certain or exists (select 1 from consultations.co_authorship as said
  where said.suggestion = other.suggestion and said.author = other.member and said.confirmed and said.deleted is null))`;

/** 意见建议: for each author, at what was held; adopted where a party's latest decision says so, wholly or in part. */
export const suggestions: DutyFactKind = {
  touchedBy: {
    consultation: (changed) =>
      authorsOf(sql`select id from consultations.suggestion where consultation = any(${changed})`),
    suggestion: (changed) => authorsOf(sql`select unnest(${changed})`),
    suggestion_author: (changed) =>
      authorsOf(sql`select suggestion from consultations.suggestion_author where id = any(${changed})`),
    co_authorship: (changed) =>
      authorsOf(sql`select suggestion from consultations.co_authorship where id = any(${changed})`),
    adoption: (changed) => authorsOf(sql`select suggestion from consultations.adoption where id = any(${changed})`),
  },
  joins: sql`join consultations.suggestion_author as author on author.id = touched.id
    join consultations.suggestion as made on made.id = author.suggestion
    join consultations.consultation as whole on whole.id = made.consultation
    cross join lateral (select coalesce(array_agg(other.member order by other.position, other.id), '{}') as members
      from consultations.suggestion_author as other where other.suggestion = made.id and ${standsAsAuthor}) as authors`,
  where: sql`true`,
  stands: sql`author.deleted is null and made.deleted is null and made.status not in ('RETURNED', 'WITHDRAWN') and author.member = any(authors.members) and ${heldOnADay}`,
  columns: {
    member: sql`author.member`,
    kind: sql`'SUGGESTION'`,
    consultationKind: sql`null::text`,
    title: sql`left(made.text, 60)`,
    // What a source tells of was made at the meeting; what came by a step has its own day.
    on: sql`case when made.since is null then whole.held_from else (made.created at time zone 'Asia/Shanghai')::date end`,
    outcomes: sql`case when exists (select 1 from consultations.adoption as decision where decision.suggestion = made.id
      and decision.deleted is null and not decision.superseded and decision.status in ('ADOPTED', 'PARTLY_ADOPTED'))
      then array['SUBMITTED', 'ADOPTED'] else array['SUBMITTED'] end`,
    halfDays: sql`null::integer`,
    rank: sql`coalesce(array_position(authors.members, author.member), 1)`,
    authors: sql`greatest(1, cardinality(authors.members))`,
    recordType: sql`'Suggestion'`,
    record: sql`made.id`,
    consultation: sql`whole.id`,
    owner: sql`made.owner`,
    visibility: sql`made.visibility`,
    parties: sql`made.parties`,
  },
};
