import { type Actor, subjectOf } from '@hub/access';
import { consultations } from '@hub/consultations';
import { createDutyCodeKey, publicDutyCodeKeys } from '@hub/duty-code';
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
} from '@hub/testkit';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consultationRows } from './records.ts';

const qiantang = '330114';
const office = staff(qiantang);
const idOf = (n: number) => `60000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const memberOf = (n: number) => member(idOf(n), qiantang);
const yesterday = new Date(Date.parse(today()) - 86_400_000).toISOString().slice(0, 10);

let hub: TestSubgraph;
beforeAll(async () => {
  const key = await createDutyCodeKey();
  hub = await startTestSubgraph(consultations, 'empty', {
    dutyCodePrivateKey: key,
    dutyCodePublicKeys: publicDutyCodeKeys([key]),
  });
});
afterAll(() => hub.stop());

const shown = `id status entered visibility place held { start end } parts { id title signInCode { payload } } revision
  attendances { totalCount nodes { status outcome member { id } signIns { id way part { id } } } }
  events { step role at committee { code } }`;
const pascal = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
async function take(name: string, input: object, as: Actor = office, record = `consultation { ${shown} }`) {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${pascal(name)}Input!) { ${name}(input: $input) { ${record} userErrors { code path message } } }`,
    { as, variables: { input } },
  );
  const answer = data?.[name];
  return {
    ...answer,
    told: [
      ...errors,
      ...(answer?.userErrors ?? []).map((one: { code: string; path: string[] }) =>
        `${one.code} ${one.path.slice(1).join('.')}`.trim(),
      ),
    ],
  };
}
const did = async (...given: Parameters<typeof take>) => {
  const answer = await take(...given);
  expect(answer.told).toEqual([]);
  return answer;
};
const part = (on = yesterday, from = '09:00', until = '11:30') => ({
  title: '全体会议',
  starts: `${on}T${from}:00+08:00`,
  ends: `${on}T${until}:00+08:00`,
});
const meeting = (more: object = {}) => ({
  committee: qiantang,
  title: '口袋公园协商会',
  kind: 'TOPICAL',
  parts: [part()],
  place: '白杨街道',
  ...more,
});
const me = async (as: Actor) => {
  const { data } = await hub.ask(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Me { consultationTasks { step { step } record } consultationNews { record event { step } } } } }',
    { as, variables: { r: [{ __typename: 'Me', id: as.kind === 'PUBLIC' ? '' : subjectOf(as) }] } },
  );
  return data._entities[0] as {
    consultationTasks: { record: string; step: { step: string } }[];
    consultationNews: { record: string; event: { step: string } }[];
  };
};

describe('what took place and is entered afterwards', () => {
  test('has its day, its place and who was there, asks nobody to act, and is news once', async () => {
    const before = await me(office);
    const { consultation: made } = await did('enterHeldConsultation', meeting({ attended: [idOf(1), idOf(2)] }));
    expect(made).toMatchObject({
      status: 'HELD',
      entered: today(),
      visibility: 'INTERNAL',
      place: '白杨街道',
      held: { start: yesterday, end: null },
      parts: [{ title: '全体会议', signInCode: null }],
      events: [{ step: 'enterHeldConsultation', role: 'STAFF', committee: { code: qiantang } }],
    });
    expect(made.attendances.nodes.map((one: { member: { id: string } }) => one.member.id).sort()).toEqual([
      idOf(1),
      idOf(2),
    ]);
    for (const one of made.attendances.nodes)
      expect(one).toMatchObject({ status: 'WALKED_IN', outcome: 'PRESENT', signIns: [{ way: 'ENTERED' }] });
    expect((await me(office)).consultationTasks).toEqual(before.consultationTasks);
    expect(await me(memberOf(1))).toEqual({
      consultationTasks: [],
      consultationNews: [{ record: expect.any(String), event: { step: 'enterHeldConsultation' } }],
    });
    // Of whoever is entered later it is news then, and for those who were told no news again.
    await did('enterAttendance', { consultation: made.id, members: [idOf(2), idOf(3)] });
    expect((await me(memberOf(2))).consultationNews.map(({ event }) => event.step)).toEqual(['enterHeldConsultation']);
    expect((await me(memberOf(3))).consultationNews.map(({ event }) => event.step)).toContain('enterAttendance');
    expect((await take('signUp', { consultation: made.id }, memberOf(4), 'attendance { id }')).told).toEqual([
      expect.stringMatching(/^(NOT_FOUND|SIGN_UP_CLOSED)/),
    ]);
  });

  test('is of days that have passed, and its day alone is enough where nobody is named', async () => {
    const later = deadlineAfter(today(), 1, 'DAYS').day;
    const refused = async (more: object) => (await take('enterHeldConsultation', meeting(more))).told;
    expect(await refused({ parts: [part(later)] })).toEqual(['DATE_FUTURE parts.0.ends']);
    expect(await refused({ parts: null, from: later })).toEqual(['DATE_FUTURE from']);
    expect(await refused({ parts: null, from: yesterday, until: later })).toEqual(['DATE_FUTURE until']);
    expect(await refused({ parts: null, from: yesterday, until: '2024-01-01' })).toEqual(['INVALID until']);
    expect(await refused({ parts: null })).toEqual(['REQUIRED parts']);
    expect(await refused({ from: yesterday })).toEqual(['INVALID from']);
    expect(await refused({ parts: null, from: yesterday, attended: [idOf(1)] })).toEqual(['REQUIRED parts']);
    expect(await refused({ attended: [idOf(1), idOf(1)] })).toEqual(['INVALID attended.1']);
    const { consultation: made } = await did(
      'enterHeldConsultation',
      meeting({ parts: null, from: '2024-09-10', until: '2024-09-11' }),
    );
    expect(made).toMatchObject({ status: 'HELD', held: { start: '2024-09-10', end: '2024-09-11' }, parts: [] });
  });

  test('is entered by the staff of its committee who are charged with it, and by nobody else', async () => {
    const strangers: readonly Actor[] = [
      everyone,
      memberOf(1),
      staff('330113'),
      { kind: 'STAFF', subject: 'proposals only', committee: qiantang, duties: ['proposals'] },
      department(qiantang, idOf(90)),
      liaison(qiantang),
      agency,
      operator,
    ];
    const { consultation: made } = await did('enterHeldConsultation', meeting());
    for (const as of strangers) {
      expect((await take('enterHeldConsultation', meeting(), as)).told, as.kind).toEqual([
        expect.stringMatching(/FORBIDDEN|NOT_YOURS/),
      ]);
      expect((await take('enterAttendance', { consultation: made.id, members: [idOf(1)] }, as)).told, as.kind).toEqual([
        expect.stringMatching(/FORBIDDEN|NOT_FOUND|NOT_YOURS/),
      ]);
    }
  });

  test('of a planned one makes it held, as the fifteen of 2024 are', async () => {
    const given = { key: '钱塘 2024/1', hosts: [qiantang] as [string], status: 'PLANNED', kind: 'LIVELIHOOD' };
    await hub.put(...consultationRows(given));
    const id = recordId(given.key);
    expect(
      (
        await take('recordConsultationHeldAfterwards', {
          consultation: id,
          parts: [part(deadlineAfter(today(), 3, 'DAYS').day)],
        })
      ).told,
    ).toEqual(['DATE_FUTURE parts.0.ends']);
    const { consultation: done } = await did('recordConsultationHeldAfterwards', {
      consultation: id,
      parts: [part('2024-09-10')],
      place: '下沙街道',
      attended: [idOf(11)],
    });
    expect(done).toMatchObject({ status: 'HELD', entered: today(), place: '下沙街道', held: { start: '2024-09-10' } });
    expect(done.attendances.nodes).toMatchObject([{ outcome: 'PRESENT', member: { id: idOf(11) } }]);
    expect((await me(memberOf(11))).consultationNews).toHaveLength(1);
    // Once held it isn't recorded as held again.
    expect(
      (await take('recordConsultationHeldAfterwards', { consultation: id, parts: [part('2024-09-11')] })).told,
    ).toEqual(['STEP_NOT_ALLOWED']);
  });

  test('of one that was recorded as not held, and of one that was put forward by a word on the telephone', async () => {
    const { consultation: planned } = await did('planConsultation', {
      committee: qiantang,
      title: '停车协商',
      kind: 'TOPICAL',
    });
    await did('recordConsultationNotHeld', { consultation: planned.id, reason: '误登' });
    const { consultation: one } = await did('recordConsultationHeldAfterwards', {
      consultation: planned.id,
      from: yesterday,
    });
    expect(one.status).toBe('HELD');
    const { consultation: other } = await did('planConsultation', {
      committee: qiantang,
      title: '夜市协商',
      kind: 'TOPICAL',
    });
    await did('scheduleConsultation', { consultation: other.id, parts: [part(deadlineAfter(today(), 5, 'DAYS').day)] });
    const { consultation: earlier } = await did('recordConsultationHeldAfterwards', {
      consultation: other.id,
      parts: [part()],
    });
    expect(earlier).toMatchObject({ status: 'HELD', held: { start: yesterday } });
  });

  test('was where sign-ins told who was there: nobody is typed in', async () => {
    const given = { key: 'signed in', hosts: [qiantang] as [string] };
    await hub.put(...consultationRows(given));
    expect((await take('enterAttendance', { consultation: recordId(given.key), members: [idOf(1)] })).told).toEqual([
      'INVALID consultation',
    ]);
  });

  test("a chairmen's meeting of yesterday backs the approval of a plan, and an item of the plan is carried out by what was entered", async () => {
    const { consultation: chairmen } = await did(
      'enterHeldConsultation',
      meeting({ kind: 'CHAIRMENS_MEETING', title: '主席会议', number: { term: 2, ordinal: 31 } }),
    );
    const plan = 'annualPlan { id status items { id } }';
    const { annualPlan } = await did(
      'openPlan',
      { committee: qiantang, year: 2024, title: '2024 年度协商计划', collectUntil: today() },
      office,
      plan,
    );
    const { annualPlanItem } = await did(
      'addPlanItem',
      { plan: annualPlan.id, kind: 'LIVELIHOOD', title: '口袋公园' },
      office,
      'annualPlanItem { id }',
    );
    await did('draftPlan', { plan: annualPlan.id }, office, plan);
    await did('submitPlanToChairmen', { plan: annualPlan.id, chairmensMeeting: chairmen.id }, office, plan);
    await did(
      'approvePlan',
      { plan: annualPlan.id, body: '区委', documentNumber: '钱委〔2024〕1号', approvedOn: yesterday },
      office,
      plan,
    );
    await did('publishPlan', { plan: annualPlan.id }, office, plan);
    const { consultation: held } = await did(
      'enterHeldConsultation',
      meeting({ planItem: annualPlanItem.id, visibility: 'PUBLIC' }),
    );
    const { data } = await hub.ask(
      'query ($id: ID!) { annualPlan(id: $id) { items { progress { held { count consultations { id status } } } } } }',
      { as: everyone, variables: { id: annualPlan.id } },
    );
    expect(data.annualPlan.items).toEqual([
      { progress: { held: { count: 1, consultations: [{ id: held.id, status: 'HELD' }] } } },
    ]);
  });

  test('counts in duty once, whoever enters it twice and by whatever membership', async () => {
    const { consultation: made } = await did(
      'enterHeldConsultation',
      meeting({ parts: [part(), part(yesterday, '14:00', '16:30')], attended: [idOf(21)] }),
    );
    await did('enterAttendance', { consultation: made.id, members: [idOf(21)] });
    await did('enterAttendance', { consultation: made.id, part: made.parts[0].id, members: [idOf(22)] });
    const { data } = await hub.ask(
      'query { dutyFeed(after: "", first: 1000) { facts { member record outcomes halfDays on } } }',
      { as: feed },
    );
    const facts = data.dutyFeed.facts.filter(({ record }: { record: string }) => record === made.id);
    expect(facts.sort((a: { member: string }, b: { member: string }) => a.member.localeCompare(b.member))).toEqual([
      { member: idOf(21), record: made.id, outcomes: ['PRESENT'], halfDays: 2, on: yesterday },
      { member: idOf(22), record: made.id, outcomes: ['PRESENT', 'PARTIAL'], halfDays: 1, on: yesterday },
    ]);
    // What was entered of somebody by mistake is voided like any sign-in.
    const wrong = made.attendances.nodes[0].signIns[0].id;
    expect(
      (await take('voidSignIn', { signIn: wrong, reason: '误录' }, office, 'attendance { outcome }')).told,
    ).toEqual([]);
  });
});
