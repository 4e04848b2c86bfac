import { randomUUID } from 'node:crypto';
import { scopeSettings } from '@hub/access';
import { everyone, feed, staff, startTestSubgraph, type TestSubgraph, testRole } from '@hub/testkit';
import { workstations } from '@hub/workstations';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let hub: TestSubgraph;
const admin = () => hub.testDatabase.admin;
beforeAll(async () => {
  hub = await startTestSubgraph(workstations, 'empty');
});
afterAll(() => hub.stop());

/** Writes down changes of records, as old as is said; each in its turn. */
const write = async (...changes: (readonly [id: string, daysAgo: number])[]) => {
  const numbers: number[] = [];
  for (const [id, days] of changes) {
    const [row] = await admin()`insert into workstations.change (seq, type, id, revision, operation, after, at)
      values (nextval('workstations.change_seq'), 'activity', ${id}, 1, 'UPDATE', '{"owner":"330100","visibility":"PUBLIC","parties":[],"subjects":[]}',
        now() - make_interval(days => ${days})) returning seq::float8`;
    numbers.push(row?.['seq']);
  }
  return numbers;
};
const kept = async () =>
  (await admin()`select seq::float8 from workstations.change order by seq`).map(({ seq }) => seq);
const read = async (after: string, latest = false) => {
  const { data, errors } = await hub.ask(
    'query ($after: String!, $latest: Boolean!) { changeFeed(after: $after, first: 1000, latest: $latest) { changes { seq } next } }',
    { as: feed, variables: { after, latest } },
  );
  return errors[0] ?? data.changeFeed.changes.map(({ seq }: { seq: string }) => Number(seq));
};
const timeOf = (daysAgo: number) => `@${Date.now() - daysAgo * 86_400_000}`;

describe('changes that are older than they are kept', () => {
  const [resting, busy, twice] = [randomUUID(), randomUUID(), randomUUID()];
  let numbers: number[];
  beforeAll(async () => {
    numbers = await write(
      [resting, 500],
      [busy, 490],
      [twice, 480],
      [busy, 470],
      [twice, 460],
      [busy, 450],
      [busy, 399],
      [busy, 1],
    );
  });

  test('go, but for the latest of each record as it was then; and those that are young stay', async () => {
    expect(await hub.sweep()).toMatchObject({ sweep_change: 6 });
    const [rested, , , , second, third, young, last] = numbers;
    expect(await kept()).toEqual([rested, second, third, young, last]);
    // Each time only what became old since is gone through.
    expect(await hub.sweep()).toMatchObject({ sweep_change: 0 });
    await admin()`update workstations.change set at = now() - interval '401 days' where seq = ${young as number}`;
    expect(await hub.sweep()).toMatchObject({ sweep_change: 1 });
    expect(await kept()).toEqual([rested, second, young, last]);
  });

  test('are missed by nobody: who had read less far is refused, by number as by time', async () => {
    const [rested, , , , second, third, young, last] = numbers.map(String);
    for (const before of [rested, second, timeOf(495), timeOf(800)])
      expect(await read(before as string)).toBe('CURSOR_TOO_OLD');
    expect(await read(third as string)).toEqual([Number(young), Number(last)]);
    expect(await read(timeOf(30))).toEqual([Number(last)]);
  });

  test('and who had read nothing, or wants what records are now alone, is told of each record', async () => {
    const [rested, , , , second, , young, last] = numbers;
    const all = [rested, second, young, last];
    expect(await read('')).toEqual(all);
    expect(await read('0')).toEqual(all);
    expect(await read(String(rested), true)).toEqual(all.slice(1));
  });

  test('are swept by nobody but the hub, and the role deletes none', async () => {
    const asRole = (settings: object, text: string) =>
      admin().begin(async (sql) => {
        await sql.unsafe(`set local role ${testRole('workstations')}`);
        for (const [name, value] of Object.entries(settings)) await sql`select set_config(${name}, ${value}, true)`;
        return sql.unsafe(text);
      });
    await write([busy, 450], [busy, 440]);
    for (const as of [everyone, staff('330100')])
      expect(await asRole(scopeSettings(as), 'select workstations.sweep_change(1, 1000) as swept')).toMatchObject([
        { swept: 0 },
      ]);
    await expect(asRole(scopeSettings(feed), 'delete from workstations.change')).rejects.toThrow('permission denied');
    await expect(asRole(scopeSettings(feed), 'select * from workstations.change_sweep')).rejects.toThrow(
      'permission denied',
    );
  });
});

test('a nation’s changes are swept by two indexes, in batches, and two that sweep don’t do it twice', async () => {
  // What comes before them is old too: numbers follow time.
  await admin()`update workstations.change set at = now() - interval '600 days'`;
  await admin()`insert into workstations.change (seq, type, id, revision, operation, at)
    select nextval('workstations.change_seq'), 'activity', md5((n % 7000)::text)::uuid, 1, 'UPDATE', now() - interval '500 days' + interval '1 minute' * n
    from generate_series(1, 30000) as n`;
  await admin()`analyze workstations.change`;
  const [{ looked } = { looked: 0 }] = await admin()`select looked from workstations.change_sweep`;
  const plan =
    await admin()`explain with later as (select seq, id, type from workstations.change where seq > ${looked} and seq <= ${looked}::bigint + 1000)
    delete from workstations.change as earlier using later where earlier.id = later.id and earlier.type = later.type and earlier.seq < later.seq`;
  const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(lines).toContain('change_record');
  expect(lines).toContain('change_pkey');
  expect(lines).not.toContain('Seq Scan');
  const swept = await Promise.all([hub.sweep(), hub.sweep()]);
  expect(swept.reduce((sum, one) => sum + (one['sweep_change'] ?? 0), 0)).toBeGreaterThanOrEqual(30_000);
  const [{ left } = { left: 0 }] = await admin()`select count(*)::int as left from workstations.change`;
  expect(left).toBeLessThan(7_010);
});
