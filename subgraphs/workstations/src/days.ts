/** Filters by date: a record is found when one of its days is among those asked for, and never when it is undated. */
import { HubError } from '@hub/errors';
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

/** The days of a filter; what is no day of the calendar names its field. */
export function daysAsked(filter: DaysAsked | null | undefined): DaysAsked {
  for (const field of ['from', 'until'] as const) {
    const given = filter?.[field];
    if (given != null && !isDay(given)) throw new HubError('BAD_USER_INPUT', { field });
  }
  return { from: filter?.from ?? null, until: filter?.until ?? null };
}

function isDay(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
