const deciding = ['PARTY_COMMITTEE', 'GOVERNMENT'];

/**
 * Whether all sides took something up: at the side of each committee both the party committee and the government have decided
 * ADOPTED, and no decision that holds is another one, at whichever side. A side that is silent, in whole or in part, hasn't
 * adopted, and none stands in for another.
 * @param sides the committees whose work it is: those that host a consultation, or take part in a cooperation
 * @param adoptions the decisions that hold: none that a later one of the same body took the place of
 */
export function adoptedByAll(
  sides: readonly { readonly committee: string }[],
  adoptions: readonly { readonly owner: string; readonly body: string; readonly status: string }[],
): boolean {
  const decided = new Set(adoptions.map(({ owner, body }) => `${owner} ${body}`));
  return (
    sides.length > 0 &&
    sides.every(({ committee }) => deciding.every((body) => decided.has(`${committee} ${body}`))) &&
    adoptions.every(({ status }) => status === 'ADOPTED')
  );
}
