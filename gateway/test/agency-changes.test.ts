import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { officers, registerAgency, step, type TestAgency } from '../../tests/hub/agency.ts';
import { until } from '../../tests/hub/changes.ts';
import { type Hub, startHub, transports } from '../../tests/hub/hub.ts';

const committee = '310117';

describe.each(transports)('changes told to an agency, %s', (transport) => {
  let hub: Hub;
  let agency: TestAgency;
  let agreement: string;
  const streams: AbortController[] = [];
  beforeAll(async () => {
    hub = await startHub(transport);
    agency = await registerAgency(hub, committee);
  });
  afterAll(() => hub.stop());
  const agree = (ceilings: { rowsPerDay?: number } = {}, fields = ['Query.cooperations', 'Cooperation.id']) =>
    agency.agree({
      committee,
      datasets: [{ dataset: 'cooperations', fields }],
      regions: [committee],
      requestsPerMinute: 600,
      ...ceilings,
    });
  beforeEach(async () => {
    for (const one of streams.splice(0)) one.abort();
    agreement = await agree();
  });

  const write = async (owner = committee, visibility = 'PUBLIC') => {
    const id = randomUUID();
    await hub.database.admin`
      insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status)
      values (${id}, ${owner}, ${owner}, ${visibility}, '合作', 'PAIRING', '眼科', 'ACTIVE')`;
    return id;
  };
  const withdraw = (id: string) =>
    hub.database
      .admin`update cooperation.cooperation set visibility = 'PRIVATE', revision = revision + 1 where id = ${id}`;
  const log = (of = agreement) =>
    hub.database.admin<{ outcome: string; reason: string | null; rows: number; fields: string[] }[]>`
      select outcome, reason, rows, fields from cooperation.access_entry where agreement = ${of} order by number`;
  const get = async (query: string, of = agreement, signal?: AbortSignal) =>
    fetch(`${hub.url}/changes${query}`, {
      headers: { authorization: `Bearer ${await agency.token(of)}` },
      ...(signal && { signal }),
    });
  const poll = async (query: string, of = agreement) => {
    const response = await get(query, of);
    return { status: response.status, headers: response.headers, body: (await response.json()) as Polled };
  };
  interface Polled {
    readonly changes: { type: string; id: string; operation: string; committees: string[] }[];
    readonly next: string;
    readonly errors?: [{ extensions: { code: string } }];
  }
  /** A stream that gathers what it is told until it ends. */
  const open = async (query = '', of = agreement) => {
    const over = new AbortController();
    streams.push(over);
    const response = await get(query, of, over.signal);
    const stream = { text: '', ended: false, status: response.status };
    void (async () => {
      try {
        for await (const piece of response.body ?? []) stream.text += Buffer.from(piece).toString();
      } catch {
        // Cut off by the test.
      }
      stream.ended = true;
    })();
    await until(() => stream.text.includes('event: ready') || stream.status !== 200);
    return stream;
  };

  test('are those of types that its agreement shares, in its regions, with a tombstone for what is withdrawn', async () => {
    const stream = await open();
    const id = await write();
    const elsewhere = await write('330110');
    const hidden = await write(committee, 'PRIVATE');
    await hub.database
      .admin`insert into members.person (id, owner, owner_as_filed, visibility, name) values (gen_random_uuid(), ${committee}, ${committee}, 'PUBLIC', '某人')`;
    await withdraw(id);
    await until(() => stream.text.includes('"operation":"DELETE"'));
    const told = [...stream.text.matchAll(/^data: (\{"type".*)$/gm)].map(([, data = '']) => JSON.parse(data));
    expect(told.map(({ type, id: of, operation }) => [type, of, operation])).toEqual([
      ['Cooperation', id, 'INSERT'],
      ['Cooperation', id, 'DELETE'],
    ]);
    expect(stream.text).not.toContain(elsewhere);
    expect(stream.text).not.toContain(hidden);
  });

  test('stand in the log before they are told, a batch an entry', async () => {
    const { body } = await poll('?wait=0');
    const ids = [await write(), await write()];
    const { body: later } = await poll(`?wait=30&after=${body.next}`);
    expect(later.changes.map(({ id }) => id).sort()).toEqual(expect.arrayContaining([ids[0]]));
    const entries = await log();
    expect(entries.every(({ outcome, fields }) => outcome === 'READ' && fields.includes('Cooperation.id'))).toBe(true);
    expect(entries.reduce((sum, { rows }) => sum + rows, 0)).toBe(later.changes.length);
  });

  test('name the owner, and not the parties, which are a field of their own', async () => {
    const { body } = await poll('?wait=0');
    const id = randomUUID();
    await hub.database.admin`
      insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, parties, title, kind, field, status)
      values (${id}, ${committee}, ${committee}, 'PUBLIC', '{361100}', '合作', 'PAIRING', '眼科', 'ACTIVE')`;
    const { body: later } = await poll(`?wait=30&after=${body.next}`);
    expect(later.changes.find((change) => change.id === id)?.committees).toEqual([committee]);
  });

  test('of a type outside of the agreement are refused, and the refusal logged', async () => {
    const { status, body } = await poll('?wait=0&types=Person');
    expect([status, body.errors?.[0].extensions]).toEqual([403, { code: 'OUTSIDE_AGREEMENT', fields: ['Person.id'] }]);
    expect(await log()).toMatchObject([{ outcome: 'REFUSED', reason: 'OUTSIDE_AGREEMENT' }]);
  });

  test('end a second after the agreement is revoked, though nothing changes, and nothing is told any more', async () => {
    const stream = await open();
    await step(
      hub,
      'revokeSharing',
      { sharingAgreement: agreement, reason: '核查' },
      await officers(hub, committee).first,
    );
    await until(() => stream.ended);
    expect(stream.text).toContain('event: end\ndata: {"code":"AGREEMENT_NOT_IN_FORCE"}');
    await write();
    expect((await open()).status).toBe(403);
  });

  test('beyond the rows of a day aren’t told: a stream ends, a poll says when to come back', async () => {
    const few = await agree({ rowsPerDay: 1 });
    const { body } = await poll('?wait=0', few);
    const stream = await open(`?after=${body.next}`, few);
    await write();
    await until(() => stream.text.includes('"type":"Cooperation"'));
    const id = await write();
    await until(() => stream.ended);
    expect(stream.text).toContain('event: end\ndata: {"code":"TOO_MANY_ROWS"}');
    expect(stream.text).not.toContain(id);
    const late = await poll(`?wait=30&after=${body.next}`, few);
    expect([late.status, late.body.errors?.[0].extensions.code]).toEqual([429, 'TOO_MANY_ROWS']);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('need a token that wasn’t used, and go on from a cursor with the next', async () => {
    const headers = { authorization: `Bearer ${await agency.token(agreement)}` };
    const first = await fetch(`${hub.url}/changes?wait=0`, { headers });
    const second = await fetch(`${hub.url}/changes?wait=0`, { headers });
    expect([first.status, second.status]).toEqual([200, 401]);
    const { next } = (await first.json()) as Polled;
    const id = await write();
    await delay(0);
    const { body } = await poll(`?wait=30&after=${next}`);
    expect(body.changes.map((change) => change.id)).toEqual([id]);
  });

  test('aren’t told where the log can’t be written', async () => {
    const stream = await open();
    await hub.database.admin`alter table cooperation.access_entry rename to access_entry_away`;
    const id = await write();
    await until(() => stream.ended);
    expect(stream.text).not.toContain(id);
    await hub.database.admin`alter table cooperation.access_entry_away rename to access_entry`;
  });
});
