import { consultations } from '@hub/consultations';
import { recordId, recordRow } from '@hub/facts';
import { everyone, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plan, planItem } from '../src/tables.ts';
import { consultationRows } from './records.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(consultations, 'facts');
});
afterAll(() => subgraph.stop());

interface Item {
  kind: string;
  title: string | null;
  count: { value: number; atLeast: boolean; text: string } | null;
  consultation: { status: string; title: string } | null;
}

describe('an annual plan', () => {
  test('says how many of a kind are planned, and leads to each topic that it names', async () => {
    const { data } =
      await subgraph.ask(`{ _entities(representations: [{ __typename: "Committee", code: "330114" }]) { ... on Committee {
      plans(year: 2024) { id year status committee { code } items { kind title count { value atLeast text } consultation { status title } } } none: plans(year: 2023) { id } } } }`);
    const [{ plans, none }] = data._entities;
    expect(none).toEqual([]);
    expect(plans).toMatchObject([
      { id: recordId('qiantang/plan-2024'), year: 2024, status: 'PUBLISHED', committee: { code: '330114' } },
    ]);
    const items = plans[0].items as Item[];
    expect(items.filter(({ kind, count }) => kind === 'TOPICAL' && count).map(({ count }) => count)).toEqual([
      { value: 6, atLeast: true, text: '至少6' },
    ]);
    const named = items.filter(({ title }) => title !== null);
    expect(named).toHaveLength(16);
    expect(
      named.every(({ title, consultation }) => consultation?.title === title && consultation?.status === 'PLANNED'),
    ).toBe(true);
    expect(items.at(-1)).toEqual({ kind: 'INSPECTION', title: null, count: null, consultation: null });
  });

  test('is set against what was held by way of the consultations that it names, and counts none of its own twice', async () => {
    const id = recordId('qiantang/plan-2024');
    const { data } = await subgraph.ask(
      `{ annualPlan(id: "${id}") { progress { planned { value qualifier } held { count } openItems { title } } items { id title consultation { id } } } }`,
    );
    expect(data.annualPlan.progress).toMatchObject({
      planned: { value: 16, qualifier: 'AT_LEAST' },
      held: { count: 0 },
      openItems: { length: 16 },
    });
    const [one, other] = (data.annualPlan.items as { id: string; consultation: { id: string } | null }[]).filter(
      ({ consultation }) => consultation,
    );
    const { data: linked } = await subgraph.ask(
      `mutation { holdPlanItem(input: { item: "${one?.id}", consultation: "${other?.consultation?.id}" }) { userErrors { code } } }`,
      { as: staff('330114') },
    );
    expect(linked.holdPlanItem.userErrors).toEqual([{ code: 'CONSULTATION_IN_PLAN' }]);
  });

  test('is found by year, status and place, the latest first, and counted with them', async () => {
    await subgraph.put({
      table: plan,
      rows: [2021, 2022, 2022, 2023].map((year, at) => ({
        ...recordRow({ key: `test/plan-${at}` }, '330114'),
        year,
        title: `计划${at}`,
        status: at === 3 ? 'APPROVED' : 'PUBLISHED',
      })),
    });
    const ask = async (args: string) => {
      const { data } = await subgraph.ask(
        `{ annualPlans(${args}) { totalCount nodes { year title } pageInfo { hasNextPage endCursor } } }`,
      );
      return data.annualPlans;
    };
    const years = (list: { nodes: { year: number }[] }) => list.nodes.map(({ year }) => year);
    const all = await ask('within: "330000"');
    expect([all.totalCount, years(all)]).toEqual([5, [2024, 2023, 2022, 2022, 2021]]);
    expect(years(await ask('within: "330000", orderBy: YEAR_ASC'))).toEqual([2021, 2022, 2022, 2023, 2024]);
    expect(years(await ask('within: "330000", orderBy: MODIFIED_DESC'))).toHaveLength(5);
    expect(years(await ask('filter: { year: 2024 }'))).toHaveLength(2);
    expect(years(await ask('filter: { statuses: [APPROVED, DRAFT] }'))).toEqual([2023]);
    const first = await ask('within: "330000", first: 3');
    const rest = await ask(`within: "330000", first: 3, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...rest.nodes]).toEqual(all.nodes);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  test('of the office is for its staff, in lists and totals too', async () => {
    const id = recordId('test/draft');
    await subgraph.put({
      table: plan,
      rows: [
        {
          ...recordRow({ key: 'test/draft', visibility: 'INTERNAL' }, '110101'),
          year: 2025,
          title: '草案',
          status: 'DRAFT',
        },
      ],
    });
    const query = `{ annualPlan(id: "${id}") { id } annualPlans(within: "110000") { totalCount nodes { id } }
      _entities(representations: [{ __typename: "AnnualPlan", id: "${id}" }]) { ... on AnnualPlan { id } } }`;
    const seen = { annualPlan: { id }, annualPlans: { totalCount: 1, nodes: [{ id }] }, _entities: [{ id }] };
    const hidden = { annualPlan: null, annualPlans: { totalCount: 0, nodes: [] }, _entities: [null] };
    expect((await subgraph.ask(query, { as: staff('110101') })).data).toEqual(seen);
    for (const as of [everyone, staff('110000'), staff('110102')])
      expect((await subgraph.ask(query, { as })).data).toEqual(hidden);
  });

  test('kept among several committees is for the staff of each, and counted for them alone', async () => {
    const joint = recordRow({ key: 'test/joint-plan', visibility: 'JOINT' }, '120101', { parties: ['120102'] });
    await subgraph.put({ table: plan, rows: [{ ...joint, year: 2025, title: '联合计划', status: 'DRAFT' }] });
    for (const [as, total] of [
      [staff('120101'), 1],
      [staff('120102'), 1],
      [staff('120000'), 0],
      [everyone, 0],
    ] as const) {
      const { data } = await subgraph.ask('{ annualPlans(within: "120000") { totalCount nodes { id } } }', { as });
      expect(data.annualPlans).toMatchObject({ totalCount: total, nodes: { length: total } });
    }
  });

  test('names a topic whose consultation is hidden without leading to it', async () => {
    await subgraph.put(
      ...consultationRows({ key: 'test/in-plan', hosts: ['110101'], visibility: 'INTERNAL' }),
      {
        table: plan,
        rows: [{ ...recordRow({ key: 'test/public-plan' }, '110101'), year: 2026, title: '计划', status: 'PUBLISHED' }],
      },
      {
        table: planItem,
        rows: [
          {
            ...recordRow({ key: 'test/public-plan/items/0' }, '110101'),
            plan: recordId('test/public-plan'),
            kind: 'TOPICAL',
            title: '题目',
            consultation: recordId('test/in-plan'),
            position: 0,
          },
        ],
      },
    );
    const query = `{ annualPlan(id: "${recordId('test/public-plan')}") { items { title consultation { id } } } }`;
    expect((await subgraph.ask(query)).data.annualPlan.items).toEqual([{ title: '题目', consultation: null }]);
    expect((await subgraph.ask(query, { as: staff('110101') })).data.annualPlan.items).toEqual([
      { title: '题目', consultation: { id: recordId('test/in-plan') } },
    ]);
  });

  test('what is no id and what is unknown are null alike', async () => {
    const { data, errors } = await subgraph.ask(
      `{ none: annualPlan(id: "nobody") { id } unknown: annualPlan(id: "${recordId('no/body')}") { id } }`,
    );
    expect(data).toEqual({ none: null, unknown: null });
    expect(errors).toEqual([]);
  });
});
