/**
 * The chain of the access log as SQL. One function lengthens it, under a lock, by a group of entries at a time: whoever
 * appends one by one queues for the lock, and whoever appends without it forks the chain.
 */

import { accessLogOwnEntries } from './own-entries.ts';

/** What an agency may read without an agreement: matter that is shared without condition. */
const withoutAgreement = { rowsPerDay: 10_000, requestsPerMinute: 60 };

const instantText = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** What of an entry its hash covers: all of it, as one JSON array, so that no value can run into the next. `previous` is the hash of the entry before. */
const hashedText = `jsonb_build_array(entry.previous, entry.number, entry.id, entry.owner, entry.visibility, entry.parties, entry.subjects,
  entry.agency, entry.agreement, entry.version, entry.kid, entry.outcome, entry.reason, entry.operation, entry.fields, entry.filters, entry.rows,
  ${instantText('entry.at')}, entry.address, entry.milliseconds, entry.times, ${instantText('entry.since')}, ${instantText('entry.until')})::text`;

export const accessChain = `${accessLogOwnEntries}
-- Earlier versions named its parameter and its results otherwise.
drop function if exists cooperation.append_accesses(jsonb), cooperation.access_chain(bigint);
create or replace function cooperation.hash_of_access(entry cooperation.access_entry) returns text language sql stable set search_path = '' as $$
  select encode(sha256(convert_to(${hashedText}, 'UTF8')), 'hex')
$$;
-- What keeps an entry from being told, and when to ask again; nothing where it may be told. It looks at what is committed now, not at what the gateway knew.
create or replace function cooperation.refusal_of_access(given jsonb, out refusal text, out retry_after integer)
  language plpgsql security definer set search_path = '' as $$
declare
  agency_of uuid := (given ->> 'agency')::uuid;
  terms cooperation.sharing_terms%rowtype;
  today date := (now() at time zone 'Asia/Shanghai')::date;
  used cooperation.access_use%rowtype;
  most_rows integer := ${withoutAgreement.rowsPerDay};
  most_requests integer := ${withoutAgreement.requestsPerMinute};
  reader_of uuid := coalesce((given ->> 'agreement')::uuid, agency_of);
  this_minute timestamptz := date_trunc('minute', clock_timestamp());
begin
  if not exists (select 1 from cooperation.agency_key as key join cooperation.partner_agency as agency on agency.id = key.agency
      where agency.id = agency_of and agency.status = 'REGISTERED' and key.status = 'ACTIVE' and key.kid = given ->> 'kid')
    -- What is told by a webhook is told by no token.
    and not exists (select 1 from cooperation.webhook as hook join cooperation.partner_agency as agency on agency.id = hook.agency
      where agency.id = agency_of and agency.status = 'REGISTERED' and hook.status = 'ACTIVE' and hook.deleted is null
        and hook.agreement = (given ->> 'agreement')::uuid and 'webhook ' || hook.id = given ->> 'kid') then
    refusal := 'UNAUTHENTICATED';
    return;
  end if;
  if given ->> 'token' is not null then
    insert into cooperation.agency_token (agency, token, until) values (agency_of, given ->> 'token', (given ->> 'tokenUntil')::timestamptz) on conflict do nothing;
    if not found then refusal := 'TOKEN_REPLAYED'; return; end if;
  end if;
  if given ->> 'agreement' is not null then
    select version.* into terms from cooperation.sharing_agreement as agreement
      join cooperation.sharing_terms as version on version.agreement = agreement.id and version.version = agreement.version
      where agreement.id = (given ->> 'agreement')::uuid and agreement.agency = agency_of and agreement.status = 'IN_FORCE'
        and agreement.version = (given ->> 'version')::integer and today between agreement.valid_from and agreement.valid_until;
    if terms.id is null then refusal := 'AGREEMENT_NOT_IN_FORCE'; return; end if;
    most_rows := terms.rows_per_day;
    most_requests := terms.requests_per_minute;
  end if;
  -- What is refused anyway is not counted as read.
  if given ->> 'refusal' is not null then refusal := given ->> 'refusal'; return; end if;
  insert into cooperation.access_use as one (reader, day, rows, minute, requests) values (reader_of, today, 0, this_minute, 0)
    on conflict (reader) do update set day = today, rows = case when one.day = today then one.rows else 0 end,
      minute = this_minute, requests = case when one.minute = this_minute then one.requests else 0 end
    returning * into used;
  if used.requests >= most_requests then
    refusal := 'TOO_MANY_REQUESTS';
    retry_after := greatest(1, ceil(extract(epoch from this_minute + interval '1 minute' - clock_timestamp())));
    return;
  end if;
  if used.rows + (given ->> 'rows')::integer > most_rows then
    refusal := 'TOO_MANY_ROWS';
    retry_after := greatest(1, ceil(extract(epoch from (today + 1)::timestamp at time zone 'Asia/Shanghai' - clock_timestamp())));
    return;
  end if;
  update cooperation.access_use set rows = rows + (given ->> 'rows')::integer, requests = requests + 1 where reader = reader_of;
end $$;
-- What is given holds entries and what their gateway signed of them. One that is refused isn't entered: refusals come counted, as entries of their own.
create or replace function cooperation.append_accesses(given jsonb) returns table (ordinal bigint, refusal text, retry_after integer, number bigint, hash text, logged boolean)
  language plpgsql security definer set search_path = '' as $$
declare
  first_number bigint;
  one jsonb;
  entry cooperation.access_entry;
begin
  perform pg_advisory_xact_lock(hashtext('cooperation.access_entry'));
  select last.number, last.hash into number, hash from cooperation.access_entry as last order by last.number desc limit 1;
  if number is null then
    select 0, key.hash into strict number, hash from cooperation.access_key as key where key.ordinal = 1;
  end if;
  delete from cooperation.agency_token as token where token.until < now() - interval '1 minute';
  for one, ordinal in select each.value, each.ordinality from jsonb_array_elements(given -> 'entries') with ordinality as each loop
    refusal := null;
    retry_after := null;
    logged := true;
    if one ->> 'reason' in ('SWEPT', 'RESTORED') then
      refusal := cooperation.refusal_of_own_entry(one ->> 'reason', (one ->> 'filters')::jsonb);
      logged := refusal is null;
    elsif one ->> 'reason' is null then
      select decided.refusal, decided.retry_after into refusal, retry_after from cooperation.refusal_of_access(one) as decided;
      logged := refusal is null;
    end if;
    if logged then
      number := number + 1;
      first_number := coalesce(first_number, number);
      entry := row(number, (one ->> 'id')::uuid, one ->> 'committee', 'INTERNAL', '{}'::text[],
        array(select jsonb_array_elements_text(one -> 'subjects')), (one ->> 'agency')::uuid, (one ->> 'agreement')::uuid,
        (one ->> 'version')::integer, one ->> 'kid', case when one ->> 'reason' is null then 'READ' when one ->> 'reason' in ('SWEPT', 'RESTORED') then one ->> 'reason' else 'REFUSED' end, one ->> 'reason',
        one ->> 'operation', array(select jsonb_array_elements_text(one -> 'fields')), one ->> 'filters', (one ->> 'rows')::integer,
        date_trunc('milliseconds', clock_timestamp()), one ->> 'address', (one ->> 'milliseconds')::integer, hash, '',
        (one ->> 'times')::integer, (one ->> 'since')::timestamptz, (one ->> 'until')::timestamptz)::cooperation.access_entry;
      hash := cooperation.hash_of_access(entry);
      entry.hash := hash;
      insert into cooperation.access_entry select entry.*;
      insert into cooperation.access_subject (member, number) select distinct subject::uuid, entry.number from unnest(entry.subjects) as subject;
    end if;
    return next;
  end loop;
  if first_number is not null then
    insert into cooperation.access_checkpoint (number, first, signature) values (number, first_number, given ->> 'signature');
  end if;
end $$;
create or replace function cooperation.sign_accesses(signed_number bigint, given text) returns void language sql security definer set search_path = '' as $$
  update cooperation.access_checkpoint set head = given where number = signed_number and first is not null and head is null
$$;
-- A hash of null says that there is no such entry. The first is 0 where there is none.
create or replace function cooperation.access_chain(wanted bigint, out first bigint, out number bigint, out hash text, out hash_at text, out checkpoints integer, out keys jsonb, out restoration jsonb)
  language sql stable security definer set search_path = '' as $$
  select coalesce((select min(entry.number) from cooperation.access_entry as entry), 0),
    coalesce((select last.number from cooperation.access_entry as last order by last.number desc limit 1), 0),
    (select last.hash from cooperation.access_entry as last order by last.number desc limit 1),
    coalesce((select one.hash from cooperation.access_entry as one where one.number = wanted),
      (select key.hash from cooperation.access_key as key where key.ordinal = 1 and key.number = wanted)),
    (select count(*)::integer from cooperation.access_checkpoint as one where one.first is null),
    (select coalesce(jsonb_agg(jsonb_build_object('ordinal', key.ordinal, 'number', key.number::text, 'hash', key.hash,
      'statement', key.statement, 'endorsement', key.endorsement) order by key.ordinal), '[]') from cooperation.access_key as key),
    cooperation.untold_restoration()
$$;
-- Under the lock of those who append: what a key says of the end is true as it takes over.
create or replace function cooperation.add_access_key(given jsonb) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('cooperation.access_entry'));
  if (given ->> 'ordinal')::integer <> (select count(*) + 1 from cooperation.access_key)
    or (given ->> 'number')::bigint <> coalesce((select max(number) from cooperation.access_entry), 0) then
    return false;
  end if;
  insert into cooperation.access_key (ordinal, number, hash, statement, endorsement)
    values ((given ->> 'ordinal')::integer, (given ->> 'number')::bigint, given ->> 'hash', given ->> 'statement', given ->> 'endorsement');
  -- A log that begins here was never anywhere else.
  insert into cooperation.access_place (place, restored) select cooperation.access_log_place(), max(at) from cooperation.restoration on conflict do nothing;
  return true;
end $$;`;

/** What of these functions the subgraph’s role may call. */
export const accessChainCallable: readonly string[] = [
  'append_accesses(jsonb)',
  'sign_accesses(bigint, text)',
  'access_chain(bigint)',
  'add_access_key(jsonb)',
  'old_accesses(integer, integer)',
];
