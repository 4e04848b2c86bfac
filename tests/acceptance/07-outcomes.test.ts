/**
 * 滨江区政协's way from a wish to an outcome: a wish of the public, a consultation at the station of an industrial park, a
 * member's suggestion, what a department and the government made of it, and the kindergarten that opened.
 */
import { recordId } from '@hub/facts';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putIntoDirectory } from '../hub/directory.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const binjiang = '330108';
const linping = '330113';
const city = '330100';
const station = recordId('binjiang/iot-park-station');
const jia = '10000000-0000-4000-8000-0000000007a1';
const chair = 'binjiang/member-zhang-wei';
const education = '10000000-0000-4000-8000-0000000007d1';
const transport = '10000000-0000-4000-8000-0000000007d2';

const shown: readonly (readonly [RegExp, string, string])[] = [
  [/Submission/, 'submission', 'id status'],
  [/Outcome/, 'outcome', 'id title on { start precision } suggestions { id }'],
  [
    /Suggestion|CoAuthor/,
    'suggestion',
    'id status revision adoptedByAll adoptions { id body status superseded } authors { member { id } } measures plannedEnd',
  ],
  [/Consultation|PartVisibility/, 'consultation', 'id status'],
];

describe('in process', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('in process');
    await putIntoDirectory(hub, {
      members: { [jia]: binjiang },
      organizations: { [education]: binjiang, [transport]: binjiang },
    });
    vi.useFakeTimers({ toFake: ['Date'] });
    setDay('2026-03-02');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const setDay = (day: string, time = '09:00') => vi.setSystemTime(new Date(`${day}T${time}:00+08:00`));

  // A token lives shorter than the clock jumps, so each question is asked with a new one.
  type Who = (() => Promise<string>) | null;
  const office: Who = () => hub.staff(binjiang, ['meetings']);
  const secondSecretary: Who = () => hub.staff(binjiang);
  const officeAbove: Who = () => hub.staff(city, ['meetings']);
  const officeBeside: Who = () => hub.staff(linping, ['meetings']);
  const proposalsOnly: Who = () => hub.staff(binjiang, ['proposals']);
  const member: Who = () => hub.member(jia, binjiang);
  const coAuthor: Who = () => hub.member(chair, binjiang);
  const memberBeside: Who = () => hub.member('linping/member-jin-danwen', linping);
  const schools: Who = () => hub.department(binjiang, education);
  const buses: Who = () => hub.department(binjiang, transport);
  const parent: Who = null;
  const outside: readonly Who[] = [
    parent,
    memberBeside,
    officeBeside,
    officeAbove,
    proposalsOnly,
    buses,
    () => hub.token({ role: 'operator' }),
  ];

  const ask = async (query: string, who: Who, receipt?: string) =>
    hub.ask(query, {
      ...(who && { token: await who() }),
      ...(receipt !== undefined && { headers: { 'x-receipt': receipt } }),
    });
  const step = async (name: string, input: object, who: Who = office) => {
    const [, field, selection] = shown.find(([pattern]) => pattern.test(name)) ?? ['', '', ''];
    const extra = name === 'fileSubmission' ? 'id receipt' : '';
    const { data, errors } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${extra} ${field} { ${selection} } userErrors { code path } } }`,
      { variables: { input }, ...(who && { token: await who() }) },
    );
    const answer = data?.[name];
    return {
      code: (errors[0]?.extensions.code ?? answer?.userErrors[0]?.code ?? null) as string | null,
      record: answer?.[field ?? ''] ?? null,
      answer,
    };
  };
  const done = async (name: string, input: object, who: Who = office) => {
    const { code, record, answer } = await step(name, input, who);
    expect({ name, code }).toEqual({ name, code: null });
    return record ?? answer;
  };
  const codeOf = async (name: string, input: object, who: Who = office) => (await step(name, input, who)).code;
  const refusals = ['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'];
  const refusedTo = async (name: string, input: object, others: readonly Who[] = outside) => {
    for (const who of others) expect(refusals).toContain(await codeOf(name, input, who));
  };
  const see = async (selection: string, who: Who = office) =>
    (await ask(`{ suggestion(id: "${suggestion}") { ${selection} } }`, who)).data.suggestion;

  let wish: { id: string; receipt: string };
  let consultation = '';
  let suggestion = '';
  let decided: { id: string; body: string; status: string; superseded: boolean }[] = [];

  test('a parent’s wish is taken up after its day, and marked so', async () => {
    const { answer } = await step(
      'fileSubmission',
      { committee: binjiang, kind: 'WISH', title: '园区托幼', text: '双职工家庭的孩子无人照看。' },
      parent,
    );
    wish = answer;
    const due = deadlineAfter(today(), 5, 'WORKING_DAYS').day;
    setDay('2026-03-10');
    expect(today() > due).toBe(true);
    await done('acceptSubmission', { submission: wish.id });
    const { data } = await ask(
      `{ submission(id: "${wish.id}") { status events { step due late } } }`,
      parent,
      wish.receipt,
    );
    expect(data.submission).toEqual({
      status: 'ACCEPTED',
      events: [
        { step: 'fileSubmission', due: null, late: false },
        { step: 'acceptSubmission', due, late: true },
      ],
    });
  });

  test('it is consulted about through the station of the park, by its own committee', async () => {
    const plan = {
      committee: binjiang,
      title: '园区青年职工子女照看',
      kind: 'STATION',
      workstation: station,
      visibility: 'PUBLIC',
    };
    await refusedTo('planConsultation', plan, [
      parent,
      memberBeside,
      officeBeside,
      officeAbove,
      proposalsOnly,
      schools,
    ]);
    consultation = (await done('planConsultation', plan)).id;
    expect(await codeOf('makeSuggestion', { consultation, text: '办园' }, member)).toBe('STEP_NOT_ALLOWED');
    expect(await codeOf('recordOutcome', { consultation, kind: 'FACILITY', title: '开园' })).toBe('STEP_NOT_ALLOWED');
    await done('scheduleConsultation', {
      consultation,
      parts: [{ title: '协商会', starts: '2026-04-09T14:00:00+08:00', ends: '2026-04-09T16:00:00+08:00' }],
    });
    const { data } = await ask(
      `{ consultation(id: "${consultation}") { status hosts { workstation { id } } } }`,
      office,
    );
    expect(data.consultation).toEqual({ status: 'SCHEDULED', hosts: [{ workstation: { id: station } }] });
  });

  test('a member suggests a kindergarten with another, who is an author once they confirm it', async () => {
    const input = { consultation, text: '园区办一所面向职工子女的幼儿园', coAuthors: [recordId(chair)] };
    await refusedTo('makeSuggestion', input, [...outside, schools]);
    const first = await done('makeSuggestion', input, member);
    expect(first).toMatchObject({ status: 'SUBMITTED', authors: [{ member: { id: jia } }] });
    expect((await done('withdrawSuggestion', { suggestion: first.id }, member)).status).toBe('WITHDRAWN');
    suggestion = (await done('makeSuggestion', input, member)).id;
    expect(await see('id', parent)).toBeNull();
    await refusedTo('confirmCoAuthorship', { suggestion }, [...outside, member]);
    expect((await done('confirmCoAuthorship', { suggestion }, coAuthor)).authors).toHaveLength(2);
    await refusedTo('takeSuggestion', { suggestion }, [...outside, member, coAuthor]);
    await done('takeSuggestion', { suggestion });
    expect(await codeOf('withdrawSuggestion', { suggestion }, member)).toBe('STEP_NOT_ALLOWED');
    // That it is taken up shows it to nobody yet: that is the office's to say.
    expect(await see('status', parent)).toBeNull();
    const published = { part: suggestion, visibility: 'PUBLIC' };
    await refusedTo('setPartVisibility', published, [...outside, schools, member]);
    await done('setPartVisibility', published);
    expect(await see('status', parent)).toEqual({ status: 'TAKEN' });
  });

  test('it goes to one department, comes back with a reason and is answered by another', async () => {
    expect(await codeOf('assignSuggestion', { suggestion, department: transport })).toBe('STEP_NOT_ALLOWED');
    setDay('2026-04-09', '17:00');
    await done('recordConsultationHeld', { consultation });
    await done('assignSuggestion', { suggestion, department: transport });
    expect(await codeOf('handBackSuggestion', { suggestion, reason: ' ' }, buses)).toBe('REQUIRED');
    await done('handBackSuggestion', { suggestion, reason: '属教育部门职责' }, buses);
    await done('assignSuggestion', { suggestion, department: education });
    const due = deadlineAfter(today(), 15, 'WORKING_DAYS').day;
    const [pending] = (await see('pendingSteps { step due }', schools)).pendingSteps.slice(-1);
    expect(pending).toEqual({ step: 'answerSuggestion', due });
    expect(refusals).toContain(await codeOf('answerSuggestion', { suggestion, answer: '不归我' }, buses));
    expect(await codeOf('answerSuggestion', { suggestion, answer: '' }, schools)).toBe('REQUIRED');
    const answered = await done(
      'answerSuggestion',
      { suggestion, answer: '九月开园', measures: '选址、装修、招生', plannedEnd: '2026-09-01' },
      schools,
    );
    expect(answered).toMatchObject({ status: 'ANSWERED', measures: '选址、装修、招生', plannedEnd: '2026-09-01' });
  });

  test('what each body made of it is kept decision by decision, and all adopted it only when each has', async () => {
    const decide = (input: object, who: Who = office) => ({
      name: 'decideSuggestion',
      input: { suggestion, ...input },
      who,
    });
    const government = { body: 'GOVERNMENT', bodyName: '区政府' };
    const department = { body: 'DEPARTMENT', bodyName: '区教育局' };
    const run = async (input: object) =>
      (await done('decideSuggestion', decide(input).input)) as { adoptions: typeof decided; adoptedByAll: boolean };
    await refusedTo('decideSuggestion', decide({ ...government, status: 'ADOPTED' }).input, [
      ...outside,
      schools,
      member,
    ]);
    expect(await codeOf('decideSuggestion', decide({ ...government, status: 'NOT_ADOPTED' }).input)).toBe('REQUIRED');
    await run({ ...department, status: 'UNDER_STUDY' });
    decided = (await run({ ...government, status: 'PLANNED' })).adoptions;
    const [studied, planned] = decided;
    const both = await Promise.all(
      [office, secondSecretary].map((who) =>
        codeOf('decideSuggestion', decide({ ...government, status: 'ADOPTED', supersedes: planned?.id }).input, who),
      ),
    );
    expect([...both].sort()).toEqual(['DECISION_SUPERSEDED', null]);
    expect((await see('adoptedByAll')).adoptedByAll).toBe(false);
    const last = await run({ ...department, status: 'ADOPTED', supersedes: studied?.id });
    expect(last.adoptedByAll).toBe(false);
    const whole = await run({ body: 'PARTY_COMMITTEE', bodyName: '区委', status: 'ADOPTED' });
    expect(whole.adoptedByAll).toBe(true);
    expect(whole.adoptions.map(({ body, status, superseded }) => [body, status, superseded])).toEqual([
      ['DEPARTMENT', 'UNDER_STUDY', true],
      ['GOVERNMENT', 'PLANNED', true],
      ['GOVERNMENT', 'ADOPTED', false],
      ['DEPARTMENT', 'ADOPTED', false],
      ['PARTY_COMMITTEE', 'ADOPTED', false],
    ]);
  });

  test('the kindergarten opens: a month is shown as a month, and comes from the suggestion', async () => {
    setDay('2026-09-20');
    const opened = {
      consultation,
      kind: 'FACILITY',
      title: '园区幼儿园开园',
      on: '2026-09',
      suggestions: [suggestion],
      visibility: 'PUBLIC',
    };
    await refusedTo('recordOutcome', opened, [...outside, schools, member]);
    const strange = recordId('binjiang/iot-park-kindergarten-suggestion');
    expect(await codeOf('recordOutcome', { ...opened, suggestions: [strange] })).toBe('INVALID');
    expect(await done('recordOutcome', opened)).toMatchObject({
      on: { start: '2026-09', precision: 'MONTH' },
      suggestions: [{ id: suggestion }],
    });
    await done('solveSubmission', { submission: wish.id, result: '已开园', consultation });
  });

  test('anybody walks from the wish to the outcome and back, once the decisions are published too', async () => {
    expect(await see('adoptions { id }', parent)).toEqual({ adoptions: [] });
    for (const { id } of (await see('adoptions { id }')).adoptions)
      await done('setPartVisibility', { part: id, visibility: 'PUBLIC' });
    const forth = await ask(
      `{ submission(id: "${wish.id}") { status consultation { id suggestions { nodes { id adoptions { status superseded } outcomes { title } } } } } }`,
      parent,
      wish.receipt,
    );
    expect(forth.errors).toEqual([]);
    const { consultation: of, status } = forth.data.submission;
    expect([status, of.id]).toEqual(['SOLVED', consultation]);
    const [only] = of.suggestions.nodes;
    expect(of.suggestions.nodes).toHaveLength(1);
    expect([only.id, only.adoptions.length, only.outcomes]).toEqual([suggestion, 5, [{ title: '园区幼儿园开园' }]]);
    const back = await ask(
      `{ consultationOutcomes(within: "${binjiang}", first: 50) { nodes { title suggestions { id consultation { id submissions { id } } } } } }`,
      office,
    );
    const opened = back.data.consultationOutcomes.nodes.find(
      (node: { title: string }) => node.title === '园区幼儿园开园',
    );
    expect(opened.suggestions).toEqual([
      { id: suggestion, consultation: { id: consultation, submissions: [{ id: wish.id }] } },
    ]);
  });

  test('its authors follow each step of it', async () => {
    for (const who of [member, coAuthor]) {
      const { events, outcomes } = await see('events { step } outcomes { title }', who);
      expect(events.map((event: { step: string }) => event.step)).toEqual([
        'makeSuggestion',
        'confirmCoAuthorship',
        'takeSuggestion',
        'assignSuggestion',
        'handBackSuggestion',
        'assignSuggestion',
        'answerSuggestion',
      ]);
      expect(outcomes).toHaveLength(1);
    }
  });

  test('a consultation that is hidden breaks the way for the public and says nothing of what it was', async () => {
    await done('updateConsultation', { consultation, visibility: 'INTERNAL' });
    expect(await see('id', parent)).toBeNull();
    const { data, errors } = await ask(
      `{ submission(id: "${wish.id}") { status consultation { id } } }`,
      parent,
      wish.receipt,
    );
    expect([data.submission, errors]).toEqual([{ status: 'SOLVED', consultation: null }, []]);
    expect(await see('status', member)).toEqual({ status: 'ANSWERED' });
  });

  test('the document’s own kindergarten stays as it tells it: undated, adopted by nobody, opened in a month inferred', async () => {
    const key = 'binjiang/iot-park-kindergarten';
    const { data } = await ask(
      `{ consultation(id: "${recordId(key)}") { status held { start } suggestions { nodes { status adoptions { status } adoptedByAll } }
        outcomes { kind on { start precision yearInferred } suggestions { id } } }
        dated: consultations(within: "${binjiang}", first: 50, filter: { from: "2000-01-01", until: "2026-12-31" }) { nodes { id } } }`,
      parent,
    );
    expect(data.consultation).toEqual({
      status: 'HELD',
      held: null,
      suggestions: { nodes: [{ status: 'RECORDED', adoptions: [], adoptedByAll: false }] },
      outcomes: [
        { kind: 'FACILITY', on: { start: '2023-09', precision: 'MONTH', yearInferred: true }, suggestions: [] },
      ],
    });
    expect(data.dated.nodes.map((node: { id: string }) => node.id)).not.toContain(recordId(key));
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
