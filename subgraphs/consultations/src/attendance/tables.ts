import { instant, oneOf, partOf, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultation, part } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';
import { attendanceMachine } from './attendance.machine.ts';
import { leaveMachine } from './leave.machine.ts';
import { signInMachine } from './sign-in.machine.ts';

export const attendanceStatuses = Object.keys(
  attendanceMachine.states,
) as readonly (keyof typeof attendanceMachine.states)[];

/**
 * 参会: one member at one consultation, for the office, the member, the substitute and the convenor. Of a member of a
 * committee that hosts with others it is that committee's record, JOINT with the one that leads.
 */
export const attendance = recordTable(
  consultations,
  'attendance',
  {
    ...statusColumns<keyof typeof attendanceMachine.states>(),
    consultation: uuid('consultation')
      .notNull()
      .references(() => consultation.id),
    organization: uuid('organization'),
    member: uuid('member').notNull(),
    /** Whose seat it is, whatever membership it is taken by: for all of a person's memberships the same. Told to nobody. */
    person: uuid('person').notNull(),
    /** The member again, under the name that write policies know. */
    author: uuid('author').generatedAlwaysAs(sql`member`),
    /** Takes part by invitation and so uses up no place. */
    invited: boolean('invited').notNull().default(false),
    /** Order of arrival in the queue for places, with gaps where somebody left. */
    queue: integer('queue'),
    /** Whom the member asked to take the place. */
    substitute: uuid('substitute'),
    /** The attendance whose place this one takes, or was asked to take. */
    standsInFor: uuid('stands_in_for'),
    reason: text('reason'),
  },
  (t) => [
    oneOf('attendance_status', t.status, Object.keys(attendanceMachine.states)),
    check('attendance_substitute_other', sql`${t.substitute} <> ${t.member}`),
    unique('attendance_consultation_member').on(t.consultation, t.member),
    uniqueIndex('attendance_seat')
      .on(t.consultation, t.person)
      .where(sql`${t.status} not in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED', 'SAME_SEAT') and ${t.deleted} is null`),
    index('attendance_person').on(t.person),
    index('attendance_consultation_created').on(t.consultation, t.created, t.id),
    index('attendance_consultation_queue').on(t.consultation, t.status, t.queue),
    index('attendance_member_created').on(t.member, t.created, t.id),
  ],
  { author: true, convenor: true },
);

/**
 * 本人: memberships that a token said to be one person's where the directory knows them as several; until the directory is
 * corrected the token is right. Functions alone reach it.
 */
export const actingPerson = consultations.table('acting_person', {
  member: uuid('member').primaryKey(),
  person: uuid('person').notNull(),
});

/** 参会办理记录 */
export const attendanceEvent = eventTable(consultations, 'attendance', attendance);

/** 请假 */
export const leave = recordTable(
  consultations,
  'leave',
  {
    ...statusColumns<keyof typeof leaveMachine.states>(),
    attendance: uuid('attendance').notNull(),
    consultation: uuid('consultation').notNull(),
    organization: uuid('organization'),
    author: uuid('author').notNull(),
    /** Parts that it is asked for; none for all. */
    parts: uuid('parts').array().notNull().default([]),
    reason: text('reason').notNull(),
    /** Why it was refused. */
    answer: text('answer'),
  },
  (t) => [
    oneOf('leave_status', t.status, Object.keys(leaveMachine.states)),
    partOf('leave_part', t, t.attendance, attendance),
    uniqueIndex('leave_pending').on(t.attendance).where(sql`${t.status} = 'REQUESTED' and ${t.deleted} is null`),
    index('leave_attendance').on(t.attendance, t.created, t.id),
    index('leave_author').on(t.author),
    index('leave_waiting').on(t.owner, t.status, t.since),
  ],
  { author: true },
);

/** 请假办理记录 */
export const leaveEvent = eventTable(consultations, 'leave', leave);

export const signInWays = ['PART_CODE', 'DUTY_CODE'] as const;
/** 签到: its owner is the committee of whoever recorded it. */
export const signIn = recordTable(
  consultations,
  'sign_in',
  {
    ...statusColumns<keyof typeof signInMachine.states>(),
    attendance: uuid('attendance').notNull(),
    consultation: uuid('consultation').notNull(),
    organization: uuid('organization'),
    part: uuid('part')
      .notNull()
      .references(() => part.id),
    member: uuid('member').notNull(),
    author: uuid('author').generatedAlwaysAs(sql`member`),
    way: text('way').notNull(),
    scannedAt: instant('scanned_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** 补传: it came in long after it was scanned, from a phone that was offline. */
    late: boolean('late').notNull().default(false),
    /** Why it was voided. */
    reason: text('reason'),
  },
  (t) => [
    oneOf('sign_in_status', t.status, Object.keys(signInMachine.states)),
    oneOf('sign_in_way', t.way, signInWays),
    partOf('sign_in_part', t, t.attendance, attendance),
    // One that was voided makes room for the true one.
    uniqueIndex('sign_in_once').on(t.part, t.member).where(sql`${t.status} = 'SIGNED_IN' and ${t.deleted} is null`),
    index('sign_in_attendance').on(t.attendance, t.scannedAt, t.id),
    index('sign_in_consultation').on(t.consultation),
  ],
  { author: true, convenor: true },
);

/** 签到办理记录 */
export const signInEvent = eventTable(consultations, 'sign_in', signIn);

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
  if new.status = before then return new; end if;
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
  elsif asked.status in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED') and asked.deleted is null then
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
  if before = 'SUBSTITUTE_NAMED' and new.status <> 'SUBSTITUTED' and new.substitute is not distinct from old.substitute and new.status <> before
    or before = 'SUBSTITUTE_NAMED' and new.substitute is distinct from old.substitute then
    perform consultations.move_attendance(id, 'releaseSubstitute', 'WITHDRAWN') from consultations.attendance
      where stands_in_for = new.id and member = old.substitute and status = 'ASKED' and deleted is null;
  end if;
  if new.status = 'SUBSTITUTE_NAMED' and (before <> 'SUBSTITUTE_NAMED' or new.substitute is distinct from old.substitute) then
    perform consultations.ask_substitute(new);
  elsif before = 'ASKED' and new.status in ('DECLINED', 'SAME_SEAT') then
    update consultations.attendance set status = 'SIGNED_UP', since = (now() at time zone 'Asia/Shanghai')::date, substitute = null, subjects = array_remove(subjects, new.member::text)
      where id = new.stands_in_for and status = 'SUBSTITUTE_NAMED' and substitute = new.member returning * into given_back;
    if found then
      perform consultations.log_attendance(given_back, 'takePlaceBack', 'SUBSTITUTE_NAMED');
      if exists (select 1 from consultations.leave where attendance = given_back.id and status = 'APPROVED' and parts = '{}' and deleted is null) then
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
  -- Who gives the seat up does so as whoever they are.
  if before not in ${unseated} and before <> '' and new.status in ('WITHDRAWN', 'DECLINED', 'SUBSTITUTED') then
    perform consultations.move_attendance(id, 'leaveSeat', 'WITHDRAWN') from consultations.attendance
      where consultation = new.consultation and person = new.person and status = 'SAME_SEAT' and deleted is null;
  end if;
  -- Whoever takes part has the link of the room, and nobody else.
  if new.status in ${seated} and before not in ${seated} then
    update consultations.online_meeting set subjects = subjects || new.member::text where consultation = new.consultation and not new.member::text = any(subjects);
  elsif before in ${seated} and new.status not in ${seated} then
    update consultations.online_meeting set subjects = array_remove(subjects, new.member::text) where consultation = new.consultation and new.member::text = any(subjects);
  end if;
  return null;
end $$;
create or replace function consultations.keep_room_guests() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.subjects := new.subjects || array(select member::text from consultations.attendance
    where consultation = new.consultation and status in ${seated} and deleted is null and not member::text = any(new.subjects) order by member);
  return new;
end $$;
create or replace function consultations.keep_attendances() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update consultations.attendance set deleted = new.deleted
    where consultation = new.id and deleted is not distinct from old.deleted and new.deleted is distinct from old.deleted;
  if new.places is distinct from old.places or new.status <> old.status then perform consultations.fill_places(new.id); end if;
  return null;
end $$;
create or replace trigger keep_places before insert or update of status on consultations.attendance for each row execute function consultations.keep_places();
create or replace trigger follow_places after insert or update of status, substitute on consultations.attendance for each row execute function consultations.follow_places();
create or replace trigger keep_room_guests before insert or update of link on consultations.online_meeting for each row execute function consultations.keep_room_guests();
create or replace trigger keep_attendances after update of places, status, deleted on consultations.consultation for each row
  when (old.places is distinct from new.places or old.status <> new.status or old.deleted is distinct from new.deleted) execute function consultations.keep_attendances();`;

/** What of these functions the subgraph’s role may call. */
export const attendanceCallable: readonly string[] = [
  'lock_places(uuid)',
  'know_myself()',
  'person_of(uuid)',
  'other_seat(uuid)',
  'places_taken(uuid)',
  'waiting_position(uuid, integer)',
];
