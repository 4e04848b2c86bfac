import { type Actor, receiptHash, subjectOf } from '@hub/access';
import { consultations } from '@hub/consultations';
import {
  department,
  everyone,
  feed,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  walk,
} from '@hub/testkit';
import type { Doer } from '@hub/workflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarFeedMachine } from '../src/calendar-feeds/calendar-feed.machine.ts';

const [yuhang, anji] = ['330110', '330523'];
const me = member('10000000-0000-4000-8000-000000000001', yuhang);
const other = member('10000000-0000-4000-8000-000000000002', yuhang);
const idle: Actor = { kind: 'STAFF', subject: 'idle', committee: yuhang, duties: [] };
const successor: Actor = { kind: 'STAFF', subject: 'successor', committee: yuhang, duties: ['meetings'] };
const pairing = '20000000-0000-4000-8000-000000000001';
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(consultations, 'empty');
});
afterAll(() => hub.stop());

const run = async (name: string, input: object, as: Actor) => {
  const address = name === 'endCalendarFeed' ? '' : 'address';
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await hub.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${address} calendarFeed { id kind label status revision } userErrors { code path message } } }`,
    { as, variables: { input } },
  );
  return { code: errors[0] ?? data[name].userErrors[0]?.code ?? null, ...data?.[name] };
};
const open = (as: Actor, more: object = {}) => run('openCalendarFeed', { label: '办公电脑', ...more }, as);
const secretOf = (address: string) => /^\/calendars\/([\w-]{27})\.ics$/.exec(address)?.[1] ?? '';
const found = async (address: string, as: Actor = feed) => {
  const { data, errors } = await hub.ask(
    'query ($hash: String!) { calendarFeedBySecret(hash: $hash) { id kind committee { code } member { id } cooperation { id } } }',
    { as, variables: { hash: receiptHash(secretOf(address)) } },
  );
  return errors[0] ?? data.calendarFeedBySecret;
};
const kept = async (as: Actor) => {
  const { data } = await hub.ask(
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Me { calendarFeeds(first: 100) { totalCount nodes { id label } } } } }',
    { as, variables: { of: [{ __typename: 'Me', id: subjectOf(as) }] } },
  );
  return data._entities[0]?.calendarFeeds;
};
const namesOf = (list: { nodes: { label: string }[] }) => list.nodes.map(({ label }) => label);

/** The machine as far as these take its steps: what staff open no member renews, and the other way round. */
const takenBy = (...doers: readonly Doer[]) => ({
  ...calendarFeedMachine,
  steps: Object.fromEntries(
    Object.entries(calendarFeedMachine.steps).map(([name, step]) => [
      name,
      { ...step, by: step.by.filter((doer) => doers.includes(doer)) },
    ]),
  ),
});
const inputs = {
  openCalendarFeed: () => ({ label: '手机' }),
  renewCalendarFeed: (calendarFeed: string) => ({ calendarFeed }),
  endCalendarFeed: (calendarFeed: string) => ({ calendarFeed }),
};

describe('a calendar feed', () => {
  test('of the committee goes through its steps by charged staff, whoever opened it', async () => {
    const { faults } = await walk({
      machine: takenBy('STAFF'),
      ask: hub.ask,
      as: { STAFF: staff(yuhang) },
      strangers: [me, idle, staff('330100'), staff(anji), department(yuhang, me.member), operator, everyone],
      reader: staff(yuhang),
      inputs,
    });
    expect(faults).toEqual([]);
  });

  test('of a member goes through its steps by that member alone', async () => {
    const { faults } = await walk({
      machine: takenBy('MEMBER', 'AUTHOR'),
      ask: hub.ask,
      as: { MEMBER: me, AUTHOR: me },
      strangers: [other, staff(yuhang), staff('330100'), department(yuhang, me.member), operator, everyone],
      reader: me,
      inputs,
    });
    expect(faults).toEqual([]);
  });

  test('tells its address once, and nothing of it is kept but a hash', async () => {
    const key = 'opened from the desk of the office';
    const first = await open(staff(yuhang), { idempotencyKey: key });
    const secret = secretOf(first.address);
    expect(Buffer.from(secret, 'base64url').length * 8).toBeGreaterThanOrEqual(160);
    const again = await open(staff(yuhang), { idempotencyKey: key });
    expect(again).toEqual({ ...first, address: null });
    const { admin } = hub.testDatabase;
    const tables = await admin<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'consultations'`;
    for (const { name } of tables) {
      const [holding] = await admin.unsafe(
        `select count(*)::int as rows from ${name} as t where strpos(t::text, $1) > 0`,
        [secret],
      );
      expect(holding?.['rows'], name).toBe(0);
    }
    expect(await found(first.address)).toMatchObject({ id: first.calendarFeed.id, kind: 'COMMITTEE' });
  });

  test('is found by its latest address alone, and by none once it has ended', async () => {
    const opened = await open(me);
    const renewed = await run('renewCalendarFeed', { calendarFeed: opened.calendarFeed.id }, me);
    expect(renewed.address).not.toBe(opened.address);
    expect(await found(opened.address)).toBeNull();
    expect(await found(renewed.address)).toMatchObject({ id: opened.calendarFeed.id, member: { id: me.member } });
    await run('endCalendarFeed', { calendarFeed: opened.calendarFeed.id }, me);
    expect(await found(renewed.address)).toBeNull();
    expect((await run('renewCalendarFeed', { calendarFeed: opened.calendarFeed.id }, me)).code).toBe(
      'STEP_NOT_ALLOWED',
    );
  });

  test('is found by its address by the gateway and by nobody else', async () => {
    const { address } = await open(staff(yuhang));
    for (const as of [staff(yuhang), staff(anji), me, operator, everyone])
      expect(await found(address, as)).toBe('FORBIDDEN');
  });

  test('of the committee stays with its office when staff change; a member’s is no business of the office', async () => {
    const ours = await open(staff(anji), { label: '会议室' });
    const next: Actor = { kind: 'STAFF', subject: 'the next one', committee: anji, duties: ['meetings'] };
    expect(namesOf(await kept(next))).toEqual(['会议室']);
    expect((await run('renewCalendarFeed', { calendarFeed: ours.calendarFeed.id }, next)).code).toBeNull();
    const mine = await open(other, { label: '我的手机' });
    expect(namesOf(await kept(other))).toEqual(['我的手机']);
    expect(namesOf(await kept(successor))).not.toContain('我的手机');
    expect((await run('endCalendarFeed', { calendarFeed: mine.calendarFeed.id }, successor)).code).toBe('NOT_FOUND');
    expect(await kept(department(yuhang, me.member))).toBeNull();
  });

  test('of a pairing is each side’s own, and names the cooperation', async () => {
    const ours = await open(staff(yuhang), { label: '结对', cooperation: pairing });
    const theirs = await open(staff(anji), { label: '结对', cooperation: pairing });
    expect(ours.calendarFeed.kind).toBe('PAIRING');
    expect(await found(ours.address)).toMatchObject({ committee: { code: yuhang }, cooperation: { id: pairing } });
    expect(await found(theirs.address)).toMatchObject({ committee: { code: anji }, cooperation: { id: pairing } });
    expect((await run('endCalendarFeed', { calendarFeed: theirs.calendarFeed.id }, staff(yuhang))).code).toBe(
      'NOT_FOUND',
    );
    expect((await open(me, { cooperation: pairing })).code).toBe('INVALID');
  });

  test('asks for a name of some length, and for the revision that was read where that is given', async () => {
    expect((await open(me, { label: ' ' })).code).toBe('REQUIRED');
    expect((await open(me, { label: '名'.repeat(51) })).code).toBe('TOO_LONG');
    const { calendarFeed } = await open(me);
    const renew = (expectedRevision: number) =>
      run('renewCalendarFeed', { calendarFeed: calendarFeed.id, expectedRevision }, me);
    expect((await renew(1)).code).toBeNull();
    expect((await renew(1)).code).toBe('CONFLICT');
  });

  test('there are at most 20 open ones of a subject, however many ask at once', async () => {
    const crowd = member('10000000-0000-4000-8000-000000000003', yuhang);
    for (let n = 0; n < 18; n += 1) expect((await open(crowd)).code).toBeNull();
    const codes = (await Promise.all(Array.from({ length: 5 }, () => open(crowd)))).map(({ code }) => code);
    expect(codes.filter((code) => code === null)).toHaveLength(2);
    expect(codes.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(3);
    const refused = await open(crowd);
    expect(refused.userErrors[0].message).toContain('20');
    const { nodes, totalCount } = await kept(crowd);
    expect(totalCount).toBe(20);
    await run('endCalendarFeed', { calendarFeed: nodes[0].id }, crowd);
    expect((await open(crowd)).code).toBeNull();
    // Another pairing is another subject.
    for (let n = 0; n < 20; n += 1) await open(staff('330100'), { cooperation: pairing });
    expect((await open(staff('330100'), { cooperation: pairing })).code).toBe('LIMIT_REACHED');
    expect((await open(staff('330100'))).code).toBeNull();
  });

  test('costs as many statements with twenty as with one', async () => {
    const ask = async (first: number) =>
      (
        await hub.ask(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Me { calendarFeeds(first: ${first}) { totalCount nodes { id label events { step } pendingSteps { step } committee { name } } } } } }`,
          { as: staff('330100'), variables: { of: [{ __typename: 'Me', id: subjectOf(staff('330100')) }] } },
        )
      ).statements;
    expect(await ask(20)).toBe(await ask(1));
  });
});
