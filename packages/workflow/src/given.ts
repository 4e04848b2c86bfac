import type { Period, Quantity } from '@hub/database';
import { type ErrorDetails, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { committee, currentCode, isCode, region } from '@hub/regions';

/** @throws RuleBroken TOO_LONG where a text of the input has more characters than its field may; `path` leads to it */
export function assertLengths(
  input: object,
  longest: Readonly<Record<string, number>>,
  path: readonly string[] = [],
): void {
  for (const [field, maximum] of Object.entries(longest)) {
    const given = (input as Readonly<Record<string, unknown>>)[field];
    const isList = Array.isArray(given);
    for (const [at, text] of (isList ? given : [given]).entries())
      if (typeof text === 'string' && [...text].length > maximum)
        throw new RuleBroken('TOO_LONG', {
          path: [...path, field, ...(isList ? [String(at)] : [])],
          details: { field, maximum },
        });
  }
}

/**
 * What a change makes of a record's texts: one that isn't given stays, one that is null goes.
 * @param kept those that the record can't be without
 * @throws RuleBroken REQUIRED where one of these is null
 */
export function changedTexts<const Name extends string>(
  input: NoInfer<Readonly<Partial<Record<Name, string | null | undefined>>>>,
  kept: readonly Name[],
  others: readonly Name[],
): Partial<Record<Name, string | null>> {
  const given = [...kept, ...others].filter((field) => input[field] !== undefined);
  const gone = given.find((field) => input[field] === null && kept.includes(field));
  if (gone !== undefined) throw new RuleBroken('REQUIRED', { path: [gone], details: { field: gone } });
  return Object.fromEntries(given.map((field) => [field, input[field]])) as Partial<Record<Name, string | null>>;
}

/** What is wrong with a place of an input, in the words of its reason where there is one. */
export const invalidAt = (path: readonly string[], reason?: string, details: ErrorDetails = {}): RuleBroken =>
  new RuleBroken('INVALID', {
    path,
    details: { ...details, field: path.findLast((name) => !/^\d+$/.test(name)) ?? '', ...(reason && { reason }) },
  });

/** The current code of a committee that the directory has. @throws RuleBroken INVALID */
export function givenCommittee(given: string, path: readonly string[] = ['committee']): string {
  const code = isCode(given) ? currentCode(given) : '';
  if (code === '' || !committee(code)) throw invalidAt(path, 'COMMITTEE_UNKNOWN');
  return code;
}

/** Holds that a list of committees names each once, and never the one that it is made by. @throws RuleBroken INVALID */
export function assertOthers(own: string, codes: readonly string[], pathOf: (at: number) => readonly string[]): void {
  for (const [at, code] of codes.entries()) {
    if (code === own) throw invalidAt(pathOf(at), 'OWN');
    if (codes.indexOf(code) < at) throw invalidAt(pathOf(at), 'REPEATED');
  }
}

/** Holds that no two places of a list say the same. @throws RuleBroken INVALID at the later of them */
export function assertOnce(values: readonly unknown[], path: readonly string[]): void {
  const at = values.findIndex((value, place) => values.indexOf(value) < place);
  if (at >= 0) throw invalidAt([...path, String(at)], 'REPEATED');
}

/** @throws RuleBroken INVALID where a list has more entries than it may */
export function assertNoMoreThan(maximum: number, values: readonly unknown[], path: readonly string[]): void {
  if (values.length > maximum) throw invalidAt(path, 'TOO_MANY', { maximum });
}

/** The current code of a region that the directory has: of another nothing could be told. @throws RuleBroken INVALID */
export function givenRegion(given: string, path: readonly string[] = ['region']): string {
  const code = isCode(given) ? currentCode(given) : '';
  if (code === '' || !region(code)) throw invalidAt(path);
  return code;
}

/** The id of another record. @throws RuleBroken INVALID */
export function givenId(given: string, field: string, path?: readonly string[]): string {
  if (!isId(given)) throw invalidAt(path ?? [field]);
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
