import { recordId } from '@hub/facts';
import { members } from '@hub/members';
import { everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(members, 'facts');
});
afterAll(() => subgraph.stop());

describe('members of a committee', () => {
  test('a province finds those of its cities and counties', async () => {
    const { data } = await subgraph.ask(
      '{ committee(code: "330000") { own: members { totalCount } all: members(scope: SUBTREE, first: 100) { totalCount nodes { id committee { code } } } } }',
    );
    expect(data.committee.own.totalCount).toBe(0);
    expect(data.committee.all.totalCount).toBe(data.committee.all.nodes.length);
    expect(
      data.committee.all.nodes.every((node: { committee: { code: string } }) => node.committee.code.startsWith('33')),
    ).toBe(true);
  });

  test('a list costs the same number of statements however long it is', async () => {
    const query =
      'query ($first: Int) { committee(code: "000000") { members(scope: SUBTREE, first: $first) { totalCount nodes { name sector { name } posts { title } person { members { id } } } } } }';
    const short = await subgraph.ask(query, { variables: { first: 1 } });
    const long = await subgraph.ask(query, { variables: { first: 20 } });
    expect(long.data.committee.members.nodes.length).toBe(20);
    expect(long.statements).toBe(short.statements);
  });

  test('what is no id and what is unknown are null alike', async () => {
    const { data, errors } = await subgraph.ask(
      `{ none: member(id: "nobody") { id } unknown: member(id: "${recordId('no/body')}") { id } }`,
    );
    expect(data).toEqual({ none: null, unknown: null });
    expect(errors).toEqual([]);
  });
});

describe('duty reports', () => {
  const report = `{ member(id: "${recordId('yuhang/member-wang-aijuan')}") { dutyReport(year: 2023) { total { text } lines { kind count } basis } } }`;

  test('a member sees her own, and the staff of her committee does', async () => {
    for (const as of [member('yuhang/member-wang-aijuan', '330110'), staff('330110')]) {
      const { data } = await subgraph.ask(report, { as });
      expect(data.member.dutyReport).toMatchObject({ total: { text: '16' }, basis: 'REPORTED' });
    }
  });

  test('nobody else does: not the public, not the city above, not another member', async () => {
    for (const as of [everyone, staff('330100'), staff('330113'), member('linping/member-li-jinlong', '330113')]) {
      const { data, errors } = await subgraph.ask(report, { as });
      expect(data.member.dutyReport).toBeNull();
      expect(errors).toEqual([]);
    }
  });
});
