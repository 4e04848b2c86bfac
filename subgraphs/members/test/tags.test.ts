import type { Actor } from '@hub/access';
import { members } from '@hub/members';
import { department, everyone, member, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { today } from '@hub/working-days';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makers, neighbour, town } from './steps.ts';

let hub: TestSubgraph;
let make: ReturnType<typeof makers>;
const people: Actor[] = [];
const ids: string[] = [];
let stranger: Actor;
beforeAll(async () => {
  hub = await startTestSubgraph(members, 'empty');
  make = makers(hub);
  await make.term();
  await make.term(neighbour);
  for (const name of ['甲', '乙', '丙', '丁', '戊']) {
    const id = await make.member(`委员${name}`);
    ids.push(id);
    people.push(member(id, town));
  }
  stranger = member(await make.member('外地委员', neighbour), neighbour);
});
afterAll(() => hub.stop());

const actor = (at: number) => people[at] as Actor;
const propose = (tag: string, as: Actor = actor(0)) =>
  make.take('tagMember', 'tag', { tag }, { as, fields: 'confirmed endorsements needed by { name } member { name }' });
const step = (name: string, tag: string, as: Actor) =>
  make.take(name, 'tag', { tag }, { as, fields: 'confirmed endorsements confirmedBy' });
const wall = async (at: number, as: Actor) =>
  (
    await hub.ask('query ($id: ID!) { member(id: $id) { tags tagWall { tag endorsements confirmed confirmedBy } } }', {
      as,
      variables: { id: ids[at] },
    })
  ).data.member;

describe('a tag', () => {
  test('is proposed by the member, endorsed by each fellow member once, and confirmed by the third', async () => {
    const { id, record } = await propose('法律');
    expect(record).toMatchObject({
      confirmed: false,
      endorsements: 0,
      needed: 3,
      by: { name: '委员甲' },
      member: { name: '委员甲' },
    });
    expect((await step('endorseTag', id, actor(0))).code).toBe('INVALID');
    expect((await step('endorseTag', id, actor(1))).record).toMatchObject({ endorsements: 1, confirmed: false });
    expect((await step('endorseTag', id, actor(1))).code).toBe('ALREADY_THERE');
    expect((await wall(0, everyone)).tags).toEqual([]);
    const both = await Promise.all([step('endorseTag', id, actor(2)), step('endorseTag', id, actor(3))]);
    expect(both.map(({ code }) => code)).toEqual([null, null]);
    expect(await wall(0, actor(4))).toEqual({
      tags: ['法律'],
      tagWall: [{ tag: '法律', endorsements: 3, confirmed: true, confirmedBy: 'MEMBER' }],
    });
    // The wall is the committee's; what is confirmed is the member's own record.
    expect(await wall(0, everyone)).toEqual({ tags: ['法律'], tagWall: [] });
    expect((await step('endorseTag', id, actor(4))).record).toMatchObject({ endorsements: 4 });
  });

  test('is confirmed by staff of the committee too, once', async () => {
    const { id } = await propose('医卫', actor(1));
    for (const as of [staff(neighbour), staff('330100')])
      expect((await step('confirmTag', id, as)).code).toBe('NOT_FOUND');
    for (const as of [everyone, actor(1), department(town, ids[0] as string)])
      expect((await step('confirmTag', id, as)).code).toBe('FORBIDDEN');
    expect((await step('confirmTag', id, staff(town))).record).toMatchObject({ confirmed: true, confirmedBy: 'STAFF' });
    expect((await step('confirmTag', id, staff(town))).code).toBe('STEP_NOT_ALLOWED');
    expect((await wall(1, everyone)).tags).toEqual(['医卫']);
  });

  test('is nothing that others put on somebody’s wall or endorse from elsewhere', async () => {
    for (const as of [everyone, staff(town)]) expect((await propose('代写', as)).code).toBe('FORBIDDEN');
    const { id } = await propose('养老', actor(2));
    expect((await step('endorseTag', id, stranger)).code).toBe('NOT_FOUND');
    for (const as of [everyone, staff(town)]) expect((await step('endorseTag', id, as)).code).toBe('FORBIDDEN');
  });

  test('goes from the wall by the member or by staff, and from the tags with it', async () => {
    const { id } = await propose('环保', actor(3));
    await step('confirmTag', id, staff(town));
    const remove = (as: Actor) => make.take('removeTag', 'member', { tag: id }, { as, fields: 'tags tagWall { tag }' });
    expect((await remove(actor(1))).code).toBe('NOT_YOURS');
    expect((await remove(everyone)).code).toBe('FORBIDDEN');
    expect((await remove(actor(3))).record).toMatchObject({ tags: [], tagWall: [] });
    expect((await propose('环保', actor(3))).code).toBeNull();
  });

  test('is new, short, and one of as many as the committee allows, even if two are proposed at once', async () => {
    expect((await propose('法律')).code).toBe('ALREADY_THERE');
    expect((await propose(' ')).code).toBe('REQUIRED');
    expect((await propose('很'.repeat(21))).code).toBe('TOO_LONG');
    await hub.ask(
      'mutation ($input: ChangeMemberSettingsInput!) { changeMemberSettings(input: $input) { userErrors { code } } }',
      { as: staff(town), variables: { input: { committee: town, validFrom: today(), tagLimit: 2 } } },
    );
    const both = await Promise.all([propose('教育'), propose('交通')]);
    expect(both.map(({ code }) => code).filter(Boolean)).toEqual(['LIMIT_REACHED']);
    expect((await propose('金融')).code).toBe('LIMIT_REACHED');
  });
});
