import { type Deadline, deadlineAfter, deadlineBefore } from '@hub/working-days';
import type { Step } from './machine.ts';

/** What a deadline is counted from: the day on which the record entered its state, and the record's own days by name. */
export interface Days {
  readonly since: string | null;
  readonly [field: string]: unknown;
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/**
 * By when a step is due. Computed whenever it is asked for and never stored, so that one in a year whose holidays weren't
 * published yet becomes firm by itself.
 * @returns null where the step has no deadline, the day that it counts from isn't known, or it would lie beyond the year 9999
 */
export function dueOf(step: Step<string>, days: Days, settings: Readonly<Record<string, unknown>>): Deadline | null {
  const { deadline } = step;
  if (!deadline) return null;
  if ('on' in deadline) {
    const day = days[deadline.on];
    // A day that was told to others stays as it was told.
    return typeof day === 'string' && dayPattern.test(day) ? { day, provisional: false } : null;
  }
  const { counts, setting, unit } = deadline;
  const count = settings[setting];
  if (typeof count !== 'number') return null;
  const from = counts === 'AFTER_ENTERING' ? days.since : days['after' in counts ? counts.after : counts.before];
  if (typeof from !== 'string' || !dayPattern.test(from)) return null;
  try {
    return counts !== 'AFTER_ENTERING' && 'before' in counts
      ? deadlineBefore(from, count, unit)
      : deadlineAfter(from, count, unit);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
