import { recordId, recordRow } from '@hub/facts';
import { everyone, feed, member, operator, staff, startTestSubgraph, type TestSubgraph } from '@hub/testkit';
import { workstations } from '@hub/workstations';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activity, participation } from '../src/tables.ts';

const owner = '330110';
let hub: TestSubgraph;
beforeAll(async () => {
  hub = await startTestSubgraph(workstations, 'empty');
});
afterAll(() => hub.stop());

const query = `query ($after: String!) { dutyFeed(after: $after, first: 1000) {
  facts { member kind title on outcomes recordType record consultation visibility } withdrawn next head } }`;
const page = async (after: string) => {
  const { data, errors } = await hub.ask(query, { as: feed, variables: { after } });
  expect(errors).toEqual([]);
  return data.dutyFeed;
};
const put = (
  key: string,
  kind: string,
  held: { start: string } | null,
  members: readonly string[],
  visibility = 'PUBLIC',
) =>
  hub.put(
    {
      table: activity,
      rows: [
        {
          ...recordRow({ key, visibility: visibility as never }, owner),
          title: key,
          kind,
          held,
          heldFrom: held && held.start.length === 10 ? held.start : '-infinity',
        },
      ],
    },
    {
      table: participation,
      rows: members.map((who, position) => ({
        ...recordRow({ key: `${key}/${position}`, visibility: visibility as never }, owner),
        referenceOwner: owner,
        referenceVisibility: 'PUBLIC',
        activity: recordId(key),
        member: who === '' ? null : recordId(who),
        person: who === '' ? recordId('a person') : null,
        position,
      })),
    },
  );

describe('the feed of duty', () => {
  test('is for the follower alone', async () => {
    for (const as of [everyone, staff(owner), member('yuhang/member-li-dan', owner), operator])
      expect((await hub.ask(query, { as, variables: { after: '' } })).errors).toEqual(['FORBIDDEN']);
  });

  test('tells who of the members took part in what was held on a day, by its kind, each once', async () => {
    await put('开放日', 'OPEN_DAY', { start: '2024-03-15' }, ['甲', '乙', '甲', '']);
    await put('志愿服务', 'VOLUNTEERING', { start: '2024-04-01' }, ['甲']);
    await put('座谈', 'TALKS', { start: '2024-04-02' }, ['乙']);
    await put('未注明日期', 'TALKS', null, ['甲']);
    await put('只有月份', 'TALKS', { start: '2024-04' }, ['甲']);
    const { facts, next, head } = await page('');
    expect(next).toBe(head);
    const told = facts.map(({ member, kind, on }: Record<string, string>) => [member, kind, on]);
    expect(told).toHaveLength(4);
    expect(told).toEqual(
      expect.arrayContaining([
        [recordId('甲'), 'SHIFT', '2024-03-15'],
        [recordId('乙'), 'SHIFT', '2024-03-15'],
        [recordId('甲'), 'PUBLIC_WELFARE', '2024-04-01'],
        [recordId('乙'), 'ACTIVITY', '2024-04-02'],
      ]),
    );
    expect(facts[0]).toMatchObject({ outcomes: ['PRESENT'], recordType: 'Activity', consultation: null });
  });

  test('tells again what changes, and takes back what is withdrawn with its activity', async () => {
    const { next } = await page('');
    await hub.testDatabase.admin`update workstations.activity set title = '改名' where id = ${recordId('座谈')}`;
    const renamed = await page(next);
    expect(renamed.facts).toMatchObject([{ title: '改名' }]);
    await hub.testDatabase.admin`update workstations.activity set deleted = now() where id = ${recordId('座谈')}`;
    expect(await page(renamed.next)).toMatchObject({ facts: [], withdrawn: [recordId('座谈/0')] });
  });
});
