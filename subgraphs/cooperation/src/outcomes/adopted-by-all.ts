/**
 * Whether all sides took an outcome up: at the side of each partner both the party committee and the government have
 * decided ADOPTED, and no decision that holds is another one. A side that is silent, in whole or in part, hasn't adopted.
 * @param partners the committees that take part
 * @param adoptions the decisions that hold: none that a later one of the same body took the place of
 */
export function adoptedByAll(
  partners: readonly { readonly committee: string }[],
  adoptions: readonly { readonly owner: string; readonly body: string; readonly status: string }[],
): boolean {
  const decided = new Set(adoptions.map(({ owner, body }) => `${owner} ${body}`));
  return (
    partners.length > 0 &&
    partners.every(({ committee }) =>
      ['PARTY_COMMITTEE', 'GOVERNMENT'].every((body) => decided.has(`${committee} ${body}`)),
    ) &&
    adoptions.every(({ status }) => status === 'ADOPTED')
  );
}
