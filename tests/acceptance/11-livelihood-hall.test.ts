/**
 * 新昌县政协 at 凤山新村: a visit, the counterpart consultation that follows it, suggestions with what a department did about
 * them, and readings of progress; and the document's own records of the same, which nothing of this changes.
 */
import { recordId } from '@hub/facts';
import { deadlineAfter, deadlineBefore, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putIntoDirectory } from '../hub/directory.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const xinchang = '330624';
const shaoxing = '330600';
const yongkang = '330784';
const builder = '10000000-0000-4000-8000-0000000011a1';
const zheng = 'xinchang/member-zheng-liming';
const construction = '10000000-0000-4000-8000-0000000011d1';
const otherDepartment = '10000000-0000-4000-8000-0000000011d2';

const shown: readonly (readonly [RegExp, string, string])[] = [
  [/PartVisibility/, 'consultation', 'id'],
  [/Reading/, 'reading', 'id text value { value qualifier text } unit on { start precision } recordedBy'],
  [/Outcome/, 'outcome', 'id kind title'],
  [/evaluateConsultation/, 'consultation', 'id'],
  [/FollowUp|Results|Minutes|Handling|reviewConsultation|followUp/, 'followUp', 'id status'],
  [/Suggestion/, 'suggestion', 'id status adoptedByAll adoptions { status }'],
  [/Consultation/, 'consultation', 'id status'],
];

describe('in process', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('in process');
    await putIntoDirectory(hub, {
      members: { [builder]: xinchang, '10000000-0000-4000-8000-0000000011a9': yongkang },
      organizations: { [construction]: xinchang },
    });
    vi.useFakeTimers({ toFake: ['Date'] });
    setDay('2024-07-01');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const setDay = (day: string, time = '09:00') => vi.setSystemTime(new Date(`${day}T${time}:00+08:00`));

  type Who = (() => Promise<string>) | null;
  const office: Who = () => hub.staff(xinchang, ['meetings']);
  const townships: Who = () => hub.staff(xinchang, ['township']);
  const officeAbove: Who = () => hub.staff(shaoxing, ['meetings']);
  const officeBeside: Who = () => hub.staff(yongkang, ['meetings']);
  const member: Who = () => hub.member(builder, xinchang);
  const second: Who = () => hub.member(zheng, xinchang);
  const memberBeside: Who = () => hub.member('10000000-0000-4000-8000-0000000011a9', yongkang);
  const works: Who = () => hub.department(xinchang, construction);
  const others: Who = () => hub.department(xinchang, otherDepartment);
  const everyone: Who = null;
  const outside: readonly Who[] = [
    everyone,
    memberBeside,
    officeBeside,
    officeAbove,
    townships,
    others,
    () => hub.token({ role: 'operator' }),
  ];

  const ask = async (query: string, who: Who = everyone) => hub.ask(query, who ? { token: await who() } : {});
  const step = async (name: string, input: object, who: Who = office) => {
    const [, field, selection] = shown.find(([pattern]) => pattern.test(name)) ?? ['', '', ''];
    const { data, errors } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${field} { ${selection} } userErrors { code path } } }`,
      { variables: { input }, ...(who && { token: await who() }) },
    );
    const answer = data?.[name];
    return {
      code: (errors[0]?.extensions.code ?? answer?.userErrors[0]?.code ?? null) as string | null,
      record: answer?.[field ?? ''] ?? null,
    };
  };
  const done = async (name: string, input: object, who: Who = office) => {
    const { code, record } = await step(name, input, who);
    expect({ name, code }).toEqual({ name, code: null });
    return record;
  };
  const codeOf = async (name: string, input: object, who: Who = office) => (await step(name, input, who)).code;
  const refusals = ['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'];
  const refusedTo = async (name: string, input: object, who: readonly Who[] = outside) => {
    for (const one of who) expect(refusals).toContain(await codeOf(name, input, one));
  };
  const scheduled = (consultation: string, day: string) =>
    done('scheduleConsultation', {
      consultation,
      parts: [{ title: '上午', starts: `${day}T09:00:00+08:00`, ends: `${day}T11:00:00+08:00` }],
    });

  let visit = '';
  let meeting = '';
  let planning = '';
  let quality = '';

  test('a visit is planned, announced in time and held on its day', async () => {
    const plan = {
      committee: xinchang,
      title: '凤山新村片区老旧小区改造视察',
      kind: 'INSPECTION',
      localKind: '专题视察',
      region: xinchang,
      visibility: 'PUBLIC',
    };
    await refusedTo('planConsultation', plan, [...outside, member, works]);
    visit = (await done('planConsultation', plan)).id;
    await refusedTo('scheduleConsultation', {
      consultation: visit,
      parts: [{ title: '上午', starts: '2024-07-31T09:00:00+08:00', ends: '2024-07-31T11:00:00+08:00' }],
    });
    await scheduled(visit, '2024-07-31');
    const due = deadlineBefore('2024-07-31', 15, 'WORKING_DAYS').day;
    expect(due).toBe('2024-07-10');
    await done('announceConsultation', { consultation: visit });
    setDay('2024-07-31', '12:00');
    await done('recordConsultationHeld', { consultation: visit });
    const { data } = await ask(`{ consultation(id: "${visit}") { status minutesDue held { start } } }`);
    expect(data.consultation).toEqual({ status: 'HELD', minutesDue: '2024-08-09', held: { start: '2024-07-31' } });
  });

  test('the counterpart consultation follows the visit, and nothing that its committee can’t see', async () => {
    const plan = {
      committee: xinchang,
      title: '老旧小区改造对口协商',
      kind: 'COUNTERPART',
      follows: visit,
      visibility: 'PUBLIC',
    };
    const hidden = (
      await done('planConsultation', { committee: yongkang, title: '内部视察', kind: 'INSPECTION' }, officeBeside)
    ).id;
    expect(await codeOf('planConsultation', { ...plan, follows: hidden })).toBe('NOT_FOUND');
    meeting = (await done('planConsultation', plan)).id;
    await scheduled(meeting, '2024-08-28');
    expect(await codeOf('recordConsultationHeld', { consultation: meeting })).not.toBeNull();
    const { data } = await ask(`{ consultation(id: "${meeting}") { follows { id followedBy { id } } } }`);
    expect(data.consultation.follows).toEqual({ id: visit, followedBy: [{ id: meeting }] });
  });

  test('two members suggest; the department answers one and hands the other back first, and then late', async () => {
    await refusedTo('makeSuggestion', { consultation: meeting, text: '细化规划' }, [...outside, works]);
    setDay('2024-08-28', '12:00');
    await done('recordConsultationHeld', { consultation: meeting });
    planning = (await done('makeSuggestion', { consultation: meeting, text: '细化整体规划' }, member)).id;
    quality = (await done('makeSuggestion', { consultation: meeting, text: '抓好项目建设' }, second)).id;
    for (const suggestion of [planning, quality]) {
      await done('takeSuggestion', { suggestion });
      await done('assignSuggestion', { suggestion, department: construction });
    }
    expect(refusals).toContain(await codeOf('answerSuggestion', { suggestion: planning, answer: '代答' }, others));
    await done('answerSuggestion', { suggestion: planning, answer: '已纳入规划' }, works);
    await done('handBackSuggestion', { suggestion: quality, reason: '需先明确范围' }, works);
    await done('assignSuggestion', { suggestion: quality, department: construction });
    const due = deadlineAfter(today(), 15, 'WORKING_DAYS').day;
    setDay('2024-10-08');
    await done('answerSuggestion', { suggestion: quality, answer: '按月推进' }, works);
    const { data } = await ask(`{ suggestion(id: "${quality}") { status events { step due late } } }`, second);
    expect(data.suggestion.status).toBe('ANSWERED');
    expect(data.suggestion.events.at(-1)).toEqual({ step: 'answerSuggestion', due, late: true });
  });

  test('what was made of each is kept apart, and outcomes need no number', async () => {
    const decide = (suggestion: string, status: string, reason?: string) =>
      done('decideSuggestion', { suggestion, body: 'DEPARTMENT', bodyName: '县建设局', status, reason });
    expect((await decide(planning, 'ADOPTED')).adoptedByAll).toBe(false);
    const both = { suggestion: planning, status: 'ADOPTED' };
    await done('decideSuggestion', { ...both, body: 'GOVERNMENT', bodyName: '县政府' });
    expect((await done('decideSuggestion', { ...both, body: 'PARTY_COMMITTEE', bodyName: '县委' })).adoptedByAll).toBe(
      true,
    );
    expect((await decide(quality, 'PARTLY_ADOPTED', '分期实施')).adoptedByAll).toBe(false);
    await done('recordOutcome', {
      consultation: meeting,
      kind: 'PROPOSAL',
      title: '形成提案',
      suggestions: [planning],
    });
    await done('recordOutcome', { consultation: meeting, kind: 'OTHER', title: '形成社情民意信息' });
  });

  test('progress is read again and again; nothing is sharpened, overwritten or recorded by others', async () => {
    const draft = (
      await done('planConsultation', { committee: xinchang, title: '回访', kind: 'INSPECTION', visibility: 'PUBLIC' })
    ).id;
    await scheduled(draft, '2024-11-20');
    expect(await codeOf('recordReading', { consultation: draft, text: '未开' })).toBe('STEP_NOT_ALLOWED');
    await refusedTo('recordReading', { consultation: meeting, text: '二期' }, [...outside, member, works]);
    await refusedTo('reportReading', { suggestion: quality, text: '二期' }, [...outside, member, office]);
    const indicator = '二期进度';
    const reported = await done(
      'reportReading',
      { suggestion: quality, indicator, text: '二期', on: '2024-10', value: { value: 45 }, unit: '%' },
      works,
    );
    // What a department reports the office publishes.
    await done('setPartVisibility', { part: reported.id, visibility: 'PUBLIC' });
    const read = (input: object) =>
      done('recordReading', { consultation: meeting, suggestion: quality, visibility: 'PUBLIC', ...input });
    expect(
      await codeOf('recordReading', { consultation: meeting, suggestion: quality, text: '验收', on: '2024-11' }),
    ).toBe('DATE_FUTURE');
    setDay('2024-11-25');
    await read({ text: '一期已通过验收', on: '2024-11' });
    const over = await read({
      indicator,
      text: '二期整体进度',
      on: '2024-11',
      value: { value: 70, qualifier: 'AT_LEAST', text: '超70' },
      unit: '%',
    });
    expect(over.value).toEqual({ value: 70, qualifier: 'AT_LEAST', text: '超70' });
    await read({ indicator, text: '现场所见' });
    await read({ indicator, text: '二期', on: '2024-10-20', value: { value: 60 }, unit: '%' });
    const { data } = await ask(
      `{ consultation(id: "${meeting}") { readingSeries { indicator readings { text recordedBy on { start } value { text } } } } }`,
    );
    const series = data.consultation.readingSeries.find((one: { indicator: string }) => one.indicator === indicator);
    expect(series.readings).toEqual([
      { text: '二期', recordedBy: 'DEPARTMENT', on: { start: '2024-10' }, value: { text: '45' } },
      { text: '二期', recordedBy: 'STAFF', on: { start: '2024-10-20' }, value: { text: '60' } },
      { text: '二期整体进度', recordedBy: 'STAFF', on: { start: '2024-11' }, value: { text: '超70' } },
      { text: '现场所见', recordedBy: 'STAFF', on: null, value: null },
    ]);
  });

  test('a member walks from the suggestion to its readings, and back to the visit', async () => {
    const { data, errors } = await ask(
      `{ suggestion(id: "${quality}") { adoptions { status } readings { suggestion { id } consultation { id follows { id } } } } }`,
      second,
    );
    expect(errors).toEqual([]);
    expect(data.suggestion.adoptions).toEqual([{ status: 'PARTLY_ADOPTED' }]);
    expect(data.suggestion.readings).toHaveLength(5);
    for (const reading of data.suggestion.readings)
      expect(reading).toEqual({ suggestion: { id: quality }, consultation: { id: meeting, follows: { id: visit } } });
  });

  test('it is followed up from the minutes to the review, with attitude and result apart', async () => {
    await refusedTo('fileMinutes', { consultation: meeting, minutes: '纪要' }, [...outside, member, works]);
    const followUp = (
      await done('fileMinutes', { consultation: meeting, minutes: '对口协商会纪要', visibility: 'PUBLIC' })
    ).id;
    await done('sendResults', { followUp, to: '县建设局', form: 'INFORMATION', title: '协商意见' });
    await done('receiveHandlingReport', { followUp, from: '县建设局', text: '二期超七成' });
    await done('followUpConsultation', { followUp, through: visit });
    const evaluate = { followUp, body: 'COMMITTEE', bodyName: '县政协', attitude: 'SATISFIED', result: 'DISSATISFIED' };
    expect(await codeOf('evaluateFollowUp', evaluate)).toBe('REQUIRED');
    await done('evaluateFollowUp', { ...evaluate, reason: '二期尚未完工', visibility: 'PUBLIC' });
    await refusedTo('evaluateConsultation', { consultation: meeting, attitude: 5, result: 5 }, [
      ...outside,
      works,
      office,
    ]);
    await done('reviewConsultation', { followUp, findings: '居民出行改善' });
    expect((await done('closeFollowUp', { followUp })).status).toBe('CLOSED');
    const { data } = await ask(
      `{ consultation(id: "${meeting}") { followUp { events { step late } evaluations { attitude result reason } } } }`,
    );
    expect(data.consultation.followUp.events.map((event: { step: string }) => event.step)).toEqual([
      'fileMinutes',
      'sendResults',
      'receiveHandlingReport',
      'followUpConsultation',
      'evaluateFollowUp',
      'reviewConsultation',
      'closeFollowUp',
    ]);
    expect(data.consultation.followUp.events[0].late).toBe(true);
    expect(data.consultation.followUp.evaluations).toEqual([
      { attitude: 'SATISFIED', result: 'DISSATISFIED', reason: '二期尚未完工' },
    ]);
  });

  test('the document’s readings stand undated, in its order, with its own words', async () => {
    const { data } = await ask(
      `{ visit: consultation(id: "${recordId('xinchang/fengshan-inspection-2024-07')}") { held { start } followedBy { id held { start } } readings { on { start } text value { value qualifier text } unit recordedBy source suggestion { id } } }
        found: consultations(within: "${xinchang}", first: 50, filter: { from: "2024-07-31", until: "2024-07-31" }) { nodes { id } } }`,
    );
    expect(data.visit.readings.slice(0, 2)).toEqual([
      { on: null, text: '一期已通过验收', value: null, unit: null, recordedBy: null, source: 'S0', suggestion: null },
      {
        on: null,
        text: '二期整体进度',
        value: { value: 70, qualifier: 'AT_LEAST', text: '超70' },
        unit: '%',
        recordedBy: null,
        source: 'S0',
        suggestion: null,
      },
    ]);
    expect(data.visit.readings).toHaveLength(4);
    expect(data.visit.followedBy).toEqual([{ id: recordId('xinchang/fengshan-counterpart-2024'), held: null }]);
    const ids = data.found.nodes.map((node: { id: string }) => node.id);
    expect(ids).toContain(recordId('xinchang/fengshan-inspection-2024-07'));
    expect(ids).not.toContain(recordId('xinchang/fengshan-counterpart-2024'));
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
