import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compared } from '../scripts/stress/answers/compared.ts';
import { type MadeUpGraph, startMadeUpGraph } from '../scripts/stress/answers/made-up-graph.ts';

describe('the gateway answers as one server would that has the whole graph', () => {
  let graph: MadeUpGraph;
  beforeAll(async () => {
    graph = await startMadeUpGraph();
  });
  afterAll(() => graph.stop());
  const same = async (query: string, variables: Record<string, unknown> = {}) => {
    const answer = await graph.ofGateway(query, variables);
    expect({ data: answer.data, errors: answer.errors ?? [] }, query).toEqual({
      data: (await graph.ofOneServer(query, variables)).data,
      errors: [],
    });
    return answer.data;
  };

  test('to random operations with aliases, fragments, conditions, variables and nulls', async () => {
    const { different, same, refused } = await compared(graph, 150, 1);
    expect(different).toEqual([]);
    // Some are larger than what the gateway takes.
    expect(refused).toBeLessThan(same);
  });

  test('where an alias is a name under which the planner asks for something else', async () => {
    for (const query of [
      '{ committee(code: "330624") { code: name consultations(first: 1) { totalCount } } }',
      '{ committee(code: "330624") { ...A } } fragment A on Committee { code: name ... { consultations(first: 1) { totalCount } } }',
      '{ committee(code: "330624") { code: name ... on Committee { code: name id: code consultations { nodes { id: title code: kind hosts { committee { code: name id: level consultations { totalCount } } } } } } } }',
      '{ committees(first: 2) { nodes { code: level region { code: name children { totalCount } committee { name } } consultations { totalCount } } } }',
      '{ committee(code: "330624") { __typename: name consultations { nodes { __typename: title id: __typename } } } }',
      '{ __typename: committee(code: "330624") { name } id: committee(code: "1") { as_code: level code: name consultations { totalCount } } }',
      '{ committee(code: "330624") { code as_code: level code_: name consultations { nodes { title id__alias_0: title name__alias_0: kind } } } }',
      'query ($yes: Boolean!) { committee(code: "330624") { code: name @include(if: $yes) ... @skip(if: $yes) { id: level } consultations { totalCount } } }',
    ])
      await same(query, query.startsWith('query') ? { yes: true } : {});
  });

  test('where everything that is asked of a record is left out: the record is there, and nothing of it', async () => {
    for (const query of [
      '{ annualPlans { totalCount @include(if: false) } }',
      'query ($yes: Boolean!) { book(id: "330110") { id @skip(if: $yes) ... @skip(if: $yes) { title } } }',
      'query ($yes: Boolean!) { book(id: "330110") { ...A @skip(if: $yes) } } fragment A on Book { id title }',
      'query ($yes: Boolean!) { book(id: "330110") @skip(if: $yes) { id } }',
    ])
      await same(query, query.startsWith('query') ? { yes: true } : {});
  });

  test('what is null and mustn’t be makes null of what it stands in', async () => {
    const query =
      '{ committee(code: "330624") { code: name consultations(first: 1) { code: nodes { id: title status } } } }';
    expect((await graph.ofGateway(query, {})).errors).toBeUndefined();
    graph.nulled.add('as_id');
    const { data } = await graph.ofGateway(query, {});
    graph.nulled.clear();
    expect(data).toEqual({ committee: { code: expect.any(String), consultations: null } });
  });
});
