import { type Actor, receiptHash } from '@hub/access';
import { consultations } from '@hub/consultations';
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
  walk,
} from '@hub/testkit';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submissionMachine } from '../src/submissions/submission.machine.ts';

const hangzhou = '330100';
const departmentId = '10000000-0000-4000-8000-00000000000d';
const handler = department(hangzhou, departmentId);
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

const file = (input: object = {}, as = everyone) =>
  hub.ask(
    `mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { id receipt submission { id status } userErrors { code path message } } }`,
    {
      as,
      variables: {
        input: { committee: hangzhou, kind: 'WISH', title: '小区接驳公交', text: '希望开通到地铁站的公交。', ...input },
      },
    },
  );
const step = (name: string, input: object, as = staff(hangzhou)) =>
  hub
    .ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { submission { id status revision answer } userErrors { code path message } } }`,
      { as, variables: { input } },
    )
    .then(({ data, errors }) => ({ ...data?.[name], errors }));

describe('a submission', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    const opened = await hub.ask(
      `mutation { openPlan(input: { committee: "${hangzhou}", year: 2026, title: "计划", collectUntil: "${today()}" }) { annualPlan { id } } }`,
      { as: staff(hangzhou) },
    );
    const added = await hub.ask(
      `mutation { addPlanItem(input: { plan: "${opened.data.openPlan.annualPlan.id}", kind: LIVELIHOOD }) { annualPlanItem { id } } }`,
      { as: staff(hangzhou) },
    );
    const item = added.data.addPlanItem.annualPlanItem.id;
    const { faults, tried } = await walk({
      machine: submissionMachine,
      ask: hub.ask,
      as: { STAFF: staff(hangzhou), DEPARTMENT: handler, PUBLIC: everyone },
      strangers: [
        staff('330000'),
        { kind: 'STAFF', subject: 'proposals only', committee: hangzhou, duties: ['proposals'] },
        department(hangzhou, '10000000-0000-4000-8000-00000000000e'),
        member('10000000-0000-4000-8000-000000000001', hangzhou),
        liaison(hangzhou),
        agency,
        operator,
      ],
      reader: staff(hangzhou),
      made: 'id',
      inputs: {
        fileSubmission: () => ({ committee: hangzhou, kind: 'TOPIC', title: '题目', text: '内容' }),
        acceptSubmission: (submission) => ({ submission }),
        declineSubmission: (submission) => ({ submission, reason: '不属本会职责' }),
        takeSubmissionIntoPlan: (submission) => ({ submission, item }),
        releaseSubmissionFromPlan: (submission) => ({ submission, reason: '改由部门办理' }),
        assignSubmission: (submission) => ({ submission, department: departmentId }),
        recallSubmission: (submission) => ({ submission, reason: '误交' }),
        recordSubmissionAnswer: (submission) => ({ submission, answer: '已书面答复', answered: '2024-09-10' }),
        handBackSubmission: (submission) => ({ submission, reason: '非本单位职责' }),
        answerSubmission: (submission) => ({ submission, answer: '已安排' }),
        referSubmission: (submission) => ({ submission, to: '330200' }),
        solveSubmission: (submission) => ({ submission, result: '已开通' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  });

  test('of the public is followed with its receipt and seen by nobody else outside', async () => {
    const { data } = await file();
    const { id, receipt } = data.fileSubmission;
    expect(data.fileSubmission.submission).toBeNull();
    const look = (as: Actor) =>
      hub.ask(`query ($id: ID!) { submission(id: $id) { status daysToSolve events { step late due } } }`, {
        as,
        variables: { id },
      });
    expect((await look(everyone)).data.submission).toBeNull();
    expect((await look({ kind: 'PUBLIC', receipt: receiptHash('other') })).data.submission).toBeNull();
    await step('acceptSubmission', { submission: id });
    await step('solveSubmission', { submission: id, result: '已开通' });
    expect((await look({ kind: 'PUBLIC', receipt: receiptHash(receipt) })).data.submission).toEqual({
      status: 'SOLVED',
      daysToSolve: 0,
      events: [
        { step: 'fileSubmission', late: false, due: null },
        { step: 'acceptSubmission', late: false, due: deadlineAfter(today(), 5, 'WORKING_DAYS').day },
        { step: 'solveSubmission', late: false, due: null },
      ],
    });
  });

  test('sent twice with one key is filed once, and its key is good for nothing else', async () => {
    const idempotencyKey = '6f0c2a54-3d0e-4a2b-9f43-0d5c0e3a7b11';
    const both = await Promise.all([file({ idempotencyKey }), file({ idempotencyKey })]);
    expect(both[0].data).toEqual(both[1].data);
    const other = await file({ idempotencyKey, title: '另一件' });
    expect(other.data.fileSubmission.userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'] },
    ]);
    const { data } = await hub.ask('{ submissions(within: "330100", filter: { text: "接驳" }) { totalCount } }', {
      as: staff(hangzhou),
    });
    expect(data.submissions.totalCount).toBe(2);
  });

  test('that two secretaries decide at once is decided by one; the other is told what it is now', async () => {
    const { id } = (await file()).data.fileSubmission;
    const answers = await Promise.all([
      step('acceptSubmission', { submission: id, expectedRevision: 1 }),
      step('declineSubmission', { submission: id, expectedRevision: 1, reason: '重复' }),
    ]);
    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? null).sort();
    expect(codes[1] ?? codes[0]).toBeTruthy();
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const refused = answers.find(({ userErrors }) => userErrors.length > 0);
    expect(['CONFLICT', 'STEP_NOT_ALLOWED']).toContain(refused?.userErrors[0].code);
    expect(refused?.submission.revision).toBe(2);
  });

  test('is answered by the department that has it, and by no other', async () => {
    const { id } = (await file()).data.fileSubmission;
    await step('acceptSubmission', { submission: id });
    await step('assignSubmission', { submission: id, department: departmentId });
    const wrong = await step(
      'answerSubmission',
      { submission: id, answer: '不是我的' },
      department(hangzhou, '10000000-0000-4000-8000-00000000000e'),
    );
    expect(wrong).toMatchObject({ submission: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await step('answerSubmission', { submission: id, answer: '' }, handler)).toMatchObject({
      userErrors: [{ code: 'REQUIRED', path: ['input', 'answer'] }],
    });
    expect(await step('answerSubmission', { submission: id, answer: '九日内开通' }, handler)).toMatchObject({
      submission: { status: 'ANSWERED' },
      userErrors: [],
    });
  });
});
