import type { Period } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { webAddress } from '@hub/inputs';
import { assertLengths, periodOf } from '@hub/workflow';
import { today } from '@hub/working-days';

export { assertLengths, givenCommittee, givenId, givenRegion } from '@hub/workflow';

const longestLink = 500;

/** A day, month or year of what is so already. @throws RuleBroken DATE_FUTURE */
export function pastPeriod(given: string | null | undefined, field: string): Period | null {
  if (given != null && given > today().slice(0, given.length)) throw new RuleBroken('DATE_FUTURE', { path: [field] });
  return periodOf(given);
}

/** An address of the web. @throws RuleBroken LINK_NOT_HTTPS or TOO_LONG */
export function givenLink(given: string, field: string): string {
  const url = webAddress(given);
  if (!url) throw new RuleBroken('LINK_NOT_HTTPS', { path: [field], details: { field } });
  assertLengths({ [field]: url.href }, { [field]: longestLink });
  return url.href;
}
