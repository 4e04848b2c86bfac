import type { Audience } from '@hub/access';
import { readerOf, scopeSettings, toldTo } from '@hub/access';
import type { Subgraph } from '@hub/subgraph-server';
import { recordTypes } from '@hub/subgraph-server';
import { feed, type TestDatabase, testRole } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { actorNames, actors } from './cells.ts';
import { openSubgraphs } from './opened.ts';
import { createWorld } from './world.ts';

interface Change {
  readonly seq: string;
  readonly type: string;
  readonly id: string;
  readonly before: Audience | null;
  readonly after: Audience | null;
}
interface Feed {
  readonly changes: readonly Change[];
  readonly next: string;
  readonly head: string;
}
const query = `query ($after: String!, $first: Int!) { changeFeed(after: $after, first: $first) {
  changes {
    seq type id
    before { owner visibility parties subjects receipt reference { owner visibility parties } }
    after { owner visibility parties subjects receipt reference { owner visibility parties } }
  }
  next head } }`;

let database: TestDatabase;
let open: ReadonlyMap<string, Subgraph>;
beforeAll(async () => {
  ({ database } = await createWorld());
  open = await openSubgraphs(database.url);
});
afterAll(async () => {
  for (const one of open.values()) await one.close();
  await database.drop();
});

const page = async (name: string, after: string, first: number): Promise<Feed> => {
  const { result } = await (open.get(name) as Subgraph).execute({ query, variables: { after, first } }, feed);
  expect(result.errors).toBeUndefined();
  return (result.data as { changeFeed: Feed }).changeFeed;
};
const changesOf = async (name: string, first = 1_000) => {
  const changes: Change[] = [];
  for (let after = ''; ; ) {
    const { changes: more, next, head } = await page(name, after, first);
    changes.push(...more);
    after = next;
    if (next === head) return changes;
  }
};

describe.each(subgraphs)('the changes of $name', ({ name, records }) => {
  test('are told to whom the policies show the record, whatever its table and its audience', async () => {
    const changes = await changesOf(name);
    const last = new Map(changes.map((change) => [change.id, change]));
    const told = new Set([...last.values()].map(({ type }) => type));
    expect([...told].sort()).toEqual(records.map(({ type }) => type).sort());
    for (const actorName of actorNames) {
      const reader = readerOf(actors[actorName]);
      const shown = await database.admin.begin(async (sql) => {
        for (const [setting, value] of Object.entries(scopeSettings(actors[actorName])))
          await sql`select set_config(${setting}, ${value}, true)`;
        await sql.unsafe(`set local role ${testRole(name)}`);
        const found: string[] = [];
        for (const { table, type } of records)
          for (const row of await sql.unsafe(`select id from ${name}.${table} where deleted is null`))
            found.push(`${type} ${row['id']}`);
        return found;
      });
      const expected = [...last.values()]
        .filter(({ after }) => toldTo(reader, { before: null, after }))
        .map(({ type, id }) => `${type} ${id}`);
      expect(expected.sort(), actorName).toEqual(shown.sort());
    }
  });

  test('come the same by pages of any length, each after the last, and from a time on', async () => {
    const all = await changesOf(name);
    expect(all.length).toBeGreaterThan(20);
    expect(all.map(({ seq }) => Number(seq))).toEqual(all.map(({ seq }) => Number(seq)).sort((a, b) => a - b));
    expect(await changesOf(name, 7)).toEqual(all);
    expect((await page(name, '@0', 1_000)).changes).toEqual(all.slice(0, 1_000));
    const { changes, next, head } = await page(name, `@${Date.now() + 60_000}`, 1);
    expect([changes, next]).toEqual([[], head]);
  });

  test.each(['-1', 'x', '1.5', '@', '@x', '1e3', '9'.repeat(17), "0' or true"])(
    'after %s there are none',
    async (after) => {
      const answer = await open.get(name)?.execute({ query, variables: { after, first: 1 } }, feed);
      expect(answer?.result.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    },
  );
});

describe('which table holds the records of which type', () => {
  const tables = (...names: string[]) => names.map((name) => ({ name, refers: false }));
  const found = (names: string[], types: string[]) =>
    recordTypes(tables(...names), types).map(({ table, type }) => `${table} ${type}`);

  test('follows from their names, and where the type says more, from the end of its name', () => {
    expect(
      found(['topic_comment', 'plan', 'plan_item', 'host'], ['TopicComment', 'AnnualPlan', 'AnnualPlanItem']),
    ).toEqual(['topic_comment TopicComment', 'plan AnnualPlan', 'plan_item AnnualPlanItem']);
    // A type that a table is named after is nobody else's.
    expect(found(['reading', 'book_reading'], ['BookReading'])).toEqual(['book_reading BookReading']);
    expect(found(['plan', 'joint_plan'], ['AnnualPlan', 'JointPlan'])).toEqual([
      'plan AnnualPlan',
      'joint_plan JointPlan',
    ]);
  });

  test('and where it could be another one too, the start fails', () => {
    expect(() => found(['plan'], ['AnnualPlan', 'JointPlan'])).toThrow(
      'the table plan could hold the records of AnnualPlan and JointPlan',
    );
    expect(() => found(['item', 'plan_item'], ['AnnualPlanItem'])).toThrow(
      'the records of AnnualPlanItem could be in the tables item and plan_item',
    );
  });
});
