import { RuleBroken } from '@hub/errors';
import { webAddress } from '@hub/inputs';
import { assertLengths } from '@hub/workflow';

export { assertLengths, givenCommittee, givenId, givenRegion } from '@hub/workflow';

const longestLink = 500;

/** An address of the web. @throws RuleBroken LINK_NOT_HTTPS or TOO_LONG */
export function givenLink(given: string, field: string): string {
  const url = webAddress(given);
  if (!url) throw new RuleBroken('LINK_NOT_HTTPS', { path: [field], details: { field } });
  assertLengths({ [field]: url.href }, { [field]: longestLink });
  return url.href;
}
