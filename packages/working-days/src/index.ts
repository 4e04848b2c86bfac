/**
 * Working days (工作日) of China: weekdays but for public holidays, and the make-up days (调休) of the State Council.
 * Days are YYYY-MM-DD of Asia/Shanghai; a text that is no day throws a RangeError. Holidays: npm package `chinese-days`.
 *
 * deadlineAfter('2026-02-13', 2, 'WORKING_DAYS')    { day: '2026-02-24', provisional: false }, past Spring Festival
 * deadlineBefore('2026-10-12', 3, 'WORKING_DAYS')   { day: '2026-10-08', provisional: false }, as 10-10 is worked
 */
import { addMonths, dayOf, numberOf, today, yearOf } from './days.ts';
import { holidaysPublished, workingDayAt, workingDaysUpTo } from './holidays.ts';

export { holidaysPublished, today };

export type DeadlineUnit = 'WORKING_DAYS' | 'DAYS' | 'MONTHS';

export interface Deadline {
  readonly day: string;
  /**
   * True when a day that was looked at lies in a year whose holidays are not published; only weekends are free then.
   * A later notice may still move days of a published year: 2018-12-31 was freed by the one for 2019.
   */
  readonly provisional: boolean;
}

export function isWorkingDay(day: string): boolean {
  const number = numberOf(day);
  return workingDaysUpTo(number) > workingDaysUpTo(number - 1);
}

/**
 * The `count`-th day of its unit after `from`, which is not counted itself. DAYS and MONTHS are those of the calendar: a
 * month ends with its last day (01-31 + 1 month is 02-28), the day may be a holiday, and is never provisional.
 * Throws a RangeError when `count` is not a whole number from 1 on, or the day lies after the year 9999.
 */
export function deadlineAfter(from: string, count: number, unit: DeadlineUnit): Deadline {
  const start = numberOf(from);
  checkCount(count);
  if (unit !== 'WORKING_DAYS') return calendarDeadline(start, count, unit);
  const end = workingDayAt(workingDaysUpTo(start) + count);
  return { day: dayOf(end), provisional: !allPublished(start + 1, end) };
}

/** The `count`-th day of its unit before `day`, which is not counted itself; otherwise as `deadlineAfter`. */
export function deadlineBefore(day: string, count: number, unit: DeadlineUnit): Deadline {
  const end = numberOf(day);
  checkCount(count);
  if (unit !== 'WORKING_DAYS') return calendarDeadline(end, -count, unit);
  const start = workingDayAt(workingDaysUpTo(end - 1) - count + 1);
  return { day: dayOf(start), provisional: !allPublished(start, end - 1) };
}

/**
 * How many working days `until` is after `from`: `from` is not counted, `until` is; negative when `until` comes first.
 * In years whose holidays are not published, only weekends are free.
 */
export function workingDaysBetween(from: string, until: string): number {
  return workingDaysUpTo(numberOf(until)) - workingDaysUpTo(numberOf(from));
}

function calendarDeadline(start: number, count: number, unit: 'DAYS' | 'MONTHS'): Deadline {
  const number = unit === 'DAYS' ? start + count : addMonths(start, count);
  return { day: dayOf(number), provisional: false };
}

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`not a count of days or months: ${count}`);
}

function allPublished(first: number, last: number): boolean {
  for (let year = yearOf(first); year <= yearOf(last); year++) if (!holidaysPublished(year)) return false;
  return true;
}
