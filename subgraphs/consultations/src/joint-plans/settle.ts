/**
 * What follows from what the parties of a joint plan wrote: the one place where one committee's act moves the records of
 * others. `settle_joint_plan` reads everything again under the lock of the plan, so it may run any number of times; it runs
 * in the transaction of the act, so nothing stands between an acceptance and the lock.
 */
const left = `('WITHDRAWN', 'UNINVITED')`;
const today = `(now() at time zone 'Asia/Shanghai')::date`;

export const jointPlanTriggers = `
create or replace function consultations.log_joint_plan(moved consultations.joint_plan, step text, before text) returns void
  language sql security definer set search_path = '' as $$
  insert into consultations.joint_plan_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, record_revision)
    values (gen_random_uuid(), moved.owner, moved.owner_as_filed, moved.visibility, moved.parties, moved.subjects, moved.id, step, before, moved.status, 'FEED', moved.revision)
$$;
create or replace function consultations.log_joint_plan_party(moved consultations.joint_plan_party, step text, before text) returns void
  language sql security definer set search_path = '' as $$
  insert into consultations.joint_plan_party_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, record_revision)
    values (gen_random_uuid(), moved.owner, moved.owner_as_filed, moved.visibility, moved.parties, moved.subjects, moved.id, step, before, moved.status, 'FEED', moved.revision)
$$;
-- What a party writes of a plan is a party's: whoever isn't one can't make itself one.
create or replace function consultations.keep_joint_plan_side() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not new.owner = any(new.parties) and not exists (select 1 from consultations.joint_plan where id = new.joint_plan and owner = new.owner) then
    raise exception 'only parties write to a joint plan' using errcode = '42501';
  end if;
  return new;
end $$;
create or replace trigger keep_joint_plan_side before insert on consultations.joint_plan_party
  for each row execute function consultations.keep_joint_plan_side();
create or replace trigger keep_joint_plan_side before insert on consultations.joint_plan_proposal
  for each row execute function consultations.keep_joint_plan_side();

create or replace function consultations.move_joint_plan_party(wanted uuid, step text, target text, answered integer) returns void
  language plpgsql security definer set search_path = '' as $$
declare
  before text;
  moved consultations.joint_plan_party;
begin
  select status into before from consultations.joint_plan_party where id = wanted;
  update consultations.joint_plan_party set status = target, since = ${today}, number = answered, starts = null,
      reason = case when target = 'NEEDS_ACTION' then null else reason end,
      locked_number = case when target = 'UNINVITED' then null else locked_number end
    where id = wanted returning * into moved;
  perform consultations.log_joint_plan_party(moved, step, before);
end $$;

-- Each committee that the initiator lists is asked, and each that it no longer lists is asked no more.
create or replace function consultations.ask_parties(plan consultations.joint_plan) returns void language plpgsql security definer set search_path = '' as $$
declare
  committee text;
  made consultations.joint_plan_party;
begin
  for committee in select one from unnest(plan.parties) as one where not exists (select 1 from consultations.joint_plan_party where joint_plan = plan.id and owner = one) order by one loop
    insert into consultations.joint_plan_party (id, owner, owner_as_filed, visibility, parties, subjects, status, since, joint_plan)
      values (gen_random_uuid(), committee, committee, plan.visibility, plan.parties, plan.subjects, 'NEEDS_ACTION', ${today}, plan.id) returning * into made;
    perform consultations.log_joint_plan_party(made, 'askParty', null);
  end loop;
  perform consultations.move_joint_plan_party(id, 'askParty', 'NEEDS_ACTION', null) from consultations.joint_plan_party
    where joint_plan = plan.id and status in ${left} and owner = any(plan.parties);
  perform consultations.move_joint_plan_party(id, 'uninvite', 'UNINVITED', null) from consultations.joint_plan_party
    where joint_plan = plan.id and status not in ${left} and not owner = any(plan.parties);
  -- An answer is to one proposal. Who hosts by the one that stands again needs not be asked.
  perform consultations.move_joint_plan_party(id, 'resumeLocked', 'ACCEPTED', plan.number) from consultations.joint_plan_party
    where joint_plan = plan.id and status not in ${left} and number is distinct from plan.number and locked_number = plan.number;
  perform consultations.move_joint_plan_party(id, 'askParty', 'NEEDS_ACTION', null) from consultations.joint_plan_party
    where joint_plan = plan.id and status not in ${left} and status <> 'NEEDS_ACTION' and number is distinct from plan.number and locked_number is distinct from plan.number;
end $$;

-- What a plan became is cancelled with it, and its times are free again.
create or replace function consultations.call_off(plan consultations.joint_plan) returns void language plpgsql security definer set search_path = '' as $$
declare
  moved consultations.consultation;
begin
  update consultations.consultation set status = 'CANCELLED', since = ${today}, reason = plan.reason
    where id = plan.consultation and status = 'SCHEDULED' returning * into moved;
  if not found then return; end if;
  insert into consultations.consultation_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, record_revision)
    values (gen_random_uuid(), moved.owner, moved.owner_as_filed, moved.visibility, moved.parties, moved.subjects, moved.id, 'callOffConsultation', 'SCHEDULED', moved.status, 'FEED', moved.revision);
end $$;

-- The committees that host are those that have accepted; the initiator leads.
create or replace function consultations.write_hosts(plan consultations.joint_plan, hosting text[]) returns void language plpgsql security definer set search_path = '' as $$
declare
  whole consultations.consultation;
begin
  update consultations.consultation set parties = hosting where id = plan.consultation and visibility = 'JOINT' and parties is distinct from hosting;
  select * into whole from consultations.consultation where id = plan.consultation;
  update consultations.host set deleted = now() where consultation = whole.id and deleted is null and not committee = any(hosting);
  update consultations.host set deleted = null where consultation = whole.id and deleted is not null and committee = any(hosting);
  insert into consultations.host (id, owner, owner_as_filed, visibility, parties, subjects, consultation, committee, committee_as_filed, role, position)
    select gen_random_uuid(), whole.owner, whole.owner, whole.visibility, whole.parties, whole.subjects, whole.id, one, one,
      case when one = whole.owner then 'LEAD' else 'CO_HOST' end,
      case when one = whole.owner then 0 else (select coalesce(max(position), 0) from consultations.host where consultation = whole.id) + row_number() over (partition by one = whole.owner order by one) end
    from unnest(hosting) as one
    where not exists (select 1 from consultations.host where consultation = whole.id and committee = one);
  insert into consultations.host_platform as platform (id, owner, owner_as_filed, visibility, parties, subjects, reference_owner, reference_visibility, consultation, host, workstation, name)
    select gen_random_uuid(), party.owner, party.owner, whole.visibility, whole.parties, whole.subjects,
      coalesce(through.reference_owner, party.owner), coalesce(through.reference_visibility, 'PUBLIC'), whole.id, host.id, through.workstation, party.host_name
    from consultations.joint_plan_party as party
      join consultations.host on host.consultation = whole.id and host.committee = party.owner and host.deleted is null
      left join consultations.joint_plan_platform as through on through.joint_plan_party = party.id and through.deleted is null
    where party.joint_plan = plan.id and (party.host_name is not null or through.workstation is not null)
    on conflict (host) do update set reference_owner = excluded.reference_owner, reference_visibility = excluded.reference_visibility,
      workstation = excluded.workstation, name = excluded.name
      where (platform.workstation, platform.name) is distinct from (excluded.workstation, excluded.name);
  perform consultations.show_attendances(whole.id);
end $$;

-- Makes the consultation what the locked proposal says.
create or replace function consultations.write_consultation(plan consultations.joint_plan, proposal consultations.joint_plan_proposal, hosting text[], begins timestamptz)
  returns uuid language plpgsql security definer set search_path = '' as $$
declare
  whole consultations.consultation;
  finish timestamptz := begins + make_interval(mins => proposal.duration_minutes);
  first_day date := (begins at time zone 'Asia/Shanghai')::date;
  -- What ends at midnight is held on the day before.
  last_day date := ((finish - interval '1 millisecond') at time zone 'Asia/Shanghai')::date;
  held_on jsonb := case when first_day = last_day then jsonb_build_object('start', first_day) else jsonb_build_object('start', first_day, 'end', last_day) end;
  titles text[] := array(select topic ->> 'title' from jsonb_array_elements(proposal.topics) as topic);
  -- What is on it keeps its ids while a change leaves it as it is.
  agenda_named boolean := true;
  before text;
begin
  if plan.consultation is null then
    insert into consultations.consultation (id, owner, owner_as_filed, visibility, parties, status, since, title, kind, held, held_from, held_until, place, region, topics, follows)
      values (gen_random_uuid(), plan.owner, plan.owner_as_filed, 'JOINT', hosting, 'SCHEDULED', ${today}, proposal.title, proposal.kind, held_on, first_day, last_day, proposal.place, proposal.region, titles, plan.follows)
      returning * into whole;
    insert into consultations.cooperation_link (id, owner, owner_as_filed, visibility, parties, subjects, reference_owner, reference_visibility, reference_parties, consultation, cooperation)
      select gen_random_uuid(), whole.owner, whole.owner, whole.visibility, whole.parties, whole.subjects, reference_owner, reference_visibility, reference_parties, whole.id, cooperation
      from consultations.joint_plan_cooperation where joint_plan = plan.id and deleted is null;
  else
    select status into before from consultations.consultation where id = plan.consultation;
    select agenda is distinct from proposal.agenda into agenda_named from consultations.joint_plan_proposal where joint_plan = plan.id and number = plan.locked_number;
    update consultations.consultation set title = proposal.title, kind = proposal.kind, held = held_on, held_from = first_day, held_until = last_day,
        place = proposal.place, region = proposal.region, topics = titles
      where id = plan.consultation returning * into whole;
    if agenda_named then update consultations.agenda_item set deleted = now() where consultation = whole.id and deleted is null; end if;
  end if;
  insert into consultations.agenda_item (id, owner, owner_as_filed, visibility, parties, subjects, consultation, title, kind, presenter, position)
    select gen_random_uuid(), whole.owner, whole.owner, whole.visibility, whole.parties, whole.subjects, whole.id, item ->> 'title', item ->> 'kind', item ->> 'presenter', at - 1
    from jsonb_array_elements(proposal.agenda) with ordinality as items(item, at) where agenda_named;
  insert into consultations.consultation_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, record_revision)
    values (gen_random_uuid(), whole.owner, whole.owner, whole.visibility, whole.parties, whole.subjects, whole.id, 'agreeOnConsultation', before, whole.status, 'FEED', whole.revision);
  return whole.id;
end $$;

-- What was asked of the hosts and left unanswered past its day lapses: what was locked stays as locked.
create or replace function consultations.lapse_joint_plan(wanted uuid, on_day date) returns void language plpgsql security definer set search_path = '' as $$
begin
  if nullif(current_setting('hub.feed', true), '') is null and not exists (
    select 1 from consultations.joint_plan where id = wanted and nullif(current_setting('hub.staff_of', true), '') = any(parties)) then return; end if;
  update consultations.joint_plan_proposal as proposal set taken_back = true from consultations.joint_plan as plan
    where plan.id = wanted and plan.status = 'CONFIRMED' and proposal.joint_plan = wanted and proposal.number > plan.locked_number and not proposal.taken_back
      and proposal.deleted is null and coalesce(proposal.answer_by, (proposal.created at time zone 'Asia/Shanghai')::date + 30) < on_day;
  if found then perform consultations.settle_joint_plan(wanted); end if;
  if exists (select 1 from consultations.joint_plan_party where joint_plan = wanted and call_off_by < on_day) then
    perform consultations.forget_call_off(wanted);
  end if;
end $$;
create or replace function consultations.forget_call_off(wanted uuid) returns void language sql security definer set search_path = '' as $$
  update consultations.joint_plan_party set call_off_reason = null, call_off_by = null where joint_plan = wanted and call_off_reason is not null
$$;
-- As a host says it, and nobody else.
create or replace function consultations.keep_joint_plan(wanted uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  if exists (select 1 from consultations.joint_plan_party where joint_plan = wanted and owner = nullif(current_setting('hub.staff_of', true), '') and locked_number is not null)
    then perform consultations.forget_call_off(wanted); end if;
end $$;
create or replace function consultations.sweep_joint_plans(at_most integer) returns integer language plpgsql security definer set search_path = '' as $$
declare
  one uuid;
  swept integer := 0;
begin
  for one in
    select id from consultations.joint_plan as plan where status = 'CONFIRMED' and deleted is null and (
      exists (select 1 from consultations.joint_plan_proposal where joint_plan = plan.id and number > plan.locked_number and not taken_back and deleted is null
        and coalesce(answer_by, (created at time zone 'Asia/Shanghai')::date + 30) < ${today})
      or exists (select 1 from consultations.joint_plan_party where joint_plan = plan.id and call_off_by < ${today}))
    order by id limit at_most
  loop
    -- As whoever says something to it does, before any row is.
    if pg_try_advisory_xact_lock(hashtextextended('consultations.joint_plan ' || one, 0)) then
      perform consultations.lapse_joint_plan(one, ${today});
    end if;
    swept := swept + 1;
  end loop;
  return swept;
end $$;

create or replace function consultations.settle_joint_plan(wanted uuid) returns void language plpgsql security definer set search_path = '' as $$
declare
  plan consultations.joint_plan;
  proposal consultations.joint_plan_proposal;
  hosting text[];
  begins timestamptz;
  finish timestamptz;
  said text;
  before text;
begin
  select * into plan from consultations.joint_plan where id = wanted and deleted is null for update;
  if not found or plan.status = 'CONCLUDED' then return; end if;
  if plan.status = 'CANCELLED' then
    perform consultations.call_off(plan);
    return;
  end if;
  -- Once all who host say so, it is called off, for the reason of the one that said so first.
  if plan.status = 'CONFIRMED' and not exists (select 1 from consultations.joint_plan_party where joint_plan = wanted and locked_number = plan.locked_number and call_off_reason is null) then
    select call_off_reason into said from consultations.joint_plan_party where joint_plan = wanted and call_off_reason is not null order by call_off_by is null, created, id limit 1;
    update consultations.joint_plan set status = 'CANCELLED', since = ${today}, reason = said, sequence = sequence + 1 where id = wanted returning * into plan;
    perform consultations.log_joint_plan(plan, 'callOffJointPlan', 'CONFIRMED');
    perform consultations.call_off(plan);
    return;
  end if;
  select * into proposal from consultations.joint_plan_proposal where joint_plan = wanted and not taken_back and deleted is null order by number desc limit 1;
  -- In any case: whoever follows the plan learns that somebody said something.
  update consultations.joint_plan set number = proposal.number, title = proposal.title, kind = proposal.kind where id = wanted returning * into plan;
  perform consultations.ask_parties(plan);
  -- What is locked is changed by all who host by it, and by whoever is required to. To join it nobody else need be asked.
  if plan.locked_number is distinct from plan.number and exists (
    select 1 from (select unnest(plan.required) union select owner from consultations.joint_plan_party where joint_plan = wanted and locked_number = plan.locked_number) as needed(one)
    where not exists (select 1 from consultations.joint_plan_party where joint_plan = wanted and owner = needed.one and status = 'ACCEPTED' and number = plan.number)) then return; end if;
  -- A consultation that took place, or was called off, stays what it was.
  if plan.consultation is not null then
    perform 1 from consultations.consultation where id = plan.consultation and status = 'SCHEDULED' for update;
    if not found then return; end if;
  end if;
  hosting := array(select owner from consultations.joint_plan_party as party
    where joint_plan = wanted and (locked_number = plan.number or status = 'ACCEPTED' and number = plan.number
      -- Whoever joins what is locked has to be able to come then.
      and (plan.locked_number is distinct from plan.number or starts is null or plan.starts = any(starts)))
    order by owner <> plan.owner, owner);
  if cardinality(hosting) < 2 then return; end if;
  if plan.locked_number = plan.number then
    if not exists (select 1 from consultations.joint_plan_party where joint_plan = wanted and owner = any(hosting) and locked_number is distinct from plan.number) then return; end if;
    begins := plan.starts;
    finish := plan.ends;
  else
    perform consultations.lock_calendars(hosting);
    -- The first that suits everybody and that no calendar blocks.
    select candidate.start into begins
      from unnest(proposal.starts) with ordinality as candidate(start, at)
      where not exists (select 1 from consultations.joint_plan_party where joint_plan = wanted and owner = any(hosting) and not candidate.start = any(starts))
      order by exists (select 1 from consultations.calendar_entry where owner = any(hosting) and blocking and deleted is null and held_by <> wanted
          and during && tstzrange(candidate.start, candidate.start + make_interval(mins => proposal.duration_minutes))), candidate.at
      limit 1;
    if not found then return; end if;
    finish := begins + make_interval(mins => proposal.duration_minutes);
  end if;
  before := plan.status;
  plan.consultation := consultations.write_consultation(plan, proposal, hosting, begins);
  update consultations.joint_plan set status = 'CONFIRMED', since = case when status = 'CONFIRMED' then since else ${today} end, locked_number = plan.number,
      sequence = sequence + case when locked_number is null then 0 else 1 end, starts = begins, ends = finish, consultation = plan.consultation
    where id = wanted returning * into plan;
  update consultations.joint_plan_proposal set slot = begins where id = proposal.id and slot is distinct from begins;
  update consultations.joint_plan_party set locked_number = case when owner = any(hosting) then plan.number end
    where joint_plan = wanted and locked_number is distinct from case when owner = any(hosting) then plan.number end;
  perform consultations.write_hosts(plan, hosting);
  update consultations.part set title = plan.title, starts = begins, ends = finish where consultation = plan.consultation and deleted is null;
  if not found then
    insert into consultations.part (id, owner, owner_as_filed, visibility, parties, subjects, consultation, title, starts, ends, position)
      select gen_random_uuid(), owner, owner, visibility, parties, subjects, id, title, begins, finish, 0 from consultations.consultation where id = plan.consultation;
  end if;
  perform consultations.log_joint_plan(plan, 'lockJointPlan', before);
  perform consultations.invite_nominees(plan);
end $$;

-- Who has withdrawn sees and hosts it no more; with one party left there is nothing to plan together.
create or replace function consultations.leave_joint_plan(wanted uuid) returns void language plpgsql security definer set search_path = '' as $$
declare
  plan consultations.joint_plan;
  gone text[];
  said text;
  before text;
begin
  select * into plan from consultations.joint_plan where id = wanted and deleted is null for update;
  if not found or plan.status in ('CONCLUDED', 'CANCELLED') then return; end if;
  select array_agg(owner), max(reason) into gone, said from consultations.joint_plan_party where joint_plan = wanted and status = 'WITHDRAWN' and owner = any(plan.parties);
  if gone is null then return; end if;
  update consultations.joint_plan_party set locked_number = null, call_off_reason = null, call_off_by = null where joint_plan = wanted and owner = any(gone) and locked_number is not null;
  before := plan.status;
  update consultations.joint_plan set parties = array(select one from unnest(parties) with ordinality as p(one, at) where not one = any(gone) order by at),
      required = array(select one from unnest(required) with ordinality as p(one, at) where not one = any(gone) order by at)
    where id = wanted returning * into plan;
  if plan.consultation is not null then
    perform 1 from consultations.consultation where id = plan.consultation for update;
    perform consultations.write_hosts(plan, array(select owner from consultations.joint_plan_party where joint_plan = wanted and locked_number = plan.locked_number order by owner <> plan.owner, owner));
  end if;
  if not exists (select 1 from consultations.joint_plan_party where joint_plan = wanted and owner <> plan.owner and status not in ${left} and (status <> 'DECLINED' or locked_number is not null)) then
    update consultations.joint_plan set status = 'CANCELLED', since = ${today}, reason = said, sequence = sequence + 1 where id = wanted returning * into plan;
    perform consultations.log_joint_plan(plan, 'endJointPlan', before);
    perform consultations.call_off(plan);
  end if;
end $$;

-- A plan is over with what it became.
create or replace function consultations.conclude_joint_plan() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  plan consultations.joint_plan;
begin
  update consultations.joint_plan set status = 'CONCLUDED', since = ${today} where consultation = new.id and status = 'CONFIRMED' returning * into plan;
  if found then perform consultations.log_joint_plan(plan, 'concludeJointPlan', 'CONFIRMED'); end if;
  return null;
end $$;
create or replace trigger conclude_joint_plan after update of status on consultations.consultation
  for each row when (old.status = 'SCHEDULED' and new.status in ('HELD', 'NOT_HELD')) execute function consultations.conclude_joint_plan();
-- Another host says that it wasn't so: what was concluded stands as locked again.
create or replace function consultations.reopen_joint_plan() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  plan consultations.joint_plan;
begin
  update consultations.joint_plan set status = 'CONFIRMED', since = ${today} where consultation = new.id and status = 'CONCLUDED' returning * into plan;
  if found then perform consultations.log_joint_plan(plan, 'reopenJointPlan', 'CONCLUDED'); end if;
  return null;
end $$;
create or replace trigger reopen_joint_plan after update of status on consultations.consultation
  for each row when (old.status in ('HELD', 'NOT_HELD') and new.status = 'SCHEDULED') execute function consultations.reopen_joint_plan();

-- Which candidate times no calendar of a party blocks: for staff of the parties, who learn of others no more than that.
create or replace function consultations.slots_free(wanted uuid) returns table (start timestamptz, free boolean) language sql stable security definer set search_path = '' as $$
  select candidate, not exists (select 1 from consultations.calendar_entry where owner = any(proposal.parties) and blocking and deleted is null and held_by <> proposal.joint_plan
      and during && tstzrange(candidate, candidate + make_interval(mins => proposal.duration_minutes)))
  from consultations.joint_plan_proposal as proposal, unnest(proposal.starts) as candidate
  where proposal.id = wanted and nullif(current_setting('hub.staff_of', true), '') = any(proposal.parties)
$$;`;

/** What of these functions the subgraph’s role may call. */
export const jointPlanCallable: readonly string[] = [
  'settle_joint_plan(uuid)',
  'leave_joint_plan(uuid)',
  'lapse_joint_plan(uuid, date)',
  'keep_joint_plan(uuid)',
  'sweep_joint_plans(integer)',
  'slots_free(uuid)',
];
