/**
 * 钱塘区政协's plan of a year: gathered from topics and wishes of the public, approved, published, scheduled, held and not
 * held; and the plan of 2024, which comes out as its document has it.
 */
import { recordId } from '@hub/facts';
import { deadlineAfter, deadlineBefore, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putIntoDirectory } from '../hub/directory.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const qiantang = '330114';
const city = '330100';
const linping = '330113';
const year = 2026;
const firstDay = '2026-01-05';
const sector = recordId('qiantang/sector-economy');
const urbanManagement = 'qiantang/organization-district-government';

const named: Readonly<Record<string, readonly string[]>> = {
  JOINT_GROUP: ['推进产城深度融合发展', '打造环大学城科技成果转化带'],
  TOPICAL: ['打造农产品区域公共品牌', '打造城乡风貌样板区', '建设青年时尚体育之城', '建设法治钱塘建设新高地'],
  RESEARCH: ['打造宜居宜业宜游宜学示范区', '建设全省湿地保育修复示范样板', '专精特新企业高质量发展'],
  SUPERVISION: ['履约监管优服务专项行动', '特色街区建设', '钱塘优学行动'],
  GOVERNMENT_BUSINESS: ['钱塘未来产业前瞻性布局'],
};
const numbers: readonly (readonly [string, object])[] = [
  ['JOINT_GROUP', { count: 2, localKind: '全会联组会议' }],
  ['TOPICAL', { count: 6, atLeast: true, localKind: '专题协商' }],
  ['RESEARCH', { count: 3, atLeast: true, localKind: '课题研究' }],
  ['SUPERVISION', { count: 4, atLeast: true, localKind: '协商式监督' }],
  ['GOVERNMENT_BUSINESS', { count: 1, localKind: '政企协商会' }],
  ['INSPECTION', { localKind: '委员视察' }],
];

const fields: readonly (readonly [RegExp, string, string])[] = [
  [/Submission/, 'submission', 'id status reason planItem { title }'],
  [/PlanItem$/, 'annualPlanItem', 'id title status'],
  [/Topic/, 'annualPlanTopic', 'id status item { title }'],
  [/Plan/, 'annualPlan', 'id status visibility revision'],
  [/Consultation/, 'consultation', 'id status pendingSteps { step due } events { step late due evidence { value } }'],
];

describe('in process', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('in process');
    await putIntoDirectory(hub, { members: { '10000000-0000-4000-8000-0000000000c1': qiantang } });
    vi.useFakeTimers({ toFake: ['Date'] });
    setDay(firstDay);
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const setDay = (day: string, time = '09:00') => vi.setSystemTime(new Date(`${day}T${time}:00+08:00`));

  // A token lives shorter than the clock jumps, so each question is asked with a new one.
  type Who = (() => Promise<string>) | null;
  const office = () => hub.staff(qiantang, ['meetings']);
  const secondSecretary = () => hub.staff(qiantang);
  const proposalsOnly = () => hub.staff(qiantang, ['proposals']);
  const officeAbove = () => hub.staff(city, ['meetings']);
  const officeBeside = () => hub.staff(linping, ['meetings']);
  const member = () => hub.member('qiantang/member-zhang-guoqing', qiantang);
  const convenor = () => hub.member('10000000-0000-4000-8000-0000000000c1', qiantang, [sector]);
  const memberBeside = () => hub.member('linping/member-jin-danwen', linping);
  const department = () => hub.department(qiantang, urbanManagement);
  const otherDepartment = () => hub.department(qiantang, '10000000-0000-4000-8000-0000000000d9');
  const operator = () => hub.token({ role: 'operator' });
  const everyone = null;
  const wrong: readonly Who[] = [
    everyone,
    memberBeside,
    officeBeside,
    officeAbove,
    proposalsOnly,
    otherDepartment,
    operator,
  ];

  const ask = async (query: string, who: Who, receipt?: string) =>
    hub.ask(query, {
      ...(who && { token: await who() }),
      ...(receipt !== undefined && { headers: { 'x-receipt': receipt } }),
    });
  const step = async (name: string, input: object, who: Who = office) => {
    const [, field, shown] = fields.find(([pattern]) => pattern.test(name)) ?? ['', '', ''];
    const { data, errors } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${field} { ${shown} } userErrors { code path } } }`,
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
  const see = async (id: string, selection: string, who: Who = office) =>
    (await ask(`{ annualPlan(id: "${id}") { ${selection} } }`, who)).data.annualPlan;
  const refusals = ['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND'];
  /** Everybody who may not tries a step; nothing of the plan changes. */
  const refusedToOthers = async (name: string, input: object, others: readonly Who[] = wrong) => {
    const state = () => see(plan, 'revision status events { id } items { id revision } topics { totalCount }');
    const before = await state();
    for (const who of others) expect(refusals).toContain((await step(name, input, who)).code);
    expect(await state()).toEqual(before);
  };

  let plan = '';
  const items = new Map<string, string>();
  const consultations = new Map<string, string>();
  let wish: { id: string; receipt: string };
  let otherWish: { id: string; receipt: string };
  const topics = new Map<string, string>();

  describe('topics and wishes', () => {
    test('are called for by the office, until a day to come, once a year', async () => {
      const input = { committee: qiantang, year, title: `钱塘区政协${year}年度协商计划` };
      const until = deadlineAfter(today(), 10, 'DAYS').day;
      const departments = [recordId(urbanManagement)];
      expect((await step('openPlan', { ...input, collectUntil: until }, member)).code).toBe('FORBIDDEN');
      expect((await step('openPlan', { ...input, collectUntil: until }, officeAbove)).code).toBe('NOT_YOURS');
      expect((await step('openPlan', { ...input, collectUntil: until }, proposalsOnly)).code).toBe('FORBIDDEN');
      expect((await step('openPlan', { ...input, collectUntil: '2026-01-04' })).code).toBe('DATE_PAST');
      const key = '5b0c2a54-3d0e-4a2b-9f43-0d5c0e3a7b11';
      const opening = { ...input, collectUntil: until, departments, idempotencyKey: key };
      const opened = await done('openPlan', opening);
      expect(opened).toMatchObject({ status: 'COLLECTING', visibility: 'MEMBERS' });
      plan = opened.id;
      expect((await done('openPlan', opening)).id).toBe(plan);
      expect((await step('openPlan', { ...input, collectUntil: until })).code).toBe('PLAN_EXISTS');
    });

    test('of the public are followed with a receipt each, and are nobody else’s to read', async () => {
      const file = async (title: string, text: string, region: string) => {
        const { data } = await hub.ask(
          'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { id receipt userErrors { code } } }',
          { variables: { input: { committee: qiantang, kind: 'WISH', title, text, region } } },
        );
        expect(data.fileSubmission.userErrors).toEqual([]);
        return { id: data.fileSubmission.id, receipt: data.fileSubmission.receipt };
      };
      wish = await file('独居老人和留守儿童点对点服务', '希望社区有人上门。', '330114002');
      otherWish = await file('多一些阅读的地方', '希望家门口有书房。', qiantang);
      const read = (who: Who, receipt?: string) =>
        ask(`{ submission(id: "${wish.id}") { title status pendingSteps { step due } } }`, who, receipt);
      expect((await read(everyone, wish.receipt)).data.submission).toMatchObject({ status: 'RECEIVED' });
      expect((await read(everyone, otherWish.receipt)).data.submission).toBeNull();
      for (const who of wrong.filter((one) => one !== proposalsOnly))
        expect((await read(who)).data.submission).toBeNull();
      const { data } = await read(office);
      expect(data.submission.pendingSteps).toContainEqual({
        step: 'acceptSubmission',
        due: deadlineAfter(today(), 5, 'WORKING_DAYS').day,
      });
    });

    test('are suggested by a member, by a convenor in the sector’s name, and by a department that was asked', async () => {
      const suggest = async (title: string, who: Who, input: object = {}) =>
        topics.set(title, (await done('suggestPlanTopic', { plan, title, ...input }, who)).id);
      await suggest('加快推进青年与钱塘的双向奔赴', member);
      await suggest('打造全省重要产业创新中心', convenor, { organization: sector });
      await suggest('城市管理养护改革', department);
      expect((await step('suggestPlanTopic', { plan, title: '冒名', organization: sector }, member)).code).toBe(
        'NOT_YOURS',
      );
      await refusedToOthers('suggestPlanTopic', { plan, title: '外人' });
      const seen = (await see(plan, 'topics { totalCount nodes { title } }', member)).topics;
      expect(seen).toEqual({ totalCount: 1, nodes: [{ title: '加快推进青年与钱塘的双向奔赴' }] });
    });

    test('come too late after the last day', async () => {
      setDay('2026-01-16');
      expect((await step('suggestPlanTopic', { plan, title: '迟来' }, member)).code).toBe('TOPICS_CLOSED');
    });

    test('are taken into the plan or declined with a reason, and whoever brought one is told', async () => {
      await done('acceptSubmission', { submission: wish.id });
      const into = { submission: wish.id, plan, newItem: { kind: 'LIVELIHOOD', localKind: '民生协商会' } };
      await refusedToOthers('takeSubmissionIntoPlan', into);
      expect(await done('takeSubmissionIntoPlan', into)).toMatchObject({
        status: 'IN_PLAN',
        planItem: { title: '独居老人和留守儿童点对点服务' },
      });
      expect((await step('declineSubmission', { submission: otherWish.id, reason: ' ' })).code).toBe('REQUIRED');
      await done('declineSubmission', { submission: otherWish.id, reason: '已列入区委民生实事' });
      for (const [title, topic] of topics) {
        const kind = title === '城市管理养护改革' ? 'SUPERVISION' : 'TOPICAL';
        const taken = await done('takeTopicIntoPlan', { topic, newItem: { kind } });
        expect(taken).toMatchObject({ status: 'TAKEN', item: { title } });
        expect((await step('takeTopicIntoPlan', { topic, newItem: { kind } })).code).toBe('STEP_NOT_ALLOWED');
      }
      const told = async ({ id, receipt }: typeof wish) =>
        (await ask(`{ submission(id: "${id}") { status reason planItem { title } } }`, everyone, receipt)).data
          .submission;
      expect(await told(wish)).toEqual({ status: 'IN_PLAN', reason: null, planItem: null });
      expect(await told(otherWish)).toEqual({ status: 'DECLINED', reason: '已列入区委民生实事', planItem: null });
    });
  });

  describe('the plan', () => {
    test('is drafted by the office and by nobody else', async () => {
      await refusedToOthers('draftPlan', { plan }, [...wrong, member, convenor, department]);
      expect(await done('draftPlan', { plan })).toMatchObject({ status: 'DRAFT', visibility: 'INTERNAL' });
      for (const who of [member, convenor, department, everyone, officeAbove])
        expect(await see(plan, 'id', who)).toBeNull();
      for (const [kind, number] of numbers) await done('addPlanItem', { plan, kind, ...number });
      for (const [kind, titles] of Object.entries(named))
        for (const title of titles) await done('addPlanItem', { plan, kind, title });
      for (const { id, title } of (await see(plan, 'items { id title }')).items) if (title) items.set(title, id);
      expect(items.size).toBe(17);
    });

    test('that two secretaries change at once is changed by one', async () => {
      const item = items.get('钱塘优学行动');
      const both = await Promise.all([
        step('changePlanItem', { item, lead: '区教育局', expectedRevision: 1 }),
        step('changePlanItem', { item, lead: '区政协社法委', expectedRevision: 1 }, secondSecretary),
      ]);
      expect(both.map(({ code }) => code).sort()).toEqual(['CONFLICT', null]);
    });

    test('goes to the chairmen’s meeting, comes back with a reason, and goes there again', async () => {
      expect((await step('publishPlan', { plan })).code).toBe('STEP_NOT_ALLOWED');
      const approval = { plan, body: '中共钱塘区委', documentNumber: '区委办〔2026〕3号', approvedOn: '2026-01-16' };
      expect((await step('approvePlan', approval)).code).toBe('STEP_NOT_ALLOWED');
      const meetingOf = async (committee: string, who: Who) =>
        (
          await done(
            'planConsultation',
            { committee, title: '主席会议', kind: 'CHAIRMENS_MEETING', visibility: 'PUBLIC' },
            who,
          )
        ).id;
      const theirs = await meetingOf(linping, officeBeside);
      const meeting = await meetingOf(qiantang, office);
      expect((await step('submitPlanToChairmen', { plan, chairmensMeeting: theirs })).code).toBe('INVALID');
      expect((await done('submitPlanToChairmen', { plan, chairmensMeeting: meeting })).status).toBe('IN_REVIEW');
      expect((await step('returnPlan', { plan, reason: '' })).code).toBe('REQUIRED');
      await done('returnPlan', { plan, reason: '监督议题再聚焦' });
      await done('changePlanItem', { item: items.get('特色街区建设'), lead: '区商务局' });
      await done('submitPlanToChairmen', { plan, chairmensMeeting: meeting });
      // What the chairmen haven't discussed yet isn't approved.
      expect((await step('approvePlan', approval)).code).toBe('PLAN_NOT_REVIEWED');
      await done('scheduleConsultation', {
        consultation: meeting,
        parts: [{ title: '全体', starts: '2026-01-19T14:00:00+08:00', ends: '2026-01-19T16:00:00+08:00' }],
      });
      setDay('2026-01-19', '17:00');
      await done('recordConsultationHeld', { consultation: meeting });
      await done('recordPlanReview', { plan, result: '审议通过' });
      const { events } = await see(plan, 'events { step evidence { value } }');
      expect(events).toContainEqual({ step: 'returnPlan', evidence: [{ value: '监督议题再聚焦' }] });
    });

    test('is approved once, with the document, and published for all to read', async () => {
      const approval = { plan, body: '中共钱塘区委', documentNumber: '区委办〔2026〕3号', approvedOn: '2026-01-19' };
      expect((await step('approvePlan', { ...approval, documentNumber: '' })).code).toBe('REQUIRED');
      await refusedToOthers('approvePlan', approval, [...wrong, member, convenor, department]);
      await refusedToOthers('publishPlan', { plan }, [...wrong, member, convenor, department]);
      const both = await Promise.all([step('approvePlan', approval), step('approvePlan', approval, secondSecretary)]);
      expect(both.filter(({ code }) => code === null)).toHaveLength(1);
      expect(['CONFLICT', 'STEP_NOT_ALLOWED']).toContain(both.find(({ code }) => code)?.code);
      expect(await done('publishPlan', { plan })).toMatchObject({ status: 'PUBLISHED', visibility: 'PUBLIC' });
      for (const who of [everyone, officeBeside, officeAbove])
        expect(await see(plan, 'approval { body documentNumber approvedOn }', who)).toEqual({
          approval: { body: '中共钱塘区委', documentNumber: '区委办〔2026〕3号', approvedOn: '2026-01-19' },
        });
      expect(await see(plan, 'id', operator)).toBeNull();
    });

    test('tells whoever brought a topic or a wish which item theirs became', async () => {
      const { data } = await ask(
        `{ submission(id: "${wish.id}") { status planItem { title plan { status } } } }`,
        everyone,
        wish.receipt,
      );
      expect(data.submission).toEqual({
        status: 'IN_PLAN',
        planItem: { title: '独居老人和留守儿童点对点服务', plan: { status: 'PUBLISHED' } },
      });
      const topic = topics.get('加快推进青年与钱塘的双向奔赴');
      const mine = await ask(`{ annualPlanTopic(id: "${topic}") { status item { title } } }`, member);
      expect(mine.data.annualPlanTopic).toEqual({ status: 'TAKEN', item: { title: '加快推进青年与钱塘的双向奔赴' } });
      expect((await ask(`{ annualPlanTopic(id: "${topic}") { status } }`, convenor)).data.annualPlanTopic).toBeNull();
    });

    test('is changed by amendment alone, and what it said before stays readable', async () => {
      const item = items.get('打造宜居宜业宜游宜学示范区');
      expect((await step('addPlanItem', { plan, kind: 'TOPICAL', title: '又一题' })).code).toBe('STEP_NOT_ALLOWED');
      expect((await step('removePlanItem', { item })).code).toBe('STEP_NOT_ALLOWED');
      const change = [{ item, title: '打造超大城市独具特色的宜居宜业宜游宜学示范区' }];
      await refusedToOthers('amendPlan', { plan, reason: '写明定位', change });
      await done('amendPlan', { plan, reason: '写明定位', change });
      expect(await see(plan, 'amendments { change reason before { title } after { title } }', everyone)).toEqual({
        amendments: [
          {
            change: 'CHANGED',
            reason: '写明定位',
            before: { title: '打造宜居宜业宜游宜学示范区' },
            after: { title: '打造超大城市独具特色的宜居宜业宜游宜学示范区' },
          },
        ],
      });
    });
  });

  describe('what is planned', () => {
    const schedule = (title: string, day: string) =>
      done('scheduleConsultation', {
        consultation: consultations.get(title),
        parts: [{ title: '全体', starts: `${day}T14:00:00+08:00`, ends: `${day}T17:00:00+08:00` }],
      });
    const hold = async (title: string, day: string) => {
      setDay(day, '18:00');
      return done('recordConsultationHeld', { consultation: consultations.get(title) });
    };

    test('is linked to a consultation of the committee, once', async () => {
      const planOne = async (title: string, committee = qiantang, who: Who = office) =>
        (await done('planConsultation', { committee, title, kind: 'TOPICAL', visibility: 'PUBLIC' }, who)).id;
      const others = [...items.keys()].filter((title) => title !== '独居老人和留守儿童点对点服务');
      expect(others).toHaveLength(16);
      for (const title of others) {
        const consultation = await planOne(title);
        consultations.set(title, consultation);
        await done('holdPlanItem', { item: items.get(title), consultation });
      }
      const [title = ''] = others;
      const item = items.get('独居老人和留守儿童点对点服务');
      expect((await step('holdPlanItem', { item, consultation: consultations.get(title) })).code).toBe(
        'CONSULTATION_IN_PLAN',
      );
      const theirs = await planOne('邻区的题目', linping, officeBeside);
      expect((await step('holdPlanItem', { item, consultation: theirs })).code).toBe('NOT_YOURS');
      await refusedToOthers('holdPlanItem', { item, consultation: theirs });
    });

    test('is scheduled, told of in time or late, and held', async () => {
      const day = '2026-05-20';
      setDay('2026-04-01');
      const scheduled = await schedule('打造全省重要产业创新中心', day);
      const due = deadlineBefore(day, 15, 'WORKING_DAYS').day;
      expect(scheduled.pendingSteps).toContainEqual({ step: 'announceConsultation', due });
      expect(
        (await step('recordConsultationHeld', { consultation: consultations.get('打造全省重要产业创新中心') })).code,
      ).not.toBeNull();
      const announced = async (title: string) =>
        (await done('announceConsultation', { consultation: consultations.get(title) })).events.at(-1);
      expect(await announced('打造全省重要产业创新中心')).toMatchObject({ late: false, due });
      await schedule('打造农产品区域公共品牌', day);
      setDay(deadlineBefore(day, 10, 'WORKING_DAYS').day);
      expect(await announced('打造农产品区域公共品牌')).toMatchObject({ late: true, due });
      for (const title of named['JOINT_GROUP'] ?? []) await schedule(title, day);
      expect((await hold('打造全省重要产业创新中心', day)).status).toBe('HELD');
      for (const title of ['打造农产品区域公共品牌', ...(named['JOINT_GROUP'] ?? [])])
        expect((await hold(title, day)).status).toBe('HELD');
    });

    test('or is not held, with a reason, cancelled, or waits for its day', async () => {
      await schedule('特色街区建设', '2026-06-10');
      await schedule('特色街区建设', '2026-06-24');
      const street = { consultation: consultations.get('特色街区建设') };
      expect((await step('recordConsultationNotHeld', { ...street, reason: '' })).code).toBe('REQUIRED');
      expect((await step('recordConsultationNotHeld', { ...street, reason: '改由专项行动推进' })).code).toBe(
        'TOO_EARLY',
      );
      setDay('2026-06-25');
      const notHeld = await done('recordConsultationNotHeld', { ...street, reason: '改由专项行动推进' });
      expect(notHeld.status).toBe('NOT_HELD');
      expect(notHeld.events.filter((event: { step: string }) => event.step === 'scheduleConsultation')).toHaveLength(2);
      const maintenance = { consultation: consultations.get('城市管理养护改革') };
      expect((await done('cancelConsultation', { ...maintenance, reason: '机构调整' })).status).toBe('CANCELLED');
      await schedule('钱塘未来产业前瞻性布局', '2026-09-16');
      expect((await step('recordConsultationHeld', street)).code).toBe('STEP_NOT_ALLOWED');
      const planned = { consultation: consultations.get('打造城乡风貌样板区') };
      expect((await step('recordConsultationHeld', planned)).code).toBe('STEP_NOT_ALLOWED');
      for (const who of [member, officeAbove, officeBeside, everyone])
        for (const name of ['recordConsultationHeld', 'recordConsultationNotHeld', 'cancelConsultation'])
          expect(refusals).toContain(
            (await step(name, { ...planned, ...(name !== 'recordConsultationHeld' && { reason: '无' }) }, who)).code,
          );
      // Held, and no part of the plan.
      const input = { committee: qiantang, title: '计划外协商', kind: 'TOPICAL', visibility: 'PUBLIC' };
      consultations.set('计划外协商', (await done('planConsultation', input)).id);
      setDay('2026-05-20');
      await schedule('计划外协商', '2026-05-27');
      expect((await hold('计划外协商', '2026-05-27')).status).toBe('HELD');
    });

    const counted = (kind: string, planned: string | null, held: number[], open: number) => ({
      kind,
      planned: planned === null ? null : { text: planned },
      ...Object.fromEntries(
        ['held', 'scheduled', 'notHeld', 'cancelled'].map((name, at) => [name, { count: held[at] ?? 0 }]),
      ),
      openItems: { length: open },
    });
    const progress = `progress { basis planned { value atLeast } complete openItems { title }
      held { count consultations { title } } scheduled { count } notHeld { count } cancelled { count }
      byKind { kind planned { text } held { count } scheduled { count } notHeld { count } cancelled { count } openItems { title } } }`;
    const expected = {
      basis: 'COUNTED',
      planned: { value: 17, atLeast: true },
      complete: false,
      openItems: { length: 10 },
      held: { count: 4, consultations: { length: 4 } },
      scheduled: { count: 1 },
      notHeld: { count: 1 },
      cancelled: { count: 1 },
    };
    const byKind = [
      counted('JOINT_GROUP', '2', [2], 0),
      counted('TOPICAL', '至少6', [2], 4),
      counted('RESEARCH', '至少3', [0], 3),
      counted('SUPERVISION', '至少4', [0, 0, 1, 1], 2),
      counted('GOVERNMENT_BUSINESS', '1', [0, 1], 0),
      counted('LIVELIHOOD', '1', [0], 1),
      counted('INSPECTION', null, [0], 0),
    ];
    const sorted = (kinds: { kind: string }[]) => [...kinds].sort((a, b) => a.kind.localeCompare(b.kind));

    test('is set against what was held, each number with its list, for everybody who sees the plan', async () => {
      for (const who of [everyone, member, officeAbove, office]) {
        const seen = (await see(plan, progress, who)).progress;
        expect(seen).toMatchObject(expected);
        expect(sorted(seen.byKind)).toMatchObject(sorted(byKind));
      }
      const { data } = await ask(
        `{ committee(code: "${qiantang}") { plans(year: ${year}, statuses: [PUBLISHED]) { id progress { complete } } } }`,
        everyone,
      );
      expect(data.committee.plans).toEqual([{ id: plan, progress: { complete: false } }]);
    });

    test('a reader who may not see a consultation gets the totals of what they see', async () => {
      const hidden = consultations.get('打造农产品区域公共品牌');
      await done('updateConsultation', { consultation: hidden, visibility: 'INTERNAL' });
      const held = async (who: Who) => (await see(plan, 'progress { held { count } }', who)).progress.held.count;
      expect([await held(everyone), await held(office)]).toEqual([3, 4]);
      await done('updateConsultation', { consultation: hidden, visibility: 'PUBLIC' });
    });

    test('and all of it is the same after a restart', async () => {
      await hub.restart();
      const seen = (await see(plan, progress, everyone)).progress;
      expect(seen).toMatchObject(expected);
      expect(sorted(seen.byKind)).toMatchObject(sorted(byKind));
      const { events } = await see(plan, 'events { step }');
      expect(events.map((event: { step: string }) => event.step)).toEqual([
        'openPlan',
        'draftPlan',
        'submitPlanToChairmen',
        'returnPlan',
        'submitPlanToChairmen',
        'recordPlanReview',
        'approvePlan',
        'publishPlan',
        'amendPlan',
      ]);
    });
  });

  describe('the plan of 2024', () => {
    test('comes out as its document has it: so many of each kind, nothing of it told as held', async () => {
      const imported = await see(
        recordId('qiantang/plan-2024'),
        'status approval { body } events { id } progress { held { count } openItems { title } byKind { kind planned { text } } }',
        everyone,
      );
      expect(imported).toMatchObject({ status: 'PUBLISHED', approval: null, events: [] });
      expect(imported.progress).toMatchObject({ held: { count: 0 }, openItems: { length: 16 } });
      expect(imported.progress.byKind).toEqual([
        { kind: 'JOINT_GROUP', planned: { text: '2' } },
        { kind: 'TOPICAL', planned: { text: '至少6' } },
        { kind: 'RESEARCH', planned: { text: '至少3' } },
        { kind: 'SUPERVISION', planned: { text: '至少4' } },
        { kind: 'GOVERNMENT_BUSINESS', planned: { text: '1' } },
        { kind: 'LIVELIHOOD', planned: null },
        { kind: 'INSPECTION', planned: null },
      ]);
      const { data } = await ask(
        `{ consultations(within: "${qiantang}", first: 100, filter: { statuses: [HELD], from: "2024-01-01", until: "2024-12-31" }) { nodes { title } } }`,
        everyone,
      );
      const held = data.consultations.nodes.map((node: { title: string }) => node.title);
      for (const { title } of imported.progress.openItems) expect(held).not.toContain(title);
    });

    test('and the wishes of its document are as they were: open, undated, in no plan', async () => {
      const { data } = await ask(
        `{ serviceRequests(within: "${qiantang}", first: 100, filter: { kinds: [WISH] }) { nodes { id status requested { start } } } }`,
        everyone,
      );
      expect(data.serviceRequests.nodes).toHaveLength(9);
      for (const { status, requested } of data.serviceRequests.nodes)
        expect([status, requested?.start ?? null]).toEqual(['OPEN', null]);
    });
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
