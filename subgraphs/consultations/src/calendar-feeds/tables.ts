import { instant, oneOf, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultations } from '../schema.ts';
import { calendarFeedMachine } from './calendar-feed.machine.ts';

export const calendarFeedKinds = ['COMMITTEE', 'MEMBER', 'PAIRING'] as const;
/** Open ones of one subject: a committee, a member, or a pairing as one committee sees it. */
export const mostFeeds = 20;

/** 日历订阅: of a committee and kept by its staff, or of a member and kept by the member. */
export const calendarFeed = recordTable(
  consultations,
  'calendar_feed',
  {
    ...referenceColumns(),
    ...statusColumns<keyof typeof calendarFeedMachine.states>(),
    kind: text('kind').$type<(typeof calendarFeedKinds)[number]>().notNull(),
    label: text('label').notNull(),
    /** Hash of what its address has to hold; nothing once it has ended. */
    secret: text('secret'),
    renewed: instant('renewed').notNull(),
    /** The member whose it is. */
    author: uuid('author'),
    cooperation: uuid('cooperation'),
  },
  (t) => [
    oneOf('calendar_feed_kind', t.kind, calendarFeedKinds),
    oneOf('calendar_feed_status', t.status, Object.keys(calendarFeedMachine.states)),
    uniqueIndex('calendar_feed_secret').on(t.secret),
    index('calendar_feed_owner').on(t.owner, t.created, t.id),
    index('calendar_feed_author').on(t.author, t.created, t.id),
  ],
  { author: true, refers: true },
);

/** 日历订阅办理记录 */
export const calendarFeedEvent = eventTable(consultations, 'calendar_feed', calendarFeed);

/** Of several that are opened at once no more are let in than there may be. */
export const calendarFeedTriggers = `
create or replace function consultations.keep_calendar_feed_limit() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('consultations.calendar_feed ' || new.owner || ' ' || coalesce(new.author::text, new.cooperation::text, ''), 0));
  if (select count(*) from consultations.calendar_feed as feed
    where feed.owner = new.owner and feed.author is not distinct from new.author and feed.cooperation is not distinct from new.cooperation
      and feed.status = 'OPEN' and feed.deleted is null) >= ${mostFeeds} then
    raise exception 'too many calendar feeds' using errcode = '23514', constraint = 'calendar_feed_limit';
  end if;
  return new;
end $$;
create or replace trigger keep_calendar_feed_limit before insert on consultations.calendar_feed
  for each row execute function consultations.keep_calendar_feed_limit();`;
