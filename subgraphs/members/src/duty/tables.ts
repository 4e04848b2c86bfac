import { code, instant, oneOf, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core';
import { members } from '../schema.ts';
import { dutyKinds } from './scoring/facts.ts';

/**
 * 履职事实: what another subgraph's events say that a member did, projected by the hub's follower and by nobody else. Staff
 * of the member's committee read it where they could read the event too; otherwise the member alone does.
 */
export const dutyFact = recordTable(
  members,
  'duty_fact',
  {
    /** The subgraph that tells it, and the fact's name there. */
    origin: text('origin').notNull(),
    fact: uuid('fact').notNull(),
    member: uuid('member').notNull(),
    kind: text('kind').notNull(),
    consultationKind: text('consultation_kind'),
    title: text('title').notNull(),
    on: date('on_day', { mode: 'string' }).notNull(),
    outcomes: text('outcomes').array().notNull().default([]),
    halfDays: integer('half_days'),
    rank: integer('rank').notNull(),
    authors: integer('authors').notNull(),
    recordType: text('record_type').notNull(),
    record: uuid('record').notNull(),
    consultation: uuid('consultation'),
    /** Audience of the record that it comes from. */
    recordOwner: code('record_owner').notNull(),
    recordVisibility: text('record_visibility').notNull(),
    recordParties: text('record_parties').array().notNull().default([]),
    /** Told before its member was known here; nobody sees it until then. */
    waiting: boolean('waiting').notNull().default(false),
    /** In which run of its source it was told last. */
    generation: integer('generation').notNull(),
  },
  (t) => [
    unique('duty_fact_origin_fact').on(t.origin, t.fact),
    oneOf('duty_fact_kind', t.kind, dutyKinds),
    index('duty_fact_owner_on').on(t.owner, t.on),
    index('duty_fact_member_on').on(t.member, t.on),
    index('duty_fact_generation').on(t.origin, t.generation),
    index('duty_fact_waiting').on(t.member).where(sql`${t.waiting}`),
  ],
  // Duty is never typed in: no staff has the duty to.
  { feed: true, duties: [] },
);

/** 履职来源: how far the follower has read a subgraph. */
export const dutySource = recordTable(
  members,
  'duty_source',
  {
    name: text('name').notNull().unique(),
    /** Where it reads on; '' is the beginning. */
    next: text('next').notNull().default(''),
    /** The source's last change, as it was heard last. */
    head: text('head'),
    heardAt: instant('heard_at'),
    /** When something of it was last written. */
    projectedAt: instant('projected_at'),
    /** Counts the runs from the beginning. */
    generation: integer('generation').notNull().default(1),
    /** The last run that reached its end; less than `generation` while one goes on. */
    built: integer('built').notNull().default(0),
  },
  () => [],
  { feed: true, duties: [] },
);

/** 计分细则, by versions; all of them stay, since a year can be scored again under any. */
export const scoringRulesVersion = recordTable(
  members,
  'scoring_rules',
  {
    version: integer('version').notNull(),
    validFromYear: integer('valid_from_year').notNull(),
    /** As the committee wrote it; parsed by `parseRules`. */
    rules: jsonb('rules').$type<unknown>().notNull(),
  },
  (t) => [unique('scoring_rules_owner_version').on(t.owner, t.version)],
);

/**
 * Functions that look past the policies, for what a score rests on and no answer shows as such: the rules of a committee to
 * a member who acts elsewhere, who a member is, and all of a
 * committee's members and facts for a spread of them. And what an operator may
 * do, who sees no rows.
 */
export const dutyFunctions = `
create or replace function members.scoring_rules_of(owners text[]) returns setof members.scoring_rules
  language sql stable security definer set search_path = '' as $$
  select * from members.scoring_rules where owner = any(owners) and deleted is null
$$;
create or replace function members.duty_facts_of(wanted text, from_day date, until_day date) returns setof members.duty_fact
  language sql stable security definer set search_path = '' as $$
  select * from members.duty_fact where owner = wanted and on_day between from_day and until_day and deleted is null
$$;
create or replace function members.duty_standing(wanted uuid[], first_day date, last_day date)
  returns table (member uuid, posts text[], convenor boolean, joined date, "left" date)
  language sql stable security definer set search_path = '' as $$
  select member.id,
    array(select post.title from members.post as post
      where post.person = member.person and post.owner = member.owner and post.deleted is null
        and coalesce(post.valid_from <= last_day, true) and coalesce(post.valid_until >= first_day, post.current) order by post.position, post.id),
    exists (select 1 from members.organization_member as kept
      where kept.member = member.id and kept.role = 'CONVENOR' and kept.deleted is null
        and kept.valid_from <= last_day and coalesce(kept.valid_until >= first_day, true)),
    stated.joined, stated."left"
  from members.member as member
    cross join lateral (
      select case when bool_and(membership.valid_from is not null) then min(membership.valid_from) end as joined,
        case when bool_and(membership.valid_until is not null) then max(membership.valid_until) end as "left"
      from members.membership as membership
      where membership.member = member.id and membership.status in ('APPROVED', 'SUSPENDED', 'ENDED') and membership.deleted is null
    ) as stated
  where member.id = any(wanted)
$$;
create or replace function members.duty_members(wanted text, organization uuid, first_day date, last_day date) returns setof members.member
  language sql stable security definer set search_path = '' as $$
  select member.* from members.member as member
  where member.owner = wanted and member.deleted is null and ($2 is null
    or exists (select 1 from members.affiliation as within
      where within.member = member.id and within.sector = $2 and within.deleted is null
        and coalesce(within.valid_from <= last_day, true) and coalesce(within.valid_until >= first_day, true))
    or exists (select 1 from members.organization_member as within
      where within.member = member.id and within.organization = $2 and within.deleted is null
        and within.valid_from <= last_day and coalesce(within.valid_until >= first_day, true)))
$$;
create or replace function members.rebuild_duty(wanted text) returns boolean
  language plpgsql security definer set search_path = '' as $$
begin
  update members.duty_source set next = '', generation = generation + 1 where name = wanted;
  return found;
end $$;`;

/** What of these functions the subgraph’s role may call. */
export const dutyCallable: readonly string[] = [
  'scoring_rules_of(text[])',
  'duty_facts_of(text, date, date)',
  'duty_standing(uuid[], date, date)',
  'duty_members(text, uuid, date, date)',
  'rebuild_duty(text)',
];
