import { type Connection, ListReader, list, type PageArguments, rowById } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, isNull, sql } from 'drizzle-orm';
import { calendarEntry, longestEntryDays } from './tables.ts';

const { placeholder } = sql;

const entryFields = {
  id: calendarEntry.id,
  owner: calendarEntry.owner,
  kind: calendarEntry.kind,
  title: calendarEntry.title,
  place: calendarEntry.place,
  starts: calendarEntry.starts,
  ends: calendarEntry.ends,
  blocking: calendarEntry.blocking,
  status: calendarEntry.status,
  since: calendarEntry.since,
  sequence: calendarEntry.sequence,
  consultation: calendarEntry.consultation,
  part: calendarEntry.part,
  visibility: calendarEntry.visibility,
  revision: calendarEntry.revision,
  created: calendarEntry.created,
  modified: calendarEntry.modified,
};
const entriesById = statement(
  build
    .select(entryFields)
    .from(calendarEntry)
    .where(and(sql`${calendarEntry.id} = any(${placeholder('ids')}::uuid[])`, isNull(calendarEntry.deleted))),
);
export type CalendarEntry = Awaited<ReturnType<typeof entriesById.run>>[number];

const entriesOfCommittee = list({
  name: 'calendar of committee',
  table: calendarEntry,
  fields: entryFields,
  key: { committee: 'text' },
  tie: sql`${calendarEntry.owner} = key.committee`,
  orders: { STARTS_ASC: { by: ['starts'], descending: false } },
});

/** What lies in a stretch of time or reaches into it; none is longer than it looks back. */
const within = {
  shape: 'within',
  sql: sql`${calendarEntry.starts} < ${placeholder('until')}::timestamptz and ${calendarEntry.ends} > ${placeholder('from')}::timestamptz
    and ${calendarEntry.starts} > ${placeholder('from')}::timestamptz - interval '${sql.raw(String(longestEntryDays))} days'`,
};

/** Calendars of committees, for one fetch. */
export class CalendarStore {
  readonly #lists: ListReader;
  readonly entries;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.entries = rowById(scope, entriesById);
  }

  /** Entries of a committee's calendar between two instants. */
  ofCommittee(committee: string, from: string, until: string, page: PageArguments): Connection<CalendarEntry> {
    const filter = { ...within, searches: false, values: { from, until } };
    return this.#lists.connection(entriesOfCommittee, { committee }, { page, order: 'STARTS_ASC', filter });
  }
}
