/**
 * Numbers of changes have eras. Where a database is brought back to what it was (a backup, a dump, a copied folder, a
 * point in time), the numbers that were given out after that moment would be given out again, to other changes, and whoever
 * had read as far as them would miss these. So whenever the numbers are given out by another start of a server, another
 * database or another table than before, they go on at the clock, in microseconds since 1970: beyond all that any database
 * with the same past ever gave out. What lies between is a gap, and a place in it is no place of this database.
 *
 * Nothing within a copied folder tells that it is a copy; but it can't be used without a start of its server.
 */
export function changeEras(schema: string): string {
  return `
create table if not exists ${schema}.change_era (
  -- Its first number, and the last that there was before it.
  first bigint primary key,
  last bigint not null check (last < first),
  -- Who gave its numbers out.
  identity text not null,
  began timestamptz not null default clock_timestamp()
);
create or replace function ${schema}.begin_change_era() returns void language plpgsql security definer set search_path = '' as $$
declare
  known ${schema}.change_era%rowtype;
  here text := concat_ws(' ', extract(epoch from pg_postmaster_start_time()), (select oid from pg_database where datname = current_database()),
    pg_relation_filenode('${schema}.change'::regclass));
  last_number bigint;
  next_number bigint;
begin
  if (select identity from ${schema}.change_era order by first desc limit 1) = here then return; end if;
  perform pg_advisory_xact_lock(hashtext('${schema}.change'));
  select * into known from ${schema}.change_era order by first desc limit 1;
  if known.identity = here then return; end if;
  select coalesce(max(seq), 0) into last_number from ${schema}.change;
  select greatest((extract(epoch from clock_timestamp()) * 1000000)::bigint, last_value + 1) into next_number from ${schema}.change_seq;
  -- One that gave no number out, here, may have given some out elsewhere.
  if last_number < known.first then
    update ${schema}.change_era set first = next_number, identity = here, began = clock_timestamp() where first = known.first;
  else
    insert into ${schema}.change_era (first, last, identity) values (next_number, last_number, here);
  end if;
  perform setval('${schema}.change_seq', next_number, false);
end $$;`;
}
