import { RuleBroken } from '@hub/errors';
import { assertLengths } from '@hub/workflow';

export { assertLengths, givenCode, givenId } from '@hub/workflow';

const invalid = (field: string, path: readonly string[] = [field]) =>
  new RuleBroken('INVALID', { path, details: { field } });

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
