/**
 * The queue of webhooks' messages as SQL. What moves it belongs to nobody who asks: the follower alone claims, queues and
 * settles, and what the agency's steps do to it follows from its webhook. Whoever locks a webhook and its progress locks
 * them in this order.
 */
import { mostPending } from './tables.ts';

/** How long two secrets sign, one that fails goes on being tried, and what was given up stays. */
const [overlap, longestFailing, keptDead] = ['24 hours', '5 days', '30 days'];

/** Webhooks that may be told now, as `hook`, with the agreement as it holds. */
const inForce = `cooperation.webhook as hook
  join cooperation.sharing_agreement as agreement on agreement.id = hook.agreement and agreement.status = 'IN_FORCE' and agreement.deleted is null
    and (now() at time zone 'Asia/Shanghai')::date between agreement.valid_from and agreement.valid_until
  join cooperation.partner_agency as agency on agency.id = agreement.agency and agency.id = hook.agency and agency.status = 'REGISTERED'`;
const isActive = `hook.status = 'ACTIVE' and hook.deleted is null`;

/** Webhooks whose first message is due, the longest waiting first. */
export const dueWebhooks = (
  most: string,
) => `select progress.webhook, hook.url from cooperation.webhook_progress as progress join (${inForce}) on hook.id = progress.webhook
      where progress.next_attempt <= now() and ${isActive} and progress.version = agreement.version
      order by progress.next_attempt limit ${most} for update of progress skip locked`;

/** Webhooks whose messages are counted for a monitor: some, and those whose are due first. */
export const countedWebhooks = `select progress.webhook, progress.next_attempt
      from cooperation.webhook_progress as progress join (${inForce}) on hook.id = progress.webhook
      where progress.next_attempt is not null and ${isActive} and progress.version = agreement.version order by progress.next_attempt limit 1000`;

export const webhookQueue = `
create or replace function cooperation.begin_webhook() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into cooperation.webhook_progress (webhook, owner, visibility, parties, subjects) values (new.id, new.owner, new.visibility, new.parties, new.subjects);
  return null;
end $$;
create or replace trigger begin_webhook after insert on cooperation.webhook for each row execute function cooperation.begin_webhook();
-- A message that arrived is known by its id and second to whoever verifies it: what is tried again at will has another second.
create or replace function cooperation.due_webhook(of uuid) returns void language sql security definer set search_path = '' as $$
  update cooperation.webhook_progress set next_attempt = case when exists (select 1 from cooperation.webhook_message as one
    where one.webhook = of and one.state = 'PENDING') then now() + interval '1 second' end where webhook = of
$$;
create or replace function cooperation.follow_webhook() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.status = 'ACTIVE' then
    update cooperation.webhook_progress set failing_since = null, last_error = null where webhook = new.id;
    update cooperation.webhook_message set attempts = 0 where webhook = new.id and state = 'PENDING';
    perform cooperation.due_webhook(new.id);
  else
    update cooperation.webhook_progress set next_attempt = null where webhook = new.id;
  end if;
  if new.status = 'REMOVED' then
    delete from cooperation.webhook_message where webhook = new.id;
    delete from cooperation.webhook_secret where webhook = new.id;
  end if;
  return null;
end $$;
create or replace trigger follow_webhook after update of status on cooperation.webhook
  for each row when (old.status <> new.status) execute function cooperation.follow_webhook();
-- What an agency does to its own: of anybody else's it does nothing.
create or replace function cooperation.is_own_webhook(of uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select 1 from cooperation.webhook where id = of and agency::text = nullif(current_setting('hub.agency', true), ''))
$$;
create or replace function cooperation.keep_webhook_secret(of uuid, given text) returns void language plpgsql security definer set search_path = '' as $$
begin
  if not cooperation.is_own_webhook(of) then raise exception 'not the agency''s webhook' using errcode = '42501'; end if;
  delete from cooperation.webhook_secret where webhook = of and valid_until is not null;
  update cooperation.webhook_secret set valid_until = now() + interval '${overlap}' where webhook = of;
  insert into cooperation.webhook_secret (webhook, secret) values (of, given);
end $$;
create or replace function cooperation.replay_webhook(of uuid, place text) returns void language plpgsql security definer set search_path = '' as $$
begin
  if not cooperation.is_own_webhook(of) then raise exception 'not the agency''s webhook' using errcode = '42501'; end if;
  update cooperation.webhook_progress set cursor = place, next_attempt = null where webhook = of;
  delete from cooperation.webhook_message where webhook = of and state = 'PENDING';
end $$;
-- How many there are, and how many of them can't be told any more as they are: they were made under another version.
create or replace function cooperation.redeliver_webhook(of uuid, wanted uuid[], out letters integer, out outdated integer)
  language plpgsql security definer set search_path = '' as $$
begin
  if not cooperation.is_own_webhook(of) then raise exception 'not the agency''s webhook' using errcode = '42501'; end if;
  perform 1 from cooperation.webhook_progress where webhook = of for update;
  select count(*), count(*) filter (where one.version is distinct from agreement.version) into letters, outdated
    from cooperation.webhook_message as one join cooperation.webhook as hook on hook.id = one.webhook
    join cooperation.sharing_agreement as agreement on agreement.id = hook.agreement
    where one.webhook = of and one.state = 'DEAD' and (wanted is null or one.id = any(wanted));
  update cooperation.webhook_message as one set state = 'PENDING', attempts = 0, last_error = null
    from cooperation.webhook as hook join cooperation.sharing_agreement as agreement on agreement.id = hook.agreement
    where one.webhook = of and hook.id = of and one.version = agreement.version and one.state = 'DEAD' and (wanted is null or one.id = any(wanted));
  if (select status from cooperation.webhook where id = of) = 'ACTIVE' then perform cooperation.due_webhook(of); end if;
end $$;
create or replace function cooperation.pause_webhook(of uuid, why text) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  hook cooperation.webhook%rowtype;
begin
  update cooperation.webhook set status = 'PAUSED', since = (now() at time zone 'Asia/Shanghai')::date, paused_for = why
    where id = of and status = 'ACTIVE' returning * into hook;
  if hook.id is null then return false; end if;
  insert into cooperation.webhook_event (id, owner, owner_as_filed, visibility, parties, subjects, record, step, "from", "to", role, evidence, record_revision)
    values (gen_random_uuid(), hook.owner, hook.owner, hook.visibility, hook.parties, hook.subjects, of, 'pauseFailingWebhook', 'ACTIVE', 'PAUSED', 'FEED',
      jsonb_build_array(jsonb_build_object('name', 'pausedFor', 'value', why)), hook.revision);
  return true;
end $$;
create or replace function cooperation.claim_webhooks(gateway text, lease interval)
  returns table (id uuid, url text, agency uuid, agreement uuid, version integer, types text[], place text, started timestamptz)
  language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  changed record;
begin
  for changed in select progress.webhook, agreement.version from ${inForce}
      join cooperation.webhook_progress as progress on progress.webhook = hook.id
      where ${isActive} and progress.version is distinct from agreement.version for update of progress skip locked loop
    -- What waits was made under other terms: it is made again from where it began.
    update cooperation.webhook_progress set version = changed.version, next_attempt = null, cursor = coalesce((select one.after from cooperation.webhook_message as one
      where one.webhook = changed.webhook and one.state = 'PENDING' order by one.number limit 1), cursor) where webhook = changed.webhook;
    delete from cooperation.webhook_message where webhook = changed.webhook and state = 'PENDING';
  end loop;
  update cooperation.webhook_progress as progress set reader = gateway, read_until = date_trunc('milliseconds', now() + lease)
    where progress.webhook in (select one.webhook from cooperation.webhook_progress as one join cooperation.webhook as hook on hook.id = one.webhook and ${isActive}
      where case when one.reader = gateway then one.read_until not between now() + lease / 2 and now() + lease else coalesce(one.read_until < now(), true) end
      for update of one skip locked);
  return query select hook.id, hook.url, hook.agency, hook.agreement, agreement.version, hook.types, progress.cursor, progress.started from ${inForce}
    join cooperation.webhook_progress as progress on progress.webhook = hook.id
    where ${isActive} and progress.reader = gateway and progress.read_until > now() and progress.version = agreement.version
      and (select count(*) from cooperation.webhook_message as one where one.webhook = hook.id and one.state = 'PENDING') < ${mostPending};
end $$;
create or replace function cooperation.claim_webhook_messages(most integer, lease interval)
  returns table (id uuid, url text, body text, attempt integer, secrets text[])
  language sql security definer set search_path = '' as $$
  with due as (
    ${dueWebhooks('most')}
  ), leased as (
    update cooperation.webhook_progress as progress set next_attempt = now() + lease from due where progress.webhook = due.webhook
  )
  update cooperation.webhook_message as message set attempts = attempts + 1 from due
    where message.number = (select one.number from cooperation.webhook_message as one where one.webhook = due.webhook and one.state = 'PENDING' order by one.number limit 1)
    returning message.id, due.url, message.body, message.attempts, array(select one.secret from cooperation.webhook_secret as one
      where one.webhook = message.webhook and (one.valid_until is null or one.valid_until > now()) order by one.valid_until desc nulls first)
$$;
create or replace function cooperation.webhook_backlog(out due integer, out later integer, out oldest timestamptz)
  language sql stable security definer set search_path = '' as $$
  select coalesce(sum(waiting.messages) filter (where first.next_attempt <= now()), 0)::integer,
      coalesce(sum(waiting.messages) filter (where first.next_attempt > now()), 0)::integer, min(waiting.since)
    from (${countedWebhooks}) as first,
    lateral (select count(*) as messages, min(created) as since from cooperation.webhook_message as one
      where one.webhook = first.webhook and one.state = 'PENDING') as waiting
$$;
-- Nothing where the cursor is no more what it was when the changes were read, or where they may be told no more.
create or replace function cooperation.queue_webhook_message(given jsonb) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  of uuid := (given ->> 'webhook')::uuid;
  message jsonb := nullif(given -> 'message', 'null'::jsonb);
begin
  perform 1 from cooperation.webhook where id = of for share;
  update cooperation.webhook_progress as progress set cursor = given ->> 'cursor',
      next_attempt = case when message is null then progress.next_attempt else coalesce(progress.next_attempt, now()) end
    from ${inForce} where progress.webhook = of and hook.id = of and ${isActive} and progress.reader = given ->> 'gateway'
      and progress.cursor is not distinct from given ->> 'from' and agreement.version = (given ->> 'version')::integer and progress.version = agreement.version;
  if not found then return false; end if;
  if message is not null then
    insert into cooperation.webhook_message (id, webhook, owner, visibility, parties, subjects, version, after, cursor, changes, body)
      select (message ->> 'id')::uuid, hook.id, hook.owner, hook.visibility, hook.parties, hook.subjects, (given ->> 'version')::integer,
        message ->> 'after', given ->> 'cursor', (message ->> 'changes')::integer, message ->> 'body'
      from cooperation.webhook as hook where hook.id = of;
  end if;
  return true;
end $$;
-- Of the attempt that was claimed and of no later one: whoever comes after its lease is over finds another's.
create or replace function cooperation.settle_webhook_message(given jsonb) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  sent cooperation.webhook_message%rowtype;
  failing timestamptz;
begin
  select * into sent from cooperation.webhook_message where id = (given ->> 'message')::uuid;
  perform 1 from cooperation.webhook where id = sent.webhook for no key update;
  perform 1 from cooperation.webhook_progress where webhook = sent.webhook for update;
  select * into sent from cooperation.webhook_message
    where id = (given ->> 'message')::uuid and state = 'PENDING' and attempts = (given ->> 'attempt')::integer for update;
  if not found then return false; end if;
  case given ->> 'outcome'
  when 'DELIVERED' then
    delete from cooperation.webhook_message where number = sent.number;
    delete from cooperation.webhook_message where webhook = sent.webhook and state = 'DEAD' and created < now() - interval '${keptDead}';
    update cooperation.webhook_progress set failing_since = null, last_error = null where webhook = sent.webhook;
  when 'FAILED' then
    update cooperation.webhook_message set last_error = given ->> 'error', state = case when given ->> 'retryIn' is null then 'DEAD' else state end where number = sent.number;
    update cooperation.webhook_progress set failing_since = coalesce(failing_since, now()), last_error = given ->> 'error'
      where webhook = sent.webhook returning failing_since into failing;
  else
    update cooperation.webhook_message set attempts = attempts - 1 where number = sent.number;
  end case;
  update cooperation.webhook_progress as progress set next_attempt = case
      when not exists (select 1 from cooperation.webhook_message as one where one.webhook = sent.webhook and one.state = 'PENDING') then null
      else now() + make_interval(secs => coalesce((given ->> 'retryIn')::numeric, 0) / 1000.0) end
    from cooperation.webhook as hook where progress.webhook = sent.webhook and hook.id = sent.webhook and hook.status = 'ACTIVE';
  if given ->> 'error' = 'GONE' then perform cooperation.pause_webhook(sent.webhook, 'GONE');
  elsif failing < now() - interval '${longestFailing}' then perform cooperation.pause_webhook(sent.webhook, 'FAILING'); end if;
  return true;
end $$;`;

/** What of these functions the subgraph’s role may call. */
export const webhookQueueCallable: readonly string[] = [
  'keep_webhook_secret(uuid, text)',
  'replay_webhook(uuid, text)',
  'redeliver_webhook(uuid, uuid[])',
  'pause_webhook(uuid, text)',
  'claim_webhooks(text, interval)',
  'claim_webhook_messages(integer, interval)',
  'webhook_backlog()',
  'queue_webhook_message(jsonb)',
  'settle_webhook_message(jsonb)',
];
