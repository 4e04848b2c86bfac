/**
 * 松江区政协 and 上饶市政协 pair their hospitals: a district of a municipality and a city of a province, each with its own
 * part of one record; the steps of which some are undated, the visit and what it showed, the agreement with its file, and
 * what party committee and government of each side made of it. 阳春's visits stand alone, with nobody on the other side.
 */
import { randomBytes } from 'node:crypto';
import { recordId } from '@hub/facts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const songjiang = '310117';
const shangrao = '361100';
const xuhui = '310104';
const yangchun = '441781';

const fields: readonly (readonly [RegExp, string])[] = [
  [/Milestone/, 'milestone'],
  [/VisitFinding/, 'visitFinding'],
  [/Visit$/, 'visit'],
  [/Agreement/, 'agreement'],
  [/Outcome/, 'cooperationOutcome'],
  [/(propose|conclude)Cooperation/, 'cooperation'],
  [/./, 'cooperationPartner'],
];

describe('over HTTP', () => {
  let hub: Hub;
  let east = '';
  let west = '';
  let outside: readonly (string | undefined)[] = [];
  beforeAll(async () => {
    hub = await startHub('over HTTP');
    [east, west] = await Promise.all([hub.staff(songjiang, ['meetings']), hub.staff(shangrao, ['meetings'])]);
    outside = [
      undefined,
      await hub.staff(xuhui, ['meetings']),
      await hub.staff('310000', ['meetings']),
      await hub.staff(songjiang, ['proposals']),
      await hub.member('songjiang/member-somebody', songjiang),
      await hub.liaison(shangrao),
      await hub.token({ role: 'operator' }),
    ];
  });
  afterAll(() => hub.stop());

  const step = async (name: string, input: object, token: string | undefined, selection = 'id') => {
    const field = fields.find(([pattern]) => pattern.test(name))?.[1] ?? '';
    const { data, errors } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${field} { ${selection} } userErrors { code path } } }`,
      { variables: { input }, ...(token !== undefined && { token }) },
    );
    const answer = data?.[name];
    return {
      code: (errors[0]?.extensions.code ?? answer?.userErrors[0]?.code ?? null) as string | null,
      record: answer?.[field] ?? null,
    };
  };
  const done = async (name: string, input: object, token: string, selection?: string) => {
    const { code, record } = await step(name, input, token, selection);
    expect({ name, code }).toEqual({ name, code: null });
    return record;
  };
  const refusals = ['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'];
  const refused = async (name: string, input: object, others = outside) => {
    for (const token of others) expect(refusals).toContain((await step(name, input, token)).code);
  };
  const see = async (selection: string, token: string | undefined, id = cooperation) =>
    (await hub.ask(`{ cooperation(id: "${id}") { ${selection} } }`, { ...(token !== undefined && { token }) })).data
      .cooperation;
  const download = (id: string, token?: string) =>
    fetch(`${hub.url}/files/${id}`, { headers: token ? { authorization: `Bearer ${token}` } : {} });

  let cooperation = '';
  let agreement = '';
  let file = '';
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(700_000)]);

  test('one proposes, and the other is told that its answer is waited for', async () => {
    const proposal = {
      title: '两地医院眼科合作',
      kind: 'PAIRING',
      field: '眼科医疗',
      partners: [{ committee: shangrao, role: 'PARTNER' }],
    };
    await refused('proposeCooperation', proposal, [outside[0], outside[3], outside[4], outside[6]]);
    const made = await done('proposeCooperation', proposal, east, 'id status visibility');
    expect(made).toMatchObject({ status: 'CONTACT', visibility: 'JOINT' });
    cooperation = made.id;
    for (const token of outside.filter((_, at) => at !== 3)) expect(await see('id', token)).toBeNull();
    const { data } = await hub.ask('{ me { cooperationTasks { recordType title step { step label } } } }', {
      token: west,
    });
    expect(data.me.cooperationTasks).toEqual([
      {
        recordType: 'CooperationPartner',
        title: '两地医院眼科合作',
        step: { step: 'acceptCooperation', label: '接受邀请' },
      },
    ]);
  });

  test('it is active once the other has accepted what it read', async () => {
    const { revision } = await see('revision', west);
    await refused('acceptCooperation', { cooperation }, [east, ...outside]);
    await done('acceptCooperation', { cooperation, expectedRevision: revision, reason: '同意' }, west);
    const seen = await see(
      'status partners { status committee { code name level region { name } } } events { step role }',
      east,
    );
    expect(seen).toMatchObject({
      status: 'ACTIVE',
      partners: [
        { committee: { code: songjiang, name: '松江区政协', level: 'COUNTY' } },
        { committee: { code: shangrao, name: '上饶市政协', level: 'CITY' } },
      ],
      events: [
        { step: 'proposeCooperation', role: 'STAFF' },
        { step: 'beginCooperation', role: 'FEED' },
      ],
    });
  });

  test('each adds the hospital at its side', async () => {
    const hospital = recordId('songjiang/org-shanghai-first-hospital');
    const add = (name: string, token: string, rest: object) =>
      done('addPartnerOrganization', { cooperation, name, ...rest }, token);
    await refused('addPartnerOrganization', { cooperation, name: '医院' });
    await add('上海市第一人民医院', east, { role: '帮扶医院', organization: hospital });
    await add('上饶市中心医院', west, { role: '受援医院' });
    const { partners } = await see('partners { organizations { name role organization { id name } } }', east);
    expect(partners).toEqual([
      {
        organizations: [
          { name: '上海市第一人民医院', role: '帮扶医院', organization: { id: hospital, name: '上海市第一人民医院' } },
        ],
      },
      { organizations: [{ name: '上饶市中心医院', role: '受援医院', organization: null }] },
    ]);
  });

  test('both record the steps, which keep their order though two of them have no date', async () => {
    const add = async (token: string, title: string, stage: string, rest: object = {}) =>
      (await done('addMilestone', { cooperation, title, stage, ...rest }, token)).id as string;
    await add(west, '到松江学习考察', 'VISIT', { date: '2023-03-01' });
    const talks = await add(east, '两院座谈', 'TALKS', { date: '2024-03-26' });
    for (const [token, title, stage, date] of [
      [west, '医院领导调研', 'SURVEY', undefined],
      [east, '专家指导', 'SUPPORT', '2023-06'],
      [west, '骨干进修', 'TRAINING', '2023-11'],
      [east, '达成共识', 'CONSENSUS', '2024-01'],
    ] as const)
      await add(token, title, stage, { before: talks, ...(date && { date }) });
    await add(west, '签订协议', 'SIGNING');
    await refused('addMilestone', { cooperation, title: '走访', stage: 'VISIT' });
    await done('planMilestone', { cooperation, title: '双向转诊', stage: 'MECHANISM' }, east);
    const { milestones, nextMilestone } = await see(
      'milestones { stage date { start precision } done committee { code } } nextMilestone { title date { start } }',
      west,
    );
    expect(
      milestones.map((one: { stage: string; date: { start: string } | null }) => [one.stage, one.date?.start ?? null]),
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
    expect(milestones.map((one: { done: boolean }) => one.done)).toEqual([...Array(7).fill(true), false]);
    expect(nextMilestone).toEqual({ title: '双向转诊', date: null });
  });

  test('the visitor records the visit, and what became at home of what it found', async () => {
    const visit = (
      await done(
        'recordVisit',
        { cooperation, title: '到松江学习考察', host: songjiang, region: songjiang, heldFrom: '2023-03-01' },
        west,
      )
    ).id;
    await refused('recordVisitFinding', { visit, kind: 'EXPERIENCE', text: '经验' });
    const finding = (
      await done('recordVisitFinding', { visit, kind: 'EXPERIENCE', text: '医院之间结对共建专科' }, west)
    ).id;
    await done('recordVisitFinding', { visit, kind: 'SUGGESTION', text: '互派医护人员' }, east);
    await refused('takeUpVisitFinding', { visitFinding: finding, measures: '措施' }, [east, ...outside]);
    await done('takeUpVisitFinding', { visitFinding: finding, measures: '由市中心医院对接' }, west);
    await done('carryOutVisitFinding', { visitFinding: finding, result: '两院已座谈' }, west);
    const { visits } = await see(
      'visits { committee { code } host { code } region { name } held { start } findings { kind status result committee { code } } }',
      east,
    );
    expect(visits).toEqual([
      {
        committee: { code: shangrao },
        host: { code: songjiang },
        region: { name: '松江区' },
        held: { start: '2023-03-01' },
        findings: [
          { kind: 'EXPERIENCE', status: 'CARRIED_OUT', result: '两院已座谈', committee: { code: shangrao } },
          { kind: 'SUGGESTION', status: 'RECORDED', result: null, committee: { code: songjiang } },
        ],
      },
    ]);
  });

  test('the agreement has its file, which both sides read and nobody else', async () => {
    agreement = (
      await done(
        'addAgreement',
        { cooperation, title: '两院合作协议', parties: ['上海市第一人民医院', '上饶市中心医院'] },
        east,
      )
    ).id;
    const form = new FormData();
    form.append('file', new Blob([pdf]), '合作协议.pdf');
    const sent = await fetch(`${hub.url}/files?for=agreement`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${east}` },
    });
    expect(sent.status).toBe(201);
    file = ((await sent.json()) as { file: { id: string } }).file.id;
    expect((await download(file, west)).status).toBe(404);
    await refused('signAgreement', { agreement, file }, outside);
    await done('signAgreement', { agreement }, west);
    const signed = await done(
      'signAgreement',
      { agreement, file },
      east,
      'status signed { start } files { kind file { name bytes url } }',
    );
    expect(signed).toEqual({
      status: 'SIGNED',
      signed: null,
      files: [{ kind: 'SIGNED', file: { name: '合作协议.pdf', bytes: pdf.length, url: `/files/${file}` } }],
    });
    for (const token of [east, west]) {
      const answer = await download(file, token);
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.arrayBuffer()).equals(pdf)).toBe(true);
    }
    // Who is of the office sees what the office sees, whatever they are charged with.
    for (const token of outside.filter((_, at) => at !== 3)) expect((await download(file, token)).status).toBe(404);
    expect((await download(file, outside[3])).status).toBe(200);
  });

  test('it is adopted by both once party committee and government of each have adopted it', async () => {
    const outcome = (
      await done('recordCooperationOutcome', { cooperation, title: '两院合作', kind: 'AGREEMENT', agreement }, west)
    ).id;
    const decision = (body: string, bodyName: string, status: string) => ({
      cooperationOutcome: outcome,
      body,
      bodyName,
      status,
    });
    const decide = async (token: string, body: string, bodyName: string, status = 'ADOPTED', rest: object = {}) =>
      (await done(
        'decideCooperationOutcome',
        { ...decision(body, bodyName, status), ...rest },
        token,
        'adoptedByAll adoptions { id status superseded committee { code } }',
      )) as { adoptedByAll: boolean; adoptions: { id: string; status: string }[] };
    expect((await decide(east, 'PARTY_COMMITTEE', '中共松江区委')).adoptedByAll).toBe(false);
    expect((await decide(east, 'GOVERNMENT', '松江区人民政府')).adoptedByAll).toBe(false);
    expect((await decide(west, 'PARTY_COMMITTEE', '中共上饶市委')).adoptedByAll).toBe(false);
    const studied = await decide(west, 'GOVERNMENT', '上饶市人民政府', 'UNDER_STUDY');
    expect(studied.adoptedByAll).toBe(false);
    const supersedes = studied.adoptions.at(-1)?.id;
    await refused('decideCooperationOutcome', decision('GOVERNMENT', '徐汇区人民政府', 'ADOPTED'));
    const { adoptedByAll, adoptions } = await decide(west, 'GOVERNMENT', '上饶市人民政府', 'ADOPTED', { supersedes });
    expect(adoptedByAll).toBe(true);
    expect(adoptions).toHaveLength(5);
  });

  test('nobody outside sees any of it, and when a partner leaves it is outside too', async () => {
    const whole = `id milestones { id } visits { id } agreements { id files { file { id } } } outcomes { id } partners { id }`;
    for (const token of outside.filter((_, at) => at !== 3)) expect(await see(whole, token)).toBeNull();
    await refused('leaveCooperation', { cooperation, reason: '退出' }, [east, ...outside]);
    await done('concludeCooperation', { cooperation, result: '转入两院常态合作' }, east);
    await done('leaveCooperation', { cooperation, reason: '合作已转为两院常态工作' }, west);
    expect(await see(whole, west)).toBeNull();
    expect((await download(file, west)).status).toBe(404);
    expect((await download(file, east)).status).toBe(200);
    expect(await see('milestones { id } partners(statuses: [LEFT]) { reason }', east)).toMatchObject({
      milestones: { length: 8 },
      partners: [{ reason: '合作已转为两院常态工作' }],
    });
  });

  test('阳春’s outbound visits stand in a record of its own, each with where it went and what it found', async () => {
    const token = await hub.staff(yangchun, ['meetings']);
    const own = (
      await done(
        'proposeCooperation',
        { title: '赴珠三角考察', kind: 'STUDY_VISIT', field: '产业承接', role: 'VISITOR', visibility: 'PUBLIC' },
        token,
      )
    ).id;
    for (const [region, title] of [
      ['440100', '走访广州'],
      ['440600', '走访佛山'],
      ['440606', '走访顺德'],
    ]) {
      const visit = (await done('recordVisit', { cooperation: own, title, region }, token)).id;
      await done('recordVisitFinding', { visit, kind: 'EXPERIENCE', text: `${title}所见` }, token);
    }
    const { data } = await hub.ask(
      `{ committee(code: "${yangchun}") { visits(first: 10) { totalCount nodes { region { name } held { start } findings { kind } } } } }`,
    );
    expect(data.committee.visits.totalCount).toBe(3);
    expect(data.committee.visits.nodes.map((one: { region: { name: string } }) => one.region.name).sort()).toEqual(
      ['佛山市', '广州市', '顺德区'].sort(),
    );
    expect(data.committee.visits.nodes.every((one: { held: unknown }) => one.held === null)).toBe(true);
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
