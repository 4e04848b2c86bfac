/** Who holds a matter: derived from the letters by which it was sent and from what their receivers made of them. */
import { type Committee, codeRange, committee } from '@hub/regions';
import type { Referral } from './store.ts';

export interface Standing {
  /** Current code. */
  readonly holder: string;
  /** Until when the holder is to answer; null for the one whose matter it is. */
  readonly until: string | null;
  readonly came: 'HELD' | 'BACK' | 'ANSWERED';
}

/** How a matter stands that was sent by a letter, from there on: with its receiver, further on, or back again. */
export function standingOf(of: Referral, chain: readonly Referral[]): Standing {
  const held = { holder: of.committee, until: of.due, came: 'HELD' } as const;
  // Its sender took it back before the receiver said anything.
  if (of.recalled !== null) return { holder: of.owner, until: null, came: 'BACK' };
  switch (of.handling) {
    case 'DECLINED':
    case 'HANDED_BACK':
      return { holder: of.owner, until: null, came: 'BACK' };
    case 'ANSWERED':
      return { holder: of.path[0] ?? of.owner, until: null, came: 'ANSWERED' };
    case 'PASSED_ON': {
      const next = chain.findLast(({ previous }) => previous === of.id);
      const further = next && standingOf(next, chain);
      return further && further.came !== 'BACK' ? further : held;
    }
    default:
      return held;
  }
}

/** How a matter stands as a whole; undefined where it was never sent anywhere. */
export function matterStanding(chain: readonly Referral[]): Standing | undefined {
  // Of those through whose hands it went later, the first letter isn't seen; what is seen begins with the lowest hop.
  const lowest = Math.min(...chain.map(({ hop }) => hop));
  const first = chain.findLast(({ hop }) => hop === lowest);
  return first && standingOf(first, chain);
}

/** Which way a matter goes from one committee to another; undefined where it doesn't go at all. */
export function directionOf(from: string, to: string): Referral['direction'] | undefined {
  const [sender, receiver] = [committee(from), committee(to)];
  if (!sender || !receiver || from === to || receiver.validUntil !== null) return undefined;
  const inside = (one: Committee, other: Committee) => {
    const { lo, hi } = codeRange(other.code);
    return one.code > lo && one.code < hi;
  };
  if (inside(sender, receiver)) return 'UP';
  if (inside(receiver, sender)) return 'DOWN';
  return sender.level === receiver.level ? 'SIDEWAYS' : undefined;
}
