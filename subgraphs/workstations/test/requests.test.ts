import type { Actor } from '@hub/access';
import { readFacts, recordId } from '@hub/facts';
import { everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { workstations } from '@hub/workstations';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entity, rowsOf } from './scene.ts';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(workstations, 'facts');
});
afterAll(() => subgraph.stop());

const ask = async (query: string, as: Actor = everyone, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await subgraph.ask(query, { as, variables });
  expect(errors).toEqual([]);
  return data;
};
const ofCommittee = async (code: string, fields: string, as: Actor = everyone) => {
  const { query, variables } = entity('Committee', { code }, fields);
  return (await ask(query, as, variables))._entities[0];
};
const titlesOf = (connection: { nodes: { title: string }[] }) => connection.nodes.map(({ title }) => title);

describe('what the public asks for', () => {
  test('a problem that was solved, with its figures', async () => {
    const { serviceRequest } = await ask(`{ serviceRequest(id: "${recordId('xiaoshan/tianyue-shuttle-bus')}") {
      kind title status filedAs requested { start } resolution resolved { start text yearInferred }
      committee { code } region { code level } workstation { id } source figures { label value { text qualifier } unit }
    } }`);
    expect(serviceRequest).toMatchObject({
      kind: 'PROBLEM',
      status: 'CLOSED',
      filedAs: null,
      requested: null,
      resolution: '接驳公交开通，现在几分钟可到地铁站。',
      resolved: { start: '2023', text: '前不久', yearInferred: true },
      committee: { code: '330109' },
      region: { code: '330109002', level: 'TOWNSHIP' },
      workstation: null,
      source: 'S3',
    });
    expect(serviceRequest.figures).toContainEqual({
      label: '开通前到地铁站用时',
      value: { text: '十几', qualifier: 'AT_LEAST' },
      unit: '分钟',
    });
  });

  test('one that came through a studio names it', async () => {
    const { serviceRequest } = await ask(
      `{ serviceRequest(id: "${recordId('badong/yangliu-water-shortage')}") { filedAs workstation { name } } }`,
    );
    expect(serviceRequest).toEqual({
      filedAs: '易迁安置点居民',
      workstation: { name: '沿渡河镇罗溪坝社区政协委员工作室' },
    });
  });

  test('all of them are there, a district’s in its city’s subtree and not among the city’s own', async () => {
    const { serviceRequests } = await ask('{ serviceRequests { totalCount } }');
    expect(serviceRequests.totalCount).toBe(readFacts().serviceRequests.length);
    const { own, all } = await ofCommittee(
      '330100',
      'own: serviceRequests { totalCount } all: serviceRequests(scope: SUBTREE) { totalCount nodes { id } }',
    );
    expect(own.totalCount).toBe(0);
    expect(all.totalCount).toBe(10);
    expect(all.nodes).toHaveLength(10);
  });

  test('no field of a request leads to a person', async () => {
    const { __type } = await ask(
      '{ __type(name: "ServiceRequest") { fields { name type { name kind ofType { name kind ofType { name ofType { name } } } } } } }',
    );
    const types = JSON.stringify(__type.fields.map((field: { type: unknown }) => field.type));
    expect(__type.fields.length).toBeGreaterThan(10);
    for (const type of ['"Person"', '"Member"', 'Participant', 'Staffing']) expect(types).not.toContain(type);
  });
});

describe('filters and order', () => {
  const list = async (args: string, code = '330114') =>
    (
      await ofCommittee(
        code,
        `serviceRequests(${args}) { totalCount nodes { title requested { start } } pageInfo { endCursor hasNextPage } }`,
      )
    ).serviceRequests;

  test('by kind, status, level and words of what the filer is', async () => {
    expect((await list('filter: { kinds: [WISH] }')).totalCount).toBe(9);
    expect((await list('filter: { kinds: [PROBLEM, QUESTION] }')).totalCount).toBe(0);
    expect((await list('filter: { statuses: [CLOSED] }', '330109')).totalCount).toBe(1);
    expect((await list('filter: { statuses: [OPEN] }', '330109')).totalCount).toBe(0);
    expect((await list('scope: SUBTREE, filter: { level: CITY }', '330000')).totalCount).toBe(0);
    expect((await list('scope: SUBTREE, filter: { level: COUNTY }', '330000')).totalCount).toBe(10);
    expect(titlesOf(await list('filter: { text: "家长" }')).sort()).toEqual(['增加爱国主义教育', '教学方式更加多样']);
    expect(titlesOf(await list('filter: { text: "接驳" }', '330109'))).toHaveLength(1);
  });

  test('the latest first, the undated last, by date and page by page', async () => {
    await subgraph.put(
      ...rowsOf({
        serviceRequests: [
          { key: 'test/r0', requested: { start: '2024-05' } },
          { key: 'test/r1', requested: { start: '2024-05-20' } },
          { key: 'test/r2' },
          { key: 'test/r3', requested: { start: '2024-05' } },
          { key: 'test/r4', requested: { start: '2023' } },
        ].map((record, at) => ({
          title: `诉求${at}`,
          kind: 'QUESTION',
          committee: '650100',
          ...record,
          status: 'OPEN',
        })),
      }),
    );
    const all = await list('first: 10', '650100');
    expect(all.nodes.map((node: { requested: { start: string } | null }) => node.requested?.start ?? null)).toEqual([
      '2024-05-20',
      '2024-05',
      '2024-05',
      '2023',
      null,
    ]);
    const walked = [];
    for (let after = ''; ; ) {
      const page = await list(`first: 2 ${after}`, '650100');
      walked.push(...page.nodes);
      after = `, after: "${page.pageInfo.endCursor}"`;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(walked).toEqual(all.nodes);
    expect(titlesOf(await list('filter: { from: "2024-05-21" }', '650100')).sort()).toEqual(['诉求0', '诉求3']);
    expect(titlesOf(await list('filter: { until: "2024-04-30" }', '650100'))).toEqual(['诉求4']);
    expect((await list('orderBy: MODIFIED_DESC', '650100')).nodes).toHaveLength(5);
  });
});

test('each sees the requests, and the places they came through, that they may', async () => {
  await subgraph.put(
    ...rowsOf({
      workstations: [
        {
          key: 'hidden/station',
          name: '隐站',
          kind: 'STATION',
          committee: '330402',
          region: '330402',
          visibility: 'INTERNAL',
        },
        { key: 'open/station', name: '明站', kind: 'STATION', committee: '330402', region: '330402' },
      ],
      serviceRequests: ['PUBLIC', 'UPWARD', 'MEMBERS', 'INTERNAL'].flatMap((visibility) =>
        ['hidden', 'open'].map((place) => ({
          key: `${place}/${visibility.toLowerCase()}`,
          title: `${place}${visibility}`,
          kind: 'PROBLEM',
          status: 'OPEN',
          committee: '330402',
          workstation: `${place}/station`,
          visibility,
        })),
      ),
    }),
  );
  const sees: [Actor, string[]][] = [
    [everyone, ['PUBLIC']],
    [member('hidden/other', '330402'), ['PUBLIC', 'MEMBERS']],
    [staff('330000'), ['PUBLIC', 'UPWARD']],
    [staff('330402'), ['PUBLIC', 'UPWARD', 'MEMBERS', 'INTERNAL']],
    [staff('330411'), ['PUBLIC']],
  ];
  for (const [as, visibilities] of sees) {
    const { serviceRequests } = await ofCommittee(
      '330402',
      'serviceRequests { totalCount nodes { title workstation { name } } }',
      as,
    );
    expect(titlesOf(serviceRequests).sort()).toEqual(
      visibilities.flatMap((one) => [`hidden${one}`, `open${one}`]).sort(),
    );
    expect(serviceRequests.totalCount).toBe(visibilities.length * 2);
    const places = new Set(
      serviceRequests.nodes.map((node: { workstation: { name: string } | null }) => node.workstation?.name ?? null),
    );
    expect(places.has('隐站')).toBe(visibilities.includes('INTERNAL'));
    const { workstation } = await ask(
      `{ workstation(id: "${recordId('open/station')}") { serviceRequests { totalCount nodes { title } } } }`,
      as,
    );
    expect(workstation.serviceRequests.totalCount).toBe(visibilities.length);
    expect(titlesOf(workstation.serviceRequests).sort()).toEqual(visibilities.map((one) => `open${one}`).sort());
    for (const visibility of ['PUBLIC', 'UPWARD', 'MEMBERS', 'INTERNAL']) {
      const id = recordId(`open/${visibility.toLowerCase()}`);
      const seen = visibilities.includes(visibility) ? { id } : null;
      const { query, variables } = entity('ServiceRequest', { id }, 'id');
      expect((await ask(query, as, variables))._entities[0]).toEqual(seen);
      expect((await ask(`{ serviceRequest(id: "${id}") { id } }`, as)).serviceRequest).toEqual(seen);
    }
  }
});

test('a list costs the same number of statements however long it is', async () => {
  const query =
    'query ($within: ID) { serviceRequests(within: $within, first: 50) { totalCount nodes { title committee { serviceRequests { totalCount } } region { name } workstation { name serviceRequests(first: 1) { totalCount nodes { title } } } } } }';
  const short = await subgraph.ask(query, { variables: { within: '422823' } });
  const long = await subgraph.ask(query, { variables: { within: '000000' } });
  expect(short.data.serviceRequests.nodes).toHaveLength(1);
  expect(long.data.serviceRequests.nodes.length).toBeGreaterThan(10);
  expect(long.statements).toBe(short.statements);
});
