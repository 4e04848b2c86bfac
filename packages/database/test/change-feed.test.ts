import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { scopeSettings, visibilities } from '@hub/access';
import { createTestDatabase, staff, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { subgraphUrl } from '../src/migrate.ts';
import { openPool, type Pool, type Queryable } from '../src/pool.ts';
import { countedApart } from '../src/upkeep.ts';

let database: TestDatabase;
/** The role of a subgraph, as requests have it. */
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase('empty');
  // What is named slow takes its time to commit, after its change records are written.
  await database.admin.unsafe(`create function public.slow_commit() returns trigger language plpgsql
    as $$ begin perform pg_sleep(substr(new.name, 6)::float / 1000); return null; end $$`);
  for (const table of ['person', 'member'])
    await database.admin.unsafe(`create constraint trigger slow after insert or update on members.${table}
      deferrable initially deferred for each row when (new.name like 'slow %') execute function public.slow_commit()`);
  pool = openPool({ url: await subgraphUrl(database.url, 'members'), max: 16, applicationName: 'change-feed' });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});
beforeEach(async () => {
  await database.admin.unsafe(
    'truncate members.person, members.member, members.term, members.session, members.change, members.counter, members.search_entry cascade',
  );
});

const hangzhou = '330100';

/** A transaction of a committee's staff. */
const as = <Result>(committee: string, run: (queryable: Queryable) => Promise<Result>) =>
  pool.transaction({ settings: { ...scopeSettings(staff(committee)) }, readOnly: false }, run);

const insertPerson = (queryable: Queryable, name: string, owner = hangzhou, visibility = 'PUBLIC') =>
  queryable.unsafe(
    'insert into members.person (id, owner, owner_as_filed, visibility, name) values ($1, $2, $2, $3, $4)',
    [randomUUID(), owner, visibility, name],
  );

interface Change {
  seq: string;
  type: string;
  id: string;
  revision: number;
  operation: string;
  before: Audience | null;
  after: Audience | null;
}
interface Audience {
  owner: string;
  visibility: string;
  parties: string[];
  subjects: string[];
}
const changesAfter = (seq: string | number) =>
  database.admin<Change[]>`select * from members.change where seq > ${seq} order by seq`;
/** Names of people in the order in which the feed tells of them. */
const namesInFeed = async () =>
  (
    await database.admin<{ name: string }[]>`
      select person.name from members.change join members.person using (id) order by change.seq`
  ).map(({ name }) => name);

describe('the order of the feed', () => {
  test('is that of commits: who wrote first and commits last comes last', async () => {
    let commitFirst = () => {};
    const hold = new Promise<void>((resolve) => {
      commitFirst = resolve;
    });
    let wrote = () => {};
    const written = new Promise<void>((resolve) => {
      wrote = resolve;
    });
    const first = as(hangzhou, async (queryable) => {
      await insertPerson(queryable, 'wrote first');
      wrote();
      await hold;
    });
    await written;
    await as(hangzhou, (queryable) => insertPerson(queryable, 'committed first'));
    expect(await namesInFeed()).toEqual(['committed first']);

    commitFirst();
    await first;
    expect(await namesInFeed()).toEqual(['committed first', 'wrote first']);
  });

  test('whoever commits while another commit takes its time waits for it, and is told of after it', async () => {
    const slow = as(hangzhou, (queryable) => insertPerson(queryable, 'slow 1500'));
    await vi.waitFor(async () => {
      const [waiting] = await database.admin`
        select 1 from pg_stat_activity where application_name = 'change-feed' and wait_event = 'PgSleep'`;
      expect(waiting).toBeDefined();
    });
    await as('330200', (queryable) => insertPerson(queryable, 'quick', '330200'));
    expect(await namesInFeed()).toEqual(['slow 1500', 'quick']);
    await slow;
  });

  test('a follower that asks for what comes after the last it saw misses none of many writers', async () => {
    const seen: Change[] = [];
    let writing = true;
    const follow = async () => {
      let ended = false;
      while (!ended) {
        // Read once more after the last writer ended.
        ended = !writing;
        seen.push(...(await changesAfter(seen.at(-1)?.seq ?? 0)));
      }
    };
    let rolledBack = 0;
    const write = async (writer: number) => {
      for (let at = 0; at < 12; at += 1) {
        const gone = (writer + at) % 5 === 0;
        await as(hangzhou, async (queryable) => {
          await insertPerson(queryable, at % 3 === 0 ? 'slow 5' : `${writer}/${at}`);
          await delay(Math.random() * 12);
          await insertPerson(queryable, `${writer}/${at} too`);
          if (gone) throw new Error('changed my mind');
        }).catch((error: Error) => {
          if (error.message !== 'changed my mind') throw error;
          rolledBack += 1;
        });
      }
    };
    const following = follow();
    await Promise.all(Array.from({ length: 12 }, (_, writer) => write(writer)));
    writing = false;
    await following;

    expect(rolledBack).toBeGreaterThan(0);
    const kept = await database.admin<{ id: string }[]>`select id from members.person`;
    expect(kept.length).toBe(2 * (12 * 12 - rolledBack));
    expect(seen.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
  });

  test('a bulk load of 5,000 rows is in it whole, without gaps, and counted', async () => {
    const count = 5000;
    const started = performance.now();
    await as(hangzhou, async (queryable) => {
      await queryable.unsafe(
        `insert into members.person (id, owner, owner_as_filed, visibility, name)
           select gen_random_uuid(), $1, $1, 'PUBLIC', '委员' || at from generate_series(1, ${count}) as at`,
        [hangzhou],
      );
      await queryable.unsafe(
        `insert into members.member (id, owner, owner_as_filed, visibility, person, name)
           select gen_random_uuid(), owner, owner, 'PUBLIC', id, name from members.person`,
      );
    });
    console.info(`10,000 rows with their change records in ${Math.round(performance.now() - started)} ms`);
    const [feed] = await database.admin`
      select count(*)::integer as changes, count(distinct id)::integer as records, (max(seq) - min(seq) + 1)::integer as width
      from members.change`;
    expect(feed).toEqual({ changes: 2 * count, records: 2 * count, width: 2 * count });
    expect(await database.admin`select type, owner, visibility, kind, total::integer from members.counter`).toEqual([
      { type: 'member', owner: hangzhou, visibility: 'PUBLIC', kind: 'MEMBER', total: count },
    ]);
  });
});

describe('what the feed tells', () => {
  test('a visibility that becomes narrower leaves the audience before and after, and a withdrawal leaves none after', async () => {
    await as(hangzhou, (queryable) => insertPerson(queryable, '某人'));
    const [{ id } = { id: '' }] = await database.admin<{ id: string }[]>`select id from members.person`;
    await as(hangzhou, (queryable) =>
      queryable.unsafe(`update members.person set visibility = 'JOINT', parties = '{330200,310117}' where id = $1`, [
        id,
      ]),
    );
    await as(hangzhou, (queryable) =>
      queryable.unsafe('update members.person set deleted = now() where id = $1', [id]),
    );

    const open = { owner: hangzhou, visibility: 'PUBLIC', parties: [], subjects: [] };
    const joint = { ...open, visibility: 'JOINT', parties: ['330200', '310117'] };
    const told = (await changesAfter(0)).map(({ type, revision, operation, before, after }) => ({
      type,
      revision,
      operation,
      before,
      after,
    }));
    expect(told).toEqual([
      { type: 'person', revision: 1, operation: 'INSERT', before: null, after: open },
      { type: 'person', revision: 2, operation: 'UPDATE', before: open, after: joint },
      { type: 'person', revision: 3, operation: 'DELETE', before: joint, after: null },
    ]);
  });

  test('of a record that one transaction writes several times it tells once: what it became, from what it was before', async () => {
    const kept: string = randomUUID();
    const passing: string = randomUUID();
    const back: string = randomUUID();
    const insert = (queryable: Queryable, id: string, visibility: string) =>
      queryable.unsafe(
        `insert into members.person (id, owner, owner_as_filed, visibility, name) values ($1, $2, $2, $3, '某人')`,
        [id, hangzhou, visibility],
      );
    const set = (queryable: Queryable, id: string, what: string) =>
      queryable.unsafe(`update members.person set ${what} where id = $1`, [id]);
    await as(hangzhou, async (queryable) => {
      await insert(queryable, kept, 'PUBLIC');
      await insert(queryable, passing, 'PUBLIC');
      await insert(queryable, back, 'INTERNAL');
      await set(queryable, kept, `visibility = 'MEMBERS'`);
      await set(queryable, passing, 'deleted = now()');
    });
    await as(hangzhou, async (queryable) => {
      await set(queryable, kept, `visibility = 'PUBLIC'`);
      await set(queryable, kept, `visibility = 'INTERNAL'`);
      await set(queryable, back, 'deleted = now()');
      await set(queryable, back, 'deleted = null');
    });
    const told = await changesAfter(0);
    expect(
      told.map(({ id, revision, operation, before, after }) => [
        [kept, passing, back].indexOf(id),
        revision,
        operation,
        before?.visibility ?? null,
        after?.visibility ?? null,
      ]),
    ).toEqual([
      [0, 2, 'INSERT', null, 'MEMBERS'],
      [1, 2, 'DELETE', null, null],
      [2, 1, 'INSERT', null, 'INTERNAL'],
      [0, 4, 'UPDATE', 'MEMBERS', 'INTERNAL'],
      [2, 3, 'UPDATE', 'INTERNAL', 'INTERNAL'],
    ]);
  });

  test('a change that is rolled back was never told of', async () => {
    await expect(
      as(hangzhou, async (queryable) => {
        await insertPerson(queryable, '某人');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await changesAfter(0)).toEqual([]);
  });

  test('a new audience of a whole reaches its parts in the same statement, and the feed tells of each', async () => {
    const term = randomUUID();
    await as(hangzhou, async (queryable) => {
      await queryable.unsafe(
        `insert into members.term (id, owner, owner_as_filed, visibility, ordinal) values ($1, $2, $2, 'PUBLIC', 15)`,
        [term, hangzhou],
      );
      await queryable.unsafe(
        `insert into members.session (id, owner, owner_as_filed, visibility, term, ordinal)
           select gen_random_uuid(), $2, $2, 'PUBLIC', $1, at from generate_series(1, 3) as at`,
        [term, hangzhou],
      );
    });
    const [{ seq: last } = { seq: '0' }] = await database.admin<Change[]>`select max(seq) as seq from members.change`;

    await as(hangzhou, async (queryable) => {
      await queryable.unsafe(
        `update members.term set visibility = 'JOINT', parties = '{330200}', subjects = '{someone}' where id = $1`,
        [term],
      );
      // Still the same transaction: nothing has to be deferred to its end for this.
      expect(
        await queryable.unsafe('select distinct visibility, parties, subjects, revision from members.session'),
      ).toEqual([{ visibility: 'JOINT', parties: ['330200'], subjects: ['someone'], revision: 2 }]);
    });

    const open = { owner: hangzhou, visibility: 'PUBLIC', parties: [], subjects: [] };
    const joint = { owner: hangzhou, visibility: 'JOINT', parties: ['330200'], subjects: ['someone'] };
    const told = await changesAfter(last);
    expect(told.map(({ type }) => type).sort()).toEqual(['session', 'session', 'session', 'term']);
    for (const change of told)
      expect(change).toMatchObject({ operation: 'UPDATE', revision: 2, before: open, after: joint });
  });

  test('a part can be given no audience of its own', async () => {
    const term = randomUUID();
    const session = (queryable: Queryable, visibility: string) =>
      queryable.unsafe(
        `insert into members.session (id, owner, owner_as_filed, visibility, term, ordinal) values ($1, $2, $2, $3, $4, 1)`,
        [randomUUID(), hangzhou, visibility, term],
      );
    await as(hangzhou, async (queryable) => {
      await queryable.unsafe(
        `insert into members.term (id, owner, owner_as_filed, visibility, ordinal) values ($1, $2, $2, 'INTERNAL', 15)`,
        [term, hangzhou],
      );
    });
    await expect(as(hangzhou, (queryable) => session(queryable, 'PUBLIC'))).rejects.toMatchObject({
      kind: 'FOREIGN_KEY',
    });
    await as(hangzhou, (queryable) => session(queryable, 'INTERNAL'));
    await expect(
      as(hangzhou, (queryable) => queryable.unsafe(`update members.session set visibility = 'PUBLIC'`)),
    ).rejects.toMatchObject({ kind: 'FOREIGN_KEY' });
  });
});

test('a revision grows by one with each change and the times are kept, whatever an update says', async () => {
  await as(hangzhou, (queryable) => insertPerson(queryable, '某人'));
  const read = async () => {
    const [row] = await database.admin`
      select revision, created::text, modified::text, clock_timestamp() - modified < interval '10 seconds' as recent from members.person`;
    return row;
  };
  const first = await read();
  expect(first).toMatchObject({ revision: 1, recent: true });
  await delay(5);
  await as(hangzhou, (queryable) =>
    queryable.unsafe(
      `update members.person set name = '他人', revision = 99, created = '2000-01-01', modified = '2000-01-01'`,
    ),
  );
  const second = await read();
  expect(second).toMatchObject({ revision: 2, created: first?.['created'], recent: true });
  expect(second?.['modified'] > first?.['modified']).toBe(true);
  // Two at once: neither is lost.
  await Promise.all(
    ['甲', '乙'].map((name) =>
      as(hangzhou, (queryable) => queryable.unsafe('update members.person set name = $1', [name])),
    ),
  );
  expect(await read()).toMatchObject({ revision: 4 });
});

test('counters are exact after many writers, whatever they did in whichever order', async () => {
  const owners = ['330100', '330110', '330200', '310117'];
  const kinds = ['MEMBER', 'GUEST'];
  const any = <Value>(values: readonly Value[]) => values[Math.floor(Math.random() * values.length)] as Value;
  // Readable to the staff that writes it, or else it couldn't change it again.
  const written = visibilities.filter((visibility) => visibility !== 'PRIVATE');
  const failures: unknown[] = [];
  const write = async (writer: number) => {
    const owner = owners[writer % owners.length] as string;
    const own: string[] = [];
    for (let at = 0; at < 25; at += 1) {
      const steps = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, () => Math.random());
      await as(owner, async (queryable) => {
        for (const step of steps) {
          const target = own.length > 0 && step > 0.4 ? any(own) : undefined;
          if (target === undefined) {
            const id = randomUUID();
            own.push(id);
            await queryable.unsafe(
              `insert into members.person (id, owner, owner_as_filed, visibility, name) values ($1, $2, $2, 'PUBLIC', '某人')`,
              [id, owner],
            );
            await queryable.unsafe(
              `insert into members.member (id, owner, owner_as_filed, visibility, subjects, person, name, kind) values ($1, $2, $2, $3, $4, $1, $6, $5)`,
              [id, owner, any(written), any([[], ['somebody']]), any(kinds), any(['slow 4', '某人'])],
            );
          } else if (step < 0.85) {
            await queryable.unsafe(
              'update members.member set visibility = $2, subjects = $3, kind = $4, deleted = null where id = $1',
              [target, any(written), any([[], ['somebody']]), any(kinds)],
            );
          } else {
            await queryable.unsafe('update members.member set deleted = now() where id = $1', [target]);
          }
        }
      }).catch((error: unknown) => failures.push(error));
    }
  };
  // Codes change too: the administrator moves records from one owner to another meanwhile.
  let writing = true;
  const recode = async () => {
    while (writing) {
      await database.admin`
        update members.member set owner = '330111' where id in (
          select id from members.member where owner = '330110' order by id for update skip locked limit 3)`;
      await delay(20);
    }
  };
  const recoding = recode();
  await Promise.all(Array.from({ length: 12 }, (_, writer) => write(writer)));
  writing = false;
  await recoding;
  expect(failures).toEqual([]);

  const counted = await database.admin`
    select owner, visibility, kind, total::integer from members.counter where type = 'member' and total <> 0 order by 1, 2, 3`;
  const exact = await database.admin.unsafe(
    `select owner, visibility, kind, count(*)::integer as total from members.member
     where deleted is null and not ${countedApart} group by 1, 2, 3 order by 1, 2, 3`,
  );
  expect(counted).toEqual(exact);
  expect(counted.length).toBeGreaterThan(10);
  expect(counted.some((row) => row['owner'] === '330111')).toBe(true);
});

test('two commits that count the same things in opposite order both go through', async () => {
  const write = (kinds: readonly string[]) =>
    as(hangzhou, async (queryable) => {
      for (const [at, kind] of kinds.entries()) {
        const id = randomUUID();
        await queryable.unsafe(
          `insert into members.person (id, owner, owner_as_filed, visibility, name) values ($1, $2, $2, 'PUBLIC', '某人')`,
          [id, hangzhou],
        );
        // The first is counted, then the commit takes its time, then the second is.
        await queryable.unsafe(
          `insert into members.member (id, owner, owner_as_filed, visibility, person, name, kind) values ($1, $2, $2, 'PUBLIC', $1, $3, $4)`,
          [id, hangzhou, at === 0 ? 'slow 300' : '某人', kind],
        );
      }
    });
  await Promise.all([write(['MEMBER', 'GUEST']), write(['GUEST', 'MEMBER'])]);
  expect(await database.admin`select kind, total::integer from members.counter order by kind`).toEqual([
    { kind: 'GUEST', total: 2 },
    { kind: 'MEMBER', total: 2 },
  ]);
});

test('a request reads no feed and no search index, and writes no counter', async () => {
  await as(hangzhou, (queryable) => insertPerson(queryable, '某人'));
  expect(await as(hangzhou, (queryable) => queryable.unsafe('select * from members.change'))).toHaveLength(0);
  for (const text of [
    'select * from members.search_entry',
    `insert into members.counter values ('member', '330100', 'PUBLIC', 'MEMBER', 100)`,
    'update members.counter set total = 0',
    `insert into members.change (seq, type, id, revision, operation) values (1, 'person', gen_random_uuid(), 1, 'INSERT')`,
    `select members.count_row('{}'::jsonb, 'member', 'kind', 1)`,
    `select nextval('members.change_seq')`,
    'delete from members.person',
  ])
    await expect(
      as(hangzhou, (queryable) => queryable.unsafe(text)),
      text,
    ).rejects.toMatchObject({ kind: 'DENIED' });
});
