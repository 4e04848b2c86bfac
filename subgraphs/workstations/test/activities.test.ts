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
const askEntity = async (type: string, key: Record<string, string>, fields: string, as: Actor = everyone) => {
  const { query, variables } = entity(type, key, fields);
  return (await ask(query, as, variables))._entities[0];
};
const titlesOf = (connection: { nodes: { title: string }[] }) => connection.nodes.map(({ title }) => title);

describe('what the documents give', () => {
  test('a study trip with its days, its place far away and who led it', async () => {
    const { activity } = await ask(`{ activity(id: "${recordId('enshi/runbang-hangzhou-trip-2024-03')}") {
      title kind place source held { start end precision text yearInferred } committee { code } region { code name }
      workstation { name committee { code } } programme { id }
      participants { totalCount nodes { role member { id } person { id } } }
    } }`);
    expect(activity).toEqual({
      title: '西湖龙井品牌保护考察和恩施晒茶品牌推广培训',
      kind: 'STUDY_TRIP',
      place: '杭州市',
      source: 'S4',
      held: { start: '2024-03-04', end: '2024-03-08', precision: 'DAY', text: '3月4日至8日', yearInferred: true },
      committee: { code: '422800' },
      region: { code: '330100', name: '杭州市' },
      workstation: { name: '润邦茶业委员工作室', committee: { code: '422800' } },
      programme: null,
      participants: {
        totalCount: 1,
        nodes: [
          {
            role: '带队',
            member: { id: recordId('enshi/member-dai-qingtang') },
            person: { id: recordId(personOf('enshi/member-dai-qingtang')) },
          },
        ],
      },
    });
  });

  test('a course whose lecturer is no member, and a programme with who teaches in it', async () => {
    const lecturer = recordId('xinchang/person-xu-yuelong');
    const { activity } = await ask(`{ activity(id: "${recordId('xinchang/tianmu-mountain-lecture')}") {
      held { start } participants { nodes { role member { id } person { id } } }
      programme { name started { start } committee { code } staffing { role member { id } person { id } } figures { label value { text } } activities { totalCount nodes { title } } }
    } }`);
    expect(activity.held).toBeNull();
    expect(activity.participants.nodes).toEqual([{ role: '主讲', member: null, person: { id: lecturer } }]);
    expect(activity.programme).toMatchObject({
      name: '知行·天姥青校',
      started: { start: '2024-11-23' },
      committee: { code: '330624' },
      figures: [{ label: '委员讲师团讲师', value: { text: '28' } }],
      activities: { totalCount: 2, nodes: expect.arrayContaining([{ title: '中医养生课程' }]) },
    });
    expect(activity.programme.staffing.map(({ role }: { role: string }) => role)).toEqual([
      '首堂课主讲',
      '中医养生课程主讲',
      '有意提供美妆学习平台',
    ]);
    expect(activity.programme.staffing[0]).toMatchObject({ member: null, person: { id: lecturer } });
    expect(activity.programme.staffing[1]).toMatchObject({
      member: { id: recordId('xinchang/member-zheng-liming') },
      person: { id: recordId(personOf('xinchang/member-zheng-liming')) },
    });
  });

  test('a day known in words only', async () => {
    const { activity } = await ask(
      `{ activity(id: "${recordId('songjiang/member-training')}") { held { start precision text } region { code } } }`,
    );
    expect(activity).toEqual({ held: { start: null, precision: null, text: '近日' }, region: { code: '360000' } });
  });

  test('all of them are there', async () => {
    const facts = readFacts();
    const { activities, programmes } = await ask('{ activities { totalCount } programmes { totalCount } }');
    expect(activities.totalCount).toBe(facts.activities.length);
    expect(programmes.totalCount).toBe(facts.programmes.length);
  });
});

/** The key of the person that a member is. */
function personOf(key: string): string {
  const found = readFacts().members.find((record) => record.key === key);
  if (!found) throw new Error(`${key} is no member`);
  return found.person;
}

describe('activities of a committee, a workstation, a member and a person', () => {
  test('a workstation has those of every committee, each once in a subtree', async () => {
    const { workstation } = await ask(
      `{ workstation(id: "${recordId('enshi/studio-qifeng')}") { activities { totalCount nodes { id title committee { code } } } } }`,
    );
    expect(workstation.activities.totalCount).toBe(3);
    expect(
      workstation.activities.nodes.map((node: { committee: { code: string } }) => node.committee.code).sort(),
    ).toEqual(['422800', '422801', '422801']);

    const { own, all } = await askEntity(
      'Committee',
      { code: '422800' },
      'own: activities { totalCount nodes { id } } all: activities(scope: SUBTREE, first: 100) { totalCount nodes { id } }',
    );
    const ids = all.nodes.map((node: { id: string }) => node.id);
    expect(new Set(ids).size).toBe(all.totalCount);
    expect(own.totalCount).toBe(4);
    expect(all.totalCount).toBe(7);
    for (const { id } of workstation.activities.nodes) expect(ids).toContain(id);
  });

  test('a member and the person they are have what they took part in', async () => {
    const expected = {
      activities: {
        totalCount: 2,
        nodes: [{ title: '栖凤社区委员工作室工作调研' }, { title: '“送科学、送健康、送法律”进社区活动' }],
      },
    };
    const fields = 'activities { totalCount nodes { title } }';
    expect(await askEntity('Member', { id: recordId('enshi/member-wu-jianqing') }, fields)).toEqual(expected);
    expect(await askEntity('Person', { id: recordId(personOf('enshi/member-wu-jianqing')) }, fields)).toEqual(expected);
    const lecturer = { id: recordId('xinchang/person-xu-yuelong') };
    expect(await askEntity('Person', lecturer, 'programmes { nodes { name } } activities { totalCount }')).toEqual({
      programmes: { nodes: [{ name: '知行·天姥青校' }] },
      activities: { totalCount: 1 },
    });
    const teacher = { id: recordId('xinchang/member-zheng-liming') };
    expect(await askEntity('Member', teacher, 'programmes { totalCount nodes { name } }')).toEqual({
      programmes: { totalCount: 1, nodes: [{ name: '知行·天姥青校' }] },
    });
    for (const type of ['Member', 'Person'])
      expect(
        await askEntity(type, { id: 'nobody' }, 'activities { totalCount nodes { id } } programmes { totalCount }'),
      ).toEqual({
        activities: { totalCount: 0, nodes: [] },
        programmes: { totalCount: 0 },
      });
  });
});

describe('filters and order', () => {
  const list = async (filter: string, within = '000000', rest = '') =>
    (
      await ask(
        `{ activities(within: "${within}", first: 100, filter: ${filter} ${rest}) { totalCount nodes { title kind held { start } committee { level } } } }`,
      )
    ).activities;

  test('by date: what was held in part within the days, never what is undated', async () => {
    const march = await list('{ from: "2024-03-05", until: "2024-03-08" }', '420000');
    expect(titlesOf(march)).toEqual(['健康科普进社区活动', '西湖龙井品牌保护考察和恩施晒茶品牌推广培训']);
    expect(march.totalCount).toBe(2);
    expect(titlesOf(await list('{ from: "2024-03-09", until: "2024-03-26" }', '420000'))).toEqual([]);
    // November 2023 is all that is known of one of them.
    expect(titlesOf(await list('{ until: "2023-11-01" }', '420000'))).toEqual(['“送科学、送健康、送法律”进社区活动']);
    expect(titlesOf(await list('{ from: "2023-11-30", until: "2023-11-30" }', '420000'))).toEqual([
      '“送科学、送健康、送法律”进社区活动',
    ]);
    const undated = (await list('{}')).nodes.filter((node: { held: { start: string } | null }) => !node.held?.start);
    expect(undated.length).toBeGreaterThan(5);
    for (const filter of ['{ from: "0001-01-01" }', '{ until: "9999-12-31" }'])
      expect((await list(filter)).nodes.every((node: { held: { start: string } }) => node.held.start)).toBe(true);
  });

  test('a date that is none is refused by its name', async () => {
    for (const day of ['2024', '2024-02-30', '2024-13-01', '0000-01-01', 'now', "2024-01-01'"])
      for (const field of ['from', 'until'])
        for (const list of ['activities', 'serviceRequests']) {
          const { errors } = await subgraph.ask(`{ ${list}(filter: { ${field}: "${day}" }) { totalCount } }`);
          expect(errors).toEqual(['BAD_USER_INPUT']);
        }
  });

  test('by kinds, the level of the committee and two characters', async () => {
    const kinds = await list('{ kinds: [LECTURE, CEREMONY] }');
    expect(new Set(kinds.nodes.map((node: { kind: string }) => node.kind))).toEqual(new Set(['LECTURE', 'CEREMONY']));
    expect(kinds.totalCount).toBe(3);
    const city = await list('{ level: CITY, text: "讲堂" }');
    expect(titlesOf(city)).toEqual(['“苏州政协大讲堂”2024年度第一期']);
    expect(titlesOf(await list('{ level: COUNTY, text: "讲堂" }'))).toEqual([]);
    expect(titlesOf(await list('{ text: "物流" }'))).toEqual(['建始县经济界委员工作室协商座谈会']);
  });

  test('the latest first has the undated last, the earliest first has them first', async () => {
    const starts = async (order: string) =>
      (await list('{}', '420000', `orderBy: ${order}`)).nodes.map(
        (node: { held: { start: string } | null }) => node.held?.start ?? null,
      );
    const latest = await starts('HELD_DESC');
    expect(latest).toEqual(['2024-03-27', '2024-03-08', '2024-03-04', '2024-01-24', '2023-11-27', '2023-11', null]);
    expect(await starts('HELD_ASC')).toEqual([...latest].reverse());
  });

  test('every order walks all pages both ways, also where many are undated', async () => {
    for (const order of ['HELD_DESC', 'HELD_ASC', 'MODIFIED_DESC', null]) {
      const query = `query ($order: ActivityOrder, $first: Int, $after: String, $last: Int, $before: String) { activities(orderBy: $order, first: $first, after: $after, last: $last, before: $before) {
        totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
      const all = (await ask(query, everyone, { order, first: 100 })).activities;
      const ids = all.nodes.map((node: { id: string }) => node.id);
      expect(ids.length).toBe(all.totalCount);
      const forwards: string[] = [];
      for (let after: string | null = null; ; ) {
        const { activities: page } = await ask(query, everyone, { order, first: 7, after });
        forwards.push(...page.nodes.map((node: { id: string }) => node.id));
        expect(page.edges.at(-1)).toEqual({ cursor: page.pageInfo.endCursor, node: page.nodes.at(-1) });
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) break;
      }
      const backwards: string[] = [];
      for (let before: string | null = null; ; ) {
        const { activities: page } = await ask(query, everyone, { order, last: 7, before });
        backwards.unshift(...page.nodes.map((node: { id: string }) => node.id));
        before = page.pageInfo.startCursor;
        if (!page.pageInfo.hasPreviousPage) break;
      }
      expect(forwards).toEqual(ids);
      expect(backwards).toEqual(ids);
    }
  });

  test('programmes by name, by when they began and by words', async () => {
    const programmes = async (args: string, code = '330624') =>
      (await askEntity('Committee', { code }, `programmes(${args}) { totalCount nodes { name } }`)).programmes;
    const names = async (args: string, code?: string) =>
      (await programmes(args, code)).nodes.map(({ name }: { name: string }) => name);
    const begun = await names('orderBy: STARTED_DESC');
    expect(begun).toHaveLength(3);
    expect(begun[0]).toBe('知行·天姥青校');
    expect(await names('orderBy: MODIFIED_DESC')).toHaveLength(3);
    expect([...(await names('scope: OWN'))].sort()).toEqual([...begun].sort());
    expect(await names('filter: { text: "青年" }')).toEqual(['知行·天姥青校']);
    expect(await names('scope: SUBTREE, filter: { text: "天姥", level: COUNTY }', '330000')).toEqual(['知行·天姥青校']);
    expect((await programmes('scope: OWN', '330600')).totalCount).toBe(0);
    expect((await programmes('scope: SUBTREE', '330600')).totalCount).toBe(3);
  });
});

describe('what is hidden', () => {
  const key = 'hidden/walk';
  beforeAll(async () => {
    await subgraph.put(
      ...rowsOf({
        people: [{ key: 'hidden/person-secret', visibility: 'INTERNAL' }],
        members: [
          { key: 'hidden/member-known', person: 'hidden/person-secret', committee: '330402' },
          { key: 'hidden/member-secret', person: 'hidden/person-secret', committee: '330402', visibility: 'MEMBERS' },
        ],
        workstations: [
          {
            key: 'hidden/station',
            name: '隐站',
            kind: 'STATION',
            committee: '330402',
            region: '330402',
            visibility: 'INTERNAL',
          },
        ],
        programmes: [
          {
            key: 'hidden/programme',
            name: '隐项目',
            committee: '330402',
            visibility: 'MEMBERS',
            staffing: [{ member: 'hidden/member-secret' }],
          },
        ],
        activities: [
          {
            key,
            title: '公开走访',
            kind: 'VISIT',
            committee: '330402',
            workstation: 'hidden/station',
            programme: 'hidden/programme',
            participants: [
              { member: 'hidden/member-known', role: '一' },
              { member: 'hidden/member-secret', role: '二' },
              { person: 'hidden/person-secret', role: '三' },
              { role: '四' },
              { member: 'hidden/member-known', role: '五' },
            ],
          },
          {
            key: 'hidden/upward',
            title: '上报走访',
            kind: 'VISIT',
            committee: '330402',
            visibility: 'UPWARD',
            participants: [{ member: 'hidden/member-known' }],
          },
          {
            key: 'hidden/named',
            title: '专人走访',
            kind: 'VISIT',
            committee: '330402',
            visibility: 'INTERNAL',
            participants: [{ member: 'hidden/member-known' }],
          },
        ],
      }),
    );
    await subgraph.testDatabase
      .admin`update workstations.activity set visibility = 'PRIVATE', subjects = ${[recordId('hidden/member-known')]} where external_id = 'hidden/named'`;
  });

  test('who takes part is told to those only who may see both the activity and the one who took part', async () => {
    const roles = async (as: Actor) => {
      const { activity } = await ask(
        `{ activity(id: "${recordId(key)}") { participants { totalCount nodes { role member { id } person { id } } } } }`,
        as,
      );
      const { nodes, totalCount } = activity.participants;
      expect(totalCount).toBe(nodes.length);
      // The person behind a member who is known is hidden, so the row doesn't name them.
      for (const node of nodes) if (node.role !== '三') expect(node.person).toBeNull();
      return nodes.map(({ role }: { role: string }) => role).join('');
    };
    expect(await roles(everyone)).toBe('一四五');
    expect(await roles(staff('330400'))).toBe('一四五');
    expect(await roles(member('hidden/other', '330402'))).toBe('一二四五');
    expect(await roles(staff('330402'))).toBe('一二三四五');
  });

  test('participants come page by page in the order of the source', async () => {
    const query = `query ($first: Int, $after: String) { activity(id: "${recordId(key)}") { participants(first: $first, after: $after) { nodes { role } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await ask(query, everyone, { first: 2 })).activity.participants;
    expect(first).toMatchObject({ nodes: [{ role: '一' }, { role: '四' }], pageInfo: { hasNextPage: true } });
    const rest = (await ask(query, everyone, { first: 2, after: first.pageInfo.endCursor })).activity.participants;
    expect(rest).toMatchObject({ nodes: [{ role: '五' }], pageInfo: { hasNextPage: false } });
  });

  test('where it took place and of what it is a part is null for those who may not see that', async () => {
    const fields = `{ activity(id: "${recordId(key)}") { workstation { id name } programme { id name } } }`;
    expect((await ask(fields)).activity).toEqual({ workstation: null, programme: null });
    expect((await ask(fields, member('hidden/other', '330402'))).activity).toMatchObject({
      workstation: null,
      programme: { name: '隐项目' },
    });
    expect((await ask(fields, staff('330402'))).activity).toMatchObject({ workstation: { name: '隐站' } });
  });

  test('lists, totals and entities hold what each may see', async () => {
    const sees: [Actor, string[]][] = [
      [everyone, ['公开走访']],
      [staff('330400'), ['公开走访', '上报走访']],
      [staff('330402'), ['公开走访', '上报走访']],
      [staff('330411'), ['公开走访']],
      [member('hidden/other', '330402'), ['公开走访']],
      [member('hidden/member-known', '330402'), ['公开走访', '专人走访']],
    ];
    const keys = { 公开走访: key, 上报走访: 'hidden/upward', 专人走访: 'hidden/named' };
    for (const [as, expected] of sees) {
      const own = await askEntity('Committee', { code: '330402' }, 'activities { totalCount nodes { title } }', as);
      expect(titlesOf(own.activities).sort()).toEqual([...expected].sort());
      expect(own.activities.totalCount).toBe(expected.length);
      const joined = await askEntity(
        'Member',
        { id: recordId('hidden/member-known') },
        'activities { totalCount nodes { title } }',
        as,
      );
      expect(titlesOf(joined.activities).sort()).toEqual([...expected].sort());
      expect(joined.activities.totalCount).toBe(expected.length);
      for (const [title, name] of Object.entries(keys)) {
        const id = recordId(name);
        const seen = expected.includes(title) ? { id } : null;
        expect((await ask(`{ activity(id: "${id}") { id } }`, as)).activity).toEqual(seen);
        expect(await askEntity('Activity', { id }, 'id', as)).toEqual(seen);
      }
    }
  });

  test('a programme and who runs it', async () => {
    const id = recordId('hidden/programme');
    const fields = 'name staffing { member { id } } activities { totalCount }';
    const run = (as: Actor) =>
      askEntity(
        'Member',
        { id: recordId('hidden/member-secret') },
        'programmes { totalCount nodes { name } } activities { totalCount }',
        as,
      );
    expect(await askEntity('Programme', { id }, fields)).toBeNull();
    expect(await run(everyone)).toEqual({ programmes: { totalCount: 0, nodes: [] }, activities: { totalCount: 0 } });
    const insider = member('hidden/other', '330402');
    expect(await askEntity('Programme', { id }, fields, insider)).toEqual({
      name: '隐项目',
      staffing: [{ member: { id: recordId('hidden/member-secret') } }],
      activities: { totalCount: 1 },
    });
    expect(await run(insider)).toEqual({
      programmes: { totalCount: 1, nodes: [{ name: '隐项目' }] },
      activities: { totalCount: 1 },
    });
    for (const [as, total] of [
      [everyone, 0],
      [insider, 1],
      [staff('330400'), 0],
      [staff('330402'), 1],
    ] as const)
      expect(
        (await askEntity('Committee', { code: '330402' }, 'programmes { totalCount }', as)).programmes.totalCount,
      ).toBe(total);
  });
});

test('lists cost the same number of statements however long they are', async () => {
  const query = `query ($within: ID, $first: Int) {
    activities(within: $within, first: $first) { totalCount nodes { title committee { activities(first: 2) { totalCount nodes { title } } programmes { totalCount } }
      workstation { name } programme { name staffing { role } } region { name }
      participants(first: 2) { totalCount nodes { role member { id activities { totalCount } programmes { nodes { name } } } person { activities { totalCount } } } } } }
  }`;
  const count = async (within: string, first: number) => {
    const { data, statements } = await subgraph.ask(query, { variables: { within, first } });
    return { length: data.activities.nodes.length, statements };
  };
  // Among Hengshui’s six one has a workstation, a programme and a participant.
  const short = await count('131100', 10);
  const long = await count('000000', 40);
  expect(short.length).toBe(6);
  expect(long.length).toBe(40);
  expect(long.statements).toBe(short.statements);
});
