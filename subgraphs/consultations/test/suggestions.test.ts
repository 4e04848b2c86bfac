import { consultations } from '@hub/consultations';
import { readFacts, recordId } from '@hub/facts';
import { startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { adoptedByAll } from '@hub/workflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adoption } from '../src/tables.ts';
import { consultationRows, partRow } from './records.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(consultations, 'facts');
});
afterAll(() => subgraph.stop());

describe('a suggestion', () => {
  test('of the two places is adopted by party committee and government of each, and so by all', async () => {
    const { data } = await subgraph.ask(`{ consultation(id: "${recordId('chunan/linked-consultation-2022')}") {
      suggestions(first: 5) { totalCount nodes { id count { value atLeast text } adoptedByAll
        adoptions { committee { code name } body bodyName status reason decided { start } } } } } }`);
    expect(data.consultation.suggestions.totalCount).toBe(1);
    const [suggestion] = data.consultation.suggestions.nodes;
    expect(suggestion).toMatchObject({ count: { value: 15, atLeast: false, text: '15' }, adoptedByAll: true });
    expect(
      suggestion.adoptions.map(
        (made: { committee: { code: string }; body: string; bodyName: string; status: string }) => [
          made.committee.code,
          made.body,
          made.bodyName,
          made.status,
        ],
      ),
    ).toEqual([
      ['330127', 'PARTY_COMMITTEE', '中共淳安县委', 'ADOPTED'],
      ['330127', 'GOVERNMENT', '淳安县人民政府', 'ADOPTED'],
      ['330102', 'PARTY_COMMITTEE', '中共上城区委', 'ADOPTED'],
      ['330102', 'GOVERNMENT', '上城区人民政府', 'ADOPTED'],
    ]);
  });

  test('under study is adopted by nobody, and tells why and when', async () => {
    const { data } = await subgraph.ask(`{ suggestion(id: "${recordId('xinchang/guadan-jobs')}") {
      text adoptedByAll consultation { id } adoptions { status reason decided { start precision } } } }`);
    expect(data.suggestion).toEqual({
      text: '加快培育岗位',
      adoptedByAll: false,
      consultation: { id: recordId('xinchang/guadan-consultation-2024-05') },
      adoptions: [
        {
          status: 'UNDER_STUDY',
          reason: '会上答复将研究吸收、分解落实',
          decided: { start: '2024-05', precision: 'MONTH' },
        },
      ],
    });
  });

  test('names the members who made it', async () => {
    const { data } = await subgraph.ask(
      `{ suggestion(id: "${recordId('linping/bus-stop-name-suggestion')}") { authors { member { id } } source revision } }`,
    );
    expect(data.suggestion).toEqual({
      authors: [{ member: { id: recordId('linping/member-li-jinlong') } }],
      source: 'S3',
      revision: 1,
    });
  });

  test('what is no id and what is unknown are null alike', async () => {
    const { data, errors } = await subgraph.ask(`{
      none: suggestion(id: "nobody") { id } unknown: suggestion(id: "${recordId('no/body')}") { id }
      _entities(representations: [{ __typename: "Suggestion", id: "nobody" }]) { __typename } }`);
    expect(data).toEqual({ none: null, unknown: null, _entities: [null] });
    expect(errors).toEqual([]);
  });
});

describe('adopted by all', () => {
  const hosts = [{ committee: '330127' }, { committee: '330102' }];
  const by = (owner: string, status = 'ADOPTED', body?: string) =>
    (body ? [body] : ['PARTY_COMMITTEE', 'GOVERNMENT']).map((one) => ({ owner, status, body: one }));

  test('needs a decision at the side of every host', () => {
    expect(adoptedByAll(hosts, [...by('330127'), ...by('330102')])).toBe(true);
    // The government of one is silent.
    expect(adoptedByAll(hosts, [...by('330127'), ...by('330102', 'ADOPTED', 'PARTY_COMMITTEE')])).toBe(false);
    expect(adoptedByAll(hosts, [...by('330127'), ...by('330127')])).toBe(false);
    expect(adoptedByAll(hosts, [])).toBe(false);
    expect(adoptedByAll([], [])).toBe(false);
  });

  test('is not what is partial, planned, under study or against, even after another body adopted', () => {
    for (const status of ['PARTLY_ADOPTED', 'PLANNED', 'UNDER_STUDY', 'NOT_ADOPTED'])
      expect(adoptedByAll(hosts, [...by('330127'), ...by('330102'), ...by('330102', status)])).toBe(false);
  });

  test('counts a decision at a side that does not host, which stands in for nobody', () => {
    expect(adoptedByAll(hosts, [...by('330127'), ...by('330102'), ...by('330100')])).toBe(true);
    expect(adoptedByAll(hosts, [...by('330127'), ...by('330100')])).toBe(false);
    expect(adoptedByAll(hosts, [...by('330127'), ...by('330102'), ...by('330100', 'NOT_ADOPTED', 'DEPARTMENT')])).toBe(
      false,
    );
  });

  test('is recorded by each side for itself and derived as they do', async () => {
    const joint = { key: 'test/two-sides', hosts: ['330127', '330102'] as const, visibility: 'JOINT' as const };
    await subgraph.put(...consultationRows({ ...joint, hosts: [...joint.hosts] }));
    const decide = (committee: string, status: string) =>
      subgraph.put({
        table: adoption,
        rows: ['PARTY_COMMITTEE', 'GOVERNMENT'].map((body, position) => ({
          ...partRow({ ...joint, hosts: [...joint.hosts] }, `test/two-sides/${committee}/${body}`, committee),
          suggestion: recordId('test/two-sides/suggestion'),
          body,
          bodyName: body,
          status,
          position,
        })),
      });
    const derived = async () => {
      const { data } = await subgraph.ask(
        `{ suggestion(id: "${recordId('test/two-sides/suggestion')}") { adoptedByAll adoptions { committee { code } } } }`,
        { as: { kind: 'STAFF', subject: 'staff', committee: '330102', duties: [] } },
      );
      return data.suggestion;
    };
    await decide('330127', 'ADOPTED');
    expect(await derived()).toMatchObject({ adoptedByAll: false, adoptions: { length: 2 } });
    await decide('330102', 'PARTLY_ADOPTED');
    expect((await derived()).adoptedByAll).toBe(false);
    await decide('330102', 'ADOPTED');
    const both = await derived();
    expect([both.adoptedByAll, both.adoptions.length]).toEqual([true, 4]);
  });
});

describe('suggestions of many consultations', () => {
  const listed = async (args: string) => {
    const { data, errors } = await subgraph.ask(
      `{ suggestions(first: 100, ${args}) { totalCount nodes { id text consultation { hosts { committee { code } } } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.suggestions.totalCount).toBe(data.suggestions.nodes.length);
    return data.suggestions.nodes as { id: string; consultation: { hosts: { committee: { code: string } }[] } }[];
  };

  test('are found on the side of every host, by text and by what was made of them', async () => {
    const linked = recordId('chunan/linked-consultation-2022-suggestions');
    for (const within of ['330102', '330127', '330100']) {
      const found = await listed(`within: "${within}", filter: { adopted: [ADOPTED] }`);
      expect(found.map(({ id }) => id)).toEqual([linked]);
    }
    expect((await listed('filter: { text: "岗位" }')).map(({ id }) => id)).toEqual([recordId('xinchang/guadan-jobs')]);
    expect(await listed('filter: { adopted: [UNDER_STUDY] }')).toHaveLength(6);
    expect(await listed('within: "110000"')).toEqual([]);
  });

  test('come page by page, each once, though they were all written at one time', async () => {
    for (const orderBy of ['MODIFIED_DESC', 'MODIFIED_ASC']) {
      const ids: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { data } = await subgraph.ask(
          `query ($after: String) { suggestions(within: "330624", orderBy: ${orderBy}, first: 4, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
          { variables: { after } },
        );
        ids.push(...data.suggestions.nodes.map(({ id }: { id: string }) => id));
        more = data.suggestions.pageInfo.hasNextPage;
        after = data.suggestions.pageInfo.endCursor;
      }
      const all = readFacts()
        .consultations.filter(({ key }) => key.startsWith('xinchang/'))
        .flatMap(({ suggestions }) => suggestions.map(({ key }) => recordId(key)));
      expect([...ids].sort()).toEqual(all.sort());
    }
  });
});
