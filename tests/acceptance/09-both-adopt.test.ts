/**
 * 淳安 and 上城, a county and a district of one city, plan a consultation together, and the party committees and governments
 * of both sides take up what was suggested there: fifteen suggestions, each decided on by each side for itself.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';
import { stepsOn, type Who } from '../hub/steps.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const chunan = '330127';
const shangcheng = '330102';
const jiande = '330182';
const tonglu = '330122';
const hangzhou = '330100';

describe('in process', () => {
  let hub: Hub;
  const { ask, step, done, refusedTo, see } = stepsOn(() => hub);
  beforeAll(async () => {
    hub = await startHub('in process');
    vi.useFakeTimers({ toFake: ['Date'] });
    setDay('2026-03-02');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const setDay = (day: string, time = '09:00') => vi.setSystemTime(new Date(`${day}T${time}:00+08:00`));

  const inChunan: Who = () => hub.staff(chunan, ['meetings']);
  const inShangcheng: Who = () => hub.staff(shangcheng, ['meetings']);
  const inJiande: Who = () => hub.staff(jiande, ['meetings']);
  const inTonglu: Who = () => hub.staff(tonglu, ['meetings']);
  const above: Who = () => hub.staff(hangzhou, ['meetings']);
  const outside: readonly Who[] = [
    null,
    above,
    () => hub.staff(shangcheng, ['members']),
    () => hub.member('linping/member-jin-danwen', '330113'),
    () => hub.token({ role: 'operator' }),
  ];

  let plan = '';
  let consultation = '';
  const suggestions: string[] = [];
  const proposal = 'proposal { number committee { code } }';

  test('淳安 proposes, 上城 counters the date and 淳安 the place; 建德 declines and 桐庐 comes in its place', async () => {
    const started = await done(
      'startJointPlan',
      {
        committee: chunan,
        parties: [{ committee: shangcheng }, { committee: jiande }],
        title: '生态产品价值实现与城区消费对接',
        kind: 'COUNTERPART',
        topics: ['农产品进城'],
        place: '淳安县政协',
        durationMinutes: 120,
        starts: ['2026-04-08T09:00:00+08:00'],
      },
      inChunan,
      `id ${proposal}`,
    );
    plan = started.id;
    await refusedTo('counterJointPlan', { jointPlan: plan, number: 1, place: '别处' }, [...outside, inTonglu]);
    await done('counterJointPlan', { jointPlan: plan, number: 1, starts: ['2026-04-09T09:00:00+08:00'] }, inShangcheng);
    const second = await done(
      'counterJointPlan',
      { jointPlan: plan, number: 2, place: '上城区政协' },
      inChunan,
      `${proposal} parties { committee { code } status }`,
    );
    expect(second.proposal).toEqual({ number: 3, committee: { code: chunan } });
    expect(second.parties.map(({ status }: { status: string }) => status)).toEqual([
      'ACCEPTED',
      'NEEDS_ACTION',
      'NEEDS_ACTION',
    ]);
    await done('declineJointPlan', { jointPlan: plan, number: 3, reason: '换届筹备' }, inJiande);
    await done('inviteParty', { jointPlan: plan, committee: tonglu, inPlaceOf: jiande }, inChunan);
  });

  test('it locks when the last of them accepts, from whichever side that comes', async () => {
    const [one, two] = await Promise.all([
      step('acceptJointPlan', { jointPlan: plan, number: 3 }, inShangcheng, 'status'),
      step('acceptJointPlan', { jointPlan: plan, number: 3 }, inTonglu, 'status'),
    ]);
    expect([one.code, two.code]).toEqual([null, null]);
    expect([one.record.status, two.record.status].sort()).toEqual(['CONFIRMED', 'TENTATIVE']);
    const seen = await see(
      'jointPlan',
      plan,
      'status sequence consultation { id hosts { committee { code } } }',
      inTonglu,
    );
    expect(seen).toMatchObject({ status: 'CONFIRMED', sequence: 0 });
    consultation = seen.consultation.id;
    expect(seen.consultation.hosts.map((host: { committee: { code: string } }) => host.committee.code)).toEqual([
      chunan,
      shangcheng,
      tonglu,
    ]);
  });

  test('a change is proposed and taken back, another is accepted by all; then 桐庐 leaves and two go on', async () => {
    await done('counterJointPlan', { jointPlan: plan, number: 3, durationMinutes: 240 }, inTonglu);
    await done('declineJointPlan', { jointPlan: plan, number: 4, reason: '时间太长' }, inShangcheng);
    await done('takeBackCounter', { jointPlan: plan, number: 4 }, inTonglu);
    await done('counterJointPlan', { jointPlan: plan, number: 3, starts: ['2026-04-10T09:00:00+08:00'] }, inShangcheng);
    for (const who of [inChunan, inTonglu]) await done('acceptJointPlan', { jointPlan: plan, number: 5 }, who);
    await done('withdrawFromJointPlan', { jointPlan: plan, reason: '汛情' }, inTonglu);
    expect(await see('consultation', consultation, 'id', inTonglu)).toBeNull();
    expect(
      await see(
        'jointPlan',
        plan,
        'status locked { number } sequence slot { starts } consultation { status hosts { committee { code } } }',
        inShangcheng,
      ),
    ).toEqual({
      status: 'CONFIRMED',
      locked: { number: 5 },
      sequence: 1,
      slot: { starts: '2026-04-10T01:00:00.000Z' },
      consultation: {
        status: 'SCHEDULED',
        hosts: [{ committee: { code: chunan } }, { committee: { code: shangcheng } }],
      },
    });
    // Its own calendar is free again.
    const { data } = await ask(
      '{ committee(code: "330122") { calendar(from: "2026-04-10", until: "2026-04-10", first: 5) { nodes { status blocking } } } }',
      inTonglu,
    );
    expect(data.committee.calendar.nodes).toEqual([{ status: 'CANCELLED', blocking: false }]);
  });

  test('it is held, and fifteen suggestions are recorded', async () => {
    setDay('2026-04-10', '09:01');
    expect((await step('recordConsultationHeld', { consultation }, inChunan)).code).toBe('TOO_EARLY');
    setDay('2026-04-10', '18:00');
    await refusedTo('recordConsultationHeld', { consultation }, [inTonglu, ...outside]);
    await done('recordConsultationHeld', { consultation }, inChunan);
    for (let at = 1; at <= 15; at += 1)
      suggestions.push((await done('recordSuggestion', { consultation, text: `对接建议之${at}` }, inChunan)).id);
    const { suggestions: all } = await see(
      'consultation',
      consultation,
      'suggestions(first: 20) { totalCount }',
      inShangcheng,
    );
    expect(all.totalCount).toBe(15);
  });

  test('each side’s party committee and government decide for their own side; adopted by both is what each has adopted', async () => {
    const decide = (
      suggestion: string | undefined,
      who: Who,
      body: string,
      bodyName: string,
      status: string,
      reason?: string,
    ) =>
      done('decideSuggestion', { suggestion, body, bodyName, status, ...(reason && { reason }) }, who, 'adoptedByAll');
    await refusedTo(
      'decideSuggestion',
      { suggestion: suggestions[0], body: 'PARTY_COMMITTEE', bodyName: '县委', status: 'ADOPTED' },
      [...outside, inTonglu, inJiande],
    );
    for (const [at, suggestion] of suggestions.entries()) {
      await decide(suggestion, inChunan, 'PARTY_COMMITTEE', '中共淳安县委', 'ADOPTED');
      await decide(suggestion, inChunan, 'GOVERNMENT', '淳安县人民政府', 'ADOPTED');
      // One side's decisions adopt nothing for the other.
      const first = await decide(
        suggestion,
        inShangcheng,
        'PARTY_COMMITTEE',
        '中共上城区委',
        at === 14 ? 'PARTLY_ADOPTED' : 'ADOPTED',
        at === 14 ? '分年落实' : undefined,
      );
      // Its government is silent still.
      expect(first.adoptedByAll).toBe(false);
      await decide(
        suggestion,
        inShangcheng,
        'GOVERNMENT',
        '上城区人民政府',
        at === 13 ? 'NOT_ADOPTED' : 'ADOPTED',
        at === 13 ? '不属本区职权' : undefined,
      );
    }
    const { suggestions: all } = await see(
      'consultation',
      consultation,
      'suggestions(first: 20) { nodes { adoptedByAll adoptions { committee { code } body status reason } } }',
      inShangcheng,
    );
    const nodes = all.nodes as {
      adoptedByAll: boolean;
      adoptions: { committee: { code: string }; body: string; status: string; reason: string | null }[];
    }[];
    expect(nodes.filter(({ adoptedByAll }) => adoptedByAll)).toHaveLength(13);
    expect(nodes[13]?.adoptions.at(-1)).toEqual({
      committee: { code: shangcheng },
      body: 'GOVERNMENT',
      status: 'NOT_ADOPTED',
      reason: '不属本区职权',
    });
    for (const { adoptions } of nodes)
      expect(new Set(adoptions.map(({ committee, body }) => `${committee.code} ${body}`)).size).toBe(4);
  });

  test('the fifteen that the documents tell of stand beside it, adopted by both sides too', async () => {
    const { data } = await ask(
      '{ consultations(within: "330127", filter: { joint: true }, first: 20) { nodes { hosts { committee { code } } suggestions(first: 5) { nodes { count { value } adoptedByAll adoptions { committee { code } body status } } } } } }',
      null,
    );
    const told = data.consultations.nodes.find((node: { hosts: unknown[] }) => node.hosts.length === 2);
    expect(told.suggestions.nodes).toMatchObject([{ count: { value: 15 }, adoptedByAll: true }]);
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
