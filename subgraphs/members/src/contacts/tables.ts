import { oneOf, recordTable } from '@hub/database';
import { sql } from 'drizzle-orm';
import { check, date, index, text, uuid } from 'drizzle-orm/pg-core';
import { members } from '../schema.ts';

export const contactTrees = ['CONTACT_GRID', 'PARTY_CHAIN_OFFICE', 'PARTY_CHAIN_MEMBERS'] as const;
export const contactNodes = ['MEMBER', 'ORGANIZATION'] as const;

/** 联系关系: who is whose contact in one of a committee's trees. */
export const contactLink = recordTable(
  members,
  'contact_link',
  {
    tree: text('tree').notNull(),
    parentType: text('parent_type').notNull(),
    parent: uuid('parent').notNull(),
    childType: text('child_type').notNull(),
    child: uuid('child').notNull(),
    validFrom: date('valid_from', { mode: 'string' }),
    /** Its last day. */
    validUntil: date('valid_until', { mode: 'string' }),
  },
  (t) => [
    oneOf('contact_link_tree', t.tree, contactTrees),
    oneOf('contact_link_parent_type', t.parentType, contactNodes),
    oneOf('contact_link_child_type', t.childType, contactNodes),
    check('contact_link_valid', sql`${t.validUntil} >= ${t.validFrom}`),
    index('contact_link_parent').on(t.parent, t.tree),
    index('contact_link_child').on(t.child, t.tree),
  ],
);

/** One contact for each at a time, and no circle: rules over several rows, for which those of one tree wait for one another. */
export const contactTriggers = `
create or replace function members.keep_contact_tree() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  days daterange := daterange(new.valid_from, new.valid_until, '[]');
begin
  if new.deleted is not null then return null; end if;
  perform pg_advisory_xact_lock(hashtext('members.contact_link ' || new.owner || new.tree));
  if exists (select from members.contact_link as other where other.child = new.child and other.tree = new.tree and other.id <> new.id
      and other.deleted is null and daterange(other.valid_from, other.valid_until, '[]') && days) then
    raise exception 'a second parent' using errcode = 'check_violation', constraint = 'contact_link_one_parent';
  end if;
  if exists (
    with recursive above(node) as (
      select new.parent
      union
      select link.parent from above join members.contact_link as link on link.child = above.node and link.tree = new.tree
        and link.deleted is null and daterange(link.valid_from, link.valid_until, '[]') && days
    )
    select from above where node = new.child) then
    raise exception 'a circle' using errcode = 'check_violation', constraint = 'contact_link_no_circle';
  end if;
  return null;
end $$;
create or replace trigger keep_contact_tree after insert or update on members.contact_link
  for each row execute function members.keep_contact_tree();`;
