/**
 * Whether a part's audience is no wider than its whole's. As in rules.ts each stands twice, as a predicate and as SQL, and a
 * property test holds both to what the rules let people read.
 */
import type { Audience, AudienceColumns } from './rules.ts';

/**
 * May a part have this audience? Whose record it is, and whom it names, see it whatever the whole's; nobody else sees more
 * than the whole shows.
 */
export function isWithin(part: Omit<Audience, 'subjects'>, whole: Omit<Audience, 'subjects'>): boolean {
  if (whole.visibility === 'PUBLIC' || part.visibility === 'PRIVATE') return true;
  if (whole.visibility === 'PRIVATE') return false;
  if (part.visibility === 'INTERNAL') return true;
  return (
    part.visibility === whole.visibility &&
    // Members of another committee, and committees above it, are others than those of the whole.
    (part.visibility === 'JOINT' || part.owner === whole.owner) &&
    part.parties.every((party) => party === whole.owner || whole.parties.includes(party))
  );
}

/** {@link isWithin} over columns. */
export function withinSql(part: Omit<AudienceColumns, 'subjects'>, whole: Omit<AudienceColumns, 'subjects'>): string {
  return `(${whole.visibility} = 'PUBLIC' or ${part.visibility} = 'PRIVATE' or (${whole.visibility} <> 'PRIVATE' and (${part.visibility} = 'INTERNAL'
    or (${part.visibility} = ${whole.visibility} and (${part.visibility} = 'JOINT' or ${part.owner} = ${whole.owner}) and ${part.parties} <@ (${whole.parties} || ${whole.owner}::text)))))`;
}
