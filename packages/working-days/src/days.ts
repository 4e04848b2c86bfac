// A day as a number: days since 1970-01-01, so that days can be counted and compared without a time zone.

const dayLength = 86_400_000;
const chinaOffset = 8 * 3_600_000;

/** The first and last day that four digits of a year can name. */
export const firstDay = Date.parse('0001-01-01') / dayLength;
export const lastDay = Date.parse('9999-12-31') / dayLength;

/** Throws a RangeError when the text is no day of the calendar in the form YYYY-MM-DD. */
export function numberOf(day: string): number {
  const number = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) / dayLength : Number.NaN;
  // Date takes 2026-02-30 for 2026-03-02.
  if (!(number >= firstDay) || dayOf(number) !== day) throw new RangeError(`not a day: ${day}`);
  return number;
}

/** Throws a RangeError when the number lies before year 1 or after year 9999. */
export function dayOf(number: number): string {
  if (!(number >= firstDay && number <= lastDay)) throw new RangeError('out of the years 0001 to 9999');
  return new Date(number * dayLength).toISOString().slice(0, 10);
}

export function yearOf(number: number): number {
  return new Date(number * dayLength).getUTCFullYear();
}

/** The same day of another month, or that month's last day where it is shorter. */
export function addMonths(number: number, months: number): number {
  const date = new Date(number * dayLength);
  const dayOfMonth = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  if (date.getUTCDate() !== dayOfMonth) date.setUTCDate(0);
  return date.getTime() / dayLength;
}

/** The day it is in Asia/Shanghai, which keeps UTC+8 all year round. */
export function today(now: Date = new Date()): string {
  return new Date(now.getTime() + chinaOffset).toISOString().slice(0, 10);
}
