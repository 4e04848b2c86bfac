import type { Actor } from '@hub/access';
import { recordId } from '@hub/facts';
import { members } from '@hub/members';
import { everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bystander, makers, neighbour, town } from './steps.ts';

const secretary = staff(town);
const townships: Actor = { kind: 'STAFF', subject: 'townships', committee: town, duties: ['township'] };
const wrong: readonly [Actor, string][] = [
  [everyone, 'FORBIDDEN'],
  [member(bystander, town), 'FORBIDDEN'],
  [{ kind: 'STAFF', subject: 'meetings only', committee: town, duties: ['meetings', 'proposals'] }, 'FORBIDDEN'],
  [staff(neighbour), 'NOT_YOURS'],
  [staff('330100'), 'NOT_YOURS'],
];
let hub: TestSubgraph;
let make: ReturnType<typeof makers>;
let term: string;
let jia: string;
let yi: string;
beforeAll(async () => {
  hub = await startTestSubgraph(members, 'empty');
  make = makers(hub);
  await make.bystander();
  term = (await make.term()).id;
  await make.term(neighbour);
  jia = await make.member('委员甲');
  yi = await make.member('委员乙');
});
afterAll(() => hub.stop());
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

describe('an organization', () => {
  test('is set up, renamed and dissolved by staff charged with members, and by nobody else', async () => {
    const id = await make.organization('特邀界', 'SECTOR', { term, position: 3 });
    const input = { committee: town, name: '别的', classification: 'SECTOR' };
    for (const [as, code] of wrong) {
      expect((await make.take('addOrganization', 'organization', input, { as })).code).toBe(code);
      expect(
        (await make.take('renameOrganization', 'organization', { organization: id, name: '别的' }, { as })).code,
      ).toBe(code);
      expect((await make.take('dissolveOrganization', 'organization', { organization: id }, { as })).code).toBe(code);
    }
    const renamed = await make.take(
      'renameOrganization',
      'organization',
      { organization: id, name: '特别邀请界', expectedRevision: 1 },
      { fields: 'name revision' },
    );
    expect(renamed.record).toMatchObject({ name: '特别邀请界', revision: 2 });
    const late = { organization: id, name: '晚到', expectedRevision: 1 };
    expect((await make.take('renameOrganization', 'organization', late)).code).toBe('CONFLICT');
    await make.take('dissolveOrganization', 'organization', { organization: id });
    const { data } = await hub.ask(
      'query ($term: ID!, $on: Date!) { committee(code: "330110") { now: organizations(classification: SECTOR, term: $term, on: $on) { name } all: organizations(classification: SECTOR, term: $term) { name position validUntil term { ordinal } } } }',
      { variables: { term, on: dayAfter(today()) } },
    );
    expect(data.committee.now.map(({ name }: { name: string }) => name)).not.toContain('特别邀请界');
    expect(data.committee.all).toContainEqual({
      name: '特别邀请界',
      position: 3,
      validUntil: today(),
      term: { ordinal: 1 },
    });
  });

  test('stands once in the list of its kind and term, even if two set it up at once', async () => {
    const input = { committee: town, name: '科技界', classification: 'SECTOR', term };
    const answers = await Promise.all([1, 2].map(() => make.take('addOrganization', 'organization', input)));
    expect(answers.map(({ code }) => code).filter(Boolean)).toEqual(['ALREADY_THERE']);
  });

  test('of a township is kept by staff for townships too, in a township of the committee', async () => {
    const add = (input: object, as: Actor = townships) =>
      make.take(
        'addOrganization',
        'organization',
        { committee: town, name: '工委', ...input },
        { as, fields: 'region { code level }' },
      );
    const working = await add({ classification: 'TOWNSHIP_COMMITTEE', region: '330110005' });
    expect(working.record.region).toEqual({ code: '330110005', level: 'TOWNSHIP' });
    for (const region of ['330109002', '330110999', town, undefined])
      expect((await add({ classification: 'TOWNSHIP_COMMITTEE', region })).code).toBe('INVALID');
    expect((await add({ classification: 'SECTOR' })).code).toBe('FORBIDDEN');
    const group = await add({ classification: 'MEMBER_GROUP', region: '330110005', parent: working.id });
    const joined = { organization: group.id, member: jia };
    expect((await make.take('appointConvenor', 'organizationMember', joined, { as: townships })).code).toBeNull();
    const sector = await make.organization('教育界', 'SECTOR', { term });
    const wrongly = { organization: sector, member: jia };
    expect((await make.take('appointConvenor', 'organizationMember', wrongly, { as: townships })).code).toBe(
      'FORBIDDEN',
    );
  });

  test('has officers as posts, held from a day to a day', async () => {
    const office = await make.organization('某街道政协工委', 'TOWNSHIP_COMMITTEE', { region: '330110009' });
    const post = await make.take(
      'appointToPost',
      'post',
      { committee: town, organization: office, name: '工委干事', title: '主任', validFrom: '2025-03-01' },
      { as: townships, fields: 'current person { name } organization { name } validFrom' },
    );
    expect(post.record).toMatchObject({
      current: true,
      person: { name: '工委干事' },
      organization: { name: '某街道政协工委' },
      validFrom: '2025-03-01',
    });
    for (const [as, code] of wrong) {
      expect((await make.take('endPost', 'post', { post: post.id }, { as })).code).toBe(code);
      const input = { committee: town, name: '某人', title: '主任' };
      expect((await make.take('appointToPost', 'post', input, { as })).code).toBe(code);
    }
    const own = { committee: town, name: '某人', title: '秘书长' };
    expect((await make.take('appointToPost', 'post', own, { as: townships })).code).toBe('FORBIDDEN');
    const before = { post: post.id, on: '2024-01-01' };
    expect((await make.take('endPost', 'post', before)).code).toBe('INVALID');
    const ended = await make.take(
      'endPost',
      'post',
      { post: post.id, on: '2026-01-31' },
      { fields: 'current validUntil' },
    );
    expect(ended.record).toMatchObject({ current: false, validUntil: '2026-01-31' });
    expect((await make.take('endPost', 'post', { post: post.id })).code).toBe('INVALID');
  });
});

describe('a sector', () => {
  const sectorOf = async (id: string, as: Actor) =>
    (await hub.ask('query ($id: ID!) { member(id: $id) { sector { name } } }', { as, variables: { id } })).data.member
      .sector?.name ?? null;

  test('is told to members of the committee, and to others only where it is published', async () => {
    const sector = await make.organization('宗教界', 'SECTOR', { term });
    await make.take('assignSector', 'member', { member: yi, sector });
    const listed = async (as: Actor) =>
      (
        await hub.ask(
          'query ($id: ID!, $sector: ID!) { organization(id: $id) { members { totalCount nodes { name } } } members(within: "330110", filter: { sector: $sector }) { totalCount } }',
          { as, variables: { id: sector, sector } },
        )
      ).data;
    for (const as of [secretary, member(jia, town), member(yi, town)]) {
      expect(await sectorOf(yi, as)).toBe('宗教界');
      expect((await listed(as)).organization.members).toEqual({ totalCount: 1, nodes: [{ name: '委员乙' }] });
    }
    for (const as of [everyone, staff('330100'), staff(neighbour)]) {
      expect(await sectorOf(yi, as)).toBeNull();
      expect(await listed(as)).toEqual({
        organization: { members: { totalCount: 0, nodes: [] } },
        members: { totalCount: 0 },
      });
    }
    await make.take('assignSector', 'member', { member: yi, sector, visibility: 'PUBLIC' });
    expect(await sectorOf(yi, everyone)).toBe('宗教界');
    await make.take('assignSector', 'member', { member: yi, sector, visibility: 'INTERNAL' });
    expect(await sectorOf(yi, everyone)).toBeNull();
    expect(await sectorOf(yi, member(jia, town))).toBeNull();
    expect(await sectorOf(yi, member(yi, town))).toBe('宗教界');
  });

  test('is one at a time, and the one before stays in its days', async () => {
    const first = await make.organization('工商联界', 'SECTOR', { term });
    const second = await make.organization('农业界', 'SECTOR', { term });
    const open = { member: jia, visibility: 'PUBLIC' };
    await make.take('assignSector', 'member', { ...open, sector: first, validFrom: '2024-01-01' });
    await make.take('assignSector', 'member', { ...open, sector: second, validFrom: '2025-01-01' });
    expect(await sectorOf(jia, everyone)).toBe('农业界');
    const on = async (id: string, day: string) =>
      (
        await hub.ask('query ($id: ID!, $day: Date) { organization(id: $id) { members(on: $day) { totalCount } } }', {
          variables: { id, day },
        })
      ).data.organization.members.totalCount;
    expect([await on(first, '2024-12-31'), await on(first, '2025-01-01'), await on(second, '2025-01-01')]).toEqual([
      1, 0, 1,
    ]);
    const elsewhere = await make.take(
      'addOrganization',
      'organization',
      { committee: neighbour, name: '外地界', classification: 'SECTOR' },
      { as: staff(neighbour) },
    );
    expect((await make.take('assignSector', 'member', { ...open, sector: elsewhere.id })).code).toBe('INVALID');
    for (const [as, code] of wrong)
      expect((await make.take('assignSector', 'member', { ...open, sector: first }, { as })).code).toBe(code);
  });
});

describe('those in a special committee or group', () => {
  test('join and leave on days, each in a role', async () => {
    const organization = await make.organization('提案委', 'SPECIAL_COMMITTEE', { term });
    const join = (input: object, as = secretary) =>
      make.take('joinOrganization', 'organizationMember', { organization, ...input }, { as, fields: 'role validFrom' });
    const place = await join({ member: jia, role: 'DEPUTY', validFrom: '2025-05-01', visibility: 'PUBLIC' });
    expect(place.record).toMatchObject({ role: 'DEPUTY', validFrom: '2025-05-01' });
    expect((await join({ member: yi, role: 'CONVENOR' })).code).toBe('INVALID');
    const both = await Promise.all([join({ member: yi }), join({ member: yi })]);
    expect(both.map(({ code }) => code).filter(Boolean)).toEqual(['ALREADY_THERE']);
    await make.take('leaveOrganization', 'organizationMember', { organizationMember: place.id, on: '2025-06-05' });
    const there = async (on: string) =>
      (
        await hub.ask('query ($id: ID!, $on: Date) { member(id: $id) { organizations(on: $on) { role } } }', {
          variables: { id: jia, on },
        })
      ).data.member.organizations;
    expect(await there('2025-06-05')).toEqual([{ role: 'DEPUTY' }]);
    expect(await there('2025-06-06')).toEqual([]);
    expect(await there('2025-04-30')).toEqual([]);
    for (const [as, code] of wrong) {
      expect((await join({ member: jia }, as)).code).toBe(code);
      const input = { organizationMember: place.id };
      // What is published is refused by whose it is; what isn't, as if it weren't there.
      expect((await make.take('leaveOrganization', 'organizationMember', input, { as })).code).toBe(code);
    }
  });

  test('have convenors, who are named one by one and end one by one', async () => {
    const organization = await make.organization('妇联界', 'SECTOR', { term });
    const convenor = await make.take('appointConvenor', 'organizationMember', {
      organization,
      member: jia,
      visibility: 'PUBLIC',
    });
    const names = async () =>
      (
        await hub.ask(
          'query ($id: ID!) { organization(id: $id) { convenors { name } organizationMembers { role member { name } } } }',
          {
            variables: { id: organization },
          },
        )
      ).data.organization;
    expect(await names()).toEqual({
      convenors: [{ name: '委员甲' }],
      organizationMembers: [{ role: 'CONVENOR', member: { name: '委员甲' } }],
    });
    expect((await make.take('leaveOrganization', 'organizationMember', { organizationMember: convenor.id })).code).toBe(
      'INVALID',
    );
    await hub.testDatabase
      .admin`update members.organization_member set valid_from = '2025-01-01' where id = ${convenor.id}`;
    const end = { organizationMember: convenor.id, on: '2025-12-31' };
    expect((await make.take('endConvenorship', 'organizationMember', end)).code).toBeNull();
    expect(await names()).toEqual({ convenors: [], organizationMembers: [] });
  });

  test('of a party are told to staff and the member alone, until published and after it is taken back', async () => {
    const cell = await make.organization('履职临时党小组', 'TEMPORARY_PARTY_CELL');
    const { id, record } = await make.take(
      'joinOrganization',
      'organizationMember',
      { organization: cell, member: jia },
      { fields: 'visibility' },
    );
    expect(record.visibility).toBe('INTERNAL');
    const seen = async (as: Actor) =>
      (
        await hub.ask(
          'query ($id: ID!) { organization(id: $id) { members { totalCount } organizationMembers { role } } }',
          {
            as,
            variables: { id: cell },
          },
        )
      ).data.organization;
    const hidden = { members: { totalCount: 0 }, organizationMembers: [] };
    const shown = { members: { totalCount: 1 }, organizationMembers: [{ role: 'MEMBER' }] };
    for (const as of [secretary, member(jia, town)]) expect(await seen(as)).toEqual(shown);
    for (const as of [everyone, member(yi, town), staff(neighbour), staff('330100')])
      expect(await seen(as)).toEqual(hidden);
    const publish = (visibility: string, as = secretary) =>
      make.take('publishOrganizationMember', 'organizationMember', { organizationMember: id, visibility }, { as });
    expect((await publish('PUBLIC', staff(neighbour))).code).toBe('NOT_FOUND');
    await publish('PUBLIC');
    expect(await seen(everyone)).toEqual(shown);
    expect((await publish('INTERNAL', staff(neighbour))).code).toBe('NOT_YOURS');
    await publish('INTERNAL');
    expect(await seen(everyone)).toEqual(hidden);
    expect((await publish('PRIVATE')).code).toBe('INVALID');
  });
});

describe('settings of members', () => {
  const change = (input: object, as: Actor = secretary) =>
    hub
      .ask(
        'mutation ($input: ChangeMemberSettingsInput!) { changeMemberSettings(input: $input) { userErrors { code } } }',
        { as, variables: { input: { committee: town, validFrom: today(), ...input } } },
      )
      .then(({ data, errors }) => ({ code: errors[0] ?? data.changeMemberSettings.userErrors[0]?.code ?? null }));

  test('have defaults, and hold from their day once the committee decides', async () => {
    const ask =
      'query { committee(code: "330110") { memberSettings { version termYears dutyCodeHours tagLimit tagEndorsements } } }';
    expect((await hub.ask(ask)).data.committee.memberSettings).toEqual({
      version: 0,
      termYears: 5,
      dutyCodeHours: 24,
      tagLimit: 10,
      tagEndorsements: 3,
    });
    for (const [as, code] of wrong) expect((await change({ tagLimit: 3 }, as)).code).toBe(code);
    expect((await change({ tagLimit: 0 })).code).toBe('INVALID');
    expect((await change({ validFrom: '2020-01-01', tagLimit: 3 })).code).toBe('INVALID');
    expect((await change({ tagLimit: 3 })).code).toBeNull();
    expect((await hub.ask(ask)).data.committee.memberSettings).toMatchObject({ version: 1, tagLimit: 3, termYears: 5 });
  });
});

test('imported sectors and their members are as they were', async () => {
  const facts = await startTestSubgraph(members, 'facts');
  const { data } = await facts.ask(
    `{ member(id: "${recordId('yuhang/member-li-dan')}") { current memberships { id } organizations { id } } members { totalCount } now: members(filter: { current: true }) { totalCount } gone: members(filter: { current: false }) { totalCount } }`,
  );
  expect(data.member).toEqual({ current: true, memberships: [], organizations: [] });
  expect(data.now.totalCount).toBe(data.members.totalCount);
  expect(data.gone.totalCount).toBe(0);
  await facts.stop();
});
