import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createReceipt } from '@hub/access';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Listening, listen, until } from '../hub/changes.ts';
import { type Hub, startHub, transports } from '../hub/hub.ts';

const hangzhou = '330100';
const yuhang = '330110';
const shangrao = '361100';

/** Writes to tables past the policies, as many at a time as are asked for. */
function writerOf({ database: { admin } }: Hub) {
  const put = async (
    owner = hangzhou,
    audience: { visibility?: string; parties?: string[]; subjects?: string[]; id?: string } = {},
  ) => {
    const { visibility = 'PUBLIC', parties = [], subjects = [], id = randomUUID() } = audience;
    await admin`insert into members.person (id, owner, owner_as_filed, visibility, parties, subjects, name)
      values (${id}, ${owner}, ${owner}, ${visibility}, ${parties}, ${subjects}, '某人')`;
    return id;
  };
  const activity = async (owner = hangzhou) => {
    const id = randomUUID();
    await admin`insert into workstations.activity (id, owner, owner_as_filed, visibility, kind, title)
      values (${id}, ${owner}, ${owner}, 'PUBLIC', 'VISIT', '走访')`;
    return id;
  };
  const set = async (id: string, values: Record<string, unknown>) => {
    await admin`update members.person set ${admin(values)} where id = ${id}`;
  };
  return { put, activity, set };
}

const toldOf = ({ told }: Listening, id: string) =>
  told
    .filter((one) => one.id === id)
    .map(({ operation, revision, committees }) => [operation, revision, ...committees]);
const ids = ({ told }: Listening) => told.map(({ id }) => id);

const ask = async (hub: Hub, query: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${hub.url}/changes${query}`, { headers });
  // Instead of an answer a stream: it would never end.
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) throw new Error(`a stream for ${query}`);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
};

describe.each(transports)('changes, %s', (transport) => {
  let hub: Hub;
  const open: Listening[] = [];
  const stream = async (options: Parameters<typeof listen>[1] = {}) => {
    const listening = await listen(() => hub.url, options);
    open.push(listening);
    return listening;
  };
  beforeAll(async () => {
    hub = await startHub(transport);
  });
  const placesIn = (cursor: string) =>
    Object.fromEntries(
      hub.changeCursors.read(cursor, ['consultations', 'cooperation', 'members', 'workstations'], 'after').places,
    );
  afterEach(() => {
    for (const listening of open.splice(0)) listening.close();
  });
  afterAll(() => hub.stop());

  test('the screen of one committee is told what another one does, and what it is kept from is gone for it', async () => {
    const clerk = await hub.staff(yuhang);
    const [everybody, staff, elsewhere, member] = [
      await stream(),
      await stream({ token: clerk }),
      await stream({ token: await hub.staff(shangrao), query: `?types=Consultation&committees=${yuhang}` }),
      await stream({ token: await hub.member('yuhang/member-wang-aijuan', yuhang) }),
    ];
    const { planConsultation } = await hub.do(
      'mutation ($input: PlanConsultationInput!) { planConsultation(input: $input) { consultation { id revision } userErrors { code } } }',
      { input: { committee: yuhang, kind: 'TOPICAL', title: '数字经济协商会', visibility: 'PUBLIC' } },
      clerk,
    );
    const { id, revision } = planConsultation.consultation;
    const all = [everybody, staff, elsewhere, member];
    await until(() => all.every((one) => ids(one).includes(id)));
    for (const one of all) {
      expect(one.told.find((change) => change.id === id)).toEqual({
        type: 'Consultation',
        id,
        revision,
        operation: 'INSERT',
        committees: [yuhang],
      });
    }
    const change = async (visibility: string) =>
      hub.do(
        'mutation ($input: UpdateConsultationInput!) { updateConsultation(input: $input) { userErrors { code } } }',
        { input: { consultation: id, visibility } },
        clerk,
      );
    await change('MEMBERS');
    await until(() => all.every((one) => toldOf(one, id).length === 2));
    expect(all.map((one) => toldOf(one, id)[1]?.[0])).toEqual(['DELETE', 'UPDATE', 'DELETE', 'UPDATE']);
    await change('PUBLIC');
    await until(() => all.every((one) => toldOf(one, id).length === 3));
    expect(all.map((one) => toldOf(one, id)[2]?.[0])).toEqual(['INSERT', 'UPDATE', 'INSERT', 'UPDATE']);
    expect(elsewhere.told.every(({ type }) => type === 'Consultation')).toBe(true);
  });

  test('each is told what they may see and nothing more, whatever becomes of its audience', async () => {
    const { put, set } = writerOf(hub);
    const subject = await hub.member('yuhang/member-wang-aijuan', yuhang);
    const [everybody, owner, party, above, named] = [
      await stream(),
      await stream({ token: await hub.staff(yuhang) }),
      await stream({ token: await hub.staff(shangrao) }),
      await stream({ token: await hub.staff(hangzhou) }),
      await stream({ token: subject }),
    ];
    const [{ sub: memberId }] = [
      (await hub.do('{ me { member { id } } }', {}, subject)) as unknown as {
        sub: string;
        me: { member: { id: string } };
      },
    ].map(({ me }) => ({ sub: me.member.id })) as [{ sub: string }];
    const id = await put(yuhang, { visibility: 'INTERNAL' });
    await set(id, { visibility: 'UPWARD' });
    await set(id, { visibility: 'JOINT', parties: [shangrao] });
    await set(id, { subjects: [memberId] });
    await set(id, { visibility: 'PUBLIC' });
    await set(id, { deleted: new Date() });
    const last = await put();
    const all = [everybody, owner, party, above, named];
    await until(() => all.every((one) => ids(one).includes(last)));
    expect(toldOf(everybody, id)).toEqual([
      ['INSERT', 5, yuhang, shangrao],
      ['DELETE', 6, yuhang, shangrao],
    ]);
    expect(toldOf(owner, id)).toEqual([
      ['INSERT', 1, yuhang],
      ['UPDATE', 2, yuhang],
      ['UPDATE', 3, yuhang, shangrao],
      ['UPDATE', 4, yuhang, shangrao],
      ['UPDATE', 5, yuhang, shangrao],
      ['DELETE', 6, yuhang, shangrao],
    ]);
    expect(toldOf(party, id)).toEqual([
      ['INSERT', 3, yuhang, shangrao],
      ['UPDATE', 4, yuhang, shangrao],
      ['UPDATE', 5, yuhang, shangrao],
      ['DELETE', 6, yuhang, shangrao],
    ]);
    expect(toldOf(above, id)).toEqual([
      ['INSERT', 2, yuhang],
      ['DELETE', 3, yuhang],
      ['INSERT', 5, yuhang, shangrao],
      ['DELETE', 6, yuhang, shangrao],
    ]);
    // As one whom it names, they know the owner; as everybody they know all.
    expect(toldOf(named, id)).toEqual([
      ['INSERT', 4, yuhang],
      ['UPDATE', 5, yuhang, shangrao],
      ['DELETE', 6, yuhang, shangrao],
    ]);
  });

  test('what was committed late is told all the same, and nothing is skipped or told twice, however transactions lie across each other', async () => {
    const { admin } = hub.database;
    const { put } = writerOf(hub);
    const listening = await stream();
    const late = randomUUID();
    let commit = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let wrote = () => {};
    const written = new Promise<void>((resolve) => {
      wrote = resolve;
    });
    const slow = admin.begin(async (sql) => {
      await sql`insert into members.person (id, owner, owner_as_filed, visibility, name) values (${late}, ${hangzhou}, ${hangzhou}, 'PUBLIC', '某人')`;
      wrote();
      await held;
    });
    await written;
    const early = await put();
    await until(() => ids(listening).includes(early));
    expect(ids(listening)).not.toContain(late);
    commit();
    await slow;
    await until(() => ids(listening).includes(late));

    const postgres = (await import('postgres')).default;
    const writers = postgres(hub.database.url, { max: 8, onnotice: () => undefined });
    const kept: string[] = [];
    const write = async (writer: number) => {
      for (let at = 0; at < 8; at += 1) {
        const made = [randomUUID(), randomUUID()];
        const gone = (writer + at) % 4 === 0;
        await writers
          .begin(async (sql) => {
            for (const id of made) {
              await sql`insert into members.person (id, owner, owner_as_filed, visibility, name) values (${id}, ${hangzhou}, ${hangzhou}, 'PUBLIC', '某人')`;
              await delay(Math.random() * 60);
            }
            if (gone) throw new Error('changed my mind');
            kept.push(...made);
          })
          .catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    await writers.end();
    await until(() => kept.every((id) => ids(listening).includes(id)));
    expect(ids(listening).sort()).toEqual([early, late, ...kept].sort());
  });

  test('after a restart, and after backends died under it, a stream goes on where it was: nothing is lost and nothing told twice', async () => {
    const { put, activity } = writerOf(hub);
    const staff = await stream({ token: await hub.staff(hangzhou) });
    const everybody = await stream();
    const made = [await put(), await activity()];
    await until(() => made.every((id) => ids(staff).includes(id)));
    for (let round = 0; round < 3; round += 1) {
      await hub.database.admin`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and usename like 'hub_%'`;
      made.push(await put(), await activity());
      await delay(100);
    }
    const restarting = hub.restart();
    made.push(await put(), await activity());
    await restarting;
    made.push(await put(), await activity());
    await until(() => [staff, everybody].every((one) => made.every((id) => ids(one).includes(id))));
    for (const one of [staff, everybody]) {
      expect(ids(one).sort()).toEqual([...made].sort());
      expect(one.statuses.filter((status) => status === 200).length).toBeGreaterThan(1);
    }
  });

  test('a subgraph that is down stops no other, and its own come when it is back', async () => {
    const { put, activity } = writerOf(hub);
    const before = await stream();
    await hub.stopSubgraph('workstations');
    const during = await stream();
    const missed = await activity();
    const seen = await put();
    await until(() => ids(before).includes(seen) && ids(during).includes(seen));
    expect([...ids(before), ...ids(during)]).not.toContain(missed);
    // One who comes back while it is down, and was told nothing of it yet.
    const again = await stream({ after: before.cursor });
    const alsoSeen = await put();
    await until(() => ids(again).includes(alsoSeen));
    await hub.restart();
    await until(() => [before, during, again].every((one) => ids(one).includes(missed)));
    expect(ids(before).sort()).toEqual([missed, seen, alsoSeen].sort());
    expect(ids(again).sort()).toEqual([missed, alsoSeen].sort());
    expect(ids(during).sort()).toEqual([missed, seen, alsoSeen].sort());
  });

  test('a cursor that names a subgraph that is gone, or misses one, is good; one that was made up is refused', async () => {
    const { put } = writerOf(hub);
    const { next } = (await ask(hub, '?wait=0')).body;
    const id = await put();
    const write = (given: object) => hub.changeCursors.write(new Map(Object.entries(given)));
    const places = placesIn(next);
    const { workstations: _, ...others } = places;
    const odd = write({ ...others, proposals: 12 });
    const known: { id: string; type: string }[] = [];
    const has = (type: string) => known.some((one) => one.type === type);
    for (let cursor = odd, more = true; more; ) {
      const { changes, next: after } = (await ask(hub, `?wait=1&after=${cursor}`)).body;
      known.push(...changes);
      // Until all of it is there, however late a source answers, and nothing follows.
      more = changes.length > 0 || !known.some((one) => one.id === id) || !has('Activity');
      cursor = after;
    }
    expect(known.filter((one) => one.id === id)).toHaveLength(1);
    // What it knew nothing of is told from its beginning.
    expect(has('Activity')).toBe(true);
    const told = new Set(known.map(({ type }) => type));
    expect([...told].filter((type) => ['Consultation', 'Cooperation'].includes(type as string))).toEqual([]);

    for (const bad of [
      'x',
      'WzFd',
      next.slice(1),
      `${next.slice(0, -4)}AAAA`,
      // As all could read it once, and nobody can make one any more.
      Buffer.from(JSON.stringify([1, places])).toString('base64url'),
      write({ ...places, members: Number(places['members']) + 1_000_000 }),
      write({ ...places, members: -1 }),
      write({ ...places, members: '1' }),
      write({ ...places, members: '@' }),
      'A'.repeat(5_000),
    ])
      for (const [query, headers] of [
        [`?wait=0&after=${encodeURIComponent(bad)}`, {}],
        ['', { 'last-event-id': bad }],
      ] as const) {
        const { status, body } = await ask(hub, query, headers);
        expect([status, body.errors?.[0]?.extensions.code], bad.slice(0, 60)).toEqual([400, 'BAD_USER_INPUT']);
      }
  });

  test('a cursor older than what is kept is refused by its name, whichever way it comes; who begins is told of each record', async () => {
    const { put, set } = writerOf(hub);
    let old = '';
    // Once the subgraph was heard it is a number there, and no time.
    await until(async () => {
      old = (await ask(hub, '?wait=0')).body.next;
      return typeof placesIn(old)['members'] === 'number';
    });
    const id = await put();
    await set(id, { name: '甲' });
    await set(id, { name: '乙' });
    await hub.database.admin`update members.change set at = now() - interval '401 days'`;
    await hub.database.admin.begin(async (sql) => {
      await sql`select set_config('hub.feed', 'yes', true)`;
      await sql`select members.sweep_change(400, 1000000)`;
    });
    // A gateway that has them in memory would tell them still.
    await hub.restart();
    const refused = await ask(hub, `?wait=30&after=${old}`, { 'accept-language': 'en' });
    expect(refused.status).toBe(410);
    expect(refused.body.errors).toMatchObject([
      { message: expect.stringContaining('Read all records again'), extensions: { code: 'CURSOR_TOO_OLD' } },
    ]);
    const streaming = await stream({ after: old });
    await until(() => streaming.statuses.includes(410));
    expect(streaming.told).toEqual([]);
    // One that doesn't name the subgraph knows none of its records yet.
    const unnamed = hub.changeCursors.write(new Map());
    const begun = await stream({ after: unnamed, query: '?types=Person' });
    await until(() => ids(begun).includes(id));
    expect(toldOf(begun, id)).toEqual([['UPDATE', 3, hangzhou]]);
    const now = (await ask(hub, '?wait=0')).body.next as string;
    expect((await ask(hub, `?wait=0&after=${now}`)).status).toBe(200);
  });

  test('without event streams a client asks and is answered as soon as there is something, or when its time is over', async () => {
    const { put } = writerOf(hub);
    const start = await ask(hub, '?wait=0');
    expect([start.status, start.body.changes]).toEqual([200, []]);
    expect(start.headers.get('cache-control')).toBe('no-store');
    const waiting = ask(hub, `?wait=30&after=${start.body.next}`);
    const id = await put();
    const { body } = await waiting;
    expect(body.changes).toEqual([{ type: 'Person', id, revision: 1, operation: 'INSERT', committees: [hangzhou] }]);
    const { body: nothing } = await ask(hub, `?wait=1&after=${body.next}`);
    expect(nothing.changes).toEqual([]);
    const inJson = await ask(hub, `?after=${start.body.next}`, { accept: 'application/json' });
    expect(inJson.body.changes).toEqual(body.changes);
    // Time over at once, and yet what there is comes.
    expect((await ask(hub, `?wait=0&after=${start.body.next}`)).body.changes).toEqual(body.changes);
  });

  test('whoever is far behind is told all of it in order, page by page', async () => {
    const { body } = await ask(hub, '?wait=0');
    await hub.database.admin`insert into members.person (id, owner, owner_as_filed, visibility, name)
      select gen_random_uuid(), ${hangzhou}, ${hangzhou}, case when n % 2 = 0 then 'PUBLIC' else 'INTERNAL' end, '某人' from generate_series(1, 12000) as n`;
    const [everybody, staff] = [
      await stream({ after: body.next }),
      await stream({ after: body.next, token: await hub.staff(hangzhou) }),
    ];
    const last = await writerOf(hub).put();
    await until(() => ids(everybody).includes(last) && ids(staff).includes(last), 60_000);
    const written = await hub.database.admin<{ id: string }[]>`
      select id from (select seq, id from members.change where type = 'person' order by seq desc limit 12001) as last order by seq`;
    expect(ids(staff)).toEqual(written.map(({ id }) => id));
    expect(new Set(ids(everybody)).size).toBe(6_001);
    expect(everybody.told).toHaveLength(6_001);
  });

  test('who filed something under a receipt is told what becomes of it', async () => {
    const { fileSubmission } = await hub.do(
      'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { id receipt userErrors { code } } }',
      { input: { committee: yuhang, kind: 'WISH', title: '公交', text: '希望开通公交。' } },
    );
    const { id, receipt } = fileSubmission;
    const holder = await stream({ headers: { 'x-receipt': receipt } });
    const other = await stream({ headers: { 'x-receipt': createReceipt() } });
    await hub.database.admin`update consultations.submission set title = '接驳公交' where id = ${id}`;
    // Of the same subgraph, and so told after it.
    const { planConsultation } = await hub.do(
      'mutation ($input: PlanConsultationInput!) { planConsultation(input: $input) { consultation { id } } }',
      { input: { committee: yuhang, kind: 'TOPICAL', title: '公交协商会', visibility: 'PUBLIC' } },
      await hub.staff(yuhang),
    );
    const last = planConsultation.consultation.id;
    await until(() => [holder, other].every((one) => ids(one).includes(last)));
    expect(toldOf(holder, id)).toEqual([['UPDATE', 2, yuhang]]);
    expect(toldOf(other, id)).toEqual([]);
  });

  test('one actor has so many streams and no more, until some are closed', async () => {
    const token = await hub.staff(shangrao);
    const streams = await Promise.all(Array.from({ length: 20 }, () => stream({ token })));
    const refused = await ask(hub, '', { authorization: `Bearer ${token}` });
    expect([refused.status, refused.body.errors[0].extensions]).toEqual([
      429,
      { code: 'TOO_MANY_STREAMS', maximum: 20 },
    ]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    streams[0]?.close();
    await until(async () => (await stream({ token })).statuses[0] === 200);
    expect((await stream({ token: await hub.staff(yuhang) })).statuses).toEqual([200]);
  });

  test('a stream ends with the token that it was opened with', async () => {
    const claims = { role: 'staff', committee: hangzhou, duties: [] } as const;
    // A token is good for five seconds beyond its end. Where the machine is busy, it has to be one that lasts longer.
    let listening = await stream({ token: await hub.issuer.issue('short', claims, '-3s') });
    for (const lifetime of ['1s', '20s']) {
      if (listening.statuses[0] === 200) break;
      listening = await stream({ token: await hub.issuer.issue('short', claims, lifetime) });
    }
    await until(() => listening.ends.length > 0);
    expect(listening.ends).toEqual(['UNAUTHENTICATED']);
  });

  test('garbage is refused and nothing fails', async () => {
    const token = await hub.staff(hangzhou);
    const authorization = `Bearer ${token}`;
    for (const [query, headers, code] of [
      ['?wait=x', {}, 'BAD_USER_INPUT'],
      ['?wait=31', {}, 'BAD_USER_INPUT'],
      ['?wait=-1', {}, 'BAD_USER_INPUT'],
      ['?wait=', {}, 'BAD_USER_INPUT'],
      ['?wait=1&wait=1', {}, 'BAD_USER_INPUT'],
      ['?after=a&after=b', {}, 'BAD_USER_INPUT'],
      ['?wait=0&after=', {}, 'BAD_USER_INPUT'],
      ['?types=Nothing', {}, 'BAD_USER_INPUT'],
      ['?types=', {}, 'BAD_USER_INPUT'],
      [`?types=${'Person,'.repeat(200)}`, {}, 'BAD_USER_INPUT'],
      ['?committees=x', {}, 'BAD_USER_INPUT'],
      ['?committees=999999', {}, 'BAD_USER_INPUT'],
      [`?access_token=${token}`, {}, 'BAD_REQUEST'],
      ['?__proto__=1', {}, 'BAD_REQUEST'],
      ['', { authorization: 'Basic x' }, 'UNAUTHENTICATED'],
      ['', { authorization: 'Bearer x' }, 'UNAUTHENTICATED'],
      ['', { authorization, 'last-event-id': '%' }, 'BAD_USER_INPUT'],
      [
        '',
        {
          authorization: `Bearer ${await hub.member('yuhang/member-wang-aijuan', yuhang)}`,
          'x-acting-membership': 'x',
        },
        'BAD_REQUEST',
      ],
    ] as const) {
      const { status, body } = await ask(hub, query, headers);
      expect([query, body.errors?.[0]?.extensions.code]).toEqual([query, code]);
      expect(status).toBeLessThan(500);
    }
    for (const method of ['POST', 'HEAD', 'PUT', 'DELETE'])
      expect((await fetch(`${hub.url}/changes`, { method })).status, method).toBeLessThan(500);
  });

  test('many streams of many actors are all told, each its own', async () => {
    const { put } = writerOf(hub);
    const codes = [hangzhou, yuhang, shangrao, '330000', '310117'];
    const streams = await Promise.all(
      Array.from({ length: 100 }, async (_, n) =>
        stream({
          token: await hub.issuer.issue(`staff-${n}`, {
            role: 'staff',
            committee: codes[n % codes.length] as string,
            duties: [],
          }),
        }),
      ),
    );
    const [open, own] = [await put(), await put(yuhang, { visibility: 'INTERNAL' })];
    const last = await put();
    await until(() => streams.every((one) => ids(one).includes(last)));
    for (const [n, one] of streams.entries())
      expect(ids(one), String(n)).toEqual(codes[n % codes.length] === yuhang ? [open, own, last] : [open, last]);
  });
});
