import { consultations } from '@hub/consultations';
import { readFacts, recordId } from '@hub/facts';
import { startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(consultations, 'facts');
});
afterAll(() => subgraph.stop());

const fields = 'totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id title }';

/** What a committee answers, asked as the gateway does. */
async function ofCommittee(code: string, selection: string) {
  const { data } = await subgraph.ask(
    `query ($for: [_Any!]!) { _entities(representations: $for) { ... on Committee { ${selection} } } }`,
    { variables: { for: [{ __typename: 'Committee', code }] } },
  );
  return data._entities[0];
}
async function ofStub(type: string, id: string) {
  const { data, errors } = await subgraph.ask(
    `query ($for: [_Any!]!) { _entities(representations: $for) { ... on ${type} { consultations { ${fields} } } } }`,
    { variables: { for: [{ __typename: type, id }] } },
  );
  expect(errors).toEqual([]);
  return data._entities[0].consultations;
}
async function found(filter: string, within = '000000'): Promise<{ totalCount: number; keys: string[] }> {
  const keys = new Map(readFacts().consultations.map(({ key }) => [recordId(key), key]));
  const { data } = await subgraph.ask(
    `{ consultations(within: "${within}", first: 100, filter: { ${filter} }) { totalCount nodes { id } } }`,
  );
  const { totalCount, nodes } = data.consultations;
  expect(totalCount).toBe(nodes.length);
  return { totalCount, keys: nodes.map(({ id }: { id: string }) => keys.get(id) ?? id) };
}

describe('a consultation', () => {
  test('has what the source gives: day, place, region, topics, and what followed it', async () => {
    const { data } = await subgraph.ask(`{ consultation(id: "${recordId('xinchang/fengshan-inspection-2024-07')}") {
      title kind localKind status held { start precision } place region { code } topics visibility source revision
      hosts { role committee { code level } name workstation { id } }
      follows { id } followedBy { id title held { start } follows { id } } cooperation { id } } }`);
    expect(data.consultation).toMatchObject({
      title: '凤山新村片区老旧小区改造专题视察',
      kind: 'INSPECTION',
      localKind: '专题视察',
      status: 'HELD',
      held: { start: '2024-07-31', precision: 'DAY' },
      place: '凤山新村片区老旧小区改造项目现场',
      region: { code: '330624' },
      topics: ['老旧小区改造', '精致县城建设工程'],
      visibility: 'PUBLIC',
      source: 'S0',
      revision: 1,
      hosts: [{ role: 'LEAD', committee: { code: '330624', level: 'COUNTY' }, name: null, workstation: null }],
      follows: null,
      followedBy: [
        {
          id: recordId('xinchang/fengshan-counterpart-2024'),
          title: '凤山新村片区老旧小区改造对口协商会',
          held: null,
          follows: { id: recordId('xinchang/fengshan-inspection-2024-07') },
        },
      ],
      cooperation: null,
    });
  });

  test('keeps the words of its source where they say other than a date, and figures with their bounds', async () => {
    const { data } = await subgraph.ask(`{
      survey: consultation(id: "${recordId('xinchang/guadan-survey-2024')}") { held { start text precision } hosts { name } }
      supervision: consultation(id: "${recordId('xinchang/assistance-supervision-2024-08')}") {
        figures { label unit value { value atLeast text } } } }`);
    expect(data.survey).toEqual({
      held: { start: '2024', text: '2024年上旬', precision: 'YEAR' },
      hosts: [{ name: '民生议事堂' }],
    });
    expect(data.supervision.figures).toEqual([
      { label: '公益性岗位', unit: '个', value: { value: 290, atLeast: true, text: '290余' } },
    ]);
  });

  test('names those who took part, members and others, in the order of the source', async () => {
    const { data } =
      await subgraph.ask(`{ consultation(id: "${recordId('songjiang-shangrao/hospital-talks-2024-03')}") {
      cooperation { id } participants(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { role member { id } person { id } } } } }`);
    expect(data.consultation.cooperation).toEqual({ id: recordId('songjiang-shangrao/eye-care-pairing') });
    expect(data.consultation.participants).toMatchObject({
      totalCount: 3,
      pageInfo: { hasNextPage: true },
      nodes: [
        { role: '参加', member: { id: recordId('songjiang/member-li-zheng') } },
        { role: '参加', member: null, person: { id: recordId('songjiang/person-liu-jun') } },
      ],
    });
    const { data: rest } = await subgraph.ask(
      `query ($after: String) { consultation(id: "${recordId('songjiang-shangrao/hospital-talks-2024-03')}") {
        participants(first: 2, after: $after) { nodes { role member { id } } pageInfo { hasNextPage } } } }`,
      { variables: { after: data.consultation.participants.pageInfo.endCursor } },
    );
    expect(rest.consultation.participants).toEqual({
      nodes: [{ role: '带队', member: { id: recordId('shangrao/member-zhang-qingguo') } }],
      pageInfo: { hasNextPage: false },
    });
  });

  test('what is no id and what is unknown are null alike', async () => {
    const unknown = recordId('no/body');
    const { data, errors } = await subgraph.ask(`{
      none: consultation(id: "nobody") { id } unknown: consultation(id: "${unknown}") { id }
      _entities(representations: [{ __typename: "Consultation", id: "nobody" }, { __typename: "Consultation", id: "${unknown}" }]) { __typename } }`);
    expect(data).toEqual({ none: null, unknown: null, _entities: [null, null] });
    expect(errors).toEqual([]);
  });
});

describe('a joint consultation', () => {
  const platforms = recordId('yongkang/consultation-three-platforms-2024');

  test('is on the page of every host, and names them with the lead first and each by its platform', async () => {
    for (const code of ['330784', '330700', '330000']) {
      const { consultations: list } = await ofCommittee(code, `consultations(first: 100) { ${fields} }`);
      expect(list.nodes.map(({ id }: { id: string }) => id)).toContain(platforms);
      expect(list.totalCount).toBe(list.nodes.length);
    }
    const { data } = await subgraph.ask(
      `{ consultation(id: "${platforms}") { hosts { role committee { code } name workstation { id } } } }`,
    );
    expect(data.consultation.hosts).toEqual([
      {
        role: 'LEAD',
        committee: { code: '330784' },
        name: '永康五金政协委员会客厅',
        workstation: { id: recordId('yongkang/reception-hall-hardware') },
      },
      {
        role: 'CO_HOST',
        committee: { code: '330700' },
        name: '金华政协科技界',
        workstation: { id: recordId('jinhua/platform-science-technology') },
      },
      {
        role: 'CO_HOST',
        committee: { code: '330000' },
        name: '委员同心汇·永康窗口',
        workstation: { id: recordId('zhejiang/platform-tongxinhui-yongkang') },
      },
    ]);
  });

  test('counts once in a province that has several of its hosts, and once in each province it joins', async () => {
    const talks = recordId('songjiang-shangrao/hospital-talks-2024-03');
    for (const [code, id] of [
      ['330000', platforms],
      ['310000', talks],
      ['360000', talks],
      ['000000', talks],
    ]) {
      const { consultations: list } = await ofCommittee(
        code as string,
        `consultations(scope: SUBTREE, first: 100) { ${fields} }`,
      );
      const ids = list.nodes.map((node: { id: string }) => node.id);
      expect(list.totalCount).toBe(code === '000000' ? readFacts().consultations.length : ids.length);
      expect(new Set(ids).size).toBe(ids.length);
      if (code !== '000000') expect(ids).toContain(id);
    }
  });

  test('stands in summaries as in lists: by kind, by status and in total', async () => {
    for (const code of ['000000', '330000', '330100', '330700', '361100', '320000', '341622', '110000'])
      for (const scope of ['OWN', 'SUBTREE']) {
        const { consultations: list, consultationSummary: summary } = await ofCommittee(
          code,
          `consultations(scope: ${scope}, first: 100) { totalCount nodes { kind status } }
          consultationSummary(scope: ${scope}) { total { value basis text } byKind { kind count } byStatus { status count } }`,
        );
        expect(summary.total).toEqual({ value: list.totalCount, basis: 'COUNTED', text: String(list.totalCount) });
        const sum = (counts: { count: number }[]) => counts.reduce((all, { count }) => all + count, 0);
        expect([sum(summary.byKind), sum(summary.byStatus)]).toEqual([list.totalCount, list.totalCount]);
        if (list.totalCount > 100) continue;
        for (const { kind, count } of summary.byKind)
          expect(count).toBe(list.nodes.filter((node: { kind: string }) => node.kind === kind).length);
        for (const { status, count } of summary.byStatus)
          expect(count).toBe(list.nodes.filter((node: { status: string }) => node.status === status).length);
      }
  });
});

describe('a filter', () => {
  test('by kind and status finds those and no others', async () => {
    const facts = readFacts().consultations;
    for (const [filter, matches] of [
      ['kinds: [HALL, STATION]', (fact) => fact.kind === 'HALL' || fact.kind === 'STATION'],
      ['statuses: [PLANNED]', (fact) => fact.status === 'PLANNED'],
      ['kinds: [SUPERVISION], statuses: [HELD]', (fact) => fact.kind === 'SUPERVISION' && fact.status === 'HELD'],
      ['kinds: []', () => false],
    ] as [string, (fact: (typeof facts)[number]) => boolean][]) {
      const { keys } = await found(filter);
      expect([...keys].sort()).toEqual(
        facts
          .filter(matches)
          .map(({ key }) => key)
          .sort(),
      );
    }
  });

  test('by level looks at every host, not only at the one that leads', async () => {
    expect((await found('level: PROVINCE')).keys.sort()).toEqual([
      'suzhou/private-economy-supervision-2024',
      'yongkang/consultation-three-platforms-2024',
    ]);
    expect((await found('level: CITY', '330000')).keys).toEqual(['yongkang/consultation-three-platforms-2024']);
    expect((await found('level: NATIONAL')).keys).toEqual([]);
  });

  test('by date takes what overlaps, as far as the source dates it, and never what is undated', async () => {
    const august = await found('from: "2024-08-10", until: "2024-08-20"', '330624');
    expect(august.keys.sort()).toEqual(['xinchang/assistance-supervision-2024-08', 'xinchang/guadan-survey-2024']);
    expect((await found('until: "2024-07-31"', '330624')).keys).toContain('xinchang/fengshan-inspection-2024-07');
    expect((await found('until: "2024-07-30"', '330624')).keys).not.toContain('xinchang/fengshan-inspection-2024-07');
    expect((await found('from: "2024-07-31"', '330624')).keys).toContain('xinchang/fengshan-inspection-2024-07');
    expect((await found('from: "2024-08-01"', '330624')).keys).not.toContain('xinchang/fengshan-inspection-2024-07');
    const undated = new Set(
      readFacts()
        .consultations.filter(({ held }) => held?.start === undefined)
        .map(({ key }) => key),
    );
    expect(undated.size).toBeGreaterThan(0);
    for (const filter of ['from: "1900-01-01"', 'until: "2999-12-31"'])
      expect((await found(filter)).keys.filter((key) => undated.has(key))).toEqual([]);
  });

  test('refuses what is no day and no id', async () => {
    const { errors: cooperation } = await subgraph.ask(
      '{ consultations(filter: { cooperation: "nobody" }) { totalCount } }',
    );
    expect(cooperation).toEqual(['BAD_USER_INPUT']);
    for (const day of ['2024-02-30', '2024-13-01', '2024', 'soon', '0000-01-01']) {
      const { errors } = await subgraph.ask(`{ consultations(filter: { from: "${day}" }) { totalCount } }`);
      expect(errors).toEqual(['BAD_USER_INPUT']);
    }
  });

  test('by text finds two characters in titles, topics, places and descriptions', async () => {
    expect((await found('text: "凤山"')).keys.sort()).toEqual([
      'xinchang/fengshan-counterpart-2024',
      'xinchang/fengshan-inspection-2024-07',
    ]);
    expect((await found('text: "饮水"', '330624')).keys).toEqual(['xinchang/ruao-hall-2024-09']);
    expect((await found('text: "凤水"')).keys).toEqual([]);
  });

  test('tells what several committees host from what one does, and finds what belongs to a cooperation', async () => {
    const all = readFacts().consultations;
    const joint = all.filter(({ hosts }) => hosts.length > 1).map(({ key }) => key);
    expect((await found('joint: true')).keys.sort()).toEqual(joint.sort());
    expect((await found('joint: false')).totalCount).toBe(all.length - joint.length);
    expect((await found(`cooperation: "${recordId('chunan/shangcheng-linked-action-2022')}"`)).keys).toEqual([
      'chunan/linked-consultation-2022',
    ]);
    expect((await found(`cooperation: "${recordId('no/body')}"`)).keys).toEqual([]);
  });
});

describe('pages of a list', () => {
  const walk = async (orderBy: string, backward: boolean) => {
    const ids: string[] = [];
    for (let cursor: string | null = null, more = true; more; ) {
      const page: string = backward ? 'last: 7, before: $cursor' : 'first: 7, after: $cursor';
      const { data, errors } = await subgraph.ask(
        `query ($cursor: String) { consultations(orderBy: ${orderBy}, ${page}) { ${fields} } }`,
        { variables: { cursor } },
      );
      expect(errors).toEqual([]);
      const { nodes, pageInfo } = data.consultations;
      const read = nodes.map(({ id }: { id: string }) => id);
      if (backward) ids.unshift(...read);
      else ids.push(...read);
      more = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
      cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
    }
    return ids;
  };

  test('hold each consultation once in every order, forwards and backwards, whatever keys are equal', async () => {
    const all = readFacts()
      .consultations.map(({ key }) => recordId(key))
      .sort();
    for (const order of ['HELD_DESC', 'HELD_ASC', 'TITLE_ASC', 'MODIFIED_DESC']) {
      const forwards = await walk(order, false);
      expect([...forwards].sort()).toEqual(all);
      expect(await walk(order, true)).toEqual(forwards);
    }
  });

  test('come newest first by default, and what is undated last', async () => {
    const held = new Map(readFacts().consultations.map((fact) => [recordId(fact.key), fact.held?.start]));
    const starts = (await walk('HELD_DESC', false)).map((id) => held.get(id));
    const dated = starts.filter((start) => start !== undefined);
    expect(starts.slice(dated.length).every((start) => start === undefined)).toBe(true);
    const days = dated.map((start) => `${start}-01-01`.slice(0, 10));
    expect(days).toEqual([...days].sort().reverse());
  });

  test('have a ceiling, and above it is an error', async () => {
    const { errors } = await subgraph.ask('{ consultations(first: 101) { totalCount } }');
    expect(errors).toEqual(['PAGE_TOO_LARGE']);
  });
});

describe('the way back to consultations', () => {
  const titles = (list: { nodes: { title: string }[] }) => list.nodes.map(({ title }) => title);

  test('leads from a member, and from the person whatever they took part as', async () => {
    expect(titles(await ofStub('Member', recordId('songjiang/member-li-zheng')))).toEqual(['松江、上饶两院合作座谈会']);
    const person = readFacts().members.find(({ key }) => key === 'songjiang/member-li-zheng')?.person ?? '';
    expect(titles(await ofStub('Person', recordId(person)))).toEqual(['松江、上饶两院合作座谈会']);
    expect(titles(await ofStub('Person', recordId('suzhou/person-liu-xiaotao')))).toEqual(['苏州市政协全会']);
  });

  test('leads from the workstation through which a committee hosts, and from a cooperation', async () => {
    const station = await ofStub('Workstation', recordId('zhejiang/platform-tongxinhui-yongkang'));
    expect(titles(station)).toEqual(['科技赋能、创新发展专题协商']);
    expect(station.totalCount).toBe(1);
    const pairing = await ofStub('Cooperation', recordId('songjiang-shangrao/eye-care-pairing'));
    expect(titles(pairing)).toEqual(['松江、上饶两院合作座谈会']);
  });

  test('leads from a region, with what takes place in its townships', async () => {
    const { data } = await subgraph.ask(`{ _entities(representations: [
      { __typename: "Region", code: "330624110" }, { __typename: "Region", code: "330624" }]) { ... on Region { consultations(filter: { kinds: [HALL] }) { ${fields} } } } }`);
    const [township, county] = data._entities;
    expect(titles(township.consultations)).toEqual(['儒岙镇民生议事堂农村公路和饮水工程协商调研']);
    expect(county.consultations.totalCount).toBe(4);
  });

  test('is empty for what is unknown and for what is no id', async () => {
    for (const type of ['Member', 'Person', 'Workstation', 'Cooperation']) {
      for (const id of [recordId('no/body'), 'nobody'])
        expect(await ofStub(type, id)).toMatchObject({ totalCount: 0, nodes: [] });
    }
  });
});

describe('what it costs', () => {
  test('a list with all that hangs on it takes as many statements for one as for fifty', async () => {
    const query = `query ($first: Int) { consultations(first: $first) { totalCount nodes {
      hosts { workstation { id } } cooperation { id } followedBy { id } follows { id } readings { text } outcomes { kind }
      participants(first: 5) { totalCount nodes { member { id } } }
      suggestions(first: 5) { totalCount nodes { adoptedByAll authors { member { id } } adoptions { status } consultation { id } } } } } }`;
    const short = await subgraph.ask(query, { variables: { first: 1 } });
    const long = await subgraph.ask(query, { variables: { first: 60 } });
    expect(long.data.consultations.nodes).toHaveLength(60);
    expect(long.statements).toBeLessThanOrEqual(15);
    // A list of one has nothing to follow: its two statements for that are all that may be fewer.
    expect(long.statements - short.statements).toBeLessThanOrEqual(2);
    const longer = await subgraph.ask(query, { variables: { first: 100 } });
    expect(longer.statements).toBe(long.statements);
  });

  test('the three-levels question takes nine', async () => {
    const { statements } =
      await subgraph.ask(`{ _entities(representations: [{ __typename: "Committee", code: "330000" }]) {
      ... on Committee { consultations(scope: SUBTREE, first: 10) { totalCount nodes { id title kind status held { start precision }
        hosts { committee { code name level } } participants(first: 5) { totalCount nodes { member { id } } }
        suggestions(first: 5) { totalCount nodes { id text adoptions { committee { code name } status reason } } } } } } } }`);
    expect(statements).toBeLessThanOrEqual(9);
  });

  test('summaries and lists of many committees take one statement each', async () => {
    const ask = async (codes: string[]) =>
      subgraph.ask(
        `query ($for: [_Any!]!) { _entities(representations: $for) { ... on Committee {
          consultations(first: 3) { totalCount nodes { id } } consultationSummary { total { value } byKind { count } byStatus { count } } plans { id } } } }`,
        { variables: { for: codes.map((code) => ({ __typename: 'Committee', code })) } },
      );
    const one = await ask(['330624']);
    const many = await ask(['330624', '330784', '330114', '330127', '320500', '361100']);
    expect(many.statements).toBe(one.statements);
    expect(
      many.data._entities.map((entity: { consultations: { totalCount: number } }) => entity.consultations.totalCount),
    ).toEqual(
      many.data._entities.map(
        (entity: { consultationSummary: { total: { value: number } } }) => entity.consultationSummary.total.value,
      ),
    );
  });

  test('importing the facts again changes nothing', async () => {
    expect(await subgraph.put(...consultations.factsAsRows(readFacts()))).toBe(0);
  });
});
