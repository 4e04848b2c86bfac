/** An agency is told of changes at an address of its own, as a program of its own would take them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createAgencyKey, createHubClient, publicHalf, type RecordsChanged, verifyWebhook } from '@hub/client';
import type { Gateway } from '@hub/gateway';
import { testRole } from '@hub/testkit';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { officers, registerAgency, step, type TestAgency } from '../hub/agency.ts';
import { until } from '../hub/changes.ts';
import { type Hub, startHub, transports } from '../hub/hub.ts';
import { type Received, type Receiver, startReceiver } from '../hub/receiver.ts';

const committee = '310117';
/** Three attempts, a second apart: the receiver tells attempts apart by their second. Nothing else ends by the clock. */
const pace = { pollMs: 50, gatherMs: 100, answerMs: 60_000, leaseSeconds: 120, backOff: [1_000, 1_000] };

interface Payload {
  readonly type: string;
  readonly timestamp: string;
  readonly data: {
    readonly webhook: string;
    readonly after: string;
    readonly cursor: string;
    readonly changes: readonly {
      type: string;
      id: string;
      revision: number;
      operation: string;
      committees: string[];
    }[];
  };
}

describe.each(transports)('webhooks, %s', (transport) => {
  let hub: Hub;
  let receiver: Receiver;
  let agency: TestAgency;
  let clerk: string;
  /** Names that were looked up, which all lead inside. */
  const resolved: string[] = [];
  /** What of what goes to subgraphs is lost. */
  let lost = (_: { readonly query: string; readonly variables?: object | null | undefined }) => false;

  beforeAll(async () => {
    receiver = await startReceiver();
    hub = await startHub(transport, {
      config: {
        webhooks: {
          hosts: [receiver.host],
          pace,
          resolve: (name, _, callback) => {
            resolved.push(name);
            callback(null, [{ address: '127.0.0.1', family: 4 }]);
          },
        },
      },
      before: (request) => {
        if (lost(request)) throw new Error('lost');
      },
    });
    agency = await registerAgency(hub, committee);
  });
  afterAll(async () => {
    await hub.stop();
    await receiver.stop();
  });
  beforeEach(async () => {
    lost = () => false;
    clerk = await officers(hub, committee).first;
    // What the agency does for itself is counted, and all of these are of one minute.
    await hub.database.admin`delete from cooperation.access_use where reader = ${agency.id}`;
  });

  const agree = (more: { rowsPerDay?: number; fields?: string[] } = {}) => {
    const { fields = ['Query.cooperations', 'Cooperation.id', 'Cooperation.title'], ...ceilings } = more;
    return agency.agree({
      committee,
      datasets: [{ dataset: 'cooperations', fields }],
      regions: [committee],
      requestsPerMinute: 6_000,
      ...ceilings,
    });
  };
  async function take(name: string, input: object, token?: string) {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const told = /register|renew/.test(name) ? 'secret' : '';
    const reply = await hub.do(
      `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${told} webhook { id status } userErrors { code path } } }`,
      { input },
      token ?? (await agency.token()),
    );
    expect(reply.done.userErrors).toEqual([]);
    return reply.done;
  }
  interface Hook {
    readonly id: string;
    readonly secret: string;
    readonly path: string;
    readonly agreement: string;
  }
  async function register(
    more: { url?: string; types?: string[]; after?: string; agreement?: string } = {},
  ): Promise<Hook> {
    const { agreement = await agree(), ...rest } = more;
    const path = `/${randomUUID()}`;
    const { webhook, secret } = await take('registerWebhook', {
      sharingAgreement: agreement,
      url: `http://${receiver.host}${path}`,
      ...rest,
    });
    return { id: webhook.id, secret, path, agreement };
  }
  const see = async (id: string, selection: string) =>
    (await hub.do(`query ($id: ID!) { webhook(id: $id) { ${selection} } }`, { id }, clerk)).webhook;
  const write = async (owner = committee) => {
    const id = randomUUID();
    await hub.database.admin`
      insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status)
      values (${id}, ${owner}, ${owner}, 'PUBLIC', '眼科医疗合作', 'PAIRING', '眼科', 'ACTIVE')`;
    return id;
  };
  const withdraw = (id: string) =>
    hub.database.admin`update cooperation.cooperation set visibility = 'PRIVATE' where id = ${id}`;
  const log = ({ agreement, id }: Hook) =>
    hub.database.admin<{ outcome: string; rows: number; fields: string[]; address: string; reason: string | null }[]>`
      select outcome, rows, fields, address, reason from cooperation.access_entry
      where agreement = ${agreement} and kid = ${`webhook ${id}`} order by number`;
  const signed = ({ headers }: Received) =>
    Object.fromEntries(
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, String(headers[name])]),
    );
  const payloads = (hook: Hook) => receiver.at(hook.path).map(({ body }) => JSON.parse(body) as Payload);
  const idsTold = (hook: Hook) => payloads(hook).flatMap(({ data }) => data.changes.map(({ id }) => id));
  const came = (hook: Hook, times: number) => until(() => receiver.at(hook.path).length >= times);
  /** As long as it takes the hub to look several times. */
  const aWhile = () => delay(600);
  /** Once the hub looked for the first time. */
  const begun = async (hook: Hook) => until(async () => (await see(hook.id, 'cursor')).cursor !== null);

  test('tells which records changed, signed, in the log before, and nothing of what stands in them', async () => {
    const hook = await register();
    const id = await write();
    const elsewhere = await write('330110');
    await came(hook, 1);
    await withdraw(id);
    await came(hook, 2);
    const [first, second] = receiver.at(hook.path) as [Received, Received];
    for (const one of [first, second]) {
      expect(one.headers['content-type']).toBe('application/json');
      expect(new Webhook(hook.secret).verify(one.body, signed(one))).toEqual(JSON.parse(one.body));
      expect(verifyWebhook(one.headers, one.body, hook.secret)).toMatchObject({ id: one.headers['webhook-id'] });
      expect(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(one.body, signed(one))).toThrow();
    }
    const [told, gone] = payloads(hook) as [Payload, Payload];
    expect(told).toEqual({
      type: 'records.changed',
      timestamp: expect.any(String),
      data: {
        webhook: hook.id,
        after: expect.any(String),
        cursor: expect.any(String),
        changes: [{ type: 'Cooperation', id, revision: 1, operation: 'INSERT', committees: [committee] }],
      },
    });
    expect(gone.data.changes).toEqual([
      { type: 'Cooperation', id, revision: 2, operation: 'DELETE', committees: [committee] },
    ]);
    expect(first.body + second.body).not.toContain('眼科');
    expect(first.body + second.body).not.toContain(elsewhere);
    expect(first.headers['webhook-id']).not.toBe(second.headers['webhook-id']);
    expect(await log(hook)).toEqual(
      [1, 1].map((rows) => ({
        outcome: 'READ',
        rows,
        fields: ['Cooperation.id'],
        address: receiver.host,
        reason: null,
      })),
    );
    await until(async () => (await see(hook.id, 'pendingCount')).pendingCount === 0);
    expect(await see(hook.id, 'cursor failingSince lastError')).toEqual({
      cursor: gone.data.cursor,
      failingSince: null,
      lastError: null,
    });
  });

  test('with a cursor that is none of this hub’s it is paused and says so', async () => {
    const beyond = hub.changeCursors.write(new Map([['cooperation', 1e12]]));
    const hook = await register({ after: beyond });
    await until(async () => (await see(hook.id, 'status')).status === 'PAUSED');
    expect(await see(hook.id, 'pausedFor')).toEqual({ pausedFor: 'CURSOR_UNKNOWN' });
  });

  test('a program of the agency registers one and takes care of it', async () => {
    const key = await createAgencyKey();
    const { addAgencyKey } = await hub.do(
      'mutation ($input: AddAgencyKeyInput!) { addAgencyKey(input: $input) { userErrors { code } } }',
      { input: { partnerAgency: agency.id, publicKey: publicHalf(key) } },
      await agency.token(),
    );
    expect(addAgencyKey.userErrors).toEqual([]);
    const client = createHubClient({ url: hub.url, agency: agency.id, agreement: await agree(), key });
    const path = `/${randomUUID()}`;
    const url = `http://${receiver.host}${path}`;
    await expect(client.webhooks.register({ url: 'http://agency.example.cn/' })).rejects.toMatchObject({
      code: 'WEBHOOK_URL_UNUSABLE',
    });
    const { id, secret } = await client.webhooks.register({ url, types: ['Cooperation'] });
    const record = await write();
    await until(() => receiver.at(path).length > 0);
    const [one] = receiver.at(path) as [Received];
    const { data } = verifyWebhook(one.headers, one.body, secret ?? '').payload as RecordsChanged;
    expect(data.changes.map((change) => change.id)).toEqual([record]);
    const renewed = await client.webhooks.renewSecret(id);
    await client.webhooks.replay(id, data.after);
    await until(() => receiver.at(path).length > 1);
    const again = receiver.at(path)[1] as Received;
    expect(verifyWebhook(again.headers, again.body, renewed).payload).toMatchObject({
      data: { changes: data.changes },
    });
    await client.webhooks.redeliver(id);
    await client.webhooks.pause(id);
    await client.webhooks.resume(id);
    expect((await see(id, 'status')).status).toBe('ACTIVE');
    await client.webhooks.remove(id);
    expect((await see(id, 'status')).status).toBe('REMOVED');
  });

  test('after a restart it goes on where it was', async () => {
    const hook = await register();
    const before = await write();
    await came(hook, 1);
    await hub.restart();
    const after = await write();
    await until(() => idsTold(hook).includes(after));
    // What was on its way as the hub stopped comes again, under its id.
    const messages = new Map(receiver.at(hook.path).map(({ headers, body }) => [headers['webhook-id'], body]));
    const told = [...messages.values()].flatMap((body) => (JSON.parse(body) as Payload).data.changes);
    expect(told.map(({ id }) => id)).toEqual([before, after]);
  });

  test('one that isn’t taken is sent again under the same id, later, byte for byte', async () => {
    const hook = await register();
    let takeThird = () => {};
    const third = new Promise<void>((resolve) => {
      takeThird = resolve;
    });
    receiver.answer(hook.path, async (all) => {
      if (all.length < 3) return { status: 500 };
      await third;
      return { status: 200 };
    });
    await write();
    await came(hook, 1);
    await until(async () => (await see(hook.id, 'lastError')).lastError === 'SERVER_ERROR');
    expect((await see(hook.id, 'failingSince')).failingSince).not.toBeNull();
    takeThird();
    await came(hook, 3);
    const all = receiver.at(hook.path);
    expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    expect(new Set(all.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3);
    for (const one of all) verifyWebhook(one.headers, one.body, hook.secret);
    // What is sent again was told once.
    expect(await log(hook)).toHaveLength(1);
    await until(async () => (await see(hook.id, 'pendingCount')).pendingCount === 0);
    expect(await see(hook.id, 'failingSince lastError')).toEqual({ failingSince: null, lastError: null });
  });

  // All that the hub asks subgraphs for went over this transport by now: the rest is about what it makes of the answers.
  if (transport !== 'in process') return;

  test('each message begins where the one before it ended, and `/changes` goes on from any of them', async () => {
    const hook = await register();
    const ids: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      ids.push(await write());
      await until(() => idsTold(hook).length === ids.length);
    }
    const all = payloads(hook).map(({ data }) => data);
    expect(all.slice(1).map(({ after }) => after)).toEqual(all.slice(0, -1).map(({ cursor }) => cursor));
    const response = await fetch(`${hub.url}/changes?wait=0&after=${all[0]?.cursor}`, {
      headers: { authorization: `Bearer ${await agency.token(hook.agreement)}` },
    });
    const { changes } = (await response.json()) as { changes: { id: string }[] };
    expect(changes.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  test('many changes come in messages of at most a hundred, each once and in their order', async () => {
    const hook = await register();
    await begun(hook);
    await hub.database.admin`
      insert into cooperation.cooperation (id, owner, owner_as_filed, visibility, title, kind, field, status)
      select gen_random_uuid(), ${committee}, ${committee}, 'PUBLIC', '合作', 'PAIRING', '眼科', 'ACTIVE' from generate_series(1, 250)`;
    await until(() => idsTold(hook).length >= 250);
    expect(payloads(hook).map(({ data }) => data.changes.length)).toEqual([100, 100, 50]);
    expect(new Set(idsTold(hook)).size).toBe(250);
    expect((await log(hook)).map(({ rows }) => rows)).toEqual([100, 100, 50]);
  });

  test('only the types that it asked for are told', async () => {
    const agreement = await agree({ fields: ['Cooperation.id', 'Milestone.id'] });
    const hook = await register({ agreement, types: ['Milestone'] });
    await begun(hook);
    await write();
    await aWhile();
    expect(receiver.at(hook.path)).toEqual([]);
    expect(await log(hook)).toEqual([]);
  });

  test('one that is never taken is a dead letter after the last attempt; the next goes on, and it is delivered again when asked', async () => {
    const hook = await register();
    receiver.answer(hook.path, { status: 500 });
    const id = await write();
    await until(async () => (await see(hook.id, 'deadLetters { totalCount }')).deadLetters.totalCount === 1);
    expect(receiver.at(hook.path)).toHaveLength(3);
    const { nodes } = (await see(hook.id, 'deadLetters { nodes { id changes attempts lastError } }')).deadLetters;
    const [message] = receiver.at(hook.path);
    expect(nodes).toEqual([{ id: message?.headers['webhook-id'], changes: 1, attempts: 3, lastError: 'SERVER_ERROR' }]);
    receiver.answer(hook.path, { status: 204 });
    const next = await write();
    await came(hook, 4);
    expect(payloads(hook).at(-1)?.data.changes[0]?.id).toBe(next);
    await take('redeliverWebhookMessages', { webhook: hook.id });
    await came(hook, 5);
    const again = receiver.at(hook.path).at(-1) as Received;
    expect([again.body, again.headers['webhook-id']]).toEqual([message?.body, message?.headers['webhook-id']]);
    expect(idsTold(hook).at(-1)).toBe(id);
    expect((await see(hook.id, 'deadLetters { totalCount }')).deadLetters.totalCount).toBe(0);
  });

  test('it is told again from a cursor on, and another one from one that it registers with', async () => {
    const hook = await register();
    const ids = [];
    for (let round = 0; round < 2; round += 1) {
      ids.push(await write());
      await came(hook, round + 1);
    }
    const [first] = payloads(hook);
    const after = first?.data.after as string;
    await take('replayWebhook', { webhook: hook.id, after });
    await until(() => idsTold(hook).length >= 4);
    expect(idsTold(hook)).toEqual([...ids, ...ids]);
    const other = await register({ agreement: hook.agreement, after });
    await until(() => idsTold(other).length >= 2);
    expect(idsTold(other)).toEqual(ids);
  });

  test('both secrets sign while one follows the other', async () => {
    const hook = await register();
    const { secret } = await take('renewWebhookSecret', { webhook: hook.id });
    expect(secret).not.toBe(hook.secret);
    await write();
    await came(hook, 1);
    const [one] = receiver.at(hook.path) as [Received];
    expect(String(one.headers['webhook-signature']).split(' ')).toHaveLength(2);
    for (const good of [secret, hook.secret]) new Webhook(good).verify(one.body, signed(one));
    verifyWebhook(one.headers, one.body, secret);
  });

  test('paused, it is told nothing; resumed, all that changed meanwhile', async () => {
    const hook = await register();
    await begun(hook);
    await take('pauseWebhook', { webhook: hook.id }, clerk);
    const id = await write();
    await aWhile();
    expect(receiver.at(hook.path)).toEqual([]);
    await take('resumeWebhook', { webhook: hook.id });
    await came(hook, 1);
    expect(idsTold(hook)).toEqual([id]);
  });

  test('once its agreement is revoked, nothing is sent any more, not even what waited', async () => {
    const hook = await register();
    let fail = () => {};
    const failed = new Promise<void>((resolve) => {
      fail = resolve;
    });
    // The first attempt is on its way meanwhile.
    receiver.answer(hook.path, async () => {
      await failed;
      return { status: 500 };
    });
    await write();
    await came(hook, 1);
    await step(
      hub,
      'revokeSharing',
      { sharingAgreement: hook.agreement, reason: '违约' },
      await officers(hub, committee).first,
    );
    fail();
    await write();
    await delay(2_500);
    expect(receiver.at(hook.path)).toHaveLength(1);
    expect(await log(hook)).toHaveLength(1);
  });

  test('an answer of 410 pauses it', async () => {
    const hook = await register();
    receiver.answer(hook.path, { status: 410 });
    await write();
    await until(async () => (await see(hook.id, 'status')).status === 'PAUSED');
    expect(await see(hook.id, 'pausedFor lastError pendingCount')).toEqual({
      pausedFor: 'GONE',
      lastError: 'GONE',
      pendingCount: 1,
    });
    await delay(1_500);
    expect(receiver.at(hook.path)).toHaveLength(1);
  });

  test('an address that turns out to lie inside is never connected to', async () => {
    const [, port] = receiver.host.split(':');
    const path = `/${randomUUID()}`;
    const hook = await register({ url: `https://rebound.example.cn:${port}${path}` });
    await write();
    await until(async () => (await see(hook.id, 'lastError')).lastError === 'UNREACHABLE');
    expect(resolved).toContain('rebound.example.cn');
    expect(receiver.at(path)).toEqual([]);
  });

  test('what can’t be written into the log isn’t sent; it is once it can', async () => {
    const { admin } = hub.database;
    const hook = await register();
    await begun(hook);
    await admin.unsafe(`revoke execute on function cooperation.append_accesses(jsonb) from ${testRole('cooperation')}`);
    const id = await write();
    await aWhile();
    expect(receiver.at(hook.path)).toEqual([]);
    expect(await admin`select 1 from cooperation.webhook_message where webhook = ${hook.id}`).toHaveLength(0);
    await admin.unsafe(`grant execute on function cooperation.append_accesses(jsonb) to ${testRole('cooperation')}`);
    await until(() => idsTold(hook).includes(id));
    expect(await log(hook)).toHaveLength(1);
  });

  test('what is more than a day may have isn’t sent, and stands in the log as refused once', async () => {
    const hook = await register({ agreement: await agree({ rowsPerDay: 1 }) });
    const id = await write();
    await came(hook, 1);
    await write();
    await until(async () => (await log(hook)).length === 2);
    await aWhile();
    expect(idsTold(hook)).toEqual([id]);
    expect((await log(hook)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['READ', null],
      ['REFUSED', 'TOO_MANY_ROWS'],
    ]);
  });

  describe('with several gateways', () => {
    const others: Gateway[] = [];
    beforeAll(async () => {
      others.push(await hub.anotherGateway(), await hub.anotherGateway());
    });
    afterAll(() => Promise.all(others.map((gateway) => gateway.stop())));

    test('each change is made a message of once, and each message is sent once', async () => {
      const hooks = await Promise.all(Array.from({ length: 4 }, () => register()));
      const ids = [];
      for (let round = 0; round < 12; round += 1) {
        ids.push(await write());
        await delay(60);
      }
      for (const hook of hooks) await until(() => idsTold(hook).length >= ids.length);
      await aWhile();
      for (const hook of hooks) {
        expect(idsTold(hook)).toEqual(ids);
        const sent = receiver.at(hook.path).map(({ headers }) => headers['webhook-id']);
        expect(new Set(sent).size).toBe(sent.length);
        expect((await log(hook)).reduce((sum, { rows }) => sum + rows, 0)).toBe(ids.length);
      }
    });

    test('what one of them sent and died over is sent again under the same id', async () => {
      const hook = await register();
      await begun(hook);
      let died = 0;
      lost = ({ query, variables }) => {
        const id = receiver.at(hook.path)[0]?.headers['webhook-id'];
        const isOf = query.includes('settleWebhookMessage') && JSON.stringify(variables).includes(`"${id}"`);
        const dies = died === 0 && isOf;
        if (dies) died += 1;
        return dies;
      };
      await write();
      await until(() => died > 0);
      // Its lease is over.
      await hub.database
        .admin`update cooperation.webhook_progress set next_attempt = now() + interval '1 second' where webhook = ${hook.id}`;
      await came(hook, 2);
      const [first, second] = receiver.at(hook.path) as [Received, Received];
      expect(died).toBe(1);
      expect([second.headers['webhook-id'], second.body]).toEqual([first.headers['webhook-id'], first.body]);
      expect(second.headers['webhook-timestamp']).not.toBe(first.headers['webhook-timestamp']);
      await until(async () => (await see(hook.id, 'pendingCount')).pendingCount === 0);
    });
  });

  test('with a cursor after which changes are kept no longer it is paused and says so', async () => {
    const { admin } = hub.database;
    await write();
    const [{ old } = { old: 0 }] = await admin<
      { old: number }[]
    >`select max(seq)::float8 as old from cooperation.change`;
    await write();
    await admin`update cooperation.change_sweep set dropped = (select max(seq) from cooperation.change)`;
    // A gateway that has them in memory would tell them still.
    await hub.restart();
    const after = hub.changeCursors.write(new Map([['cooperation', old]]));
    const hook = await register({ after });
    await until(async () => (await see(hook.id, 'status')).status === 'PAUSED');
    expect(await see(hook.id, 'pausedFor')).toEqual({ pausedFor: 'CURSOR_TOO_OLD' });
  });
});
