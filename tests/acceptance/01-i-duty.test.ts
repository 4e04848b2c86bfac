/**
 * 余杭区政协 i履职: an activity from its posting to who spoke and who was there, a topic that becomes a draft, a meeting on line,
 * a reading list, and the yearly report that counts what happened: sixteen times, as three, seven and others.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createDutyCodeKey, dutyCodeIssuer } from '@hub/duty-code';
import { recordId } from '@hub/facts';
import { deadlineAfter, deadlineBefore } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';
import { answersAlikeOnBothTransports } from '../hub/transports.ts';

const yuhang = '330110';
const linping = '330113';
const city = '330100';
const year = 2026;
const firstDay = '2026-03-02';
const wang = recordId('yuhang/member-wang-aijuan');
const li = recordId('yuhang/member-li-dan');
const minute = 60_000;

const shown: Readonly<Record<string, string>> = {
  term: 'id',
  membership: 'member { id }',
  organization: 'id',
  organizationMember: 'id',
  consultation: 'id status places placesLeft visibility events { step late due } parts { id signInCode { payload } }',
  attendance:
    'id status invited waitingPosition outcome member { id } speeches { title } signIns { id late way status } events { step role }',
  leave: 'id status',
  speech: 'id status visibility',
  followUp: 'id',
  discussionTopic: 'id status revision draft { version title } coAuthors { status member { id } }',
  topicComment: 'id status text reason',
  book: 'id status',
  bookReading: 'id',
  tag: 'id confirmed endorsements',
};

describe('in process', () => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub('in process');
    vi.useFakeTimers({ toFake: ['Date'] });
    setTime('2025-12-31', '08:00');
  });
  afterAll(async () => {
    vi.useRealTimers();
    await hub.stop();
  });
  const instant = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`);
  const setTime = (day: string, time = '09:00') => vi.setSystemTime(instant(day, time));
  const now = () => new Date().toISOString();

  // A token lives shorter than the clock jumps, so each question is asked with a new one.
  type Who = (() => Promise<string>) | null;
  const ids = { convenor: '', other: '', third: '', group: '' };
  const office = () => hub.staff(yuhang, ['meetings']);
  const forMembers = () => hub.staff(yuhang, ['members']);
  const forProposals = () => hub.staff(yuhang, ['proposals']);
  const w = () => hub.member(wang, yuhang);
  const l = () => hub.member(li, yuhang);
  const b = () => hub.member(ids.other, yuhang);
  const c = () => hub.member(ids.convenor, yuhang, [ids.group]);
  const beside = () => hub.member('linping/member-jin-danwen', linping);
  const besideOffice = () => hub.staff(linping);
  const cityOffice = () => hub.staff(city);
  const operator = () => hub.token({ role: 'operator' });
  const everyone = null;

  const ask = async (query: string, who: Who) => {
    const { data, errors } = await hub.ask(query, { ...(who && { token: await who() }) });
    expect(errors).toEqual([]);
    return data;
  };
  const step = async (name: string, field: string, input: object, who: Who) => {
    const { data, errors } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${field} { ${shown[field]} } userErrors { code } } }`,
      { variables: { input }, ...(who && { token: await who() }) },
    );
    const answer = data?.[name];
    return {
      code: (errors[0]?.extensions.code ?? answer?.userErrors[0]?.code ?? null) as string | null,
      record: answer?.[field] ?? null,
    };
  };
  const done = async (name: string, field: string, input: object, who: Who) => {
    const { code, record } = await step(name, field, input, who);
    expect({ name, code }).toEqual({ name, code: null });
    return record;
  };
  const codes = async (name: string, field: string, input: object, people: readonly Who[]) => {
    const found: (string | null)[] = [];
    for (const who of people) found.push((await step(name, field, input, who)).code);
    return found;
  };
  const memberCode = (member: string, key: string, committee = yuhang) =>
    dutyCodeIssuer(key).member({ member, committee, expires: new Date(Date.now() + 8 * 60 * minute) });
  const ownCode = async (who: Who) => (await ask('{ me { dutyCode { payload } } }', who)).me.dutyCode.payload as string;
  const partsOf = async (consultation: string, who: Who = office) =>
    (await ask(`{ consultation(id: "${consultation}") { parts { id signInCode { payload } } } }`, who)).consultation
      .parts as { id: string; signInCode: { payload: string } | null }[];
  const codeOf = async (consultation: string, at = 0) =>
    (await partsOf(consultation))[at]?.signInCode?.payload as string;

  interface Event {
    readonly title: string;
    readonly kind: string;
    readonly day: string;
    readonly localKind?: string;
    readonly places?: number;
    readonly parts?: readonly (readonly [string, string])[];
    readonly visibility?: string;
  }
  /** Plans, dates and announces; the clock stands at eight of its day. */
  const announce = async ({ day, parts = [['09:00', '11:30']], places, visibility, ...plan }: Event) => {
    setTime(day, '08:00');
    const { id } = await done('planConsultation', 'consultation', { committee: yuhang, ...plan }, office);
    const given = parts.map(([from, until], at) => ({
      title: `第${at + 1}场`,
      starts: instant(day, from).toISOString(),
      ends: instant(day, until).toISOString(),
    }));
    await done('scheduleConsultation', 'consultation', { consultation: id, parts: given }, office);
    const notice = {
      consultation: id,
      signUpOpens: now(),
      ...(places && { places }),
      ...(visibility && { visibility }),
    };
    await done('announceConsultation', 'consultation', notice, office);
    return id as string;
  };
  const hold = async (id: string, day: string, time = '18:00') => {
    setTime(day, time);
    await done('recordConsultationHeld', 'consultation', { consultation: id }, office);
  };
  /** One that was held, with 汪爱娟 there. */
  const attended = async (event: Event) => {
    const id = await announce(event);
    setTime(event.day, '08:45');
    await done('signIn', 'attendance', { code: await codeOf(id), scannedAt: now() }, w);
    await hold(id, event.day);
    return id;
  };

  describe('the office', () => {
    test('has a group with its convenor, and two more members', async () => {
      setTime('2025-12-30');
      await done('openTerm', 'term', { committee: yuhang, ordinal: 90, start: '2025-01-01' }, forMembers);
      const appoint = async (name: string) =>
        (
          await done(
            'appointMember',
            'membership',
            { committee: yuhang, name, decision: '常委会会议', decided: '2025-01-08' },
            forMembers,
          )
        ).member.id;
      ids.convenor = await appoint('委员甲');
      ids.other = await appoint('委员乙');
      ids.third = await appoint('委员丙');
      const group = { committee: yuhang, name: '经济界别活动组', classification: 'SECTOR_GROUP' };
      ids.group = (await done('addOrganization', 'organization', group, forMembers)).id;
      const convenes = { member: ids.convenor, organization: ids.group };
      await done('appointConvenor', 'organizationMember', convenes, forMembers);
    });
  });

  describe('an activity', () => {
    const meetingDay = deadlineAfter(firstDay, 16, 'WORKING_DAYS').day;
    let activity = '';
    const attendance: Record<string, string> = {};
    const proposal = () => ({
      organization: ids.group,
      title: '数字生活区与全球人才高地',
      kind: 'TOPICAL',
      localKind: '请你来协商',
    });
    const seen = async (who: Who) => (await ask(`{ consultation(id: "${activity}") { status } }`, who)).consultation;

    test('is proposed by the convenor, and by nobody else', async () => {
      setTime(firstDay);
      activity = (await done('proposeConsultation', 'consultation', proposal(), c)).id;
      for (const who of [office, c]) expect(await seen(who)).toEqual({ status: 'PROPOSED' });
      for (const who of [w, l, b, everyone, besideOffice, cityOffice]) expect(await seen(who)).toBeNull();
      const refused = await codes('proposeConsultation', 'consultation', proposal(), [b, office, beside, everyone]);
      expect(refused).toEqual(['NOT_YOURS', 'FORBIDDEN', 'NOT_YOURS', 'FORBIDDEN']);
    });

    test('is accepted by the office and dated by the convenor', async () => {
      const input = { consultation: activity };
      expect(await codes('acceptConsultation', 'consultation', input, [c, w, cityOffice, forProposals])).toEqual([
        'FORBIDDEN',
        'NOT_FOUND',
        'NOT_FOUND',
        'FORBIDDEN',
      ]);
      await done('acceptConsultation', 'consultation', input, office);
      const part = (title: string, day: string, from: string, until: string) => ({
        title,
        starts: instant(day, from).toISOString(),
        ends: instant(day, until).toISOString(),
      });
      const wrong = (parts: object[]) => step('scheduleConsultation', 'consultation', { ...input, parts }, c);
      expect((await wrong([part('昨天', '2026-03-01', '09:00', '11:30')])).code).toBe('DATE_PAST');
      expect((await wrong([part('倒置', meetingDay, '11:30', '09:00')])).code).toBe('INVALID');
      const parts = [part('余杭街道', meetingDay, '09:00', '11:30'), part('线上', meetingDay, '14:00', '16:00')];
      const dated = await done('scheduleConsultation', 'consultation', { ...input, place: '余杭街道', parts }, c);
      expect(dated.status).toBe('SCHEDULED');
    });

    test('is announced in time, with two places and a sign-up from the next day', async () => {
      const announced = await done(
        'announceConsultation',
        'consultation',
        {
          consultation: activity,
          places: 2,
          signUpOpens: instant('2026-03-03', '09:00').toISOString(),
          signUpCloses: instant(deadlineBefore(meetingDay, 1, 'DAYS').day, '18:00').toISOString(),
        },
        c,
      );
      expect(announced.events.at(-1)).toEqual({
        step: 'announceConsultation',
        late: false,
        due: deadlineBefore(meetingDay, 15, 'WORKING_DAYS').day,
      });
      for (const who of [w, l, b]) expect(await seen(who)).toEqual({ status: 'SCHEDULED' });
      expect(await seen(everyone)).toBeNull();
      expect((await step('signUp', 'attendance', { consultation: activity }, w)).code).toBe('SIGN_UP_NOT_OPEN');
    });

    test('gives its places to the first, and the waiting list moves up', async () => {
      setTime('2026-03-03', '09:00');
      const signUp = async (name: string, who: Who) => {
        const record = await done('signUp', 'attendance', { consultation: activity }, who);
        attendance[name] = record.id;
        return record;
      };
      expect(await signUp('w', w)).toMatchObject({ status: 'SIGNED_UP' });
      expect(await signUp('l', l)).toMatchObject({ status: 'SIGNED_UP' });
      expect((await ask(`{ consultation(id: "${activity}") { placesLeft } }`, b)).consultation.placesLeft).toBe(0);
      expect(await signUp('b', b)).toMatchObject({ status: 'WAITING', waitingPosition: 1 });
      expect(
        await codes('signUp', 'attendance', { consultation: activity }, [w, beside, everyone, office, operator]),
      ).toEqual(['ALREADY_SIGNED_UP', 'NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'NOT_FOUND']);
      expect((await step('withdrawSignUp', 'attendance', { attendance: attendance['l'] }, w)).code).toBe('NOT_FOUND');
      await done('withdrawSignUp', 'attendance', { attendance: attendance['l'] }, l);
      const { attendance: moved } = await ask(
        `{ attendance(id: "${attendance['b']}") { status events { step role } } }`,
        b,
      );
      expect(moved).toEqual({
        status: 'SIGNED_UP',
        events: [
          { step: 'signUp', role: 'MEMBER' },
          { step: 'givePlace', role: 'FEED' },
        ],
      });
      expect(await signUp('l', l)).toMatchObject({ status: 'WAITING', waitingPosition: 1 });
    });

    test('has its speaker invited on top of the places, and speeches handed in before', async () => {
      const invite = { attendance: attendance['l'] };
      expect(await codes('inviteMember', 'attendance', invite, [w, b, cityOffice, besideOffice])).toEqual([
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
      ]);
      expect(await done('inviteMember', 'attendance', invite, c)).toMatchObject({ status: 'INVITED', invited: true });
      const written = (title: string) => ({ consultation: activity, kind: 'ONLINE', title, text: '线上建言' });
      await done('submitWrittenSpeech', 'speech', written('人才住房'), l);
      await done('submitWrittenSpeech', 'speech', written('数字生活'), b);
      const titles = async (who: Who) =>
        (await ask(`{ consultation(id: "${activity}") { speeches { title } } }`, who)).consultation.speeches.map(
          ({ title }: { title: string }) => title,
        );
      expect(await titles(l)).toEqual(['人才住房']);
      expect(await titles(b)).toEqual(['数字生活']);
      expect(await titles(w)).toEqual([]);
      for (const who of [office, c]) expect(await titles(who)).toEqual(['人才住房', '数字生活']);
    });

    test('is signed in at once and in person, by either code', async () => {
      const stranger = await createDutyCodeKey();
      setTime(meetingDay, '08:29');
      const code = await codeOf(activity);
      expect((await partsOf(activity, w)).map(({ signInCode }) => signInCode)).toEqual([null, null]);
      const signIn = (who: Who, scannedAt = now(), given = code) =>
        step('signIn', 'attendance', { code: given, scannedAt }, who);
      expect((await signIn(w)).code).toBe('SIGN_IN_NOT_OPEN');
      setTime(meetingDay, '08:45');
      const [{ id: part = '' } = {}] = await partsOf(activity);
      const wangsCode = await ownCode(w);
      const scan = (given: string, who: Who = office) =>
        step('scanDutyCode', 'attendance', { part, code: given, scannedAt: now() }, who);
      const both = await Promise.all([signIn(w), scan(wangsCode), scan(wangsCode)]);
      expect(both.map((one) => one.code).sort()).toEqual(['ALREADY_SIGNED_IN', 'ALREADY_SIGNED_IN', null].sort());
      for (const { record } of both) expect(record).toMatchObject({ outcome: 'PRESENT', member: { id: wang } });
      for (const who of [b, l]) expect((await scan(await ownCode(who))).record.outcome).toBe('PRESENT');
      expect((await scan(await memberCode(wang, stranger))).code).toBe('CODE_INVALID');
      expect((await signIn(w, now(), wangsCode)).code).toBe('CODE_INVALID');
      expect(
        await codes('scanDutyCode', 'attendance', { part, code: wangsCode, scannedAt: now() }, [
          besideOffice,
          cityOffice,
          forProposals,
          w,
          everyone,
          operator,
        ]),
      ).toEqual(['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'NOT_YOURS', 'NOT_FOUND', 'NOT_FOUND']);
      setTime(meetingDay, '11:31');
      expect((await signIn(w)).code).toBe('SIGN_IN_CLOSED');

      // 委员乙 was without a network in the afternoon.
      setTime(meetingDay, '14:05');
      const afternoon = await codeOf(activity, 1);
      const scannedAt = now();
      setTime(meetingDay, '17:05');
      const late = await signIn(b, scannedAt, afternoon);
      expect(late.record.signIns.map((one: { late: boolean }) => one.late)).toEqual([false, true]);
      setTime(deadlineAfter(meetingDay, 1, 'DAYS').day, '15:06');
      expect((await signIn(w, scannedAt, afternoon)).code).toBe('SCAN_TOO_LATE');
    });

    test('is recorded with who spoke, held, and its minutes a day late', async () => {
      setTime(meetingDay, '08:50');
      const early = await codes('recordConsultationHeld', 'consultation', { consultation: activity }, [c]);
      expect(early).toEqual(['TOO_EARLY']);
      setTime(meetingDay, '17:10');
      const spoken = { consultation: activity, member: li, kind: 'ORAL', title: '数字生活区', position: 1 };
      expect(await codes('recordSpeech', 'speech', spoken, [w, besideOffice, everyone])).toEqual([
        'NOT_YOURS',
        'NOT_FOUND',
        'NOT_FOUND',
      ]);
      await done('recordSpeech', 'speech', spoken, office);
      await done('recordConsultationHeld', 'consultation', { consultation: activity }, c);
      const { attendance: own } = await ask(`{ attendance(id: "${attendance['l']}") { speeches { title } } }`, l);
      expect(own.speeches.map(({ title }: { title: string }) => title)).toEqual(['人才住房', '数字生活区']);
      setTime(deadlineAfter(meetingDay, 8, 'WORKING_DAYS').day);
      await done('fileMinutes', 'followUp', { consultation: activity, minutes: '协商会纪要' }, office);
      const { consultation } = await ask(
        `{ consultation(id: "${activity}") { held { start } followUp { events { step late due } } attendances(first: 10) { totalCount } attendanceSummary { present absent waiting } } }`,
        office,
      );
      expect(consultation).toEqual({
        held: { start: meetingDay },
        followUp: {
          events: [{ step: 'fileMinutes', late: true, due: deadlineAfter(meetingDay, 7, 'WORKING_DAYS').day }],
        },
        attendances: { totalCount: 3 },
        attendanceSummary: { present: 3, absent: 0, waiting: 0 },
      });
      const wangs = await ask(
        `{ consultation(id: "${activity}") { attendances(first: 10) { totalCount nodes { member { id } } } attendanceSummary { present } } }`,
        w,
      );
      expect(wangs.consultation).toEqual({
        attendances: { totalCount: 1, nodes: [{ member: { id: wang } }] },
        attendanceSummary: null,
      });
    });
  });

  describe('a topic', () => {
    let topic = '';
    const seen = async (who: Who) =>
      (await ask(`{ discussionTopic(id: "${topic}") { title draft { title } } }`, who)).discussionTopic;

    test('is posted by a member for the members, and discussed', async () => {
      setTime('2026-04-13');
      const given = { title: '人才住房怎样更近', text: '产业园周边租房偏远。' };
      topic = (await done('postTopic', 'discussionTopic', given, l)).id;
      for (const who of [w, b, c, office]) expect(await seen(who)).toMatchObject({ title: given.title });
      for (const who of [everyone, beside, besideOffice, cityOffice]) expect(await seen(who)).toBeNull();
      const say = (text: string, who: Who, answers?: string) =>
        done('commentOnTopic', 'topicComment', { topic, text, ...(answers && { answers }) }, who);
      const first = await say('可用闲置厂房', b);
      await say('已有先例', w, first.id);
      const comment = { topic, text: '旁听' };
      const refused = await codes('commentOnTopic', 'topicComment', comment, [beside, everyone, office, operator]);
      expect(refused).toEqual(['NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
      expect((await step('hideComment', 'topicComment', { comment: first.id, reason: ' ' }, office)).code).toBe(
        'REQUIRED',
      );
      await done('hideComment', 'topicComment', { comment: first.id, reason: '含个人信息' }, office);
      for (const who of [w, c])
        expect((await ask(`{ topicComment(id: "${first.id}") { text status } }`, who)).topicComment).toEqual({
          text: null,
          status: 'HIDDEN',
        });
    });

    test('becomes a draft of two who save it one after the other, and of nobody else', async () => {
      await done('startDraft', 'discussionTopic', { topic }, l);
      await done('inviteCoAuthor', 'discussionTopic', { topic, member: wang }, l);
      await done('acceptCoAuthorInvitation', 'discussionTopic', { topic }, w);
      const save = (title: string, version: number, who: Who) =>
        step('saveDraft', 'discussionTopic', { topic, version, title, text: '建议' }, who);
      expect((await save('关于人才住房的建议', 0, l)).record.draft).toMatchObject({ version: 1 });
      const both = await Promise.all([save('甲稿', 1, l), save('乙稿', 1, w)]);
      expect(both.map(({ code }) => code).sort()).toEqual(['CONFLICT', null].sort());
      expect(['NOT_FOUND', 'NOT_YOURS']).toContain((await save('丙稿', 2, b)).code);
      for (const who of [beside, besideOffice, cityOffice, everyone]) expect(await seen(who)).toBeNull();
      for (const who of [l, w]) expect((await seen(who)).draft.title).toMatch(/稿$/);
      await done('closeTopic', 'discussionTopic', { topic, reason: '已形成草案' }, l);
      expect((await step('commentOnTopic', 'topicComment', { topic, text: '再说一句' }, b)).code).toBe(
        'STEP_NOT_ALLOWED',
      );
    });
  });

  describe('a meeting on line', () => {
    test('shows its room to those who take part, and to nobody else, and counts who is there twice once', async () => {
      const day = '2026-04-20';
      const id = await announce({ title: '云会议', kind: 'REMOTE', day, visibility: 'PUBLIC', places: 10 });
      const link = (address: string) =>
        step('setOnlineMeeting', 'consultation', { consultation: id, link: address, visibility: 'INTERNAL' }, office);
      expect((await link('http://meeting.example.cn/1')).code).toBe('LINK_NOT_HTTPS');
      expect((await link('https://meeting.example.cn/1')).code).toBeNull();
      await done('signUp', 'attendance', { consultation: id }, w);
      const room = async (who: Who) =>
        (await ask(`{ consultation(id: "${id}") { onlineMeeting { link } } }`, who)).consultation?.onlineMeeting;
      expect(await room(w)).toEqual({ link: 'https://meeting.example.cn/1' });
      for (const who of [b, everyone, beside, besideOffice, cityOffice]) expect(await room(who)).toBeNull();
      setTime(day, '08:45');
      await done('signIn', 'attendance', { code: await codeOf(id), scannedAt: now() }, w);
      const [{ id: part = '' } = {}] = await partsOf(id);
      const again = await step(
        'scanDutyCode',
        'attendance',
        { part, code: await ownCode(w), scannedAt: now() },
        office,
      );
      expect(again).toMatchObject({ code: 'ALREADY_SIGNED_IN', record: { signIns: [{ way: 'PART_CODE' }] } });
      await hold(id, day);
    });

    test('and a plenary of four half days is one event, three of them signed in at and one on leave', async () => {
      const day = '2026-04-22';
      const parts = [
        ['08:30', '10:00'],
        ['10:30', '12:00'],
        ['14:00', '15:30'],
        ['16:00', '17:30'],
      ] as const;
      const id = await announce({ title: '全体会议', kind: 'PLENARY', day, parts });
      const { id: attendance } = await done('signUp', 'attendance', { consultation: id }, w);
      const held = await partsOf(id);
      const leave = { attendance, parts: [held[3]?.id], reason: '出差' };
      const { id: asked } = await done('requestLeave', 'leave', leave, w);
      expect(await codes('approveLeave', 'leave', { leave: asked }, [w, c, besideOffice, cityOffice])).toEqual([
        'FORBIDDEN',
        'NOT_FOUND',
        'NOT_FOUND',
        'NOT_FOUND',
      ]);
      await done('approveLeave', 'leave', { leave: asked }, office);
      for (const [at, [from]] of parts.slice(0, 3).entries()) {
        setTime(day, from);
        await done('signIn', 'attendance', { code: await codeOf(id, at), scannedAt: now() }, w);
      }
      await hold(id, day);
      const { attendance: own } = await ask(
        `{ attendance(id: "${attendance}") { outcome signIns { part { title } } leaves { status parts { title } } } }`,
        w,
      );
      expect(own).toEqual({
        outcome: 'PRESENT',
        signIns: [1, 2, 3].map((n) => ({ part: { title: `第${n}场` } })),
        leaves: [{ status: 'APPROVED', parts: [{ title: '第4场' }] }],
      });
    });
  });

  describe('a reading list', () => {
    test('is the office’s and the members’, and each reads for themselves', async () => {
      setTime('2026-04-23');
      const book = (await done('listBook', 'book', { committee: yuhang, title: '乡土中国' }, office)).id;
      expect(
        await codes('listBook', 'book', { committee: yuhang, title: '另一本' }, [w, everyone, besideOffice]),
      ).toEqual(['FORBIDDEN', 'FORBIDDEN', 'NOT_YOURS']);
      const { id: reading } = await done('startReading', 'bookReading', { book }, w);
      await done('finishReading', 'bookReading', { bookReading: reading }, w);
      const { book: seen } = await ask(`{ book(id: "${book}") { readers finished } }`, office);
      expect(seen.finished).toBe(1);
      expect((await ask(`{ book(id: "${book}") { id } }`, beside)).book).toBeNull();
    });

    test('goes with lectures, which count for those who were there', async () => {
      await attended({ title: '委员E站讲堂', kind: 'LECTURE', day: '2026-04-24' });
    });
  });

  describe('the report of the year', () => {
    let falsely = '';
    test('of what happened: three times, seven times and others', async () => {
      for (const [at, kind, localKind] of [
        [0, 'TOPICAL', '请你来协商'],
        [1, 'TOPICAL', '请你来协商'],
        [2, 'RESEARCH'],
        [3, 'RESEARCH'],
        [4, 'RESEARCH'],
        [5, 'INSPECTION'],
        [6, 'INSPECTION'],
        [7, 'INSPECTION'],
        [8, 'INSPECTION'],
        [9, 'SUPERVISION'],
        [10, 'ACTIVITY'],
        [11, 'ACTIVITY'],
      ] as const) {
        const day = `2026-05-${String(6 + at).padStart(2, '0')}`;
        falsely = await attended({ title: `活动${at}`, kind, day, ...(localKind && { localKind }) });
      }
    });

    test('and of what isn’t counted: absent, on leave, waiting, not held, another’s, and the last day of the year before', async () => {
      const day = '2026-06-01';
      const signUp = (id: string, who: Who = w) => done('signUp', 'attendance', { consultation: id }, who);
      const absent = await announce({ title: '报名未到', kind: 'ACTIVITY', day });
      await signUp(absent);
      await hold(absent, day);
      const away = await announce({ title: '请假', kind: 'ACTIVITY', day });
      const { id: attendance } = await signUp(away);
      const { id: leave } = await done('requestLeave', 'leave', { attendance, reason: '出差' }, w);
      await done('approveLeave', 'leave', { leave }, office);
      await hold(away, day);
      const full = await announce({ title: '候补', kind: 'ACTIVITY', day, places: 1 });
      await signUp(full, l);
      expect((await signUp(full)).status).toBe('WAITING');
      setTime(day, '08:45');
      await done('signIn', 'attendance', { code: await codeOf(full), scannedAt: now() }, l);
      await hold(full, day);
      const cancelled = await announce({ title: '取消', kind: 'ACTIVITY', day });
      await signUp(cancelled);
      await done('cancelConsultation', 'consultation', { consultation: cancelled, reason: '场地不便' }, office);
      const dropped = await announce({ title: '未举办', kind: 'ACTIVITY', day });
      await signUp(dropped);
      setTime(day, '18:00');
      await done('recordConsultationNotHeld', 'consultation', { consultation: dropped, reason: '人数不足' }, office);
      await done(
        'planConsultation',
        'consultation',
        { committee: yuhang, title: '只列计划', kind: 'ACTIVITY' },
        office,
      );
      await attended({ title: '上年活动', kind: 'ACTIVITY', day: '2025-12-31' });
      setTime('2026-06-02');
    });

    const report = async (who: Who, of = year) =>
      (
        await ask(
          `{ member(id: "${wang}") { dutyReport(year: ${of}) { basis asOf missing total { value } yearInferred lines { kind count } counted { total absences leave lines { kind count facts { title consultation { status } } } facts { title halfDays outcomes } } } } }`,
          who,
        )
      ).member?.dutyReport;
    /** The report once it has heard of everything, or as it is after ten seconds. */
    const counted = async (wanted: { total: number; absences: number; leave: number }) => {
      for (let tries = 0; tries < 200; tries += 1) {
        const found = await report(w);
        const same = Object.entries(wanted).every(([name, value]) => found?.counted[name] === value);
        if (same && found.missing.length === 0) return found;
        await delay(50);
      }
      return report(w);
    };

    test('counts sixteen, each with the event behind it', async () => {
      const wanted = { total: 16, absences: 1, leave: 1 };
      const found = await counted(wanted);
      expect(found).toMatchObject({ basis: 'COUNTED', missing: [], counted: wanted });
      expect(found.asOf).not.toBeNull();
      const { lines, facts } = found.counted as {
        lines: { kind: string; count: number; facts: { title: string; consultation: { status: string } | null }[] }[];
        facts: { title: string; halfDays: number | null; outcomes: string[] }[];
      };
      expect(lines.reduce((sum, line) => sum + line.count, 0)).toBe(16);
      for (const line of lines) {
        expect(line.facts).toHaveLength(line.count);
        for (const fact of line.facts) expect(fact.consultation).toEqual({ status: 'HELD' });
      }
      // Three; seven, which a source calls 调查视察; and six others.
      expect(Object.fromEntries(lines.map(({ kind, count }) => [kind, count]))).toEqual({
        请你来协商: 3,
        调研: 3,
        视察: 4,
        协商: 1,
        全体会议: 1,
        学习培训: 1,
        民主监督: 1,
        活动: 2,
      });
      const plenary = facts.filter(({ title }) => title === '全体会议');
      expect(plenary).toMatchObject([{ halfDays: 3 }]);
    });

    test('stands beside what a source reported, and the two are never added', async () => {
      const reported = await report(w, 2023);
      expect(reported).toMatchObject({ basis: 'REPORTED', yearInferred: true, total: { value: 16 } });
      expect(reported.counted.total).toBe(0);
    });

    test('is the member’s own and the office’s, and nobody else’s', async () => {
      for (const who of [forMembers, office]) expect((await report(who)).counted.total).toBe(16);
      for (const who of [l, b, everyone, cityOffice, besideOffice])
        for (const of of [year, 2023]) expect(await report(who, of)).toBeNull();
    });

    test('is put right where a sign-in was false, and is the same after a new start', async () => {
      const { consultation } = await ask(
        `{ consultation(id: "${falsely}") { attendances(first: 5) { nodes { signIns { id } } } } }`,
        office,
      );
      const signIn = consultation.attendances.nodes[0].signIns[0].id;
      expect(
        await codes('voidSignIn', 'attendance', { signIn, reason: '代签' }, [w, besideOffice, forProposals]),
      ).toEqual(['FORBIDDEN', 'NOT_FOUND', 'FORBIDDEN']);
      await done('voidSignIn', 'attendance', { signIn, reason: '代签' }, office);
      const wanted = { total: 15, absences: 1, leave: 1 };
      expect((await counted(wanted)).counted).toMatchObject(wanted);
      await hub.restart();
      expect((await counted(wanted)).counted).toMatchObject(wanted);
    });

    test('goes with a wall of tags that others confirm', async () => {
      const { id: tag } = await done('tagMember', 'tag', { tag: '数字经济' }, w);
      expect((await step('endorseTag', 'tag', { tag }, w)).code).not.toBeNull();
      expect((await done('endorseTag', 'tag', { tag }, l)).endorsements).toBe(1);
      expect((await step('endorseTag', 'tag', { tag }, l)).code).not.toBeNull();
      const wall = async (who: Who) =>
        (await ask(`{ member(id: "${wang}") { tagWall { tag confirmed } } }`, who)).member.tagWall;
      const had = await wall(everyone);
      expect(had.filter(({ tag: one }: { tag: string }) => one === '数字经济')).toEqual([]);
      expect((await done('confirmTag', 'tag', { tag }, forMembers)).confirmed).toBe(true);
      expect(await wall(l)).toContainEqual({ tag: '数字经济', confirmed: true });
    });
  });

  answersAlikeOnBothTransports(() => hub, 20);
});
