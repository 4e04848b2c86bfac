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
    const { withdrawSubmission: _, rateSubmission: __, ...steps } = submissionMachine.steps;
    const { WITHDRAWN: ___, ...states } = submissionMachine.states;
    const { faults, tried } = await walk({
      // What whoever filed it does has tests of its own: everybody has another receipt.
      machine: { ...submissionMachine, states, steps } as never,
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
        enterSubmission: () => ({
          committee: hangzhou,
          kind: 'TOPIC',
          title: '来信',
          text: '内容',
          way: 'LETTER',
          receivedOn: '2024-09-10',
        }),
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

  test('that came by letter or call is entered with its day, from which its deadlines count', async () => {
    const input = {
      committee: hangzhou,
      kind: 'WISH',
      title: '来信',
      text: '希望装扶手。',
      way: 'LETTER',
      phone: '0571-8888 6666',
    };
    const enter = (more: object, as: Actor = staff(hangzhou)) =>
      hub
        .ask(
          'mutation ($input: EnterSubmissionInput!) { enterSubmission(input: $input) { submission { id way phone received entered pendingSteps { step due } } userErrors { code path } } }',
          { as, variables: { input: { ...input, ...more } } },
        )
        .then(({ data, errors }) => ({
          ...data?.enterSubmission,
          code: errors[0] ?? data?.enterSubmission?.userErrors[0]?.code ?? null,
        }));
    const later = new Date(Date.parse(today()) + 86_400_000).toISOString().slice(0, 10);
    expect((await enter({ receivedOn: later })).code).toBe('DATE_FUTURE');
    expect((await enter({ receivedOn: today(), way: 'ONLINE' })).code).toBe('INVALID');
    expect((await enter({ receivedOn: today(), phone: '打我电话' })).code).toBe('INVALID');
    for (const as of [
      everyone,
      staff('330110'),
      handler,
      liaison(hangzhou),
      member('10000000-0000-4000-8000-000000000001', hangzhou),
    ])
      expect((await enter({ receivedOn: today() }, as)).code, as.kind).toMatch(/FORBIDDEN|NOT_YOURS/);
    const { submission } = await enter({ receivedOn: '2024-09-10' });
    expect(submission).toMatchObject({
      way: 'LETTER',
      received: '2024-09-10',
      entered: today(),
      phone: '0571-8888 6666',
    });
    const due = deadlineAfter('2024-09-10', 5, 'WORKING_DAYS').day;
    expect(submission.pendingSteps.find((one: { step: string }) => one.step === 'acceptSubmission')).toEqual({
      step: 'acceptSubmission',
      due,
    });
    // However widely it is seen, its telephone number is the office's.
    await step('acceptSubmission', { submission: submission.id, visibility: 'PUBLIC' });
    await step('assignSubmission', { submission: submission.id, department: departmentId });
    for (const as of [
      everyone,
      handler,
      staff('330000'),
      member('10000000-0000-4000-8000-000000000001', hangzhou),
      agency,
    ]) {
      const { data } = await hub.ask('query ($id: ID!) { submission(id: $id) { id phone } }', {
        as,
        variables: { id: submission.id },
      });
      expect(data.submission?.phone ?? null, as.kind).toBeNull();
    }
  });

  test('is withdrawn, and its answer rated, by whoever filed it and by nobody else', async () => {
    const one = (await file({ phone: '13800000000' })).data.fileSubmission;
    const filer: Actor = { kind: 'PUBLIC', receipt: receiptHash(one.receipt) };
    const others: Actor[] = [
      everyone,
      { kind: 'PUBLIC', receipt: receiptHash('other') },
      staff(hangzhou),
      handler,
      member('10000000-0000-4000-8000-000000000001', hangzhou),
    ];
    const asked = async (name: string, input: object, as: Actor) => {
      const { userErrors, errors, submission } = await step(name, { submission: one.id, ...input }, as as never);
      return { code: errors[0] ?? userErrors?.[0]?.code ?? null, submission };
    };
    const { data } = await hub.ask('query ($id: ID!) { submission(id: $id) { phone pendingSteps { step } } }', {
      as: filer,
      variables: { id: one.id },
    });
    expect(data.submission).toEqual({ phone: '13800000000', pendingSteps: [{ step: 'withdrawSubmission' }] });
    expect((await asked('rateSubmission', { rating: 'SATISFIED' }, filer)).code).toBe('STEP_NOT_ALLOWED');
    await step('acceptSubmission', { submission: one.id, visibility: 'PUBLIC' });
    await step('assignSubmission', { submission: one.id, department: departmentId });
    expect((await asked('withdrawSubmission', {}, filer)).code).toBe('STEP_NOT_ALLOWED');
    await step('answerSubmission', { submission: one.id, answer: '已装' }, handler as never);
    for (const as of others)
      expect((await asked('rateSubmission', { rating: 'DISSATISFIED' }, as)).code, as.kind).toMatch(
        /NOT_YOURS|NOT_FOUND/,
      );
    expect((await asked('rateSubmission', { rating: 'DISSATISFIED', ratingText: '没装' }, filer)).code).toBeNull();
    expect((await asked('rateSubmission', { rating: 'SATISFIED' }, filer)).code).toBeNull();
    const rated = await hub.ask('query ($id: ID!) { submission(id: $id) { status rating ratingText rated } }', {
      as: everyone,
      variables: { id: one.id },
    });
    expect(rated.data.submission).toEqual({
      status: 'ANSWERED',
      rating: 'SATISFIED',
      ratingText: null,
      rated: today(),
    });
    const two = (await file()).data.fileSubmission;
    const withdraw = (as: Actor) =>
      hub.ask(
        'mutation ($id: ID!) { withdrawSubmission(input: { submission: $id }) { submission { status } userErrors { code } } }',
        { as, variables: { id: two.id } },
      );
    for (const as of others)
      expect((await withdraw(as)).data.withdrawSubmission.submission?.status).not.toBe('WITHDRAWN');
    expect((await withdraw({ kind: 'PUBLIC', receipt: receiptHash(two.receipt) })).data.withdrawSubmission).toEqual({
      submission: { status: 'WITHDRAWN' },
      userErrors: [],
    });
  });

  test('sent twice with one key is filed once, and its key is good for nothing else', async () => {
    const before = await hub.ask('{ submissions(within: "330100", filter: { text: "接驳" }) { totalCount } }', {
      as: staff(hangzhou),
    });
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
    expect(data.submissions.totalCount).toBe(before.data.submissions.totalCount + 1);
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
