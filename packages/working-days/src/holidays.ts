// The State Council's holidays, as corrections to a week of five working days: a count needs no walk from day to day.
import { createRequire } from 'node:module';
import { firstDay, lastDay, numberOf } from './days.ts';

// Only the data: the package's functions read the server's time zone, and west of Greenwich are a day behind.
const { holidays, workdays: makeUpDays } = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
};

/** Whether the State Council's notice of a year is known: each names the 1st of October, of its own year only. */
export function holidaysPublished(year: number): boolean {
  return `${year}-10-01` in holidays;
}

/** Days on which a week of five working days is wrong, in order, and how far a count of weekdays is off from each on. */
const correctedDays: number[] = [];
const corrections: number[] = [];
correct();

function correct(): void {
  const changes = new Map<number, number>();
  for (const day of Object.keys(holidays)) if (!isWeekend(numberOf(day))) changes.set(numberOf(day), -1);
  for (const day of Object.keys(makeUpDays)) if (isWeekend(numberOf(day))) changes.set(numberOf(day), 1);
  let correction = 0;
  for (const [number, change] of [...changes].sort(([a], [b]) => a - b)) {
    correction += change;
    correctedDays.push(number);
    corrections.push(correction);
  }
}

function isWeekend(number: number): boolean {
  return weekdaysUpTo(number) === weekdaysUpTo(number - 1);
}

function weekdaysUpTo(number: number): number {
  // 1969-12-28, four days before day 0, was a Sunday.
  const days = number + 4;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7, 5);
}

/** How many working days there are up to a day, itself included, counted from a day that is the same for all calls. */
export function workingDaysUpTo(number: number): number {
  const next = firstWhere(0, correctedDays.length, (index) => (correctedDays[index] ?? 0) > number);
  return weekdaysUpTo(number) + (corrections[next - 1] ?? 0);
}

/** The day with which `workingDaysUpTo` reaches a count; `dayOf` refuses it when out of the years 0001 to 9999. */
export function workingDayAt(count: number): number {
  return firstWhere(firstDay - 1, lastDay + 1, (number) => workingDaysUpTo(number) >= count);
}

/** The first whole number from `low` on for which something holds that goes on holding; `high` if none below it does. */
function firstWhere(low: number, high: number, holds: (candidate: number) => boolean): number {
  let from = low;
  let until = high;
  while (from < until) {
    const middle = Math.floor((from + until) / 2);
    if (holds(middle)) until = middle;
    else from = middle + 1;
  }
  return from;
}
