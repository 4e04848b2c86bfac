import type { Period, Quantity } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { currentCode, isCode, region } from '@hub/regions';

/** @throws RuleBroken TOO_LONG where a text of the input has more characters than its field may; `path` leads to it */
export function assertLengths(
  input: object,
  longest: Readonly<Record<string, number>>,
  path: readonly string[] = [],
): void {
  for (const [field, maximum] of Object.entries(longest)) {
    const given = (input as Readonly<Record<string, unknown>>)[field];
    for (const text of Array.isArray(given) ? given : [given])
      if (typeof text === 'string' && [...text].length > maximum)
        throw new RuleBroken('TOO_LONG', { path: [...path, field], details: { field, maximum } });
  }
}

const invalid = (field: string, path: readonly string[] = [field]) =>
  new RuleBroken('INVALID', { path, details: { field } });

/** The current code of a region or committee. @throws RuleBroken INVALID */
export function givenCode(given: string, field: string, path?: readonly string[]): string {
  if (!isCode(given)) throw invalid(field, path);
  return currentCode(given);
}

/** The current code of a region that the directory has: of another nothing could be told. @throws RuleBroken INVALID */
export function givenRegion(given: string, path: readonly string[] = ['region']): string {
  const code = givenCode(given, 'region', path);
  if (!region(code)) throw invalid('region', path);
  return code;
}

/** The id of another record. @throws RuleBroken INVALID */
export function givenId(given: string, field: string, path?: readonly string[]): string {
  if (!isId(given)) throw invalid(field, path);
  return given;
}

/** A time as it is given: a day, a month or a year, and never more than that. */
export const periodOf = (start: string | null | undefined): Period | null => (start == null ? null : { start });

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
  return { value, qualifier, text: text || made };
}

/** A part of an input, of which a rule that is broken there names the place. */
export async function within<Made>(path: readonly string[], work: () => Promise<Made>): Promise<Made> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    const { code, details, record } = error;
    throw new RuleBroken(code, { path: [...path, ...error.path], details, record });
  }
}
