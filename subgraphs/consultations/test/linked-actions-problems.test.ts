import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { department, everyone, staff, startTestSubgraph, type TestSubgraph, walk } from '@hub/testkit';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { problemMachine } from '../src/problems/problem.machine.ts';
import { referralHandlingMachine } from '../src/referrals/referral-handling.machine.ts';
import {
  ago,
  goTo,
  kunshan,
  later,
  linkedWork,
  nanjing,
  nextDoor,
  province,
  strangersTo,
  suzhou,
  taicang,
} from './linked-action.ts';

const wuzhong = '320506';
const bureauId = '10000000-0000-4000-8000-0000000000d1';
const bureau = department(taicang, bureauId);

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());
afterEach(() => {
  vi.useRealTimers();
});

const { step, takingPart } = linkedWork(() => hub);
const onProblem = (name: string, input: object, as: Actor = staff(taicang)) =>
  step(name, input, as, `problem { id status revision } ${name === 'referProblem' ? 'referral { id }' : ''}`);
const onReferral = (name: string, input: object, as: Actor) =>
  step(
    name,
    input,
    as,
    `referralHandling { id status revision } ${name === 'passOnReferral' ? 'referral { id }' : ''}`,
  );
const report = async (input: object = {}, as: Actor = staff(taicang)) => {
  const { problem, code } = await onProblem(
    'reportProblem',
    { title: '河岸塌陷', text: '三处护岸塌陷。', ...input },
    as,
  );
  expect(code).toBeNull();
  return problem.id as string;
};
const look = async (id: string, selection: string, as: Actor = staff(taicang)) => {
  const { data, errors } = await hub.ask(`query ($id: ID!) { problem(id: $id) { ${selection} } }`, {
    as,
    variables: { id },
  });
  expect(errors).toEqual([]);
  return data.problem;
};
const refer = async (problem: string, to: string, as: Actor = staff(taicang), input: object = {}) =>
  onProblem('referProblem', { problem, to, ...input }, as);
const take = async (referral: string, committee: string) =>
  (await onReferral('takeReferral', { referral }, staff(committee))).referralHandling?.id as string;
/** Who holds a problem, and until when, as one of those through whose hands it went is told. */
const held = async (referral: string, as: Actor) => {
  const { data } = await hub.ask('query ($id: ID!) { referral(id: $id) { holder { code } heldUntil } }', {
    as,
    variables: { id: referral },
  });
  return data.referral && [data.referral.holder.code, data.referral.heldUntil];
};

const strangers = [...strangersTo(taicang), staff(kunshan)];

describe('a problem', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    const { faults, tried } = await walk({
      machine: problemMachine,
      ask: hub.ask,
      as: { STAFF: staff(taicang), DEPARTMENT: bureau },
      // Those above are shown it and change nothing.
      strangers: [...strangers, staff(suzhou), staff(province)],
      reader: staff(taicang),
      inputs: {
        reportProblem: () => ({ title: '护栏缺失', text: '内容', visibility: 'UPWARD' }),
        handOverProblem: (problem) => ({ problem, body: '水务局', department: bureauId }),
        recallProblem: (problem) => ({ problem, reason: '误交' }),
        handBackProblem: (problem) => ({ problem, reason: '非本单位职责' }),
        reportProblemPutRight: (problem) => ({ problem, measures: '已修复' }),
        answerProblem: (problem) => ({ problem, answer: '已修复' }),
        recordProblemAnswer: (problem) => ({ problem, answer: '已答复' }),
        referProblem: (problem) => ({ problem, to: kunshan }),
        takeBackProblem: async (problem) => {
          const sent = await look(problem, 'referrals { id }');
          for (const { id } of sent.referrals)
            await onReferral('declineReferral', { referral: id, reason: '不在辖区' }, staff(kunshan));
          return { problem };
        },
        verifyProblem: (problem) => ({ problem, findings: '现场已修复' }),
        rejectProblem: (problem) => ({ problem, findings: '仍有塌陷' }),
        closeProblem: (problem) => ({ problem, conclusion: '销号', evaluation: 'SATISFIED' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(300);
  });

  test('is read and answered by the department that has it, by its day, and no longer by the one that had it', async () => {
    const id = await report();
    expect(await look(id, 'id', bureau)).toBeNull();
    expect((await onProblem('handOverProblem', { problem: id, body: '水务局', due: ago(1) })).code).toBe('DATE_PAST');
    await onProblem('handOverProblem', { problem: id, body: '水务局', department: bureauId, due: later(10) });
    expect(await look(id, 'body due overdue pendingSteps { step due }', bureau)).toEqual({
      body: '水务局',
      due: later(10),
      overdue: false,
      pendingSteps: [
        { step: 'handBackProblem', due: null },
        { step: 'reportProblemPutRight', due: later(10) },
        { step: 'answerProblem', due: later(10) },
      ],
    });
    const future = { problem: id, measures: '修复', putRight: later(1) };
    expect((await onProblem('reportProblemPutRight', future, bureau)).code).toBe('DATE_FUTURE');
    await onProblem('handBackProblem', { problem: id, reason: '属镇政府' }, bureau);
    await onProblem('handOverProblem', { problem: id, body: '镇政府' });
    expect(await look(id, 'id', bureau)).toBeNull();
    const usual = deadlineAfter(today(), 30, 'WORKING_DAYS').day;
    expect(await look(id, 'body due reason holder { code } heldUntil')).toEqual({
      body: '镇政府',
      due: usual,
      reason: null,
      holder: { code: taicang },
      heldUntil: usual,
    });
    goTo(deadlineAfter(usual, 1, 'DAYS').day);
    expect(await look(id, 'overdue')).toEqual({ overdue: true });
    await onProblem('recordProblemAnswer', { problem: id, answer: '已修复', putRight: today() });
    expect(await look(id, 'overdue putRight events { step late }')).toMatchObject({
      overdue: false,
      putRight: today(),
      events: expect.arrayContaining([{ step: 'recordProblemAnswer', late: true }]),
    });
  });

  test('that is found not to be put right is solved no longer, and goes round once more', async () => {
    const id = await report();
    const round = async () => {
      await onProblem('handOverProblem', { problem: id, body: '水务局', department: bureauId });
      await onProblem('reportProblemPutRight', { problem: id, measures: '已修复' }, bureau);
      await onProblem('answerProblem', { problem: id, answer: '已修复' }, bureau);
    };
    await round();
    expect(await look(id, 'putRight')).toEqual({ putRight: today() });
    await onProblem('rejectProblem', { problem: id, findings: '仍有一处' });
    expect(await look(id, 'status putRight verified')).toEqual({
      status: 'NOT_VERIFIED',
      putRight: null,
      verified: null,
    });
    await round();
    await onProblem('verifyProblem', { problem: id, findings: '三处均已修复' });
    expect(await look(id, 'status putRight verified')).toEqual({
      status: 'VERIFIED',
      putRight: today(),
      verified: today(),
    });
  });

  test('is decided by one of two who decide at once', async () => {
    const id = await report();
    const answers = await Promise.all([
      onProblem('handOverProblem', { problem: id, body: '甲', expectedRevision: 1 }),
      onProblem('handOverProblem', { problem: id, body: '乙', expectedRevision: 1 }),
    ]);
    const refused = answers.find(({ code }) => code !== null);
    expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
    expect(refused).toMatchObject({ code: 'CONFLICT', problem: { status: 'HANDED_OVER', revision: 2 } });
  });

  test('is followed under its topic over years, and found by its words', async () => {
    for (const found of ['2024-05-01', '2025-05-01', '2026-05-01'])
      await report({ title: `${found} 灯杆`, topic: '城市照明', site: '滨河路', found });
    await report({ title: '另一专题', topic: '城市照明提升' });
    const titles = async (filter: string) => {
      const { data } = await hub.ask(
        `{ problems(within: "${taicang}", filter: { ${filter} }) { totalCount nodes { title } } }`,
        { as: staff(taicang) },
      );
      return data.problems.nodes.map(({ title }: { title: string }) => title.slice(0, 4));
    };
    expect(await titles('topic: "城市照明"')).toEqual(['2026', '2025', '2024']);
    expect(await titles('topic: "城市照明", from: "2024-01-01", until: "2025-12-31"')).toEqual(['2025', '2024']);
    expect(await titles('text: "滨河路"')).toEqual(['2026', '2025', '2024']);
    expect((await onProblem('reportProblem', { title: '题', text: '文', found: later(1) })).code).toBe('DATE_FUTURE');
  });
});

describe('problems of a linked action', () => {
  /** The province's action, Suzhou's that carries it on, and the parts that Suzhou and Taicang have in them. */
  const tree = async () => {
    const top = await takingPart(suzhou, province);
    const city = await takingPart(taicang, suzhou, { invitation: top.invitation });
    return { top, city };
  };
  const progress = async (action: string, as: Actor, scope = 'SUBTREE') =>
    (
      await hub.ask(
        `query ($id: ID!) { linkedAction(id: $id) { problemProgress(scope: ${scope}) { found handedOver referred solved verified overdue } } }`,
        { as, variables: { id: action } },
      )
    ).data.linkedAction?.problemProgress;

  test('are rolled up over the tree, as far as may be seen, and every number has its list', async () => {
    const { top, city } = await tree();
    const [kept, handed, solved] = [
      await report({ linkedPart: city.part, visibility: 'INTERNAL' }),
      await report({ linkedPart: city.part }),
      await report({ linkedPart: city.part }),
    ];
    const own = await report({ linkedPart: top.part }, staff(suzhou));
    await report({ linkedAction: city.action }, staff(suzhou));
    for (const problem of [handed, solved])
      await onProblem('handOverProblem', { problem, body: '水务局', department: bureauId, due: later(3) });
    await onProblem('reportProblemPutRight', { problem: solved, measures: '已修复' }, bureau);
    await onProblem('answerProblem', { problem: solved, answer: '已修复' }, bureau);
    await onProblem('verifyProblem', { problem: solved, findings: '属实' });
    await refer(own, nanjing, staff(suzhou), { due: later(3) });
    const all = { found: 4, handedOver: 2, referred: 1, solved: 1, verified: 1, overdue: 0 };
    expect(await progress(top.action, staff(province))).toEqual(all);
    expect(await progress(top.action, staff(province), 'OWN')).toMatchObject({ found: 1, handedOver: 0, referred: 1 });
    expect(await progress(city.action, staff(suzhou))).toMatchObject({ found: 3, handedOver: 2 });
    expect(await look(kept, 'id', staff(suzhou))).toBeNull();
    for (const as of [staff(nextDoor), staff(nanjing), everyone])
      expect(await progress(top.action, as)).toBeUndefined();
    goTo(later(4));
    const now = await progress(top.action, staff(province));
    expect(now).toEqual({ ...all, overdue: 2 });
    const filters: Readonly<Record<string, string>> = {
      found: '',
      handedOver: 'stage: HANDED_OVER',
      referred: 'stage: REFERRED',
      solved: 'stage: SOLVED',
      verified: 'stage: VERIFIED',
      overdue: 'overdue: true',
    };
    for (const [number, filter] of Object.entries(filters)) {
      const { data } = await hub.ask(
        `query ($id: ID!) { linkedAction(id: $id) { problems(scope: SUBTREE, filter: { ${filter} }) { totalCount nodes { overdue } } } }`,
        { as: staff(province), variables: { id: top.action } },
      );
      const { totalCount, nodes } = data.linkedAction.problems;
      expect([number, totalCount, nodes.length]).toEqual([number, now[number], now[number]]);
      if (number === 'overdue') expect(nodes.every(({ overdue }: { overdue: boolean }) => overdue)).toBe(true);
    }
  });

  test('are found by those only who take part in it', async () => {
    const { top, city } = await tree();
    const tried = async (input: object, as: Actor) =>
      (await onProblem('reportProblem', { title: '题', text: '文', ...input }, as)).code;
    expect(await tried({ linkedPart: city.part }, staff(suzhou))).toBe('NOT_YOURS');
    expect(await tried({ linkedAction: top.action }, staff(suzhou))).toBe('NOT_FOUND');
    expect(await tried({ linkedPart: city.part }, staff(nanjing))).toBe('NOT_FOUND');
    expect(await tried({ linkedPart: city.part, linkedAction: city.action }, staff(taicang))).toBe('INVALID');
    await step('withdrawLinkedPart', { linkedPart: city.part, reason: '换届' }, staff(taicang), 'linkedPart { id }');
    expect(await tried({ linkedPart: city.part }, staff(taicang))).toBe('STEP_NOT_ALLOWED');
  });
});

describe('a referral', () => {
  test('is handled by every step that its machine allows, and by no other', async () => {
    const sent = async () => ({ referral: (await refer(await report(), kunshan)).referral.id as string });
    /** Whoever a handling's matter was passed on to gives it back. */
    const comeBack = async (referralHandling: string) => {
      const { data } = await hub.ask(
        'query ($id: ID!) { referralHandling(id: $id) { referral { problem { referrals { id to { code } handling { id } } } } } }',
        { as: staff(taicang), variables: { id: referralHandling } },
      );
      for (const { id, to } of data.referralHandling?.referral.problem.referrals.slice(1) ?? [])
        await onReferral('declineReferral', { referral: id, reason: '不在辖区' }, staff(to.code));
      return { referralHandling };
    };
    const { faults, tried } = await walk({
      machine: referralHandlingMachine,
      ask: hub.ask,
      as: { STAFF: staff(kunshan) },
      strangers: [
        ...strangers.filter((one) => one.kind !== 'STAFF' || one.committee !== kunshan),
        staff(taicang),
        staff(suzhou),
      ],
      reader: staff(taicang),
      inputs: {
        takeReferral: sent,
        declineReferral: async () => ({ ...(await sent()), reason: '不在辖区' }),
        handBackReferral: async (id) => ({ ...(await comeBack(id)), reason: '需补充材料' }),
        passOnReferral: async (id) => ({ ...(await comeBack(id)), to: wuzhong }),
        answerReferral: async (id) => ({ ...(await comeBack(id)), result: '已处理' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(80);
  });

  test.each([
    [suzhou, 'UP'],
    [province, 'UP'],
    [kunshan, 'SIDEWAYS'],
    ['330110', 'SIDEWAYS'],
    ['330100', null],
    [taicang, null],
    ['320599', null],
  ])('from a county goes to %s %s', async (to, direction) => {
    const { code, referral } = await refer(await report(), to);
    expect(code).toBe(direction === null ? 'INVALID' : null);
    if (!direction) return;
    const { data } = await hub.ask('query ($id: ID!) { referral(id: $id) { direction from { code } to { code } } }', {
      as: staff(to),
      variables: { id: referral.id },
    });
    expect(data.referral).toEqual({ direction, from: { code: taicang }, to: { code: to } });
  });

  test('always has one who holds it, and until when, wherever it went', async () => {
    const problem = await report();
    const first = (await refer(problem, suzhou, staff(taicang), { due: later(20), note: '跨县河道' })).referral.id;
    expect(await held(first, staff(taicang))).toEqual([suzhou, later(20)]);
    const ofCity = await take(first, suzhou);
    const pass = (to: string, due: string) =>
      onReferral('passOnReferral', { referralHandling: ofCity, to, due }, staff(suzhou));
    const second = (await pass(kunshan, later(10))).referral.id;
    for (const as of [staff(taicang), staff(suzhou), staff(kunshan)])
      expect(await held(second, as)).toEqual([kunshan, later(10)]);
    // Nobody takes it out of another's hands.
    expect((await pass(wuzhong, later(10))).code).toBe('REFERRAL_HELD');
    expect((await onReferral('answerReferral', { referralHandling: ofCity, result: '答' }, staff(suzhou))).code).toBe(
      'REFERRAL_HELD',
    );
    expect((await onProblem('takeBackProblem', { problem })).code).toBe('REFERRAL_HELD');
    await onReferral('declineReferral', { referral: second, reason: '不在辖区' }, staff(kunshan));
    expect(await held(first, staff(taicang))).toEqual([suzhou, later(20)]);
    const third = (await pass(wuzhong, later(12))).referral.id;
    const ofWuzhong = await take(third, wuzhong);
    expect(await look(problem, 'holder { code } heldUntil referrals { hop to { code } path { code } }')).toEqual({
      holder: { code: wuzhong },
      heldUntil: later(12),
      referrals: [
        { hop: 1, to: { code: suzhou }, path: [{ code: taicang }] },
        { hop: 2, to: { code: kunshan }, path: [{ code: taicang }, { code: suzhou }] },
        { hop: 2, to: { code: wuzhong }, path: [{ code: taicang }, { code: suzhou }] },
      ],
    });
    await onReferral('handBackReferral', { referralHandling: ofWuzhong, reason: '需省级协调' }, staff(wuzhong));
    expect(await held(third, staff(wuzhong))).toEqual([suzhou, null]);
    await onReferral('handBackReferral', { referralHandling: ofCity, reason: '建议另送' }, staff(suzhou));
    expect(await held(first, staff(suzhou))).toEqual([taicang, null]);
    expect((await onProblem('takeBackProblem', { problem })).problem.status).toBe('FOUND');
    const again = (await refer(problem, province, staff(taicang), { due: later(30) })).referral.id;
    const ofProvince = await take(again, province);
    expect(await look(problem, 'holder { code } heldUntil')).toEqual({
      holder: { code: province },
      heldUntil: later(30),
    });
    await onReferral('answerReferral', { referralHandling: ofProvince, result: '已协调' }, staff(province));
    expect(await held(again, staff(province))).toEqual([taicang, null]);
    expect((await onProblem('recordProblemAnswer', { problem, answer: '省里已协调' })).problem.status).toBe('ANSWERED');
  });

  test('is read by those through whose hands it went, with what it is about, and by nobody else', async () => {
    const problem = await report({ text: '只给经手的政协' });
    const first = (await refer(problem, kunshan)).referral.id;
    const handling = await take(first, kunshan);
    const second = (await onReferral('passOnReferral', { referralHandling: handling, to: wuzhong }, staff(kunshan)))
      .referral.id;
    const read = async (id: string, as: Actor) =>
      (
        await hub.ask('query ($id: ID!) { referral(id: $id) { text problem { id } previous { id } path { code } } }', {
          as,
          variables: { id },
        })
      ).data.referral;
    const text = '只给经手的政协';
    const path = [{ code: taicang }, { code: kunshan }];
    expect(await read(second, staff(taicang))).toEqual({
      text,
      problem: { id: problem },
      previous: { id: first },
      path,
    });
    expect(await read(second, staff(kunshan))).toEqual({ text, problem: null, previous: { id: first }, path });
    expect(await read(second, staff(wuzhong))).toEqual({ text, problem: null, previous: null, path });
    for (const as of [staff(suzhou), staff(province), staff(nextDoor), everyone, bureau])
      expect(await read(second, as)).toBeNull();
    expect(await read(first, staff(wuzhong))).toBeNull();
    const box = async (committee: string, filter: string) => {
      const { data } = await hub.ask(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { referrals(filter: { ${filter} }) { nodes { id } } } } }`,
        { as: staff(committee), variables: { of: [{ __typename: 'Committee', code: committee }] } },
      );
      return data._entities[0].referrals.nodes
        .map(({ id }: { id: string }) => id)
        .filter((id: string) => [first, second].includes(id));
    };
    expect(await box(kunshan, 'box: RECEIVED')).toEqual([first]);
    expect(await box(kunshan, 'box: SENT')).toEqual([second]);
    expect(await box(kunshan, '')).toEqual([second, first]);
    expect(await box(wuzhong, 'box: RECEIVED, waiting: true')).toEqual([second]);
    expect(await box(kunshan, 'box: RECEIVED, waiting: true')).toEqual([]);
  });

  test('is taken by one of two who take it at once, and by the receiver only, not even past the hub’s own code', async () => {
    const referral = (await refer(await report(), kunshan)).referral.id;
    const insert = hub.testDatabase.admin`insert into consultations.referral_handling
      (id, owner, owner_as_filed, visibility, referral, status, due)
      values (gen_random_uuid(), ${wuzhong}, ${wuzhong}, 'JOINT', ${referral}, 'TAKEN', now())`;
    await expect(insert).rejects.toMatchObject({ constraint_name: 'referral_handling_receiver' });
    const answers = await Promise.all([
      onReferral('takeReferral', { referral }, staff(kunshan)),
      onReferral('declineReferral', { referral, reason: '不在辖区' }, staff(kunshan)),
    ]);
    const refused = answers.filter(({ code }) => code !== null);
    expect(refused).toHaveLength(1);
    expect(['CONFLICT', 'STEP_NOT_ALLOWED']).toContain(refused[0]?.code);
    expect(refused[0]?.referralHandling).toEqual(answers.find(({ code }) => code === null)?.referralHandling);
  });

  test('of a submission sends it on while the committee that received it still answers for it', async () => {
    const filed = await step(
      'fileSubmission',
      { committee: taicang, kind: 'LEAD', title: '跨县公交', text: '希望开通。' },
      everyone,
      'id',
    );
    const submission = filed.id as string;
    await step('acceptSubmission', { submission }, staff(taicang), 'submission { id }');
    const send = (to: string) =>
      step('referSubmission', { submission, to }, staff(taicang), 'submission { status } referral { id }');
    const { referral, ...sent } = await send(kunshan);
    expect(sent).toMatchObject({ code: null, submission: { status: 'ACCEPTED' } });
    expect((await send(wuzhong)).code).toBe('REFERRAL_HELD');
    const { data } = await hub.ask(
      'query ($id: ID!) { referral(id: $id) { title text submission { id } problem { id } } }',
      { as: staff(kunshan), variables: { id: referral.id } },
    );
    expect(data.referral).toEqual({ title: '跨县公交', text: '希望开通。', submission: null, problem: null });
    const handling = await take(referral.id, kunshan);
    await onReferral('answerReferral', { referralHandling: handling, result: '已开通' }, staff(kunshan));
    const back = await hub.ask(
      'query ($id: ID!) { submission(id: $id) { referrals { handling { status result } } events { step } } }',
      { as: staff(taicang), variables: { id: submission } },
    );
    expect(back.data.submission).toEqual({
      referrals: [{ handling: { status: 'ANSWERED', result: '已开通' } }],
      events: [{ step: 'fileSubmission' }, { step: 'acceptSubmission' }, { step: 'referSubmission' }],
    });
    expect((await send(wuzhong)).code).toBeNull();
  });

  test('waits for its receiver, and what came of it for the one who sent it', async () => {
    const steps = async (committee: string, ...records: readonly string[]) => {
      const { data } = await hub.ask(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Me { consultationTasks { record step { step due } } } } }`,
        { as: staff(committee), variables: { of: [{ __typename: 'Me', id: `STAFF staff-${committee}` }] } },
      );
      return data._entities[0].consultationTasks
        .filter(({ record }: { record: string }) => records.includes(record))
        .map((task: { step: { step: string; due: string | null } }) => [task.step.step, task.step.due]);
    };
    const problem = await report();
    const first = (await refer(problem, wuzhong, staff(taicang), { due: later(8) })).referral.id;
    const soon = deadlineAfter(today(), 5, 'WORKING_DAYS').day;
    expect(await steps(wuzhong, first)).toEqual([['takeReferral', soon]]);
    expect(await steps(taicang, problem)).toEqual([]);
    await onReferral('declineReferral', { referral: first, reason: '不在辖区' }, staff(wuzhong));
    expect(await steps(wuzhong, first)).toEqual([]);
    expect(await steps(taicang, problem)).toEqual([['takeBackProblem', null]]);
    await onProblem('takeBackProblem', { problem });
    const second = (await refer(problem, kunshan, staff(taicang), { due: later(8) })).referral.id;
    const handling = await take(second, kunshan);
    expect(await steps(kunshan, handling)).toEqual([['answerReferral', later(8)]]);
    await onReferral('answerReferral', { referralHandling: handling, result: '已处理' }, staff(kunshan));
    expect(await steps(taicang, problem)).toEqual([['recordProblemAnswer', later(8)]]);
  });
});
