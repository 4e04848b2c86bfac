import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';
import { operation } from '../hub/operations.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

describe('three levels', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('in process');
  });
  afterAll(() => hub.stop());

  test.each([
    ['330000', '浙江省政协', 'PROVINCE'],
    ['330100', '杭州市政协', 'CITY'],
    ['330114', '钱塘区政协', 'COUNTY'],
    ['310117', '松江区政协', 'COUNTY'],
    ['361100', '上饶市政协', 'CITY'],
    ['422800', '恩施土家族苗族自治州政协', 'CITY'],
  ])('one question to %s is answered from four subgraphs', async (code, name, level) => {
    const { status, data, errors, extensions } = await hub.ask(operation('three-levels'), { variables: { code } });
    expect({ status, errors, extensions }).toEqual({ status: 200, errors: [], extensions: {} });
    expect(data.committee).toMatchObject({ code, name, level, region: { code, level } });
    expect(data.committee.consultations.totalCount).toBeGreaterThan(0);
    expect(data.committee.consultations.nodes.length).toBe(Math.min(10, data.committee.consultations.totalCount));
  });

  test('a district of a municipality hangs under the municipality, a prefecture’s counties under it', async () => {
    const songjiang = await hub.ask(operation('three-levels'), { variables: { code: '310117' } });
    expect(songjiang.data.committee.parent).toEqual({ code: '310000', name: '上海市政协', level: 'PROVINCE' });
    const enshi = await hub.ask(operation('three-levels'), { variables: { code: '422800' } });
    expect(enshi.data.committee.children.nodes.map((node: { name: string }) => node.name)).toContain('巴东县政协');
  });

  test('the consultation of 淳安 and 上城 is one record: on both pages, and once in the city and the province', async () => {
    const titled = `query ($code: ID!) { committee(code: $code) { consultations(scope: SUBTREE, first: 100) { totalCount nodes { id title hosts { committee { code } }
      suggestions(first: 5) { nodes { count { value } adoptedByAll adoptions { committee { code } body status } } } } } } }`;
    const ids = new Set<string>();
    for (const code of ['330127', '330102', '330100', '330000']) {
      const { data } = await hub.ask(titled, { variables: { code } });
      const { nodes, totalCount } = data.committee.consultations;
      const joint = nodes.filter((node: { title: string }) => node.title.includes('携商推进帮共体'));
      expect({ code, times: joint.length }).toEqual({ code, times: 1 });
      expect(totalCount).toBeGreaterThanOrEqual(nodes.length);
      ids.add(joint[0].id);
      expect(joint[0].hosts.map((host: { committee: { code: string } }) => host.committee.code)).toEqual([
        '330127',
        '330102',
      ]);
      const [suggestion] = joint[0].suggestions.nodes;
      expect(suggestion).toMatchObject({ count: { value: 15 }, adoptedByAll: true });
      expect(
        suggestion.adoptions
          .map(
            (adoption: { committee: { code: string }; body: string }) => `${adoption.committee.code} ${adoption.body}`,
          )
          .sort(),
      ).toEqual(['330102 GOVERNMENT', '330102 PARTY_COMMITTEE', '330127 GOVERNMENT', '330127 PARTY_COMMITTEE']);
    }
    expect(ids.size).toBe(1);
  });

  test('the counties below a city are walked page by page, and each is there once', async () => {
    const codes: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors }: Awaited<ReturnType<Hub['ask']>> = await hub.ask(
        operation('committees-below').replace('first: 50', 'first: 4'),
        { variables: { within: '330100', level: 'COUNTY', after } },
      );
      expect(errors).toEqual([]);
      codes.push(...data.committees.nodes.map((node: { code: string }) => node.code));
      expect(data.committees.nodes.every((node: { parent: { code: string } }) => node.parent.code === '330100')).toBe(
        true,
      );
      after = data.committees.pageInfo.hasNextPage ? data.committees.pageInfo.endCursor : null;
      if (after === null) expect(data.committees.totalCount).toBe(codes.length);
    } while (after !== null);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes).toContain('330114');
    expect(codes).not.toContain('330104');
  });

  test('a question about 江干 in 2020 is answered, and tells what it became', async () => {
    const { data } =
      await hub.ask(`{ committee(code: "330104") { name validUntil successors { code name } parent { code } }
      then: committees(within: "330100", level: COUNTY, on: "2020-06-01", first: 50) { nodes { code } }
      now: committees(within: "330100", level: COUNTY, first: 50) { nodes { code } } }`);
    expect(data.committee).toMatchObject({ name: '江干区政协', parent: { code: '330100' } });
    expect(data.committee.successors[0]).toEqual({ code: '330102', name: '上城区政协' });
    const codes = (list: { nodes: { code: string }[] }) => list.nodes.map((node) => node.code);
    expect(codes(data.then)).toContain('330104');
    expect(codes(data.then)).not.toContain('330114');
    expect(codes(data.now)).toContain('330114');
  });

  test('the pairing of 松江 and 上饶 is found by two characters, with its dated and undated steps', async () => {
    const { data, errors } = await hub.ask(operation('pairing'), { variables: { text: '上饶' } });
    expect(errors).toEqual([]);
    const [pairing] = data.cooperations.nodes;
    expect(pairing.partners.map((partner: { committee: { code: string } }) => partner.committee.code)).toEqual([
      '310117',
      '361100',
    ]);
    expect(
      pairing.milestones.map((step: { stage: string; date: { start: string } | null }) => [
        step.stage,
        step.date?.start ?? null,
      ]),
    ).toEqual([
      ['VISIT', '2023-03-01'],
      ['SURVEY', null],
      ['SUPPORT', '2023-06'],
      ['TRAINING', '2023-11'],
      ['CONSENSUS', '2024-01'],
      ['TALKS', '2024-03-26'],
      ['SIGNING', null],
      ['MECHANISM', null],
    ]);
    expect(pairing.agreements).toHaveLength(1);
    expect(pairing.agreements[0].signed).toBeNull();
    expect(pairing.consultations.nodes).toHaveLength(1);
    for (const text of ['眼科', '松江', '中心医院'])
      expect((await hub.ask(operation('pairing'), { variables: { text } })).data.cooperations.nodes[0]?.id).toBe(
        pairing.id,
      );
    expect((await hub.ask(operation('pairing'), { variables: { text: '没有此事' } })).data.cooperations.nodes).toEqual(
      [],
    );
  });

  test('a member opens the first screen of her phone', async () => {
    const token = await hub.member('yuhang/member-wang-aijuan', '330110');
    const { data, errors } = await hub.ask(operation('member-home'), { variables: { year: 2023 }, token });
    expect(errors).toEqual([]);
    expect(data.me.member).toMatchObject({
      name: '汪爱娟',
      committee: { code: '330110', name: '余杭区政协' },
      dutyReport: {
        year: 2023,
        total: { value: 16, atLeast: false, text: '16' },
        lines: [
          { kind: '请你来协商', count: 3 },
          { kind: '调查视察', count: 7 },
        ],
      },
    });
    expect((await hub.ask(operation('member-home'), { variables: { year: 2023 } })).data.me).toBeNull();
  });

  test('an unknown id is null, exactly as a hidden one', async () => {
    const unknown = '00000000-0000-8000-8000-000000000000';
    for (const root of [
      'member',
      'person',
      'organization',
      'consultation',
      'workstation',
      'programme',
      'activity',
      'serviceRequest',
      'cooperation',
      'annualPlan',
    ])
      for (const id of [unknown, 'nobody', '']) {
        const { data, errors, status } = await hub.ask(`query ($id: ID!) { found: ${root}(id: $id) { id } }`, {
          variables: { id },
        });
        expect({ root, id, data, errors, status }).toEqual({
          root,
          id,
          data: { found: null },
          errors: [],
          status: 200,
        });
      }
  });

  answersAlikeOnBothTransports(() => hub, 15);
});
