import { RuleBroken } from '@hub/errors';
import { sameInstant } from './proposal.ts';

const isIn = (start: string, times: readonly string[]) => times.some((time) => sameInstant(time, start));
const isAhead = (start: string) => Date.parse(start) > Date.now();

/** What a party says to candidate times: those that suit it, null for all of them; and all that it has said don't. */
export interface AnsweredTimes {
  readonly starts: string[] | null;
  readonly excluded: string[];
}

/**
 * What a party says to the candidate times of a proposal. What it said of a time before holds for the same time: one that it
 * excluded stays excluded until it names it.
 * @param given those that it names; null where it names none
 * @param excluded those that it said don't suit, of earlier proposals
 * @throws RuleBroken INVALID for a time that is none of the candidates, REQUIRED where it names none, or excluded each of them
 */
export function answeredTimes(
  candidates: readonly string[],
  given: readonly string[] | null,
  excluded: readonly string[],
): AnsweredTimes {
  if (given !== null) {
    const starts = namedTimes(given, candidates);
    const others = candidates.filter((start) => !isIn(start, starts));
    const before = excluded.filter((start) => !isIn(start, candidates));
    return { starts, excluded: [...before, ...others].filter(isAhead) };
  }
  const starts = candidates.filter((start) => !isIn(start, excluded));
  if (starts.length === 0) throw new RuleBroken('REQUIRED', { path: ['starts'], details: { field: 'starts' } });
  // What is past by now can't be agreed on any more, unless that is all there is: then it is a locked one.
  const ahead = starts.filter(isAhead);
  const suiting = ahead.length === 0 ? starts : ahead;
  return {
    starts: suiting.length === candidates.length ? null : suiting,
    excluded: excluded.filter(isAhead),
  };
}

/** Whoever proposes times would have them, whatever it said of them before. */
export const proposedTimes = (proposed: readonly string[], excluded: readonly string[]): AnsweredTimes => ({
  starts: null,
  excluded: excluded.filter((start) => !isIn(start, proposed)),
});

function namedTimes(given: readonly string[], candidates: readonly string[]): string[] {
  if (given.length === 0) throw new RuleBroken('REQUIRED', { path: ['starts'], details: { field: 'starts' } });
  return given.map((start, at) => {
    const candidate = candidates.find((one) => sameInstant(one, start));
    if (candidate === undefined)
      throw new RuleBroken('INVALID', { path: ['starts', String(at)], details: { field: 'starts' } });
    return candidate;
  });
}
