import type { Actor, Visibility } from '@hub/access';
import { recordId } from '@hub/facts';
import { agency, everyone, member, operator, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cooperation } from '../src/subgraph.ts';
import { about, entity, madeRows, withParts } from './made.ts';

/** Kept by 余杭, with 松江 as partner; between them one record for each audience, and one that is about a member. */
const owner = '330110';
const other = '310117';
const subject = member('made/subject', '330113');
const visibilities: readonly Visibility[] = ['INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC'];
const keyOf = (visibility: Visibility) => `made/${visibility.toLowerCase()}`;

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(cooperation, 'empty');
  await subgraph.put(
    ...madeRows(visibilities.map((visibility) => withParts([owner, other], keyOf(visibility), visibility))),
    ...about([recordId('made/subject')], madeRows([withParts([owner, other], 'made/personal', 'INTERNAL')])),
  );
});
afterAll(() => subgraph.stop());

const actors: readonly [string, Actor, readonly string[]][] = [
  ['the public', everyone, ['public']],
  ['staff of the owner', staff(owner), ['internal', 'joint', 'members', 'personal', 'public', 'upward']],
  ['a member of the owner', member('made/member', owner), ['members', 'public']],
  ['staff of the city above', staff('330100'), ['public', 'upward']],
  ['staff of the province above', staff('330000'), ['public', 'upward']],
  ['staff of a neighbour', staff('330113'), ['public']],
  ['staff of the partner', staff(other), ['joint', 'public']],
  ['staff above the partner', staff('310000'), ['public']],
  ['a member of the partner', member('made/elsewhere', other), ['public']],
  ['the member whom it is about', subject, ['personal', 'public']],
  ['a partner agency', agency, []],
  ['the operator', operator, []],
];

describe.each(actors)('%s', (_, as, sees) => {
  test('finds what they may see and no more, in lists, totals, summaries and by text', async () => {
    const { data, errors } = await subgraph.ask(
      `{ all: cooperations(first: 100) { totalCount nodes { title } }
         found: cooperations(filter: { text: "医院" }) { totalCount nodes { title } }
         kinds: cooperations(filter: { kinds: [PAIRING], level: COUNTY, crossProvince: true }) { totalCount } }`,
      { as },
    );
    expect(errors).toEqual([]);
    for (const list of [data.all, data.found]) {
      expect(list.nodes.map(({ title }: { title: string }) => title).sort()).toEqual(
        sees.map((name) => `made/${name}`),
      );
      expect(list.totalCount).toBe(sees.length);
    }
    expect(data.kinds.totalCount).toBe(sees.length);
    // The owner's page, the partner's, the region of either, and of both.
    for (const [code, scope] of [
      [owner, 'OWN'],
      [other, 'OWN'],
      ['330000', 'SUBTREE'],
      ['310000', 'SUBTREE'],
      ['000000', 'SUBTREE'],
    ] as const) {
      const of = await entity(
        subgraph,
        { __typename: 'Committee', code },
        `cooperations(scope: ${scope}) { totalCount nodes { id } } cooperationSummary(scope: ${scope}) { total { value } byKind { kind count } }`,
        as,
      );
      expect(of.cooperations).toMatchObject({ totalCount: sees.length, nodes: { length: sees.length } });
      expect(of.cooperationSummary).toEqual({
        total: { value: sees.length },
        byKind: sees.length === 0 ? [] : [{ kind: 'PAIRING', count: sees.length }],
      });
    }
  });

  test('gets at a record and its parts by id as far as that, and null beyond it', async () => {
    for (const name of ['internal', 'members', 'upward', 'joint', 'public', 'personal']) {
      const visible = sees.includes(name);
      const parts = {
        Cooperation: '',
        Milestone: '/milestones/0',
        Agreement: '/agreements/0',
        AidEntry: '/aid/0',
      };
      for (const [__typename, part] of Object.entries(parts)) {
        const id = recordId(`made/${name}${part}`);
        expect(await entity(subgraph, { __typename, id }, 'id', as)).toEqual(visible ? { id } : null);
        const field = `${__typename.charAt(0).toLowerCase()}${__typename.slice(1)}`;
        const { data, errors } = await subgraph.ask(`query ($id: ID!) { found: ${field}(id: $id) { id } }`, {
          as,
          variables: { id },
        });
        expect(data.found).toEqual(visible ? { id } : null);
        expect(errors).toEqual([]);
      }
    }
    const { milestones } = await entity(
      subgraph,
      { __typename: 'Person', id: recordId('made/person') },
      'milestones { totalCount nodes { title people { role } cooperation { title } } }',
      as,
    );
    expect(milestones.totalCount).toBe(2 * sees.length);
    expect(milestones.nodes.length).toBe(2 * sees.length);
    const { cooperations } = await entity(
      subgraph,
      { __typename: 'Organization', id: recordId('made/organization') },
      'cooperations { totalCount nodes { partners { organizations { name } } } }',
      as,
    );
    expect(cooperations.totalCount).toBe(sees.length);
    expect(cooperations.nodes).toEqual(
      Array(sees.length).fill({
        partners: [
          { organizations: [{ name: expect.any(String) }] },
          { organizations: [{ name: expect.any(String) }] },
        ],
      }),
    );
  });
});

describe('a reference is seen by those only who may see what it refers to', () => {
  let kept: TestSubgraph;
  const key = 'made/refers';
  beforeAll(async () => {
    kept = await startTestSubgraph(cooperation, 'empty');
    // The cooperation is public; the person and the organization are the owner's own affair.
    await kept.put(
      ...madeRows([withParts([owner, other], key, 'PUBLIC')], {
        person: 'INTERNAL',
        organization: 'MEMBERS',
        by: owner,
      }),
    );
  });
  afterAll(() => kept.stop());

  const query = `{ cooperation(id: "${recordId(key)}") { partners { organizations { name organization { id } } } milestones { title people { role person { id } } } }
    found: cooperations(filter: { text: "refers医院" }) { totalCount } }`;

  test.each<[string, Actor, { organizations: number; people: number }]>([
    ['the public', everyone, { organizations: 0, people: 0 }],
    ['staff of the partner', staff(other), { organizations: 0, people: 0 }],
    ['a member of the owner', member('made/member', owner), { organizations: 1, people: 0 }],
    ['staff of the owner', staff(owner), { organizations: 1, people: 1 }],
  ])('%s', async (_, as, sees) => {
    const { data } = await kept.ask(query, { as });
    expect(data.cooperation.partners.map((one: { organizations: unknown[] }) => one.organizations.length)).toEqual([
      sees.organizations,
      sees.organizations,
    ]);
    expect(data.cooperation.milestones.map((one: { people: unknown[] }) => one.people.length)).toEqual([
      sees.people,
      sees.people,
    ]);
    // Neither does a search tell of a name that isn't shown, nor the way back of a reference.
    expect(data.found.totalCount).toBe(sees.organizations);
    const { cooperations } = await entity(
      kept,
      { __typename: 'Organization', id: recordId('made/organization') },
      'cooperations { totalCount nodes { id } }',
      as,
    );
    expect(cooperations).toMatchObject({ totalCount: sees.organizations, nodes: { length: sees.organizations } });
    const { milestones } = await entity(
      kept,
      { __typename: 'Person', id: recordId('made/person') },
      'milestones { totalCount nodes { id } }',
      as,
    );
    expect(milestones).toMatchObject({ totalCount: 2 * sees.people, nodes: { length: 2 * sees.people } });
  });
});

test('when a record becomes narrower or is withdrawn, its parts go with it', async () => {
  const own = await startTestSubgraph(cooperation, 'empty');
  try {
    const { admin } = own.testDatabase;
    const key = 'made/changing';
    await own.put(...madeRows([withParts([owner, other], key, 'PUBLIC')]));
    const step = { __typename: 'Milestone', id: recordId(`${key}/milestones/0`) };
    const shown = async (as: Actor) => ({
      step: (await entity(own, step, 'id', as)) !== null,
      steps: (await entity(own, { __typename: 'Person', id: recordId('made/person') }, 'milestones { totalCount }', as))
        .milestones.totalCount,
      whole: (await own.ask('{ cooperations { totalCount } }', { as })).data.cooperations.totalCount,
      partner: (
        await entity(own, { __typename: 'Committee', code: other }, 'cooperations { totalCount nodes { id } }', as)
      ).cooperations.totalCount,
    });
    expect(await shown(everyone)).toEqual({ step: true, steps: 2, whole: 1, partner: 1 });

    await admin`update cooperation.cooperation set visibility = 'INTERNAL'`;
    expect(await shown(everyone)).toEqual({ step: false, steps: 0, whole: 0, partner: 0 });
    expect(await shown(staff(owner))).toEqual({ step: true, steps: 2, whole: 1, partner: 1 });

    await admin`update cooperation.cooperation set visibility = 'PUBLIC', deleted = now()`;
    expect(await shown(staff(owner))).toEqual({ step: false, steps: 0, whole: 0, partner: 0 });
  } finally {
    await own.stop();
  }
});
