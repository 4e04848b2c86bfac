import type { Actor } from '@hub/access';
import { recordId } from '@hub/facts';
import { members } from '@hub/members';
import { everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makers, neighbour, town } from './steps.ts';

const secretary = staff(town);
let hub: TestSubgraph;
let make: ReturnType<typeof makers>;
beforeAll(async () => {
  hub = await startTestSubgraph(members, 'empty');
  make = makers(hub);
  await make.term();
  await make.term(neighbour);
});
afterAll(() => hub.stop());
const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

const link = (tree: string, parent: string, child: string, input: object = {}, as: Actor = secretary) =>
  make.take(
    'linkContact',
    'contactLink',
    { committee: town, tree, parent, child, ...input },
    { as, fields: 'visibility' },
  );
const person = 'member { name } organization { name }';
const nameOf = (contact: { member: { name: string } | null; organization: { name: string } | null }) =>
  contact.member?.name ?? contact.organization?.name;
const walkFrom = async (type: 'member' | 'organization', id: string, as: Actor, field: string, tree?: string) => {
  const given = [tree && `tree: ${tree}`, field === 'contactsDown' && 'depth: 6'].filter(Boolean).join(', ');
  const { data } = await hub.ask(
    `query ($id: ID!) { ${type}(id: $id) { walk: ${field}${given ? `(${given})` : ''} { tree depth ${person} } } }`,
    { as, variables: { id } },
  );
  return data[type].walk as {
    tree: string;
    depth: number;
    member: { name: string } | null;
    organization: { name: string } | null;
  }[];
};
const namesUp = async (id: string, as: Actor, tree?: string) =>
  (await walkFrom('member', id, as, 'contactsUp', tree)).map(nameOf);

describe('the contact grid', () => {
  test('is walked from the leaders to the people of a sector and back, in five steps', async () => {
    const leader = await make.member('主席会议成员');
    const head = await make.member('专委会主任');
    const convenor = await make.member('界别召集人');
    const one = await make.member('委员一');
    const two = await make.member('委员二');
    const crowd = await make.organization('界别群众', 'OTHER');
    for (const [parent, child] of [
      [leader, head],
      [head, convenor],
      [convenor, one],
      [convenor, two],
      [one, crowd],
    ] as const)
      expect((await link('CONTACT_GRID', parent, child)).code).toBeNull();
    const up = await walkFrom('organization', crowd, secretary, 'contactsUp', 'CONTACT_GRID');
    expect(up.map((row) => [row.depth, nameOf(row)])).toEqual([
      [1, '委员一'],
      [2, '界别召集人'],
      [3, '专委会主任'],
      [4, '主席会议成员'],
    ]);
    const down = await walkFrom('member', leader, secretary, 'contactsDown');
    expect(down.map((row) => row.depth)).toEqual([1, 2, 3, 3, 4]);
    expect(new Set(down.map(nameOf))).toEqual(new Set(['专委会主任', '界别召集人', '委员一', '委员二', '界别群众']));
    const { data } = await hub.ask(
      'query ($id: ID!) { member(id: $id) { contactsDown(tree: CONTACT_GRID, depth: 2) { depth } } }',
      {
        as: secretary,
        variables: { id: leader },
      },
    );
    expect(data.member.contactsDown).toEqual([{ depth: 1 }, { depth: 2 }]);
    // Members of the committee see the grid; the public doesn't.
    expect(await namesUp(one, member(two, town))).toEqual(['界别召集人', '专委会主任', '主席会议成员']);
    expect(await namesUp(one, everyone)).toEqual([]);
    expect(await namesUp(one, staff(neighbour))).toEqual([]);
  });

  test('has one contact above each and no circle, even if two link at once', async () => {
    const [a, b, c] = [await make.member('环一'), await make.member('环二'), await make.member('环三')];
    await link('CONTACT_GRID', a, b);
    await link('CONTACT_GRID', b, c);
    expect((await link('CONTACT_GRID', c, a)).code).toBe('CONTACT_CIRCLE');
    expect((await link('CONTACT_GRID', a, a)).code).toBe('CONTACT_CIRCLE');
    expect((await link('CONTACT_GRID', a, c)).code).toBe('CONTACT_TAKEN');
    // In another tree it is another matter.
    expect((await link('PARTY_CHAIN_MEMBERS', a, c)).code).toBeNull();
    const below = await make.member('环下');
    await link('CONTACT_GRID', c, below);
    expect(await walkFrom('member', below, secretary, 'contactsUp').then((rows) => rows.map(nameOf))).toEqual([
      '环三',
      '环二',
      '环一',
    ]);
    const [d, e, f] = [await make.member('争一'), await make.member('争二'), await make.member('争三')];
    const parents = await Promise.all([link('CONTACT_GRID', d, f), link('CONTACT_GRID', e, f)]);
    expect(parents.map(({ code }) => code).filter(Boolean)).toEqual(['CONTACT_TAKEN']);
    const circle = await Promise.all([link('PARTY_CHAIN_OFFICE', d, e), link('PARTY_CHAIN_OFFICE', e, d)]);
    expect(circle.map(({ code }) => code).filter(Boolean)).toEqual(['CONTACT_CIRCLE']);
  });

  test('waits for whoever writes the same tree at the same time', async () => {
    const [a, b] = [await make.member('先到'), await make.member('后到')];
    const both = async (parent: string, child: string) => {
      const first = crypto.randomUUID();
      let second: ReturnType<typeof link> | undefined;
      await hub.testDatabase.admin.begin(async (sql) => {
        await sql`insert into members.contact_link (id, owner, owner_as_filed, visibility, tree, parent_type, parent, child_type, child)
          values (${first}, ${town}, ${town}, 'MEMBERS', 'CONTACT_GRID', 'MEMBER', ${a}, 'MEMBER', ${b})`;
        second = link('CONTACT_GRID', parent, child);
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      const { code } = (await second) ?? {};
      await hub.testDatabase.admin`update members.contact_link set deleted = now() where id = ${first}`;
      return code;
    };
    expect(await both(b, a)).toBe('CONTACT_CIRCLE');
    expect(await both(await make.member('另一人'), b)).toBe('CONTACT_TAKEN');
  });

  test('is the committee’s own, of its own people', async () => {
    const [a, b] = [await make.member('本地一'), await make.member('本地二')];
    const other = await make.member('外地', neighbour);
    expect((await link('CONTACT_GRID', a, other)).code).toBe('INVALID');
    expect((await link('CONTACT_GRID', a, 'nobody')).code).toBe('NOT_FOUND');
    for (const as of [staff(neighbour), staff('330100')])
      expect((await link('CONTACT_GRID', a, b, {}, as)).code).toBe('NOT_YOURS');
    const unduly: Actor = { kind: 'STAFF', subject: 'x', committee: town, duties: ['meetings', 'township'] };
    for (const as of [everyone, member(a, town), unduly])
      expect((await link('CONTACT_GRID', a, b, {}, as)).code).toBe('FORBIDDEN');
    const { id } = await link('CONTACT_GRID', a, b, { validFrom: '2025-01-01' });
    const unlink = (as: Actor, on?: string) =>
      make.take('unlinkContact', 'contactLink', { contactLink: id, on }, { as });
    expect((await unlink(member(a, town))).code).toBe('FORBIDDEN');
    expect((await unlink(staff(neighbour))).code).toBe('NOT_FOUND');
    expect((await unlink(secretary, '2024-12-31')).code).toBe('INVALID');
    expect((await unlink(secretary, dayBefore(today()))).code).toBeNull();
    expect(await namesUp(b, secretary)).toEqual([]);
    expect((await link('CONTACT_GRID', a, b)).code).toBeNull();
  });
});

describe('the two party chains', () => {
  test('over one member are both walked, each in order, by those who may know', async () => {
    const group = await make.organization('政协党组', 'PARTY_GROUP');
    const office = await make.organization('机关党组', 'PARTY_GROUP');
    const general = await make.organization('机关党总支', 'OTHER');
    const branch = await make.organization('机关第一党支部', 'PARTY_BRANCH');
    const temporary = await make.organization('文史委临时党支部', 'TEMPORARY_PARTY_BRANCH');
    const cell = await make.organization('临时党小组', 'TEMPORARY_PARTY_CELL');
    const both = await make.member('双线委员');
    const outside = await make.member('党外委员');
    for (const [tree, parent, child] of [
      ['PARTY_CHAIN_OFFICE', group, office],
      ['PARTY_CHAIN_OFFICE', office, general],
      ['PARTY_CHAIN_OFFICE', general, branch],
      ['PARTY_CHAIN_OFFICE', branch, both],
      ['PARTY_CHAIN_MEMBERS', group, temporary],
      ['PARTY_CHAIN_MEMBERS', temporary, cell],
    ] as const)
      expect((await link(tree, parent, child)).code).toBeNull();
    const last = await link('PARTY_CHAIN_MEMBERS', cell, both);
    expect(last.record.visibility).toBe('INTERNAL');
    const office4 = ['机关第一党支部', '机关党总支', '机关党组', '政协党组'];
    const members3 = ['临时党小组', '文史委临时党支部', '政协党组'];
    for (const as of [secretary, member(both, town)]) {
      expect(await namesUp(both, as, 'PARTY_CHAIN_OFFICE')).toEqual(office4);
      expect(await namesUp(both, as, 'PARTY_CHAIN_MEMBERS')).toEqual(members3);
      expect(await namesUp(both, as)).toEqual([...members3, ...office4]);
    }
    for (const as of [everyone, member(outside, town), staff(neighbour)]) {
      expect(await namesUp(both, as)).toEqual([]);
      // The chain of bodies itself is no secret.
      const bodies = await walkFrom('organization', cell, as, 'contactsUp');
      expect(bodies.map(nameOf)).toEqual(['文史委临时党支部', '政协党组']);
      expect((await walkFrom('organization', cell, as, 'contactsDown')).length).toBe(0);
    }
    expect(await namesUp(outside, secretary)).toEqual([]);
    const down = await walkFrom('organization', group, secretary, 'contactsDown');
    expect(down.filter((row) => nameOf(row) === '双线委员').map(({ tree, depth }) => [tree, depth])).toEqual([
      ['PARTY_CHAIN_MEMBERS', 3],
      ['PARTY_CHAIN_OFFICE', 4],
    ]);
    const joined = await make.take('joinOrganization', 'organizationMember', {
      organization: cell,
      member: both,
      validFrom: '2025-01-01',
    });
    await hub.testDatabase.admin`update members.contact_link set valid_from = '2025-01-01' where id = ${last.id}`;
    await make.take('leaveOrganization', 'organizationMember', {
      organizationMember: joined.id,
      on: dayBefore(today()),
    });
    expect(await namesUp(both, secretary)).toEqual(office4);
  });

  test('of the documents are there from the first', async () => {
    const facts = await startTestSubgraph(members, 'facts');
    const up = async (key: string) =>
      (
        await facts.ask(`{ organization(id: "${recordId(key)}") { contactsUp { tree organization { id } } } }`)
      ).data.organization.contactsUp.map((row: { tree: string; organization: { id: string } }) => [
        row.tree,
        row.organization.id,
      ]);
    const ids = (tree: string, ...keys: string[]) => keys.map((key) => [tree, recordId(`xiaoshan/${key}`)]);
    expect(await up('xiaoshan/office-branches')).toEqual(
      ids('PARTY_CHAIN_OFFICE', 'office-general-branch', 'office-party-group', 'party-group'),
    );
    expect(await up('xiaoshan/temporary-cells')).toEqual(
      ids('PARTY_CHAIN_MEMBERS', 'temporary-branches', 'party-group'),
    );
    await facts.stop();
  });
});

test('the ways of twenty members cost as many statements as those of one', async () => {
  const head = await make.member('众人之首');
  for (let at = 0; at < 20; at += 1) await link('CONTACT_GRID', head, await make.member(`众人${at}`));
  const query = `query ($first: Int) { members(within: "330110", filter: { text: "众人" }, first: $first) { nodes { contactsUp { depth ${person} } contactsDown(depth: 3) { depth ${person} } } } }`;
  const one = await hub.ask(query, { as: secretary, variables: { first: 1 } });
  const twenty = await hub.ask(query, { as: secretary, variables: { first: 20 } });
  expect(twenty.data.members.nodes).toHaveLength(20);
  expect(twenty.statements).toBeLessThanOrEqual(one.statements + 1);
  expect(one.statements).toBeLessThanOrEqual(5);
});
