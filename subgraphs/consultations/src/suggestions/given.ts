import { isId } from '@hub/connections';
import type { Period, Quantity } from '@hub/database';
import { RuleBroken } from '@hub/errors';

/** @throws RuleBroken INVALID where a given id is none */
export function assertIds(field: string, ids: readonly string[]): void {
  if (!ids.every(isId) || new Set(ids).size < ids.length)
    throw new RuleBroken('INVALID', { path: [field], details: { field } });
}

const partialDate = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
/**
 * A time as it is given: a day, a month or a year, and never more than that.
 * @throws RuleBroken INVALID where it is none of these
 */
export function periodOf(field: string, start: string | null | undefined): Period | null {
  if (start == null) return null;
  const day = start.length === 10 ? new Date(start) : null;
  if (!partialDate.test(start) || (day && (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== start)))
    throw new RuleBroken('INVALID', { path: [field], details: { field } });
  return { start };
}

export interface QuantityInput {
  readonly value: number;
  readonly qualifier?: Quantity['qualifier'] | null;
  readonly text?: string | null;
}
/** A figure as it is given; without words of its own its text is made of the number. */
export function quantityOf(given: QuantityInput | null | undefined): Quantity | null {
  if (given == null) return null;
  const { value, text } = given;
  const qualifier = given.qualifier ?? 'EXACT';
  const made = { EXACT: `${value}`, AT_LEAST: `${value}余`, NEARLY: `近${value}` }[qualifier];
  return { value, qualifier, text: text ?? made };
}
