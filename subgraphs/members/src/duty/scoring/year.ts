/** The year that is scored: an item's own period, and the part of it that somebody was a member. */
import type { Points, ScoringItem, ScoringRules } from './rules.ts';

/** Days from the first to the last, both included: YYYY-MM-DD. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

/** The days whose facts an item takes. */
export function daysOf({ period }: Pick<ScoringItem, 'period'>, year: number): Days {
  if (!period) return { from: `${year}-01-01`, until: `${year}-12-31` };
  const { from, until } = period;
  return { from: `${from > until ? year - 1 : year}-${from}`, until: `${year}-${until}` };
}

/** The days whose facts any item takes: what has to be read before a year can be scored. */
export function daysScored({ items }: ScoringRules, year: number): Days {
  const days = items.map((item) => daysOf(item, year));
  const first = days.map(({ from }) => from).sort();
  const last = days.map(({ until }) => until).sort();
  return { from: first.at(0) ?? `${year}-01-01`, until: last.at(-1) ?? `${year}-12-31` };
}

/** How many of the year's days somebody was a member. */
export interface Membership {
  readonly days: number;
  readonly of: number;
}

/** Membership from the day of joining to the last day, both included; null where it is open. */
export function membershipIn(year: number, joined: string | null, left: string | null): Membership {
  const first = `${year}-01-01`;
  const last = `${year}-12-31`;
  return {
    days: Math.max(
      0,
      count(joined !== null && joined > first ? joined : first, left !== null && left < last ? left : last),
    ),
    of: count(first, last),
  };
}

const count = (from: string, until: string) => (Date.parse(until) - Date.parse(from)) / 86_400_000 + 1;

export const prorated = (points: Points, { days, of }: Membership): Points => Math.round((points * days) / of);
