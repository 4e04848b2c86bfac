import { isWithin, type Visibility } from '@hub/access';
import { RuleBroken } from '@hub/errors';
import { type FetchContext, invalidAt } from '@hub/workflow';
import { hostsOf } from '../consultations/hosts.ts';
import { consultationSettings } from '../settings/settings.ts';

interface Seen {
  readonly owner: string;
  readonly visibility: Visibility;
  readonly parties: readonly string[];
  readonly subjects: readonly string[];
}

/** A part of a consultation that is to have an audience of its own. */
export interface Part {
  /** What it belongs to at once: the consultation, its follow-up or a suggestion. */
  readonly whole: Seen;
  readonly consultation: string;
  /** The committee whose part it is, where that isn't the whole's. */
  readonly owner?: string;
  /** Whom it names. */
  readonly names?: readonly string[];
}

/** Who may be chosen: the owner's staff have to be among them. */
const choices: readonly Visibility[] = ['INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'];

/**
 * The audience of a part: what its owner gives, and what the owner's settings say where nothing is given.
 * @throws RuleBroken INVALID, or AUDIENCE_TOO_WIDE for what is wider than its whole
 */
export async function partAudience(
  context: FetchContext,
  { whole, consultation, owner = whole.owner, names = [] }: Part,
  given: Visibility | null | undefined,
): Promise<{ visibility: Visibility; parties: string[]; subjects: string[] }> {
  const hosts = await hostsOf(context.scope, consultation);
  const as = (visibility: Visibility) => {
    const sameReaders = visibility === whole.visibility && (owner === whole.owner || visibility === 'JOINT');
    return {
      visibility,
      parties: visibility !== 'JOINT' ? [] : sameReaders ? [...whole.parties] : hosts,
      subjects: [...new Set(sameReaders ? [...whole.subjects, ...names] : names)],
    };
  };
  const fits = (visibility: Visibility) => isWithin({ owner, ...as(visibility) }, whole);
  if (given != null) {
    if (!choices.includes(given) || (given === 'JOINT' && hosts.length < 2)) throw invalidAt(['visibility']);
    if (!fits(given)) throw new RuleBroken('AUDIENCE_TOO_WIDE', { path: ['visibility'] });
    return as(given);
  }
  const { partVisibility, jointPartVisibility } = await consultationSettings.of(context, owner);
  const wanted = hosts.length > 1 ? jointPartVisibility : partVisibility;
  const widest = wanted === 'PUBLIC' ? whole.visibility : wanted;
  return as([widest, 'INTERNAL' as const].find(fits) ?? 'PRIVATE');
}
