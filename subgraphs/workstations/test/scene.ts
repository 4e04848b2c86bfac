import type { Facts } from '@hub/facts';
import { workstations } from '@hub/workstations';

type Loose = Readonly<Record<string, unknown>> & { readonly key: string };
const defaults = {
  source: 'S0',
  visibility: 'PUBLIC',
  status: 'LISTED',
  figures: [],
  staffing: [],
  openDays: [],
  livelihoodItems: [],
  participants: [],
};

/** Rows of records made up for a test: only what matters there is given. */
export function rowsOf(
  lists: Partial<
    Record<'people' | 'members' | 'workstations' | 'programmes' | 'activities' | 'serviceRequests', Loose[]>
  >,
) {
  const facts: Record<string, unknown> = { posts: [] };
  for (const list of ['people', 'members', 'workstations', 'programmes', 'activities', 'serviceRequests'] as const)
    facts[list] = (lists[list] ?? []).map((record) => ({ ...defaults, ...record }));
  return workstations.factsAsRows(facts as unknown as Facts);
}

/** A query of fields that this subgraph adds to a record of the directory or of another subgraph. */
export const entity = (type: string, key: Readonly<Record<string, string>>, fields: string) => ({
  query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${fields} } } }`,
  variables: { of: [{ __typename: type, ...key }] },
});
