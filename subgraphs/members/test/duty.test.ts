import type { Actor } from '@hub/access';
import { recordId, recordRow } from '@hub/facts';
import { members } from '@hub/members';
import { agency, everyone, feed, member, operator, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { member as memberTable, organization, organizationMember, person } from '../src/tables.ts';
import { tongcheng } from './scoring-rules/tongcheng.ts';

const owner = '330700';
const secretary = staff(owner);
const names = ['甲', '乙', '丙', '丁', '戊', '己'];
const idOf = (name: string) => recordId(`duty/${name}`);
const as = (name: string, convenes: readonly string[] = []): Actor => ({
  kind: 'MEMBER',
  subject: name,
  member: idOf(name),
  committee: owner,
  memberships: [idOf(name)],
  convenes,
});
const sector = recordId('duty/经济界');
let hub: TestSubgraph;
let place = '';

const fact = (name: string, index: number, more: object = {}) => ({
  id: recordId(`${name}/${index}`),
  member: idOf(name),
  kind: 'ACTIVITY',
  title: `${name}${index}`,
  on: '2024-05-20',
  outcomes: ['PRESENT'],
  rank: 1,
  authors: 1,
  recordType: 'Activity',
  record: recordId(`activity/${index}`),
  owner,
  visibility: 'MEMBERS',
  parties: [],
  ...more,
});
const tell = async (facts: readonly object[], withdrawn: readonly string[] = []) => {
  const next = `${place}+`;
  const { errors } = await hub.ask('mutation ($input: ProjectDutyInput!) { projectDuty(input: $input) { next } }', {
    as: feed,
    variables: { input: { source: 'workstations', after: place, next, head: next, facts, withdrawn } },
  });
  expect(errors).toEqual([]);
  place = next;
};
const set = async (rules: unknown, actor: Actor = secretary, validFromYear = 2020, committee = owner) => {
  const { data, errors } = await hub.ask(
    'mutation ($input: SetScoringRulesInput!) { setScoringRules(input: $input) { scoringRules { version validFromYear label rules } userErrors { code path message } } }',
    {
      as: actor,
      variables: {
        input: { committee, validFromYear, rules: typeof rules === 'string' ? rules : JSON.stringify(rules) },
      },
    },
  );
  return errors[0] ?? data.setScoringRules;
};

beforeAll(async () => {
  hub = await startTestSubgraph(members, 'empty');
  await hub.put(
    { table: person, rows: names.map((name) => ({ ...recordRow({ key: `person/${name}` }, owner), name })) },
    {
      table: memberTable,
      rows: names.map((name) => ({
        ...recordRow({ key: `duty/${name}` }, owner),
        person: recordId(`person/${name}`),
        name,
      })),
    },
    {
      table: organization,
      rows: [{ ...recordRow({ key: 'duty/经济界' }, owner), name: '经济界', classification: 'SECTOR' }],
    },
    {
      table: organizationMember,
      rows: ['甲', '乙'].map((name) => ({
        ...recordRow({ key: `duty/经济界/${name}`, visibility: 'INTERNAL' }, owner),
        organization: sector,
        member: idOf(name),
        role: name === '甲' ? 'CONVENOR' : 'MEMBER',
        validFrom: '2022-01-01',
      })),
    },
  );
  // 甲 once, 乙 twice … 己 six times, each 2 points up to 10.
  await tell(names.flatMap((name, at) => Array.from({ length: at + 1 }, (_, index) => fact(name, index))));
});
afterAll(() => hub.stop());

describe('rules of scoring', () => {
  test('are set by staff in charge of members, and by nobody else', async () => {
    const unqualified: Actor = { kind: 'STAFF', subject: 'meetings', committee: owner, duties: ['meetings'] };
    for (const actor of [everyone, as('甲'), agency, operator, feed, unqualified])
      expect(await set(tongcheng, actor)).toBe('FORBIDDEN');
    expect(await set(tongcheng, staff('330100'))).toMatchObject({ userErrors: [{ code: 'NOT_YOURS' }] });
    expect(await set(tongcheng)).toMatchObject({ scoringRules: { version: 1, validFromYear: 2020 }, userErrors: [] });
  });

  test('that can’t be used are refused with the place that is wrong', async () => {
    expect(await set('{')).toMatchObject({ userErrors: [{ code: 'INVALID_RULES', path: ['input', 'rules'] }] });
    const { items, ...rest } = tongcheng;
    const wrong = { ...rest, items: [{ ...items[0], kinds: ['FISHING'] }, ...items.slice(1)] };
    expect(await set(wrong)).toMatchObject({
      scoringRules: null,
      userErrors: [{ code: 'INVALID_RULES', path: ['input', 'rules', 'items[0].kinds[0]'] }],
    });
  });

  test('set by two at once are two versions', async () => {
    const both = await Promise.all([set({ ...tongcheng, label: '其一' }), set({ ...tongcheng, label: '其二' })]);
    expect(both.map(({ scoringRules }) => scoringRules.version).sort()).toEqual([2, 3]);
  });

  test('stay by version, for members and staff of the committee', async () => {
    const look = async (actor: Actor, version: number | null = null) =>
      (
        await hub.ask(
          'query ($version: Int) { committee(code: "330700") { scoringRules(version: $version) { version label rules } } }',
          { as: actor, variables: { version } },
        )
      ).data.committee.scoringRules;
    expect(await look(secretary)).toMatchObject({ version: 3 });
    expect(await look(as('甲'), 1)).toMatchObject({ version: 1, label: tongcheng.label });
    expect(JSON.parse((await look(as('甲'), 1)).rules)).toEqual(tongcheng);
    expect(await look(secretary, 9)).toBeNull();
    for (const actor of [everyone, staff('330000'), member('yuhang/member-li-dan', '330110'), agency])
      expect(await look(actor)).toBeNull();
  });
});

describe('a score', () => {
  const scoreOf = async (name: string, actor: Actor, year = 2024, rulesVersion: number | null = null) => {
    const { data, errors } = await hub.ask(
      `query ($id: ID!, $year: Int!, $rulesVersion: Int) { member(id: $id) { dutyReport(year: $year, rulesVersion: $rulesVersion) {
        score { scored reason total maximum rulesVersion rulesLabel band { label } lines { item label points counted unit capped uncapped explanation facts { points explanation fact { title activity { id } consultation { id } } } } } } } }`,
      { as: actor, variables: { id: idOf(name), year, rulesVersion } },
    );
    expect(errors).toEqual([]);
    return data.member.dutyReport.score;
  };

  test('is told line by line with each event behind it, and is the sum of its lines', async () => {
    const score = await scoreOf('己', as('己'));
    expect(score).toMatchObject({ scored: true, reason: null, total: 10, rulesVersion: 3 });
    const line = score.lines.find(({ points }: { points: number }) => points > 0);
    expect(line).toMatchObject({ points: 10, uncapped: 12, counted: 6, unit: '次', capped: true });
    expect(line.facts).toHaveLength(6);
    expect(line.facts[0]).toMatchObject({
      points: 2,
      fact: { title: expect.stringContaining('己'), activity: { id: expect.any(String) } },
    });
    expect(score.lines.reduce((sum: number, { points }: { points: number }) => sum + points, 0)).toBe(score.total);
    expect(await scoreOf('己', secretary)).toEqual(score);
  });

  test('is none for a year before the rules, and is made again under an earlier version', async () => {
    expect(await scoreOf('己', as('己'), 2019)).toBeNull();
    expect(await scoreOf('己', as('己'), 2024, 1)).toMatchObject({ total: 10, rulesVersion: 1 });
    expect(await scoreOf('己', as('己'), 2024, 77)).toBeNull();
  });

  test('takes a year’s facts from outside of the calendar where the rules say so', async () => {
    await set(
      {
        format: 1,
        label: '虹口',
        items: [
          {
            item: 'proposal',
            label: '提案',
            kinds: ['PROPOSAL'],
            outcomes: ['FILED'],
            points: 5,
            unit: '件',
            period: { from: '12-01', until: '11-30' },
          },
        ],
      },
      secretary,
      2030,
    );
    await tell([
      fact('丁', 90, { kind: 'PROPOSAL', outcomes: ['SUBMITTED', 'FILED'], on: '2023-12-05' }),
      fact('丁', 91, { kind: 'PROPOSAL', outcomes: ['SUBMITTED', 'FILED'], on: '2024-12-05' }),
    ]);
    expect(await scoreOf('丁', as('丁'), 2024, 4)).toMatchObject({ total: 5, lines: [{ counted: 1 }] });
    await tell([], [recordId('丁/90'), recordId('丁/91')]);
  });
});

describe('the reports of a committee', () => {
  const list = async (actor: Actor, args = '') => {
    const { data, errors, statements } = await hub.ask(
      `{ committee(code: "330700") { dutyReports(year: 2024${args}) { totalCount pageInfo { hasNextPage endCursor } nodes { member { name occupation } counted { total } score { total } } } } }`,
      { as: actor },
    );
    expect(errors).toEqual([]);
    return { list: data.committee.dutyReports, statements };
  };
  const namesOf = (found: { nodes: { member: { name: string } }[] }) =>
    found.nodes.map(({ member }) => member.name).join('');

  test('are for its own staff alone', async () => {
    for (const actor of [everyone, as('甲'), staff('330000'), staff('330110'), agency, operator])
      expect((await list(actor)).list).toBeNull();
    expect((await list(secretary)).list.totalCount).toBe(6);
  });

  test('are ordered by times, by score or by name, and read page by page', async () => {
    expect(namesOf((await list(secretary)).list)).toBe('己戊丁丙乙甲');
    expect(namesOf((await list(secretary, ', orderBy: TOTAL_ASC')).list)).toBe('甲乙丙丁戊己');
    const scores = (await list(secretary, ', orderBy: SCORE_DESC')).list.nodes.map(
      ({ score }: { score: { total: number } }) => score.total,
    );
    expect(scores).toEqual([10, 10, 8, 6, 4, 2]);
    const first = (await list(secretary, ', first: 4')).list;
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = (await list(secretary, `, first: 4, after: "${first.pageInfo.endCursor}"`)).list;
    expect(namesOf(first) + namesOf(rest)).toBe('己戊丁丙乙甲');
  });

  test('are those of an organization where one is given', async () => {
    expect(namesOf((await list(secretary, `, organization: "${sector}"`)).list)).toBe('乙甲');
    expect((await list(secretary, ', organization: "none"')).list.totalCount).toBe(0);
  });

  test('cost the same number of statements however many there are', async () => {
    const short = await list(secretary, `, organization: "${sector}"`);
    const one = await list(secretary, ', first: 1');
    const all = await list(secretary, ', first: 6');
    expect(all.statements).toBe(one.statements);
    expect(short.statements).toBe(one.statements + 1);
    const query =
      'query ($first: Int) { committee(code: "330700") { members(first: $first) { nodes { dutyReport(year: 2024) { total { value } score { total } } } } } }';
    const few = await hub.ask(query, { as: secretary, variables: { first: 1 } });
    const many = await hub.ask(query, { as: secretary, variables: { first: 6 } });
    expect(many.data.committee.members.nodes).toHaveLength(6);
    expect(many.statements).toBe(few.statements);
  });
});

describe('a spread', () => {
  const spread = async (actor: Actor, year = 2024) =>
    (
      await hub.ask(
        'query ($year: Int!) { committee(code: "330700") { dutySpread(year: $year) { year counts { members mean quartiles } scores { members mean quartiles } bands { label members } incomplete } } }',
        { as: actor, variables: { year } },
      )
    ).data.committee.dutySpread;

  test('of all members is for members and staff of the committee, and names nobody', async () => {
    const seen = await spread(as('甲'));
    expect(seen).toMatchObject({
      counts: { members: 6, mean: 3.5, quartiles: [2.25, 3.5, 4.75] },
      scores: { members: 6, mean: 6.67, quartiles: [4.5, 7, 9.5] },
      incomplete: false,
    });
    expect(seen.bands.reduce((sum: number, { members }: { members: number }) => sum + members, 0)).toBe(6);
    expect(await spread(secretary)).toEqual(seen);
    for (const actor of [everyone, staff('330000'), member('yuhang/member-li-dan', '330110'), agency, operator])
      expect(await spread(actor)).toBeNull();
  });

  test('of fewer than five is none', async () => {
    await hub.testDatabase.admin`update members.member set deleted = now() where name in ('戊', '己')`;
    expect(await spread(as('甲'))).toMatchObject({ counts: null, scores: null, bands: [] });
    await hub.testDatabase.admin`update members.member set deleted = null`;
  });
});

describe('the duty of an organization', () => {
  const summary = async (actor: Actor) =>
    (
      await hub.ask(
        `{ organization(id: "${sector}") { dutySummary(year: 2024) { members total lines { kind count } scores { mean } } } }`,
        { as: actor },
      )
    ).data.organization?.dutySummary;

  test('is for the committee’s staff and its own convenor', async () => {
    const whole = { members: 2, total: 3, lines: [{ kind: '活动', count: 3 }], scores: null };
    expect(await summary(secretary)).toEqual(whole);
    expect(await summary(as('甲', [sector]))).toEqual(whole);
    for (const actor of [everyone, as('甲'), as('乙', [recordId('another')]), staff('330000'), agency, operator])
      expect((await summary(actor)) ?? null).toBeNull();
  });
});

describe('a person with two memberships', () => {
  test('has a record under each, each by the rules of its own committee, and nothing of one in the other', async () => {
    const elsewhere = '330702';
    const second = recordId('duty/甲 elsewhere');
    await hub.put({
      table: memberTable,
      rows: [{ ...recordRow({ key: 'duty/甲 elsewhere' }, elsewhere), person: recordId('person/甲'), name: '甲' }],
    });
    await set({ ...tongcheng, label: '另一套' }, staff(elsewhere), 2020, elsewhere);
    await tell([fact('甲', 50, { member: second, owner: elsewhere })]);
    const both: Actor = { ...member(idOf('甲'), owner), memberships: [idOf('甲'), second] };
    const { data, errors } = await hub.ask(
      '{ me { dutyReports(year: 2024) { member { id } counted { total facts { title } } score { rulesLabel total } } } }',
      { as: both },
    );
    expect(errors).toEqual([]);
    expect(data.me.dutyReports).toMatchObject([
      {
        member: { id: idOf('甲') },
        counted: { total: 1, facts: [{ title: '甲0' }] },
        score: { rulesLabel: expect.stringContaining('其') },
      },
      { member: { id: second }, counted: { total: 1, facts: [{ title: '甲50' }] }, score: { rulesLabel: '另一套' } },
    ]);
    expect(
      (await hub.ask('{ me { dutyReports(year: 2024) { year } } }', { as: secretary })).data.me.dutyReports,
    ).toEqual([]);
  });
});
