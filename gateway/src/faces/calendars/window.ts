import type { Days, Times } from './event.ts';

const dayMs = 86_400_000;
/** A day of Asia/Shanghai, which has had no summer time since 1991. */
const dayOf = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);
const later = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The most days that the graph gives of a calendar at once. */
const daysAtOnce = 400;

/** The days that a feed shows, both included. */
export interface Window {
  readonly from: string;
  readonly until: string;
}

/** From 90 days ago to 400 days from now. */
export function windowAt(now: Date): Window {
  const today = dayOf(now.getTime());
  return { from: later(today, -90), until: later(today, 400) };
}

/** The same days in stretches that the graph takes. */
export function stretchesOf({ from, until }: Window): Window[] {
  const end = later(from, daysAtOnce);
  return end >= until ? [{ from, until }] : [{ from, until: end }, ...stretchesOf({ from: later(end, 1), until })];
}

/** Whether an event reaches into the days of a window. */
export function liesIn({ from, until }: Window, when: Times | Days): boolean {
  const [first, last] =
    'from' in when
      ? [when.from, when.until]
      : [dayOf(Date.parse(when.starts)), dayOf(Math.max(Date.parse(when.starts), Date.parse(when.ends) - 1))];
  return first <= until && last >= from;
}
