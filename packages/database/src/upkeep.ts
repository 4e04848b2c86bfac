/**
 * What PostgreSQL keeps by itself for every record of a subgraph: revisions, the change feed, counters and the search
 * index; and who reaches a table, by policies and grants. It is the same SQL for each subgraph's schema, so it stands here
 * once and is laid over the tables after every migration.
 */
import { changeEras } from './change-eras.ts';
import { revokeSql } from './clearing.ts';
import {
  grantSql,
  keptTables,
  type PartOf,
  type PolicedTable,
  policiesSql,
  type RecordTable,
  type SchemaTables,
} from './policies.ts';
import { quoted } from './roles.ts';
import { type Searched, searchIndexSql, searchTablesSql, searchTriggerSql } from './search-index.ts';

/** What a subgraph says of its tables. */
export interface Upkeep {
  /** Tables whose totals are asked for, with the column that summaries group by. */
  readonly counted: Readonly<Record<string, string>>;
  readonly searched: Searched;
  /** Triggers and functions of the subgraph's own: SQL that may run again and then changes nothing. It names no role. */
  readonly triggers?: string;
  /** Functions of these that the subgraph's role may call, each with its arguments' types; nobody may call the others. */
  readonly callable?: readonly string[];
  /** Functions of the subgraph's own that delete for real what has had its time: each takes how many at most, and returns how many it were. */
  readonly sweeps?: readonly string[];
}

/** Rows whose audience a counter can't hold: they are counted one by one, and there are few. */
export const countedApart = `(visibility in ('PRIVATE', 'JOINT') or (visibility <> 'PUBLIC' and subjects <> '{}'))`;

/** The tables that hold what is kept; no request writes them. */
export function keptTablesSql(schema: string): string {
  return `
create sequence if not exists ${schema}.change_seq;
create table if not exists ${schema}.change (
  seq bigint primary key,
  type text not null,
  id uuid not null,
  revision integer not null,
  operation text not null check (operation in ('INSERT', 'UPDATE', 'DELETE')),
  before jsonb,
  after jsonb,
  at timestamptz not null default clock_timestamp()
);
-- In which transaction it was written: one tells of a record once.
alter table ${schema}.change add column if not exists transaction xid8;
create index if not exists change_record on ${schema}.change (id, seq);
-- How far old changes were gone through, and the number of the last one that was dropped: whoever had read less far may have missed it.
create table if not exists ${schema}.change_sweep (looked bigint not null, dropped bigint not null);
create unique index if not exists change_sweep_one on ${schema}.change_sweep ((true));
create or replace function ${schema}.dropped_changes() returns bigint language sql stable security definer set search_path = ''
  as $$ select dropped from ${schema}.change_sweep $$;
-- The latest change of each record stays, for projections begin with these: once a change is old itself, those before it go.
create or replace function ${schema}.sweep_change(days integer, most integer) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  old constant timestamptz := now() - make_interval(days => greatest(days, 1));
  begun bigint;
  until bigint;
  gone bigint;
  passed integer;
begin
  if current_setting('hub.feed', true) is distinct from 'yes' or not pg_try_advisory_xact_lock(hashtext('${schema}.sweep_change')) then return 0; end if;
  select looked into begun from ${schema}.change_sweep;
  -- Up to the first that isn't old yet.
  select coalesce(min(seq) filter (where at >= old) - 1, max(seq)), count(*) filter (where at < old) into until, passed
    from (select seq, at from ${schema}.change where seq > begun order by seq limit most) as page;
  if until is null or until <= begun then return 0; end if;
  with later as (select seq, id, type from ${schema}.change where seq > begun and seq <= until),
    swept as (delete from ${schema}.change as earlier using later
      where earlier.id = later.id and earlier.type = later.type and earlier.seq < later.seq returning earlier.seq)
    select max(seq) into gone from swept;
  update ${schema}.change_sweep set looked = until, dropped = greatest(dropped, coalesce(gone, 0));
  return passed;
end $$;
create table if not exists ${schema}.counter (
  type text not null,
  owner text collate "C" not null,
  visibility text not null,
  kind text not null,
  total bigint not null,
  parties text[] not null default '{}' check (parties = '{}'),
  subjects text[] not null default '{}' check (subjects = '{}'),
  primary key (type, owner, visibility, kind)
);
-- With all that a total and its policy look at: the nation's counters are then summed off the index, however the rows lie.
create index if not exists counter_summed on ${schema}.counter (type, owner) include (visibility, kind, total, parties, subjects);
${searchTablesSql(schema)}
create table if not exists ${schema}.idempotency (
  subject text not null,
  key text not null,
  request text not null,
  result jsonb,
  at timestamptz not null default now(),
  primary key (subject, key)
);
-- Keys and results are made here and bounded; whatever else comes in is a fault.
alter table ${schema}.idempotency drop constraint if exists idempotency_size;
alter table ${schema}.idempotency add constraint idempotency_size
  check (length(key) <= 64 and length(request) <= 64 and octet_length(result::text) <= 131072) not valid;
create index if not exists idempotency_at on ${schema}.idempotency (at);
-- No request may delete a key: a role that could would make a repeated mutation be done again.
create or replace function ${schema}.sweep_idempotency(days integer, most integer) returns integer
  language plpgsql security definer set search_path = '' as $$
declare
  swept integer;
begin
  -- Who comes while another sweeps leaves it to them, and nobody does it but the hub by itself.
  if current_setting('hub.feed', true) is distinct from 'yes' or not pg_try_advisory_xact_lock(hashtext('${schema}.sweep_idempotency')) then return 0; end if;
  delete from ${schema}.idempotency where ctid = any(array(
    select ctid from ${schema}.idempotency where at < now() - make_interval(days => greatest(days, 1)) order by at limit most for update skip locked));
  get diagnostics swept = row_count;
  return swept;
end $$;
${changeEras(schema)}
-- When a backup was restored into this database, and of when it was; only restoring writes it.
create table if not exists ${schema}.restoration (
  at timestamptz primary key default clock_timestamp(),
  taken timestamptz not null,
  hub text not null
);
-- Which facts were brought in last.
create table if not exists ${schema}.imported (
  one boolean primary key default true check (one),
  hash text not null,
  at timestamptz not null default now()
);`;
}

function changeFunctions(schema: string): string {
  return `
create or replace function ${schema}.keep_revision() returns trigger language plpgsql set search_path = '' as $$
begin
  new.revision := old.revision + 1;
  new.created := old.created;
  new.modified := clock_timestamp();
  return new;
end $$;
create or replace function ${schema}.audience(given jsonb) returns jsonb language sql immutable as $$
  select case when given is null or given ->> 'deleted' is not null then null
    else jsonb_strip_nulls(jsonb_build_object('owner', given -> 'owner', 'visibility', given -> 'visibility', 'parties', given -> 'parties', 'subjects', given -> 'subjects',
      'receipt', given -> 'receipt', 'reference', case when given ? 'reference_owner' then jsonb_build_object('owner', given -> 'reference_owner', 'visibility', given -> 'reference_visibility', 'parties', given -> 'reference_parties') end)) end
$$;
create or replace function ${schema}.count_row(given jsonb, type text, kind_column text, by integer) returns void
  language plpgsql set search_path = '' as $$
begin
  if given is null or given ->> 'deleted' is not null or given ->> 'visibility' in ('PRIVATE', 'JOINT')
    or (given ->> 'visibility' <> 'PUBLIC' and given -> 'subjects' <> '[]'::jsonb) then return; end if;
  insert into ${schema}.counter as counter (type, owner, visibility, kind, total)
    values (type, given ->> 'owner', given ->> 'visibility', coalesce(given ->> kind_column, ''), by)
    on conflict on constraint counter_pkey do update set total = counter.total + excluded.total;
end $$;
-- Deferred, so that it runs as its transaction commits. The lock is held from here to the end of the commit: whoever has
-- a higher number became visible later. A number taken from a plain identity column is skipped over by a reader when an
-- earlier one commits late.
-- Its arguments are columns of the table: the one that totals are grouped by, or '', and those that its audience depends on besides.
create or replace function ${schema}.keep_change() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  -- Of the row only what is needed: the whole as JSON would hold the bytes of files.
  before jsonb := case when tg_op <> 'INSERT' then jsonb_build_object('owner', old.owner, 'visibility', old.visibility,
    'parties', old.parties, 'subjects', old.subjects, 'deleted', old.deleted) end;
  after jsonb := jsonb_build_object('owner', new.owner, 'visibility', new.visibility,
    'parties', new.parties, 'subjects', new.subjects, 'deleted', new.deleted);
  audience_after jsonb;
  field text;
  is_told boolean := false;
begin
  if tg_nargs > 0 then
    foreach field in array tg_argv loop
      continue when field = '';
      before := before || jsonb_build_object(field, case when tg_op <> 'INSERT' then to_jsonb(old) -> field end);
      after := after || jsonb_build_object(field, to_jsonb(new) -> field);
    end loop;
  end if;
  audience_after := ${schema}.audience(after);
  perform pg_advisory_xact_lock(hashtext('${schema}.change'));
  -- What a record was between two writes of one transaction nobody ever saw, and nobody is told.
  if tg_op = 'UPDATE' then
    update ${schema}.change as told set revision = new.revision, after = audience_after,
        operation = case when new.deleted is not null then 'DELETE' when told.operation = 'DELETE' then 'UPDATE' else told.operation end
      where told.seq = (select seq from ${schema}.change where id = new.id and type = tg_table_name order by seq desc limit 1)
        and told.transaction = pg_current_xact_id() and told.at >= now();
    is_told := found;
  end if;
  if not is_told then
    perform ${schema}.begin_change_era();
    insert into ${schema}.change (seq, type, id, revision, operation, before, after, transaction)
      values (nextval('${schema}.change_seq'), tg_table_name, new.id, new.revision,
        case when new.deleted is not null then 'DELETE' else tg_op end, ${schema}.audience(before), audience_after, pg_current_xact_id());
  end if;
  if tg_nargs > 0 and tg_argv[0] <> '' then
    perform ${schema}.count_row(before, tg_table_name, tg_argv[0], -1);
    perform ${schema}.count_row(after, tg_table_name, tg_argv[0], 1);
  end if;
  return null;
end $$;`;
}

/** What is withdrawn takes its parts along, whoever owns them, and brings the same ones back. */
function partsUpkeep(schema: string, parts: readonly PartOf[]): string {
  return [
    `
create or replace function ${schema}.keep_parts() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  execute format('update ${schema}.%I set deleted = $1 where %I = $2 and deleted is not distinct from $3', tg_argv[0], tg_argv[1])
    using new.deleted, new.id, old.deleted;
  return null;
end $$;`,
    ...parts.map(
      ({ whole, part, column }) =>
        `create or replace trigger keep_${part}_${column} after update of deleted on ${schema}.${whole} for each row when (new.deleted is distinct from old.deleted) execute function ${schema}.keep_parts('${part}', '${column}');`,
    ),
  ].join('\n');
}

function tableUpkeep(schema: string, { name: table, audience }: RecordTable, upkeep: Upkeep): string {
  const name = `${schema}.${table}`;
  const kind = upkeep.counted[table];
  const searched = upkeep.searched[table];
  const literal = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(', ');
  return `
create or replace trigger keep_revision before update on ${name} for each row execute function ${schema}.keep_revision();
drop trigger if exists keep_change on ${name};
create constraint trigger keep_change after insert or update on ${name} deferrable initially deferred
  for each row execute function ${schema}.keep_change(${literal(kind || audience.length > 0 ? [kind ?? '', ...audience] : [])});
${searched ? searchTriggerSql(schema, table, searched, audience) : ''}
${kind ? `create index if not exists ${table}_counted_apart on ${name} (owner) where ${countedApart} and deleted is null;` : ''}`;
}

/** All tables of a schema: closed to whoever has no policy, their owner too, and open to their owner by a policy, so that it needs no more than to own them. */
function rowSecurity(schema: string, owner: string, policed: readonly PolicedTable[], role: string): string {
  return `
do $$ declare
  one regclass;
begin
  for one in select oid from pg_catalog.pg_class where relnamespace = '${schema}'::regnamespace and relkind in ('r', 'p') loop
    execute format('alter table %s enable row level security, force row level security', one);
    execute format('create policy owner on %s to ${owner.replaceAll("'", "''").replaceAll('%', '%%')} using (true) with check (true)', one);
  end loop;
end $$;
${policed.map((table) => policiesSql(schema, role, table)).join('\n')}`;
}

/** Who has rights on a schema. */
export interface Roles {
  /** Owns all that is in it, and so does what its functions do. */
  readonly owner: string;
  /** The subgraph's: it owns nothing and can't pass by a policy. */
  readonly role: string;
}

/** All of it for one schema, to be run in one transaction over a schema that `clearSql` has cleared. */
export function upkeepSql(
  schema: string,
  roles: Roles,
  { policed, records, parts }: SchemaTables,
  upkeep: Upkeep,
): string {
  const [owner, role] = [quoted(roles.owner), quoted(roles.role)];
  const reached = [...policed, ...keptTables];
  const callable = [
    'sweep_idempotency(integer, integer)',
    'sweep_change(integer, integer)',
    'dropped_changes()',
    'search(text, text, text, text, integer)',
    'holds_word(text, uuid, text)',
    'wanted_word(text)',
    'audience(jsonb)',
    ...(upkeep.callable ?? []),
  ];
  return [
    keptTablesSql(schema),
    rowSecurity(schema, owner, reached, role),
    `insert into ${schema}.change_sweep values (0, 0) on conflict do nothing;`,
    searchIndexSql(schema, upkeep.searched),
    changeFunctions(schema),
    ...records.map((table) => tableUpkeep(schema, table, upkeep)),
    partsUpkeep(schema, parts),
    upkeep.triggers ?? '',
    // A table is closed and policed by now, and a function is what it should be.
    revokeSql(schema, roles.owner),
    `grant usage on schema ${schema} to ${role};`,
    ...reached.map((table) => grantSql(schema, role, table)),
    `grant execute on function ${callable.map((one) => `${schema}.${one}`).join(', ')} to ${role};`,
  ].join('\n');
}
