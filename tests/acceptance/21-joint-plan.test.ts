/**
 * 松江 and 上饶, a district of a municipality and a city of a province, plan a consultation on eye care together: from the
 * first invitation through two counters, a decline and a substitute to what both lock, a change of it, the day itself, and
 * what each side's party committee and government made of every suggestion.
 */
import { recordId } from '@hub/facts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { putIntoDirectory } from '../hub/directory.ts';
import { type Hub, startHub } from '../hub/hub.ts';
import { stepsOn, type Who } from '../hub/steps.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const songjiang = '310117';
const shangrao = '361100';
const guangxin = '361104';
const wannian = '361129';
const shanghai = '310000';
const doctor = '10000000-0000-4000-8000-000000002101';
const substitute = '10000000-0000-4000-8000-000000002102';
const local = '10000000-0000-4000-8000-000000002103';
const health = '10000000-0000-4000-8000-0000000021d1';
const pairing = recordId('songjiang-shangrao/eye-care-pairing');

describe('in process', () => {
  let hub: Hub;
  const { ask, step, done, refusedTo, see } = stepsOn(() => hub);
  beforeAll(async () => {
    hub = await startHub('in process');
    await putIntoDirectory(hub, { members: { [doctor]: shangrao, [substitute]: shangrao, [local]: shangrao } });
    vi.useFakeTimers({ toFake: ['Date'] });
    setDay('2026-03-02');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const setDay = (day: string, time = '09:00') => vi.setSystemTime(new Date(`${day}T${time}:00+08:00`));

  const inSongjiang: Who = () => hub.staff(songjiang, ['meetings']);
  const inShangrao: Who = () => hub.staff(shangrao, ['meetings']);
  const inGuangxin: Who = () => hub.staff(guangxin, ['meetings']);
  const inWannian: Who = () => hub.staff(wannian, ['meetings']);
  const above: Who = () => hub.staff(shanghai, ['meetings']);
  const uncharged: Who = () => hub.staff(shangrao, ['members']);
  const eyeDoctor: Who = () => hub.member(doctor, shangrao);
  const stranger: Who = () => hub.member('linping/member-jin-danwen', '330113');
  const bureau: Who = () => hub.department(songjiang, health);
  const outside: readonly Who[] = [null, above, stranger, () => hub.token({ role: 'operator' })];

  let plan = '';
  let consultation = '';
  let suggestions: string[] = [];
  const morning = '2026-04-16T09:00:00+08:00';
  const instant = (text: string) => new Date(text).toISOString();
  const parties = 'parties { committee { code } status number hosts reason }';
  const statusOf = (of: { parties: { committee: { code: string }; status: string }[] }) =>
    Object.fromEntries(of.parties.map(({ committee, status }) => [committee.code, status]));

  test('松江 finds when all three can meet and proposes it to 上饶 and 广信, within their pairing', async () => {
    const busy = {
      committee: shangrao,
      title: '市政协常委会会议',
      starts: '2026-04-14T00:00:00+08:00',
      ends: '2026-04-15T00:00:00+08:00',
    };
    await done('addCalendarEntry', busy, inShangrao);
    const { data } = await ask(
      'query ($committees: [ID!]!) { commonFreeSlots(committees: $committees, from: "2026-04-14", until: "2026-04-16", durationMinutes: 180, gapMinutes: 120) { provisional slots { starts ends } } }',
      inSongjiang,
      { committees: [songjiang, shangrao, guangxin] },
    );
    expect(data.commonFreeSlots).toEqual({
      provisional: false,
      slots: ['15', '16'].map((day) => ({
        starts: instant(`2026-04-${day}T09:00:00+08:00`),
        ends: instant(`2026-04-${day}T17:30:00+08:00`),
      })),
    });
    const started = await done(
      'startJointPlan',
      {
        committee: songjiang,
        parties: [{ committee: shangrao }, { committee: guangxin }],
        title: '眼科医疗跨区域协作',
        kind: 'TOPICAL',
        topics: ['双向转诊'],
        place: '松江区政协',
        region: songjiang,
        durationMinutes: 180,
        starts: ['2026-04-15T09:00:00+08:00'],
        visits: [{ title: '上海市第一人民医院松江院区', on: '2026-04-14', committee: songjiang }],
        quotas: [{ committee: shangrao, members: 1 }],
        cooperation: pairing,
      },
      inSongjiang,
      `id ${parties} proposal { visits { title on committee { code } } }`,
    );
    plan = started.id;
    // Who may see the pairing is heard from its subgraph.
    await vi.waitFor(async () => {
      const { cooperation } = await see('jointPlan', plan, 'cooperation { id title }', inSongjiang);
      expect(cooperation).toEqual({ id: pairing, title: '松江—上饶眼科医疗合作' });
    });
    expect(statusOf(started)).toEqual({
      [songjiang]: 'ACCEPTED',
      [shangrao]: 'NEEDS_ACTION',
      [guangxin]: 'NEEDS_ACTION',
    });
    for (const who of outside) expect(await see('jointPlan', plan, 'id', who)).toBeNull();
  });

  test('上饶 counters with another day and a topic of its own, 松江 counters that with a place online as well', async () => {
    const counter = {
      jointPlan: plan,
      number: 1,
      starts: ['2026-04-15T14:00:00+08:00', morning],
      topics: ['双向转诊', '眼科医生带教'],
    };
    await refusedTo('counterJointPlan', counter, [...outside, uncharged, inWannian]);
    const first = await done(
      'counterJointPlan',
      counter,
      inShangrao,
      `proposal { number committee { code } changes { field before after } topics { title committee { code } } } ${parties}`,
    );
    expect(first.proposal).toMatchObject({
      number: 2,
      committee: { code: shangrao },
      topics: [{ committee: { code: songjiang } }, { committee: { code: shangrao } }],
    });
    expect(first.proposal.changes.map(({ field }: { field: string }) => field)).toEqual(['topics', 'starts']);
    const second = await done(
      'counterJointPlan',
      {
        jointPlan: plan,
        number: 2,
        online: true,
        agenda: [
          { title: '两院情况通报', kind: 'REPORT', presenter: '上海市第一人民医院' },
          { title: '协商讨论', kind: 'CONSULTATION' },
        ],
      },
      inSongjiang,
      `proposal { number changes { field after } } ${parties}`,
    );
    expect(second.proposal).toEqual({
      number: 3,
      changes: [
        { field: 'agenda', after: '两院情况通报（上海市第一人民医院）；协商讨论' },
        { field: 'online', after: '线上' },
      ],
    });
    expect((await step('acceptJointPlan', { jointPlan: plan, number: 2 }, inGuangxin)).code).toBe('CONFLICT');
  });

  test('广信 declines with a reason, and 万年 is invited in its place; who declined sees no more of it', async () => {
    await done('declineJointPlan', { jointPlan: plan, number: 3, reason: '同期召开全会' }, inGuangxin);
    await refusedTo('inviteParty', { jointPlan: plan, committee: wannian }, [
      ...outside,
      inShangrao,
      inGuangxin,
      inWannian,
    ]);
    const invited = await done(
      'inviteParty',
      { jointPlan: plan, committee: wannian, inPlaceOf: guangxin },
      inSongjiang,
      `${parties} events { step evidence { name value } }`,
    );
    expect(statusOf(invited)).toEqual({
      [songjiang]: 'ACCEPTED',
      [shangrao]: 'NEEDS_ACTION',
      [guangxin]: 'UNINVITED',
      [wannian]: 'NEEDS_ACTION',
    });
    expect(invited.parties.find((one: { committee: { code: string } }) => one.committee.code === guangxin).reason).toBe(
      '同期召开全会',
    );
    expect(await see('jointPlan', plan, 'id', inGuangxin)).toBeNull();
  });

  test('上饶 names whom it sends, within its quota; the others read the name and no more', async () => {
    const nominee = await done(
      'nominate',
      { jointPlan: plan, kind: 'MEMBER', name: '眼科委员', role: '主讲', member: doctor },
      inShangrao,
    );
    expect(
      (await step('nominate', { jointPlan: plan, kind: 'MEMBER', name: '另一委员', member: local }, inShangrao)).code,
    ).toBe('LIMIT_REACHED');
    await done('nominate', { jointPlan: plan, kind: 'EXPERT', name: '汪涵专家团队' }, inSongjiang);
    expect(await see('nominee', nominee.id, 'name role member { id }', inSongjiang)).toEqual({
      name: '眼科委员',
      role: '主讲',
      member: null,
    });
  });

  test('both accept, and it locks by itself: one consultation, on the page and in the calendar of every host', async () => {
    await done('acceptJointPlan', { jointPlan: plan, number: 3, starts: [morning] }, inShangrao);
    // Accepting names the proposal that was read.
    expect((await step('acceptJointPlan', { jointPlan: plan, number: 2 }, inWannian)).code).toBe('CONFLICT');
    const locked = await done(
      'acceptJointPlan',
      { jointPlan: plan, number: 3, hostName: '万年县政协医卫界', idempotencyKey: 'wannian-phone-2026-04-01' },
      inWannian,
      `status sequence slot { starts ends } consultation { id title status topics visibility agenda { title presenter } hosts { role name committee { code level } } cooperation { id } jointPlan { id } } ${parties}`,
    );
    expect(locked).toMatchObject({ status: 'CONFIRMED', sequence: 0, slot: { starts: instant(morning) } });
    expect(locked.consultation).toMatchObject({
      title: '眼科医疗跨区域协作',
      status: 'SCHEDULED',
      visibility: 'JOINT',
      topics: ['双向转诊', '眼科医生带教'],
      agenda: [
        { title: '两院情况通报', presenter: '上海市第一人民医院' },
        { title: '协商讨论', presenter: null },
      ],
      cooperation: { id: pairing },
      jointPlan: { id: plan },
      hosts: [
        { role: 'LEAD', committee: { code: songjiang, level: 'COUNTY' } },
        { role: 'CO_HOST', committee: { code: shangrao, level: 'CITY' } },
        { role: 'CO_HOST', committee: { code: wannian, level: 'COUNTY' }, name: '万年县政协医卫界' },
      ],
    });
    consultation = locked.consultation.id;
    for (const [code, who] of [
      [songjiang, inSongjiang],
      [shangrao, inShangrao],
      [wannian, inWannian],
    ] as const) {
      const { data } = await ask(
        'query ($code: ID!) { committee(code: $code) { consultations(first: 50) { nodes { id } } calendar(from: "2026-04-16", until: "2026-04-16", first: 10) { nodes { kind blocking consultation { id } } } } }',
        who,
        { code },
      );
      expect(data.committee.consultations.nodes).toContainEqual({ id: consultation });
      expect(data.committee.calendar.nodes).toEqual([
        { kind: 'JOINT_PLAN', blocking: true, consultation: { id: consultation } },
      ]);
    }
    for (const who of [...outside, inGuangxin]) expect(await see('consultation', consultation, 'id', who)).toBeNull();
    // No other plan of a host can lock at that time.
    const rival = await done(
      'startJointPlan',
      {
        committee: guangxin,
        parties: [{ committee: wannian }],
        title: '另一协商',
        kind: 'TOPICAL',
        online: true,
        durationMinutes: 60,
        starts: ['2026-04-16T10:00:00+08:00'],
      },
      inGuangxin,
    );
    expect(await step('acceptJointPlan', { jointPlan: rival.id, number: 1 }, inWannian, 'status')).toMatchObject({
      code: 'CONFLICT',
      status: 200,
      record: { status: 'TENTATIVE' },
    });
  });

  test('a change after that is accepted by all again, while the locked one stands; no host changes it alone', async () => {
    expect(
      (
        await step(
          'scheduleConsultation',
          { consultation, parts: [{ title: '会', starts: morning, ends: '2026-04-16T11:00:00+08:00' }] },
          inSongjiang,
        )
      ).code,
    ).toBe('JOINTLY_PLANNED');
    const later = '2026-04-17T14:00:00+08:00';
    const proposed = await done(
      'counterJointPlan',
      { jointPlan: plan, number: 3, starts: [later] },
      inShangrao,
      'status locked { number } proposal { number } slot { starts }',
    );
    expect(proposed).toEqual({
      status: 'CONFIRMED',
      locked: { number: 3 },
      proposal: { number: 4 },
      slot: { starts: instant(morning) },
    });
    await done('acceptJointPlan', { jointPlan: plan, number: 4 }, inWannian);
    expect(await see('consultation', consultation, 'held { start }', inWannian)).toEqual({
      held: { start: '2026-04-16' },
    });
    const changed = await done(
      'acceptJointPlan',
      { jointPlan: plan, number: 4 },
      inSongjiang,
      'sequence locked { number } slot { starts } consultation { id held { start } parts { starts ends } }',
    );
    expect(changed).toEqual({
      sequence: 1,
      locked: { number: 4 },
      slot: { starts: instant(later) },
      consultation: {
        id: consultation,
        held: { start: '2026-04-17' },
        parts: [{ starts: instant(later), ends: instant('2026-04-17T17:00:00+08:00') }],
      },
    });
  });

  test('the member who is sent has an invitation; a substitute takes the place', async () => {
    const { data } = await ask(`{ consultation(id: "${consultation}") { myAttendance { id status } } }`, eyeDoctor);
    expect(data.consultation.myAttendance).toMatchObject({ status: 'INVITED' });
    const { nominees } = await see('jointPlan', plan, 'nominees { id name committee { code } }', inShangrao);
    const own = nominees.find(({ name }: { name: string }) => name === '眼科委员');
    await refusedTo('replaceNominee', { nominee: own.id, name: '代替' }, [inSongjiang, inWannian, ...outside]);
    await done('replaceNominee', { nominee: own.id, name: '替补委员', member: substitute }, inShangrao);
    expect(await see('consultation', consultation, 'id', eyeDoctor)).toBeNull();
    const coming: Who = () => hub.member(substitute, shangrao);
    const invited = await see('consultation', consultation, 'myAttendance { id status }', coming);
    await done('acceptInvitation', { attendance: invited.myAttendance.id }, coming);
  });

  test('on the day the substitute signs in, and the side that leads records that it was held', async () => {
    setDay('2026-04-17', '13:50');
    const { parts } = await see('consultation', consultation, 'parts { id }', inSongjiang);
    const { data } = await ask(`{ partCode(part: "${parts[0].id}") { payload } }`, inSongjiang);
    const coming: Who = () => hub.member(substitute, shangrao);
    await done('signIn', { code: data.partCode.payload, scannedAt: new Date().toISOString() }, coming);
    await refusedTo('recordConsultationHeld', { consultation }, [inGuangxin, bureau, ...outside]);
    expect((await step('recordConsultationHeld', { consultation }, inShangrao)).code).toBe('TOO_EARLY');
    setDay('2026-04-17', '17:10');
    await done('recordConsultationHeld', { consultation }, inShangrao);
    expect(await see('jointPlan', plan, 'status', inWannian)).toEqual({ status: 'CONCLUDED' });
    expect((await step('withdrawFromJointPlan', { jointPlan: plan, reason: '事后' }, inWannian)).code).toBe(
      'STEP_NOT_ALLOWED',
    );
  });

  test('each host hands in papers of its own, in versions; who hosts reads them', async () => {
    const upload = async (name: string, who: NonNullable<Who>) => {
      const form = new FormData();
      form.append('file', new Blob([`%PDF-1.4\n${name}\n%%EOF`], { type: 'application/pdf' }), name);
      const response = await fetch(`${hub.url}/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await who()}` },
        body: form,
      });
      expect(response.status).toBe(201);
      return ((await response.json()) as { file: { id: string } }).file.id;
    };
    const paper = await done(
      'addPaper',
      { consultation, kind: 'REPORT', title: '联合调研报告', file: await upload('报告.pdf', inShangrao) },
      inShangrao,
    );
    await done('replacePaper', { paper: paper.id, file: await upload('报告二稿.pdf', inShangrao) }, inShangrao);
    await refusedTo('replacePaper', { paper: paper.id, file: doctor }, [inSongjiang, inWannian, ...outside]);
    await done(
      'addPaper',
      { consultation, kind: 'MINUTES', title: '协商纪要', file: await upload('纪要.pdf', inSongjiang) },
      inSongjiang,
    );
    expect(await see('consultation', consultation, 'papers { title version kind file { name } }', inWannian)).toEqual({
      papers: [
        { title: '联合调研报告', version: 2, kind: 'REPORT', file: { name: '报告二稿.pdf' } },
        { title: '协商纪要', version: 1, kind: 'MINUTES', file: { name: '纪要.pdf' } },
      ],
    });
    for (const who of outside) expect(await see('paper', paper.id, 'id', who)).toBeNull();
  });

  test('what was suggested is decided on by party committee and government of each side; both adopted it only when each has', async () => {
    suggestions = [];
    for (const text of ['建立眼科双向转诊绿色通道', '每季度选派医生进修'])
      suggestions.push((await done('recordSuggestion', { consultation, text }, inSongjiang)).id);
    const [transfer = '', training = ''] = suggestions;
    const decide = (
      suggestion: string,
      who: Who,
      body: string,
      bodyName: string,
      input: object = { status: 'ADOPTED' },
    ) =>
      done(
        'decideSuggestion',
        { suggestion, body, bodyName, ...input },
        who,
        'adoptedByAll adoptions { committee { code } body status reason }',
      );
    await refusedTo(
      'decideSuggestion',
      { suggestion: transfer, body: 'GOVERNMENT', bodyName: '市政府', status: 'ADOPTED' },
      [...outside, uncharged, inGuangxin, bureau],
    );
    await decide(transfer, inSongjiang, 'PARTY_COMMITTEE', '松江区委');
    await decide(transfer, inSongjiang, 'GOVERNMENT', '松江区政府');
    await decide(transfer, inShangrao, 'PARTY_COMMITTEE', '上饶市委');
    expect((await decide(transfer, inShangrao, 'GOVERNMENT', '上饶市政府')).adoptedByAll).toBe(false);
    expect((await decide(transfer, inWannian, 'GOVERNMENT', '万年县政府')).adoptedByAll).toBe(false);
    const all = await decide(transfer, inWannian, 'PARTY_COMMITTEE', '万年县委');
    expect(all).toMatchObject({ adoptedByAll: true });
    expect(all.adoptions).toHaveLength(6);
    await decide(training, inSongjiang, 'GOVERNMENT', '松江区政府');
    const refused = await decide(training, inShangrao, 'GOVERNMENT', '上饶市政府', {
      status: 'NOT_ADOPTED',
      reason: '编制所限',
    });
    expect(refused).toMatchObject({ adoptedByAll: false });
    expect(refused.adoptions.at(-1)).toMatchObject({
      committee: { code: shangrao },
      status: 'NOT_ADOPTED',
      reason: '编制所限',
    });
  });

  test('progress is read later, and everybody who hosts reads the whole way from the pairing', async () => {
    setDay('2026-10-12');
    await done(
      'recordReading',
      {
        consultation,
        suggestion: suggestions[0],
        indicator: '双向转诊人次',
        on: '2026-09',
        value: { value: 37 },
        unit: '人次',
        text: '三季度',
      },
      inSongjiang,
    );
    const { data, errors } = await ask(
      'query ($id: ID!) { cooperation(id: $id) { title consultations(first: 20) { nodes { id hosts { committee { code } } readings { indicator value { value } } suggestions(first: 5) { nodes { adoptedByAll } } jointPlan { proposals { number committee { code } } } } } } }',
      inShangrao,
      { id: pairing },
    );
    expect(errors).toEqual([]);
    expect(data.cooperation.consultations.nodes.find(({ id }: { id: string }) => id === consultation)).toEqual({
      id: consultation,
      hosts: [songjiang, shangrao, wannian].map((code) => ({ committee: { code } })),
      readings: [{ indicator: '双向转诊人次', value: { value: 37 } }],
      suggestions: { nodes: [{ adoptedByAll: true }, { adoptedByAll: false }] },
      jointPlan: {
        proposals: [
          { number: 4, committee: { code: shangrao } },
          { number: 3, committee: { code: songjiang } },
          { number: 2, committee: { code: shangrao } },
          { number: 1, committee: { code: songjiang } },
        ],
      },
    });
  });

  test('the hub started again has it all', async () => {
    await hub.restart();
    expect(await see('jointPlan', plan, `status sequence ${parties}`, inSongjiang)).toMatchObject({
      status: 'CONCLUDED',
      sequence: 1,
    });
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
