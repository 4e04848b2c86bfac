import { recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, text } from 'drizzle-orm/pg-core';
import { consultations } from '../schema.ts';

/**
 * 合作可见范围: who may see each cooperation, as its subgraph tells it, projected by the hub's follower and by nobody else.
 * Its id is the cooperation's, and its own audience is that of the cooperation.
 */
export const cooperationAudience = recordTable(
  consultations,
  'cooperation_audience',
  {
    /** The subgraph that tells it, and the number of the change by which it did. */
    origin: text('origin').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** In which run of its source it was told last. */
    generation: integer('generation').notNull(),
  },
  (t) => [index('cooperation_audience_generation').on(t.origin, t.generation)],
  // An audience is never typed in: no staff has the duty to.
  { feed: true, duties: [] },
);

/** 合作来源: how far the follower has read a subgraph. */
export const cooperationSource = recordTable(
  consultations,
  'cooperation_source',
  {
    name: text('name').notNull().unique(),
    /** Where it reads on; '' is the beginning. */
    next: text('next').notNull().default(''),
    /** Counts the runs from the beginning. */
    generation: integer('generation').notNull().default(1),
    /** The last run that reached its end; less than `generation` while one goes on. */
    built: integer('built').notNull().default(0),
  },
  () => [],
  { feed: true, duties: [] },
);

/** Audiences stay as they are until the end of the transaction. */
export const keepAudiences = sql`pg_advisory_xact_lock_shared(hashtextextended('consultations.cooperation_audience', 0))`;
/** Nobody else reads or changes them to refer by until the end of the transaction. */
export const changeAudiences = sql`pg_advisory_xact_lock(hashtextextended('consultations.cooperation_audience', 0))`;

/** Who names a cooperation needn't see it: its audience is looked up past the policies, and goes into the row and nowhere else. */
export const cooperationAudienceTriggers = `
create or replace function consultations.carry_cooperation_audience() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  known consultations.cooperation_audience;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('consultations.cooperation_audience', 0));
  select * into known from consultations.cooperation_audience where id = new.cooperation;
  if found then
    new.reference_owner := known.owner;
    new.reference_visibility := case when known.deleted is null then known.visibility else 'PRIVATE' end;
    new.reference_parties := known.parties;
  end if;
  return new;
end $$;
create or replace trigger carry_cooperation_audience before insert on consultations.joint_plan_cooperation
  for each row execute function consultations.carry_cooperation_audience();
create or replace trigger carry_cooperation_audience before insert on consultations.cooperation_link
  for each row execute function consultations.carry_cooperation_audience();
create or replace function consultations.rebuild_cooperation_audiences(wanted text) returns boolean
  language plpgsql security definer set search_path = '' as $$
begin
  update consultations.cooperation_source set next = '', generation = generation + 1 where name = wanted;
  return found;
end $$;`;

/** What of these functions the subgraph’s role may call. */
export const cooperationAudienceCallable: readonly string[] = ['rebuild_cooperation_audiences(text)'];
