import { recordId } from '@hub/facts';
import { startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cooperation } from '../src/subgraph.ts';
import { entity } from './made.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(cooperation, 'facts');
});
afterAll(() => subgraph.stop());

const pairing = '松江—上饶眼科医疗合作';
const aid = '永康市政协界别组对口帮扶平昌县';
const linked = '携商推进帮共体、协作奋进共富路';
const visits = '阳春市政协委员到广州、佛山、顺德考察';

/** Titles that a filter finds, sorted. */
async function found(filter: Record<string, unknown>): Promise<string[]> {
  const { data, errors } = await subgraph.ask(
    'query ($filter: CooperationFilter) { cooperations(filter: $filter, first: 100) { totalCount nodes { title } } }',
    { variables: { filter } },
  );
  expect(errors).toEqual([]);
  expect(data.cooperations.totalCount).toBe(data.cooperations.nodes.length);
  return data.cooperations.nodes.map((node: { title: string }) => node.title).sort();
}

describe('the facts', () => {
  test('a search for 上饶 finds the pairing with its partners, its steps and its agreement', async () => {
    const { data, errors } = await subgraph.ask(
      `query ($text: String!) {
        cooperations(filter: { text: $text }, first: 5) {
          nodes {
            id kind field status started { start } source visibility revision
            partners { role committee { code name level region { name } } organizations { name organization { id } } }
            milestones { title stage done date { start precision text } source }
            agreements { title signed { start } parties }
          }
        }
      }`,
      { variables: { text: '上饶' } },
    );
    expect(errors).toEqual([]);
    const [node, ...others] = data.cooperations.nodes;
    expect(others).toEqual([]);
    expect(node).toMatchObject({
      id: recordId('songjiang-shangrao/eye-care-pairing'),
      kind: 'PAIRING',
      field: '眼科医疗',
      status: 'ACTIVE',
      started: null,
      source: 'S4',
      visibility: 'PUBLIC',
      revision: 1,
      partners: [
        {
          role: 'PARTNER',
          committee: { code: '310117', name: '松江区政协', level: 'COUNTY', region: { name: '松江区' } },
          organizations: [
            {
              name: '上海市第一人民医院',
              organization: { id: recordId('songjiang/org-shanghai-first-hospital') },
            },
          ],
        },
        { committee: { code: '361100', level: 'CITY' }, organizations: [{ name: '上饶市中心医院' }] },
      ],
      agreements: [{ signed: null, parties: ['上海市第一人民医院', '上饶市中心医院'] }],
    });
    expect(node.milestones.map((step: { stage: string }) => step.stage)).toEqual([
      'VISIT',
      'SURVEY',
      'SUPPORT',
      'TRAINING',
      'CONSENSUS',
      'TALKS',
      'SIGNING',
      'MECHANISM',
    ]);
    expect(node.milestones.map((step: { done: boolean }) => step.done)).toEqual([...Array(7).fill(true), false]);
    expect(node.milestones[0].date).toEqual({ start: '2023-03-01', precision: 'DAY', text: null });
    expect(node.milestones[1].date).toBeNull();
    expect(node.milestones[3].date).toEqual({ start: '2023-11', precision: 'MONTH', text: '同年11月' });
  });

  test('aid keeps the figure as the source gives it', async () => {
    const { data } = await subgraph.ask(
      `{ cooperation(id: "${recordId('yongkang/pingchang-aid')}") {
        kind partners { role committee { code } }
        aid { form amount { value qualifier atLeast text } unit given { start precision } cooperation { title } }
      } }`,
    );
    expect(data.cooperation).toEqual({
      kind: 'COUNTERPART_AID',
      partners: [
        { role: 'DONOR', committee: { code: '330784' } },
        { role: 'RECIPIENT', committee: { code: '511923' } },
      ],
      aid: [
        {
          form: '物资帮扶、消费帮扶等',
          amount: { value: 90, qualifier: 'AT_LEAST', atLeast: true, text: '90多' },
          unit: '万元',
          given: { start: '2024', precision: 'YEAR' },
          cooperation: { title: aid },
        },
      ],
    });
  });

  test('what a source dates by words alone has the words and no date, and its figures stay its own', async () => {
    const { data } = await subgraph.ask(
      `{ cooperation(id: "${recordId('yangchun/study-visits-pearl-river-delta')}") {
        started { start precision text } figures { label value { value atLeast text } unit } milestones { date { start text } }
      } }`,
    );
    expect(data.cooperation.started).toEqual({ start: null, precision: null, text: '近日' });
    expect(data.cooperation.figures).toEqual([
      { label: '走访地方', value: { value: 3, atLeast: true, text: '广州、佛山、顺德等地' }, unit: '个' },
    ]);
    expect(data.cooperation.milestones).toEqual(Array(3).fill({ date: { start: null, text: '近日' } }));
  });

  test('every part answers by its own id, as a root field and as an entity', async () => {
    const key = 'songjiang-shangrao/eye-care-pairing';
    const step = recordId(`${key}/milestones/0`);
    const paper = recordId(`${key}/agreements/0`);
    const entry = recordId('yongkang/pingchang-aid/aid/0');
    const { data } = await subgraph.ask(
      `{ milestone(id: "${step}") { title cooperation { title } people { person { id } role } }
         agreement(id: "${paper}") { title cooperation { title } }
         aidEntry(id: "${entry}") { unit cooperation { title } } }`,
    );
    expect(data).toMatchObject({
      milestone: {
        title: '上饶市政协到松江学习考察',
        cooperation: { title: pairing },
        people: [{ person: { id: recordId('shangrao/person-yu-jian') }, role: '带队' }],
      },
      agreement: { cooperation: { title: pairing } },
      aidEntry: { unit: '万元', cooperation: { title: aid } },
    });
    expect(await entity(subgraph, { __typename: 'Cooperation', id: recordId(key) }, 'title')).toEqual({
      title: pairing,
    });
    expect(await entity(subgraph, { __typename: 'Milestone', id: step }, 'stage')).toEqual({ stage: 'VISIT' });
    expect(await entity(subgraph, { __typename: 'Agreement', id: paper }, 'parties')).toMatchObject({
      parties: { length: 2 },
    });
    expect(await entity(subgraph, { __typename: 'AidEntry', id: entry }, 'unit')).toEqual({ unit: '万元' });
  });

  test('what is no id and what is unknown are null alike', async () => {
    for (const id of ['nobody', recordId('no/body')]) {
      const { data, errors } = await subgraph.ask(
        'query ($id: ID!) { cooperation(id: $id) { id } milestone(id: $id) { id } agreement(id: $id) { id } aidEntry(id: $id) { id } }',
        { variables: { id } },
      );
      expect(errors).toEqual([]);
      expect(data).toEqual({ cooperation: null, milestone: null, agreement: null, aidEntry: null });
      for (const __typename of ['Cooperation', 'Milestone', 'Agreement', 'AidEntry'])
        expect(await entity(subgraph, { __typename, id }, 'id')).toBeNull();
      expect(
        await entity(subgraph, { __typename: 'Person', id }, 'milestones { totalCount nodes { id } }'),
      ).toMatchObject({ milestones: { totalCount: 0, nodes: [] } });
      expect(
        await entity(subgraph, { __typename: 'Organization', id }, 'cooperations { totalCount nodes { id } }'),
      ).toMatchObject({ cooperations: { totalCount: 0, nodes: [] } });
    }
  });
});

describe('filters', () => {
  test('text looks at title, field, description and the names of partners, with two characters and with more', async () => {
    expect(await found({ text: '共富' })).toEqual([linked]);
    expect(await found({ text: '东西部协作' })).toEqual([aid]);
    expect(await found({ text: '三甲' })).toEqual([pairing]);
    // Neither stands in the cooperation's own words: one names a partner's committee, one a body at its side.
    expect(await found({ text: '上城区政协' })).toEqual([linked]);
    expect(await found({ text: '工商联界别' })).toEqual([aid]);
    expect(await found({ text: '北京' })).toEqual([]);
  });

  test('kinds and statuses take several, and all conditions hold at once', async () => {
    expect(await found({ kinds: ['PAIRING', 'STUDY_VISIT'] })).toEqual([pairing, visits].sort());
    expect(await found({ statuses: ['CONCLUDED'] })).toEqual([linked]);
    expect(await found({ kinds: ['PAIRING', 'STUDY_VISIT'], statuses: ['CONTACT'] })).toEqual([visits]);
    expect(await found({ kinds: [] })).toEqual([]);
  });

  test('level is that of any partner', async () => {
    expect(await found({ level: 'CITY' })).toEqual([pairing]);
    expect(await found({ level: 'COUNTY' })).toEqual([aid, linked, pairing, visits].sort());
    expect(await found({ level: 'PROVINCE' })).toEqual([]);
  });

  test('crossProvince tells partners of two provinces from those of one', async () => {
    expect(await found({ crossProvince: true })).toEqual([aid, pairing].sort());
    expect(await found({ crossProvince: false })).toEqual([linked, visits].sort());
  });

  test('a time finds what had a step in it, and never the undated', async () => {
    expect(await found({ from: '2024-03-26', until: '2024-03-26' })).toEqual([aid, pairing].sort());
    // The pairing has steps before and after these days and none between them.
    expect(await found({ from: '2023-03-02', until: '2023-05-31' })).toEqual([]);
    expect(await found({ from: '2023-06-30', until: '2023-06-30' })).toEqual([pairing]);
    expect(await found({ until: '2022-01-01' })).toEqual([linked]);
    expect(await found({ from: '2024-12-31' })).toEqual([aid]);
    expect(await found({ from: '0001-01-01' })).toEqual([aid, linked, pairing].sort());
    expect(await found({ until: '9999-12-31' })).toEqual([aid, linked, pairing].sort());
  });

  test('within is any partner in the region, and a malformed code is named', async () => {
    const { data } = await subgraph.ask('{ cooperations(within: "510000") { totalCount nodes { title } } }');
    expect(data.cooperations).toEqual({ totalCount: 1, nodes: [{ title: aid }] });
    const { errors } = await subgraph.ask('{ cooperations(within: "51") { totalCount } }');
    expect(errors).toEqual(['BAD_USER_INPUT']);
  });
});

describe('cooperations of a committee', () => {
  const lists =
    'own: cooperations { totalCount nodes { title } } all: cooperations(scope: SUBTREE) { totalCount nodes { title } } mine: cooperationSummary { total { value text basis } byKind { kind count } } below: cooperationSummary(scope: SUBTREE) { total { value } byKind { kind count } }';
  const of = (code: string) => entity(subgraph, { __typename: 'Committee', code }, lists);

  test('it is on the page of every partner', async () => {
    for (const code of ['330127', '330102'])
      expect(await of(code)).toMatchObject({
        own: { totalCount: 1, nodes: [{ title: linked }] },
        mine: {
          total: { value: 1, text: '1', basis: 'COUNTED' },
          byKind: [{ kind: 'LINKED_ACTION', count: 1 }],
        },
      });
  });

  test('a region that holds several partners counts it once, and one that holds only the second counts it too', async () => {
    expect(await of('330100')).toMatchObject({
      own: { totalCount: 0, nodes: [] },
      all: { totalCount: 1, nodes: [{ title: linked }] },
      below: { total: { value: 1 } },
    });
    expect(await of('360000')).toMatchObject({ all: { totalCount: 1, nodes: [{ title: pairing }] } });
    const province = await of('330000');
    expect(province.all).toEqual({ totalCount: 2, nodes: [{ title: linked }, { title: aid }] });
    expect(province.below).toEqual({
      total: { value: 2 },
      byKind: [
        { kind: 'COUNTERPART_AID', count: 1 },
        { kind: 'LINKED_ACTION', count: 1 },
      ],
    });
    const nation = await of('000000');
    expect(nation.all).toMatchObject({ totalCount: 4, nodes: { length: 4 } });
    expect(nation.below.total.value).toBe(4);
  });

  test('summaries of many committees are one statement', async () => {
    const ask = (codes: readonly string[]) =>
      subgraph.ask(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { cooperationSummary(scope: SUBTREE) { total { value } byKind { kind count } } } } }',
        { variables: { of: codes.map((code) => ({ __typename: 'Committee', code })) } },
      );
    const many = await ask(['000000', '330000', '330100', '310000', '361100', '440000']);
    expect(
      many.data._entities.map(
        (one: { cooperationSummary: { total: { value: number } } }) => one.cooperationSummary.total.value,
      ),
    ).toEqual([4, 2, 1, 1, 1, 1]);
    expect(many.statements).toBe(1);
  });
});

describe('ways back', () => {
  test('a person has the steps they took part in, the undated last, page by page', async () => {
    const person = { __typename: 'Person', id: recordId('shangrao/person-yu-jian') };
    const all = await entity(
      subgraph,
      person,
      'milestones { totalCount nodes { title cooperation { title } } pageInfo { hasNextPage } }',
    );
    expect(all.milestones).toEqual({
      totalCount: 2,
      nodes: [
        { title: '上饶市政协到松江学习考察', cooperation: { title: pairing } },
        { title: '两院签订合作协议', cooperation: { title: pairing } },
      ],
      pageInfo: { hasNextPage: false },
    });
    const first = await entity(subgraph, person, 'milestones(first: 1) { pageInfo { hasNextPage endCursor } }');
    expect(first.milestones.pageInfo.hasNextPage).toBe(true);
    const rest = await entity(
      subgraph,
      person,
      `milestones(after: "${first.milestones.pageInfo.endCursor}") { nodes { title } }`,
    );
    expect(rest.milestones.nodes).toEqual([{ title: '两院签订合作协议' }]);
  });

  test('an organization has the cooperations it takes part in', async () => {
    const id = recordId('yongkang/sector-group-industry-commerce');
    const { cooperations } = await entity(
      subgraph,
      { __typename: 'Organization', id },
      'cooperations { totalCount nodes { title } }',
    );
    expect(cooperations).toEqual({ totalCount: 1, nodes: [{ title: aid }] });
  });
});
