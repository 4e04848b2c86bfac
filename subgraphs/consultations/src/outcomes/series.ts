import type { Period } from '@hub/database';

interface Read {
  readonly indicator: string | null;
  readonly on: Period | null;
}

/** Readings of one indicator together, in order of time; what is undated has no place in time and comes last, as recorded. */
export function bySeries<Reading extends Read>(
  readings: readonly Reading[],
): { indicator: string | null; readings: Reading[] }[] {
  return [...new Set(readings.map(({ indicator }) => indicator))].map((indicator) => ({
    indicator,
    readings: readings
      .filter((reading) => reading.indicator === indicator)
      .sort((one, other) => Number(timeOf(one) > timeOf(other)) - Number(timeOf(one) < timeOf(other))),
  }));
}

// Years, months and days as texts are in order: a year stands before its months.
const timeOf = ({ on }: Read) => on?.start ?? '~';
