/**
 * Whether all sides took a suggestion up: at the side of each committee that hosts a body has decided, and each decision
 * is ADOPTED. A side that is silent hasn't adopted, and one that adopts in part hasn't either. Decisions at the side of
 * a committee that doesn't host are decisions too: none stands in for a host's, and one that isn't ADOPTED counts.
 * @param adoptions the decisions that hold: none that a later one of the same body took the place of
 */
export function adoptedByAll(
  hosts: readonly { readonly committee: string }[],
  adoptions: readonly { readonly owner: string; readonly status: string }[],
): boolean {
  const decided = new Set(adoptions.map(({ owner }) => owner));
  return (
    hosts.length > 0 &&
    hosts.every(({ committee }) => decided.has(committee)) &&
    adoptions.every(({ status }) => status === 'ADOPTED')
  );
}
