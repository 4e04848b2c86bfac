import { recordId } from '@hub/facts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse, parseAgain, subscribe } from '../hub/calendars.ts';
import { type Hub, startHub, transports } from '../hub/hub.ts';

const [songjiang, shangrao, yuhang, qiantang] = ['310117', '361100', '330110', '330114'];
const pairing = recordId('songjiang-shangrao/eye-care-pairing');
const author = 'yuhang/member-wang-aijuan';
const publicUrl = 'https://hub.example.cn';

const at = (days: number, hour: number): string => {
  const day = new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  return new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`).toISOString();
};
const dayAt = (days: number) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

describe.each(transports)('calendars that people subscribe to, %s', (transport) => {
  let hub: Hub;
  beforeAll(async () => {
    hub = await startHub(transport, { config: { publicUrl: `${publicUrl}/`, follow: false } });
    // What the follower would have carried there, which doesn't run here since statements are counted.
    await hub.database.admin`
      insert into consultations.cooperation_audience (id, owner, owner_as_filed, visibility, origin, seq, generation)
      select id, owner, owner, visibility, 'cooperation', 1, 1 from cooperation.cooperation where id = ${pairing}`;
  });
  afterAll(() => hub.stop());

  /** Does a mutation and gives the answer's field; a broken rule fails. */
  const done = async (token: string, name: string, input: object, selection: string) => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const data = await hub.do(
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code path } } }`,
      { input },
      token,
    );
    expect(data[name].userErrors).toEqual([]);
    return data[name];
  };
  const open = async (token: string, more: object = {}) =>
    done(token, 'openCalendarFeed', { label: '手机', ...more }, 'address calendarFeed { id }');
  const plan = async (token: string, committee: string, title: string, more: object = {}) =>
    (
      await done(
        token,
        'planConsultation',
        { committee, kind: 'TOPICAL', title, ...more },
        'consultation { id revision }',
      )
    ).consultation.id as string;
  const schedule = (token: string, consultation: string, ...parts: object[]) =>
    done(token, 'scheduleConsultation', { consultation, parts }, 'consultation { parts { id title } }');

  test('a committee’s holds what is in its calendar, at its time wherever it is read', async () => {
    const clerk = await hub.staff(yuhang);
    const title = '数字经济，“平台企业”; 与\\中小企业协同发展专题协商会😀'.repeat(3);
    const consultation = await plan(clerk, yuhang, title, { visibility: 'PUBLIC', topics: ['平台经济', '中小企业'] });
    await schedule(clerk, consultation, { title: '上午', starts: at(20, 9), ends: at(20, 11), place: '一号会议室' });
    await done(
      clerk,
      'addCalendarEntry',
      { committee: yuhang, title: '机关学习', starts: at(21, 14), ends: at(21, 16) },
      'calendarEntry { id }',
    );
    const { address } = await open(clerk);
    const calendar = await subscribe(hub, address);
    expect(calendar.status).toBe(200);
    expect(calendar.headers.get('cache-control')).toContain('private');
    expect(decodeURIComponent(calendar.headers.get('content-disposition') ?? '')).toMatch(/^attachment;.*日历\.ics$/);
    expect(calendar.name).toContain('余杭');
    expect(calendar.text).not.toMatch(/^(METHOD|ATTENDEE)/m);
    // Whoever looks at the calendar's own entries is told whose they are too.
    expect(calendar.events.map(({ organizer }) => organizer)).toEqual(
      calendar.events.map(() => expect.stringContaining('余杭')),
    );
    expect(calendar.text).toContain('X-WR-CALNAME:');
    expect(calendar.text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
    expect(calendar.titled(title)).toMatchObject({
      starts: at(20, 9),
      ends: at(20, 11),
      status: 'CONFIRMED',
      wholeDays: false,
      place: '一号会议室',
      categories: ['专题协商'],
      url: `${publicUrl}/consultations/${consultation}`,
      organizer: expect.stringContaining('余杭'),
      description: '议题：平台经济；中小企业',
    });
    expect(calendar.titled('机关学习')).toMatchObject({ starts: at(21, 14), busy: true, categories: ['自定日程'] });
    // A client in another zone, and another parser, which reads the zone that the file brings along.
    vi.stubEnv('TZ', 'America/New_York');
    try {
      expect(new Date(at(20, 9)).getHours()).not.toBe(9);
      expect(parse(calendar.text).find((event) => event.title === title)?.starts).toBe(at(20, 9));
      const again = parseAgain(calendar.text);
      expect(again.timezones?.map(({ id }) => id)).toEqual(['Asia/Shanghai']);
      const [event] = (again.events ?? []).filter(({ summary }) => summary === title);
      expect(event?.start).toMatchObject({ date: new Date(at(20, 9)), local: { timezone: 'Asia/Shanghai' } });
    } finally {
      vi.unstubAllEnvs();
    }
    for (const line of calendar.text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(calendar.text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\ufffd]/);
  });

  test('what is put off stays the same event with a higher sequence, and what is cancelled stays as cancelled', async () => {
    const clerk = await hub.staff(yuhang);
    const { address } = await open(clerk);
    const consultation = await plan(clerk, yuhang, '住房协商会');
    const { consultation: scheduled } = await schedule(
      clerk,
      consultation,
      { title: '上午', starts: at(30, 9), ends: at(30, 11) },
      { title: '下午', starts: at(30, 14), ends: at(30, 16) },
    );
    const [morning, afternoon] = scheduled.parts;
    const name = '住房协商会 · 上午';
    const before = (await subscribe(hub, address)).titled(name);
    expect(before).toMatchObject({ status: 'CONFIRMED', starts: at(30, 9) });
    await schedule(
      clerk,
      consultation,
      { ...morning, starts: at(31, 10), ends: at(31, 12) },
      { ...afternoon, starts: at(30, 14), ends: at(30, 16) },
    );
    const moved = (await subscribe(hub, address)).titled(name);
    expect(moved).toMatchObject({ uid: before?.uid, starts: at(31, 10) });
    expect(moved?.sequence).toBeGreaterThan(before?.sequence ?? 0);
    await done(clerk, 'cancelConsultation', { consultation, reason: '改为书面征求意见' }, 'consultation { id }');
    const cancelled = (await subscribe(hub, address)).titled(name);
    expect(cancelled).toMatchObject({ uid: before?.uid, status: 'CANCELLED', busy: false });
    expect(cancelled?.sequence).toBeGreaterThan(moved?.sequence ?? 0);
  });

  test('what has days and no times is an event of whole days; what has neither, or lies far away, is none', async () => {
    const clerk = await hub.staff(yuhang);
    const { address } = await open(clerk);
    const held = async (title: string, period: object, from: string, until: string) => {
      const id = await plan(clerk, yuhang, title);
      await hub.database.admin`
        update consultations.consultation set held = ${JSON.stringify(period)}::jsonb, held_from = ${from}, held_until = ${until} where id = ${id}`;
      return id;
    };
    await held('三日视察', { start: dayAt(40), end: dayAt(42) }, dayAt(40), dayAt(42));
    await held('某月调研', { start: dayAt(40).slice(0, 7) }, dayAt(40), dayAt(50));
    await held('去年的会', { start: dayAt(-100) }, dayAt(-100), dayAt(-100));
    await held('后年的会', { start: dayAt(420) }, dayAt(420), dayAt(420));
    await plan(clerk, yuhang, '未定日期');
    const calendar = await subscribe(hub, address);
    expect(calendar.titled('三日视察')).toMatchObject({ wholeDays: true, status: 'TENTATIVE', busy: false });
    const days = calendar.text.slice(calendar.text.indexOf('SUMMARY:三日视察') - 400).replaceAll('-', '');
    expect(days).toContain(`DTSTART;VALUE=DATE:${dayAt(40).replaceAll('-', '')}`);
    expect(days).toContain(`DTEND;VALUE=DATE:${dayAt(43).replaceAll('-', '')}`);
    for (const title of ['某月调研', '去年的会', '后年的会', '未定日期'])
      expect(calendar.titled(title)).toBeUndefined();
  });

  test('a joint plan is tentative in its parties’ calendars, becomes firm as the same event, and is cancelled as it', async () => {
    const [ours, theirs] = [await hub.staff(songjiang), await hub.staff(shangrao)];
    const feeds = {
      ours: (await open(ours)).address,
      theirs: (await open(theirs)).address,
      ourPairing: (await open(ours, { cooperation: pairing })).address,
      theirPairing: (await open(theirs, { cooperation: pairing })).address,
      stranger: (await open(await hub.staff(qiantang), { cooperation: pairing })).address,
    };
    const title = '眼科医联体联合协商';
    const seen = async (address: string) => (await subscribe(hub, address)).titled(title);
    const { jointPlan } = await done(
      ours,
      'startJointPlan',
      {
        committee: songjiang,
        parties: [{ committee: shangrao }],
        title,
        kind: 'TOPICAL',
        place: '松江区政协',
        durationMinutes: 120,
        starts: [at(60, 9), at(61, 9)],
        cooperation: pairing,
      },
      'jointPlan { id proposal { number } }',
    );
    const first = await seen(feeds.theirs);
    expect(first).toMatchObject({
      status: 'TENTATIVE',
      busy: false,
      starts: at(60, 9),
      ends: at(60, 11),
      categories: ['联合协商', '专题协商'],
      url: `${publicUrl}/joint-plans/${jointPlan.id}`,
      organizer: expect.stringContaining('松江'),
    });
    expect(first?.description).toMatch(/参加：松江区[^；]*（同意）；上饶市[^；]*（待答复）$/);
    expect(await seen(feeds.ours)).toEqual(first);
    expect(await seen(feeds.ourPairing)).toEqual(first);

    await done(
      theirs,
      'counterJointPlan',
      { jointPlan: jointPlan.id, number: 1, starts: [at(62, 14)] },
      'jointPlan { id }',
    );
    const countered = await seen(feeds.ours);
    expect(countered).toMatchObject({ uid: first?.uid, status: 'TENTATIVE', starts: at(62, 14) });
    expect(countered?.sequence).toBeGreaterThan(first?.sequence ?? 0);

    await done(ours, 'acceptJointPlan', { jointPlan: jointPlan.id, number: 2 }, 'jointPlan { status }');
    for (const address of [feeds.ours, feeds.theirs, feeds.ourPairing, feeds.theirPairing]) {
      const locked = await seen(address);
      expect(locked).toMatchObject({ uid: first?.uid, status: 'CONFIRMED', starts: at(62, 14), ends: at(62, 16) });
      expect(locked?.busy).toBe(true);
      expect(locked?.sequence).toBeGreaterThan(countered?.sequence ?? 0);
      expect(locked?.description).toMatch(/参加：松江区[^；]*（同意）；上饶市[^；]*（同意）$/);
    }
    expect((await subscribe(hub, feeds.ours)).events.filter((event) => event.title === title)).toHaveLength(1);
    expect((await subscribe(hub, feeds.ourPairing)).name).toBe('松江—上饶眼科医疗合作');
    // Whoever names another's cooperation sees of it what is published, and nothing of its plans.
    expect(await seen(feeds.stranger)).toBeUndefined();

    // One event has one number at a time, whichever feed it is read in.
    const numbers = [feeds.ours, feeds.theirs, feeds.ourPairing, feeds.theirPairing].map(
      async (address) => (await seen(address))?.sequence,
    );
    expect(new Set(await Promise.all(numbers)).size).toBe(1);
    const lockedAt = (await seen(feeds.ours))?.sequence ?? 0;
    for (const host of [ours, theirs])
      await done(host, 'cancelJointPlan', { jointPlan: jointPlan.id, reason: '另行安排' }, 'jointPlan { status }');
    for (const address of [feeds.ours, feeds.theirs, feeds.theirPairing]) {
      const cancelled = await seen(address);
      expect(cancelled).toMatchObject({ uid: first?.uid, status: 'CANCELLED' });
      expect(cancelled?.sequence).toBeGreaterThan(lockedAt);
    }
  });

  test('a member’s holds what that member sees, and is busy where the member takes part', async () => {
    const clerk = await hub.staff(yuhang);
    const me = await hub.member(author, yuhang);
    const other = await hub.member('qiantang/member-zhang-guoqing', qiantang);
    const entry = (title: string, visibility: string) =>
      done(
        clerk,
        'addCalendarEntry',
        { committee: yuhang, title, visibility, starts: at(50, 9), ends: at(50, 10) },
        'calendarEntry { id }',
      );
    await entry('机关内部会', 'INTERNAL');
    await entry('委员之间', 'MEMBERS');
    const invited = await plan(clerk, yuhang, '应邀参加的会', { visibility: 'MEMBERS' });
    await schedule(clerk, invited, { title: '全天', starts: at(51, 9), ends: at(51, 16) });
    await done(clerk, 'inviteMembers', { consultation: invited, members: [recordId(author)] }, 'attendances { id }');
    const mine = await subscribe(hub, (await open(me)).address);
    expect(mine.titled('机关内部会')).toBeUndefined();
    expect(mine.titled('委员之间')).toMatchObject({ busy: false });
    expect(mine.titled('应邀参加的会')).toMatchObject({ busy: true, starts: at(51, 9) });
    const theirs = await subscribe(hub, (await open(other)).address);
    for (const title of ['机关内部会', '委员之间', '应邀参加的会']) expect(theirs.titled(title)).toBeUndefined();
    // Somebody's own, and nobody else's: not even the office's.
    await hub.database.admin`
      update consultations.calendar_entry set visibility = 'PRIVATE', subjects = ${[recordId(author)]} where title = '机关内部会'`;
    expect((await subscribe(hub, (await open(me)).address)).titled('机关内部会')).toBeDefined();
    expect((await subscribe(hub, (await open(clerk)).address)).titled('机关内部会')).toBeUndefined();
  });

  test('an address that was never given, was renewed, has ended, or whose member is none any more, is the same 404', async () => {
    const clerk = await hub.staff(yuhang);
    const me = await hub.member(author, yuhang);
    const renewed = await open(clerk);
    const { address } = await done(
      clerk,
      'renewCalendarFeed',
      { calendarFeed: renewed.calendarFeed.id },
      'address calendarFeed { id }',
    );
    const ended = await open(clerk);
    await done(clerk, 'endCalendarFeed', { calendarFeed: ended.calendarFeed.id }, 'calendarFeed { status }');
    const gone = await open(me);
    await hub.database.admin`update members.member set serving = '{}' where id = ${recordId(author)}`;
    const refusals = await Promise.all(
      [
        renewed.address,
        ended.address,
        gone.address,
        `/calendars/${'A'.repeat(27)}.ics`,
        '/calendars/%00.ics',
        `/calendars/${'x'.repeat(500)}`,
        address.replace('.ics', ''),
      ].map((one) => subscribe(hub, one)),
    );
    for (const { status, headers, text } of refusals) {
      expect(status).toBe(404);
      expect(JSON.parse(text).errors[0].extensions).toEqual({ code: 'NOT_FOUND' });
      const [first] = refusals;
      // Of what is left of limits the numbers go down with each request; which limits are told is the same.
      const shown = (given: Headers) =>
        [...given]
          .filter(([name]) => !['x-request-id', 'date'].includes(name))
          .map(([name, value]) => [name, name === 'ratelimit' ? value.replaceAll(/=\d+/g, '=') : value]);
      expect(shown(headers)).toEqual(shown(first?.headers ?? new Headers()));
      expect(text).toBe(first?.text);
    }
    expect((await subscribe(hub, address)).status).toBe(200);
    await hub.database.admin`update members.member set serving = '{(,)}' where id = ${recordId(author)}`;
    expect((await subscribe(hub, gone.address)).status).toBe(200);
  });

  test('what a client has already isn’t sent again until something changes', async () => {
    const clerk = await hub.staff(qiantang);
    const { address } = await open(clerk);
    const first = await subscribe(hub, address);
    const tag = first.headers.get('etag') ?? '';
    const head = await fetch(`${hub.url}${address}`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect([head.headers.get('etag'), head.headers.get('content-length')]).toEqual([
      tag,
      String(Buffer.byteLength(first.text)),
    ]);
    expect(await subscribe(hub, address, { 'if-none-match': `W/"other", ${tag}` })).toMatchObject({
      status: 304,
      text: '',
    });
    await done(
      clerk,
      'addCalendarEntry',
      { committee: qiantang, title: '新增', starts: at(10, 9), ends: at(10, 10) },
      'calendarEntry { id }',
    );
    const changed = await subscribe(hub, address, { 'if-none-match': tag });
    expect(changed.status).toBe(200);
    expect(changed.titled('新增')).toBeDefined();
  });

  test('five hundred events cost statements by the page and not by the event', async () => {
    const clerk = await hub.staff('330106');
    const { address } = await open(clerk);
    const one = await plan(clerk, '330106', '批量协商会');
    await schedule(clerk, one, { title: '一', starts: at(5, 9), ends: at(5, 10) });
    const cost = async () => {
      const before = hub.statements();
      const { events } = await subscribe(hub, address);
      return { events: events.length, statements: hub.statements() - before };
    };
    // The first time an address comes it is a try, and given back: at the keeper, and once.
    await subscribe(hub, address);
    const few = await cost();
    await hub.database.admin`
      insert into consultations.calendar_entry (id, owner, owner_as_filed, visibility, subjects, status, kind, title, starts, ends, blocking, consultation, part)
      select gen_random_uuid(), owner, owner_as_filed, visibility, subjects, status, kind, title || n, starts + n * interval '12 hours', ends + n * interval '12 hours', false, consultation, null
      from consultations.calendar_entry, generate_series(1, 500) as n where consultation = ${one}`;
    const many = await cost();
    expect(many.events).toBe(few.events + 500);
    expect(few.statements).toBeLessThanOrEqual(12);
    expect(many.statements).toBeLessThanOrEqual(few.statements + 5 * 4);
    // Asked again and again by who has it, it is read by the same statements: its address is no try any more.
    const tag = (await subscribe(hub, address)).headers.get('etag') ?? '';
    const polls: { status: number; statements: number }[] = [];
    for (let poll = 0; poll < 12; poll += 1) {
      const before = hub.statements();
      const { status } = await subscribe(hub, address, { 'if-none-match': tag });
      polls.push({ status, statements: hub.statements() - before });
    }
    expect(polls).toEqual(polls.map(() => ({ status: 304, statements: many.statements })));
  });

  test('a part of the hub that is down is 503 and never an emptier calendar', async () => {
    const addresses = {
      committee: (await open(await hub.staff(songjiang))).address,
      pairing: (await open(await hub.staff(songjiang), { cooperation: pairing })).address,
      member: (await open(await hub.member(author, yuhang))).address,
    };
    const refused = async (address: string) => {
      const { status, headers, text } = await subscribe(hub, address);
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(JSON.parse(text).errors[0].extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    };
    await hub.stopSubgraph('cooperation');
    await refused(addresses.pairing);
    expect((await subscribe(hub, addresses.committee)).status).toBe(200);
    await hub.stopSubgraph('members');
    await refused(addresses.member);
    await hub.stopSubgraph('consultations');
    await refused(addresses.committee);
    await refused(`/calendars/${'A'.repeat(27)}.ics`);
  });
});
