/** What a partner does with the client, against the whole hub. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AgencyKey,
  type ChangeBatch,
  createAgencyKey,
  createHubClient,
  type Exported,
  HubClientError,
  publicHalf,
} from '@hub/client';
import { type CryptoKey, calculateJwkThumbprint, importJWK } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoAgency } from '../../scripts/demo-agency.ts';
import { nextMonth, officers, registerAgency, step, type TestAgency, today } from '../hub/agency.ts';
import { type CuttingProxy, cuttingProxy } from '../hub/cutting-proxy.ts';
import { type Hub, names, startHub, transports } from '../hub/hub.ts';

const songjiang = '310117';
const made = Array.from({ length: 450 }, (_, at) => `合作${String(at).padStart(3, '0')}`);
const cooperations = {
  dataset: 'cooperations',
  fields: ['Query.cooperations', 'Query.cooperation', 'Cooperation.id', 'Cooperation.title', 'Cooperation.started'],
};
const list =
  'query ($after: String) { cooperations(first: 100, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } } }';
interface List {
  readonly cooperations: {
    readonly nodes: readonly { readonly title: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
type Row = { readonly id: string; readonly title: string };

const fault = async (promise: Promise<unknown>): Promise<HubClientError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HubClientError)) throw new Error(`not a HubClientError: ${error}`);
  return error;
};

describe.each(transports)('the client of a partner, %s', (transport) => {
  let hub: Hub;
  let key: AgencyKey;
  let agency: TestAgency;
  let agreement: string;
  let proxy: CuttingProxy;
  const put = async (titles: readonly string[]) =>
    hub.database.admin`
      insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status, started, started_from)
      select gen_random_uuid(), ${songjiang}, ${songjiang}, 'PUBLIC', one.title, 'PAIRING', '眼科', 'ACTIVE',
        jsonb_build_object('start', '2024-05', 'precision', 'MONTH', 'yearInferred', false), '2024-05-01'
      from unnest(${titles as string[]}::text[]) as one (title) returning id`;
  const agree = (more: { requestsPerMinute?: number } = {}) =>
    agency.agree({
      committee: songjiang,
      regions: [songjiang],
      datasets: [cooperations],
      rowsPerDay: 100_000,
      requestsPerMinute: 6_000,
      ...more,
    });
  const clientOf = (more: { url?: string; agreement?: string; longestWait?: number; key?: AgencyKey } = {}) =>
    createHubClient({ url: hub.url, agency: agency.id, agreement, key, audience: names.audience, ...more });

  beforeAll(async () => {
    hub = await startHub(transport);
    key = await createAgencyKey();
    agency = await registerAgency(hub, songjiang, { key: await pairOf(key) });
    agreement = await agree();
    await put(made);
  });
  beforeEach(async () => {
    proxy = await cuttingProxy(hub.url);
  });
  afterEach(() => proxy.stop());
  afterAll(() => hub.stop());

  test('from the catalogue to an agreement that is asked for', async () => {
    const client = clientOf();
    const dataset = (await client.catalog()).find(({ name }) => name === 'cooperations');
    expect(dataset).toMatchObject({ sharing: 'CONDITIONAL', sampleQuery: expect.stringContaining('cooperations') });
    const fields = dataset?.fields.map(({ type, field }) => `${type}.${field}`) ?? [];
    expect(fields).toEqual(expect.arrayContaining(cooperations.fields));
    const request = {
      committee: songjiang,
      datasets: [cooperations],
      regions: [songjiang],
      purpose: '研究区域医疗合作',
      legalBasis: '政务数据共享条例',
      validFrom: today(),
      validUntil: nextMonth(),
      idempotencyKey: randomUUID(),
    };
    const asked = await client.requestSharing(request);
    expect(asked).toEqual({ id: expect.any(String), status: 'REQUESTED' });
    expect(await client.requestSharing(request)).toEqual(asked);
    const nothing = { ...cooperations, fields: ['Cooperation.nothing'] };
    const error = await fault(client.requestSharing({ ...request, datasets: [nothing], idempotencyKey: randomUUID() }));
    expect(error).toMatchObject({ code: 'NOT_SHAREABLE', userErrors: [{ path: ['input', 'datasets'] }] });
    expect(await fault(clientOf({ agreement: asked.id }).query(list))).toMatchObject({
      code: 'AGREEMENT_NOT_IN_FORCE',
    });
  });

  test('asks and pages, each with a token of its own; what lies outside is named', async () => {
    const client = clientOf();
    const titles: string[] = [];
    for await (const { title } of client.pages<List, { title: string }>(list, {}, (data) => data.cooperations))
      titles.push(title);
    expect(titles.filter((title) => title.startsWith('合作')).sort()).toEqual(made);
    const error = await fault(client.query('{ cooperations { nodes { id status } } }'));
    expect(error).toMatchObject({ code: 'OUTSIDE_AGREEMENT', status: 403, fields: ['Cooperation.status'] });
    expect(error.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(await fault(client.query('{ cooperations(first: 1000) { nodes { id } } }'))).toMatchObject({
      code: 'PAGE_TOO_LARGE',
    });
    expect(await fault(clientOf({ key: await createAgencyKey() }).query(list))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  test('an export whose connection is cut in the middle again and again gives each record once', async () => {
    const whole = await exportOf(clientOf().exported<Row>('cooperations'));
    expect(whole.map(({ record }) => record.title)).toEqual(expect.arrayContaining(made));
    proxy.cut({ after: 20_000, times: 3 });
    const pieced = await exportOf(clientOf({ url: proxy.url }).exported<Row>('cooperations'));
    expect(proxy.cuts).toBe(3);
    expect(pieced).toEqual(whole);
  });

  test('a process that was restarted goes on from the cursor that it kept', async () => {
    const whole = await exportOf(clientOf().exported<Row>('cooperations'));
    let kept: string | undefined;
    let taken = 0;
    for await (const { cursor } of clientOf().exported('cooperations')) {
      kept = cursor;
      taken += 1;
      if (taken === 170) break;
    }
    const rest = await exportOf(clientOf().exported<Row>('cooperations', { after: kept }));
    expect(rest).toEqual(whole.slice(170));
    expect(await fault(exportOf(clientOf().exported('cooperations', { after: 'nowhere' })))).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['after'],
    });
  });

  test('a file in another format is the whole of it', async () => {
    const text = await new Response(await clientOf().exportedFile('cooperations', { format: 'csv' })).text();
    expect(text.split('\r\n').filter((line) => line.includes('合作0'))).toHaveLength(100);
  });

  test('an export under an agreement that is revoked in the middle ends, and says why', async () => {
    // Its second page waits for the next minute.
    const revoked = await agree({ requestsPerMinute: 1 });
    const error = await fault(
      (async () => {
        let taken = 0;
        for await (const _ of clientOf({ agreement: revoked }).exported('cooperations')) {
          taken += 1;
          if (taken === 1)
            await step(
              hub,
              'revokeSharing',
              { sharingAgreement: revoked, reason: '另作他用' },
              await officers(hub, songjiang).first,
            );
        }
      })(),
    );
    expect(error).toMatchObject({ code: 'AGREEMENT_NOT_IN_FORCE', status: 403 });
  });

  test('changes come from the cursor on, what is gone as a tombstone, through connections that break', async () => {
    const client = clientOf({ url: proxy.url });
    const start = await caughtUp(client.changes({ follow: false }));
    expect(start.changes).toEqual([]);
    const [{ id = '' } = {}] = await put(['将被撤下的合作']);
    const found = await caughtUp(client.changes({ after: start.cursor, follow: false, types: ['Cooperation'] }));
    expect(found.changes).toEqual([
      { type: 'Cooperation', id, revision: 1, operation: 'INSERT', committees: [songjiang] },
    ]);
    const stop = new AbortController();
    const batches = client.changes({ after: found.cursor, signal: stop.signal })[Symbol.asyncIterator]();
    const next = nextChanges(batches);
    proxy.cut({ after: 0, times: 2 });
    await hub.database.admin`update cooperation.cooperation set deleted = now() where id = ${id}`;
    expect(await next).toMatchObject([{ id, operation: 'DELETE' }]);
    expect(proxy.cuts).toBe(2);
    const waiting = batches.next();
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  test('one who waits for changes under an agreement that is suspended is told so', async () => {
    const suspended = await agree();
    const batches = clientOf({ agreement: suspended }).changes()[Symbol.asyncIterator]();
    await batches.next();
    const waiting = fault(nextChanges(batches));
    await step(
      hub,
      'suspendSharing',
      { sharingAgreement: suspended, reason: '核查用途' },
      await officers(hub, songjiang).first,
    );
    expect(await waiting).toMatchObject({ code: 'AGREEMENT_NOT_IN_FORCE' });
  });

  test('one key follows another without a request that fails', async () => {
    const first = await createAgencyKey();
    const rotating = await registerAgency(hub, '330100', { key: await pairOf(first) });
    const shared = await rotating.agree({
      committee: songjiang,
      regions: [songjiang],
      datasets: [cooperations],
      requestsPerMinute: 6_000,
    });
    const options = { url: hub.url, agency: rotating.id, agreement: shared, audience: names.audience };
    const client = createHubClient({ ...options, key: first });
    let over = false;
    const asking = Promise.all(
      Array.from({ length: 4 }, async () => {
        let asked = 0;
        for (; !over; asked += 1) await client.query('{ cooperations(first: 1) { nodes { id } } }');
        return asked;
      }),
    );
    const next = await createAgencyKey('ES256');
    const { kid, formerKid } = await client.addKey(next);
    expect([kid, formerKid]).toEqual([await calculateJwkThumbprint(next), await calculateJwkThumbprint(first)]);
    expect(await client.addKey(next)).toEqual({ kid, formerKid: kid });
    await client.query(list);
    await client.retireKey(formerKid);
    await client.retireKey(formerKid);
    await client.query(list);
    over = true;
    expect((await asking).every((asked) => asked > 0)).toBe(true);
    await expect
      .poll(() =>
        fault(createHubClient({ ...options, key: first }).query(list)).then(
          ({ code }) => code,
          () => 'answered',
        ),
      )
      .toBe('UNAUTHENTICATED');
    expect(await fault(client.retireKey('unknown'))).toMatchObject({ code: 'KEY_UNKNOWN' });
  });

  test('the ceiling of a minute is told as what it is, with when to ask again', async () => {
    const client = clientOf({ agreement: await agree({ requestsPerMinute: 1 }), longestWait: 0 });
    // A minute may begin in between, and lets one more in.
    const error = await fault(
      (async () => {
        for (let n = 0; n < 3; n += 1) await client.query('{ cooperations(first: 1) { nodes { id } } }');
      })(),
    );
    expect(error).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
    expect(error.retryAfter).toBeGreaterThan(0);
    expect(error.retryAfter).toBeLessThanOrEqual(60);
  });
});

describe('pnpm partner:sandbox', () => {
  let hub: Hub;
  let folder: string;
  beforeAll(async () => {
    hub = await startHub('in process');
    folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-sandbox-'));
  });
  afterAll(async () => {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('makes an agency that reads under agreements which two people signed, and once', async () => {
    const file = join(folder, 'deep', 'partner-sandbox.json');
    const make = () => demoAgency({ url: hub.url, audience: names.audience, issuer: hub.issuer, file });
    const counts = async () =>
      hub.database.admin`select (select count(*)::int from cooperation.partner_agency) as agencies,
        (select count(*)::int from cooperation.agency_key) as keys, (select count(*)::int from cooperation.sharing_agreement) as agreements`;
    const first = await make();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const kept = await readFile(file, 'utf8');
    expect(JSON.parse(kept)).toEqual(first);
    expect(Object.keys(first.agreements)).toEqual([songjiang, '361100']);
    expect(await counts()).toEqual([{ agencies: 1, keys: 1, agreements: 2 }]);
    expect(await make()).toEqual(first);
    expect(await readFile(file, 'utf8')).toBe(kept);
    expect(await counts()).toEqual([{ agencies: 1, keys: 1, agreements: 2 }]);

    // One whose file is gone goes on with another key.
    await rm(file);
    const again = await make();
    expect(again).toEqual({ ...first, key: expect.not.objectContaining({ x: first.key.x }) });
    expect(await counts()).toEqual([{ agencies: 1, keys: 2, agreements: 2 }]);
    await hub.database.admin`update cooperation.sharing_agreement set valid_until = current_date - 2`;
    const renewed = await make();
    expect(Object.values(renewed.agreements)).not.toContain(first.agreements[songjiang]);
    expect(await counts()).toEqual([{ agencies: 1, keys: 2, agreements: 4 }]);
    const client = createHubClient({ ...renewed, agreement: renewed.agreements[songjiang] });
    const data = await client.query<{ cooperations: { nodes: { title: string; milestones: unknown[] }[] } }>(
      '{ cooperations { nodes { title milestones { title date { start } } partners { committee { name } } } } }',
    );
    expect(data.cooperations.nodes).toEqual([expect.objectContaining({ title: '松江—上饶眼科医疗合作' })]);
    expect(data.cooperations.nodes[0]?.milestones).toHaveLength(8);
  });
});

/** A key as the test's own agency signs with it. */
async function pairOf(key: AgencyKey) {
  return {
    kid: await calculateJwkThumbprint(key),
    algorithm: 'EdDSA' as const,
    privateKey: (await importJWK(key, 'EdDSA')) as CryptoKey,
    publicKey: publicHalf(key),
  };
}

async function exportOf<T>(records: AsyncIterable<Exported<T>>): Promise<Exported<T>[]> {
  const given: Exported<T>[] = [];
  for await (const one of records) given.push(one);
  return given;
}

/** All that there is, as one batch. */
async function caughtUp(batches: AsyncIterable<ChangeBatch>): Promise<ChangeBatch> {
  let all: ChangeBatch = { changes: [], cursor: '' };
  for await (const { changes, cursor } of batches) all = { changes: [...all.changes, ...changes], cursor };
  return all;
}

/** The next batch that has some. */
async function nextChanges(batches: AsyncIterator<ChangeBatch>): Promise<ChangeBatch['changes']> {
  for (;;) {
    const { value, done } = await batches.next();
    if (done) throw new Error('it is over');
    if (value.changes.length > 0) return value.changes;
  }
}
