import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
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
  walk,
} from '@hub/testkit';
import { deadlineAfter, today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followUpMachine } from '../src/followups/followup.machine.ts';
import { consultation } from '../src/tables.ts';
import { consultationRows, participantRows, partRow } from './records.ts';

const county = '330624';
const neighbour = '330113';
const city = '330600';
const seats = [1, 2, 3, 4].map((at) => `test/member-${at}`);
const people = seats.map((key) => member(key, county));
const [jia = member('', county), yi = jia, bing = jia, absent = jia] = people;
const proposalsOnly: Actor = { kind: 'STAFF', subject: 'proposals only', committee: county, duties: ['proposals'] };

let hub: TestSubgraph;
let made = 0;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

/** A consultation that was held on a day. */
async function hold(given: Partial<Parameters<typeof consultationRows>[0]> = {}, day = today()): Promise<string> {
  made += 1;
  const of = { key: `test/held-${made}`, hosts: [county] as [string, ...string[]], ...given };
  const [, hosts] = consultationRows(of);
  const row = {
    ...partRow(of, of.key),
    title: of.key,
    kind: 'TOPICAL',
    status: of.status ?? 'HELD',
    heldFrom: day,
    heldUntil: day,
  };
  await hub.put({ table: consultation, rows: [row] });
  if (hosts) await hub.put(hosts);
  return recordId(of.key);
}

/** One in which three members took part. */
async function attended(given: Partial<Parameters<typeof consultationRows>[0]> = {}): Promise<string> {
  const id = await hold(given);
  const of = { key: `test/held-${made}`, hosts: [county] as [string] };
  for (const key of seats.slice(0, 3))
    await hub.put(...participantRows(of, key, { owner: county, visibility: 'MEMBERS' }));
  return id;
}

const run = async (name: string, fields: string, input: object, as: Actor = staff(county)) => {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`,
    { as, variables: { input } },
  );
  return { ...data?.[name], code: errors[0] ?? data?.[name]?.userErrors[0]?.code ?? null };
};
const step = (name: string, input: object, as: Actor = staff(county)) =>
  run(name, 'followUp { id status revision }', input, as);
const inputs: Record<string, (followUp: string) => object | Promise<object>> = {
  fileMinutes: async () => ({ consultation: await hold(), minutes: '会议纪要' }),
  sendResults: (followUp) => ({
    followUp,
    to: '县委、县政府',
    form: 'FORMAL_PROPOSAL',
    title: '建议案',
    documentNumber: '新政协〔2026〕1号',
  }),
  receiveHandlingReport: (followUp) => ({ followUp, from: '县政府办公室', text: '已分解落实' }),
  followUpConsultation: async (followUp) => ({ followUp, through: await hold({}), note: '回访' }),
  evaluateFollowUp: (followUp) => ({
    followUp,
    body: 'COMMITTEE',
    bodyName: `政协${made}`,
    attitude: 'SATISFIED',
    result: 'UNDERSTANDING',
  }),
  reviewConsultation: (followUp) => ({ followUp, findings: '已见成效' }),
  closeFollowUp: (followUp) => ({ followUp, conclusion: '办结' }),
};
/** A follow-up after some steps. */
async function after(consultation: string, ...names: readonly string[]): Promise<string> {
  const { followUp } = await step('fileMinutes', { consultation, minutes: '会议纪要' });
  for (const name of names) expect((await step(name, (await inputs[name]?.(followUp.id)) ?? {})).code).toBeNull();
  return followUp.id;
}

/** Publishes the minutes, and what stands in the follow-up of each committee, as its own office. */
async function publish(followUp: string): Promise<void> {
  const show = (part: string, as: Actor) =>
    run('setPartVisibility', 'consultation { id }', { part, visibility: 'PUBLIC' }, as);
  expect((await show(followUp, staff(county))).code).toBeNull();
  const { data } = await hub.ask(
    `{ followUp(id: "${followUp}") { dispatches { id } handlingReports { id } evaluations { id committee { code } } } }`,
    { as: staff(county) },
  );
  const { dispatches, handlingReports, evaluations } = data.followUp;
  for (const { id, committee } of [...dispatches, ...handlingReports, ...evaluations])
    expect((await show(id, staff(committee?.code ?? county))).code).toBeNull();
}

describe('what follows a consultation', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    const { faults, tried } = await walk({
      machine: followUpMachine,
      ask: hub.ask,
      as: { STAFF: staff(county) },
      strangers: [
        staff(city),
        staff(neighbour),
        proposalsOnly,
        jia,
        department(county, '10000000-0000-4000-8000-0000000000d1'),
        liaison(county),
        everyone,
        agency,
        operator,
        feed,
      ],
      reader: staff(county),
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([name, input]) => [
          name,
          async (id: string) => {
            made += 1;
            return (await input(id)) as Record<string, unknown>;
          },
        ]),
      ),
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  });

  test('begins with the minutes, due seven working days after, and late ones are marked and taken', async () => {
    const due = async (id: string) =>
      (await hub.ask(`{ consultation(id: "${id}") { minutesDue followUp { events { step due late } } } }`)).data
        .consultation;
    const fresh = await hold();
    expect(await due(fresh)).toEqual({ minutesDue: deadlineAfter(today(), 7, 'WORKING_DAYS').day, followUp: null });
    const old = await hold({}, '2024-07-31');
    expect((await due(old)).minutesDue).toBe('2024-08-09');
    const filed = await after(old);
    expect(await due(old)).toEqual({ minutesDue: null, followUp: null });
    await publish(filed);
    expect(await due(old)).toEqual({
      minutesDue: null,
      followUp: { events: [{ step: 'fileMinutes', due: '2024-08-09', late: true }] },
    });
    await publish(await after(fresh));
    expect((await due(fresh)).followUp.events[0].late).toBe(false);
    expect((await due(await hold({ status: 'SCHEDULED' }))).minutesDue).toBeNull();
    const scheduled = await hold({ status: 'SCHEDULED' });
    expect((await step('fileMinutes', { consultation: scheduled, minutes: '纪要' })).code).toBe('STEP_NOT_ALLOWED');
  });

  test('is there once, though two file the minutes at once', async () => {
    const consultation = await hold();
    const both = await Promise.all([
      step('fileMinutes', { consultation, minutes: '甲稿' }),
      step('fileMinutes', { consultation, minutes: '乙稿' }),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(['ALREADY_FOLLOWED_UP', null]);
  });

  test('tells to whom results went, what came back, how it was followed up and evaluated', async () => {
    const consultation = await hold();
    const visit = await hold();
    const id = await after(consultation, 'sendResults', 'receiveHandlingReport');
    expect((await step('followUpConsultation', { followUp: id, through: consultation })).code).toBe('INVALID');
    const hidden = await hold({ hosts: [neighbour], visibility: 'INTERNAL' });
    expect((await step('followUpConsultation', { followUp: id, through: hidden })).code).toBe('NOT_FOUND');
    await step('followUpConsultation', { followUp: id, through: visit, note: '现场看' });
    const evaluate = (input: object) =>
      step('evaluateFollowUp', {
        followUp: id,
        body: 'GOVERNMENT',
        bodyName: '县政府',
        attitude: 'SATISFIED',
        result: 'DISSATISFIED',
        ...input,
      });
    expect((await evaluate({})).code).toBe('REQUIRED');
    expect((await evaluate({ reason: '未完工' })).code).toBeNull();
    expect((await evaluate({ reason: '再评' })).code).toBe('ALREADY_EVALUATED');
    await step('reviewConsultation', { followUp: id, findings: '二期超70%' });
    await step('closeFollowUp', { followUp: id });
    await publish(id);
    const { data } =
      await hub.ask(`{ consultation(id: "${consultation}") { followUp { status minutes findings consultation { id }
      dispatches { to form title documentNumber sent } handlingReports { from text received } visits { consultation { id } note }
      evaluations { committee { code } body bodyName attitude result reason } events { step } } } }`);
    expect(data.consultation.followUp).toEqual({
      status: 'CLOSED',
      minutes: '会议纪要',
      findings: '二期超70%',
      consultation: { id: consultation },
      dispatches: [
        {
          to: '县委、县政府',
          form: 'FORMAL_PROPOSAL',
          title: '建议案',
          documentNumber: '新政协〔2026〕1号',
          sent: today(),
        },
      ],
      handlingReports: [{ from: '县政府办公室', text: '已分解落实', received: today() }],
      visits: [{ consultation: { id: visit }, note: '现场看' }],
      evaluations: [
        {
          committee: { code: county },
          body: 'GOVERNMENT',
          bodyName: '县政府',
          attitude: 'SATISFIED',
          result: 'DISSATISFIED',
          reason: '未完工',
        },
      ],
      events: [
        'fileMinutes',
        'sendResults',
        'receiveHandlingReport',
        'followUpConsultation',
        'evaluateFollowUp',
        'reviewConsultation',
        'closeFollowUp',
      ].map((name) => ({ step: name })),
    });
  });

  test('is evaluated by each host for its own side, and moved on by the one that leads', async () => {
    const consultation = await hold({ hosts: [county, neighbour] });
    const id = await after(consultation, 'sendResults', 'receiveHandlingReport');
    const theirs = await step('evaluateFollowUp', (await inputs['evaluateFollowUp']?.(id)) ?? {}, staff(neighbour));
    expect([theirs.code, theirs.followUp.status]).toEqual([null, 'REPORTED']);
    await publish(id);
    expect((await step('evaluateFollowUp', (await inputs['evaluateFollowUp']?.(id)) ?? {}, staff(city))).code).toBe(
      'NOT_YOURS',
    );
    const { data } = await hub.ask(`{ followUp(id: "${id}") { evaluations { committee { code } } } }`);
    expect(data.followUp.evaluations).toEqual([{ committee: { code: neighbour } }]);
  });

  test('is seen by those who see the consultation and by nobody else', async () => {
    const id = await after(await hold({ visibility: 'INTERNAL' }));
    for (const [as, seen] of [
      [everyone, false],
      [jia, false],
      [staff(city), false],
      [staff(county), true],
    ] as const)
      expect((await hub.ask(`{ followUp(id: "${id}") { id } }`, { as })).data.followUp !== null).toBe(seen);
  });

  test('of a page of consultations costs as many statements as that of one', async () => {
    const place = '330783';
    for (let at = 0; at < 20; at += 1) {
      const consultation = await hold({ hosts: [place] });
      if (at > 0) await step('fileMinutes', { consultation, minutes: '纪要' }, staff(place));
    }
    const page = (first: number) =>
      hub.ask(
        `{ consultations(within: "${place}", first: ${first}) { nodes { minutesDue evaluation { members evaluations { text } } readingSeries { indicator } outcomes { level suggestions { id } }
          followUp { status dispatches { to } handlingReports { from } visits { note consultation { id } } evaluations { body } events { step } pendingSteps { step due } } } } }`,
        { as: staff(place) },
      );
    const [one, twenty] = [await page(1), await page(20)];
    expect(twenty.data.consultations.nodes).toHaveLength(20);
    expect(twenty.statements).toBe(one.statements);
  });
});

describe('what members who took part make of a consultation', () => {
  const evaluate = (consultation: string, as: Actor, input: object = {}) =>
    run('evaluateConsultation', 'consultation { id }', { consultation, attitude: 5, result: 4, ...input }, as);
  const scores = async (consultation: string, as: Actor) =>
    (
      await hub.ask(
        `{ consultation(id: "${consultation}") { evaluation { members attitude { score members } result { score members } evaluations { attitude text } } } }`,
        { as },
      )
    ).data.consultation.evaluation;

  test('is shown as counts from three on, to staff before, and its words to staff and whoever wrote them', async () => {
    const consultation = await attended();
    await evaluate(consultation, jia, { text: '准备充分' });
    await evaluate(consultation, yi, { attitude: 3 });
    const few = { members: null, attitude: [], result: [] };
    expect(await scores(consultation, everyone)).toEqual({ ...few, evaluations: [] });
    expect(await scores(consultation, jia)).toEqual({ ...few, evaluations: [{ attitude: 5, text: '准备充分' }] });
    expect((await scores(consultation, staff(neighbour))).members).toBeNull();
    expect((await scores(consultation, staff(county))).members).toBe(2);
    await evaluate(consultation, bing);
    expect(await scores(consultation, everyone)).toEqual({
      members: 3,
      attitude: [
        { score: 3, members: 1 },
        { score: 5, members: 2 },
      ],
      result: [{ score: 4, members: 3 }],
      evaluations: [],
    });
  });

  test('is theirs alone to give, once, and to change until it is closed', async () => {
    const consultation = await attended();
    for (const [as, code] of [
      [absent, 'NOT_YOURS'],
      [staff(county), 'FORBIDDEN'],
      [everyone, 'FORBIDDEN'],
    ] as const)
      expect((await evaluate(consultation, as)).code).toBe(code);
    expect((await evaluate(consultation, jia, { attitude: 6 })).code).toBe('INVALID');
    await Promise.all([
      evaluate(consultation, jia),
      evaluate(consultation, jia),
      evaluate(consultation, jia, { attitude: 2 }),
    ]);
    expect((await scores(consultation, staff(county))).members).toBe(1);
    await evaluate(consultation, jia, { attitude: 1 });
    expect((await scores(consultation, staff(county))).attitude).toEqual([{ score: 1, members: 1 }]);
    await after(consultation, 'sendResults', 'receiveHandlingReport', 'evaluateFollowUp', 'closeFollowUp');
    expect((await evaluate(consultation, jia)).code).toBe('EVALUATION_CLOSED');
    expect((await evaluate(consultation, yi)).code).toBe('EVALUATION_CLOSED');
    expect((await evaluate(await attended({ status: 'NOT_HELD' }), jia)).code).toBe('STEP_NOT_ALLOWED');
  });
});
