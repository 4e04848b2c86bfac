import { instant } from '@hub/database';
import { bigint, date, index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { members } from '../schema.ts';

/** How much of a limit all gateways together have taken, by twelfths of its window: no record of anybody, and swept as it ends. */
export const allowance = members.table(
  'allowance',
  {
    kind: text('kind').notNull(),
    /** Of whom: a hash under the day's key, or a name of the hub's own. */
    holder: text('holder').notNull(),
    slot: bigint('slot', { mode: 'number' }).notNull(),
    amount: integer('amount').notNull(),
    until: instant('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.holder, t.slot] }), index('allowance_until').on(t.until)],
);

/** Under what gateways hash whom they count today; that of yesterday isn't kept. */
export const allowanceKey = members.table('allowance_key', {
  day: date('day', { mode: 'string' }).primaryKey(),
  secret: text('secret').notNull(),
});

/** Gateways that were heard lately: what each may give without asking is a part of what all may. */
export const allowanceGateway = members.table('allowance_gateway', {
  gateway: text('gateway').primaryKey(),
  until: instant('until').notNull(),
});

/** Parts of a window. */
const slots = 12;
/** How long what was taken ahead is good, in milliseconds; gateways have the same. */
const shareMs = 5_000;

/**
 * Takes from limits, all of a batch in one transaction and one batch after the other, so that no two gateways take the same.
 * A part of the batch, a "demand", names whom it is taken from: from all of them or from none, unless it is a share,
 * which is as much as is left. What is given back has an amount below zero.
 */
export const allowanceFunctions = `
create or replace function members.take_allowances(demands jsonb)
  returns table (ordinal bigint, granted integer, retry_after integer) language plpgsql security definer set search_path = '' as $$
declare
  demand jsonb;
  tier jsonb;
  now_ms bigint;
  slot_ms bigint;
  first_slot bigint;
  most integer;
  used bigint;
  asked integer;
  is_share boolean;
  wait bigint;
begin
  delete from members.allowance as one where one.until < clock_timestamp();
  for demand, ordinal in select one.value, one.ordinality from jsonb_array_elements(demands) with ordinality as one loop
    asked := (demand ->> 'amount')::integer;
    is_share := (demand ->> 'share')::boolean;
    granted := asked;
    retry_after := null;
    now_ms := floor(extract(epoch from clock_timestamp()) * 1000);
    for tier in select one.value from jsonb_array_elements(demand -> 'tiers') as one loop
      slot_ms := (tier ->> 'windowMs')::bigint / ${slots};
      most := (tier ->> 'limit')::integer;
      -- A share is used later than it is taken: it counts for so much longer.
      first_slot := now_ms / slot_ms - ${slots} - case when is_share then ceil(${shareMs}.0 / slot_ms)::bigint else 0 end;
      select coalesce(sum(one.amount), 0) into used from members.allowance as one
        where one.kind = tier ->> 'kind' and one.holder = tier ->> 'holder' and one.slot >= first_slot;
      if asked > 0 and used + granted > most then
        granted := case when is_share then greatest(0, most - used) else 0 end;
        select min(past.slot) - first_slot + 1 into wait from (
          select one.slot, sum(one.amount) over (order by one.slot) as gone from members.allowance as one
            where one.kind = tier ->> 'kind' and one.holder = tier ->> 'holder' and one.slot >= first_slot) as past
          where used - past.gone + least(asked, most) <= most;
        retry_after := greatest(coalesce(retry_after, 0), coalesce(wait, ${slots}) * slot_ms - now_ms % slot_ms);
        exit when granted = 0;
      end if;
    end loop;
    for tier in select one.value from jsonb_array_elements(demand -> 'tiers') as one where granted <> 0 loop
      slot_ms := (tier ->> 'windowMs')::bigint / ${slots};
      if granted < 0 then
        -- From the oldest that counts: taken from a later one, it would be forgotten too early.
        first_slot := now_ms / slot_ms - ${slots} - case when is_share then ceil(${shareMs}.0 / slot_ms)::bigint else 0 end;
        update members.allowance as one set amount = one.amount + granted
          where one.kind = tier ->> 'kind' and one.holder = tier ->> 'holder' and one.slot = (
            select min(oldest.slot) from members.allowance as oldest where oldest.kind = one.kind and oldest.holder = one.holder
              and oldest.slot >= first_slot and oldest.amount + granted >= 0);
      else
        insert into members.allowance as one (kind, holder, slot, amount, until)
          values (tier ->> 'kind', tier ->> 'holder', now_ms / slot_ms, granted,
            clock_timestamp() + ((tier ->> 'windowMs')::bigint + slot_ms + ${shareMs}) * interval '1 millisecond')
          on conflict on constraint allowance_kind_holder_slot_pk do update set amount = one.amount + excluded.amount;
      end if;
    end loop;
    return next;
  end loop;
end $$;
-- Who else there is, and the key of the day, made by whichever gateway asks first. Under the lock that all that is taken waits for.
create or replace function members.allowance_standing(by_gateway text, out day date, out secret text, out gateways integer)
  language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtext('members.allowance'));
  delete from members.allowance_gateway as one where one.until < clock_timestamp();
  insert into members.allowance_gateway as one (gateway, until) values (by_gateway, clock_timestamp() + interval '30 seconds')
    on conflict (gateway) do update set until = excluded.until;
  select count(*) into gateways from members.allowance_gateway as one;
  day := (clock_timestamp() at time zone 'Asia/Shanghai')::date;
  select one.secret into secret from members.allowance_key as one where one.day = allowance_standing.day;
  if secret is null then
    delete from members.allowance_key as one where one.day <> allowance_standing.day;
    secret := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
    insert into members.allowance_key (day, secret) values (allowance_standing.day, allowance_standing.secret);
  end if;
end $$;`;

/** What of these functions the subgraph’s role may call. */
export const allowanceCallable: readonly string[] = ['take_allowances(jsonb)', 'allowance_standing(text)'];
