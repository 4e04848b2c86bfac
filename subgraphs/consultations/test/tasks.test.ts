import { type Actor, type MemberActor, subjectOf } from '@hub/access';
import { consultations } from '@hub/consultations';
import { recordId } from '@hub/facts';
import {
  agency,
  department,
  everyone,
  liaison,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
} from '@hub/testkit';
import { deadlineAfter, deadlineBefore, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consultation } from '../src/tables.ts';
import { consultationRows, partRow } from './records.ts';

const idOf = (at: number) => `30000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const group = idOf(900);
const bureau = idOf(901);

/** A committee of its own for each test, so that nothing else waits for its people. */
const counties = [
  '330105',
  '330106',
  '330108',
  '330109',
  '330110',
  '330111',
  '330112',
  '330113',
  '330114',
  '330122',
  '330127',
  '330182',
];
let used = 0;
let people = 0;
function place() {
  const county = counties[used] ?? '';
  used += 1;
  people += 10;
  return {
    county,
    office: staff(county),
    jia: member(idOf(people), county),
    yi: member(idOf(people + 1), county),
    convenor: member(idOf(people + 2), county, [group]),
    bureau: department(county, bureau),
    liaison: liaison(county),
  };
}

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

const run = async (name: string, input: object, as: Actor, selection: string) => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await hub.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code path } } }`,
    { as, variables: { input } },
  );
  expect([...errors, ...(data?.[name]?.userErrors ?? [])]).toEqual([]);
  return data[name];
};
const ask = async (selection: string, as: Actor, id = as.kind === 'PUBLIC' ? 'public' : subjectOf(as)) => {
  const { data, errors, statements } = await hub.ask(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Me { ${selection} } } }`,
    { as, variables: { of: [{ __typename: 'Me', id }] } },
  );
  return { me: data?._entities[0], errors, statements };
};
type Task = { subject: string; recordType: string; record: string; title: string; step: { step: string; due: string } };
const tasks = async (as: Actor): Promise<Task[]> =>
  (await ask('consultationTasks { subject recordType record title step { step label due dueProvisional } }', as)).me
    .consultationTasks;
const steps = async (as: Actor) => (await tasks(as)).map(({ step }) => step.step);
type News = { recordType: string; record: string; title: string; event: { step: string; label: string; at: string } };
const news = async (as: Actor, asked = ''): Promise<News[]> =>
  (
    await ask(
      `consultationNews${asked} { recordType record title event { id step label from to at role committee { code } due late evidence { name value } } }`,
      as,
    )
  ).me.consultationNews;
const newSteps = async (as: Actor) => (await news(as)).map(({ event }) => event.step);

const inWorkingDays = (count: number) => deadlineAfter(today(), count, 'WORKING_DAYS').day;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

async function scheduled(
  { county, office }: ReturnType<typeof place>,
  { days = 60, organization }: { days?: number; organization?: string } = {},
) {
  const { id } = (
    await run(
      'planConsultation',
      { committee: county, title: '加装电梯协商', kind: 'TOPICAL', visibility: 'MEMBERS', organization },
      office,
      'consultation { id }',
    )
  ).consultation;
  const starts = inDays(days);
  const ends = new Date(Date.parse(starts) + 3_600_000).toISOString();
  await run(
    'scheduleConsultation',
    { consultation: id, parts: [{ title: '协商会', starts, ends }] },
    office,
    'consultation { id }',
  );
  return { id: id as string, day: new Date(Date.parse(starts) + 8 * 3_600_000).toISOString().slice(0, 10) };
}
/** A consultation that was held on a day, and recorded so by a step. */
async function held(county: string, day: string) {
  const key = `test/held-${county}-${day}`;
  const of = { key, hosts: [county] as [string, ...string[]] };
  const [, hosts] = consultationRows(of);
  const row = { ...partRow(of, key), title: key, kind: 'TOPICAL', status: 'HELD', since: day };
  await hub.put({ table: consultation, rows: [{ ...row, heldFrom: day, heldUntil: day }] });
  if (hosts) await hub.put(hosts);
  return recordId(key);
}
const file = (county: string, as: Actor) =>
  run(
    'fileSubmission',
    { committee: county, kind: 'WISH', title: '路口缺红绿灯', text: '早晚高峰很危险' },
    as,
    'submission { id } receipt',
  );
async function returnedDraft({ jia, office }: ReturnType<typeof place>, title = '老年食堂') {
  const { id: topic } = (await run('postTopic', { title, text: '难以持续' }, jia, 'discussionTopic { id }'))
    .discussionTopic;
  await run('startDraft', { topic }, jia, 'discussionTopic { id }');
  await run('saveDraft', { topic, version: 0, title: '建议', text: '分三步' }, jia, 'discussionTopic { id }');
  await run('sendDraft', { topic }, jia, 'discussionTopic { id }');
  await run('returnDraft', { topic, reason: '补充数据' }, office, 'discussionTopic { id }');
  return topic as string;
}

describe('tasks', () => {
  test('of staff are what waits in their committee, by when, the undated last', async () => {
    const here = place();
    await file(here.county, everyone);
    const meeting = await scheduled(here);
    await run(
      'planConsultation',
      { committee: here.county, title: '待排期', kind: 'TOPICAL' },
      here.office,
      'consultation { id }',
    );
    await run('proposeBook', { title: '江村经济' }, here.jia, 'book { id }');
    const due = await tasks(here.office);
    expect(due.map(({ recordType, title, step }) => [recordType, title, step.step, step.due])).toEqual([
      ['Submission', '路口缺红绿灯', 'acceptSubmission', inWorkingDays(5)],
      ['Consultation', '加装电梯协商', 'announceConsultation', deadlineBefore(meeting.day, 15, 'WORKING_DAYS').day],
      ['Consultation', '待排期', 'scheduleConsultation', null],
      ['Book', '江村经济', 'acceptBook', null],
    ]);
    expect(due.every(({ subject }) => subject === subjectOf(here.office))).toBe(true);
    for (const other of [
      staff(counties.at(-1) ?? ''),
      staff('330000'),
      { kind: 'STAFF', subject: 'proposals', committee: here.county, duties: ['proposals'] } as Actor,
      here.jia,
      here.bureau,
    ])
      expect(await tasks(other)).toEqual([]);
  });

  test('go away once they are done, and others take their place', async () => {
    const here = place();
    const meeting = await scheduled(here);
    expect(await steps(here.office)).toEqual(['announceConsultation']);
    await run('announceConsultation', { consultation: meeting.id }, here.office, 'consultation { id }');
    expect(await steps(here.office)).toEqual([]);
    await file(here.county, here.jia);
    const [{ record: submission } = { record: '' }] = await tasks(here.office);
    const assign = (name: string, more: object = {}) =>
      run(name, { submission, ...more }, here.office, 'submission { id }');
    await assign('acceptSubmission');
    expect(await steps(here.office)).toEqual(['assignSubmission']);
    await assign('assignSubmission', { department: bureau });
    expect(await steps(here.office)).toEqual([]);
    expect((await tasks(here.bureau)).map(({ record, step }) => [record, step.step, step.due])).toEqual([
      [submission, 'answerSubmission', inWorkingDays(15)],
    ]);
    expect(await tasks(department(here.county, idOf(902)))).toEqual([]);
    await run('answerSubmission', { submission, answer: '已列入计划' }, here.bureau, 'submission { id }');
    expect(await steps(here.bureau)).toEqual([]);
    expect(await steps(here.office)).toEqual(['solveSubmission']);
  });

  test('follow a consultation that was held until it has its minutes, the more urgent first', async () => {
    const here = place();
    const days = ['2026-03-10', '2026-03-03'];
    for (const day of days) await held(here.county, day);
    const waiting = await tasks(here.office);
    expect(waiting.map(({ recordType, step }) => [recordType, step.step, step.due])).toEqual(
      [...days].sort().map((day) => ['Consultation', 'fileMinutes', deadlineAfter(day, 7, 'WORKING_DAYS').day]),
    );
    await run('fileMinutes', { consultation: waiting[0]?.record, minutes: '纪要' }, here.office, 'followUp { id }');
    expect(await steps(here.office)).toEqual(['fileMinutes', 'sendResults']);
  });

  test('are none while a step would still be too early, or was left to be taken at will', async () => {
    const here = place();
    const { county, jia, office } = here;
    const plan = { committee: county, year: 2027, title: '2027 年度协商计划', collectUntil: today() };
    await run('openPlan', plan, office, 'plan: userErrors { code }');
    const { id: topic } = (await run('postTopic', { title: '题', text: '文' }, jia, 'discussionTopic { id }'))
      .discussionTopic;
    await run('startDraft', { topic }, jia, 'discussionTopic { id }');
    for (const as of [office, jia]) expect(await tasks(as)).toEqual([]);
  });

  test('count by the committee’s own settings', async () => {
    const here = place();
    await run(
      'changeConsultationSettings',
      { committee: here.county, validFrom: today(), submissionReplyWorkingDays: 2 },
      here.office,
      'committee { code }',
    );
    await file(here.county, everyone);
    expect((await tasks(here.office))[0]?.step.due).toBe(inWorkingDays(2));
  });

  test('of a member are invitations, co-authorships to confirm and what was returned, and none of another member’s', async () => {
    const here = place();
    const { jia, yi, office } = here;
    const meeting = await scheduled(here);
    await run('inviteMembers', { consultation: meeting.id, members: [jia.member] }, office, 'userErrors { code }');
    const { suggestion } = await run(
      'makeSuggestion',
      { consultation: meeting.id, text: '一层不交钱', coAuthors: [jia.member] },
      yi,
      'suggestion { id }',
    );
    const topic = await returnedDraft(here);
    const asking = (await run('postTopic', { title: '加梯', text: '文' }, yi, 'discussionTopic { id }'))
      .discussionTopic;
    await run('inviteCoAuthor', { topic: asking.id, member: jia.member }, yi, 'discussionTopic { id }');
    const waiting = await tasks(jia);
    expect(waiting.map(({ recordType, title, step }) => [recordType, step.step, title]).sort()).toEqual([
      ['Attendance', 'acceptInvitation', '加装电梯协商'],
      ['DiscussionTopic', 'acceptCoAuthorInvitation', '加梯'],
      ['DiscussionTopic', 'sendDraft', '老年食堂'],
      ['Suggestion', 'confirmCoAuthorship', '加装电梯协商'],
    ]);
    expect(await tasks(yi)).toEqual([]);
    const attendance = waiting.find(({ recordType }) => recordType === 'Attendance')?.record;
    await run('acceptInvitation', { attendance }, jia, 'attendance { id }');
    await run('confirmCoAuthorship', { suggestion: suggestion.id }, jia, 'suggestion { id }');
    await run('declineCoAuthorInvitation', { topic: asking.id }, jia, 'discussionTopic { id }');
    await run('sendDraft', { topic }, jia, 'discussionTopic { id }');
    expect(await tasks(jia)).toEqual([]);
    expect(await steps(office)).toContain('takeDraft');
    await run('returnSuggestion', { suggestion: suggestion.id, reason: '说明费用' }, office, 'suggestion { id }');
    expect(await steps(yi)).toEqual(['reviseSuggestion']);
  });

  test('of a convenor are those of their group’s consultations, and of no other group’s', async () => {
    const here = place();
    await scheduled(here, { organization: group });
    expect(await steps(here.convenor)).toEqual(['announceConsultation']);
    const other: MemberActor = { ...here.convenor, convenes: [idOf(903)] };
    expect(await steps(other)).toEqual([]);
  });

  test('are nothing to those who have none, and nobody reads them as somebody else', async () => {
    const here = place();
    await scheduled(here);
    for (const as of [here.liaison, operator, agency]) expect(await tasks(as)).toEqual([]);
    expect((await ask('id', everyone)).me).toBeNull();
    expect((await ask('id', here.jia, subjectOf(here.office))).me).toBeNull();
    expect((await ask('consultationTasks(first: 101) { title }', here.office)).errors).toEqual(['PAGE_TOO_LARGE']);
    expect((await ask('consultationTasks(first: 0) { title }', here.office)).me.consultationTasks).toEqual([]);
  });

  test('are at most fifty of a kind, the most urgent, for as many statements as one', async () => {
    const here = place();
    await file(here.county, everyone);
    const all = 'consultationTasks { title step { due } } consultationNews { title event { step } }';
    const one = await ask(all, here.office);
    await scheduled(here);
    for (let at = 0; at < 55; at += 1) await file(here.county, here.jia);
    const many = await ask(all, here.office);
    expect(many.me.consultationTasks).toHaveLength(51);
    expect(many.statements).toBe(one.statements);
    const before = await ask(all, here.jia);
    for (let at = 0; at < 3; at += 1) await returnedDraft(here, `题 ${at}`);
    const after = await ask(all, here.jia);
    expect(after.me.consultationTasks).toHaveLength(3);
    expect(after.me.consultationNews).toHaveLength(3);
    expect(after.statements).toBe(before.statements);
  });
});

describe('news', () => {
  test('are what others did to a member’s own work, the latest first, and what the member did is none', async () => {
    const here = place();
    const { jia, yi, office } = here;
    await file(here.county, jia);
    const [{ record: submission } = { record: '' }] = await tasks(office);
    await run('acceptSubmission', { submission }, office, 'submission { id }');
    const topic = await returnedDraft(here);
    await run('commentOnTopic', { topic, text: '赞成' }, yi, 'topicComment { id }');
    const told = await news(jia);
    expect(told.map(({ recordType, title, event }) => [recordType, title, event.step])).toEqual([
      ['TopicComment', '老年食堂', 'commentOnTopic'],
      ['DiscussionTopic', '老年食堂', 'returnDraft'],
      ['Submission', '路口缺红绿灯', 'acceptSubmission'],
    ]);
    expect(told[1]).toMatchObject({
      record: topic,
      event: { label: '退回修改', role: 'STAFF', committee: { code: here.county }, from: 'SENT', to: 'DRAFTING' },
    });
    expect(await news(yi)).toEqual([]);
    expect(await news(office)).toEqual([]);
    expect(await news({ ...jia, member: idOf(999), subject: 'other' } as Actor)).toEqual([]);
    expect((await news(jia, '(first: 1)')).map(({ event }) => event.step)).toEqual(['commentOnTopic']);
    const since = told[1]?.event.at;
    expect((await news(jia, `(since: "${since}")`)).map(({ event }) => event.step)).toEqual(['commentOnTopic']);
    expect((await ask('consultationNews(since: "yesterday") { title }', jia)).errors).toEqual(['BAD_USER_INPUT']);
  });

  test('tell whoever takes part what becomes of the consultation, a department what it was given, and a liaison officer what became of a report', async () => {
    const here = place();
    const { jia, yi, office } = here;
    const meeting = await scheduled(here);
    await run('inviteMembers', { consultation: meeting.id, members: [jia.member] }, office, 'userErrors { code }');
    expect(await steps(jia)).toEqual(['acceptInvitation']);
    await run('cancelConsultation', { consultation: meeting.id, reason: '合并举行' }, office, 'consultation { id }');
    expect(await steps(jia)).toEqual([]);
    expect(await newSteps(jia)).toEqual([
      'cancelConsultation',
      'inviteMembers',
      'scheduleConsultation',
      'planConsultation',
    ]);
    expect(await newSteps(yi)).toEqual([]);
    await file(here.county, here.liaison);
    const [{ record: submission } = { record: '' }] = await tasks(office);
    await run('acceptSubmission', { submission }, office, 'submission { id }');
    expect(await newSteps(here.liaison)).toEqual(['acceptSubmission']);
    expect(await newSteps({ ...here.liaison, subject: 'another' } as Actor)).toEqual([]);
    await run('assignSubmission', { submission, department: bureau }, office, 'submission { id }');
    expect(await newSteps(here.bureau)).toContain('assignSubmission');
    expect(await newSteps(department(here.county, idOf(902)))).toEqual([]);
  });
});
