import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { department, everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ahead, partyIn, planning } from './joint-plan.ts';

// A pairing that no document tells of.
const taihu = '340825';
const wuxue = '421182';
const hukou = '360429';

let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
let days = 30;
const nextMorning = () => {
  days += 1;
  return ahead(days);
};
/** Mornings that nothing else here is on, one after the other. */
const mornings = (count: number) => Array.from({ length: count }, nextMorning);
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  plans = planning(hub);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => hub.stop());
const inDays = (count: number) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.now() + count * 86_400_000);
};

/** What two or three committees have locked, by the second of two candidate times: the first doesn't suit the second committee. */
async function locked(third = false) {
  const [first = '', second = ''] = mornings(2);
  const { id } = await plans.start(taihu, [wuxue], {
    parties: [{ committee: wuxue }, ...(third ? [{ committee: hukou, required: false }] : [])],
    starts: [first, second],
    agenda: [{ title: '通报水情' }, { title: '讨论' }],
  });
  if (third) await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, hukou);
  const plan = await plans.done('acceptJointPlan', { jointPlan: id, number: 1, starts: [second] }, wuxue);
  expect(plan.slot.starts).toBe(second);
  return { id, first, second, consultation: plan.consultation.id as string };
}
const agendaOf = async (consultation: string) =>
  (await hub.ask(`{ consultation(id: "${consultation}") { agenda { id title } } }`, { as: staff(wuxue) })).data
    .consultation.agenda;

describe('a change of what is locked', () => {
  test.each([
    ['place', { place: '武穴市政协会议室' }],
    ['agenda', { agenda: [{ title: '通报水情' }, { title: '签字' }] }],
    ['durationMinutes', { durationMinutes: 90 }],
    ['title', { title: '界湖水质' }],
  ])('that names the %s alone leaves the time, which the other had excluded once', async (field, input) => {
    const { id, second, consultation } = await locked();
    const agenda = await agendaOf(consultation);
    const proposed = await plans.done('counterJointPlan', { jointPlan: id, number: 1, ...input }, taihu);
    expect(proposed.proposal.changes.map((change: { field: string }) => change.field)).toEqual([field]);
    expect(proposed.proposal.slots.map(({ starts }: { starts: string }) => starts)).toEqual([second]);
    const changed = await plans.done('acceptJointPlan', { jointPlan: id, number: 2 }, wuxue);
    expect(changed).toMatchObject({ status: 'CONFIRMED', locked: { number: 2 }, slot: { starts: second } });
    expect(changed.consultation.parts.map(({ starts }: { starts: string }) => starts)).toEqual([second]);
    expect(changed.proposal.changes.map((change: { field: string }) => change.field)).toEqual([field]);
    if (field !== 'agenda') expect(await agendaOf(consultation)).toEqual(agenda);
  });

  test('that names times shows the slot that it moves, to every one who answers and however often it was countered', async () => {
    const { id, second } = await locked();
    const [later = ''] = mornings(1);
    const shown = (instant: string) =>
      new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    await plans.done('counterJointPlan', { jointPlan: id, number: 1, starts: [later] }, taihu);
    const again = await plans.done('counterJointPlan', { jointPlan: id, number: 2, place: '武穴' }, wuxue);
    const moved = { field: 'starts', before: shown(second), after: shown(later) };
    expect(again.proposal.changes).toEqual([{ field: 'place', before: '松江区政协', after: '武穴' }, moved]);
    const changed = await plans.done('acceptJointPlan', { jointPlan: id, number: 3 }, taihu);
    expect(changed).toMatchObject({ slot: { starts: later }, sequence: 1 });
    expect(changed.proposal.changes).toContainEqual(moved);
  });

  test('is never at a time that a party excluded, until it names that time itself', async () => {
    const { id, first, second } = await locked();
    const [later = ''] = mornings(1);
    await plans.done('counterJointPlan', { jointPlan: id, number: 1, starts: [first, later] }, taihu);
    expect((await plans.done('acceptJointPlan', { jointPlan: id, number: 2 }, wuxue)).slot.starts).toBe(later);
    await plans.done('counterJointPlan', { jointPlan: id, number: 2, starts: [first] }, taihu);
    expect(await plans.step('acceptJointPlan', { jointPlan: id, number: 3 }, wuxue)).toMatchObject({
      code: 'REQUIRED',
      path: ['input', 'starts'],
    });
    expect(
      (await plans.done('acceptJointPlan', { jointPlan: id, number: 3, starts: [first] }, wuxue)).slot.starts,
    ).toBe(first);
    // The time that it was at before suits as before.
    await plans.done('counterJointPlan', { jointPlan: id, number: 3, starts: [second] }, taihu);
    expect((await plans.done('acceptJointPlan', { jointPlan: id, number: 4 }, wuxue)).slot.starts).toBe(second);
  });

  test('takes each that hosts, whoever was required to start with; who joins later needs nobody’s answer', async () => {
    const { id, second } = await locked(true);
    await plans.done('counterJointPlan', { jointPlan: id, number: 1, place: '湖口' }, taihu);
    const waiting = await plans.done('acceptJointPlan', { jointPlan: id, number: 2 }, wuxue);
    expect(waiting).toMatchObject({ locked: { number: 1 }, consultation: { hosts: { length: 3 } } });
    const changed = await plans.done('acceptJointPlan', { jointPlan: id, number: 2 }, hukou);
    expect(changed).toMatchObject({ locked: { number: 2 }, slot: { starts: second } });
    expect(changed.consultation.hosts).toHaveLength(3);
    await plans.done('inviteParty', { jointPlan: id, committee: '340800', required: true }, taihu);
    await plans.done('inviteParty', { jointPlan: id, committee: '421100', required: false }, taihu);
    const joined = await plans.done('acceptJointPlan', { jointPlan: id, number: 2 }, '421100');
    expect(joined.consultation.hosts).toHaveLength(4);
  });

  test('lapses after the days that hosts have, and what was locked stays; so does calling it off', async () => {
    const { id, second } = await locked();
    const [later = ''] = mornings(1);
    const proposed = await plans.done('counterJointPlan', { jointPlan: id, number: 1, starts: [later] }, taihu);
    expect(proposed.proposal.answerBy > new Date().toISOString().slice(0, 10)).toBe(true);
    await plans.done('cancelJointPlan', { jointPlan: id, reason: '防汛' }, taihu);
    inDays(20);
    expect((await plans.step('acceptJointPlan', { jointPlan: id, number: 2 }, wuxue)).code).toBe('CONFLICT');
    const as = await plans.see(id, wuxue);
    // What is refused leaves no trace, and what is asked anew finds it as it was locked.
    const again = await plans.done('counterJointPlan', { jointPlan: id, number: 1, place: '太湖县' }, wuxue);
    expect(as.slot.starts).toBe(second);
    expect(again).toMatchObject({ callOffBy: null, proposal: { number: 3, basedOn: 1 }, slot: { starts: second } });
    expect((await plans.done('acceptJointPlan', { jointPlan: id, number: 3 }, taihu)).slot.starts).toBe(second);
    expect((await plans.done('cancelJointPlan', { jointPlan: id, reason: '防汛' }, wuxue)).status).toBe('CONFIRMED');
  });
});

describe('calling off what is locked', () => {
  test('is refused by whoever would have it take place, told as a step to those who may take it, and over once it began', async () => {
    const { id, second } = await locked(true);
    await plans.done('inviteParty', { jointPlan: id, committee: '421100', required: false }, taihu);
    expect((await plans.step('cancelJointPlan', { jointPlan: id, reason: '改' }, '421100')).code).toBe('NOT_YOURS');
    const stepsOf = async (who: string) =>
      partyIn(await plans.see(id, who), who).pendingSteps.map(({ step }: { step: string }) => step);
    expect(await stepsOf(wuxue)).toContain('cancelJointPlan');
    expect(await stepsOf(wuxue)).not.toContain('keepJointPlan');
    expect(await stepsOf(wuxue)).not.toContain('takeBackCounter');
    expect(await stepsOf(wuxue)).not.toContain('acceptJointPlan');
    await plans.done('cancelJointPlan', { jointPlan: id, reason: '汛情' }, hukou);
    expect(await stepsOf(wuxue)).toEqual(expect.arrayContaining(['cancelJointPlan', 'keepJointPlan']));
    expect(await stepsOf(hukou)).not.toContain('cancelJointPlan');
    expect(await plans.done('keepJointPlan', { jointPlan: id, reason: '照常' }, wuxue)).toMatchObject({
      status: 'CONFIRMED',
      callOffBy: null,
    });
    expect((await plans.step('keepJointPlan', { jointPlan: id, reason: '照常' }, taihu)).code).toBe('STEP_NOT_ALLOWED');
    for (const host of [taihu, wuxue])
      expect((await plans.done('cancelJointPlan', { jointPlan: id, reason: '汛情' }, host)).status).toBe('CONFIRMED');
    // Whoever leaves isn't waited for.
    await plans.done('withdrawFromJointPlan', { jointPlan: id, reason: '换届' }, hukou);
    expect((await plans.see(id, taihu)).status).toBe('CANCELLED');
    const other = await locked();
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.parse(other.second) + 60_000);
    expect((await plans.step('cancelJointPlan', { jointPlan: other.id, reason: '改' }, taihu)).code).toBe(
      'MEETING_BEGUN',
    );
    expect(second).not.toBe(other.second);
  });
});

/** A step on a consultation; the code that it was refused with. */
async function take(name: string, input: object, as: Actor, payload = 'consultation'): Promise<string | null> {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${payload} { id } userErrors { code } } }`,
    { as, variables: { input } },
  );
  return errors[0] ?? data[name].userErrors[0]?.code ?? null;
}
const at = (instant: string, minutes: number) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(Date.parse(instant) + minutes * 60_000);
};

describe('that it was held, or wasn’t,', () => {
  const statusOf = async (consultation: string) =>
    (
      await hub.ask(
        `{ consultation(id: "${consultation}") { status reason jointPlan { status } events { step committee { code } evidence { value } } } }`,
        { as: staff(wuxue) },
      )
    ).data.consultation;

  test('is said by any host once its last part has ended, and by nobody else', async () => {
    const { id, second, consultation } = await locked(true);
    await plans.done('withdrawFromJointPlan', { jointPlan: id, reason: '换届' }, hukou);
    await plans.done('inviteParty', { jointPlan: id, committee: '421100', required: false }, taihu);
    await plans.done('inviteParty', { jointPlan: id, committee: '360400', required: false }, taihu);
    await plans.done('declineJointPlan', { jointPlan: id, number: 1, reason: '不便' }, '360400');
    const says: readonly (readonly [string, object])[] = [
      ['recordConsultationHeld', { consultation }],
      ['recordConsultationNotHeld', { consultation, reason: '大雾' }],
    ];
    for (const minutes of [-60, 1, 119]) {
      at(second, minutes);
      for (const [name, input] of says)
        for (const host of [taihu, wuxue])
          expect([name, await take(name, input, staff(host))]).toEqual([name, 'TOO_EARLY']);
    }
    at(second, 121);
    const uncharged: Actor = { kind: 'STAFF', subject: 'uncharged', committee: wuxue, duties: ['members'] };
    const others = [
      // One that left, one that is invited and silent, one that declined, those above, whoever else there is.
      ...['360429', '421100', '360400', '340800', '420000'].map((code) => staff(code)),
      ...[taihu, wuxue].map((code) => member(crypto.randomUUID(), code)),
      ...[uncharged, everyone, department(wuxue, crypto.randomUUID())],
    ];
    for (const other of others)
      for (const [name, input] of says)
        expect(['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND']).toContain(await take(name, input, other));
    expect(await take('recordConsultationHeld', { consultation, expectedRevision: 1 }, staff(wuxue))).toBe('CONFLICT');
    expect(await take('recordConsultationHeld', { consultation }, staff(wuxue))).toBeNull();
    expect(await statusOf(consultation)).toMatchObject({ status: 'HELD', jointPlan: { status: 'CONCLUDED' } });
    expect((await statusOf(consultation)).events.at(-1)).toMatchObject({
      step: 'recordConsultationHeld',
      committee: { code: wuxue },
    });
  });

  test('is objected to by another host in its days, and then to be recorded anew', async () => {
    const { second, consultation } = await locked();
    const object = { consultation, reason: '当日大雾未举行' };
    at(second, 200);
    expect(await take('recordConsultationHeld', { consultation }, staff(taihu))).toBeNull();
    expect(await take('objectToConsultationRecord', object, staff(taihu))).toBe('NOT_YOURS');
    for (const other of [staff(hukou), staff('340800'), member(crypto.randomUUID(), wuxue), everyone])
      expect(['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND']).toContain(
        await take('objectToConsultationRecord', object, other),
      );
    at(second, 7 * 1_440);
    expect(await take('objectToConsultationRecord', object, staff(wuxue))).toBeNull();
    expect(await statusOf(consultation)).toMatchObject({ status: 'SCHEDULED', jointPlan: { status: 'CONFIRMED' } });
    expect((await statusOf(consultation)).events.at(-1)).toMatchObject({ evidence: [{ value: object.reason }] });
    expect(await take('recordConsultationNotHeld', { consultation, reason: '大雾' }, staff(wuxue))).toBeNull();
    expect(await statusOf(consultation)).toMatchObject({ status: 'NOT_HELD', reason: '大雾' });
    at(second, 17 * 1_440);
    expect(await take('objectToConsultationRecord', object, staff(taihu))).toBe('OBJECTION_TOO_LATE');
    const days = { committee: taihu, validFrom: new Date().toISOString().slice(0, 10), recordObjectionDays: 30 };
    expect(await take('changeConsultationSettings', days, staff(taihu), 'committee')).not.toBe('INVALID');
    expect(await take('objectToConsultationRecord', object, staff(taihu))).toBeNull();
  });

  test('is no record of one committee’s own to object to', async () => {
    at(ahead(0), 0);
    const { data } = await hub.ask(
      'mutation ($input: PlanConsultationInput!) { planConsultation(input: $input) { consultation { id } } }',
      { as: staff(taihu), variables: { input: { committee: taihu, title: '自办', kind: 'TOPICAL' } } },
    );
    const consultation = data.planConsultation.consultation.id;
    const [starts = ''] = mornings(1);
    const ends = new Date(Date.parse(starts) + 3_600_000).toISOString();
    const later = mornings(2)[1] ?? '';
    const parts = [
      { title: '上半场', starts, ends },
      { title: '下半场', starts: later, ends: new Date(Date.parse(later) + 3_600_000).toISOString() },
    ];
    expect(await take('scheduleConsultation', { consultation, parts }, staff(taihu))).toBeNull();
    at(later, 30);
    expect(await take('recordConsultationHeld', { consultation }, staff(taihu))).toBe('TOO_EARLY');
    expect(await take('recordConsultationNotHeld', { consultation, reason: '无' }, staff(taihu))).toBe('TOO_EARLY');
    at(later, 61);
    expect(await take('recordConsultationHeld', { consultation }, staff(taihu))).toBeNull();
    expect(await take('objectToConsultationRecord', { consultation, reason: '无' }, staff(taihu))).toBe('NOT_YOURS');
  });
});

describe('the steps that are offered', () => {
  test('are no more than a host may take, before the day, on it and after it', async () => {
    const { second, consultation } = await locked();
    const offered = async (as: Actor) =>
      ((await hub.ask(`{ consultation(id: "${consultation}") { pendingSteps { step } } }`, { as })).data.consultation
        ?.pendingSteps ?? []) as { step: string }[];
    const names = async (code: string) => (await offered(staff(code))).map(({ step }) => step);
    const ofThePlan = ['scheduleConsultation', 'cancelConsultation', 'setAgenda'];
    for (const step of [...ofThePlan, 'recordConsultationHeld', 'recordConsultationNotHeld'])
      expect(await names(taihu)).not.toContain(step);
    expect(await names(wuxue)).toEqual([]);
    at(second, 121);
    for (const host of [taihu, wuxue])
      expect(await names(host)).toEqual(
        expect.arrayContaining(['recordConsultationHeld', 'recordConsultationNotHeld']),
      );
    await take('recordConsultationHeld', { consultation }, staff(taihu));
    expect(await names(wuxue)).toEqual(['objectToConsultationRecord']);
    expect(await names(taihu)).not.toContain('objectToConsultationRecord');
    at(second, 20 * 1_440);
    expect(await names(wuxue)).toEqual([]);
    expect(await offered(staff(hukou))).toEqual([]);
  });
});

describe('the time that is locked', () => {
  test.each(['TOPICAL', 'ACTIVITY', 'PLENARY', 'CHAIRMENS_MEETING'])(
    'is held against a %s of any host',
    async (kind) => {
      const { second } = await locked();
      const parts = [{ title: '会', starts: second, ends: new Date(Date.parse(second) + 3_600_000).toISOString() }];
      for (const host of [taihu, wuxue]) {
        const { data } = await hub.ask(
          'mutation ($input: PlanConsultationInput!) { planConsultation(input: $input) { consultation { id } } }',
          { as: staff(host), variables: { input: { committee: host, title: '同时', kind } } },
        );
        const consultation = data.planConsultation.consultation.id;
        expect(await take('scheduleConsultation', { consultation, parts }, staff(host))).toBe('TIME_TAKEN');
        const after = [{ title: '会', starts: parts[0]?.ends, ends: nextMorning() }];
        expect(['TIME_TAKEN', null]).toContain(
          await take('scheduleConsultation', { consultation, parts: after }, staff(host)),
        );
      }
    },
  );
});
