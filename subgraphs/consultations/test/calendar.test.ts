import type { Actor } from '@hub/access';
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
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarEntryMachine } from '../src/calendar/calendar-entry.machine.ts';
import { ahead, planning } from './joint-plan.ts';

const songjiang = '310117';
const shangrao = '361100';
const xuhui = '310104';
const shanghai = '310000';

let hub: TestSubgraph;
let plans: ReturnType<typeof planning>;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
  plans = planning(hub);
});
afterAll(() => hub.stop());

const shown = `id kind title place starts ends blocking status sequence visibility revision committee { code }
  consultation { id } part { id } events { step } pendingSteps { step }`;
async function step(name: string, input: object, as: Actor) {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { calendarEntry { ${shown} } userErrors { code path } } }`,
    { as, variables: { input } },
  );
  const answer = data?.[name];
  return { entry: answer?.calendarEntry, code: (errors[0] ?? answer?.userErrors[0]?.code ?? null) as string | null };
}
const add = async (committee: string, starts: string, ends: string, input: object = {}) => {
  const { entry, code } = await step(
    'addCalendarEntry',
    { committee, title: '机关会议', starts, ends, ...input },
    staff(committee),
  );
  expect(code).toBeNull();
  return entry;
};
const calendar = async (code: string, from: string, until: string, as: Actor = staff(code)) =>
  (
    await hub.ask(
      `query ($of: [_Any!]!, $from: Date!, $until: Date!) { _entities(representations: $of) { ... on Committee { calendar(from: $from, until: $until, first: 100) { totalCount nodes { ${shown} } } } } }`,
      { as, variables: { of: [{ __typename: 'Committee', code }], from, until } },
    )
  ).data._entities[0].calendar.nodes;
const day = (days: number) => ahead(days).slice(0, 10);
const meeting = async (committee: string, kind: string, days: number, visibility = 'INTERNAL') => {
  const plan = await hub.ask(
    'mutation ($input: PlanConsultationInput!) { planConsultation(input: $input) { consultation { id } } }',
    {
      as: staff(committee),
      variables: { input: { committee, kind, title: '全体会议', visibility } },
    },
  );
  const { id } = plan.data.planConsultation.consultation;
  const parts = [
    { title: '开幕', starts: ahead(days), ends: ahead(days, 11) },
    { title: '分组', starts: ahead(days, 10), ends: ahead(days, 17) },
  ];
  const { data } = await hub.ask(
    'mutation ($input: ScheduleConsultationInput!) { scheduleConsultation(input: $input) { userErrors { code } } }',
    { as: staff(committee), variables: { input: { consultation: id, parts } } },
  );
  return { id: id as string, codes: data.scheduleConsultation.userErrors.map(({ code }: { code: string }) => code) };
};

describe('a calendar', () => {
  test('holds what its office enters by hand, through every step and no other', async () => {
    let days = 400;
    const { faults, tried } = await walk({
      machine: calendarEntryMachine,
      ask: hub.ask,
      as: { STAFF: staff(songjiang) },
      strangers: [
        everyone,
        staff(xuhui),
        staff(shanghai),
        member('10000000-0000-4000-8000-000000000001', songjiang),
        department(songjiang, '10000000-0000-4000-8000-000000000002'),
        liaison(songjiang),
        agency,
        operator,
      ],
      reader: staff(songjiang),
      inputs: {
        addCalendarEntry: () => {
          days += 1;
          return { committee: songjiang, title: '值班', starts: ahead(days), ends: ahead(days, 12) };
        },
        changeCalendarEntry: (calendarEntry) => ({ calendarEntry, title: '值班调整' }),
        cancelCalendarEntry: (calendarEntry) => ({ calendarEntry }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(15);
  });

  test('follows the consultations that the committee hosts, part by part; its plenary and standing committee block it', async () => {
    const plenary = await meeting(xuhui, 'PLENARY', 30);
    const activity = await meeting(xuhui, 'ACTIVITY', 31);
    expect([plenary.codes, activity.codes]).toEqual([[], []]);
    const entries = await calendar(xuhui, day(30), day(31));
    expect(
      entries.map((entry: Record<string, unknown>) => [
        entry['kind'],
        entry['title'],
        entry['blocking'],
        entry['status'],
      ]),
    ).toEqual([
      ['MEETING', '全体会议 · 开幕', true, 'CONFIRMED'],
      ['MEETING', '全体会议 · 分组', true, 'CONFIRMED'],
      ['CONSULTATION', '全体会议 · 开幕', false, 'CONFIRMED'],
      ['CONSULTATION', '全体会议 · 分组', false, 'CONFIRMED'],
    ]);
    expect(entries[0]).toMatchObject({
      consultation: { id: plenary.id },
      starts: ahead(30),
      ends: ahead(30, 11),
      pendingSteps: [],
    });
    // It isn't changed by hand, but for whether it blocks.
    const office = staff(xuhui);
    expect((await step('changeCalendarEntry', { calendarEntry: entries[0].id, title: '别的' }, office)).code).toBe(
      'FOLLOWS_CONSULTATION',
    );
    expect((await step('cancelCalendarEntry', { calendarEntry: entries[0].id }, office)).code).toBe(
      'FOLLOWS_CONSULTATION',
    );
    expect(
      (await step('changeCalendarEntry', { calendarEntry: entries[1].id, blocking: false }, office)).entry,
    ).toMatchObject({ blocking: false });
    await hub.ask(
      'mutation ($input: CancelConsultationInput!) { cancelConsultation(input: $input) { userErrors { code } } }',
      {
        as: office,
        variables: { input: { consultation: plenary.id, reason: '改期' } },
      },
    );
    const [cancelled] = await calendar(xuhui, day(30), day(30));
    expect(cancelled).toMatchObject({ id: entries[0].id, status: 'CANCELLED', blocking: false, sequence: 1 });
  });

  test('shows what its owner lets one see, and to others’ staff when the committee is busy and never why', async () => {
    await add(shangrao, ahead(40), ahead(40, 12), { title: '人事酝酿（内部）' });
    await add(shangrao, ahead(40, 11), ahead(40, 15), { title: '双周座谈', visibility: 'MEMBERS' });
    await add(shangrao, ahead(40, 16), ahead(40, 17), { title: '可移动的事', blocking: false });
    const titles = async (as: Actor) =>
      (await calendar(shangrao, day(40), day(40), as)).map(({ title }: { title: string }) => title);
    expect(await titles(staff(shangrao))).toEqual(['人事酝酿（内部）', '双周座谈', '可移动的事']);
    expect(await titles(member('10000000-0000-4000-8000-000000000001', shangrao))).toEqual(['双周座谈']);
    for (const other of [staff(songjiang), staff('360000'), everyone, agency, operator])
      expect(await titles(other)).toEqual([]);

    const question =
      'query ($committees: [ID!]!, $from: DateTime!, $until: DateTime!) { freeBusy(committees: $committees, from: $from, until: $until) { committee { code } busy { starts ends } } }';
    const variables = { committees: [shangrao, songjiang], from: ahead(40, 0), until: ahead(41, 0) };
    const { data } = await hub.ask(question, { as: staff(songjiang), variables });
    expect(data.freeBusy).toEqual([
      { committee: { code: shangrao }, busy: [{ starts: ahead(40), ends: ahead(40, 15) }] },
      { committee: { code: songjiang }, busy: [] },
    ]);
    for (const other of [
      everyone,
      member('10000000-0000-4000-8000-000000000001', shangrao),
      agency,
      operator,
      liaison(shangrao),
    ])
      expect((await hub.ask(question, { as: other, variables })).data.freeBusy).toBeNull();
  });

  test('lets no blocking time overlap a locked plan, whichever comes second and whoever writes', async () => {
    const { id } = await plans.start(songjiang, [shangrao], { starts: [ahead(50)] });
    await plans.done('acceptJointPlan', { jointPlan: id, number: 1 }, shangrao);
    const over = { committee: shangrao, title: '会', starts: ahead(50, 10), ends: ahead(50, 12) };
    expect((await step('addCalendarEntry', over, staff(shangrao))).code).toBe('TIME_TAKEN');
    expect((await step('addCalendarEntry', { ...over, blocking: false }, staff(shangrao))).code).toBeNull();
    expect((await meeting(shangrao, 'STANDING_COMMITTEE', 50)).codes).toEqual(['TIME_TAKEN']);
    expect((await meeting(shangrao, 'ACTIVITY', 50)).codes).toEqual(['TIME_TAKEN']);
    const [held] = (await calendar(shangrao, day(50), day(50))).filter(
      ({ kind }: { kind: string }) => kind === 'JOINT_PLAN',
    );
    expect(held).toMatchObject({ blocking: true, title: '眼科医联体协商' });
    expect((await step('changeCalendarEntry', { calendarEntry: held.id, blocking: false }, staff(shangrao))).code).toBe(
      'FOLLOWS_CONSULTATION',
    );
    // Past every check of the code it is the database that refuses.
    await expect(
      hub.testDatabase
        .admin`insert into consultations.calendar_entry (id, owner, owner_as_filed, visibility, status, kind, title, starts, ends, blocking)
        values (gen_random_uuid(), ${shangrao}, ${shangrao}, 'INTERNAL', 'CONFIRMED', 'BLOCK', '会', ${ahead(50, 10)}, ${ahead(50, 12)}, true)`,
    ).rejects.toMatchObject({ code: '23P01', constraint_name: 'calendar_entry_no_overlap' });
    // By hand two may overlap: a period may be kept free within which things take place.
    await add(shangrao, ahead(51), ahead(55));
    await add(shangrao, ahead(52), ahead(53));
  });
});

describe('common free slots', () => {
  const free = async (input: object, as: Actor = staff(songjiang)) =>
    (
      await hub.ask(
        `query ($committees: [ID!]!, $from: Date!, $until: Date!, $durationMinutes: Int!, $gapMinutes: Int, $workingFrom: String, $workingUntil: String, $restDays: Boolean, $first: Int) {
          commonFreeSlots(committees: $committees, from: $from, until: $until, durationMinutes: $durationMinutes, gapMinutes: $gapMinutes, workingFrom: $workingFrom, workingUntil: $workingUntil, restDays: $restDays, first: $first)
            { provisional slots { starts ends } } }`,
        { as, variables: { committees: ['330100', '330127'], durationMinutes: 120, ...input } },
      )
    ).data?.commonFreeSlots;
  const spans = (answer: { slots: { starts: string; ends: string }[] }) =>
    answer.slots.map(({ starts, ends }) => {
      const local = (instant: string) =>
        new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
      return `${local(starts)}–${local(ends).slice(6)}`;
    });

  test('are working hours of working days, with public holidays and make-up days', async () => {
    // 2026-02-14 is worked for the Spring Festival, which is the 15th to the 23rd.
    expect(spans(await free({ from: '2026-02-12', until: '2026-02-25' }))).toEqual([
      '02-12 09:00–17:30',
      '02-13 09:00–17:30',
      '02-14 09:00–17:30',
      '02-24 09:00–17:30',
      '02-25 09:00–17:30',
    ]);
    expect(spans(await free({ from: '2026-02-20', until: '2026-02-21', restDays: true }))).toHaveLength(2);
    expect(await free({ from: '2026-02-12', until: '2026-02-13' })).toMatchObject({ provisional: false });
    expect(await free({ from: '2035-02-12', until: '2035-02-13' })).toMatchObject({ provisional: true });
  });

  test('leave room for the duration, and for travel before and after whatever blocks a calendar', async () => {
    await add('330100', '2026-03-03T11:00:00+08:00', '2026-03-03T12:00:00+08:00');
    await add('330127', '2026-03-03T14:00:00+08:00', '2026-03-03T14:30:00+08:00');
    await add('330127', '2026-03-04T00:00:00+08:00', '2026-03-05T00:00:00+08:00');
    const asked = { from: '2026-03-03', until: '2026-03-05' };
    expect(spans(await free(asked))).toEqual([
      '03-03 09:00–11:00',
      '03-03 12:00–14:00',
      '03-03 14:30–17:30',
      '03-05 09:00–17:30',
    ]);
    expect(spans(await free({ ...asked, gapMinutes: 60 }))).toEqual(['03-03 15:30–17:30', '03-05 09:00–17:30']);
    expect(spans(await free({ ...asked, durationMinutes: 180 }))).toEqual(['03-03 14:30–17:30', '03-05 09:00–17:30']);
    expect(spans(await free({ ...asked, first: 1 }))).toEqual(['03-03 09:00–11:00']);
  });

  test('are within the hours of all of them, as each has set them', async () => {
    const change = await hub.ask(
      'mutation ($input: ChangeConsultationSettingsInput!) { changeConsultationSettings(input: $input) { userErrors { code } } }',
      {
        as: staff('330127'),
        variables: {
          input: {
            committee: '330127',
            validFrom: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10),
            workingFrom: '08:30',
            workingUntil: '16:00',
          },
        },
      },
    );
    expect(change.data.changeConsultationSettings.userErrors).toEqual([]);
    expect(spans(await free({ from: '2026-03-10', until: '2026-03-10' }))).toEqual(['03-10 09:00–16:00']);
    expect(
      spans(await free({ from: '2026-03-10', until: '2026-03-10', workingFrom: '13:00', workingUntil: '19:00' })),
    ).toEqual(['03-10 13:00–19:00']);
  });

  test('are found in a number of statements that doesn’t grow with the committees', async () => {
    const count = async (committees: readonly string[]) =>
      (
        await hub.ask(
          'query ($committees: [ID!]!) { commonFreeSlots(committees: $committees, from: "2026-04-01", until: "2026-12-31", durationMinutes: 60) { slots { starts } } }',
          { as: staff(songjiang), variables: { committees } },
        )
      ).statements;
    expect(await count(['330100'])).toBe(2);
    expect(await count(['330100', '330127', '310117', '361100', '310104', '330110', '330108', '320500'])).toBe(2);
  });

  test('refuse what they can’t answer, and answer staff alone', async () => {
    const ask = (input: object, as: Actor = staff(songjiang)) =>
      hub.ask(
        'query ($committees: [ID!]!, $from: Date!, $until: Date!, $durationMinutes: Int!) { commonFreeSlots(committees: $committees, from: $from, until: $until, durationMinutes: $durationMinutes) { slots { starts } } }',
        {
          as,
          variables: {
            committees: [songjiang],
            from: '2026-05-06',
            until: '2026-05-07',
            durationMinutes: 60,
            ...input,
          },
        },
      );
    for (const wrong of [
      { committees: [] },
      { committees: ['999999'] },
      { committees: ['上饶'] },
      { until: '2026-05-05' },
      { until: '2028-05-05' },
      { durationMinutes: 0 },
    ])
      expect((await ask(wrong)).errors).toEqual(['BAD_USER_INPUT']);
    for (const other of [
      everyone,
      member('10000000-0000-4000-8000-000000000001', songjiang),
      department(songjiang, '10000000-0000-4000-8000-000000000002'),
      agency,
      operator,
    ])
      expect((await ask({}, other)).data.commonFreeSlots).toBeNull();
  });
});
