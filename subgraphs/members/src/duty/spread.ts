/** Aggregates of fewer would tell of single people. */
const smallestGroup = 5;

/** 分布: how values are spread over members. */
export interface Spread {
  readonly members: number;
  readonly mean: number;
  /** First, second and third. */
  readonly quartiles: readonly number[];
}

/** Null for a group so small that it would tell of single people. */
export function spread(values: readonly number[]): Spread | null {
  if (values.length < smallestGroup) return null;
  const sorted = [...values].sort((one, other) => one - other);
  // Between two values as far as the quantile lies between them, as spreadsheets do.
  const quantile = (part: number) => {
    const at = (sorted.length - 1) * part;
    const low = sorted[Math.floor(at)] ?? 0;
    const high = sorted[Math.ceil(at)] ?? low;
    return round(low + (high - low) * (at - Math.floor(at)));
  };
  return {
    members: sorted.length,
    mean: round(sorted.reduce((sum, value) => sum + value, 0) / sorted.length),
    quartiles: [0.25, 0.5, 0.75].map(quantile),
  };
}

const round = (value: number) => Math.round(value * 100) / 100;
