import { type Actor, subjectOf } from '@hub/access';
import { createDutyCodeKey, dutyCodeReader, publicDutyCodeKeys } from '@hub/duty-code';
import { members } from '@hub/members';
import { createSubgraph, type Subgraph } from '@hub/subgraph-server';
import { agency, everyone, member, operator, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makers, neighbour, town } from './steps.ts';

let hub: TestSubgraph;
let make: ReturnType<typeof makers>;
let here: string;
let there: string;
let key: string;
/** The same with the key that signs. */
let signing: Subgraph;
beforeAll(async () => {
  key = await createDutyCodeKey();
  hub = await startTestSubgraph(members, 'empty');
  signing = createSubgraph(members, hub.database, () => undefined, { dutyCodePrivateKey: key });
  make = makers(hub);
  await make.term();
  await make.term(neighbour);
  here = await make.member('两地委员');
  there = await make.member('两地委员', neighbour);
});
afterAll(() => hub.stop());

const ask = async (fields: string, as: Actor) => (await hub.ask(`{ me { ${fields} } }`, { as })).data.me;

describe('me', () => {
  test('shows every membership of the token, of which one acts', async () => {
    const sector = await make.organization('科协界', 'SECTOR');
    const actor: Actor = { ...member(here, town, [sector]), memberships: [here, there] };
    expect(
      await ask(
        'id mayActAs { memberId acting committee { code } member { name } } convenes { name } office { id } duties',
        actor,
      ),
    ).toEqual({
      id: `MEMBER ${here}`,
      mayActAs: [
        { memberId: here, acting: true, committee: { code: town }, member: { name: '两地委员' } },
        { memberId: there, acting: false, committee: { code: neighbour }, member: { name: '两地委员' } },
      ],
      convenes: [{ name: '科协界' }],
      office: null,
      duties: [],
    });
  });

  test('shows staff their office and duties', async () => {
    const office = await make.organization('委员工作室', 'OFFICE');
    const actor: Actor = { kind: 'STAFF', subject: 's', committee: town, duties: ['members', 'township'], office };
    expect(
      await ask('role office { name } duties mayActAs { memberId } memberships { id } dutyCode { payload }', actor),
    ).toEqual({
      role: 'STAFF',
      office: { name: '委员工作室' },
      duties: ['MEMBERS', 'TOWNSHIP'],
      mayActAs: [],
      memberships: [],
      dutyCode: null,
    });
  });

  test('is nobody for the public, and nobody else’s for whoever asks by id', async () => {
    expect(await ask('id', everyone)).toBeNull();
    const entity = async (id: string, as: Actor) =>
      (
        await hub.ask('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Me { role } } }', {
          as,
          variables: { r: [{ __typename: 'Me', id }] },
        })
      ).data._entities[0];
    const actor = member(here, town);
    expect(await entity(subjectOf(actor), actor)).toEqual({ role: 'MEMBER' });
    for (const as of [everyone, agency, operator, staff(town), member(there, neighbour)])
      expect(await entity(subjectOf(actor), as)).toBeNull();
    expect(await entity('public', everyone)).toBeNull();
  });
});

const code = async (as: Actor) => {
  const { result } = await signing.execute({ query: '{ me { dutyCode { payload expires } } }' }, as);
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
  return (result.data as any).me.dutyCode;
};

describe('the duty code', () => {
  test('is the member’s own, signed, and good for as long as the committee says', async () => {
    const { payload, expires } = await code(member(here, town));
    const hours = (Date.parse(expires) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    const reader = dutyCodeReader(publicDutyCodeKeys([key]));
    expect(await reader.member(payload, new Date())).toMatchObject({ ok: true, member: here, committee: town });
    expect(await reader.member(payload, new Date(Date.now() + 25 * 3_600_000))).toMatchObject({
      ok: false,
      reason: 'EXPIRED',
    });
  });

  test('is nobody’s who is no member', async () => {
    for (const as of [staff(town), agency, operator]) expect(await code(as)).toBeNull();
  });
});

describe('the tasks of members', () => {
  test('are nominations to decide and tags to confirm, for staff of the committee charged with members', async () => {
    const { id } = await make.take('nominateMember', 'membership', { committee: town, name: '待定人' });
    const tag = await make.take('tagMember', 'tag', { tag: '法律' }, { as: member(here, town) });
    const tasks = 'memberTasks { subject recordType record title step { step due } }';
    const subject = subjectOf(staff(town));
    expect((await ask(tasks, staff(town))).memberTasks).toEqual([
      {
        subject,
        recordType: 'Membership',
        record: id,
        title: '待定人',
        step: { step: 'approveMembership', due: null },
      },
      {
        subject,
        recordType: 'Membership',
        record: id,
        title: '待定人',
        step: { step: 'declineMembership', due: null },
      },
      { subject, recordType: 'Tag', record: tag.id, title: '法律', step: { step: 'confirmTag', due: null } },
    ]);
    const unduly: Actor = { kind: 'STAFF', subject: 'x', committee: town, duties: ['meetings'] };
    for (const as of [unduly, staff(neighbour), staff('330100'), member(here, town)])
      expect((await ask(tasks, as)).memberTasks).toEqual([]);
  });
});
