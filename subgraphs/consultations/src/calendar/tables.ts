import { instant, oneOf, recordTable } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, check, customType, index, integer, text, unique, uuid } from 'drizzle-orm/pg-core';
import { consultation, part } from '../consultations/tables.ts';
import { consultations } from '../schema.ts';
import { calendarEntryMachine } from './calendar-entry.machine.ts';

const tstzrange = customType<{ data: string; driverData: string }>({ dataType: () => 'tstzrange' });

export const calendarEntryKinds = ['MEETING', 'CONSULTATION', 'JOINT_PLAN', 'BLOCK'] as const;
/** The longest entry: so a list of days looks back no farther than this for what reaches into them. */
export const longestEntryDays = 100;

/**
 * 日程 (iCalendar VEVENT): a time in a committee's calendar. Entries of consultations are kept by `sync_calendar`, one for
 * each part and each committee that hosts; what was entered by hand has neither.
 */
export const calendarEntry = recordTable(
  consultations,
  'calendar_entry',
  {
    ...statusColumns<keyof typeof calendarEntryMachine.states>(),
    kind: text('kind').$type<(typeof calendarEntryKinds)[number]>().notNull(),
    title: text('title').notNull(),
    place: text('place'),
    starts: instant('starts').notNull(),
    ends: instant('ends').notNull(),
    during: tstzrange('during').notNull().generatedAlwaysAs(sql`tstzrange(starts, ends)`),
    blocking: boolean('blocking').notNull(),
    /** SEQUENCE: grows when its time, title, place or status changes. */
    sequence: integer('sequence').notNull().default(0),
    /** The joint plan that holds this time; nil for all else. Times of different holders can't overlap. */
    heldBy: uuid('held_by').notNull().default('00000000-0000-0000-0000-000000000000'),
    consultation: uuid('consultation').references(() => consultation.id),
    part: uuid('part').references(() => part.id),
  },
  (t) => [
    oneOf('calendar_entry_kind', t.kind, calendarEntryKinds),
    oneOf('calendar_entry_status', t.status, Object.keys(calendarEntryMachine.states)),
    check(
      'calendar_entry_length',
      sql`${t.ends} > ${t.starts} and ${t.ends} <= ${t.starts} + interval '${sql.raw(String(longestEntryDays))} days'`,
    ),
    check('calendar_entry_cancelled_free', sql`${t.status} = 'CONFIRMED' or not ${t.blocking}`),
    unique('calendar_entry_part').on(t.part, t.owner),
    index('calendar_entry_owner_starts').on(t.owner, t.starts, t.id),
    index('calendar_entry_consultation').on(t.consultation),
  ],
);

/** 日程办理记录 */
export const calendarEntryEvent = eventTable(consultations, 'calendar_entry', calendarEntry);

/** Meetings of the committee itself, which block its calendar unless it says otherwise. */
const blockingKinds = `('PLENARY', 'STANDING_COMMITTEE', 'TOPICAL_STANDING_COMMITTEE')`;
const meetingKinds = `('PLENARY', 'STANDING_COMMITTEE', 'TOPICAL_STANDING_COMMITTEE', 'CHAIRMENS_MEETING')`;

/**
 * That no blocking time overlaps a locked plan is a constraint: `held_by` differs between any two that may not overlap, and
 * is the same for meetings and blocks entered by hand, which may. Whoever writes blocking times locks the calendars first,
 * in the order of codes: two that insert overlapping times would otherwise wait for each other until one is sacrificed.
 */
export const calendarTriggers = `
create extension if not exists btree_gist;
do $$ begin
  if not exists (select 1 from pg_catalog.pg_constraint where conname = 'calendar_entry_no_overlap' and conrelid = 'consultations.calendar_entry'::regclass) then
    alter table consultations.calendar_entry add constraint calendar_entry_no_overlap
      exclude using gist (owner with =, during with &&, held_by with <>) where (blocking and deleted is null);
  end if;
end $$;
create or replace function consultations.lock_calendars(committees text[]) returns void language plpgsql security definer set search_path = '' as $$
declare
  committee text;
begin
  for committee in select distinct one from unnest(committees) as one order by one loop
    perform pg_advisory_xact_lock(hashtextextended('consultations.calendar ' || committee, 0));
  end loop;
end $$;
create or replace function consultations.keep_calendar_entry() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.blocking then perform consultations.lock_calendars(array[new.owner]); end if;
  if tg_op = 'UPDATE' and (new.starts, new.ends, new.title, new.place, new.status) is distinct from (old.starts, old.ends, old.title, old.place, old.status) then
    new.sequence := old.sequence + 1;
  end if;
  return new;
end $$;
create or replace trigger a_keep_calendar_entry before insert or update on consultations.calendar_entry
  for each row execute function consultations.keep_calendar_entry();
create or replace function consultations.sync_calendar(wanted uuid) returns void language plpgsql security definer set search_path = '' as $$
declare
  whole consultations.consultation;
  plan uuid;
begin
  select * into whole from consultations.consultation where id = wanted;
  select id into plan from consultations.joint_plan where consultation = wanted and status in ('CONFIRMED', 'CONCLUDED') and deleted is null;
  perform consultations.lock_calendars(array(select committee from consultations.host where consultation = wanted and deleted is null));
  with due as (
    select host.committee, part.id as part, part.starts, least(part.ends, part.starts + interval '${longestEntryDays} days') as ends, coalesce(part.place, whole.place) as place,
      case when count(*) over (partition by host.committee) > 1 then whole.title || ' · ' || part.title else whole.title end as title,
      case when whole.visibility in ('PUBLIC', 'PRIVATE') then whole.visibility
        when whole.visibility = 'JOINT' or host.committee <> whole.owner then 'INTERNAL' else whole.visibility end as visibility
    from consultations.part cross join consultations.host
    where part.consultation = wanted and part.deleted is null and host.consultation = wanted and host.deleted is null
      and whole.status in ('SCHEDULED', 'HELD') and whole.deleted is null),
  gone as (
    update consultations.calendar_entry as entry set status = 'CANCELLED', blocking = false, held_by = '00000000-0000-0000-0000-000000000000'
    where entry.consultation = wanted and entry.status = 'CONFIRMED'
      and not exists (select 1 from due where due.committee = entry.owner and due.part = entry.part))
  insert into consultations.calendar_entry as entry (id, owner, owner_as_filed, visibility, subjects, status, kind, title, place, starts, ends, blocking, held_by, consultation, part)
    select gen_random_uuid(), due.committee, due.committee, due.visibility, whole.subjects, 'CONFIRMED',
      case when plan is not null then 'JOINT_PLAN' when whole.kind in ${meetingKinds} then 'MEETING' else 'CONSULTATION' end,
      due.title, due.place, due.starts, due.ends, plan is not null or (whole.kind in ${blockingKinds} and whole.entered is null),
      coalesce(plan, '00000000-0000-0000-0000-000000000000'), wanted, due.part
    from due order by due.committee, due.starts
    on conflict (part, owner) do update
      set visibility = excluded.visibility, subjects = excluded.subjects, status = excluded.status, kind = excluded.kind, title = excluded.title,
        place = excluded.place, starts = excluded.starts, ends = excluded.ends, held_by = excluded.held_by,
        -- Whether a meeting blocks is for the committee to say, once it is there.
        blocking = case when entry.status = 'CONFIRMED' and entry.held_by = excluded.held_by then entry.blocking else excluded.blocking end
      where (entry.visibility, entry.subjects, entry.status, entry.kind, entry.title, entry.place, entry.starts, entry.ends, entry.held_by)
        is distinct from (excluded.visibility, excluded.subjects, excluded.status, excluded.kind, excluded.title, excluded.place, excluded.starts, excluded.ends, excluded.held_by);
end $$;
-- What several agreed on holds its time against consultations of every kind, those too that block nothing themselves.
create or replace function consultations.keep_times_held() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  hosting text[];
begin
  if new.deleted is not null or not exists (select 1 from consultations.consultation where id = new.consultation and status = 'SCHEDULED') then return null; end if;
  hosting := array(select committee from consultations.host where consultation = new.consultation and deleted is null);
  perform consultations.lock_calendars(hosting);
  if exists (select 1 from consultations.calendar_entry where owner = any(hosting) and blocking and deleted is null and during && tstzrange(new.starts, new.ends)
      and held_by <> '00000000-0000-0000-0000-000000000000' and consultation is distinct from new.consultation) then
    raise exception 'a locked joint plan holds this time' using errcode = '23P01', constraint = 'calendar_entry_no_overlap';
  end if;
  return null;
end $$;
create or replace trigger a_keep_times_held after insert or update of starts, ends on consultations.part
  for each row execute function consultations.keep_times_held();
create or replace function consultations.keep_calendar() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  wanted uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  perform consultations.sync_calendar(wanted);
  return null;
end $$;
create or replace trigger keep_calendar after insert or update of starts, ends, title, place, deleted on consultations.part
  for each row execute function consultations.keep_calendar('consultation');
create or replace trigger keep_calendar after update of status, kind, title, place, visibility, subjects, deleted on consultations.consultation
  for each row when ((old.status, old.kind, old.title, old.place, old.visibility, old.subjects, old.deleted) is distinct from (new.status, new.kind, new.title, new.place, new.visibility, new.subjects, new.deleted))
  execute function consultations.keep_calendar('id');
create or replace trigger keep_calendar after insert or update of committee, deleted on consultations.host
  for each row execute function consultations.keep_calendar('consultation');
-- Free or busy, and never why: so these look past the policies, for staff of whichever committee.
create or replace function consultations.busy_times(committees text[], window_from timestamptz, window_until timestamptz)
  returns table (committee text, starts timestamptz, ends timestamptz) language sql stable security definer set search_path = '' as $$
  select busy.owner, lower(time), upper(time)
  from (select owner, range_agg(during) * tstzmultirange(tstzrange(window_from, window_until)) as times from consultations.calendar_entry
    where owner = any(committees) and blocking and deleted is null and during && tstzrange(window_from, window_until) group by owner) as busy, unnest(busy.times) as time
  where nullif(current_setting('hub.staff_of', true), '') is not null
  order by 1, 2
$$;
create or replace function consultations.free_slots(committees text[], working tstzmultirange, gap interval, duration interval, at_most integer)
  returns table (starts timestamptz, ends timestamptz) language sql stable security definer set search_path = '' as $$
  select lower(slot), upper(slot)
  from unnest(working - coalesce((
      select range_agg(tstzrange(lower(during) - gap, upper(during) + gap)) from consultations.calendar_entry
      where owner = any(committees) and blocking and deleted is null
        and during && tstzrange(lower(range_merge(working)) - gap, upper(range_merge(working)) + gap)), '{}')) as slot
  where upper(slot) - lower(slot) >= duration and nullif(current_setting('hub.staff_of', true), '') is not null
  order by 1 limit at_most
$$;`;

/** What of these functions the subgraph’s role may call. */
export const calendarCallable: readonly string[] = [
  'busy_times(text[], timestamptz, timestamptz)',
  'free_slots(text[], tstzmultirange, interval, interval, integer)',
];
