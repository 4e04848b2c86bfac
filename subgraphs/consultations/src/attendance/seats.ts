/** What is decided of seats and places, whoever acts: by functions of the database, under a lock on the consultation. */
const seated = `('INVITED', 'SIGNED_UP', 'SUBSTITUTE_NAMED')`;
const holding = `('SIGNED_UP', 'SUBSTITUTE_NAMED')`;
const unseated = `('WITHDRAWN', 'DECLINED', 'SUBSTITUTED', 'SAME_SEAT')`;

/**
 * Places are given by the database alone, under a lock on the consultation: whoever signs up joins the queue, and free places
 * go to the first in it, in the same transaction. So the last place goes to one, and the next moves up when one is given up.
 * Each move is kept as an event of the hub's.
 */
export const attendanceTriggers = `
create or replace function consultations.lock_places(wanted uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from consultations.consultation where id = wanted for no key update;
end $$;
-- The offices that see who comes: those of all who host, and the member's own.
create or replace function consultations.attendance_parties(wanted uuid, own text) returns text[] language sql stable security definer set search_path = '' as $$
  select case when cardinality(offices.codes) > 1 then offices.codes else '{}' end from (select array(
    select one from (select committee::text as one, position from consultations.host where consultation = wanted and deleted is null
      union all select own, 1000000 where not exists (select 1 from consultations.host where consultation = wanted and committee = own and deleted is null)) as seeing
    order by position) as codes) as offices
$$;
create or replace function consultations.show_attendances(wanted uuid) returns void language sql security definer set search_path = '' as $$
  update consultations.attendance set parties = consultations.attendance_parties(wanted, owner),
      visibility = case when cardinality(consultations.attendance_parties(wanted, owner)) > 0 then 'JOINT' else 'INTERNAL' end
    where consultation = wanted and parties is distinct from consultations.attendance_parties(wanted, owner)
$$;
-- How many members a host may send by the plan that is locked, where more of its own come by now.
create or replace function consultations.quota_passed(wanted uuid, side text) returns integer language sql stable security definer set search_path = '' as $$
  select (quota ->> 'members')::integer from consultations.joint_plan as plan
    join consultations.joint_plan_proposal as proposal on proposal.joint_plan = plan.id and proposal.number = plan.locked_number
    cross join lateral jsonb_array_elements(proposal.quotas) as quota
  where plan.consultation = wanted and plan.deleted is null and quota ->> 'committee' = side
    and (quota ->> 'members')::integer < (select count(*) from consultations.attendance
      -- Who is asked to stand in comes instead of another.
      where consultation = wanted and owner = side and status not in ${unseated} and status <> 'ASKED' and deleted is null)
  limit 1
$$;
create or replace function consultations.places_taken(wanted uuid) returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::integer from consultations.attendance where consultation = wanted and status in ${holding} and not invited and deleted is null
$$;
create or replace function consultations.waiting_position(wanted uuid, number integer) returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::integer from consultations.attendance where consultation = wanted and status = 'WAITING' and queue <= number and deleted is null
$$;
create or replace function consultations.log_attendance(moved consultations.attendance, step text, before text) returns void
  language sql security definer set search_path = '' as $$
  insert into consultations.attendance_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, record_revision)
    values (gen_random_uuid(), moved.owner, moved.owner_as_filed, moved.visibility, moved.parties, moved.subjects, moved.id, step, before, moved.status, 'FEED', moved.revision)
$$;
create or replace function consultations.move_attendance(wanted uuid, step text, target text) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  before text;
  moved consultations.attendance;
begin
  select status into before from consultations.attendance where id = wanted;
  update consultations.attendance set status = target, since = (now() at time zone 'Asia/Shanghai')::date where id = wanted returning * into moved;
  perform consultations.log_attendance(moved, step, before);
end $$;
create or replace function consultations.fill_places(wanted uuid) returns void language plpgsql security definer set search_path = '' as $$
declare
  whole consultations.consultation;
  next uuid;
begin
  perform consultations.lock_places(wanted);
  select * into whole from consultations.consultation where id = wanted;
  if whole.status <> 'SCHEDULED' or whole.deleted is not null then return; end if;
  while whole.places is null or consultations.places_taken(wanted) < whole.places loop
    select id into next from consultations.attendance where consultation = wanted and status = 'WAITING' and deleted is null order by queue limit 1;
    exit when not found;
    perform consultations.move_attendance(next, 'givePlace', 'SIGNED_UP');
  end loop;
end $$;
create or replace function consultations.own_memberships() returns uuid[] language sql stable set search_path = '' as $$
  select array(select one::uuid from unnest(nullif(current_setting('hub.named', true), '')::text[]) as one
    where not one = any(coalesce(nullif(current_setting('hub.convenes', true), '')::text[], '{}')) order by one::uuid)
    where nullif(current_setting('hub.member', true), '') is not null
$$;
create or replace function consultations.person_of(wanted uuid) returns uuid language sql stable security definer set search_path = '' as $$
  select coalesce((select person from consultations.acting_person where member = wanted), (select person from consultations.referable where id = wanted), wanted)
$$;
-- Of the acting member: a token of one membership sees nothing of what the same person has by another.
create or replace function consultations.other_seat(wanted uuid) returns text language sql stable security definer set search_path = '' as $$
  select seat.status from (values (nullif(current_setting('hub.member', true), '')::uuid)) as acting(member)
    join consultations.attendance as seat on seat.consultation = wanted and seat.person = consultations.person_of(acting.member) and seat.member <> acting.member
    where seat.status not in ${unseated} and seat.deleted is null
$$;
-- Whose seat it is and what became of it, of attendances that the asker may read: who is one person is so by all of their records.
create or replace function consultations.seats_of(wanted uuid[]) returns table (attendance uuid, person uuid, seat_status text, taken boolean, away boolean, outcome text)
  language sql stable security definer set search_path = '' as $$
  select told.id, told.person, seat.status, exists (select 1 from consultations.attendance as own where own.consultation = told.consultation
      and own.person = told.person and own.id <> told.id and own.status not in ${unseated} and own.status not in ('INVITED', 'ASKED') and own.deleted is null),
    derived.away, case
    when exists (select 1 from consultations.attendance as own join consultations.sign_in as seen on seen.attendance = own.id
      where own.consultation = told.consultation and own.person = told.person and seen.status = 'SIGNED_IN' and seen.deleted is null) then 'PRESENT'
    when whole.status <> 'HELD' then null
    when derived.away then 'ON_LEAVE'
    when seat.status in ${seated} then 'ABSENT' end
  from consultations.attendance as told
    join consultations.consultation as whole on whole.id = told.consultation
    left join consultations.attendance as other on told.status = 'SAME_SEAT' and other.consultation = told.consultation and other.person = told.person
      and other.status not in ${unseated} and other.deleted is null
    cross join lateral (select coalesce(other.id, told.id) as id, coalesce(other.status, told.status) as status) as seat
    -- A leave that was granted before the person took the seat as somebody else holds for it still.
    cross join lateral (select array(select seat.id union select same.id from consultations.attendance as same
      where same.consultation = told.consultation and same.person = told.person and same.status = 'SAME_SEAT' and same.deleted is null
        and seat.status not in ${unseated}) as records) as held
    cross join lateral (select seat.status = 'ON_LEAVE'
      or exists (select 1 from consultations.leave where attendance = any(held.records) and status = 'APPROVED' and parts = '{}' and deleted is null)
      or (exists (select 1 from consultations.leave where attendance = any(held.records) and status = 'APPROVED' and deleted is null)
        and not exists (select 1 from consultations.part as left_over where left_over.consultation = told.consultation and left_over.deleted is null
          and not exists (select 1 from consultations.leave as one where one.attendance = any(held.records) and one.status = 'APPROVED' and one.deleted is null and left_over.id = any(one.parts)))) as away) as derived
  where told.id = any(wanted)
$$;
-- What a person signed in at, for each of their records there that the asker may read.
create or replace function consultations.sign_ins_of(wanted uuid[]) returns table (asked uuid, told consultations.sign_in)
  language sql stable security definer set search_path = '' as $$
  select asked.id, seen from consultations.attendance as asked
    join consultations.attendance as own on own.consultation = asked.consultation and own.person = asked.person
    join consultations.sign_in as seen on seen.attendance = own.id and seen.deleted is null
  where asked.id = any(wanted)
$$;
create or replace function consultations.signed_in_at(at_part uuid, wanted uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from consultations.sign_in as seen join consultations.attendance as own on own.id = seen.attendance
    where seen.part = at_part and own.person = consultations.person_of(wanted) and seen.status = 'SIGNED_IN' and seen.deleted is null)
$$;
-- Whoever acts has the seat that is theirs as the membership that they act as, if that is listed; the other keeps a record of it.
-- An answer that somebody else waits for isn't carried over.
create or replace function consultations.take_seat(wanted uuid) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  acting uuid := nullif(current_setting('hub.member', true), '')::uuid;
  held consultations.attendance;
  own consultations.attendance;
  moved consultations.attendance;
begin
  perform consultations.lock_places(wanted);
  select * into held from consultations.attendance
    where consultation = wanted and person = consultations.person_of(acting) and status not in ${unseated} and deleted is null;
  if held.member = acting then return held.id; end if;
  select * into own from consultations.attendance where consultation = wanted and member = acting and status = 'SAME_SEAT' and deleted is null;
  if held.id is null or own.id is null or held.status = 'ASKED' then return null; end if;
  perform set_config('hub.moving_seat', 'yes', true);
  update consultations.attendance set status = 'SAME_SEAT', since = (now() at time zone 'Asia/Shanghai')::date, queue = null, substitute = null, stands_in_for = null,
    subjects = array_remove(subjects, held.substitute::text) where id = held.id returning * into moved;
  perform consultations.log_attendance(moved, 'mergeSeats', held.status);
  update consultations.attendance set status = held.status, since = held.since, invited = held.invited, queue = held.queue, substitute = held.substitute,
    stands_in_for = held.stands_in_for, subjects = subjects || array_remove(array[held.substitute::text], null) where id = own.id returning * into moved;
  perform consultations.log_attendance(moved, 'takeOverSeat', 'SAME_SEAT');
  update consultations.attendance set stands_in_for = own.id where stands_in_for = held.id and status = 'ASKED' and deleted is null;
  perform set_config('hub.moving_seat', '', true);
  return own.id;
end $$;
-- Whoever gives the seat up does so as whoever they are; but what another of their memberships was asked is to be answered as that one.
create or replace function consultations.leave_seat(gone consultations.attendance) returns void language plpgsql security definer set search_path = '' as $$
declare
  back record;
  represented consultations.attendance;
begin
  select same.id, same.member, same.stands_in_for, merged.before into back from consultations.attendance as same
    cross join lateral (select "from" as before from consultations.attendance_event where record = same.id and step = 'mergeSeats'
      order by record_revision desc limit 1) as merged
    where same.consultation = gone.consultation and same.person = gone.person and same.status = 'SAME_SEAT' and same.deleted is null
      and (merged.before = 'INVITED' or merged.before = 'ASKED' and exists (select 1 from consultations.attendance as asking
        where asking.id = same.stands_in_for and asking.status = 'SIGNED_UP' and asking.deleted is null))
    order by merged.before <> 'INVITED', same.created, same.id limit 1;
  if back.before = 'INVITED' then
    perform consultations.move_attendance(back.id, 'returnInvitation', 'INVITED');
  elsif back.before = 'ASKED' then
    update consultations.attendance set status = 'SUBSTITUTE_NAMED', since = (now() at time zone 'Asia/Shanghai')::date, substitute = back.member,
      subjects = subjects || back.member::text where id = back.stands_in_for returning * into represented;
    perform consultations.log_attendance(represented, 'askAgain', 'SIGNED_UP');
  else
    perform consultations.move_attendance(id, 'leaveSeat', 'WITHDRAWN') from consultations.attendance
      where consultation = gone.consultation and person = gone.person and status = 'SAME_SEAT' and deleted is null;
  end if;
end $$;
create or replace function consultations.reseat(touched uuid[]) returns void language plpgsql security definer set search_path = '' as $$
declare
  meetings uuid[] := array(select distinct consultation from consultations.attendance
    where member = any(touched) and person <> consultations.person_of(member) order by consultation);
  one record;
begin
  if cardinality(meetings) = 0 then return; end if;
  perform 1 from consultations.consultation where id = any(meetings) order by id for no key update;
  for one in
    select id from (
      select id, row_number() over (partition by consultation, consultations.person_of(member) order by
        array_position(array['SIGNED_UP', 'SUBSTITUTE_NAMED', 'INVITED', 'WALKED_IN', 'ON_LEAVE', 'ASKED', 'WAITING'], status),
        member::text <> coalesce(current_setting('hub.member', true), ''), created, id) as place
      from consultations.attendance where consultation = any(meetings) and status not in ${unseated} and deleted is null) as seats
    where place > 1 order by id
  loop
    perform consultations.move_attendance(one.id, 'mergeSeats', 'SAME_SEAT');
  end loop;
  update consultations.attendance set person = consultations.person_of(member)
    where consultation = any(meetings) and person <> consultations.person_of(member);
  -- Who turned out to be somebody else has a seat of their own, where it isn't too late to come.
  for one in
    select distinct on (alone.consultation, alone.person) alone.id, alone.invited from consultations.attendance as alone
      join consultations.consultation as whole on whole.id = alone.consultation and whole.status in ('PLANNED', 'SCHEDULED')
    where alone.consultation = any(meetings) and alone.status = 'SAME_SEAT' and alone.deleted is null
      and not exists (select 1 from consultations.attendance as seat
        where seat.consultation = alone.consultation and seat.person = alone.person and seat.status not in ${unseated} and seat.deleted is null)
    order by alone.consultation, alone.person, alone.created, alone.id
  loop
    if one.invited then perform consultations.move_attendance(one.id, 'splitInvitation', 'INVITED');
    else perform consultations.move_attendance(one.id, 'splitSeat', 'WAITING'); end if;
  end loop;
end $$;
create or replace function consultations.know_myself() returns void language plpgsql security definer set search_path = '' as $$
declare
  own uuid[] := consultations.own_memberships();
begin
  if cardinality(own) < 2 then return; end if;
  if (select count(distinct consultations.person_of(one)) from unnest(own) as one) > 1 then
    insert into consultations.acting_person (member, person)
      select one, (select min(consultations.person_of(other)::text)::uuid from unnest(own) as other) from unnest(own) as one order by one
      on conflict (member) do update set person = excluded.person;
  end if;
  perform consultations.reseat(own);
end $$;
-- What the directory says of a membership anew is so, whatever a token said before.
create or replace function consultations.follow_person() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then delete from consultations.acting_person where member = new.id; end if;
  perform consultations.reseat(array[new.id]);
  return null;
end $$;
create or replace trigger follow_person_told after insert on consultations.referable
  for each row when (new.person is not null) execute function consultations.follow_person();
create or replace trigger follow_person_corrected after update of person on consultations.referable
  for each row when (old.person is distinct from new.person) execute function consultations.follow_person();
create or replace function consultations.keep_places() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  before text := case when tg_op = 'UPDATE' then old.status else '' end;
  held consultations.attendance;
  limited integer;
begin
  if tg_op = 'INSERT' then new.person := consultations.person_of(new.member); end if;
  if new.status = before or current_setting('hub.moving_seat', true) = 'yes' then return new; end if;
  if new.status not in ${unseated} and (before = '' or before in ${unseated}) then
    select * into held from consultations.attendance
      where consultation = new.consultation and person = new.person and id <> new.id and status not in ${unseated} and deleted is null;
    if found then
      perform set_config('hub.merged_from', new.status, true);
      if held.status = 'INVITED' and new.status <> 'INVITED' or held.status = 'ASKED' then
        -- Whoever comes by themself takes the seat that waited for their answer; who is invited is asked to stand in no more.
        perform consultations.lock_places(new.consultation);
        perform consultations.move_attendance(held.id, 'mergeSeats', 'SAME_SEAT');
        new.invited := new.invited or held.invited and held.status = 'INVITED';
        if held.status = 'INVITED' and new.status = 'WAITING' then new.status := 'SIGNED_UP'; end if;
      elsif tg_op = 'INSERT' or new.status = 'INVITED' then
        new.status := 'SAME_SEAT';
      end if;
    end if;
  end if;
  if new.status = before then return new; end if;
  if new.status = 'WAITING' then
    perform consultations.lock_places(new.consultation);
    new.queue := (select coalesce(max(queue), 0) + 1 from consultations.attendance where consultation = new.consultation);
  elsif new.status in ${holding} and before not in ${holding} then
    perform consultations.lock_places(new.consultation);
    -- Who stands in takes the very place of the other, which therefore never gets to the waiting list.
    if before = 'ASKED' then
      perform consultations.move_attendance(other.id, 'handOverPlace', 'SUBSTITUTED') from consultations.attendance as other
        where other.id = new.stands_in_for and other.status = 'SUBSTITUTE_NAMED' and other.substitute = new.member;
    end if;
    select places into limited from consultations.consultation where id = new.consultation;
    if not new.invited and consultations.places_taken(new.consultation) >= limited then
      raise exception 'all places are taken' using errcode = '23514', constraint = 'attendance_places';
    end if;
  end if;
  return new;
end $$;
create or replace function consultations.ask_substitute(named consultations.attendance) returns void language plpgsql security definer set search_path = '' as $$
declare
  asked consultations.attendance;
  before text;
begin
  select * into asked from consultations.attendance where consultation = named.consultation and member = named.substitute;
  before := asked.status;
  if exists (select 1 from consultations.attendance where consultation = named.consultation
    and person = consultations.person_of(named.substitute) and status not in ${unseated} and deleted is null) then
    raise exception 'the substitute takes part already' using errcode = '23514', constraint = 'attendance_substitute_free';
  elsif asked.id is null then
    insert into consultations.attendance (id, owner, owner_as_filed, visibility, parties, subjects, status, since, consultation, organization, member, invited, stands_in_for)
      values (gen_random_uuid(), named.owner, named.owner, named.visibility, named.parties, array_remove(named.subjects, named.member::text), 'ASKED',
        (now() at time zone 'Asia/Shanghai')::date, named.consultation, named.organization, named.substitute, named.invited, named.id)
      returning * into asked;
  elsif asked.status in ${unseated} and asked.deleted is null then
    update consultations.attendance set status = 'ASKED', since = (now() at time zone 'Asia/Shanghai')::date, invited = named.invited, stands_in_for = named.id
      where id = asked.id returning * into asked;
  else
    raise exception 'the substitute takes part already' using errcode = '23514', constraint = 'attendance_substitute_free';
  end if;
  perform consultations.log_attendance(asked, 'askToStandIn', before);
end $$;
create or replace function consultations.follow_places() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  before text := case when tg_op = 'UPDATE' then old.status else '' end;
  given_back consultations.attendance;
begin
  if current_setting('hub.moving_seat', true) is distinct from 'yes' then
    if before = 'SUBSTITUTE_NAMED' and new.status <> 'SUBSTITUTED' and new.substitute is not distinct from old.substitute and new.status <> before
      or before = 'SUBSTITUTE_NAMED' and new.substitute is distinct from old.substitute then
      perform consultations.move_attendance(id, 'releaseSubstitute', 'WITHDRAWN') from consultations.attendance
        where stands_in_for = new.id and member = old.substitute and status = 'ASKED' and deleted is null;
    end if;
    if new.status = 'SUBSTITUTE_NAMED' and (before <> 'SUBSTITUTE_NAMED' or new.substitute is distinct from old.substitute) then
      perform consultations.ask_substitute(new);
    elsif before = 'ASKED' and new.status in ('DECLINED', 'SAME_SEAT', 'INVITED') then
      update consultations.attendance set status = 'SIGNED_UP', since = (now() at time zone 'Asia/Shanghai')::date, substitute = null, subjects = array_remove(subjects, new.member::text)
        where id = old.stands_in_for and status = 'SUBSTITUTE_NAMED' and substitute = new.member returning * into given_back;
      if found then
        perform consultations.log_attendance(given_back, 'takePlaceBack', 'SUBSTITUTE_NAMED');
        if exists (select 1 from consultations.leave where status = 'APPROVED' and parts = '{}' and deleted is null and attendance in (
          select id from consultations.attendance where consultation = given_back.consultation and person = given_back.person)) then
          perform consultations.move_attendance(given_back.id, 'beginLeave', 'ON_LEAVE');
        end if;
      end if;
    end if;
    if new.status <> before and (new.status = 'WAITING' or (before in ${holding} and new.status not in ${holding} and new.status <> 'SUBSTITUTED')) then
      perform consultations.fill_places(new.consultation);
    end if;
    if new.status = 'SAME_SEAT' and (before = '' or before in ${unseated}) then
      perform consultations.log_attendance(new, 'mergeSeats', current_setting('hub.merged_from', true));
    elsif tg_op = 'INSERT' and new.status = 'SIGNED_UP' then
      perform consultations.log_attendance(new, 'takeSeat', 'WAITING');
    end if;
    if before not in ${unseated} and before <> '' and new.status in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED') then
      perform consultations.leave_seat(new);
    end if;
  end if;
  -- Whoever takes part has the link of the room, and nobody else.
  if new.status in ${seated} and before not in ${seated} then
    update consultations.online_meeting set subjects = subjects || new.member::text where consultation = new.consultation and not new.member::text = any(subjects);
  elsif before in ${seated} and new.status not in ${seated} then
    update consultations.online_meeting set subjects = array_remove(subjects, new.member::text) where consultation = new.consultation and new.member::text = any(subjects);
  end if;
  return null;
end $$;
-- The leave was asked for as another membership than the person's seat is of by now.
create or replace function consultations.follow_leave() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform consultations.move_attendance(seat.id, 'beginLeave', 'ON_LEAVE') from consultations.attendance as asked
    join consultations.attendance as seat on seat.consultation = asked.consultation and seat.person = asked.person and seat.id <> asked.id
    where asked.id = new.attendance and asked.status = 'SAME_SEAT' and seat.status in ('INVITED', 'WAITING', 'SIGNED_UP') and seat.deleted is null;
  return null;
end $$;
create or replace function consultations.keep_room_guests() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.subjects := new.subjects || array(select member::text from consultations.attendance
    where consultation = new.consultation and status in ${seated} and deleted is null and not member::text = any(new.subjects) order by member);
  return new;
end $$;
-- Whoever is asked to come sees what they are asked about, whoever's member they are and however few others see it.
create or replace function consultations.guests_of(wanted uuid, of_owner text, of_visibility text, known text[]) returns text[] language sql stable set search_path = '' as $$
  select array(select distinct member::text from consultations.attendance
    where consultation = wanted and status not in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED') and deleted is null
      and (of_visibility not in ('MEMBERS', 'PUBLIC') or of_visibility = 'MEMBERS' and owner <> of_owner) and not member::text = any(known) order by 1)
$$;
create or replace function consultations.admit_guests(wanted uuid) returns void language sql security definer set search_path = '' as $$
  update consultations.consultation as whole set subjects = whole.subjects || guests.members
    from (select known.id, consultations.guests_of(known.id, known.owner, known.visibility, known.subjects) as members
      from consultations.consultation as known where known.id = wanted) as guests
    where whole.id = guests.id and cardinality(guests.members) > 0
$$;
-- Where fewer see it than before, they are named in the same write: another one would be another revision, which whoever wrote this hasn't read.
create or replace function consultations.keep_guests() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.subjects := new.subjects || consultations.guests_of(new.id, new.owner, new.visibility, new.subjects);
  return new;
end $$;
create or replace trigger keep_guests before update of visibility on consultations.consultation for each row
  when (old.visibility <> new.visibility) execute function consultations.keep_guests();
create or replace function consultations.admit_guest() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform consultations.admit_guests(new.consultation);
  return null;
end $$;
-- At the end of the transaction, so that many who are invited at once are named at once.
drop trigger if exists admit_guest on consultations.attendance;
create constraint trigger admit_guest after insert or update of status on consultations.attendance deferrable initially deferred
  for each row when (new.status not in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED')) execute function consultations.admit_guest();
create or replace function consultations.keep_attendances() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update consultations.attendance set deleted = new.deleted
    where consultation = new.id and deleted is not distinct from old.deleted and new.deleted is distinct from old.deleted;
  if new.places is distinct from old.places or new.status <> old.status then perform consultations.fill_places(new.id); end if;
  return null;
end $$;
create or replace trigger keep_places before insert or update of status on consultations.attendance for each row execute function consultations.keep_places();
create or replace trigger follow_places after insert or update of status, substitute on consultations.attendance for each row execute function consultations.follow_places();
create or replace trigger follow_leave after update of status on consultations.leave for each row
  when (old.status <> new.status and new.status = 'APPROVED' and new.parts = '{}') execute function consultations.follow_leave();
create or replace trigger keep_room_guests before insert or update of link on consultations.online_meeting for each row execute function consultations.keep_room_guests();
create or replace trigger keep_attendances after update of places, status, deleted on consultations.consultation for each row
  when (old.places is distinct from new.places or old.status <> new.status or old.deleted is distinct from new.deleted)
  execute function consultations.keep_attendances();`;

/** What of these functions the subgraph’s role may call. */
export const attendanceCallable: readonly string[] = [
  'lock_places(uuid)',
  'know_myself()',
  'person_of(uuid)',
  'other_seat(uuid)',
  'seats_of(uuid[])',
  'sign_ins_of(uuid[])',
  'signed_in_at(uuid, uuid)',
  'take_seat(uuid)',
  'quota_passed(uuid, text)',
  'places_taken(uuid)',
  'waiting_position(uuid, integer)',
];
