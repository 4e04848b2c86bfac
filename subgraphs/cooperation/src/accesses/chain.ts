/**
 * The chain of the access log as SQL. One function lengthens it, under a lock, by a group of entries at a time: whoever
 * appends one by one queues for the lock, and whoever appends without it forks the chain.
 */

/** What an agency may read without an agreement: matter that is shared without condition. */
const withoutAgreement = { rowsPerDay: 10_000, requestsPerMinute: 60 };

/** What of an entry its hash covers: all of it, as one JSON array, so that no value can run into the next. `previous` is the hash of the entry before. */
export const hashedText = `jsonb_build_array(entry.previous, entry.number, entry.id, entry.owner, entry.visibility, entry.parties, entry.subjects,
  entry.agency, entry.agreement, entry.version, entry.kid, entry.outcome, entry.reason, entry.operation, entry.fields, entry.filters, entry.rows,
  to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), entry.address, entry.milliseconds)::text`;

export const accessChain = `
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
create or replace function cooperation.append_accesses(entries jsonb) returns table (ordinal bigint, refusal text, retry_after integer, number bigint, hash text)
  language plpgsql security definer set search_path = '' as $$
declare
  last_number bigint;
  last_hash text;
  given jsonb;
  entry cooperation.access_entry;
begin
  perform pg_advisory_xact_lock(hashtext('cooperation.access_entry'));
  select one.number, one.hash into last_number, last_hash from cooperation.access_entry as one order by one.number desc limit 1;
  number := coalesce(last_number, 0);
  hash := coalesce(last_hash, '');
  delete from cooperation.agency_token as one where one.until < now() - interval '1 minute';
  for given, ordinal in select one.value, one.ordinality from jsonb_array_elements(entries) with ordinality as one loop
    select decided.refusal, decided.retry_after into refusal, retry_after from cooperation.refusal_of_access(given) as decided;
    number := number + 1;
    entry := row(number, gen_random_uuid(), given ->> 'committee', 'INTERNAL', '{}'::text[],
      case when refusal is null then array(select jsonb_array_elements_text(given -> 'subjects')) else '{}'::text[] end,
      (given ->> 'agency')::uuid, (given ->> 'agreement')::uuid, (given ->> 'version')::integer, given ->> 'kid',
      case when refusal is null then 'READ' else 'REFUSED' end, refusal, given ->> 'operation', array(select jsonb_array_elements_text(given -> 'fields')),
      given ->> 'filters', case when refusal is null then (given ->> 'rows')::integer else 0 end, date_trunc('milliseconds', clock_timestamp()),
      given ->> 'address', (given ->> 'milliseconds')::integer, hash, '')::cooperation.access_entry;
    hash := cooperation.hash_of_access(entry);
    entry.hash := hash;
    insert into cooperation.access_entry select entry.*;
    insert into cooperation.access_subject (member, number) select distinct one::uuid, entry.number from unnest(entry.subjects) as one;
    return next;
  end loop;
end $$;
create or replace function cooperation.sign_accesses(signed_number bigint, given text) returns void language sql security definer set search_path = '' as $$
  insert into cooperation.access_checkpoint (number, signature) values (signed_number, given) on conflict do nothing
$$;`;

/** What of these functions the subgraph’s role may call. */
export const accessChainCallable: readonly string[] = ['append_accesses(jsonb)', 'sign_accesses(bigint, text)'];
