import { sql } from 'drizzle-orm';
import { customType, date, jsonb, timestamp } from 'drizzle-orm/pg-core';

/** A region or committee code. COLLATE "C" so that a subtree is a range on any server. */
export const code = customType<{ data: string; driverData: string }>({ dataType: () => 'text COLLATE "C"' });

/**
 * The province of a record's owner. Lists of a province are read off an index on it; under a row policy an index on
 * `left(owner, 2)` serves nothing, since `left` isn't leakproof.
 */
export const province = () => code('province').notNull().generatedAlwaysAs(sql`left(owner, 2) || '0000'`);

/** An instant, in milliseconds: what a cursor carries as text is then all there is to compare. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string', precision: 3 });

/** When something was, as its source gives it: a day, a month or a year (`2024-07-31`, `2024-07`, `2024`), words, or both. */
export interface Period {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly text?: string | undefined;
  readonly yearInferred?: boolean | undefined;
}
export const period = (name: string) => jsonb(name).$type<Period>();

/** The first or last day of a period, for filters and order; '-infinity' where it is undated, so that it sorts last in newest-first lists and no date filter finds it. */
export const day = (name: string) => date(name, { mode: 'string' }).notNull().default('-infinity');

const monthEnd = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

/** Earliest and latest day of a period. */
export function daysOf(given: Period | undefined): { from: string; until: string } {
  const start = given?.start;
  if (!start) return { from: '-infinity', until: '-infinity' };
  const last = given.end ?? start;
  const [year = 0, month] = last.split('-').map(Number);
  const until = last.length === 10 ? last : month === undefined ? `${last}-12-31` : monthEnd(year, month);
  return { from: start.length === 10 ? start : start.length === 7 ? `${start}-01` : `${start}-01-01`, until };
}

/** A figure as its source gives it: 290余 is AT_LEAST 290, 近七成 NEARLY 70. */
export interface Quantity {
  readonly value: number;
  readonly qualifier: 'EXACT' | 'AT_LEAST' | 'NEARLY';
  readonly text: string;
}
export const quantity = (name: string) => jsonb(name).$type<Quantity>();

/** A figure that a source states about a record; never added to what the hub counts. */
export interface Figure {
  readonly label: string;
  readonly value: Quantity;
  readonly unit?: string | undefined;
  readonly period?: Period | undefined;
  readonly asOf?: Period | undefined;
  readonly note?: string | undefined;
}
export const figures = (name = 'figures') => jsonb(name).$type<readonly Figure[]>().notNull().default([]);
