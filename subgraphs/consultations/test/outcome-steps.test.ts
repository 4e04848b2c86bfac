import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { recordId } from '@hub/facts';
import { department, everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bySeries } from '../src/outcomes/series.ts';
import { consultationRows } from './records.ts';

const county = '330624';
const city = '330600';
const builder = '10000000-0000-4000-8000-0000000000d1';
const other = '10000000-0000-4000-8000-0000000000d2';
const author = member('10000000-0000-4000-8000-000000000001', county);
const proposalsOnly: Actor = { kind: 'STAFF', subject: 'proposals only', committee: county, duties: ['proposals'] };

let hub: TestSubgraph;
let held = '';
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  held = await hold('test/held');
});
afterAll(() => hub.stop());

async function hold(key: string, given: Partial<Parameters<typeof consultationRows>[0]> = {}): Promise<string> {
  const [whole, hosts] = consultationRows({ key, hosts: [county], ...given });
  if (whole && hosts) await hub.put(whole, hosts);
  return recordId(key);
}

const run = async (name: string, fields: string, input: object, as: Actor) => {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`,
    { as, variables: { input } },
  );
  return { ...data?.[name], code: errors[0] ?? data?.[name]?.userErrors[0]?.code ?? null };
};
const read = (input: object, as: Actor = staff(county)) =>
  run(
    'recordReading',
    'reading { id indicator text unit value { value qualifier text } on { start precision } recordedBy suggestion { id } consultation { id } }',
    { consultation: held, text: '二期进度', ...input },
    as,
  );
const report = (input: object, as: Actor) =>
  run(
    'reportReading',
    'reading { text recordedBy suggestion { id } consultation { id } }',
    { text: '已完成45%', ...input },
    as,
  );
const outcome = (input: object, as: Actor = staff(county)) =>
  run(
    'recordOutcome',
    'outcome { id kind title on { start precision } suggestions { id } }',
    { consultation: held, kind: 'FACILITY', title: '幼儿园开园', ...input },
    as,
  );
const instruction = (input: object, as: Actor = staff(county)) =>
  run(
    'recordInstruction',
    'outcome { id kind level side office description }',
    {
      consultation: held,
      title: '关于协商情况的专报',
      level: 'CITY',
      side: 'PARTY_COMMITTEE',
      office: '市委书记',
      ...input,
    },
    as,
  );
/** A suggestion of the author's that was given to the builders' department, and is the office's own unless it is published. */
async function given(consultation: string = held, visibility: string | null = null): Promise<string> {
  const made = await run('makeSuggestion', 'suggestion { id }', { consultation, text: '细化规划' }, author);
  const id = made.suggestion.id as string;
  await run('takeSuggestion', 'suggestion { id }', { suggestion: id, visibility }, staff(county));
  await run('assignSuggestion', 'suggestion { id }', { suggestion: id, department: builder }, staff(county));
  return id;
}

describe('a reading of progress', () => {
  test('keeps the figure, its words and its date as they are given and sharpens none of them', async () => {
    const { reading } = await read({
      indicator: '二期进度',
      on: '2024-11',
      value: { value: 70, qualifier: 'AT_LEAST', text: '超70' },
      unit: '%',
    });
    expect(reading).toMatchObject({
      indicator: '二期进度',
      value: { value: 70, qualifier: 'AT_LEAST', text: '超70' },
      unit: '%',
      on: { start: '2024-11', precision: 'MONTH' },
      recordedBy: 'STAFF',
      consultation: { id: held },
      suggestion: null,
    });
    expect((await read({ on: '2024-13' })).code).toBe('BAD_USER_INPUT');
    expect((await read({ text: ' ' })).code).toBe('REQUIRED');
  });

  test('stands in its series by its time, and undated ones after those that have one', async () => {
    const whole = await hold('test/series');
    for (const [text, on] of [
      ['一期已通过验收', null],
      ['过半', '2024-12-02'],
      ['近半', '2024-10'],
      ['更正', '2024-12-02'],
    ])
      await read({ consultation: whole, indicator: '进度', text, on, visibility: 'PUBLIC' });
    await read({ consultation: whole, text: '燃气施工中', visibility: 'PUBLIC' });
    const { data } = await hub.ask(
      `{ consultation(id: "${whole}") { readings { text } readingSeries { indicator readings { text } } } }`,
    );
    expect(data.consultation.readings.map(({ text }: { text: string }) => text)).toEqual([
      '一期已通过验收',
      '过半',
      '近半',
      '更正',
      '燃气施工中',
    ]);
    expect(data.consultation.readingSeries).toEqual([
      {
        indicator: '进度',
        readings: [{ text: '近半' }, { text: '过半' }, { text: '更正' }, { text: '一期已通过验收' }],
      },
      { indicator: null, readings: [{ text: '燃气施工中' }] },
    ]);
    expect(bySeries([])).toEqual([]);
  });

  test('is taken by staff of what was held, and by a department of what it was given', async () => {
    const suggestion = await given(held, 'PUBLIC');
    const mine = await report({ suggestion }, department(county, builder));
    expect(mine.reading).toMatchObject({
      recordedBy: 'DEPARTMENT',
      suggestion: { id: suggestion },
      consultation: { id: held },
    });
    for (const [input, as, code] of [
      [{}, department(county, builder), 'FORBIDDEN'],
      [{}, staff(city), 'NOT_YOURS'],
      [{}, author, 'FORBIDDEN'],
      [{}, everyone, 'FORBIDDEN'],
      [{}, proposalsOnly, 'FORBIDDEN'],
      [{ suggestion: await given(await hold('test/other')) }, staff(county), 'INVALID'],
    ] as const)
      expect((await read(input, as)).code).toBe(code);
    expect((await report({ suggestion }, department(county, other))).code).toBe('NOT_YOURS');
    expect((await report({ suggestion }, staff(county))).code).toBe('FORBIDDEN');
    for (const status of ['SCHEDULED', 'NOT_HELD'])
      expect((await read({ consultation: await hold(`test/${status}`, { status }) })).code).toBe('STEP_NOT_ALLOWED');
    const { data } = await hub.ask(`{ suggestion(id: "${suggestion}") { readings { text } } }`, { as: author });
    expect(data.suggestion.readings).toEqual([{ text: '已完成45%' }]);
  });

  test('of a department that may not see the consultation is kept with the consultation', async () => {
    const inside = await hold('test/inside', { visibility: 'MEMBERS' });
    const suggestion = await given(inside);
    const done = await report({ suggestion, text: '已开工' }, department(county, builder));
    expect([done.code, done.reading]).toEqual([
      null,
      { text: '已开工', recordedBy: 'DEPARTMENT', suggestion: { id: suggestion }, consultation: null },
    ]);
    const { data } = await hub.ask(`{ suggestion(id: "${suggestion}") { readings { text recordedBy } } }`, {
      as: author,
    });
    expect(data.suggestion.readings).toEqual([{ text: '已开工', recordedBy: 'DEPARTMENT' }]);
  });
});

describe('an outcome', () => {
  test('leads back to the suggestions that it came from, and they to it', async () => {
    const suggestion = await given(held, 'PUBLIC');
    const made = await outcome({ on: '2023-09', suggestions: [suggestion], visibility: 'PUBLIC' });
    expect(made.outcome).toMatchObject({
      on: { start: '2023-09', precision: 'MONTH' },
      suggestions: [{ id: suggestion }],
    });
    const { data } = await hub.ask(
      `{ suggestion(id: "${suggestion}") { adoptedByAll outcomes { title consultation { id } } } }`,
    );
    expect(data.suggestion).toEqual({
      adoptedByAll: false,
      outcomes: [{ title: '幼儿园开园', consultation: { id: held } }],
    });
    const elsewhere = await given(await hold('test/elsewhere'));
    expect((await outcome({ suggestions: [elsewhere] })).code).toBe('INVALID');
    expect((await outcome({ suggestions: [recordId('no/body')] })).code).toBe('INVALID');
  });

  test('of a suggestion that was hidden since is shown without it', async () => {
    const whole = await hold('test/hidden');
    const suggestion = await given(whole, 'PUBLIC');
    const { outcome: made } = await outcome({ consultation: whole, suggestions: [suggestion], visibility: 'PUBLIC' });
    await hub.testDatabase.admin.unsafe(
      `update consultations.suggestion set visibility = 'INTERNAL', parties = '{}' where id = '${suggestion}'`,
    );
    const { data } = await hub.ask(`{ consultationOutcome(id: "${made.id}") { title suggestions { id } } }`);
    expect(data.consultationOutcome).toEqual({ title: '幼儿园开园', suggestions: [] });
  });

  test('is recorded by staff of the committee that leads, of what was held', async () => {
    for (const [as, code] of [
      [staff(city), 'NOT_YOURS'],
      [author, 'FORBIDDEN'],
      [department(county, builder), 'FORBIDDEN'],
      [everyone, 'FORBIDDEN'],
      [proposalsOnly, 'FORBIDDEN'],
    ] as const) {
      expect((await outcome({}, as)).code).toBe(code);
      expect((await instruction({}, as)).code).toBe(code);
    }
    const planned = await hold('test/PLANNED', { status: 'PLANNED' });
    expect((await outcome({ consultation: planned })).code).toBe('STEP_NOT_ALLOWED');
    expect((await outcome({ kind: 'INSTRUCTION' })).code).toBe('INVALID');
    expect((await outcome({ title: '  ' })).code).toBe('REQUIRED');
  });
});

describe('an instruction', () => {
  test('is counted by level and side, in its year, for all who may see it', async () => {
    const place = '330114';
    const whole = await hold('test/instructions', { hosts: [place] });
    const give = async (level: string, side: string, on: string | null, visibility = 'PUBLIC') =>
      expect((await instruction({ consultation: whole, level, side, on, visibility }, staff(place))).code).toBeNull();
    await give('CITY', 'PARTY_COMMITTEE', '2023-05');
    await give('COUNTY', 'GOVERNMENT', '2023-06-01');
    await give('COUNTY', 'GOVERNMENT', '2024');
    await give('COUNTY', 'COMMITTEE', null);
    await give('COUNTY', 'GOVERNMENT', '2023', 'INTERNAL');
    const summary = async (code: string, args: string, as: Actor = everyone) => {
      const { data } = await hub.ask(
        `{ _entities(representations: [{ __typename: "Committee", code: "${code}" }]) { ... on Committee { instructionSummary${args} { total { value basis } byLevelAndSide { level side count } } } } }`,
        { as },
      );
      return data._entities[0].instructionSummary;
    };
    expect(await summary(place, '(year: 2023)')).toEqual({
      total: { value: 2, basis: 'COUNTED' },
      byLevelAndSide: [
        { level: 'CITY', side: 'PARTY_COMMITTEE', count: 1 },
        { level: 'COUNTY', side: 'GOVERNMENT', count: 1 },
      ],
    });
    expect((await summary('330100', '')).total.value).toBe(4);
    expect((await summary('330100', '(scope: OWN)')).total.value).toBe(0);
    expect((await summary(place, '(year: 2023)', staff(place))).total.value).toBe(3);
    const many = (codes: readonly string[]) =>
      hub.ask(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { instructionSummary { total { value } byLevelAndSide { count } } } } }`,
        { variables: { of: codes.map((code) => ({ __typename: 'Committee', code })) } },
      );
    const twenty = ['330114', '330110', '330108', '330109', '330106', '330105', '330102', '330111', '330112', '330113'];
    expect((await many(twenty)).statements).toBe((await many([place])).statements);
  });

  test('of one that committees of two places host is counted at both, and once where both are', async () => {
    const joint = await hold('test/two', { hosts: ['330127', '330102'] });
    await instruction({ consultation: joint }, staff('330127'));
    const total = async (code: string) =>
      (
        await hub.ask(
          `{ _entities(representations: [{ __typename: "Committee", code: "${code}" }]) { ... on Committee { instructionSummary { total { value } } } } }`,
          { as: staff('330127') },
        )
      ).data._entities[0].instructionSummary.total.value;
    const before = 4;
    expect([await total('330127'), await total('330102'), await total('330100')]).toEqual([1, 1, before + 1]);
  });

  test('says the office and no name is asked for', async () => {
    const { outcome: made } = await instruction({ text: '请有关部门研究吸收' });
    expect(made).toMatchObject({
      kind: 'INSTRUCTION',
      level: 'CITY',
      side: 'PARTY_COMMITTEE',
      office: '市委书记',
      description: '请有关部门研究吸收',
    });
    expect((await instruction({ office: ' ' })).code).toBe('REQUIRED');
  });
});
