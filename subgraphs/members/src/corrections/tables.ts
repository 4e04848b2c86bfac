import { correctionTable } from '@hub/workflow';
import { members } from '../schema.ts';

/** 更正与撤回记录: of what was entered of members, terms and sessions. */
export const correction = correctionTable(members);

/** A person has one name, by whatever committees they are a member. */
export const nameTriggers = `
create or replace function members.keep_member_names() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update members.member set name = new.name where person = new.id and name is distinct from new.name;
  return null;
end $$;
create or replace trigger keep_member_names after update of name on members.person
  for each row when (old.name <> new.name) execute function members.keep_member_names();`;
