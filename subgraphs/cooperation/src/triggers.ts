/** Parts that more committees than the cooperation's owner write, with their whole and the column that names it. */
const parts: readonly { readonly part: string; readonly whole: string; readonly column: string }[] = [
  { part: 'partner_answer', whole: 'partner', column: 'partner' },
  { part: 'partner_event', whole: 'partner', column: 'record' },
  { part: 'partner_organization', whole: 'partner', column: 'partner' },
  { part: 'organization_link', whole: 'partner_organization', column: 'partner_organization' },
  { part: 'milestone', whole: 'cooperation', column: 'cooperation' },
  { part: 'milestone_event', whole: 'milestone', column: 'record' },
  { part: 'milestone_person', whole: 'milestone', column: 'milestone' },
  { part: 'visit', whole: 'cooperation', column: 'cooperation' },
  { part: 'visit_person', whole: 'visit', column: 'visit' },
  { part: 'visit_finding', whole: 'visit', column: 'visit' },
  { part: 'visit_finding_event', whole: 'visit_finding', column: 'record' },
  { part: 'agreement', whole: 'cooperation', column: 'cooperation' },
  { part: 'agreement_event', whole: 'agreement', column: 'record' },
  { part: 'agreement_file', whole: 'agreement', column: 'agreement' },
  { part: 'outcome', whole: 'cooperation', column: 'cooperation' },
  { part: 'adoption', whole: 'outcome', column: 'outcome' },
  { part: 'aid_entry', whole: 'cooperation', column: 'cooperation' },
];

const carried = parts
  .map(
    ({ part, whole, column }) =>
      `create or replace trigger b_carry_audience before insert on cooperation.${part} for each row execute function cooperation.carry_audience('${whole}', '${column}');`,
  )
  .join('\n');
const written = parts
  .filter(({ whole }) => whole === 'cooperation')
  .map(
    ({ part }) =>
      `create or replace trigger c_keep_writer before insert on cooperation.${part} for each row execute function cooperation.keep_writer();`,
  )
  .join('\n');

/**
 * What committees do to a cooperation at once.
 *
 * - A part is put in with the audience that its whole has then, whatever its writer had read.
 * - Parts of a cooperation are written by committees that take part in it.
 * - Steps stand where they are put: two that are put in the same place stand one behind the other.
 * - Answers are taken one after another; they move the partner, who sees a JOINT cooperation, and whether it is active.
 */
export const cooperationTriggers = `
create or replace function cooperation.carry_audience() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  whole record;
begin
  execute format('select visibility, parties, subjects from cooperation.%I where id = $1 for key share', tg_argv[0])
    using (to_jsonb(new) ->> tg_argv[1])::uuid into whole;
  if whole.visibility is not null then
    new.visibility := whole.visibility;
    new.parties := whole.parties;
    new.subjects := whole.subjects;
  end if;
  return new;
end $$;
${carried}
create or replace function cooperation.keep_writer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from cooperation.partner as side
    where side.cooperation = new.cooperation and side.committee = new.owner and side.status = 'ACCEPTED' and side.deleted is null for share;
  if not found then
    raise exception 'only partners write parts of a cooperation' using errcode = '23514', constraint = 'cooperation_writer';
  end if;
  return new;
end $$;
${written}
create or replace function cooperation.place_milestone() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  -- The place of the step that it is to stand before; null for the end.
  next numeric := new.position;
  last numeric;
begin
  -- Those of a source have their places.
  if new.external_id is not null then return new; end if;
  perform 1 from cooperation.cooperation where id = new.cooperation for no key update;
  select max(position) into last from cooperation.milestone where cooperation = new.cooperation and (next is null or position < next);
  new.position := case when next is null then floor(coalesce(last, -1)) + 1 when last is null then next - 1 else (last + next) * 0.5 end;
  return new;
end $$;
create or replace trigger d_place_milestone before insert on cooperation.milestone for each row execute function cooperation.place_milestone();
create or replace function cooperation.keep_answer() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  of cooperation.partner%rowtype;
begin
  perform 1 from cooperation.cooperation where id = (select cooperation from cooperation.partner where id = new.partner) for update;
  select * into of from cooperation.partner where id = new.partner for update;
  if of.committee <> new.owner or of.deleted is not null or of.position = 0
    or of.status <> (case new.answer when 'LEFT' then 'ACCEPTED' else 'INVITED' end) then
    raise exception 'nothing is asked of this committee' using errcode = '23514', constraint = 'partner_answer_asked';
  end if;
  return new;
end $$;
create or replace trigger a_keep_answer before insert on cooperation.partner_answer for each row execute function cooperation.keep_answer();
create or replace function cooperation.take_answer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update cooperation.partner set status = new.answer, since = new.answered, reason = new.reason, answered_revision = new.cooperation_revision
    where id = new.partner;
  return null;
end $$;
create or replace trigger take_answer after insert on cooperation.partner_answer for each row execute function cooperation.take_answer();
-- What a partner says to its being shown to more, which is the keeper's to do once all have: functions alone write it there.
create or replace function cooperation.agree_to_widening(wanted uuid, shown_to text) returns void language sql security definer set search_path = '' as $$
  update cooperation.cooperation as whole set widening_agreed = whole.widening_agreed || (current_setting('hub.staff_of', true) || ' ' || shown_to)
    where id = wanted and deleted is null and shown_to in ('UPWARD', 'PUBLIC')
      and not (current_setting('hub.staff_of', true) || ' ' || shown_to) = any(whole.widening_agreed)
      and 'meetings' = any(nullif(current_setting('hub.duties', true), '')::text[])
      and exists (select 1 from cooperation.partner as side
        where side.cooperation = wanted and side.committee = current_setting('hub.staff_of', true) and side.position > 0 and side.status = 'ACCEPTED' and side.deleted is null)
$$;
create or replace function cooperation.keep_partners() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  of cooperation.cooperation%rowtype;
begin
  -- What is shown upward is for county, city, province and nation above each of them too.
  update cooperation.cooperation set parties = array(
      select code from cooperation.partner as side, lateral unnest(case when cooperation.upward
        then array[committee, left(committee, 6), left(committee, 4) || '00', left(committee, 2) || '0000', '000000'] else array[committee::text] end) as code
      where side.cooperation = cooperation.id and side.status in ('INVITED', 'ACCEPTED') and side.deleted is null group by code order by min(position), code desc)
    where id = new.cooperation and visibility = 'JOINT' and not (new.status in ('INVITED', 'ACCEPTED') and new.committee = any(parties));
  update cooperation.cooperation set status = 'ACTIVE', since = new.since
    where id = new.cooperation and status = 'CONTACT' and new.status = 'ACCEPTED' and new.position > 0 returning * into of;
  if of.id is not null then
    insert into cooperation.cooperation_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, committee, record_revision)
      values (gen_random_uuid(), of.owner, of.owner, of.visibility, of.parties, of.subjects, of.id, 'beginCooperation', 'CONTACT', 'ACTIVE', 'FEED', new.committee, of.revision);
  end if;
  return null;
end $$;
create or replace trigger keep_partners after update of status on cooperation.partner
  for each row when (old.status <> new.status) execute function cooperation.keep_partners();`;

/** What of these functions the subgraph’s role may call. */
export const cooperationCallable: readonly string[] = ['agree_to_widening(uuid, text)'];
