import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { recordId } from '@hub/facts';
import {
  agency,
  department,
  everyone,
  feed,
  liaison,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  walk,
} from '@hub/testkit';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suggestionMachine } from '../src/suggestions/suggestion.machine.ts';
import { consultation } from '../src/tables.ts';
import { consultationRows, partRow } from './records.ts';

const county = '330108';
const neighbour = '330113';
const city = '330100';
const sector = '10000000-0000-4000-8000-0000000000c1';
const education = '10000000-0000-4000-8000-0000000000d1';
const transport = '10000000-0000-4000-8000-0000000000d2';
const jia = member('10000000-0000-4000-8000-000000000001', county, [sector]);
const yi = member('10000000-0000-4000-8000-000000000002', county);
const bing = member('10000000-0000-4000-8000-000000000003', county);
const convenor = member('10000000-0000-4000-8000-000000000004', county, [sector]);
const abroad = member('10000000-0000-4000-8000-000000000005', neighbour);
const proposalsOnly: Actor = { kind: 'STAFF', subject: 'proposals only', committee: county, duties: ['proposals'] };

let hub: TestSubgraph;
let held = '';
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  held = await hold('test/held');
});
afterAll(() => hub.stop());

/** A consultation in a state, hosted by the county alone unless others are given. */
async function hold(key: string, given: Partial<Parameters<typeof consultationRows>[0]> = {}): Promise<string> {
  const [whole, hosts] = consultationRows({ key, hosts: [county], ...given });
  if (whole && hosts) await hub.put(whole, hosts);
  return recordId(key);
}

const fields = `suggestion { id status revision text reason answer measures plannedEnd
  authors { member { id } } namedAuthors { member { id } confirmed }
  adoptedByAll adoptions { id body bodyName status superseded reason decided { start precision } document } }`;
const step = (name: string, input: object, as: Actor = staff(county)) =>
  hub
    .ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`,
      { as, variables: { input } },
    )
    .then(({ data, errors }) => ({
      ...data?.[name],
      errors,
      code: errors[0] ?? data?.[name]?.userErrors[0]?.code ?? null,
    }));
const make = async (input: object = {}, as: Actor = jia) =>
  step('makeSuggestion', { consultation: held, text: '园区办一所幼儿园', ...input }, as);
/** The code of an office's setting who sees a part. */
const show = async (part: string, visibility: string, as: Actor = staff(county)) => {
  const { data, errors } = await hub.ask(
    'mutation ($input: SetPartVisibilityInput!) { setPartVisibility(input: $input) { consultation { id } userErrors { code path } } }',
    { as, variables: { input: { part, visibility } } },
  );
  return errors[0] ?? data.setPartVisibility.userErrors[0]?.code ?? null;
};
const look = (id: string, as: Actor, of = 'status') =>
  hub.ask(`query ($id: ID!) { suggestion(id: $id) { id ${of} } }`, { as, variables: { id } });
const sees = async (id: string, as: Actor) => (await look(id, as)).data.suggestion !== null;
/** A suggestion that was taken up, published and given to the department for education. */
const given = async (input: object = {}, visibility = 'PUBLIC') => {
  const { suggestion } = await make(input);
  await step('takeSuggestion', { suggestion: suggestion.id, visibility });
  const { code } = await step('assignSuggestion', { suggestion: suggestion.id, department: education });
  expect(code).toBeNull();
  return suggestion.id as string;
};

describe('a suggestion', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    const { faults, tried } = await walk({
      machine: suggestionMachine,
      ask: hub.ask,
      as: {
        STAFF: staff(county),
        AUTHOR: jia,
        CONVENOR: convenor,
        MEMBER: yi,
        DEPARTMENT: department(county, education),
      },
      strangers: [
        staff(city),
        staff(neighbour),
        proposalsOnly,
        bing,
        abroad,
        department(county, transport),
        liaison(county),
        everyone,
        agency,
        operator,
        feed,
      ],
      reader: staff(county),
      inputs: {
        makeSuggestion: () => ({ consultation: held, text: '建议', organization: sector, coAuthors: [yi.member] }),
        recordSuggestion: () => ({ consultation: held, text: '会上建议' }),
        confirmCoAuthorship: (suggestion) => ({ suggestion }),
        declineCoAuthorship: (suggestion) => ({ suggestion }),
        withdrawSuggestion: (suggestion) => ({ suggestion }),
        returnSuggestion: (suggestion) => ({ suggestion, reason: '请写明地点' }),
        reviseSuggestion: (suggestion) => ({ suggestion, text: '改后的建议' }),
        takeSuggestion: (suggestion) => ({ suggestion }),
        assignSuggestion: (suggestion) => ({ suggestion, department: education }),
        recallSuggestion: (suggestion) => ({ suggestion, reason: '误交' }),
        recordSuggestionAnswer: (suggestion) => ({ suggestion, answer: '已书面答复', answered: '2024-09-10' }),
        handBackSuggestion: (suggestion) => ({ suggestion, reason: '非本单位职责' }),
        answerSuggestion: (suggestion) => ({ suggestion, answer: '已安排' }),
        closeSuggestion: (suggestion) => ({ suggestion, result: '已建成' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(200);
  });

  test('is made by members of the committee at what is scheduled or held, and by nobody in another’s name', async () => {
    for (const [as, code] of [
      [everyone, 'FORBIDDEN'],
      [staff(county), 'FORBIDDEN'],
      [department(county, education), 'FORBIDDEN'],
      [abroad, 'NOT_YOURS'],
    ] as const)
      expect((await make({}, as)).code).toBe(code);
    expect((await make({ organization: sector }, yi)).code).toBe('NOT_YOURS');
    expect((await make({ text: ' ' })).code).toBe('REQUIRED');
    expect((await make({ coAuthors: [jia.member] })).code).toBe('INVALID');
    const inside = await hold('test/internal', { visibility: 'INTERNAL' });
    expect((await make({ consultation: inside })).code).toBe('NOT_FOUND');
    for (const [status, code] of [
      ['PLANNED', 'STEP_NOT_ALLOWED'],
      ['SCHEDULED', null],
      ['NOT_HELD', 'STEP_NOT_ALLOWED'],
    ] as const)
      expect((await make({ consultation: await hold(`test/${status}`, { status }) })).code).toBe(code);
  });

  test('is for staff and its authors, taken up as well, until its office shows it to more', async () => {
    const { suggestion } = await make({ coAuthors: [yi.member] });
    const reading = async () =>
      Promise.all([everyone, bing, staff(neighbour), yi, jia, staff(county)].map((as) => sees(suggestion.id, as)));
    expect(await reading()).toEqual([false, false, false, true, true, true]);
    await step('takeSuggestion', { suggestion: suggestion.id });
    expect(await reading()).toEqual([false, false, false, true, true, true]);
    expect(await show(suggestion.id, 'MEMBERS')).toBeNull();
    expect(await reading()).toEqual([false, true, false, true, true, true]);
    expect(await show(suggestion.id, 'PUBLIC')).toBeNull();
    expect(await reading()).toEqual([true, true, true, true, true, true]);
  });

  test('follows its consultation when that is shown to fewer, and its authors and department go on seeing it', async () => {
    const whole = await hold('test/narrowed', { visibility: 'PUBLIC' });
    const made = (await make({ consultation: whole })).suggestion.id;
    await step('takeSuggestion', { suggestion: made, visibility: 'PUBLIC' });
    await step('assignSuggestion', { suggestion: made, department: education });
    const waiting = (await make({ consultation: whole })).suggestion.id;
    expect(await sees(made, everyone)).toBe(true);
    const narrow = { key: 'test/narrowed', hosts: [county] as [string], visibility: 'INTERNAL' as const };
    await hub.put({
      table: consultation,
      rows: [{ ...partRow(narrow, narrow.key), title: '收窄', kind: 'TOPICAL', status: 'HELD' }],
    });
    const readers = [everyone, bing, staff(city), jia, department(county, education), staff(county)];
    expect(await Promise.all(readers.map((as) => sees(made, as)))).toEqual([false, false, false, true, true, true]);
    expect(await Promise.all(readers.map((as) => sees(waiting, as)))).toEqual([false, false, false, true, false, true]);
    const { data } = await look(made, department(county, education), 'consultation { id } text');
    expect(data.suggestion).toMatchObject({ consultation: null, text: '园区办一所幼儿园' });
    expect(
      (await step('answerSuggestion', { suggestion: made, answer: '已办' }, department(county, education))).code,
    ).toBeNull();
  });

  test('is withdrawn with its consultation', async () => {
    const whole = await hold('test/withdrawn');
    const { suggestion } = await make({ consultation: whole });
    await hub.testDatabase.admin.unsafe(`update consultations.consultation set deleted = now() where id = '${whole}'`);
    expect(await sees(suggestion.id, staff(county))).toBe(false);
  });

  test('has as authors only those who confirmed it, once and for themselves', async () => {
    const { suggestion } = await make({ coAuthors: [yi.member, bing.member] });
    expect(suggestion.authors).toEqual([{ member: { id: jia.member } }]);
    const steps = async (as: Actor) =>
      (await look(suggestion.id, as, 'pendingSteps { step }')).data.suggestion.pendingSteps.map(
        (pending: { step: string }) => pending.step,
      );
    expect(await steps(yi)).toEqual(['confirmCoAuthorship', 'declineCoAuthorship']);
    expect(await steps(jia)).toEqual(['withdrawSuggestion']);
    const said = await step('confirmCoAuthorship', { suggestion: suggestion.id }, yi);
    expect(said.suggestion.authors).toEqual([{ member: { id: jia.member } }, { member: { id: yi.member } }]);
    await step('declineCoAuthorship', { suggestion: suggestion.id }, bing);
    expect((await step('declineCoAuthorship', { suggestion: suggestion.id }, yi)).code).toBe('ALREADY_ANSWERED');
    expect(await steps(yi)).toEqual([]);
    const { data } = await look(suggestion.id, jia, 'namedAuthors { member { id } confirmed } events { step role }');
    expect(data.suggestion.namedAuthors).toEqual([
      { member: { id: yi.member }, confirmed: true },
      { member: { id: bing.member }, confirmed: false },
    ]);
    expect(data.suggestion.events.map((event: { step: string }) => event.step)).toEqual([
      'makeSuggestion',
      'confirmCoAuthorship',
      'declineCoAuthorship',
    ]);
    const ofMember = async (id: string) =>
      (
        await hub.ask(
          `{ _entities(representations: [{ __typename: "Member", id: "${id}" }]) { ... on Member { suggestions(first: 100) { nodes { id } } } } }`,
          { as: staff(county) },
        )
      ).data._entities[0].suggestions.nodes.map((node: { id: string }) => node.id);
    expect(await ofMember(yi.member)).toContain(suggestion.id);
    expect(await ofMember(bing.member)).not.toContain(suggestion.id);
  });

  test('stands for named members or for a number where staff record it, and needs no taking up', async () => {
    const many = await step('recordSuggestion', {
      consultation: held,
      text: '加装电梯',
      count: { value: 107, qualifier: 'AT_LEAST' },
      visibility: 'PUBLIC',
    });
    const { data } = await look(many.suggestion.id, everyone, 'status count { value atLeast text }');
    expect(data.suggestion).toMatchObject({
      status: 'RECORDED',
      count: { value: 107, atLeast: true, text: '107余' },
    });
    const named = await step('recordSuggestion', { consultation: held, text: '开放操场', authors: [bing.member] });
    expect(named.suggestion.authors).toEqual([{ member: { id: bing.member } }]);
    expect((await step('recordSuggestion', { consultation: held, text: '越权' }, staff(city))).code).toBe('NOT_YOURS');
  });

  test('is answered in time by the department that has it, which another one that had it reads no more', async () => {
    const inside = await hold('test/for-members', { visibility: 'MEMBERS' });
    const id = await given({ consultation: inside }, 'MEMBERS');
    const first = department(county, education);
    const other = department(county, transport);
    expect(await sees(id, other)).toBe(false);
    expect((await step('answerSuggestion', { suggestion: id, answer: '越权' }, other)).code).toBe('NOT_FOUND');
    expect((await step('handBackSuggestion', { suggestion: id, reason: ' ' }, first)).code).toBe('REQUIRED');
    expect((await step('handBackSuggestion', { suggestion: id, reason: '属交通部门' }, first)).code).toBeNull();
    await step('assignSuggestion', { suggestion: id, department: transport });
    expect([await sees(id, first), await sees(id, other)]).toEqual([false, true]);
    const answered = await step(
      'answerSuggestion',
      { suggestion: id, answer: '九月开园', measures: '选址、装修', plannedEnd: '2027-09-01' },
      other,
    );
    expect(answered.suggestion).toMatchObject({
      status: 'ANSWERED',
      answer: '九月开园',
      measures: '选址、装修',
      plannedEnd: '2027-09-01',
    });
    const { data } = await look(id, jia, 'events { step due late }');
    expect(data.suggestion.events.at(-1)).toEqual({
      step: 'answerSuggestion',
      due: deadlineAfter(today(), 15, 'WORKING_DAYS').day,
      late: false,
    });
  });

  test('tells the department that has it who made it, and no other department nor whoever had it before', async () => {
    const { suggestion } = await make({ coAuthors: [yi.member, bing.member] });
    const authors = async (as: Actor) =>
      (await look(suggestion.id, as, 'authors { member { id } }')).data.suggestion?.authors.map(
        (one: { member: { id: string } }) => one.member.id,
      ) ?? null;
    await step('confirmCoAuthorship', { suggestion: suggestion.id }, yi);
    await step('takeSuggestion', { suggestion: suggestion.id, visibility: 'PUBLIC' });
    const [first, second] = [department(county, education), department(county, transport)];
    expect(await authors(first)).toEqual([]);
    await step('assignSuggestion', { suggestion: suggestion.id, department: education });
    expect([await authors(first), await authors(second)]).toEqual([[jia.member, yi.member], []]);
    // One of another county that bears the same id has been given nothing.
    expect(await authors(department(neighbour, education))).toEqual([]);
    await step('answerSuggestion', { suggestion: suggestion.id, answer: '已办' }, first);
    expect(await authors(first)).toEqual([jia.member, yi.member]);
    const back = (await make()).suggestion.id;
    await step('takeSuggestion', { suggestion: back });
    await step('assignSuggestion', { suggestion: back, department: education });
    await step('handBackSuggestion', { suggestion: back, reason: '不属本局' }, first);
    await step('assignSuggestion', { suggestion: back, department: transport });
    expect(await sees(back, first)).toBe(false);
    const { data } = await look(back, second, 'authors { member { id } }');
    expect(data.suggestion.authors).toEqual([{ member: { id: jia.member } }]);
  });

  test('that is answered after its day is marked late, and answered all the same', async () => {
    const id = await given();
    await hub.testDatabase.admin.unsafe(`update consultations.suggestion set since = '2026-01-05' where id = '${id}'`);
    await step('answerSuggestion', { suggestion: id, answer: '已办' }, department(county, education));
    const { data } = await look(id, jia, 'status events { step due late }');
    expect(data.suggestion.events.at(-1)).toMatchObject({ late: true });
    expect(data.suggestion.status).toBe('ANSWERED');
  });

  test('isn’t given to a department before the consultation was held', async () => {
    const { suggestion } = await make({ consultation: await hold('test/SCHEDULED', { status: 'SCHEDULED' }) });
    await step('takeSuggestion', { suggestion: suggestion.id });
    expect((await step('assignSuggestion', { suggestion: suggestion.id, department: education })).code).toBe(
      'STEP_NOT_ALLOWED',
    );
    expect((await step('assignSuggestion', { suggestion: suggestion.id, department: 'nobody' })).code).toBe('INVALID');
  });

  test('sent twice with one key is made once', async () => {
    const idempotencyKey = '6f0c2a54-3d0e-4a2b-9f43-0d5c0e3a7b12';
    const both = await Promise.all([make({ idempotencyKey }), make({ idempotencyKey })]);
    expect(both[0].suggestion.id).toBe(both[1].suggestion.id);
  });

  test('is taken up or returned by one of two secretaries at once', async () => {
    const { suggestion } = await make();
    const answers = await Promise.all([
      step('takeSuggestion', { suggestion: suggestion.id, expectedRevision: 1 }),
      step('returnSuggestion', { suggestion: suggestion.id, expectedRevision: 1, reason: '请补充' }),
    ]);
    expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
  });
});

describe('what a body made of a suggestion', () => {
  const decide = (suggestion: string, input: object = {}, as: Actor = staff(county)) =>
    step(
      'decideSuggestion',
      { suggestion, body: 'GOVERNMENT', bodyName: '区政府', status: 'PLANNED', decided: '2026-09', ...input },
      as,
    );

  test('is decided by staff of the committee that hosts, with a reason where it is not adopted', async () => {
    const id = await given();
    for (const [as, code] of [
      [staff(city), 'NOT_YOURS'],
      [staff(neighbour), 'NOT_YOURS'],
      [proposalsOnly, 'FORBIDDEN'],
      [department(county, education), 'FORBIDDEN'],
      [jia, 'FORBIDDEN'],
      [everyone, 'FORBIDDEN'],
    ] as const)
      expect((await decide(id, {}, as)).code).toBe(code);
    expect((await decide(id, { status: 'NOT_ADOPTED' })).userErrors).toEqual([
      { code: 'REQUIRED', path: ['input', 'reason'] },
    ]);
    expect((await decide(id, { decided: '2026-02-30' })).code).toBe('BAD_USER_INPUT');
    expect((await decide((await make()).suggestion.id)).code).toBe('STEP_NOT_ALLOWED');
    const { suggestion } = await decide(id, {
      status: 'NOT_ADOPTED',
      reason: '用地不符',
      document: '区政发〔2026〕9号',
    });
    expect(suggestion.adoptions).toMatchObject([
      {
        status: 'NOT_ADOPTED',
        reason: '用地不符',
        decided: { start: '2026-09', precision: 'MONTH' },
        superseded: false,
      },
    ]);
    expect((await look(id, jia, 'adoptions { status }')).data.suggestion.adoptions).toEqual([
      { status: 'NOT_ADOPTED' },
    ]);
  });

  test('is kept when a later decision takes its place, and the latest of each body counts', async () => {
    const id = await given();
    const department = { body: 'DEPARTMENT', bodyName: '区教育局' };
    await decide(id, { ...department, status: 'UNDER_STUDY' });
    const planned = (await decide(id)).suggestion.adoptions.at(-1);
    expect((await decide(id, { status: 'ADOPTED' })).code).toBe('DECISION_EXISTS');
    const adopted = await decide(id, { status: 'ADOPTED', supersedes: planned.id });
    expect(
      adopted.suggestion.adoptions.map((one: { status: string; superseded: boolean }) => [one.status, one.superseded]),
    ).toEqual([
      ['UNDER_STUDY', false],
      ['PLANNED', true],
      ['ADOPTED', false],
    ]);
    expect(adopted.suggestion.adoptedByAll).toBe(false);
    expect((await decide(id, { status: 'ADOPTED', supersedes: planned.id })).code).toBe('DECISION_SUPERSEDED');
    const [studied] = adopted.suggestion.adoptions;
    const last = await decide(id, {
      ...department,
      status: 'ADOPTED',
      supersedes: studied.id,
      visibility: 'PUBLIC',
    });
    expect(last.suggestion.adoptedByAll).toBe(false);
    const both = await decide(id, { body: 'PARTY_COMMITTEE', bodyName: '区委', status: 'ADOPTED' });
    expect(both.suggestion.adoptedByAll).toBe(true);
    // In part is told why, as not at all is.
    const partly = { body: 'COMMITTEE', bodyName: '区政协', status: 'PARTLY_ADOPTED' };
    expect((await decide(id, partly)).code).toBe('REQUIRED');
    expect((await decide(id, { ...partly, reason: '分年办理' })).suggestion.adoptedByAll).toBe(false);
    const listed = async (status: string) =>
      (
        await hub.ask(`{ suggestions(first: 100, filter: { adopted: [${status}] }) { nodes { id } } }`)
      ).data.suggestions.nodes.map((node: { id: string }) => node.id);
    expect(await listed('ADOPTED')).toContain(id);
    expect(await listed('UNDER_STUDY')).not.toContain(id);
  });

  test('is one of two that are recorded at once', async () => {
    const id = await given();
    const first = await Promise.all([decide(id), decide(id, { status: 'ADOPTED' })]);
    expect(first.map(({ code }) => code).sort()).toEqual(['DECISION_EXISTS', null]);
    const [current] = (await look(id, jia, 'adoptions { id }')).data.suggestion.adoptions;
    const second = await Promise.all([
      decide(id, { supersedes: current.id }),
      decide(id, { status: 'ADOPTED', supersedes: current.id }),
    ]);
    expect(second.filter(({ code }) => code === null)).toHaveLength(1);
    expect(second.filter(({ code }) => code === 'DECISION_SUPERSEDED')).toHaveLength(1);
  });

  test('is recorded by each host for its own side, and by none for another’s', async () => {
    const joint = await hold('test/joint', { hosts: [county, neighbour], visibility: 'JOINT', subjects: [jia.member] });
    const { suggestion } = await make({ consultation: joint });
    await step('takeSuggestion', { suggestion: suggestion.id, visibility: 'JOINT' });
    const before = (await look(suggestion.id, staff(neighbour), 'revision')).data.suggestion.revision;
    const party = { body: 'PARTY_COMMITTEE', bodyName: '县委', status: 'ADOPTED' };
    for (const side of [staff(county), staff(neighbour)]) await decide(suggestion.id, party, side);
    await decide(suggestion.id, { status: 'ADOPTED' });
    const theirs = await decide(suggestion.id, { status: 'ADOPTED' }, staff(neighbour));
    expect(theirs.suggestion).toMatchObject({ adoptedByAll: true, revision: before });
    const own = theirs.suggestion.adoptions[2];
    expect((await decide(suggestion.id, { supersedes: own.id }, staff(neighbour))).code).toBe('DECISION_SUPERSEDED');
    expect((await decide(suggestion.id, {}, staff(city))).code).toBe('NOT_FOUND');
  });
});

describe('a list of suggestions', () => {
  test('costs as many statements for twenty as for one, with all that hangs on them', async () => {
    const whole = await hold('test/many');
    const page = (first: number) =>
      hub.ask(
        `{ consultation(id: "${whole}") { suggestions(first: ${first}) { totalCount nodes { status authors { member { id } } namedAuthors { confirmed }
          events { step } pendingSteps { step due } adoptions { status } adoptedByAll outcomes { title suggestions { id } } readings { text suggestion { id } } } } } }`,
        { as: staff(county) },
      );
    for (let at = 0; at < 20; at += 1) {
      const { suggestion } = await make({ consultation: whole, text: `建议${at}`, coAuthors: [yi.member] });
      if (at % 2 === 0) await step('takeSuggestion', { suggestion: suggestion.id });
    }
    const [one, twenty] = [await page(1), await page(20)];
    expect(twenty.data.consultation.suggestions.nodes).toHaveLength(20);
    expect(twenty.statements).toBe(one.statements);
    const submitted = await hub.ask(
      `{ suggestions(within: "${county}", first: 100, filter: { statuses: [TAKEN] }) { nodes { status } } }`,
      { as: staff(county) },
    );
    expect(new Set(submitted.data.suggestions.nodes.map((node: { status: string }) => node.status))).toEqual(
      new Set(['TAKEN']),
    );
  });
});
