import type { Actor, Visibility } from '@hub/access';
import type { ImportBatch } from '@hub/database';
import type { Facts } from '@hub/facts';
import type { Answer, TestSubgraph } from '@hub/testkit';
import { factsAsRows } from '../src/facts.ts';

export type CooperationFact = Facts['cooperations'][number];

/** A cooperation of the committees with these codes, the first of which keeps it. */
export function between(
  committees: readonly string[],
  key: string,
  rest: Partial<CooperationFact> = {},
): CooperationFact {
  return {
    key,
    source: 'S4',
    visibility: 'PUBLIC',
    title: key,
    kind: 'PAIRING',
    field: '文旅',
    status: 'ACTIVE',
    partners: committees.map((committee) => ({ committee, role: 'PARTNER', organizations: [] })),
    milestones: [],
    agreements: [],
    aid: [],
    figures: [],
    ...rest,
  };
}

/** A cooperation with a part of every kind. */
export function withParts(committees: readonly string[], key: string, visibility: Visibility): CooperationFact {
  return between(committees, key, {
    visibility,
    partners: committees.map((committee) => ({
      committee,
      role: 'PARTNER',
      organizations: [{ name: `${key}医院`, organization: 'made/organization' }],
    })),
    milestones: [
      { title: '签约', stage: 'SIGNING', done: true, people: [{ person: 'made/person', role: '主持' }] },
      { title: '走访', stage: 'VISIT', done: true, people: [{ person: 'made/person' }] },
    ],
    agreements: [{ title: '协议', parties: ['甲', '乙'] }],
    aid: [{ form: '物资', amount: { value: 90, qualifier: 'AT_LEAST', text: '90多' }, unit: '万元' }],
  });
}

/** Rows of made-up cooperations, with one person and one organization that others keep for these to refer to. */
export function madeRows(
  cooperations: readonly CooperationFact[],
  kept: { person?: Visibility; organization?: Visibility; by?: string } = {},
): readonly ImportBatch[] {
  const { person = 'PUBLIC', organization = 'PUBLIC', by = '110101' } = kept;
  return factsAsRows({
    people: [{ key: 'made/person', source: 'S4', visibility: person, name: '某人' }],
    members: [{ key: 'made/member', source: 'S4', visibility: person, person: 'made/person', committee: by, tags: [] }],
    posts: [],
    organizations: [
      {
        key: 'made/organization',
        source: 'S4',
        visibility: organization,
        name: '医院',
        classification: 'HOSPITAL',
        committee: by,
      },
    ],
    cooperations: [...cooperations],
  } as Partial<Facts> as Facts);
}

/** The same rows, about these members. */
export const about = (subjects: readonly string[], batches: readonly ImportBatch[]): ImportBatch[] =>
  batches.map(({ table, rows }) => ({ table, rows: rows.map((row) => ({ ...row, subjects })) }));

/** A representation as the gateway sends it, and what is read of it. */
export async function entity(
  subgraph: TestSubgraph,
  of: { __typename: string; id?: string; code?: string },
  fields: string,
  as?: Actor,
): Promise<Answer['data']> {
  const { data, errors } = await subgraph.ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${of.__typename} { ${fields} } } }`,
    { variables: { of: [of] }, ...(as && { as }) },
  );
  if (errors.length > 0) throw new Error(errors.join());
  return data._entities[0];
}
