import { recordId } from '@hub/facts';
import { startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cooperation } from '../src/subgraph.ts';
import { between, entity, madeRows, withParts } from './made.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(cooperation, 'empty');
  // Seven with the same date, seven undated, and in all of them the same title twice.
  const made = Array.from({ length: 14 }, (_, at) => ({
    ...withParts(['110101', '120101'], `made/number-${at}`, 'PUBLIC'),
    title: `合作${at % 7}`,
    ...(at < 7 && { started: { start: '2024-05', yearInferred: false } }),
  }));
  await subgraph.put(...madeRows([...made, between(['440106'], 'made/alone')]));
});
afterAll(() => subgraph.stop());

interface Page {
  nodes: { id: string; title: string; started: { start: string } | null; modified: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}
async function page(variables: Record<string, unknown>): Promise<Page> {
  const { data, errors } = await subgraph.ask(
    `query ($orderBy: CooperationOrder, $first: Int, $after: String, $last: Int, $before: String) {
      cooperations(within: "110000", orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
        nodes { id title started { start } modified } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      } }`,
    { variables },
  );
  expect(errors).toEqual([]);
  return data.cooperations;
}

for (const orderBy of ['STARTED_DESC', 'TITLE_ASC', 'MODIFIED_DESC']) {
  test(`${orderBy}: pages forwards and backwards meet every row once, in the order of the whole list`, async () => {
    const { nodes: whole } = await page({ orderBy, first: 100 });
    expect(new Set(whole.map(({ id }) => id)).size).toBe(14);

    const forwards: string[] = [];
    for (let after: string | undefined; ; ) {
      const { nodes, pageInfo } = await page({ orderBy, first: 4, after });
      forwards.push(...nodes.map(({ id }) => id));
      expect(pageInfo.hasPreviousPage).toBe(after !== undefined);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(forwards).toEqual(whole.map(({ id }) => id));

    const backwards: string[] = [];
    for (let before: string | undefined; ; ) {
      const { nodes, pageInfo } = await page({ orderBy, last: 4, before });
      backwards.unshift(...nodes.map(({ id }) => id));
      if (!pageInfo.hasPreviousPage) break;
      before = pageInfo.startCursor;
    }
    expect(backwards).toEqual(whole.map(({ id }) => id));
  });
}

test('the default order is by start, the latest first and the undated last; the others are what they are called', async () => {
  const { nodes: started } = await page({ first: 100 });
  expect(started.map((node) => node.started?.start ?? null)).toEqual([
    ...Array(7).fill('2024-05'),
    ...Array(7).fill(null),
  ]);
  const { nodes: titled } = await page({ orderBy: 'TITLE_ASC', first: 100 });
  const titles = titled.map(({ title }) => title);
  expect(titles).toEqual([...titles].sort());
  const { nodes: modified } = await page({ orderBy: 'MODIFIED_DESC', first: 100 });
  const times = modified.map((node) => node.modified);
  expect(times).toEqual([...times].sort().reverse());
});

test('a cursor of another order and a page beyond the ceiling are refused', async () => {
  const { pageInfo } = await page({ orderBy: 'TITLE_ASC', first: 1 });
  const foreign = await subgraph.ask('query ($after: String) { cooperations(after: $after) { nodes { id } } }', {
    variables: { after: pageInfo.endCursor },
  });
  expect(foreign.errors).toEqual(['BAD_USER_INPUT']);
  const { errors } = await subgraph.ask('{ cooperations(first: 101) { nodes { id } } }');
  expect(errors).toEqual(['PAGE_TOO_LARGE']);
});

test('a list costs the same number of statements however long it is, with all that hangs on it', async () => {
  const query = `query ($first: Int) { cooperations(first: $first, filter: { text: "文旅" }) { totalCount nodes {
    partners { committee { name } organizations { name organization { id cooperations(first: 2) { nodes { id } } } } }
    milestones { title cooperation { id } people { role person { id milestones(first: 2) { totalCount nodes { id } } } } }
    agreements { title cooperation { id } } aid { form cooperation { id } } } } }`;
  const short = await subgraph.ask(query, { variables: { first: 1 } });
  const long = await subgraph.ask(query, { variables: { first: 14 } });
  expect(short.errors).toEqual([]);
  expect(long.data.cooperations.nodes.length).toBe(14);
  expect(long.statements).toBe(short.statements);
  expect(long.statements).toBeLessThanOrEqual(12);
});

test('lists of many committees are as many statements as those of one', async () => {
  const ask = (codes: readonly string[]) =>
    subgraph.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { cooperations(first: 3) { totalCount nodes { title } } } } }',
      { variables: { of: codes.map((code) => ({ __typename: 'Committee', code })) } },
    );
  const one = await ask(['110101']);
  const many = await ask(['110101', '120101', '440106', '330000']);
  expect(many.data._entities.map((of: { cooperations: { totalCount: number } }) => of.cooperations.totalCount)).toEqual(
    [14, 14, 1, 0],
  );
  expect(many.statements).toBe(one.statements);
});

test('bringing the same facts in twice changes nothing', async () => {
  const again = madeRows([between(['440106'], 'made/alone')]);
  expect(await subgraph.put(...again)).toBe(0);
  expect(await entity(subgraph, { __typename: 'Cooperation', id: recordId('made/alone') }, 'revision')).toEqual({
    revision: 1,
  });
});
