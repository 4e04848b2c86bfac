import { RuleBroken } from '@hub/errors';

/** @throws RuleBroken TOO_LONG for the first text of an input that has more characters than its field may */
export function assertLengths(input: object, longest: Readonly<Record<string, number>>): void {
  for (const [field, maximum] of Object.entries(longest)) {
    const given = (input as Record<string, unknown>)[field];
    if (typeof given === 'string' && [...given].length > maximum)
      throw new RuleBroken('TOO_LONG', { path: [field], details: { field, maximum } });
  }
}
