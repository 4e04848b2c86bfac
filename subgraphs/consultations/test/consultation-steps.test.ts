import type { Actor } from '@hub/access';
import { consultations } from '@hub/consultations';
import { recordId, recordRow } from '@hub/facts';
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
import { deadlineAfter, deadlineBefore, today } from '@hub/working-days';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { consultationMachine } from '../src/consultations/consultation.machine.ts';
import { agendaItem } from '../src/tables.ts';
import { consultationRows, platformRows } from './records.ts';

const yuhang = '330110';
const economy = '20000000-0000-4000-8000-00000000000e';
const convenor = member('20000000-0000-4000-8000-000000000001', yuhang, [economy]);
const plain = member('20000000-0000-4000-8000-000000000002', yuhang);
const neighbour = member('20000000-0000-4000-8000-000000000003', '330113', ['20000000-0000-4000-8000-0000000000fe']);
const office = staff(yuhang);
const proposalsOnly: Actor = { kind: 'STAFF', subject: 'proposals only', committee: yuhang, duties: ['proposals'] };
const strangers: readonly Actor[] = [
  everyone,
  plain,
  neighbour,
  staff('330113'),
  staff('330100'),
  proposalsOnly,
  department(yuhang, '20000000-0000-4000-8000-00000000000d'),
  liaison(yuhang),
  agency,
  operator,
];

let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

/** Only the clock of the process moves; what the database times stays as it is. */
const setClock = (day: string, time = '12:00') => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(new Date(`${day}T${time}:00+08:00`));
};
afterEach(() => {
  vi.useRealTimers();
});

const now = today();
const day = deadlineAfter(now, 20, 'WORKING_DAYS').day;
const dayAfter = deadlineAfter(day, 1, 'DAYS').day;
const part = (title: string, on = day, from = '09:00', until = '11:30') => ({
  title,
  starts: `${on}T${from}:00+08:00`,
  ends: `${on}T${until}:00+08:00`,
});

const shown = `id title status revision visibility held { start end } place numberLabel term ordinal organization { id }
  parts { id title starts ends place position } places signUpOpens signUpCloses noticed reason liveStream
  onlineMeeting { link platform visibility } hosts { role committee { code } name workstation { id } }
  events { step label from to role late due evidence { name value } } pendingSteps { step due }`;
/** One step; its consultation as the actor then sees it, and the codes that it was refused with. */
async function step(name: string, input: object, as: Actor = office) {
  const { data, errors } = await hub.ask(
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { consultation { ${shown} } userErrors { code path message } } }`,
    { as, variables: { input } },
  );
  const answer = data?.[name];
  return {
    consultation: answer?.consultation,
    codes: [...errors, ...(answer?.userErrors ?? []).map(({ code }: { code: string }) => code)] as string[],
    paths: (answer?.userErrors ?? []).map(({ path }: { path: string[] }) => path.join('.')) as string[],
    messages: (answer?.userErrors ?? []).map(({ message }: { message: string }) => message) as string[],
  };
}
const look = async (id: string, as: Actor) =>
  (await hub.ask(`query ($id: ID!) { consultation(id: $id) { ${shown} } }`, { as, variables: { id } })).data
    .consultation;

const plan = async (input: object = {}, as: Actor = office): Promise<string> => {
  const { consultation, codes } = await step(
    'planConsultation',
    { committee: yuhang, title: '数字生活区', kind: 'TOPICAL', organization: economy, ...input },
    as,
  );
  expect(codes).toEqual([]);
  return consultation.id;
};
const scheduled = async (input: object = {}, parts = [part('全体')]) => {
  const consultation = await plan(input);
  expect((await step('scheduleConsultation', { consultation, parts })).codes).toEqual([]);
  return consultation;
};
const held = async (input: object = {}) => {
  const consultation = await scheduled(input);
  setClock(day);
  expect((await step('recordConsultationHeld', { consultation })).codes).toEqual([]);
  return consultation;
};

describe('a consultation', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    const reason = () => (consultation: string) => ({ consultation, reason: '另行安排' });
    // Put in and not set by a step, which would stand in the record of steps.
    const itemOf = async (of: string) => {
      const [whole] = await hub.testDatabase.admin<{ subjects: string[] }[]>`
        select subjects from consultations.consultation where id = ${of}`;
      const row = recordRow({ key: `item of ${of}`, visibility: 'INTERNAL' }, yuhang, {
        subjects: whole?.subjects ?? [],
      });
      await hub.put({ table: agendaItem, rows: [{ ...row, consultation: of, title: '讨论', position: 0 }] });
      return row.id;
    };
    // Nobody hosts it beside the office: after-the-lock.test.ts has who objects to what another recorded.
    const { objectToConsultationRecord: _, ...steps } = consultationMachine.steps;
    const { faults, tried } = await walk({
      machine: { ...consultationMachine, steps },
      ask: hub.ask,
      as: { STAFF: office, CONVENOR: convenor },
      strangers,
      reader: office,
      inputs: {
        proposeConsultation: () => ({ organization: economy, title: '人才住房', kind: 'SECTOR' }),
        planConsultation: () => {
          setClock(now);
          return { committee: yuhang, title: '人才住房', kind: 'SECTOR', organization: economy };
        },
        acceptConsultation: (consultation) => ({ consultation }),
        declineConsultation: reason(),
        scheduleConsultation: (consultation) => {
          setClock(now);
          return { consultation, parts: [part('全体')] };
        },
        announceConsultation: (consultation) => {
          setClock(now);
          return { consultation };
        },
        enterHeldConsultation: () => ({
          committee: yuhang,
          title: '人才住房',
          kind: 'SECTOR',
          organization: economy,
          parts: [part('全体', '2024-09-10')],
        }),
        recordConsultationHeldAfterwards: (consultation) => ({ consultation, parts: [part('全体', '2024-09-10')] }),
        enterAttendance: (consultation) => ({ consultation, members: ['20000000-0000-4000-8000-000000000002'] }),
        setOnlineMeeting: (consultation) => ({ consultation, link: 'https://meeting.example.cn/1' }),
        recordConsultationHeld: (consultation) => {
          setClock(day);
          return { consultation };
        },
        recordAgendaItemResult: async (consultation) => ({
          consultation,
          agendaItem: await itemOf(consultation),
          result: '已讨论',
        }),
        recordDecision: (consultation) => ({ consultation, kind: 'DECISION', title: '决定', text: '同意。' }),
        recordConsultationNotHeld: (consultation) => {
          setClock(day);
          return { consultation, reason: '另行安排' };
        },
        cancelConsultation: reason(),
        updateConsultation: (consultation) => ({ consultation, description: '改期说明' }),
        setAgenda: (consultation) => ({ consultation, items: [{ title: '讨论' }] }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(250);
  });

  test('proposed by a convenor is seen by its convenor and the office alone until it is announced', async () => {
    const given = { organization: economy, title: '人才住房怎样更近', kind: 'TOPICAL', localKind: '请你来协商' };
    const proposed = await step('proposeConsultation', given, convenor);
    expect(proposed).toMatchObject({ codes: [], consultation: { status: 'PROPOSED', visibility: 'INTERNAL' } });
    const { id } = proposed.consultation;
    expect(proposed.consultation.organization).toEqual({ id: economy });
    expect((await look(id, office)).pendingSteps.map(({ step: name }: { step: string }) => name)).toEqual([
      'acceptConsultation',
      'declineConsultation',
      'cancelConsultation',
      'updateConsultation',
    ]);
    // Whoever convenes the sector next has it too.
    const next = member('20000000-0000-4000-8000-000000000008', yuhang, [economy]);
    expect(await look(id, next)).toMatchObject({ status: 'PROPOSED' });
    for (const stranger of strangers) if (stranger !== proposalsOnly) expect(await look(id, stranger)).toBeNull();

    expect((await step('acceptConsultation', { consultation: id }, convenor)).codes).toEqual(['FORBIDDEN']);
    expect((await step('acceptConsultation', { consultation: id, hostName: '经济界' })).consultation).toMatchObject({
      status: 'PLANNED',
      hosts: [{ role: 'LEAD', committee: { code: yuhang }, name: '经济界', workstation: null }],
    });
    expect((await step('scheduleConsultation', { consultation: id, parts: [part('全体')] }, convenor)).codes).toEqual(
      [],
    );
    expect(await look(id, plain)).toBeNull();
    expect((await step('announceConsultation', { consultation: id }, convenor)).consultation).toMatchObject({
      visibility: 'MEMBERS',
      noticed: now,
      signUpOpens: null,
    });
    expect(await look(id, plain)).toMatchObject({ status: 'SCHEDULED', organization: { id: economy } });
    expect(await look(id, everyone)).toBeNull();
    expect(await look(id, neighbour)).toBeNull();
  });

  test('is proposed by nobody but the convenor of its own sector or group', async () => {
    const given = { organization: economy, title: '人才住房', kind: 'TOPICAL' };
    expect((await step('proposeConsultation', given, plain)).codes).toEqual(['NOT_YOURS']);
    expect((await step('proposeConsultation', given, office)).codes).toEqual(['FORBIDDEN']);
    const other = { ...given, organization: '20000000-0000-4000-8000-0000000000ff' };
    expect((await step('proposeConsultation', other, convenor)).codes).toEqual(['NOT_YOURS']);
    expect((await step('proposeConsultation', { ...given, kind: 'PLENARY' }, convenor)).paths).toEqual(['input.kind']);
    expect((await step('proposeConsultation', { ...given, title: ' ' }, convenor)).codes).toEqual(['REQUIRED']);
  });

  test('is planned by no other committee, whatever its level, and by no staff without the duty', async () => {
    const given = { committee: yuhang, title: '越级', kind: 'ACTIVITY' };
    expect((await step('planConsultation', given, staff('330113'))).codes).toEqual(['NOT_YOURS']);
    expect((await step('planConsultation', given, staff('330100'))).codes).toEqual(['NOT_YOURS']);
    for (const actor of [proposalsOnly, convenor, everyone, agency, operator, liaison(yuhang)])
      expect((await step('planConsultation', given, actor)).codes).toEqual(['FORBIDDEN']);
    const { data } = await hub.ask('{ consultations(filter: { text: "越级" }) { totalCount } }', { as: office });
    expect(data.consultations.totalCount).toBe(0);
  });

  test('planned twice with one key is planned once', async () => {
    const input = { committee: yuhang, title: '只此一次', kind: 'LECTURE', idempotencyKey: 'b9d6f6f2-1f1c-4c52-9a55' };
    const both = await Promise.all([step('planConsultation', input), step('planConsultation', input)]);
    expect(both[0].consultation.id).toBe(both[1].consultation.id);
    const { data } = await hub.ask('{ consultations(filter: { text: "只此一次" }) { totalCount } }', { as: office });
    expect(data.consultations.totalCount).toBe(1);
  });

  test('of the kinds of activities is found by its kind, by its status and by its sector', async () => {
    const made = {
      ACTIVITY: await plan({ kind: 'ACTIVITY', title: '寻访活动', visibility: 'PUBLIC' }),
      TRAINING: await plan({ kind: 'TRAINING', title: '寻访培训', visibility: 'PUBLIC' }),
      LECTURE: await plan({ kind: 'LECTURE', title: '寻访讲堂', visibility: 'PUBLIC', organization: null }),
    };
    const ids = async (filter: string, as: Actor = everyone) => {
      const { data } = await hub.ask(
        `{ consultations(within: "${yuhang}", filter: { text: "寻访", ${filter} }) { totalCount nodes { id } } }`,
        { as },
      );
      expect(data.consultations.totalCount).toBe(data.consultations.nodes.length);
      return data.consultations.nodes.map(({ id }: { id: string }) => id).sort();
    };
    for (const [kind, id] of Object.entries(made)) expect(await ids(`kinds: [${kind}]`)).toEqual([id]);
    expect(await ids('statuses: [PLANNED]')).toHaveLength(3);
    expect(await ids('statuses: [PROPOSED]', office)).toHaveLength(0);
    const sector = `organization: "${economy}"`;
    expect(await ids(sector, plain)).toEqual([made.ACTIVITY, made.TRAINING].sort());
    // To whom a sector isn't shown, nothing is found by it.
    expect(await ids(sector, everyone)).toEqual([]);
    expect((await look(made.ACTIVITY, everyone)).organization).toBeNull();
    const { data } = await hub.ask(
      `query ($for: [_Any!]!) { _entities(representations: $for) { ... on Organization { consultations(filter: { text: "寻访" }) { totalCount } } } }`,
      { as: plain, variables: { for: [{ __typename: 'Organization', id: economy }] } },
    );
    expect(data._entities[0].consultations.totalCount).toBe(2);
  });

  test('counts in the summary of whoever sees it, proposals with the others', async () => {
    const summary = async (as: Actor) => {
      const { data } = await hub.ask(
        `query ($for: [_Any!]!) { _entities(representations: $for) { ... on Committee { consultationSummary { total { value } byKind { kind count } byStatus { status count } } } } }`,
        { as, variables: { for: [{ __typename: 'Committee', code: '330122' }] } },
      );
      return data._entities[0].consultationSummary;
    };
    const elsewhere = '330122';
    const group = '20000000-0000-4000-8000-0000000000aa';
    const leader = member('20000000-0000-4000-8000-0000000000ab', elsewhere, [group]);
    const { consultation } = await step(
      'proposeConsultation',
      { organization: group, title: '待审', kind: 'ACTIVITY' },
      leader,
    );
    const declined = await step(
      'proposeConsultation',
      { organization: group, title: '不采', kind: 'ACTIVITY' },
      leader,
    );
    await step('declineConsultation', { consultation: declined.consultation.id, reason: '重复' }, staff(elsewhere));
    await step(
      'planConsultation',
      { committee: elsewhere, title: '公开', kind: 'TRAINING', visibility: 'PUBLIC' },
      staff(elsewhere),
    );
    expect(await summary(staff(elsewhere))).toEqual({
      total: { value: 3 },
      byKind: [
        { kind: 'ACTIVITY', count: 2 },
        { kind: 'TRAINING', count: 1 },
      ],
      byStatus: [
        { status: 'PROPOSED', count: 1 },
        { status: 'DECLINED', count: 1 },
        { status: 'PLANNED', count: 1 },
      ],
    });
    expect((await summary(leader)).total.value).toBe(3);
    expect((await summary(everyone)).total.value).toBe(1);
    await step('acceptConsultation', { consultation: consultation.id, visibility: 'PUBLIC' }, staff(elsewhere));
    expect((await summary(everyone)).byStatus).toEqual([{ status: 'PLANNED', count: 2 }]);
  });

  test('follows only what its committee may see', async () => {
    const visit = await plan({ kind: 'INSPECTION', title: '视察' });
    const followed = await plan({ kind: 'COUNTERPART', title: '对口协商', follows: visit });
    const { data } = await hub.ask(`query ($id: ID!) { consultation(id: $id) { follows { id } followedBy { id } } }`, {
      as: office,
      variables: { id: visit },
    });
    expect(data.consultation).toEqual({ follows: null, followedBy: [{ id: followed }] });
    const { consultation: hidden } = await step(
      'planConsultation',
      { committee: '330784', title: '他会视察', kind: 'INSPECTION' },
      staff('330784'),
    );
    const refused = await step('planConsultation', {
      committee: yuhang,
      title: '跟进',
      kind: 'COUNTERPART',
      follows: hidden.id,
    });
    expect(refused).toMatchObject({ consultation: null, codes: ['NOT_FOUND'], paths: ['input.follows'] });
  });

  test('is hosted through a workstation of its own committee, which is shown as widely as is known of it', async () => {
    const station = '20000000-0000-4000-8000-00000000005a';
    const given = { key: 'test/station', hosts: ['330108'] as [string], title: '园区协商' };
    await hub.put(...consultationRows(given));
    await hub.put(...platformRows(given, 'test/known-station', { owner: '330108', visibility: 'PUBLIC' }));
    const known = recordId('test/known-station');
    const through = (workstation: string, committee: string) =>
      step(
        'planConsultation',
        { committee, title: '驿站协商', kind: 'STATION', visibility: 'PUBLIC', workstation },
        staff(committee),
      );
    expect(await through(known, '330113')).toMatchObject({ codes: ['NOT_YOURS'], paths: ['input.workstation'] });
    const own = await through(known, '330108');
    expect((await look(own.consultation.id, everyone)).hosts[0].workstation).toEqual({ id: known });
    const unknown = await through(station, '330108');
    expect((await look(unknown.consultation.id, everyone)).hosts[0].workstation).toBeNull();
    expect((await look(unknown.consultation.id, staff('330108'))).hosts[0].workstation).toEqual({ id: station });
  });
});

describe('the schedule', () => {
  test('has several parts, and its period is theirs', async () => {
    const consultation = await plan();
    const parts = [{ ...part('现场'), place: '余杭街道' }, { ...part('分组', dayAfter, '14:00', '16:00') }];
    const done = await step('scheduleConsultation', { consultation, parts, place: '余杭区' }, convenor);
    expect(done.consultation).toMatchObject({
      status: 'SCHEDULED',
      place: '余杭区',
      held: { start: day, end: dayAfter },
      parts: [
        { title: '现场', place: '余杭街道', position: 0, starts: new Date(`${day}T01:00:00Z`).toISOString() },
        { title: '分组', place: null, position: 1 },
      ],
    });
    const { data } = await hub.ask(
      `{ consultations(within: "${yuhang}", filter: { from: "${dayAfter}", until: "${dayAfter}", statuses: [SCHEDULED] }) { nodes { id } } }`,
      { as: office },
    );
    expect(data.consultations.nodes).toContainEqual({ id: consultation });
  });

  test('is changed by the same step: parts that are named stay, others are withdrawn, and both dates are kept', async () => {
    const consultation = await scheduled({}, [part('上午'), part('下午', day, '14:00', '16:00')]);
    const [first, second] = (await look(consultation, office)).parts;
    const changed = await step('scheduleConsultation', {
      consultation,
      parts: [part('新增', dayAfter, '08:30', '09:00'), { ...part('下午改期', dayAfter), id: second.id }],
    });
    expect(changed.consultation.parts).toMatchObject([
      { title: '新增', position: 0 },
      { id: second.id, title: '下午改期', position: 1 },
    ]);
    expect(changed.consultation.parts.map(({ id }: { id: string }) => id)).not.toContain(first.id);
    expect(changed.consultation.held).toEqual({ start: dayAfter, end: null });
    const kept = changed.consultation.events
      .filter(({ step: name }: { step: string }) => name === 'scheduleConsultation')
      .map(({ evidence }: { evidence: { value: string }[] }) => evidence[0]?.value.includes(`${dayAfter}T`));
    expect(kept).toEqual([false, true]);
  });

  test('refuses what has passed, what ends before it starts, parts of others and times without a zone', async () => {
    const consultation = await plan();
    const other = await scheduled();
    const [foreign] = (await look(other, office)).parts;
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const tried = async (parts: object[]) => {
      const { codes, paths } = await step('scheduleConsultation', { consultation, parts });
      return [codes.join(), paths.join()];
    };
    expect(await tried([])).toEqual(['REQUIRED', 'input.parts']);
    expect(await tried([part('全体', yesterday)])).toEqual(['DATE_PAST', 'input.parts.0.starts']);
    expect(await tried([part('上午'), part('下午', day, '16:00', '14:00')])).toEqual(['INVALID', 'input.parts.1.ends']);
    expect(await tried([{ ...part('全体'), id: foreign.id }])).toEqual(['NOT_FOUND', 'input.parts.0.id']);
    for (const starts of [`${day}T09:00:00`, `${day.slice(0, 4)}-02-30T09:00+08:00`, '明天'])
      expect(await tried([{ ...part('全体'), starts }])).toEqual(['BAD_USER_INPUT', '']);
    expect(await tried([part('')])).toEqual(['REQUIRED', 'input.parts.0.title']);
    expect(await look(consultation, office)).toMatchObject({ status: 'PLANNED', revision: 1, parts: [] });
  });

  test('keeps a part that has begun while a later one is put off', async () => {
    const consultation = await scheduled({}, [part('第一天'), part('第二天', dayAfter)]);
    const [first, second] = (await look(consultation, office)).parts;
    setClock(day);
    const later = deadlineAfter(dayAfter, 3, 'DAYS').day;
    const begun = { id: first.id, title: first.title, starts: first.starts, ends: first.ends };
    const put = await step('scheduleConsultation', {
      consultation,
      parts: [begun, { ...part('第二天', later), id: second.id }],
    });
    expect(put).toMatchObject({ codes: [], consultation: { held: { start: day, end: later } } });
    const moved = { ...begun, starts: `${day}T10:00:00+08:00` };
    expect((await step('scheduleConsultation', { consultation, parts: [moved] })).codes).toEqual(['DATE_PAST']);
  });

  test('that two people change at once is changed by one', async () => {
    const consultation = await plan();
    const answers = await Promise.all(
      [office, convenor].map((as, at) =>
        step('scheduleConsultation', { consultation, expectedRevision: 1, parts: [part(`第${at}版`)] }, as),
      ),
    );
    expect(answers.map(({ codes }) => codes.join()).sort()).toEqual(['', 'CONFLICT']);
    expect((await look(consultation, office)).parts).toHaveLength(1);
  });
});

describe('the notice', () => {
  test('opens a sign-up with its places, and is due so many working days before', async () => {
    const consultation = await scheduled();
    const due = deadlineBefore(day, 15, 'WORKING_DAYS').day;
    expect((await look(consultation, office)).pendingSteps).toContainEqual({ step: 'announceConsultation', due });
    const closes = new Date(`${day}T00:00:00Z`).toISOString();
    const told = await step('announceConsultation', { consultation, places: 2, signUpCloses: closes });
    expect(told.consultation).toMatchObject({ places: 2, signUpCloses: closes, noticed: now, visibility: 'MEMBERS' });
    expect(Date.parse(told.consultation.signUpOpens)).toBeLessThanOrEqual(Date.now());
    expect(told.consultation.events.at(-1)).toMatchObject({ step: 'announceConsultation', late: false, due });
  });

  test('that comes after its deadline is marked as late and goes out', async () => {
    const consultation = await scheduled();
    setClock(deadlineBefore(day, 14, 'WORKING_DAYS').day);
    const told = await step('announceConsultation', { consultation, visibility: 'PUBLIC' });
    expect(told.consultation.events.at(-1)).toMatchObject({
      late: true,
      due: deadlineBefore(day, 15, 'WORKING_DAYS').day,
    });
    expect(await look(consultation, everyone)).toMatchObject({ status: 'SCHEDULED' });
  });

  test('is due as the committee itself has decided', async () => {
    const committee = '330109';
    await hub.ask(
      `mutation ($input: ChangeConsultationSettingsInput!) { changeConsultationSettings(input: $input) { userErrors { code } } }`,
      { as: staff(committee), variables: { input: { committee, validFrom: now, noticeWorkingDays: 3 } } },
    );
    const { consultation } = await step(
      'planConsultation',
      { committee, title: '通知', kind: 'ACTIVITY' },
      staff(committee),
    );
    await step('scheduleConsultation', { consultation: consultation.id, parts: [part('全体')] }, staff(committee));
    expect((await look(consultation.id, staff(committee))).pendingSteps).toContainEqual({
      step: 'announceConsultation',
      due: deadlineBefore(day, 3, 'WORKING_DAYS').day,
    });
  });

  test('refuses a sign-up that closes before it opens, after the start or in the past', async () => {
    const consultation = await scheduled();
    const tried = async (input: object, as: Actor = office) => {
      const { codes, paths } = await step('announceConsultation', { consultation, ...input }, as);
      return [codes.join(), paths.join()];
    };
    const at = (on: string, time: string) => `${on}T${time}:00+08:00`;
    expect(await tried({ signUpOpens: at(day, '08:00'), signUpCloses: at(day, '07:00') })).toEqual([
      'SIGN_UP_WINDOW',
      'input.signUpCloses',
    ]);
    expect(await tried({ signUpCloses: at(day, '09:01') })).toEqual(['SIGN_UP_WINDOW', 'input.signUpCloses']);
    expect(await tried({ signUpCloses: '2020-01-01T00:00:00Z' })).toEqual(['DATE_PAST', 'input.signUpCloses']);
    expect(await tried({ places: 0 })).toEqual(['INVALID', 'input.places']);
    expect(await tried({ visibility: 'PRIVATE' })).toEqual(['INVALID', 'input.visibility']);
    expect(await tried({ visibility: 'PUBLIC' }, convenor)).toEqual(['NOT_YOURS', 'input.visibility']);
    expect((await look(consultation, office)).noticed).toBeNull();
    setClock(day);
    expect((await tried({}))[0]).toBe('DATE_PAST');
  });

  test('is shortened where the consultation is brought forward', async () => {
    const consultation = await scheduled();
    await step('announceConsultation', { consultation, signUpOpens: `${now}T00:00:00Z` });
    const sooner = deadlineAfter(now, 5, 'WORKING_DAYS').day;
    const moved = await step('scheduleConsultation', { consultation, parts: [part('提前', sooner)] });
    expect(moved.consultation.signUpCloses).toBe(new Date(`${sooner}T01:00:00Z`).toISOString());
    await step('announceConsultation', { consultation, signUpOpens: `${sooner}T00:00:00+08:00` });
    const soonest = deadlineAfter(now, 3, 'WORKING_DAYS').day;
    const again = await step('scheduleConsultation', { consultation, parts: [part('再提前', soonest)] });
    expect(again).toMatchObject({ codes: [], consultation: { signUpOpens: null, signUpCloses: null } });
  });
});

describe('what became of it', () => {
  test('held is recorded once its last part has ended, and the period is that of its parts', async () => {
    const consultation = await scheduled();
    const early = await step('recordConsultationHeld', { consultation }, convenor);
    expect(early.codes).toEqual(['TOO_EARLY']);
    expect(early.messages[0]).toContain(`${day} 11:30`);
    expect(early.consultation.status).toBe('SCHEDULED');
    setClock(day, '11:31');
    const done = await step('recordConsultationHeld', { consultation }, convenor);
    expect(done).toMatchObject({ codes: [], consultation: { status: 'HELD', held: { start: day, end: null } } });
  });

  test('not held and cancelled ask for a reason', async () => {
    const consultation = await scheduled();
    for (const name of ['recordConsultationNotHeld', 'cancelConsultation'])
      expect(await step(name, { consultation, reason: '' })).toMatchObject({
        codes: ['REQUIRED'],
        paths: ['input.reason'],
      });
    expect((await step('cancelConsultation', { consultation, reason: '台风' }, convenor)).codes).toEqual(['FORBIDDEN']);
    expect((await step('cancelConsultation', { consultation, reason: '台风' })).consultation).toMatchObject({
      status: 'CANCELLED',
      reason: '台风',
    });
  });
});

describe('the number of a meeting', () => {
  const meeting = (input: object) =>
    step(
      'planConsultation',
      { committee: '330114', title: '会议', kind: 'CHAIRMENS_MEETING', ...input },
      staff('330114'),
    );
  const next = async (kind: string, as: Actor = staff('330114')) => {
    const { data } = await hub.ask(
      `query ($for: [_Any!]!) { _entities(representations: $for) { ... on Committee { nextMeetingNumber(kind: ${kind}, term: 1) } } }`,
      { as, variables: { for: [{ __typename: 'Committee', code: '330114' }] } },
    );
    return data._entities[0].nextMeetingNumber;
  };

  test('is given, or the next one, and never given twice', async () => {
    expect((await meeting({ number: { term: 1, ordinal: 32 } })).consultation).toMatchObject({
      term: 1,
      ordinal: 32,
      numberLabel: '一届三十二次主席会议',
    });
    expect(await next('CHAIRMENS_MEETING')).toBe(33);
    expect(await next('CHAIRMENS_MEETING', everyone)).toBeNull();
    expect(await next('LECTURE')).toBeNull();
    expect((await meeting({ number: { term: 1 } })).consultation.ordinal).toBe(33);
    expect(await meeting({ number: { term: 1, ordinal: 32 } })).toMatchObject({
      consultation: null,
      codes: ['NUMBER_TAKEN'],
    });
    // Another kind, term and committee have numbers of their own.
    expect((await meeting({ kind: 'PLENARY', number: { term: 1, ordinal: 32 } })).codes).toEqual([]);
    expect((await meeting({ number: { term: 2, ordinal: 32 } })).codes).toEqual([]);
    expect(await meeting({ kind: 'LECTURE', number: { term: 1 } })).toMatchObject({ codes: ['INVALID'] });
    expect(await meeting({ number: { term: 0 } })).toMatchObject({ paths: ['input.number.term'] });
  });

  test('counts a standing committee on a topic among the others', async () => {
    expect((await meeting({ kind: 'STANDING_COMMITTEE', number: { term: 1 } })).consultation.ordinal).toBe(1);
    const topical = await meeting({ kind: 'TOPICAL_STANDING_COMMITTEE', number: { term: 1 } });
    expect(topical.consultation.numberLabel).toBe('一届二次常委会会议');
  });

  test('that two secretaries want at once is given to one', async () => {
    const both = await Promise.all([1, 2].map(() => meeting({ number: { term: 7, ordinal: 5 } })));
    expect(both.map(({ codes }) => codes.join()).sort()).toEqual(['', 'NUMBER_TAKEN']);
  });

  test('of a meeting that was cancelled is free again', async () => {
    const { consultation } = await meeting({ number: { term: 8, ordinal: 1 } });
    await step('cancelConsultation', { consultation: consultation.id, reason: '并入下次' }, staff('330114'));
    expect((await meeting({ number: { term: 8 } })).consultation.ordinal).toBe(1);
  });

  test('is given with the schedule too', async () => {
    const { consultation } = await meeting({});
    const done = await step(
      'scheduleConsultation',
      { consultation: consultation.id, parts: [part('全体')], number: { term: 9, ordinal: 3 } },
      staff('330114'),
    );
    expect(done.consultation.numberLabel).toBe('九届三次主席会议');
  });
});

describe('details', () => {
  test('change by a step of their own, whatever the state, and what is not given stays', async () => {
    const consultation = await held({ topics: ['住房'], place: '余杭' });
    const done = await step('updateConsultation', { consultation, title: '改名', description: '说明' }, convenor);
    expect(done).toMatchObject({
      codes: [],
      consultation: { title: '改名', status: 'HELD', place: '余杭', revision: 4 },
    });
    expect(done.consultation.events.at(-1)).toMatchObject({
      step: 'updateConsultation',
      label: '修改基本信息',
      from: 'HELD',
      to: 'HELD',
      role: 'MEMBER',
    });
    expect((await step('updateConsultation', { consultation, place: null })).consultation.place).toBeNull();
    for (const stranger of strangers)
      expect(['FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND']).toContain(
        (await step('updateConsultation', { consultation, title: '他人' }, stranger)).codes[0],
      );
    expect((await step('updateConsultation', { consultation, expectedRevision: 1, title: '旧版' })).codes).toEqual([
      'CONFLICT',
    ]);
    const { consultation: declined } = await step(
      'proposeConsultation',
      { organization: economy, title: '不用', kind: 'SECTOR' },
      convenor,
    );
    expect((await step('updateConsultation', { consultation: declined.id, visibility: 'PUBLIC' })).codes).toEqual([
      'STEP_NOT_ALLOWED',
    ]);
    await step('declineConsultation', { consultation: declined.id, reason: '重复' });
    expect((await step('updateConsultation', { consultation: declined.id, title: '又用' })).codes).toEqual([
      'STEP_NOT_ALLOWED',
    ]);
  });

  test('say who may see it: the office chooses, its parts follow, and it never hides it from itself', async () => {
    const consultation = await scheduled();
    expect(await look(consultation, everyone)).toBeNull();
    const opened = await step('updateConsultation', { consultation, visibility: 'PUBLIC' });
    expect(opened.codes).toEqual([]);
    expect(await look(consultation, everyone)).toMatchObject({ parts: [{ title: '全体' }], events: { length: 3 } });
    expect((await step('updateConsultation', { consultation, visibility: 'MEMBERS' }, convenor)).codes).toEqual([
      'NOT_YOURS',
    ]);
    for (const visibility of ['PRIVATE', 'JOINT'])
      expect(await step('updateConsultation', { consultation, visibility })).toMatchObject({
        codes: ['INVALID'],
        paths: ['input.visibility'],
      });
    await step('updateConsultation', { consultation, visibility: 'INTERNAL' });
    expect(await look(consultation, everyone)).toBeNull();
    const [{ parts }] = (
      await hub.ask(
        `query ($id: ID!) { consultations(within: "${yuhang}", first: 100) { nodes { id parts { id } } } }`.replace(
          '($id: ID!) ',
          '',
        ),
        { as: everyone },
      )
    ).data.consultations.nodes
      .filter(({ id }: { id: string }) => id === consultation)
      .concat([{ parts: [] }]);
    expect(parts).toEqual([]);
  });

  test('refuse links that are no addresses of the secure web', async () => {
    const consultation = await plan();
    for (const liveStream of ['http://live.example.cn/1', 'javascript:alert(1)', 'https://a:b@live.example.cn', '直播'])
      expect(await step('updateConsultation', { consultation, liveStream })).toMatchObject({
        codes: ['LINK_NOT_HTTPS'],
      });
    const set = await step('updateConsultation', { consultation, liveStream: 'https://live.example.cn/1' });
    expect(set.consultation.liveStream).toBe('https://live.example.cn/1');
    expect((await step('updateConsultation', { consultation, title: '长'.repeat(201) })).codes).toEqual(['TOO_LONG']);
  });
});

describe('the room of an online meeting', () => {
  const link = 'https://meeting.example.cn/330110?room=7';

  test('is seen by those who take part, the convenor and the office, and by nobody else of a public consultation', async () => {
    const consultation = await scheduled({ visibility: 'PUBLIC' });
    for (const wrong of ['http://meeting.example.cn/7', 'weixin://7'])
      expect((await step('setOnlineMeeting', { consultation, link: wrong })).codes).toEqual(['LINK_NOT_HTTPS']);
    const done = await step(
      'setOnlineMeeting',
      { consultation, link, platform: '云会议', members: [plain.member] },
      convenor,
    );
    expect(done.codes).toEqual([]);
    const room = { link, platform: '云会议', visibility: 'INTERNAL' };
    for (const actor of [office, convenor, plain])
      expect((await look(consultation, actor)).onlineMeeting).toEqual(room);
    const other = member('20000000-0000-4000-8000-000000000009', yuhang);
    for (const actor of [everyone, other, neighbour, staff('330113'), staff('330100'), liaison(yuhang)])
      expect(await look(consultation, actor)).toMatchObject({ status: 'SCHEDULED', onlineMeeting: null });
    // Nor does the record of the steps tell it.
    const { events } = await look(consultation, everyone);
    expect(events.at(-1).step).toBe('setOnlineMeeting');
    expect(JSON.stringify(events)).not.toContain('meeting.example.cn');
  });

  test('is opened to members at most, only where they see the consultation, and closed to them with it', async () => {
    const consultation = await scheduled();
    expect((await step('setOnlineMeeting', { consultation, link, visibility: 'MEMBERS' })).paths).toEqual([
      'input.visibility',
    ]);
    await step('updateConsultation', { consultation, visibility: 'PUBLIC' });
    expect((await step('setOnlineMeeting', { consultation, link, visibility: 'PUBLIC' })).codes).toEqual(['INVALID']);
    await step('setOnlineMeeting', { consultation, link, visibility: 'MEMBERS' });
    expect((await look(consultation, plain)).onlineMeeting).toMatchObject({ link });
    expect((await look(consultation, everyone)).onlineMeeting).toBeNull();
    await step('updateConsultation', { consultation, visibility: 'INTERNAL' });
    const [{ visibility } = { visibility: '' }] = await hub.testDatabase.admin<{ visibility: string }[]>`
      select visibility from consultations.online_meeting where consultation = ${consultation}`;
    expect(visibility).toBe('INTERNAL');
    await step('setOnlineMeeting', { consultation, link: null });
    expect((await look(consultation, office)).onlineMeeting).toBeNull();
    await step('setOnlineMeeting', { consultation, link: `${link}8` });
    expect((await look(consultation, office)).onlineMeeting).toMatchObject({ link: `${link}8` });
  });
});

test('lists cost the same number of statements however long they are, with everything that hangs on each', async () => {
  const committee = '330105';
  for (let at = 0; at < 20; at += 1) {
    const { consultation } = await step(
      'planConsultation',
      { committee, title: `统计${at}`, kind: 'ACTIVITY', organization: economy },
      staff(committee),
    );
    await step(
      'scheduleConsultation',
      { consultation: consultation.id, parts: [part('一'), part('二')] },
      staff(committee),
    );
  }
  const statements = async (first: number) => {
    const { data, statements: counted } = await hub.ask(
      `{ consultations(within: "${committee}", first: ${first}) { nodes { ${shown} agenda { title decisions { title } presentingMember { id } } decisions { title agendaItem { id } } } } }`,
      { as: staff(committee) },
    );
    expect(data.consultations.nodes).toHaveLength(first);
    return counted;
  };
  const [one, twenty] = [await statements(1), await statements(20)];
  expect(twenty).toBe(one);
});
