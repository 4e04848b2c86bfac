import { RuleBroken } from '@hub/errors';
import { currentCode, isCode } from '@hub/regions';

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
export function givenCode(given: string, field: string): string {
  if (!isCode(given)) throw invalid(field);
  return currentCode(given);
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of another record. @throws RuleBroken INVALID */
export function givenId(given: string, field: string, path?: readonly string[]): string {
  if (!id.test(given)) throw invalid(field, path);
  return given;
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** An instant with its zone, in milliseconds. @throws RuleBroken INVALID */
export function givenInstant(given: string, field: string, path?: readonly string[]): number {
  const time = instant.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(time)) throw invalid(field, path);
  return time;
}

const longestLink = 500;

/** An address of the web without credentials in it. @throws RuleBroken LINK_NOT_HTTPS or TOO_LONG */
export function givenLink(given: string, field: string): string {
  const link = given.trim();
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw new RuleBroken('LINK_NOT_HTTPS', { path: [field], details: { field } });
  assertLengths({ [field]: url.href }, { [field]: longestLink });
  return url.href;
}
