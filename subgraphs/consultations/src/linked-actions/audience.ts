import type { Visibility } from '@hub/access';
import { RuleBroken } from '@hub/errors';
import { committee } from '@hub/regions';

/** Whose an action is and who sees it; its parties are those whose invitation it carries on, whatever its visibility. */
interface OfAction {
  readonly owner: string;
  readonly visibility: string;
  readonly parties: readonly string[];
}

/** Codes of the committees above one, the nearest first. */
function above(code: string): string[] {
  const parent = committee(code)?.parent ?? null;
  return parent === null ? [] : [parent, ...above(parent)];
}

/**
 * The audience of an action's invitations but for the one whom each invites: the inviter and those who follow what becomes
 * of the action. One that is published shows whom it invites.
 */
export function invitationAudience({ owner, visibility, parties }: OfAction): {
  visibility: Visibility;
  parties: string[];
} {
  const hidden = visibility === 'INTERNAL' || visibility === 'MEMBERS';
  const followers = hidden ? [] : [...parties, ...(visibility === 'UPWARD' ? above(owner) : [])];
  return {
    visibility: visibility === 'PUBLIC' ? 'PUBLIC' : 'JOINT',
    parties: [...new Set([...followers, owner])],
  };
}

/**
 * The visibility that a committee chooses for what it keeps.
 * @throws RuleBroken INVALID for one that nobody, or not even the one who asked for it, would be among
 */
export function chosenVisibility(
  given: Visibility | null | undefined,
  allowed: readonly Visibility[],
  usual: Visibility,
): Visibility {
  if (given != null && !allowed.includes(given))
    throw new RuleBroken('INVALID', { path: ['visibility'], details: { field: 'visibility' } });
  return given ?? usual;
}

/** What a record may be seen by that has parties, and one that has none. */
export const withParties: readonly Visibility[] = ['INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'];
export const withoutParties: readonly Visibility[] = withParties.filter((one) => one !== 'JOINT');
