/** Filters by date: a record is found when one of its days is among those asked for, and never when it is undated. */
import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

export interface DaysAsked {
  readonly from?: string | null;
  readonly until?: string | null;
}

export const dayConditions = (first: AnyPgColumn, last: AnyPgColumn): Record<'from' | 'until', SQL> => ({
  from: sql`${last} >= ${sql.placeholder('from')}::date`,
  // What is undated stands before all days.
  until: sql`${first} <= ${sql.placeholder('until')}::date and ${first} > '-infinity'`,
});

/** The days of a filter, null where it has none. */
export const daysAsked = (filter: DaysAsked | null | undefined): DaysAsked => ({
  from: filter?.from ?? null,
  until: filter?.until ?? null,
});
