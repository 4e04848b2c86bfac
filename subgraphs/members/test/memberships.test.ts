import type { Actor } from '@hub/access';
import { members } from '@hub/members';
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
import { today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { membershipMachine } from '../src/memberships/membership.machine.ts';
import { bystander, makers, neighbour, town } from './steps.ts';

const secretary = staff(town);
const decision = { decision: '常委会第三次会议', decided: '2026-01-15' };
let hub: TestSubgraph;
let make: ReturnType<typeof makers>;
let term: string;
beforeAll(async () => {
  hub = await startTestSubgraph(members, 'empty');
  make = makers(hub);
  await make.bystander();
  term = (await make.term()).id;
  await make.term(neighbour);
});
afterAll(() => hub.stop());

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const current = async (filter: object, as: Actor = everyone) =>
  (
    await hub.ask(
      'query ($filter: MemberFilter) { members(within: "330110", filter: $filter, first: 100) { totalCount nodes { name } } }',
      { as, variables: { filter } },
    )
  ).data.members;
const namesIn = async (filter: object) =>
  (await current(filter)).nodes.map(({ name }: { name: string }) => name) as string[];

describe('a membership', () => {
  test('goes through every step that its machine allows, and through no other', async () => {
    let number = 0;
    const candidate = () => ({ committee: town, name: `委员${++number}` });
    const { faults, tried } = await walk({
      machine: membershipMachine,
      ask: hub.ask,
      as: { STAFF: secretary },
      strangers: [
        staff('330100'),
        staff(neighbour),
        { kind: 'STAFF', subject: 'meetings only', committee: town, duties: ['meetings', 'proposals', 'township'] },
        member(bystander, town),
        department(town, '10000000-0000-4000-8000-00000000000d'),
        liaison(town),
        everyone,
        agency,
        operator,
      ],
      reader: secretary,
      inputs: {
        nominateMember: candidate,
        appointMember: () => ({ ...candidate(), ...decision }),
        approveMembership: (membership) => ({ membership, ...decision }),
        declineMembership: (membership) => ({ membership, reason: '名额已满' }),
        suspendMembership: (membership) => ({ membership, reason: '接受调查' }),
        resumeMembership: (membership) => ({ membership }),
        endMembership: (membership) => ({ membership, kind: 'RESIGNATION' }),
      },
    });
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(60);
  });

  test('of a nominee is for staff alone until the standing committee agrees, and for everybody then', async () => {
    const { id } = await make.take('nominateMember', 'membership', { committee: town, name: '待定人' });
    const look = async (as: Actor) =>
      (
        await hub.ask(
          'query ($id: ID!) { membership(id: $id) { status added validFrom member { name person { name } } term { ordinal } } members(within: "330110", filter: { text: "待定人" }) { totalCount } }',
          { as, variables: { id } },
        )
      ).data;
    for (const as of [everyone, staff('330100'), member(bystander, town)])
      expect(await look(as)).toEqual({ membership: null, members: { totalCount: 0 } });
    expect((await look(secretary)).membership.status).toBe('NOMINATED');
    const serving = await current({ current: true }, secretary);
    expect(serving.nodes.map(({ name }: { name: string }) => name)).not.toContain('待定人');
    await make.take('approveMembership', 'membership', { membership: id, ...decision });
    expect(await look(everyone)).toEqual({
      membership: {
        status: 'APPROVED',
        added: false,
        validFrom: '2026-01-15',
        member: { name: '待定人', person: { name: '待定人' } },
        term: { ordinal: 1 },
      },
      members: { totalCount: 1 },
    });
    expect(await namesIn({ current: true })).toContain('待定人');
  });

  test('of a member of whom no other is recorded takes nobody off the list while it is a nomination', async () => {
    const id = await make.member('前届委员');
    await hub.testDatabase
      .admin`delete from members.membership_event where record in (select id from members.membership where member = ${id})`;
    await hub.testDatabase.admin`delete from members.membership where member = ${id}`;
    await hub.testDatabase.admin`update members.member set serving = default where id = ${id}`;
    const { data } = await hub.ask('query ($id: ID!) { member(id: $id) { person { id } } }', { variables: { id } });
    const { person } = data.member;
    expect((await make.take('nominateMember', 'membership', { committee: town, person: person.id })).code).toBeNull();
    expect(await namesIn({ current: true })).toContain('前届委员');
  });

  test('that ends leaves the member and the history, and takes them out of the list of those who serve', async () => {
    const { id, record } = await make.take(
      'appointMember',
      'membership',
      { committee: town, name: '辞去者', ...decision },
      { fields: 'member { id }' },
    );
    const on = today();
    await make.take('endMembership', 'membership', { membership: id, kind: 'RESIGNATION', on, reason: '工作变动' });
    expect(await namesIn({ current: true })).toContain('辞去者');
    expect(await namesIn({ on: dayAfter(on) })).not.toContain('辞去者');
    expect(await namesIn({ current: false, on: dayAfter(on) })).toContain('辞去者');
    expect(await namesIn({ on: '2026-01-14' })).not.toContain('辞去者');
    expect(await namesIn({})).toContain('辞去者');
    const { data } = await hub.ask(
      'query ($id: ID!, $on: Date) { member(id: $id) { today: current tomorrow: current(on: $on) memberships { status ending validUntil reason events { step } } } }',
      { variables: { id: record.member.id, on: dayAfter(on) } },
    );
    expect(data.member).toEqual({
      today: true,
      tomorrow: false,
      memberships: [
        {
          status: 'ENDED',
          ending: 'RESIGNATION',
          validUntil: on,
          // Why is between the member and the staff.
          reason: null,
          events: [{ step: 'appointMember' }, { step: 'endMembership' }],
        },
      ],
    });
    for (const as of [secretary, member(record.member.id, town)]) {
      const asked = await hub.ask('query ($id: ID!) { membership(id: $id) { reason } }', { as, variables: { id } });
      expect(asked.data.membership.reason).toBe('工作变动');
    }
  });

  test('is taken away with a reason and by a meeting only', async () => {
    const { id } = await make.take('appointMember', 'membership', { committee: town, name: '撤销者', ...decision });
    const end = (input: object) =>
      make.take('endMembership', 'membership', { membership: id, kind: 'REMOVAL', ...input }, { fields: 'status' });
    expect((await end({})).code).toBe('REQUIRED');
    expect((await end({ reason: '违纪' })).code).toBe('REQUIRED');
    expect((await end({ reason: '违纪', decision: '常委会', on: '2020-01-01' })).code).toBe('INVALID');
    expect(await end({ reason: '违纪', decision: '常委会' })).toMatchObject({
      code: null,
      record: { status: 'ENDED' },
    });
  });

  test('of one person whom two secretaries appoint at once is one, of one member', async () => {
    const { record } = await make.take(
      'appointMember',
      'membership',
      { committee: neighbour, name: '两地委员', ...decision },
      { as: staff(neighbour), fields: 'member { person { id } }' },
    );
    const person = record.member.person.id;
    const answers = await Promise.all(
      [1, 2, 3].map(() => make.take('appointMember', 'membership', { committee: town, person, ...decision })),
    );
    expect(answers.map(({ code }) => code).sort()).toEqual(['ALREADY_MEMBER', 'ALREADY_MEMBER', null]);
    const { data } = await hub.ask(
      'query ($id: ID!) { person(id: $id) { members { committee { code } memberships { status } } } }',
      { variables: { id: person } },
    );
    expect(data.person.members).toEqual([
      { committee: { code: town }, memberships: [{ status: 'APPROVED' }] },
      { committee: { code: neighbour }, memberships: [{ status: 'APPROVED' }] },
    ]);
  });

  test('sent twice with one key is made once', async () => {
    const input = {
      committee: town,
      name: '重复提交',
      ...decision,
      idempotencyKey: 'c2a4b0d8-5f6e-4d0a-8b1c-1f2e3d4c5b6a',
    };
    const [first, second] = await Promise.all([
      make.take('appointMember', 'membership', input),
      make.take('appointMember', 'membership', input),
    ]);
    expect(first.id).toBe(second.id);
    expect((await current({ text: '重复提交' })).totalCount).toBe(1);
  });

  test('needs a term of its own committee', async () => {
    const elsewhere = await make.take(
      'appointMember',
      'membership',
      { committee: neighbour, name: '错届', term, ...decision },
      { as: staff(neighbour) },
    );
    expect(elsewhere.code).toBe('INVALID');
    const none = await make.take(
      'appointMember',
      'membership',
      { committee: '330100', name: '无届', ...decision },
      { as: staff('330100') },
    );
    expect(none.code).toBe('REQUIRED');
  });
});

describe('whoever is no member any more', () => {
  test('is in no sector, group or tree either, from the day after', async () => {
    const id = await make.member('离任者');
    const sector = await make.organization('经济界', 'SECTOR', { term });
    const group = await make.organization('经济委', 'SPECIAL_COMMITTEE', { term });
    await make.take('assignSector', 'member', { member: id, sector, visibility: 'PUBLIC' });
    await make.take('joinOrganization', 'organizationMember', {
      member: id,
      organization: group,
      visibility: 'PUBLIC',
    });
    await make.take('linkContact', 'contactLink', { committee: town, tree: 'CONTACT_GRID', parent: group, child: id });
    const look = async () =>
      (
        await hub.ask(
          'query ($id: ID!, $on: Date) { member(id: $id) { sector { name } organizations(on: $on) { role } contactsUp { depth } memberships { id } } }',
          { as: secretary, variables: { id, on: dayAfter(today()) } },
        )
      ).data.member;
    const before = await look();
    expect(before).toMatchObject({
      sector: { name: '经济界' },
      organizations: [{ role: 'MEMBER' }],
      contactsUp: [{ depth: 1 }],
    });
    await make.take('endMembership', 'membership', {
      membership: before.memberships[0].id,
      kind: 'TRANSFER',
    });
    expect((await look()).organizations).toEqual([]);
    const [affiliation] = await hub.testDatabase.admin`
      select (select valid_until::text from members.affiliation where member = ${id}) as sector,
        (select valid_until::text from members.contact_link where child = ${id}) as contact`;
    expect(affiliation).toEqual({ sector: today(), contact: today() });
  });
});

describe('a term', () => {
  const open = (input: object) =>
    make.take(
      'openTerm',
      'term',
      { committee: '330100', ...input },
      { as: staff('330100'), fields: 'ordinal start end' },
    );

  test('lasts five years unless the committee says otherwise, and is followed by the next', async () => {
    expect((await open({ ordinal: 11, start: '2017-02-20' })).record).toMatchObject({ ordinal: 11, end: '2022-02-20' });
    expect((await open({ start: '2022-02-20' })).record).toMatchObject({ ordinal: 12, end: '2027-02-20' });
  });

  test('overlaps no other one of its committee, whoever comes first', async () => {
    expect((await open({ start: '2026-01-01' })).code).toBe('TERM_OVERLAP');
    const answers = await Promise.all([
      open({ ordinal: 30, start: '2050-01-01' }),
      open({ ordinal: 31, start: '2052-01-01' }),
    ]);
    expect(answers.map(({ code }) => code).filter(Boolean)).toEqual(['TERM_OVERLAP']);
    expect((await open({ ordinal: 12, start: '2090-01-01' })).code).toBe('NUMBER_TAKEN');
    expect((await open({ start: '2090-01-01', end: '2089-01-01' })).code).toBe('INVALID');
  });

  test('has its sessions in order', async () => {
    const { id } = await open({ ordinal: 40, start: '2070-01-01' });
    const add = (input: object) =>
      make.take(
        'addSession',
        'session',
        { term: id, ...input },
        { as: staff('330100'), fields: 'ordinal held { start end }' },
      );
    expect((await add({ start: '2070-01-10', end: '2070-01-14' })).record).toMatchObject({
      ordinal: 1,
      held: { start: '2070-01-10', end: '2070-01-14' },
    });
    expect((await add({})).record.ordinal).toBe(2);
    expect((await add({ ordinal: 2 })).code).toBe('NUMBER_TAKEN');
  });

  test('that is closed ends the memberships that are open in it', async () => {
    const there = '330111';
    const own = { as: staff(there) };
    const lastYear = Number(today().slice(0, 4)) - 1;
    const end = `${lastYear}-02-01`;
    const { id } = await make.take('openTerm', 'term', { committee: there, start: `${lastYear}-01-01` }, own);
    await make.member('任满者', there);
    await make.take('closeTerm', 'term', { term: id, end }, own);
    const { data } = await hub.ask(
      '{ members(within: "330111", filter: { current: true }) { totalCount } all: members(within: "330111") { nodes { memberships { validUntil status } } } }',
    );
    expect(data.members.totalCount).toBe(0);
    expect(data.all.nodes[0].memberships).toEqual([{ validUntil: end, status: 'APPROVED' }]);
  });

  test('is the committee’s own: nobody else opens, closes or fills it', async () => {
    const refusals = async (as: Actor) => [
      (await make.take('openTerm', 'term', { committee: town, start: '2099-01-01' }, { as })).code,
      (await make.take('closeTerm', 'term', { term, end: '2099-01-01' }, { as })).code,
      (await make.take('addSession', 'session', { term }, { as })).code,
    ];
    for (const as of [staff('330100'), staff(neighbour)])
      expect(await refusals(as)).toEqual(['NOT_YOURS', 'NOT_YOURS', 'NOT_YOURS']);
    const unduly: Actor = {
      kind: 'STAFF',
      subject: 'x',
      committee: town,
      duties: ['meetings', 'township', 'proposals'],
    };
    for (const as of [everyone, member(bystander, town), unduly])
      expect(await refusals(as)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
  });
});

test('members with memberships and places cost as many statements for one as for twenty', async () => {
  for (let at = 0; at < 20; at += 1) await make.member(`众委员${at}`);
  const query =
    'query ($first: Int) { members(within: "330110", filter: { current: true }, first: $first) { totalCount nodes { current memberships { term { ordinal } reason events { step } pendingSteps { step } } organizations { organization { name } } sector { name } tagWall { tag } contactsUp { depth member { name } } contactsDown { depth } } } }';
  const one = await hub.ask(query, { as: secretary, variables: { first: 1 } });
  const twenty = await hub.ask(query, { as: secretary, variables: { first: 20 } });
  expect(twenty.data.members.nodes).toHaveLength(20);
  expect(twenty.statements).toBe(one.statements);
});
