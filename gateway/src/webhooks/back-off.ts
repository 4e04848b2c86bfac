const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** How long after each attempt that failed the next one comes, as the Standard Webhooks specification recommends. */
export const backOff: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];
/** Whoever asks to be left alone is left alone, but not for good. */
const longestRetryAfter = 24 * hour;

/**
 * After how many milliseconds a message is tried again; null where it is given up.
 * @param attempt the one that failed, counted from 1
 */
export function retryIn(attempt: number, retryAfterMs: number | null, delays: readonly number[]): number | null {
  const delay = delays[attempt - 1];
  if (delay === undefined) return null;
  // Not all at once, where many failed together; and in another second, by which a receiver tells attempts apart.
  const jittered = Math.max(second, delay * (0.9 + Math.random() / 5));
  return Math.round(Math.max(jittered, Math.min(retryAfterMs ?? 0, longestRetryAfter)));
}
