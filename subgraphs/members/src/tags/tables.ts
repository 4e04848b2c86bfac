import { oneOf, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { date, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { member } from '../people/tables.ts';
import { members } from '../schema.ts';

/** 标签: what a member says to be good at; on the wall for good once staff or enough fellow members confirm it. */
export const tag = recordTable(
  members,
  'tag',
  {
    member: uuid('member')
      .notNull()
      .references(() => member.id),
    /** The member who proposed it. */
    author: uuid('author').notNull(),
    text: text('text').notNull(),
    /** Its place on the wall: there are as many as the committee allows. */
    position: integer('position').notNull(),
    /** How many endorse it, kept with each endorsement. */
    endorsements: integer('endorsements').notNull().default(0),
    /** How many have to, by the settings of the day on which it was proposed. */
    needed: integer('needed').notNull(),
    confirmed: date('confirmed', { mode: 'string' }),
    confirmedBy: text('confirmed_by'),
  },
  (t) => [
    oneOf('tag_confirmed_by', t.confirmedBy, ['STAFF', 'MEMBER']),
    uniqueIndex('tag_member_position').on(t.member, t.position).where(sql`${t.deleted} is null`),
    uniqueIndex('tag_member_text').on(t.member, t.text).where(sql`${t.deleted} is null`),
    index('tag_unconfirmed').on(t.owner, t.created).where(sql`${t.confirmed} is null and ${t.deleted} is null`),
  ],
  { author: true },
);

/** 点赞: a fellow member's yes to a tag, given once. */
export const endorsement = recordTable(
  members,
  'endorsement',
  {
    tag: uuid('tag')
      .notNull()
      .references(() => tag.id),
    author: uuid('author').notNull(),
  },
  (t) => [unique('endorsement_tag_author').on(t.tag, t.author)],
  { author: true },
);

/** What endorsing does to the tag, and a confirmed tag to its member: whoever endorses may write neither. */
export const tagTriggers = `
create or replace function members.keep_endorsements() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update members.tag set endorsements = endorsements + 1,
    confirmed = coalesce(confirmed, case when endorsements + 1 >= needed then (now() at time zone 'Asia/Shanghai')::date end),
    confirmed_by = coalesce(confirmed_by, case when endorsements + 1 >= needed then 'MEMBER' end)
    where id = new.tag;
  return null;
end $$;
create or replace trigger keep_endorsements after insert on members.endorsement
  for each row execute function members.keep_endorsements();
create or replace function members.keep_tags() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if new.confirmed is not null and new.deleted is null then
    update members.member set tags = tags || new.text where id = new.member and not tags @> array[new.text];
  else
    update members.member set tags = array_remove(tags, new.text) where id = new.member and tags @> array[new.text];
  end if;
  return null;
end $$;
create or replace trigger keep_tags after update on members.tag
  for each row when (old.confirmed is distinct from new.confirmed or old.deleted is distinct from new.deleted)
  execute function members.keep_tags();`;
