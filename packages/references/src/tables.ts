import { feedPolicy, readPolicy, type Visibility } from '@hub/access';
import { code, policed, readOnly, type recordSchema } from '@hub/database';
import { customType, index, integer, text, uuid } from 'drizzle-orm/pg-core';

const dateRanges = customType<{ data: string; driverData: string }>({ dataType: () => 'datemultirange' });

/** Nobody who asks reads these: whether something may be referred to is told by a function, and nothing else of it. */
const followersAlone: Parameters<typeof policed>[1] = [
  ...readOnly(feedPolicy()),
  { name: 'insert', command: 'insert', withCheck: feedPolicy() },
  { name: 'update', command: 'update', using: feedPolicy(), withCheck: feedPolicy() },
];

/** The tables of a subgraph whose records refer to those of others. They hold no records of its own, so nobody is told of their changes. */
export function referenceTables(schema: ReturnType<typeof recordSchema>) {
  /** 可引用记录: what others have that may be referred to here, as its subgraph tells it: ids and what decides it, and no names. */
  const referable = policed(
    schema.table(
      'referable',
      {
        id: uuid('id').primaryKey(),
        type: text('type').notNull(),
        owner: code('owner').notNull(),
        visibility: text('visibility').$type<Visibility>().notNull(),
        parties: text('parties').array().notNull().default([]),
        subjects: text('subjects').array().notNull().default([]),
        /** Whose membership it is: who is one person is known by it. */
        person: uuid('person'),
        /** On which it may be referred to as current; null for what is there no more. */
        days: dateRanges('days'),
        /** The subgraph that tells it, and in which run of it. */
        origin: text('origin').notNull(),
        generation: integer('generation').notNull(),
      },
      (t) => [index('referable_person').on(t.person), index('referable_generation').on(t.origin, t.generation)],
    ),
    followersAlone,
  );
  /** 引用来源: how far the follower has read a subgraph. */
  const referenceSource = policed(
    schema.table('reference_source', {
      name: text('name').primaryKey(),
      /** Where it reads on; '' is the beginning. */
      next: text('next').notNull().default(''),
      /** Counts the runs from the beginning. */
      generation: integer('generation').notNull().default(1),
      /** The last run that reached its end; less than `generation` while one goes on. */
      built: integer('built').notNull().default(0),
    }),
    followersAlone,
  );
  return { referable, referenceSource };
}
export type ReferenceTables = ReturnType<typeof referenceTables>;

const known = {
  owner: 'known.owner',
  visibility: 'known.visibility',
  parties: 'known.parties',
  subjects: 'known.subjects',
};

/**
 * Which of several references can't be made: there is none, the asker may not see it, it is of another committee than it must
 * be, or of the past. All are answered alike, after the same reads. Of a source that nobody follows nothing is known, and
 * nothing is refused.
 */
export const referableFunctions = (schema: string): string => `
-- Organizations weren't told as departments before this asked for several types: all that was told then is read anew.
do $$ begin
  if exists (select from pg_catalog.pg_proc where pronamespace = '${schema}'::regnamespace and proname = 'unreferable' and prosrc not like '%types%') then
    update ${schema}.reference_source set next = '', generation = generation + 1;
  end if;
end $$;
create or replace function ${schema}.unreferable(wanted jsonb) returns table (place integer, source text)
  language sql stable security definer set search_path = '' as $$
  select one.place::integer - 1, source.name
  from jsonb_array_elements(wanted) with ordinality as one(said, place)
  join ${schema}.reference_source as source on source.name = one.said ->> 'source'
  where not exists (
    select 1 from ${schema}.referable as known
    where known.id = (one.said ->> 'id')::uuid and one.said -> 'types' operator(pg_catalog.?) known.type
      and case when (one.said ->> 'current')::boolean then known.days @> (now() at time zone 'Asia/Shanghai')::date else not isempty(known.days) end
      and (one.said ->> 'owner' is null or known.owner = one.said ->> 'owner' or exists (
        select 1 from ${schema}.referable as membership
        where membership.person = known.id and membership.owner = one.said ->> 'owner' and not isempty(membership.days)))
      and (${readPolicy(known)}))
  order by one.place
$$;
-- Of what can't be referred to, which of them the asker may see and could have referred to on another day.
create or replace function ${schema}.past_references(wanted jsonb) returns setof integer
  language sql stable security definer set search_path = '' as $$
  select one.place::integer - 1
  from jsonb_array_elements(wanted) with ordinality as one(said, place)
  where (one.said ->> 'current')::boolean and exists (
    select 1 from ${schema}.referable as known
    where known.id = (one.said ->> 'id')::uuid and one.said -> 'types' operator(pg_catalog.?) known.type and not isempty(known.days)
      and not known.days @> (now() at time zone 'Asia/Shanghai')::date
      and (one.said ->> 'owner' is null or known.owner = one.said ->> 'owner')
      and (${readPolicy(known)}))
$$;`;

/** What of these functions the subgraph’s role may call. */
export const referableCallable: readonly string[] = ['unreferable(jsonb)', 'past_references(jsonb)'];
