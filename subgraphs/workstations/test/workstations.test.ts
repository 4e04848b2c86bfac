import type { Actor } from '@hub/access';
import { readFacts, recordId } from '@hub/facts';
import { agency, everyone, member, operator, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
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
const askEntity = async (type: string, key: Record<string, string>, fields: string, as: Actor = everyone) => {
  const { query, variables } = entity(type, key, fields);
  return (await ask(query, as, variables))._entities[0];
};
const committee = (code: string, fields: string, as?: Actor) => askEntity('Committee', { code }, fields, as);
const namesOf = (connection: { nodes: { name: string }[] }) => connection.nodes.map(({ name }) => name);

describe('what the documents give', () => {
  test('a reception hall with who leads it and what it reports', async () => {
    const { workstation } = await ask(`{ workstation(id: "${recordId('qiantang/reception-hall-youth')}") {
      name kind localKind status place source visibility revision created
      committee { name } region { code name level }
      staffing { role member { id } }
      figures { label value { value qualifier atLeast text } unit note }
    } }`);
    expect(workstation).toMatchObject({
      name: '钱塘青年之家政协委员会客厅',
      kind: 'RECEPTION_HALL',
      localKind: '政协委员会客厅',
      status: 'LISTED',
      place: '钱塘青年之家',
      source: 'S3',
      visibility: 'PUBLIC',
      revision: 1,
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      committee: { name: '钱塘区政协' },
      region: { code: '330114', name: '钱塘区', level: 'COUNTY' },
      staffing: [{ role: '领衔委员', member: { id: recordId('qiantang/member-yu-tingwei') } }],
    });
    expect(workstation.figures).toHaveLength(5);
    expect(workstation.figures[0]).toEqual({
      label: '学生创业项目',
      value: { value: 20, qualifier: 'AT_LEAST', atLeast: true, text: '20余' },
      unit: '个',
      note: '由会客厅指导帮扶。',
    });
  });

  test('a studio with its open day and what was agreed at it', async () => {
    const { workstation } = await ask(`{ workstation(id: "${recordId('badong/studio-luoxiba')}") {
      opened { start } region { code level }
      openDays { rule description }
      livelihoodItems { id title status year finished { start } figures { label value { text } asOf { start precision yearInferred } } workstation { name } committee { code } }
      none: livelihoodItems(year: 2024) { id }
      serviceRequests { totalCount nodes { title } }
    } }`);
    expect(workstation).toMatchObject({
      opened: null,
      region: { code: '422823102', level: 'TOWNSHIP' },
      openDays: [{ rule: 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15', description: '居民商议并确定年度民生实事' }],
      none: [],
      serviceRequests: { totalCount: 1, nodes: [{ title: '杨柳村易迁安置点枯水期缺水' }] },
    });
    expect(workstation.livelihoodItems).toHaveLength(1);
    expect(workstation.livelihoodItems[0]).toMatchObject({
      id: recordId('badong/luoxiba-water-tanks'),
      status: 'FINISHED',
      year: null,
      finished: null,
      workstation: { name: '沿渡河镇罗溪坝社区政协委员工作室' },
      committee: { code: '422823' },
    });
    expect(workstation.livelihoodItems[0].figures[0]).toEqual({
      label: '水池',
      value: { text: '两' },
      asOf: { start: '2024-03-27', precision: 'DAY', yearInferred: true },
    });
  });

  test('every workstation of the documents is there, and a second import changes nothing', async () => {
    const facts = readFacts();
    const { workstations: all } = await ask('{ workstations { totalCount } }');
    expect(all.totalCount).toBe(facts.workstations.length);
    expect(await subgraph.put(...workstations.factsAsRows(facts))).toBe(0);
  });
});

describe('workstations of a committee', () => {
  test('a province has its own, or with scope those of its cities and counties too', async () => {
    const { own, all } = await committee(
      '330000',
      'own: workstations { totalCount nodes { name } } all: workstations(scope: SUBTREE, first: 100) { totalCount nodes { id name kind region { code name } committee { code } } }',
    );
    expect(own).toEqual({ totalCount: 1, nodes: [{ name: '委员同心汇·永康窗口' }] });
    expect(all.totalCount).toBe(all.nodes.length);
    expect(new Set(all.nodes.map((node: { id: string }) => node.id)).size).toBe(all.totalCount);
    const codes = new Set(all.nodes.map((node: { committee: { code: string } }) => node.committee.code));
    expect([...codes].every((code) => String(code).startsWith('33'))).toBe(true);
    expect([...codes]).toEqual(expect.arrayContaining(['330000', '330700', '330784', '330114', '330624']));
  });

  test('a summary counts what the list holds, the committee’s own unless asked for more', async () => {
    const summary = 'total { value text basis } byKind { kind count } byStatus { status count }';
    const { own, all, list, outOfNothing } = await committee(
      '330100',
      `own: workstationSummary { ${summary} } all: workstationSummary(scope: SUBTREE) { ${summary} } outOfNothing: workstationSummary(scope: null) { total { value } }
       list: workstations(scope: SUBTREE, first: 100) { totalCount nodes { kind status } }`,
    );
    expect(own).toEqual({
      total: { value: 1, text: '1', basis: 'COUNTED' },
      byKind: [{ kind: 'STUDIO', count: 1 }],
      byStatus: [{ status: 'LISTED', count: 1 }],
    });
    expect(outOfNothing.total.value).toBe(1);
    expect(all.total.value).toBe(list.totalCount);
    const counted = (field: 'kind' | 'status') => {
      const counts: Record<string, number> = {};
      for (const node of list.nodes) counts[node[field]] = (counts[node[field]] ?? 0) + 1;
      return counts;
    };
    expect(all.byKind.every((row: { kind: string; count: number }) => counted('kind')[row.kind] === row.count)).toBe(
      true,
    );
    expect(
      all.byStatus.every((row: { status: string; count: number }) => counted('status')[row.status] === row.count),
    ).toBe(true);
    expect(all.byStatus.map((row: { status: string }) => row.status)).toEqual(['PLANNED', 'LISTED']);
    expect(all.byKind.map((row: { kind: string }) => row.kind)).toEqual([
      'STUDIO',
      'ONLINE_STUDIO',
      'SECTOR_STUDIO',
      'RECEPTION_HALL',
      'HALL',
      'STATION',
      'PLATFORM',
    ]);
    const { workstationSummary } = await committee('542500', `workstationSummary { ${summary} }`);
    expect(workstationSummary).toEqual({
      total: { value: 0, text: '0', basis: 'COUNTED' },
      byKind: [],
      byStatus: [],
    });
  });

  test('a summary follows a workstation that is opened and delisted', async () => {
    const put = (status: string, kind: string) =>
      subgraph.put(
        ...rowsOf({
          workstations: [{ key: 'test/opened', name: '试点', kind, status, committee: '542500', region: '542500' }],
        }),
      );
    const summary = async () =>
      (await committee('542500', 'workstationSummary { byKind { kind count } byStatus { status count } }'))
        .workstationSummary;
    await put('PLANNED', 'LIAISON_ROOM');
    expect(await summary()).toEqual({
      byKind: [{ kind: 'LIAISON_ROOM', count: 1 }],
      byStatus: [{ status: 'PLANNED', count: 1 }],
    });
    await put('DELISTED', 'HALL');
    expect(await summary()).toEqual({
      byKind: [{ kind: 'HALL', count: 1 }],
      byStatus: [{ status: 'DELISTED', count: 1 }],
    });
  });

  test('a code that is no longer in force finds what stands under today’s', async () => {
    await subgraph.put(
      ...rowsOf({
        workstations: [
          {
            key: 'test/gongzhuling',
            name: '公主岭市委员工作室',
            kind: 'STUDIO',
            committee: '220381',
            region: '220381',
          },
        ],
      }),
    );
    const expected = {
      workstations: {
        nodes: [{ name: '公主岭市委员工作室', committee: { code: '220184' }, region: { code: '220184' } }],
      },
    };
    const fields = 'workstations { nodes { name committee { code } region { code } } }';
    expect(await committee('220381', fields)).toEqual(expected);
    expect(await committee('220184', fields)).toEqual(expected);
    expect(await askEntity('Region', { code: '220381' }, fields)).toEqual(expected);
  });
});

describe('filters and order', () => {
  const list = async (filter: string, within = '330000') =>
    (
      await ask(
        `{ workstations(within: "${within}", first: 100, filter: ${filter}) { totalCount nodes { name kind status committee { level } } } }`,
      )
    ).workstations;

  test('by kinds, statuses and the level of the committee', async () => {
    const halls = await list('{ kinds: [HALL, STATION] }', '330114');
    expect(new Set(halls.nodes.map((node: { kind: string }) => node.kind))).toEqual(new Set(['HALL', 'STATION']));
    expect(halls.totalCount).toBe(9);
    expect(namesOf(await list('{ statuses: [PLANNED] }'))).toEqual(['一中心一堂一室一站']);
    expect(namesOf(await list('{ statuses: [DELISTED] }'))).toEqual([]);
    expect(namesOf(await list('{ kinds: [] }'))).toEqual([]);
    for (const level of ['PROVINCE', 'CITY', 'COUNTY']) {
      const found = await list(`{ level: ${level} }`);
      expect(found.totalCount).toBeGreaterThan(0);
      expect(found.nodes.every((node: { committee: { level: string } }) => node.committee.level === level)).toBe(true);
    }
    expect(namesOf(await list('{ level: PROVINCE }'))).toEqual(['委员同心汇·永康窗口']);
  });

  test('by two characters of name, place or description, and by all conditions at once', async () => {
    expect(namesOf(await list('{ text: "芯智" }'))).toEqual(['“芯智造”委员工作室']);
    expect(namesOf(await list('{ text: "小镇" }'))).toEqual(['“医·企议”委员工作室']);
    expect(namesOf(await list('{ text: "前新" }'))).toEqual(['前进街道前新社区协商驿站']);
    expect(namesOf(await list('{ text: "前进" }')).sort()).toEqual(
      ['前进街道前新社区协商驿站', '前进街道民生议事堂', '“智立方”委员工作室'].sort(),
    );
    const both = await list('{ text: "前进", kinds: [HALL] }');
    expect(namesOf(both)).toEqual(['前进街道民生议事堂']);
    expect(both.totalCount).toBe(1);
    expect(namesOf(await list('{ text: "%" }'))).toEqual([]);
  });

  test('every order walks all pages, forwards and backwards, also where sort keys are equal', async () => {
    await subgraph.put(
      ...rowsOf({
        workstations: Array.from({ length: 7 }, (_, at) => ({
          key: `test/same-${at}`,
          name: at < 5 ? '同名工作室' : '另一工作室',
          kind: 'STUDIO',
          committee: '650100',
          region: '650100',
          ...(at < 3 ? {} : { opened: { start: at < 6 ? '2024' : '2024-05' } }),
        })),
      }),
    );
    const page =
      'totalCount nodes { id name opened { start } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    for (const order of ['NAME_ASC', 'OPENED_DESC', 'MODIFIED_DESC', null]) {
      const all = (
        await ask(
          'query ($order: WorkstationOrder) { workstations(within: "650100", orderBy: $order) { nodes { id name opened { start } } } }',
          everyone,
          { order },
        )
      ).workstations.nodes;
      const forwards: string[] = [];
      for (let after: string | null = null; ; ) {
        const { workstations: found } = await ask(
          `query ($order: WorkstationOrder, $after: String) { workstations(within: "650100", orderBy: $order, first: 2, after: $after) { ${page} } }`,
          everyone,
          { order, after },
        );
        expect(found.totalCount).toBe(7);
        forwards.push(...found.nodes.map((node: { id: string }) => node.id));
        after = found.pageInfo.endCursor;
        if (!found.pageInfo.hasNextPage) break;
      }
      const backwards: string[] = [];
      for (let before: string | null = null; ; ) {
        const { workstations: found } = await ask(
          `query ($order: WorkstationOrder, $before: String) { workstations(within: "650100", orderBy: $order, last: 2, before: $before) { ${page} } }`,
          everyone,
          { order, before },
        );
        backwards.unshift(...found.nodes.map((node: { id: string }) => node.id));
        before = found.pageInfo.startCursor;
        if (!found.pageInfo.hasPreviousPage) break;
      }
      const ids = all.map((node: { id: string }) => node.id);
      expect(new Set(ids).size).toBe(7);
      expect(forwards).toEqual(ids);
      expect(backwards).toEqual(ids);
      if (order === 'OPENED_DESC')
        expect(all.map((node: { opened: { start: string } | null }) => node.opened?.start ?? null)).toEqual([
          '2024-05',
          '2024',
          '2024',
          '2024',
          null,
          null,
          null,
        ]);
      if (order === 'NAME_ASC' || order === null) expect(all.at(0).name).toBe('另一工作室');
    }
  });

  test('a page too large, a code that is none and a cursor of another order are refused', async () => {
    const codes = async (args: string) => (await subgraph.ask(`{ workstations(${args}) { nodes { id } } }`)).errors;
    expect(await codes('first: 101')).toEqual(['PAGE_TOO_LARGE']);
    expect(await codes('within: "33"')).toEqual(['BAD_USER_INPUT']);
    const { workstations: found } = await ask('{ workstations(first: 1) { pageInfo { endCursor } } }');
    expect(await codes(`orderBy: OPENED_DESC, after: "${found.pageInfo.endCursor}"`)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('workstations of a region', () => {
  test('are those inside it, whichever committee’s they are', async () => {
    const linping = await askEntity(
      'Region',
      { code: '330113' },
      'workstations(first: 100) { totalCount nodes { name } }',
    );
    expect(namesOf(linping.workstations)).toContain('市政协委员工作室');
    expect(linping.workstations.totalCount).toBe(linping.workstations.nodes.length);
    const own = await committee('330113', 'workstations { nodes { name } }');
    expect(namesOf(own.workstations)).not.toContain('市政协委员工作室');
  });

  test('a street has its own, a district those of its streets too, unless asked for its own only', async () => {
    const street = await askEntity('Region', { code: '330114007' }, 'workstations { nodes { name } }');
    expect(namesOf(street.workstations).sort()).toEqual(['前进街道前新社区协商驿站', '前进街道民生议事堂'].sort());
    const { all, own, halls } = await askEntity(
      'Region',
      { code: '330114' },
      'all: workstations(first: 100) { totalCount nodes { name } } own: workstations(scope: OWN, first: 100) { totalCount nodes { name } } halls: workstations(filter: { kinds: [HALL] }) { totalCount }',
    );
    expect(namesOf(all)).toContain('前进街道民生议事堂');
    expect(namesOf(own)).not.toContain('前进街道民生议事堂');
    expect(namesOf(own)).toContain('钱塘荟');
    expect(halls.totalCount).toBe(7);
  });

  test('a village, or a township that the directory lacks, has no region and is still found', async () => {
    await subgraph.put(
      ...rowsOf({
        workstations: [
          { key: 'test/village', name: '某村驿站', kind: 'STATION', committee: '330114', region: '330114001201' },
          { key: 'test/lacking', name: '某镇议事堂', kind: 'HALL', committee: '330114', region: '330114999' },
        ],
      }),
    );
    const fields = 'workstations(filter: { text: "某" }) { totalCount nodes { name region { code name level } } }';
    expect((await askEntity('Region', { code: '330114' }, fields)).workstations).toEqual({
      totalCount: 2,
      nodes: expect.arrayContaining([
        { name: '某村驿站', region: null },
        { name: '某镇议事堂', region: null },
      ]),
    });
    expect((await askEntity('Region', { code: '330114001' }, fields)).workstations.totalCount).toBe(1);
  });
});

describe('workstations of a member', () => {
  test('are those that the member staffs', async () => {
    const found = await askEntity(
      'Member',
      { id: recordId('qiantang/member-yu-tingwei') },
      'workstations(first: 5) { totalCount nodes { id name kind } }',
    );
    expect(found.workstations).toEqual({
      totalCount: 1,
      nodes: [
        {
          id: recordId('qiantang/reception-hall-youth'),
          name: '钱塘青年之家政协委员会客厅',
          kind: 'RECEPTION_HALL',
        },
      ],
    });
  });

  test('one who is unknown, or whose id is none, has none', async () => {
    for (const id of ['nobody', recordId('no/body')])
      expect(await askEntity('Member', { id }, 'id workstations { totalCount nodes { id } }')).toEqual({
        id,
        workstations: { totalCount: 0, nodes: [] },
      });
  });
});

describe('what is hidden', () => {
  const subject = 'hidden/member-subject';
  const key = (visibility: string) => `hidden/${visibility.toLowerCase()}`;
  const visibilities = ['PUBLIC', 'UPWARD', 'JOINT', 'MEMBERS', 'INTERNAL', 'PRIVATE'];
  beforeAll(async () => {
    await subgraph.put(
      ...rowsOf({
        members: [
          { key: 'hidden/member-secret', person: 'hidden/secret', committee: '330402', visibility: 'INTERNAL' },
        ],
        workstations: visibilities.map((visibility) => ({
          key: key(visibility),
          name: `隐站${visibility}`,
          kind: visibility === 'PRIVATE' ? 'STATION' : 'HALL',
          committee: '330402',
          region: '330402',
          visibility: visibility === 'PRIVATE' ? 'INTERNAL' : visibility,
          staffing: [{ member: 'hidden/member-secret' }],
          livelihoodItems: [
            { key: `${key(visibility)}/item`, title: `隐事${visibility}`, status: 'PROPOSED', figures: [] },
          ],
        })),
        activities: visibilities.map((visibility) => ({
          key: `${key(visibility)}-open-day`,
          title: `${visibility}开放日`,
          kind: 'OPEN_DAY',
          committee: '330402',
          workstation: key(visibility),
        })),
      }),
    );
    // Nobody but the subject may see a private row, so no actor can write one and read it back.
    const { admin } = subgraph.testDatabase;
    await admin`update workstations.workstation set visibility = 'PRIVATE', subjects = ${[recordId(subject)]} where external_id = ${key('PRIVATE')}`;
    await admin`update workstations.workstation set parties = '{330411}' where external_id = ${key('JOINT')}`;
  });

  const sees: [string, Actor, string[]][] = [
    ['the public', everyone, ['PUBLIC']],
    ['its own staff', staff('330402'), ['PUBLIC', 'UPWARD', 'JOINT', 'MEMBERS', 'INTERNAL']],
    ['its own member', member('hidden/member-other', '330402'), ['PUBLIC', 'MEMBERS']],
    ['the member whom it is about', member(subject, '330411'), ['PUBLIC', 'PRIVATE']],
    ['staff of the city above', staff('330400'), ['PUBLIC', 'UPWARD']],
    ['staff of the province above', staff('330000'), ['PUBLIC', 'UPWARD']],
    ['staff of a party of the joint work', staff('330411'), ['PUBLIC', 'JOINT']],
    ['a member of a party', member('hidden/member-third', '330411'), ['PUBLIC']],
    ['staff of a county elsewhere', staff('330114'), ['PUBLIC']],
    ['an agency without an agreement', agency, []],
    ['the operator', operator, []],
  ];
  test.each(sees)('%s sees the right ones, by every way', async (_, as, expected) => {
    const names = expected.map((visibility) => `隐站${visibility}`).sort();
    const own = await committee(
      '330402',
      `workstations { totalCount nodes { name } }
       workstationSummary { total { value } byKind { kind count } byStatus { count } }
       activities { nodes { title workstation { id name } } }`,
      as,
    );
    expect(namesOf(own.workstations).sort()).toEqual(names);
    expect(own.workstations.totalCount).toBe(names.length);
    expect(own.workstationSummary.total.value).toBe(names.length);
    const stations = expected.includes('PRIVATE') ? 1 : 0;
    expect(own.workstationSummary.byKind).toEqual(
      [
        { kind: 'HALL', count: names.length - stations },
        { kind: 'STATION', count: stations },
      ].filter(({ count }) => count > 0),
    );
    // Activities are public here: they are seen, where they took place is not.
    const places = own.activities.nodes.map((node: { workstation: { name: string } | null }) => node.workstation?.name);
    expect(places.filter(Boolean).sort()).toEqual(names);

    const { workstations: found, livelihoodItems } = await ask(
      '{ workstations(filter: { text: "隐站" }) { totalCount nodes { name } } livelihoodItems(within: "330402") { totalCount nodes { title } } }',
      as,
    );
    expect(namesOf(found).sort()).toEqual(names);
    expect(found.totalCount).toBe(names.length);
    expect(livelihoodItems.nodes.map((node: { title: string }) => node.title).sort()).toEqual(
      expected.map((visibility) => `隐事${visibility}`).sort(),
    );
    expect(livelihoodItems.totalCount).toBe(names.length);
    const region = await askEntity('Region', { code: '330402' }, 'workstations { totalCount }', as);
    expect(region.workstations.totalCount).toBe(names.length);

    for (const visibility of visibilities) {
      const id = recordId(key(visibility));
      const item = recordId(`${key(visibility)}/item`);
      const seen = expected.includes(visibility);
      const one = await ask(`{ workstation(id: "${id}") { id } livelihoodItem(id: "${item}") { id } }`, as);
      expect(one).toEqual({ workstation: seen ? { id } : null, livelihoodItem: seen ? { id: item } : null });
      expect(await askEntity('Workstation', { id }, 'id', as)).toEqual(seen ? { id } : null);
      expect(await askEntity('LivelihoodItem', { id: item }, 'id', as)).toEqual(seen ? { id: item } : null);
    }
  });

  test('who staffs a public workstation is not told to those who may not see the member', async () => {
    const id = recordId(key('PUBLIC'));
    const secret = recordId('hidden/member-secret');
    const ways = async (as: Actor) => {
      const { workstation } = await ask(`{ workstation(id: "${id}") { staffing { member { id } } } }`, as);
      const { workstations: staffed } = await askEntity(
        'Member',
        { id: secret },
        'workstations { totalCount nodes { id } }',
        as,
      );
      return { staffing: workstation.staffing, staffed: staffed.totalCount, nodes: staffed.nodes.length };
    };
    expect(await ways(everyone)).toEqual({ staffing: [], staffed: 0, nodes: 0 });
    expect(await ways(staff('330400'))).toEqual({ staffing: [], staffed: 0, nodes: 0 });
    expect(await ways(member('hidden/member-other', '330402'))).toEqual({ staffing: [], staffed: 0, nodes: 0 });
    expect(await ways(staff('330402'))).toEqual({ staffing: [{ member: { id: secret } }], staffed: 5, nodes: 5 });
  });

  test('what is withdrawn is gone from lists, totals and summaries', async () => {
    await subgraph.put(
      ...rowsOf({
        workstations: [{ key: 'test/gone', name: '撤站', kind: 'HALL', committee: '330481', region: '330481' }],
      }),
    );
    const fields = 'workstations { totalCount nodes { name } } workstationSummary { total { value } }';
    expect((await committee('330481', fields)).workstationSummary.total.value).toBe(1);
    await subgraph.testDatabase
      .admin`update workstations.workstation set deleted = now() where external_id = 'test/gone'`;
    expect(await committee('330481', fields)).toEqual({
      workstations: { totalCount: 0, nodes: [] },
      workstationSummary: { total: { value: 0 } },
    });
    expect((await ask(`{ workstation(id: "${recordId('test/gone')}") { id } }`)).workstation).toBeNull();
  });
});

describe('livelihood items', () => {
  test('by year, the latest first, by status and by words', async () => {
    const items = [2023, undefined, 2025, 2024, 2025].map((year, at) => ({
      key: `test/item-${at}`,
      title: `实事${at}`,
      status: at === 2 ? 'EVALUATED' : 'IN_PROGRESS',
      figures: [],
      ...(year ? { year } : {}),
    }));
    await subgraph.put(
      ...rowsOf({
        workstations: [
          {
            key: 'test/items',
            name: '民生站',
            kind: 'STATION',
            committee: '640100',
            region: '640100',
            livelihoodItems: items,
          },
        ],
      }),
    );
    const years = async (args: string) =>
      (
        await ask(
          `{ livelihoodItems(within: "640000", ${args}) { nodes { title year } pageInfo { endCursor hasNextPage } } }`,
        )
      ).livelihoodItems;
    const all = await years('first: 10');
    expect(all.nodes.map((node: { year: number | null }) => node.year)).toEqual([2025, 2025, 2024, 2023, null]);
    const first = await years('first: 4');
    const rest = await years(`first: 4, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...rest.nodes]).toEqual(all.nodes);
    expect((await years('filter: { years: [2023, 2024] }')).nodes).toHaveLength(2);
    expect((await years('filter: { statuses: [EVALUATED] }')).nodes).toEqual([{ title: '实事2', year: 2025 }]);
    expect((await years('filter: { text: "事3", level: CITY }')).nodes).toEqual([{ title: '实事3', year: 2024 }]);
    expect((await years('filter: { level: COUNTY }')).nodes).toEqual([]);
    expect((await years('orderBy: TITLE_ASC')).nodes[0].title).toBe('实事0');
    const { workstation } = await ask(
      `{ workstation(id: "${recordId('test/items')}") { inOrder: livelihoodItems { title } oneYear: livelihoodItems(year: 2025) { title } } }`,
    );
    expect(workstation.inOrder.map((item: { title: string }) => item.title)).toEqual([
      '实事0',
      '实事1',
      '实事2',
      '实事3',
      '实事4',
    ]);
    expect(workstation.oneYear).toEqual([{ title: '实事2' }, { title: '实事4' }]);
  });
});

describe('ids', () => {
  test('what is no id and what is unknown are null alike', async () => {
    for (const field of ['workstation', 'livelihoodItem', 'programme', 'activity', 'serviceRequest'])
      expect(
        await ask(`{ none: ${field}(id: "nobody") { id } unknown: ${field}(id: "${recordId('no/body')}") { id } }`),
      ).toEqual({
        none: null,
        unknown: null,
      });
    for (const type of ['Workstation', 'LivelihoodItem', 'Programme', 'Activity', 'ServiceRequest'])
      expect(await askEntity(type, { id: 'nobody' }, 'id')).toBeNull();
  });
});

describe('statements', () => {
  const fields = `totalCount nodes {
    name region { name } committee { name workstationSummary { total { value } byKind { kind count } } workstations(first: 2) { totalCount nodes { name } } }
    staffing { role member { id workstations(first: 5) { nodes { id } } } } livelihoodItems { title }
    activities(first: 3) { totalCount nodes { title participants(first: 3) { totalCount nodes { role } } workstation { name } } }
    serviceRequests { totalCount nodes { title } }
  }`;
  test('a list costs the same number however long it is', async () => {
    const count = async (within: string) => {
      const { data, statements } = await subgraph.ask(
        `query ($within: ID) { workstations(within: $within, first: 50) { ${fields} } }`,
        { variables: { within } },
      );
      return { length: data.workstations.nodes.length, statements };
    };
    // The one of Suzhou has staff, an activity and participants: every field is reached.
    const short = await count('320500');
    const long = await count('000000');
    expect(short.length).toBe(1);
    expect(long.length).toBe(50);
    expect(long.statements).toBe(short.statements);
  });

  test('summaries of many committees are one statement', async () => {
    const of = ['330100', '330114', '330624', '000000'].map((code) => ({ __typename: 'Committee', code }));
    const { data, statements } = await subgraph.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { code workstationSummary { byKind { kind count } total { text } } } } }',
      { variables: { of } },
    );
    expect(
      data._entities
        .map((one: { workstationSummary: { total: { text: string } } }) => one.workstationSummary.total.text)
        .slice(0, 1),
    ).toEqual(['1']);
    expect(statements).toBe(1);
  });
});
