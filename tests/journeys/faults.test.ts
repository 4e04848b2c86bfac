import { isDeepStrictEqual } from 'node:util';
import type { Gateway } from '@hub/gateway';
import { testRole } from '@hub/testkit';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, send, startHub, transports } from '../hub/hub.ts';
import { operation } from '../hub/operations.ts';

const ask = (hub: Hub) => hub.ask(operation('three-levels'), { variables: { code: '330000' } });

describe.each(transports)('a part of the hub that is missing, %s', (transport) => {
  let hub: Hub;
  afterEach(() => hub.stop());

  test.each(['consultations', 'workstations', 'cooperation'])(
    'with %s stopped the rest arrives, and the answer says what is missing',
    async (name) => {
      hub = await startHub(transport);
      const whole = await ask(hub);
      await hub.stopSubgraph(name);
      const { status, data, errors, extensions, text } = await ask(hub);
      expect(status).toBe(200);
      const field = name === 'cooperation' ? 'cooperations' : name;
      expect(data.committee[field]).toBeNull();
      for (const other of ['members', 'consultations', 'workstations', 'cooperations', 'children'].filter(
        (each) => each !== field,
      ))
        expect(data.committee[other]).toEqual(whole.data.committee[other]);
      expect(extensions).toEqual({ incomplete: [{ subgraph: name }] });
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) {
        expect(error.extensions).toEqual({
          code: 'SUBGRAPH_UNAVAILABLE',
          subgraph: name,
          requestId: expect.any(String),
        });
        expect(error.path?.slice(0, 2)).toEqual(['committee', field]);
      }
      expect(text).not.toMatch(/127\.0\.0\.1|ECONN|select |stack|fetch failed/i);
    },
  );

  test('with members stopped the others still name the committees', async () => {
    hub = await startHub(transport);
    await hub.stopSubgraph('members');
    const { data, extensions } = await hub.ask(
      '{ cooperations(filter: { text: "上饶" }) { nodes { title partners { committee { code name level region { name } } } } } members { totalCount } }',
    );
    expect(data?.cooperations?.nodes[0].partners[0].committee).toEqual({
      code: '310117',
      name: '松江区政协',
      level: 'COUNTY',
      region: { name: '松江区' },
    });
    expect(extensions).toEqual({ incomplete: [{ subgraph: 'members' }] });
  });

  test('with the tables of members out of reach the directory and the other subgraphs still answer, to staff as to the public', async () => {
    const query =
      '{ committee(code: "330000") { name members(scope: SUBTREE) { totalCount } consultations(scope: SUBTREE) { totalCount } } }';
    // The statement is given up after two thirds of it, so that the subgraph tells the rest within its deadline.
    const whileHeld = async (timeoutMs: number) => {
      hub = await startHub(transport, { timeoutMs });
      const token = await hub.staff('330100');
      const asked = async () =>
        (await Promise.all([{}, { token }].map((by) => hub.ask(query, by)))).map(({ data }) => data);
      // The first time takes longer: sessions are opened, and it is planned.
      const before = await asked();
      const blocker = postgres(hub.database.url, { max: 1 });
      const release = await hold(blocker, 'members.member');
      const during = await asked().finally(release);
      await blocker.end();
      return { before, during };
    };
    const others = (data: { committee?: { consultations?: { totalCount: number } } }) =>
      data?.committee?.consultations?.totalCount ?? 0;
    let answers = await whileHeld(2_400);
    // Where the machine is busy, the others are given more time.
    for (const timeoutMs of [20_000, 60_000]) {
      const inTime = [...answers.before, ...answers.during].every((data) => others(data) > 0);
      if (inTime && answers.before.every((data) => data.committee.members)) break;
      await hub.stop();
      answers = await whileHeld(timeoutMs);
    }
    for (const { committee } of answers.before) expect(committee.members.totalCount).toBeGreaterThan(0);
    for (const { committee } of answers.during) {
      expect(committee.name).toBe('浙江省政协');
      expect(committee.members).toBeNull();
      expect(committee.consultations.totalCount).toBeGreaterThan(0);
    }
  });
});

describe.each(transports)('a hub whose database is held up or cut off, %s', (transport) => {
  let hub: Hub;
  const log: string[] = [];
  // PostgreSQL itself would wait for minutes.
  beforeAll(async () => {
    hub = await startHub(transport, {
      timeoutMs: 300_000,
      config: { follow: false },
      log: (line) => void log.push(line),
    });
  });
  afterAll(() => hub.stop());

  test('with one subgraph slow the rest arrives within its deadline', async () => {
    await ask(hub);
    const blocker = postgres(hub.database.url, { max: 1 });
    const release = await hold(blocker, 'workstations.workstation');
    try {
      // The slow one is held up until after this is answered.
      const { data, extensions } = await byDeadline(
        hub,
        ({ url }) => send(url, { query: operation('three-levels'), variables: { code: '330000' }, headers: {} }),
        ({ data }) => data?.committee?.consultations && data.committee.members && data.committee.cooperations,
      );
      expect(data.committee.workstations).toBeNull();
      expect(data.committee.consultations.totalCount).toBeGreaterThan(0);
      expect(extensions).toEqual({ incomplete: [{ subgraph: 'workstations' }] });
    } finally {
      await release();
      await blocker.end();
    }
    const again = await ask(hub);
    expect(again.extensions).toEqual({});
    expect(again.data.committee.workstations.totalCount).toBeGreaterThan(0);
  });

  test('backends killed under load cost single answers, and then the hub answers as before', async () => {
    const whole = await ask(hub);
    const token = await hub.staff('330100');
    const killer = postgres(hub.database.url, { max: 1, onnotice: () => undefined });
    let loading = true;
    const seen: number[] = [];
    const faults: string[] = [];
    const load = Array.from({ length: 8 }, async (_, n) => {
      while (loading) {
        const { status, data, errors } = await hub.ask(operation('three-levels'), {
          variables: { code: '330000' },
          ...(n % 2 === 0 && { token }),
        });
        seen.push(status);
        // Whatever arrives is the truth: a part is there as it is, or it is missing and said to be.
        if (errors.length === 0 && !isDeepStrictEqual(data.committee.cooperations, whole.data.committee.cooperations))
          faults.push('another answer');
        faults.push(...errors.map((error) => error.extensions.code).filter((code) => code !== 'SUBGRAPH_UNAVAILABLE'));
      }
    });
    // Paced by the answers too: on a slow machine the killing goes on until its clients have been through it.
    for (let round = 0; round < 15 || seen.length <= 20; round += 1) {
      await killer`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename like 'hub_%'`;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    loading = false;
    await Promise.all(load);
    await killer.end();
    expect(faults).toEqual([]);
    expect(new Set(seen)).toEqual(new Set([200]));
    expect((await ask(hub)).data).toEqual(whole.data);
  });

  test('without a free connection it says so by name, once in its log, and answers again once there is one', async () => {
    const whole = await ask(hub);
    const ready = async () => (await (await fetch(`${hub.url}/health/ready`)).json()) as unknown;
    const { pathname } = new URL(hub.database.url);
    const limit = (connections: number) =>
      hub.database.admin.unsafe(`alter database ${pathname.slice(1)} connection limit ${connections}`);
    await limit(0);
    try {
      await hub.database
        .admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like 'hub_%'`;
      await expect.poll(ready).toEqual({ status: 'unready', missing: ['connections'] });
      log.length = 0;
      for (let times = 0; times < 5; times += 1) {
        const { status, errors } = await ask(hub);
        expect(status).toBe(200);
        expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
      }
      const told = log.filter((line) => line.includes('no connection to the database is free'));
      const tellers = told.map((line) => JSON.parse(line).subgraph);
      expect(tellers).toEqual([...new Set(tellers)]);
      expect(told.length).toBeGreaterThan(0);
    } finally {
      await limit(-1);
    }
    await expect.poll(ready).toEqual({ status: 'ok' });
    expect((await ask(hub)).data).toEqual(whole.data);
  });

  test('with a right of its role taken away it says that a part is missing, and not that the client may not', async () => {
    const role = testRole('workstations');
    await hub.database.admin.unsafe(`revoke select on workstations.workstation from ${role}`);
    log.length = 0;
    const { errors } = await ask(hub);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['SUBGRAPH_UNAVAILABLE']));
    expect(log.filter((line) => line.includes('lacks a right'))).toHaveLength(1);
    await hub.database.admin.unsafe(`grant select on workstations.workstation to ${role}`);
    expect((await ask(hub)).errors).toEqual([]);
  });

  describe('a statement that nobody waits for any more', () => {
    const slow = '{ committee(code: "330000") { workstations(scope: SUBTREE) { totalCount } } }';
    /** Statements of the hub that a lock keeps from going on. */
    const stuck = async (watcher: postgres.Sql) => {
      const [row] = await watcher<{ count: number }[]>`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and usename like 'hub_%' and state = 'active' and wait_event_type = 'Lock'`;
      return row?.count ?? 0;
    };
    /** While a table is held: nobody but who gives up can end what waits for it. */
    async function whileHeld(run: (watcher: postgres.Sql) => Promise<void>) {
      const sql = postgres(hub.database.url, { max: 2 });
      const release = await hold(sql, 'workstations.workstation');
      try {
        await run(sql);
        await expect.poll(() => stuck(sql)).toBe(0);
      } finally {
        await release();
        await sql.end();
      }
      expect((await hub.ask(slow)).data.committee.workstations.totalCount).toBeGreaterThan(0);
    }

    test('is cancelled at the deadline of the gateway', async () => {
      await whileHeld(async (watcher) => {
        const { extensions, wasStuck } = await byDeadline(
          hub,
          async ({ url }) => {
            let isAnswered = false;
            const asked = send(url, { query: slow, variables: {}, headers: {} }).finally(() => {
              isAnswered = true;
            });
            let wasStuck = false;
            while (!isAnswered && !wasStuck) wasStuck = (await stuck(watcher)) > 0;
            return { ...(await asked), wasStuck };
          },
          ({ wasStuck }) => wasStuck,
        );
        expect(wasStuck).toBe(true);
        expect(extensions).toEqual({ incomplete: [{ subgraph: 'workstations' }] });
      });
    });

    test('is cancelled when its client hangs up, and another’s goes on', async () => {
      const ask = (signal: AbortSignal, token?: string) =>
        fetch(`${hub.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
          body: JSON.stringify({ query: slow }),
          signal,
        }).catch(() => 'hung up');
      const token = await hub.staff('330100');
      await whileHeld(async (watcher) => {
        const [one, another] = [new AbortController(), new AbortController()];
        // The public's statements need no transaction, those of others do.
        const asked = [ask(one.signal), ask(another.signal, token)];
        await expect.poll(() => stuck(watcher)).toBe(2);
        one.abort();
        await expect.poll(() => stuck(watcher)).toBe(1);
        another.abort();
        expect(await Promise.all(asked)).toEqual(['hung up', 'hung up']);
      });
    });
  });
});

/**
 * What a gateway answers that waits for each subgraph so long and no longer. How long the others take is the machine's affair: where it
 * is busy, they are given more.
 */
async function byDeadline<Answered>(
  hub: Hub,
  ask: (gateway: Gateway) => Promise<Answered>,
  isWhole: (answered: Answered) => boolean,
): Promise<Answered> {
  const within = async (subgraphTimeoutMs: number) => {
    const gateway = await hub.anotherGateway({ subgraphTimeoutMs, follow: false });
    return ask(gateway).finally(() => gateway.stop());
  };
  for (const ms of [1_500, 8_000]) {
    const answered = await within(ms);
    if (isWhole(answered)) return answered;
  }
  return within(40_000);
}

/** Holds a table so that nobody can read it, until released. */
async function hold(sql: postgres.Sql, table: string): Promise<() => Promise<void>> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let held: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    held = sql
      .begin(async (transaction) => {
        await transaction`lock table ${transaction(table)} in access exclusive mode`;
        resolve();
        await released;
      })
      .catch(reject);
  });
  return async () => {
    release();
    await held;
  };
}
