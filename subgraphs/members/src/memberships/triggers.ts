/** Keeps the days on which a member serves equal to the memberships, so that a list of current members asks no other table. */
export const membershipTriggers = `
create or replace function members.keep_serving() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  days datemultirange;
begin
  -- Whoever wrote another membership of the member at the same time is waited for, and seen.
  perform 1 from members.member where id = new.member for update;
  select range_agg(daterange(valid_from, valid_until, '[]')) into days from members.membership
    where member = new.member and status in ('APPROVED', 'SUSPENDED', 'ENDED') and deleted is null;
  -- A nomination alone says nothing of the days on which somebody serves: then they are null here, and nothing changes.
  update members.member set serving = days where id = new.member and serving <> days;
  return null;
end $$;
create or replace trigger keep_serving after insert or update on members.membership
  for each row execute function members.keep_serving();`;
