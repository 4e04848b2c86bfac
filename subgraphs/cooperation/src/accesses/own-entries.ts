/**
 * What the access log says of itself, as SQL: that its oldest entries went, and that its database was brought back. Each is an entry
 * of the chain like any other, by which it is signed, and what it says is done in the transaction that writes it.
 */

/** No setting and no request makes entries go that are younger: 网络安全法 asks for six months. */
const youngestDays = 184;

/** In which database the log lies: another after a dump was restored. `pg_upgrade` keeps it. */
const here = `concat_ws(' ', (select system_identifier from pg_control_system()),
  (select oid from pg_database where datname = current_database()), 'cooperation.access_entry'::regclass::oid)`;

export const accessLogOwnEntries = `
create or replace function cooperation.access_log_place() returns text language sql stable set search_path = '' as $$ select ${here} $$;
-- Logs of earlier versions lie where they are found.
insert into cooperation.access_place (place) select cooperation.access_log_place() where exists (select 1 from cooperation.access_key) on conflict do nothing;
-- What brought the log back and isn't told in it yet; nothing where it lies where it was.
create or replace function cooperation.untold_restoration() returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('restored', last.at, 'taken', last.taken, 'writtenBy', last.hub)
  from cooperation.access_place as known left join lateral (select * from cooperation.restoration as one
    where one.at > coalesce(known.restored, '-infinity') order by one.at desc limit 1) as last on true
  where last.at is not null or known.place <> cooperation.access_log_place()
$$;
-- Whole groups whose end is signed, the oldest, once they are a day older than they are kept: so this is told once a day.
create or replace function cooperation.old_accesses(days integer, most integer) returns jsonb language sql stable security definer set search_path = '' as $$
  with kept as (select now() - make_interval(days => greatest(days, ${youngestDays})) as since),
  oldest as (select entry.number, entry.at from cooperation.access_entry as entry order by entry.number limit 1),
  ends as (select one.number, case when one.first is null then one.signature else one.head end as head
    from cooperation.access_checkpoint as one where one.first is null or one.head is not null)
  select jsonb_build_object('first', oldest.number, 'since', oldest.at, 'last', entry.number, 'until', entry.at, 'hash', entry.hash, 'head', ends.head)
    from kept, oldest, ends join cooperation.access_entry as entry on entry.number = ends.number
    where oldest.at < kept.since - interval '1 day' and entry.at < kept.since
    -- Where none of so many has a signed end, up to the first that has.
    order by entry.number >= oldest.number + most, case when entry.number < oldest.number + most then -entry.number else entry.number end limit 1
$$;
-- Nothing, or why it can't be entered: another gateway was faster.
create or replace function cooperation.refusal_of_own_entry(kind text, said jsonb) returns text language plpgsql security definer set search_path = '' as $$
declare
  last_number constant bigint := (said ->> 'last')::bigint;
begin
  if kind = 'SWEPT' then
    if (said ->> 'first')::bigint is distinct from (select min(number) from cooperation.access_entry)
      or not exists (select 1 from cooperation.access_entry as entry join cooperation.access_checkpoint using (number) where number = last_number and entry.hash = said ->> 'hash')
      or exists (select 1 from cooperation.access_entry where number <= last_number and at >= now() - make_interval(days => greatest((said ->> 'days')::integer, ${youngestDays}))) then
      return 'CONFLICT';
    end if;
    delete from cooperation.access_subject where number <= last_number;
    delete from cooperation.access_checkpoint where number <= last_number;
    delete from cooperation.access_entry where number <= last_number;
  else
    -- What one gateway had signed and is lost is its own to tell.
    if cooperation.untold_restoration() is null and coalesce(said -> 'lost', 'null') = 'null' then return 'CONFLICT'; end if;
    update cooperation.access_place set place = cooperation.access_log_place(), restored = greatest(restored, (said ->> 'restored')::timestamptz);
  end if;
  return null;
end $$;`;
