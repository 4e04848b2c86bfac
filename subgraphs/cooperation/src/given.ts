import { daysOf, type Period } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { periodOf } from '@hub/workflow';
import { today } from '@hub/working-days';

/** A time at which something was. @throws RuleBroken INVALID, or DATE_FUTURE where it is still to come */
export function pastPeriodOf(field: string, given: string | null | undefined): Period | null {
  const period = periodOf(given);
  if (period && daysOf(period).from > today()) throw new RuleBroken('DATE_FUTURE', { path: [field] });
  return period;
}

/** A list with at most so many entries. @throws RuleBroken LIMIT_REACHED */
export function givenTexts(field: string, given: readonly string[], maximum = 20): string[] {
  if (given.length > maximum) throw new RuleBroken('LIMIT_REACHED', { path: [field], details: { maximum } });
  return [...given];
}

/** What of an input was given, without what was left out or is null. */
export const onlyGiven = <Values extends Readonly<Record<string, unknown>>>(values: Values): Partial<Values> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value != null)) as Partial<Values>;
