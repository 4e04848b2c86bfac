import { createHash } from 'node:crypto';
import { type Actor, receiptHash } from '@hub/access';
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
  walk,
} from '@hub/testkit';
import { today } from '@hub/working-days';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { planMachine } from '../src/plans/plan.machine.ts';
import { planItemMachine } from '../src/plans/plan-item.machine.ts';
import { topicMachine } from '../src/plans/topic.machine.ts';
import { consultationRows } from './records.ts';

const qiantang = '330114';
const above = '330100';
const beside = '330113';
const office = staff(qiantang);
const sector = '10000000-0000-4000-8000-00000000005e';
const urbanManagement = '10000000-0000-4000-8000-00000000000d';
const asked = department(qiantang, urbanManagement);
const someMember = member('10000000-0000-4000-8000-000000000001', qiantang);
const otherMember = member('10000000-0000-4000-8000-000000000002', qiantang);
const convenor = member('10000000-0000-4000-8000-000000000003', qiantang, [sector]);
const proposalsOnly: Actor = { kind: 'STAFF', subject: 'proposals', committee: qiantang, duties: ['proposals'] };
const strangers = [
  staff(above),
  staff(beside),
  proposalsOnly,
  department(qiantang, '10000000-0000-4000-8000-00000000000e'),
  member('10000000-0000-4000-8000-000000000004', beside),
  liaison(qiantang),
  everyone,
  agency,
  operator,
];
const meetingHeld = recordId('test/chairmens-meeting-held');
const meetingToCome = recordId('test/chairmens-meeting-to-come');
const day = (offset: number) => new Date(Date.parse(today()) + offset * 86_400_000).toISOString().slice(0, 10);

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  const meeting = { kind: 'CHAIRMENS_MEETING', hosts: [qiantang] as const };
  await hub.put(
    ...consultationRows({ ...meeting, key: 'test/chairmens-meeting-held' }),
    ...consultationRows({ ...meeting, key: 'test/chairmens-meeting-to-come', status: 'SCHEDULED' }),
    ...consultationRows({ ...meeting, key: 'test/chairmens-meeting-beside', hosts: [beside] }),
  );
});
afterAll(() => hub.stop());

// One plan a year: each test takes a year of its own.
let year = 1999;
beforeEach(() => {
  year += 1;
});

const fields: Readonly<Record<string, string>> = {
  annualPlan: 'id status revision visibility reason',
  annualPlanItem: 'id status revision title count { value qualifier text }',
  annualPlanTopic: 'id status reason',
  submission: 'id status reason',
  consultation: 'id status',
};
const stepOn =
  (field: string) =>
  (name: string, input: object, as: Actor = office) =>
    hub
      .ask(
        `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${field} { ${fields[field]} } userErrors { code path message } } }`,
        { as, variables: { input } },
      )
      .then(({ data, errors }) => ({
        record: data?.[name]?.[field] ?? null,
        code: (errors[0] ?? data?.[name]?.userErrors[0]?.code ?? null) as string | null,
        path: data?.[name]?.userErrors[0]?.path as string[] | undefined,
      }));
const onPlan = stepOn('annualPlan');
const onItem = stepOn('annualPlanItem');
const onTopic = stepOn('annualPlanTopic');
const onSubmission = stepOn('submission');
const lookAt = async (selection: string, plan: string, as: Actor = office) =>
  (await hub.ask(`query ($id: ID!) { annualPlan(id: $id) { ${selection} } }`, { as, variables: { id: plan } })).data
    .annualPlan;

const openPlan = async (input: object = {}): Promise<string> => {
  const { record, code } = await onPlan('openPlan', {
    committee: qiantang,
    year,
    title: '年度协商计划',
    collectUntil: today(),
    departments: [urbanManagement],
    ...input,
  });
  if (!record) throw new Error(`openPlan ends in ${code}`);
  return record.id;
};
const addItem = async (plan: string, input: object): Promise<string> => {
  const { record, code } = await onItem('addPlanItem', { plan, kind: 'TOPICAL', ...input });
  if (!record) throw new Error(`addPlanItem ends in ${code}`);
  return record.id;
};
const publish = async (plan: string) => {
  await onPlan('draftPlan', { plan });
  await onPlan('submitPlanToChairmen', { plan, chairmensMeeting: meetingHeld });
  await onPlan('approvePlan', { plan, body: '中共钱塘区委', documentNumber: '区委〔2024〕1号', approvedOn: today() });
  const { record } = await onPlan('publishPlan', { plan });
  expect(record).toMatchObject({ status: 'PUBLISHED', visibility: 'PUBLIC' });
};
let made = 0;
/** A consultation of the committee, as somebody else's steps would have left it. */
const consultationThatIs = async (status: string, given: { owner?: string; visibility?: 'INTERNAL' } = {}) => {
  made += 1;
  const key = `test/made-${made}`;
  const { owner = qiantang, visibility = 'PUBLIC' } = given;
  await hub.put(...consultationRows({ key, hosts: [owner], status, visibility }));
  return recordId(key);
};

describe('the machines', () => {
  const steps = (machine: typeof planMachine | typeof planItemMachine | typeof topicMachine) => ({
    machine,
    ask: hub.ask,
    strangers,
    reader: office,
  });

  test('a plan goes through every step that its machine allows, and through no other', async () => {
    let next = 2100;
    const { faults, tried } = await walk({
      ...steps(planMachine),
      as: { STAFF: office, MEMBER: someMember, CONVENOR: convenor, DEPARTMENT: asked },
      inputs: {
        openPlan: () => {
          next += 1;
          return {
            committee: qiantang,
            year: next,
            title: '计划',
            collectUntil: today(),
            departments: [urbanManagement],
          };
        },
        draftPlan: (plan) => ({ plan }),
        submitPlanToChairmen: (plan) => ({ plan, chairmensMeeting: meetingHeld }),
        recordPlanReview: (plan) => ({ plan, result: '原则通过' }),
        returnPlan: (plan) => ({ plan, reason: '题目过大' }),
        approvePlan: (plan) => ({ plan, body: '区委', documentNumber: '1号', approvedOn: today() }),
        publishPlan: (plan) => ({ plan }),
        amendPlan: (plan) => ({ plan, reason: '上级安排', add: [{ kind: 'TOPICAL', title: '增列' }] }),
        withdrawPlan: (plan) => ({ plan, reason: '另行制定' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(200);
  });

  test('an item does, wherever its plan lets it', async () => {
    const plan = await openPlan();
    const planThatIs = (status: string) =>
      hub.testDatabase.admin`update consultations.plan set status = ${status} where id = ${plan}`;
    const inDraft = async <Input>(input: Input) => {
      await planThatIs('DRAFT');
      return input;
    };
    const linked = new Map<string, string>();
    const { faults, tried } = await walk({
      ...steps(planItemMachine),
      as: { STAFF: office, MEMBER: someMember, CONVENOR: convenor, DEPARTMENT: asked },
      inputs: {
        addPlanItem: () => inDraft({ plan, kind: 'TOPICAL', title: '题目', count: 2, atLeast: true }),
        changePlanItem: (item) => inDraft({ item, title: '改后的题目' }),
        removePlanItem: (item) => inDraft({ item }),
        holdPlanItem: async (item) => {
          await planThatIs('PUBLISHED');
          return { item, consultation: await consultationThatIs('PLANNED') };
        },
        releasePlanItem: async (item) => {
          await planThatIs('PUBLISHED');
          // Linked as the database's administrator, so that no step shows among the item's own.
          const consultation = linked.get(item) ?? (await consultationThatIs('PLANNED'));
          if (!linked.has(item))
            await hub.testDatabase.admin`insert into consultations.plan_item_held
              (id, owner, owner_as_filed, visibility, parties, subjects, plan, plan_item, consultation)
              select gen_random_uuid(), owner, owner, visibility, parties, subjects, plan, id, ${consultation} from consultations.plan_item where id = ${item}`;
          linked.set(item, consultation);
          return { item, consultation, reason: '关联有误' };
        },
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(50);
  });

  test('a topic does', async () => {
    const plan = await openPlan();
    const { faults, tried } = await walk({
      ...steps(topicMachine),
      as: { STAFF: office, MEMBER: someMember, CONVENOR: convenor, DEPARTMENT: asked },
      inputs: {
        suggestPlanTopic: () => ({ plan, title: '题目' }),
        takeTopicIntoPlan: (topic) => ({ topic, newItem: { kind: 'TOPICAL' } }),
        declineTopic: (topic) => ({ topic, reason: '已有安排' }),
        releaseTopic: (topic) => ({ topic, reason: '合并办理' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(40);
  });
});

describe('a plan', () => {
  test('is one a year: whoever opens it second is told, unless the first was withdrawn', async () => {
    const input = { committee: qiantang, year, title: '计划', collectUntil: day(10) };
    const both = await Promise.all([onPlan('openPlan', input), onPlan('openPlan', input)]);
    expect(both.map(({ code }) => code).sort()).toEqual(['PLAN_EXISTS', null]);
    const first = both.find(({ record }) => record)?.record.id;
    await onPlan('withdrawPlan', { plan: first, reason: '重新征集' });
    expect((await onPlan('openPlan', input)).code).toBeNull();
  });

  test('gathers topics until a day that is still to come', async () => {
    const input = { committee: qiantang, year, title: '计划', collectUntil: day(-1) };
    expect(await onPlan('openPlan', input)).toMatchObject({ code: 'DATE_PAST', path: ['input', 'collectUntil'] });
  });

  test.each([
    ['a chairmen’s meeting of another committee', recordId('test/chairmens-meeting-beside'), 'INVALID'],
    ['what is no chairmen’s meeting', null, 'INVALID'],
    ['a meeting that nobody sees', recordId('no/meeting'), 'NOT_FOUND'],
  ])('is not submitted to %s', async (_, id, code) => {
    const plan = await openPlan();
    await onPlan('draftPlan', { plan });
    const chairmensMeeting = id ?? (await consultationThatIs('SCHEDULED'));
    expect(await onPlan('submitPlanToChairmen', { plan, chairmensMeeting })).toMatchObject({
      code,
      path: ['input', 'chairmensMeeting'],
    });
  });

  test('is approved when the chairmen have met, with the document and not in advance', async () => {
    const plan = await openPlan();
    await onPlan('draftPlan', { plan });
    await onPlan('submitPlanToChairmen', { plan, chairmensMeeting: meetingToCome });
    const approval = { plan, body: '中共钱塘区委', documentNumber: '区委〔2024〕1号', approvedOn: today() };
    expect((await onPlan('approvePlan', approval)).code).toBe('PLAN_NOT_REVIEWED');
    await onPlan('returnPlan', { plan, reason: '题目过大' });
    await onPlan('submitPlanToChairmen', { plan, chairmensMeeting: meetingHeld });
    expect(await onPlan('approvePlan', { ...approval, documentNumber: ' ' })).toMatchObject({
      code: 'REQUIRED',
      path: ['input', 'documentNumber'],
    });
    expect((await onPlan('approvePlan', { ...approval, approvedOn: day(1) })).code).toBe('DATE_FUTURE');
    await onPlan('recordPlanReview', { plan, result: '原则通过，突出民生' });
    expect((await onPlan('approvePlan', approval)).record).toMatchObject({
      status: 'APPROVED',
      visibility: 'INTERNAL',
    });
    expect(
      await lookAt(
        'reviewResult chairmensMeeting { id } approval { body documentNumber approvedOn file { id } } events { step evidence { name value } }',
        plan,
      ),
    ).toMatchObject({
      reviewResult: '原则通过，突出民生',
      chairmensMeeting: { id: meetingHeld },
      approval: { body: '中共钱塘区委', documentNumber: '区委〔2024〕1号', approvedOn: today(), file: null },
      events: [
        { step: 'openPlan' },
        { step: 'draftPlan' },
        { step: 'submitPlanToChairmen', evidence: [{ name: 'chairmensMeeting', value: meetingToCome }] },
        { step: 'returnPlan', evidence: [{ name: 'reason', value: '题目过大' }] },
        { step: 'submitPlanToChairmen', evidence: [{ name: 'chairmensMeeting', value: meetingHeld }] },
        { step: 'recordPlanReview' },
        { step: 'approvePlan' },
      ],
    });
  });

  test('has its approval document for those who see the plan, and no file of another record', async () => {
    const bytes = Buffer.from('区委批复');
    const send = async (name: string, input: object) =>
      (
        await hub.ask(
          `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { file { id } userErrors { code } } }`,
          { as: office, variables: { input } },
        )
      ).data[name].file?.id as string;
    const file = await send('beginFile', { name: '批复.txt', mediaType: 'text/plain' });
    await send('appendFileChunk', { file, position: 0, bytes: bytes.toString('base64') });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await send('finishFile', { file, sha256, bytes: bytes.length });
    const approved = async () => {
      const plan = await openPlan();
      await onPlan('draftPlan', { plan });
      await onPlan('submitPlanToChairmen', { plan, chairmensMeeting: meetingHeld });
      const approval = { body: '区委', documentNumber: '1号', approvedOn: today(), file };
      return { plan, code: (await onPlan('approvePlan', { plan, ...approval })).code };
    };
    const { plan, code } = await approved();
    expect(code).toBeNull();
    const seenBy = async (as: Actor) => (await lookAt('approval { file { name sha256 } }', plan, as))?.approval.file;
    expect(await seenBy(everyone)).toBeUndefined();
    await onPlan('publishPlan', { plan });
    expect(await seenBy(everyone)).toEqual({ name: '批复.txt', sha256 });
    year += 1;
    expect((await approved()).code).toBe('FILE_UNUSABLE');
  });

  test('that two approve at once is approved by one', async () => {
    const plan = await openPlan();
    await onPlan('draftPlan', { plan });
    await onPlan('submitPlanToChairmen', { plan, chairmensMeeting: meetingHeld });
    const approval = { plan, body: '区委', documentNumber: '1号', approvedOn: today() };
    const both = await Promise.all([onPlan('approvePlan', approval), onPlan('approvePlan', approval)]);
    expect(both.filter(({ code }) => code === null)).toHaveLength(1);
    expect(['CONFLICT', 'STEP_NOT_ALLOWED']).toContain(both.find(({ code }) => code)?.code);
    const { events } = await lookAt('events { step }', plan);
    expect(events.filter(({ step }: { step: string }) => step === 'approvePlan')).toHaveLength(1);
  });

  test('is for the committee’s members and the departments asked, then the office’s, then everybody’s', async () => {
    const plan = await openPlan();
    const seenBy = async (as: Actor) => (await lookAt('id', plan, as)) !== null;
    const who = [everyone, staff(above), someMember, asked, office];
    const seen = () => Promise.all(who.map(seenBy));
    expect(await seen()).toEqual([false, false, true, true, true]);
    await onPlan('draftPlan', { plan });
    expect(await seen()).toEqual([false, false, false, false, true]);
    await publish(plan);
    expect(await seen()).toEqual([true, true, true, true, true]);
  });

  test('is found among its committee’s by status', async () => {
    const plan = await openPlan();
    const of = async (statuses: string) => {
      const { data } = await hub.ask(
        `{ _entities(representations: [{ __typename: "Committee", code: "${qiantang}" }]) { ... on Committee { plans(year: ${year}, statuses: [${statuses}]) { id } } } }`,
        { as: office },
      );
      return data._entities[0].plans;
    };
    expect(await of('COLLECTING, DRAFT')).toEqual([{ id: plan }]);
    expect(await of('PUBLISHED')).toEqual([]);
  });

  test('sent twice with one key is opened once', async () => {
    const input = {
      committee: qiantang,
      year,
      title: '计划',
      collectUntil: today(),
      idempotencyKey: '0f6c2a54-3d0e-4a2b-9f43-0d5c0e3a7b11',
    };
    const both = await Promise.all([onPlan('openPlan', input), onPlan('openPlan', input)]);
    expect(both[0].record.id).toBe(both[1].record.id);
    expect(both.map(({ code }) => code)).toEqual([null, null]);
  });
});

describe('the items of a plan', () => {
  test('are put together before it is submitted, and by amendment alone once it is published', async () => {
    const plan = await openPlan();
    const item = await addItem(plan, {
      title: '打造全省重要产业创新中心',
      lead: '区经信科技局',
      plannedFrom: '2024-07',
      plannedUntil: '2024-09',
      responsible: sector,
    });
    expect(await lookAt('items { title lead plannedFor { start end precision } responsible { id } }', plan)).toEqual({
      items: [
        {
          title: '打造全省重要产业创新中心',
          lead: '区经信科技局',
          plannedFor: { start: '2024-07', end: '2024-09', precision: 'MONTH' },
          responsible: { id: sector },
        },
      ],
    });
    expect((await onItem('changePlanItem', { item, lead: null, responsible: null })).record.title).toBe(
      '打造全省重要产业创新中心',
    );
    expect(await lookAt('items { lead responsible { id } }', plan)).toEqual({
      items: [{ lead: null, responsible: null }],
    });
    await publish(plan);
    for (const refused of [
      await onItem('addPlanItem', { plan, kind: 'TOPICAL', title: '另一题' }),
      await onItem('changePlanItem', { item, title: '改题' }),
      await onItem('removePlanItem', { item }),
    ])
      expect(refused.code).toBe('STEP_NOT_ALLOWED');
    const amended = await onPlan('amendPlan', {
      plan,
      reason: '区委部署调整',
      add: [{ kind: 'SUPERVISION', title: '特色街区建设' }],
      change: [{ item, title: '打造产业创新中心' }],
    });
    expect(amended.code).toBeNull();
    await onPlan('amendPlan', { plan, reason: '合并', remove: [item] });
    expect(
      await lookAt(
        'items { title } amendments { change reason item { id status } before { title } after { title kind } }',
        plan,
        everyone,
      ),
    ).toMatchObject({
      items: [{ title: '特色街区建设' }],
      amendments: [
        {
          change: 'ADDED',
          reason: '区委部署调整',
          before: null,
          after: { title: '特色街区建设', kind: 'SUPERVISION' },
        },
        {
          change: 'CHANGED',
          item: { id: item, status: 'REMOVED' },
          before: { title: '打造全省重要产业创新中心' },
          after: { title: '打造产业创新中心' },
        },
        { change: 'REMOVED', reason: '合并', before: { title: '打造产业创新中心' }, after: null },
      ],
    });
  });

  test('an amendment says what it changes, of this plan, all or nothing', async () => {
    const other = await openPlan();
    const foreign = await addItem(other, { title: '别的计划的事项' });
    year += 1;
    const plan = await openPlan();
    await publish(plan);
    expect((await onPlan('amendPlan', { plan, reason: '无' })).code).toBe('REQUIRED');
    expect((await onPlan('amendPlan', { plan, reason: ' ', remove: [foreign] })).code).toBe('REQUIRED');
    const mixed = { plan, reason: '调整', add: [{ kind: 'TOPICAL', title: '新题' }], remove: [foreign] };
    expect((await onPlan('amendPlan', mixed)).code).toBe('NOT_FOUND');
    expect(await lookAt('items { id } amendments { id } events { step }', plan)).toMatchObject({
      items: [],
      amendments: [],
      events: { length: 5 },
    });
  });

  test('that two secretaries change at once: one does, the other is told of the conflict', async () => {
    const plan = await openPlan();
    const item = await addItem(plan, { title: '题目' });
    const both = await Promise.all([
      onItem('changePlanItem', { item, title: '甲改的', expectedRevision: 1 }),
      onItem('changePlanItem', { item, title: '乙改的', expectedRevision: 1 }),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(['CONFLICT', null]);
    const { revision } = await lookAt('revision', plan);
    await addItem(plan, { title: '丙加的' });
    // Whoever moves the plan on without having seen that is told, too.
    expect((await onPlan('draftPlan', { plan, expectedRevision: revision })).code).toBe('CONFLICT');
    expect((await onItem('addPlanItem', { plan, kind: 'TOPICAL', expectedRevision: revision })).code).toBe('CONFLICT');
  });

  test('none slips into a plan that is submitted at the same time', async () => {
    const plan = await openPlan();
    await onPlan('draftPlan', { plan });
    const [added, submitted] = await Promise.all([
      onItem('addPlanItem', { plan, kind: 'TOPICAL', title: '赶末班' }),
      onPlan('submitPlanToChairmen', { plan, chairmensMeeting: meetingHeld }),
    ]);
    const { items, status } = await lookAt('status items { id }', plan);
    expect(items).toHaveLength(added.code === null ? 1 : 0);
    expect(status).toBe(submitted.code === null ? 'IN_REVIEW' : 'DRAFT');
    expect([added.code, submitted.code].filter((code) => code !== null)).toHaveLength(1);
  });

  test.each([
    [{ count: 0 }, 'count'],
    [{ plannedFrom: '2024-07', plannedUntil: '2024-06' }, 'plannedUntil'],
    [{ responsible: 'nobody' }, 'responsible'],
  ])('are refused with %j', async (input, field) => {
    const plan = await openPlan();
    expect(await onItem('addPlanItem', { plan, kind: 'TOPICAL', title: '题目', ...input })).toMatchObject({
      code: 'INVALID',
      path: ['input', field],
    });
  });

  test('more topics than the committee advises itself is said and not refused', async () => {
    const plan = await openPlan();
    const advice = () => lookAt('topicsPerYear exceedsTopicsPerYear', plan);
    await addItem(plan, { count: 15 });
    expect(await advice()).toEqual({ topicsPerYear: 15, exceedsTopicsPerYear: false });
    await addItem(plan, { kind: 'RESEARCH', title: '课题' });
    expect(await advice()).toEqual({ topicsPerYear: 15, exceedsTopicsPerYear: true });
  });
});

describe('topics and wishes', () => {
  test('are suggested by members, convenors and departments while they are gathered, and seen by those and staff', async () => {
    const plan = await openPlan();
    const suggest = (as: Actor, input: object = {}) =>
      onTopic('suggestPlanTopic', { plan, title: '题目', ...input }, as);
    const own = (await suggest(someMember)).record.id;
    const ofSector = (await suggest(convenor, { organization: sector })).record.id;
    const ofDepartment = (await suggest(asked)).record.id;
    expect((await suggest(someMember, { organization: sector })).code).toBe('NOT_YOURS');
    expect((await suggest(member('10000000-0000-4000-8000-000000000004', beside))).code).toBe('NOT_FOUND');
    const topicsSeenBy = async (as: Actor) => {
      const { topics } = await lookAt('topics { totalCount nodes { id } }', plan, as);
      expect(topics.totalCount).toBe(topics.nodes.length);
      return topics.nodes.map(({ id }: { id: string }) => id);
    };
    expect(await topicsSeenBy(office)).toEqual([own, ofSector, ofDepartment]);
    expect(await topicsSeenBy(someMember)).toEqual([own]);
    expect(await topicsSeenBy(otherMember)).toEqual([]);
    expect(await topicsSeenBy(member('10000000-0000-4000-8000-000000000009', qiantang, [sector]))).toEqual([ofSector]);
    expect(await topicsSeenBy(asked)).toEqual([ofDepartment]);
    const { data } = await hub.ask(
      `query ($id: ID!) { annualPlanTopic(id: $id) { suggestedBy organization { id } author { id planTopics { id } } } }`,
      { as: convenor, variables: { id: ofSector } },
    );
    expect(data.annualPlanTopic).toEqual({
      suggestedBy: 'MEMBER',
      organization: { id: sector },
      author: { id: '10000000-0000-4000-8000-000000000003', planTopics: [{ id: ofSector }] },
    });
  });

  test('come too late after the last day, and once the office drafts', async () => {
    const plan = await openPlan();
    await hub.testDatabase.admin`update consultations.plan set collect_until = ${day(-1)} where id = ${plan}`;
    expect((await onTopic('suggestPlanTopic', { plan, title: '题目' }, someMember)).code).toBe('TOPICS_CLOSED');
    await hub.testDatabase.admin`update consultations.plan set collect_until = ${day(9)} where id = ${plan}`;
    await onPlan('draftPlan', { plan, visibility: 'MEMBERS' });
    expect((await onTopic('suggestPlanTopic', { plan, title: '题目' }, someMember)).code).toBe('TOPICS_CLOSED');
  });

  test('become items, and whoever brought them sees what became of them once the plan is published', async () => {
    const plan = await openPlan();
    const topic = (await onTopic('suggestPlanTopic', { plan, title: '青年与钱塘双向奔赴' }, someMember)).record.id;
    const filed = await hub.ask(
      'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { id receipt } }',
      {
        variables: {
          input: { committee: qiantang, kind: 'WISH', title: '独居老人点对点服务', text: '希望有人上门。' },
        },
      },
    );
    const { id: submission, receipt } = filed.data.fileSubmission;
    const holder: Actor = { kind: 'PUBLIC', receipt: receiptHash(receipt) };
    await onSubmission('acceptSubmission', { submission });
    const item = await addItem(plan, { title: '加快推进青年与钱塘的双向奔赴' });
    expect(await onTopic('takeTopicIntoPlan', { topic, item })).toMatchObject({ record: { status: 'TAKEN' } });
    expect((await onTopic('takeTopicIntoPlan', { topic, item })).code).toBe('STEP_NOT_ALLOWED');
    expect(
      await onSubmission('takeSubmissionIntoPlan', { submission, plan, newItem: { kind: 'LIVELIHOOD' } }),
    ).toMatchObject({ record: { status: 'IN_PLAN' } });
    await onPlan('draftPlan', { plan });
    const toldTo = async () => {
      const mine = await hub.ask(`{ annualPlanTopic(id: "${topic}") { status plan { id } item { title } } }`, {
        as: someMember,
      });
      const theirs = await hub.ask(
        `{ submission(id: "${submission}") { status planItem { title } events { step } } }`,
        {
          as: holder,
        },
      );
      return [mine.data.annualPlanTopic, theirs.data.submission];
    };
    expect(await toldTo()).toMatchObject([
      { status: 'TAKEN', plan: null, item: null },
      { status: 'IN_PLAN', planItem: null, events: { length: 3 } },
    ]);
    await publish(plan);
    expect(await toldTo()).toMatchObject([
      { status: 'TAKEN', plan: { id: plan }, item: { title: '加快推进青年与钱塘的双向奔赴' } },
      { status: 'IN_PLAN', planItem: { title: '独居老人点对点服务' } },
    ]);
    const sources = 'items { fromTopics { id } fromSubmissions { id } }';
    expect(await lookAt(sources, plan)).toEqual({
      items: [
        { fromTopics: [{ id: topic }], fromSubmissions: [] },
        { fromTopics: [], fromSubmissions: [{ id: submission }] },
      ],
    });
    expect((await lookAt(sources, plan, everyone)).items).toEqual([
      { fromTopics: [], fromSubmissions: [] },
      { fromTopics: [], fromSubmissions: [] },
    ]);
  });

  test('an item that was made of one is removed only when that one was released with a reason', async () => {
    const plan = await openPlan();
    const topic = (await onTopic('suggestPlanTopic', { plan, title: '题目' }, someMember)).record.id;
    await onTopic('takeTopicIntoPlan', { topic, newItem: { kind: 'TOPICAL' } });
    const { items } = await lookAt('items { id title }', plan);
    expect(items).toMatchObject([{ title: '题目' }]);
    expect((await onItem('removePlanItem', { item: items[0].id })).code).toBe('PLAN_ITEM_HAS_SOURCES');
    expect((await onTopic('releaseTopic', { topic })).code).toBe('BAD_USER_INPUT');
    expect(await onTopic('releaseTopic', { topic, reason: '与另一题合并' })).toMatchObject({
      record: { status: 'SUGGESTED', reason: '与另一题合并' },
    });
    expect((await onItem('removePlanItem', { item: items[0].id })).record.status).toBe('REMOVED');
    expect((await onTopic('takeTopicIntoPlan', { topic, item: items[0].id })).code).toBe('NOT_FOUND');
  });

  test('are taken into one item, of the plan that they were suggested for', async () => {
    const other = await openPlan();
    const elsewhere = await addItem(other, { title: '别处' });
    year += 1;
    const plan = await openPlan();
    const topic = (await onTopic('suggestPlanTopic', { plan, title: '题目' }, someMember)).record.id;
    expect(await onTopic('takeTopicIntoPlan', { topic, item: elsewhere })).toMatchObject({ code: 'INVALID' });
    expect(await onTopic('takeTopicIntoPlan', { topic })).toMatchObject({ code: 'REQUIRED', path: ['input', 'item'] });
    expect(await onTopic('takeTopicIntoPlan', { topic, item: elsewhere, newItem: { kind: 'HALL' } })).toMatchObject({
      code: 'INVALID',
      path: ['input', 'newItem'],
    });
  });
});

describe('planned against held', () => {
  test('a consultation may be planned for an item in one step, which fails as a whole where the item isn’t open', async () => {
    const plan = await openPlan();
    const item = await addItem(plan, { title: '数字门牌' });
    const planFor = (title: string) =>
      stepOn('consultation')('planConsultation', { committee: qiantang, kind: 'TOPICAL', title, planItem: item });
    expect(await planFor('早了一步')).toMatchObject({ record: null, code: 'STEP_NOT_ALLOWED' });
    await publish(plan);
    const planned = await planFor('数字门牌协商');
    expect(planned.code).toBeNull();
    const { data } = await hub.ask('{ consultations(within: "330114", filter: { text: "早了一步" }) { totalCount } }', {
      as: office,
    });
    expect(data.consultations.totalCount).toBe(0);
    expect((await lookAt('items { progress { held { count } consultations { id } } }', plan)).items).toMatchObject([
      { progress: { consultations: [{ id: planned.record.id }] } },
    ]);
  });

  const hold = (item: string, consultation: string, as = office) => onItem('holdPlanItem', { item, consultation }, as);
  const progress = `progress { basis planned { value qualifier text } complete openItems { title }
    held { count consultations { id } } scheduled { count } notHeld { count } cancelled { count }
    byKind { kind planned { text } held { count } openItems { title } } }`;

  test('is computed from linked consultations, those named being among the number of their kind', async () => {
    const plan = await openPlan();
    const quota = await addItem(plan, { count: 6, atLeast: true });
    const topics: string[] = [];
    for (const title of ['创新中心', '农产品品牌', '城乡风貌']) topics.push(await addItem(plan, { title }));
    const joint = await addItem(plan, { kind: 'JOINT_GROUP', count: 2 });
    const street = await addItem(plan, { kind: 'SUPERVISION', title: '特色街区' });
    await addItem(plan, { kind: 'INSPECTION' });
    const early = await consultationThatIs('HELD');
    expect((await hold(topics[0] ?? '', early)).code).toBe('STEP_NOT_ALLOWED');
    await publish(plan);
    expect((await hold(topics[0] ?? '', early)).code).toBeNull();
    expect((await hold(topics[1] ?? '', await consultationThatIs('SCHEDULED'))).code).toBeNull();
    expect((await hold(joint, await consultationThatIs('HELD'))).code).toBeNull();
    expect((await hold(joint, await consultationThatIs('PLANNED'))).code).toBeNull();
    expect((await hold(street, await consultationThatIs('NOT_HELD'))).code).toBeNull();
    await consultationThatIs('HELD');
    expect((await lookAt(progress, plan, everyone)).progress).toMatchObject({
      basis: 'COUNTED',
      planned: { value: 9, qualifier: 'AT_LEAST', text: '至少9' },
      complete: false,
      held: { count: 2 },
      scheduled: { count: 1 },
      notHeld: { count: 1 },
      cancelled: { count: 0 },
      openItems: [{ title: '城乡风貌' }, { title: null }],
      byKind: [
        { kind: 'TOPICAL', planned: { text: '至少6' }, held: { count: 1 }, openItems: [{ title: '城乡风貌' }] },
        { kind: 'JOINT_GROUP', planned: { text: '2' }, held: { count: 1 }, openItems: [{ title: null }] },
        { kind: 'SUPERVISION', planned: { text: '1' }, held: { count: 0 }, openItems: [] },
        { kind: 'INSPECTION', planned: null, held: { count: 0 }, openItems: [] },
      ],
    });
    const { items } = await lookAt(
      'items { id progress { planned { text } held { count } remaining consultations { id } } }',
      plan,
    );
    expect(items[0]).toMatchObject({
      id: quota,
      progress: { planned: { text: '至少6' }, held: { count: 1 }, remaining: 5, consultations: { length: 2 } },
    });
    expect(items.at(-1).progress).toEqual({ planned: null, held: { count: 0 }, remaining: null, consultations: [] });
  });

  test('is complete when as many were held as were planned, and follows what happens to a consultation', async () => {
    const plan = await openPlan();
    const item = await addItem(plan, { title: '题目' });
    await publish(plan);
    const consultation = await consultationThatIs('SCHEDULED');
    await hold(item, consultation);
    const complete = async () => (await lookAt('progress { complete held { count } }', plan)).progress;
    expect(await complete()).toEqual({ complete: false, held: { count: 0 } });
    await hub.testDatabase.admin`update consultations.consultation set status = 'HELD' where id = ${consultation}`;
    expect(await complete()).toEqual({ complete: true, held: { count: 1 } });
    expect((await onItem('releasePlanItem', { item, consultation, reason: '关联有误' })).code).toBeNull();
    expect(await complete()).toEqual({ complete: false, held: { count: 0 } });
    expect((await onItem('releasePlanItem', { item, consultation, reason: '再次' })).code).toBe('NOT_FOUND');
    expect((await hold(item, consultation)).code).toBeNull();
    const { data } = await hub.ask(
      `{ consultation(id: "${consultation}") { planItems { id plan { id } } } annualPlanItem(id: "${item}") { events { step } } }`,
    );
    expect(data.consultation.planItems).toEqual([{ id: item, plan: { id: plan } }]);
    expect(data.annualPlanItem.events.map(({ step }: { step: string }) => step)).toEqual([
      'addPlanItem',
      'holdPlanItem',
      'releasePlanItem',
      'holdPlanItem',
    ]);
  });

  test('counts a consultation once in a plan, of the committee’s own, and no more than were planned', async () => {
    const plan = await openPlan();
    const [one, other] = [await addItem(plan, { title: '甲题' }), await addItem(plan, { title: '乙题' })];
    await publish(plan);
    const consultation = await consultationThatIs('PLANNED');
    const both = await Promise.all([hold(one, consultation), hold(other, consultation)]);
    expect(both.map(({ code }) => code).sort()).toEqual(['CONSULTATION_IN_PLAN', null]);
    const full = both[0]?.code === null ? one : other;
    expect((await hold(full, await consultationThatIs('PLANNED'))).code).toBe('PLAN_ITEM_FULL');
    const free = full === one ? other : one;
    expect((await hold(free, await consultationThatIs('PLANNED', { owner: beside }))).code).toBe('NOT_YOURS');
    const hidden = await consultationThatIs('PLANNED', { owner: beside, visibility: 'INTERNAL' });
    expect((await hold(free, hidden)).code).toBe('NOT_FOUND');
    // What was cancelled has its place taken by another.
    await hold(free, await consultationThatIs('CANCELLED'));
    expect((await hold(free, await consultationThatIs('PLANNED'))).code).toBeNull();
  });

  test('two that carry one item out, linked at once, are no more than it has room for', async () => {
    const plan = await openPlan();
    const item = await addItem(plan, { title: '题目' });
    await publish(plan);
    const [a, b] = [await consultationThatIs('PLANNED'), await consultationThatIs('PLANNED')];
    const both = await Promise.all([hold(item, a), hold(item, b)]);
    expect(both.filter(({ code }) => code === null)).toHaveLength(1);
    expect(['CONFLICT', 'PLAN_ITEM_FULL']).toContain(both.find(({ code }) => code)?.code);
  });

  test('is over what the one who asks may see', async () => {
    const plan = await openPlan();
    const item = await addItem(plan, { title: '题目' });
    await publish(plan);
    await hold(item, await consultationThatIs('HELD', { visibility: 'INTERNAL' }));
    const held = async (as: Actor) =>
      (await lookAt('progress { held { count consultations { id } } }', plan, as)).progress.held;
    expect(await held(everyone)).toEqual({ count: 0, consultations: [] });
    expect(await held(office)).toMatchObject({ count: 1 });
  });
});

test('what can be done next is told with the plan’s state in mind', async () => {
  const plan = await openPlan();
  await addItem(plan, { title: '题目' });
  const pending = async (as: Actor = office) => {
    const seen = await lookAt('pendingSteps { step } items { pendingSteps { step } }', plan, as);
    const names = (steps: { step: string }[]) => steps.map(({ step }) => step);
    return [names(seen.pendingSteps), names(seen.items[0].pendingSteps)];
  };
  expect(await pending()).toEqual([
    ['draftPlan', 'withdrawPlan'],
    ['changePlanItem', 'removePlanItem'],
  ]);
  expect(await pending(someMember)).toEqual([[], []]);
  await publish(plan);
  expect(await pending()).toEqual([
    ['amendPlan', 'withdrawPlan'],
    ['holdPlanItem', 'releasePlanItem'],
  ]);
});

test('a list of plans with all that is in them costs as many statements for twenty as for one', async () => {
  for (let at = 0; at < 20; at += 1) {
    const plan = await openPlan({ year: 2900 + at });
    const topic = (await onTopic('suggestPlanTopic', { plan, title: '题目' }, someMember)).record.id;
    await onTopic('takeTopicIntoPlan', { topic, newItem: { kind: 'TOPICAL', responsible: sector } });
    await publish(plan);
    const { items } = await lookAt('items { id }', plan);
    await onItem('holdPlanItem', { item: items[0].id, consultation: await consultationThatIs('HELD') });
  }
  const everything = `id committee { code } chairmensMeeting { id } approval { body file { id } } topicsPerYear exceedsTopicsPerYear
    events { step } pendingSteps { step } amendments { id } topics(first: 3) { totalCount nodes { id item { id } events { step } pendingSteps { step } } }
    progress { planned { value } held { count consultations { id planItems { id } } } openItems { id } }
    items { id plan { id } responsible { id } progress { remaining } fromTopics { id } fromSubmissions { id planItem { id } } events { step } pendingSteps { step } }`;
  const statements = async (first: number) => {
    const answer = await hub.ask(
      `{ annualPlans(within: "${qiantang}", first: ${first}) { nodes { ${everything} } } }`,
      {
        as: office,
      },
    );
    expect(answer.data.annualPlans.nodes).toHaveLength(first);
    expect(answer.data.annualPlans.nodes.at(-1).progress.held.count).toBe(1);
    return answer.statements;
  };
  expect(await statements(20)).toBe(await statements(1));
});
