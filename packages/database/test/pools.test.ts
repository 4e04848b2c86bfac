import type { Actor } from '@hub/access';
import {
  agency,
  createTestDatabase,
  department,
  everyone,
  feed,
  liaison,
  member,
  operator,
  staff,
  type TestDatabase,
} from '@hub/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Database, openDatabase, type PoolName, poolOf, pools } from '../src/database.ts';
import { subgraphUrl } from '../src/migrate.ts';
import { build, statement } from '../src/statement.ts';

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase('empty');
  database = openDatabase({
    url: await subgraphUrl(testDatabase.url, 'members'),
    name: 'members',
    fetchTimeoutMs: 300_000,
  });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const quick = statement(
  build.select({ one: sql<number>`1`.mapWith(Number).as('one') }).from(sql`(select 1) as nothing`),
);
const quickSearch = statement(
  build
    .select({ one: sql<number>`1`.mapWith(Number).as('one') })
    .from(sql`(select 1) as nothing`)
    .where(sql`(select cardinality(ids) from members.search('member', '眼科', null, null, null)) = 0`),
);
const slow = statement(build.select({ none: sql`pg_sleep(300)`.as('none') }).from(sql`(select 1) as nothing`));
// As slow as a search for a frequent word among very many records.
const slowSearch = statement(
  build
    .select({ none: sql`pg_sleep(300)`.as('none') })
    .from(sql`(select 1) as nothing`)
    .where(sql`(select cardinality(ids) from members.search('member', '眼科', null, null, null)) = 0`),
);

/** Somebody who reads, or writes, for each pool; and whether by searching. */
const users: Readonly<Record<PoolName, { actor: Actor; readOnly: boolean; searches: boolean }>> = {
  public: { actor: everyone, readOnly: true, searches: false },
  publicSearches: { actor: everyone, readOnly: true, searches: true },
  filers: { actor: everyone, readOnly: false, searches: false },
  named: { actor: staff('330100'), readOnly: true, searches: false },
  namedSearches: { actor: staff('330100'), readOnly: true, searches: true },
  agencies: { actor: agency, readOnly: true, searches: false },
  feed: { actor: feed, readOnly: true, searches: false },
};
const names = Object.keys(pools) as PoolName[];

test('each actor has a pool for what it reads and writes', () => {
  const receipt: Actor = { kind: 'PUBLIC', receipt: 'made up' };
  const named = [staff('330100'), member('x', '330100'), department('330100', 'x'), liaison('330100'), operator];
  const of = (actor: Actor) =>
    [true, false].flatMap((readOnly) => [false, true].map((searches) => poolOf(actor, { readOnly, searches })));
  for (const actor of [everyone, receipt]) expect(of(actor)).toEqual(['public', 'publicSearches', 'filers', 'filers']);
  for (const actor of named) expect(of(actor)).toEqual(['named', 'namedSearches', 'named', 'named']);
  expect(new Set(of(agency))).toEqual(new Set(['agencies']));
  expect(new Set(of(feed))).toEqual(new Set(['feed']));
  for (const name of names) expect(poolOf(users[name].actor, users[name])).toBe(name);
});

test('what searches is known by its text', () => {
  expect([quick.searches, slow.searches, slowSearch.searches]).toEqual([false, false, true]);
});

describe.each(names)('while six of %s run as long as they can and as many wait', (filled) => {
  const given = new AbortController();
  let running: Promise<unknown>[];
  const busy = async () => {
    const [row] = await testDatabase.admin<{ busy: number }[]>`
      select count(*)::int as busy from pg_stat_activity
      where datname = current_database() and application_name = ${`members-${filled}`} and state = 'active' and query like '%pg_sleep%'`;
    return row?.busy;
  };
  beforeAll(async () => {
    const { actor, readOnly, searches } = users[filled];
    running = Array.from({ length: 6 + pools[filled] }, () =>
      database
        .scope({ actor, readOnly, signal: given.signal }, async (scope) => {
          // A read beside the search must not keep its connection while the search waits.
          const beside = searches ? scope.run(quick) : undefined;
          await Promise.all([beside, scope.run(searches ? slowSearch : slow)]);
        })
        .catch(() => undefined),
    );
    await vi.waitFor(async () => expect(await busy()).toBe(pools[filled]), { timeout: 60_000, interval: 20 });
  });
  afterAll(async () => {
    given.abort();
    await Promise.all(running);
  });

  test.each(names.filter((name) => name !== filled))('%s are answered', async (name) => {
    const { actor, readOnly, searches } = users[name];
    const rows = await database.scope({ actor, readOnly }, (scope) => scope.run(searches ? quickSearch : quick));
    expect(rows).toEqual([{ one: 1 }]);
    // Not after the others: they still run.
    expect(await busy()).toBe(pools[filled]);
  });
});

test('the pools of six subgraphs fit into the hundred connections that a server usually allows, three of them its administrator’s', () => {
  const each = Object.values(pools).reduce((total, max) => total + max, 0);
  expect(each * 6).toBeLessThanOrEqual(97);
});
