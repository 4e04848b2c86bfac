import { generateKeyPairSync } from 'node:crypto';
import type { Actor } from '@hub/access';
import {
  agencyReading,
  agency as anotherAgency,
  everyone,
  feed,
  member,
  operator,
  staff,
  startTestSubgraph,
  type TestSubgraph,
  testRole,
  walk,
} from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cooperation } from '../src/subgraph.ts';
import { countedWebhooks, dueWebhooks } from '../src/webhooks/queue.ts';
import { webhookMachine } from '../src/webhooks/webhook.machine.ts';
import { shangrao, songjiang } from './steps.ts';

let subgraph: TestSubgraph;
let agency: Actor;
const officer = (which: string): Actor => ({
  kind: 'STAFF',
  subject: `${which}-${songjiang}`,
  committee: songjiang,
  duties: ['sharing'],
});
const [first, second] = [officer('first'), officer('second')];
const strangers: readonly Actor[] = [
  everyone,
  anotherAgency,
  operator,
  staff(shangrao),
  member('made/member', songjiang),
  { kind: 'STAFF', subject: 'other-duty', committee: songjiang, duties: ['meetings'] },
];

beforeAll(async () => {
  subgraph = await startTestSubgraph(cooperation, 'empty', { webhookHosts: ['receiver:8080'] });
  const publicKey = JSON.stringify(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }));
  const input = { name: '某市卫生健康委员会', creditCode: '91350100M000100Y43', publicKey };
  const { data } = await subgraph.ask(
    'mutation ($input: RegisterAgencyInput!) { registerAgency(input: $input) { done: partnerAgency { id } } }',
    { as: first, variables: { input } },
  );
  agency = agencyReading(data.registerAgency.done.id, ['000000']);
});
afterAll(() => subgraph.stop());

async function take(name: string, input: object, as: Actor, selection = 'webhook { id status }') {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await subgraph.ask(
    `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${selection} userErrors { code path } } }`,
    { as, variables: { input } },
  );
  return { ...data?.done, code: errors[0] ?? data?.done?.userErrors[0]?.code ?? null };
}
const day = (offset: number) => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);

/** An agreement in force on the titles and ids of cooperations. */
async function agreed(): Promise<string> {
  const asked = await take(
    'requestSharing',
    {
      committee: songjiang,
      datasets: [{ dataset: 'cooperations', fields: ['Cooperation.id', 'Cooperation.title', 'Milestone.id'] }],
      regions: [songjiang],
      purpose: '研究',
      legalBasis: '政务数据共享条例',
      validFrom: day(0),
      validUntil: day(30),
    },
    agency,
    'sharingAgreement { id }',
  );
  const sharingAgreement: string = asked.sharingAgreement.id;
  expect((await take('draftSharing', { sharingAgreement }, first, '')).code).toBeNull();
  expect((await take('approveSharing', { sharingAgreement, version: 2 }, second, '')).code).toBeNull();
  return sharingAgreement;
}
const url = 'https://agency.example.cn/hub';
/** As the gateway seals one: it alone opens it. */
const cursor = 'c'.repeat(80);

async function registered(more: object = {}) {
  const sharingAgreement = await agreed();
  const done = await take(
    'registerWebhook',
    { sharingAgreement, url, ...more },
    agency,
    'secret webhook { id status }',
  );
  expect(done.code).toBeNull();
  return { id: done.webhook.id as string, secret: done.secret as string, sharingAgreement };
}
const see = async (id: string, selection: string, as: Actor = agency) =>
  (await subgraph.ask(`query ($id: ID!) { webhook(id: $id) { ${selection} } }`, { as, variables: { id } })).data
    .webhook;

/** As the hub's follower. */
const claim = async (gateway = 'one', messages = 10, lease = 30) =>
  (
    await subgraph.ask(
      `mutation ($gateway: String!, $messages: Int!, $lease: Int!) { claimWebhooks(gateway: $gateway, messages: $messages, lease: $lease) {
        webhooks { id agency agreement version types cursor started } messages { id url body attempt secrets } } }`,
      { as: feed, variables: { gateway, messages, lease } },
    )
  ).data.claimWebhooks;
const queue = async (input: object) =>
  (
    await subgraph.ask('mutation ($input: QueueWebhookMessageInput!) { done: queueWebhookMessage(input: $input) }', {
      as: feed,
      variables: { input: { gateway: 'one', version: 2, ...input } },
    })
  ).data.done;
const settle = async (input: object) =>
  (
    await subgraph.ask('mutation ($input: SettleWebhookMessageInput!) { done: settleWebhookMessage(input: $input) }', {
      as: feed,
      variables: { input },
    })
  ).data.done;
const admin = () => subgraph.testDatabase.admin;
const message = (id: string = crypto.randomUUID()) => ({ id, after: 'a', changes: 1, body: '{}' });
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
const of = (all: readonly any[], id: string) => all.find((one) => one.id === id);

/** A webhook for which a gateway makes messages, up to `cursor`. */
async function followed() {
  const hook = await registered({ after: cursor });
  await claim();
  return hook;
}
/** One of these waits. */
async function waiting() {
  const hook = await followed();
  const { id: made } = message();
  expect(await queue({ webhook: hook.id, from: cursor, cursor: 'c1', message: message(made) })).toBe(true);
  return { ...hook, message: made };
}

test('every step from every state, by who may take it and by nobody else', async () => {
  const { faults, tried } = await walk({
    machine: webhookMachine,
    ask: subgraph.ask,
    as: { AGENCY: agency, STAFF: first },
    strangers,
    reader: agency,
    inputs: {
      registerWebhook: async () => ({ sharingAgreement: await agreed(), url }),
      renewWebhookSecret: (webhook) => ({ webhook }),
      pauseWebhook: (webhook) => ({ webhook }),
      resumeWebhook: (webhook) => ({ webhook }),
      replayWebhook: (webhook) => ({ webhook, after: cursor }),
      redeliverWebhookMessages: (webhook) => ({ webhook }),
      removeWebhook: (webhook) => ({ webhook }),
    },
  });
  expect(faults).toEqual([]);
  expect(tried).toBeGreaterThan(60);
});

describe('registering', () => {
  test.each([
    ['http', 'http://agency.example.cn/hub'],
    ['credentials', 'https://user:secret@agency.example.cn/hub'],
    ['a fragment', 'https://agency.example.cn/hub#part'],
    ['another scheme', 'ftp://agency.example.cn/hub'],
    ['no address at all', 'agency'],
    ['more than 500 characters', `https://agency.example.cn/${'a'.repeat(500)}`],
    ['a literal address', 'https://10.0.0.1/hub'],
    ['a literal address as a number', 'https://2130706433/hub'],
    ['a literal address of IPv6', 'https://[::ffff:127.0.0.1]/hub'],
    ['a name without a domain', 'https://localhost/hub'],
    ['a port that isn’t the one that was allowed', 'http://receiver:8081/hub'],
  ])('an address with %s is refused', async (_, wrong) => {
    const sharingAgreement = await agreed();
    expect((await take('registerWebhook', { sharingAgreement, url: wrong }, agency)).code).toBe('WEBHOOK_URL_UNUSABLE');
  });

  test('one that the hub was told to allow may be inside and without TLS', async () => {
    const { id } = await registered({ url: 'http://receiver:8080/hub' });
    expect(await see(id, 'url')).toEqual({ url: 'http://receiver:8080/hub' });
  });

  test('types that the agreement doesn’t share, and what is no cursor, are refused', async () => {
    const sharingAgreement = await agreed();
    const refused = (more: object) => take('registerWebhook', { sharingAgreement, url, ...more }, agency);
    expect((await refused({ types: ['Cooperation', 'Member'] })).code).toBe('TYPES_NOT_SHARED');
    expect((await refused({ after: 'nonsense' })).code).toBe('INVALID');
    const { webhook } = await take(
      'registerWebhook',
      { sharingAgreement, url, types: ['Milestone'] },
      agency,
      'webhook { types sharingAgreement { id webhooks { id } } id }',
    );
    expect(webhook).toEqual({
      id: webhook.id,
      types: ['Milestone'],
      sharingAgreement: { id: sharingAgreement, webhooks: [{ id: webhook.id }] },
    });
  });

  test('there are five of an agreement at most, however many come at once; a removed one makes room', async () => {
    const sharingAgreement = await agreed();
    const all = await Promise.all(
      Array.from({ length: 8 }, () => take('registerWebhook', { sharingAgreement, url }, agency)),
    );
    expect(all.map(({ code }) => code ?? 'DONE').sort()).toEqual([
      ...Array(5).fill('DONE'),
      ...Array(3).fill('LIMIT_REACHED'),
    ]);
    const [made] = all.filter(({ code }) => code === null);
    await take('removeWebhook', { webhook: made.webhook.id }, agency);
    expect((await take('registerWebhook', { sharingAgreement, url }, agency)).code).toBeNull();
  });

  test('takes an agreement of the agency that is in force', async () => {
    const sharingAgreement = await agreed();
    expect((await take('registerWebhook', { sharingAgreement, url }, anotherAgency)).code).toBe('NOT_FOUND');
    await take('suspendSharing', { sharingAgreement, reason: '核查' }, first, '');
    expect((await take('registerWebhook', { sharingAgreement, url }, agency)).code).toBe('SHARING_NOT_IN_FORCE');
  });

  test('tells its secret once, and nobody reads it again', async () => {
    const sharingAgreement = await agreed();
    const input = { sharingAgreement, url, idempotencyKey: 'register once only' };
    const told = await take('registerWebhook', input, agency, 'secret webhook { id }');
    expect(told.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const again = await take('registerWebhook', input, agency, 'secret webhook { id }');
    expect(again).toMatchObject({ secret: null, webhook: { id: told.webhook.id } });
    const kept =
      await admin()`select count(*)::int as found from cooperation.idempotency where result::text like ${`%${told.secret}%`}`;
    expect(kept).toEqual([{ found: 0 }]);
    for (const setting of ['hub.feed', 'hub.agency', 'hub.staff_of'])
      await expect(
        admin().begin(async (sql) => {
          await sql.unsafe(`set local role ${testRole('cooperation')}`);
          await sql`select set_config(${setting}, 'yes', true)`;
          return sql`select * from cooperation.webhook_secret`;
        }),
      ).rejects.toThrow(/permission denied/);
  });
});

describe('the queue', () => {
  test('belongs to the hub’s follower alone', async () => {
    for (const as of [...strangers, agency, first])
      for (const query of [
        'mutation { claimWebhooks(gateway: "x", messages: 1, lease: 1) { webhooks { id } } }',
        `mutation { queueWebhookMessage(input: { gateway: "x", webhook: "${crypto.randomUUID()}", version: 1, cursor: "c" }) }`,
        `mutation { settleWebhookMessage(input: { message: "${crypto.randomUUID()}", attempt: 1, outcome: DELIVERED }) }`,
        `mutation { haltWebhook(webhook: "${crypto.randomUUID()}") }`,
      ])
        expect((await subgraph.ask(query, { as })).errors).toEqual(['FORBIDDEN']);
  });

  test('a webhook’s messages are made by one gateway until its lease is over', async () => {
    const { id } = await registered();
    expect(of((await claim('one')).webhooks, id)).toMatchObject({ version: 2, cursor: null, types: null });
    expect(of((await claim('two')).webhooks, id)).toBeUndefined();
    expect(of((await claim('one', 0, 0)).webhooks, id)).toBeUndefined();
    expect(of((await claim('two')).webhooks, id)).toBeDefined();
    expect(of((await claim('one')).webhooks, id)).toBeUndefined();
  });

  test('a cursor moves from where it was read, and by who claimed it', async () => {
    const { id } = await followed();
    const step = { webhook: id, from: cursor, cursor: 'c1' };
    expect(await queue({ ...step, gateway: 'two' })).toBe(false);
    expect(await queue({ ...step, version: 1 })).toBe(false);
    expect(await queue({ ...step, message: message() })).toBe(true);
    expect(await queue({ ...step, message: message() })).toBe(false);
    expect(await queue({ webhook: id, from: 'c1', cursor: 'c2' })).toBe(true);
    expect(await see(id, 'cursor pendingCount')).toEqual({ cursor: 'c2', pendingCount: 1 });
  });

  test('messages are sent one behind the other, each by one gateway, and go once they are delivered', async () => {
    const { id, secret, message: before } = await waiting();
    const { id: behind } = message();
    await queue({ webhook: id, from: 'c1', cursor: 'c2', message: message(behind) });
    const claims = await Promise.all([claim('one'), claim('two'), claim('three')]);
    const mine = claims.flatMap(({ messages }) => messages).filter((one) => [before, behind].includes(one.id));
    expect(mine).toEqual([{ id: before, url, body: '{}', attempt: 1, secrets: [secret] }]);
    expect(await settle({ message: before, attempt: 1, outcome: 'DELIVERED' })).toBe(true);
    expect(await settle({ message: before, attempt: 1, outcome: 'DELIVERED' })).toBe(false);
    expect(of((await claim()).messages, behind)).toMatchObject({ attempt: 1 });
    expect(of((await claim()).messages, behind)).toBeUndefined();
    expect(await see(id, 'pendingCount')).toEqual({ pendingCount: 1 });
  });

  test('one that nobody settled is sent again once its lease is over, under the same id', async () => {
    const { message: id } = await waiting();
    expect(of((await claim('one', 10, 0)).messages, id)).toMatchObject({ attempt: 1 });
    expect(of((await claim('two')).messages, id)).toMatchObject({ attempt: 2 });
    // Whoever comes too late settles nothing.
    expect(await settle({ message: id, attempt: 1, outcome: 'DELIVERED' })).toBe(false);
    expect(await settle({ message: id, attempt: 2, outcome: 'RELEASED' })).toBe(true);
    expect(of((await claim()).messages, id)).toMatchObject({ attempt: 2 });
  });

  test('one that fails is put off, and is a dead letter once it is given up; delivered again it is what it was', async () => {
    const { id, message: failed } = await waiting();
    await claim();
    await settle({ message: failed, attempt: 1, outcome: 'FAILED', retryIn: 60_000, error: 'SERVER_ERROR' });
    expect(of((await claim()).messages, failed)).toBeUndefined();
    const { failingSince, ...seen } = await see(id, 'failingSince lastError pendingCount deadLetters { totalCount }');
    expect(seen).toEqual({ lastError: 'SERVER_ERROR', pendingCount: 1, deadLetters: { totalCount: 0 } });
    expect(failingSince).not.toBeNull();
    await settle({ message: failed, attempt: 1, outcome: 'FAILED', retryIn: null, error: 'TIMEOUT' });
    const dead = { id: failed, after: 'a', cursor: 'c1', changes: 1, attempts: 1, lastError: 'TIMEOUT' };
    const letters = 'pendingCount deadLetters(first: 10) { nodes { id after cursor changes attempts lastError } }';
    for (const as of [agency, first])
      expect(await see(id, letters, as)).toEqual({ pendingCount: 0, deadLetters: { nodes: [dead] } });
    expect(
      (await take('redeliverWebhookMessages', { webhook: id, messages: [crypto.randomUUID()] }, agency)).code,
    ).toBe('NOT_FOUND');
    expect((await take('redeliverWebhookMessages', { webhook: id, messages: [failed] }, agency)).code).toBeNull();
    expect(await see(id, letters)).toEqual({ pendingCount: 1, deadLetters: { nodes: [] } });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(of((await claim()).messages, failed)).toMatchObject({ attempt: 1, body: '{}' });
    await settle({ message: failed, attempt: 1, outcome: 'DELIVERED' });
    expect(await see(id, 'failingSince lastError pendingCount')).toEqual({
      failingSince: null,
      lastError: null,
      pendingCount: 0,
    });
  });

  test('nothing is sent or made while its webhook is paused or its agreement isn’t in force', async () => {
    const { id, message: kept, sharingAgreement } = await waiting();
    const isTold = async () => {
      const { webhooks, messages } = await claim('one', 10, 0);
      return [of(webhooks, id) !== undefined, of(messages, kept) !== undefined];
    };
    const none = [false, false];
    await take('pauseWebhook', { webhook: id }, first);
    expect(await isTold()).toEqual(none);
    expect(await queue({ webhook: id, from: 'c1', cursor: 'c2', message: message() })).toBe(false);
    await take('resumeWebhook', { webhook: id }, agency);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await take('suspendSharing', { sharingAgreement, reason: '核查' }, first, '');
    expect(await isTold()).toEqual(none);
    await take('resumeSharing', { sharingAgreement }, first, '');
    await admin()`update cooperation.sharing_agreement set valid_until = current_date - 2 where id = ${sharingAgreement}`;
    expect(await isTold()).toEqual(none);
    await admin()`update cooperation.sharing_agreement set valid_until = current_date + 2 where id = ${sharingAgreement}`;
    expect((await isTold())[1]).toBe(true);
    await take('revokeSharing', { sharingAgreement, reason: '违约' }, first, '');
    expect(await isTold()).toEqual(none);
  });

  test('what waits under terms that were amended is made again under the new ones, and not sent as it was', async () => {
    const { id, message: dead, sharingAgreement } = await waiting();
    await claim();
    await settle({ message: dead, attempt: 1, outcome: 'FAILED', retryIn: null, error: 'TIMEOUT' });
    const { id: outdated } = message();
    await queue({ webhook: id, from: 'c1', cursor: 'c2', message: { ...message(outdated), after: 'c1' } });
    await take('amendSharing', { sharingAgreement, purpose: '另一用途' }, first, '');
    await take('approveSharingAmendment', { sharingAgreement, version: 3 }, second, '');
    expect((await take('redeliverWebhookMessages', { webhook: id }, agency)).code).toBe('MESSAGES_OUTDATED');
    const { webhooks, messages } = await claim();
    expect(of(webhooks, id)).toMatchObject({ version: 3, cursor: 'c1' });
    expect([of(messages, outdated), of(messages, dead)]).toEqual([undefined, undefined]);
    expect(await see(id, 'pendingCount deadLetters { totalCount }')).toEqual({
      pendingCount: 0,
      deadLetters: { totalCount: 1 },
    });
  });

  test('no more are made than can wait', async () => {
    const { id } = await followed();
    for (let at = 0; at < 20; at += 1) {
      expect(of((await claim()).webhooks, id)).toBeDefined();
      await queue({ webhook: id, from: at === 0 ? cursor : `c${at}`, cursor: `c${at + 1}`, message: message() });
    }
    expect(of((await claim()).webhooks, id)).toBeUndefined();
  });

  test('replayed, it goes on from the cursor, without what waits', async () => {
    const { id, message: dropped } = await waiting();
    await take('replayWebhook', { webhook: id, after: cursor }, agency);
    const { webhooks, messages } = await claim();
    expect([of(webhooks, id)?.cursor, of(messages, dropped)]).toEqual([cursor, undefined]);
  });

  test('one that is gone, or fails for five days, is paused by the hub, which says so in its events', async () => {
    const gone = await waiting();
    await claim();
    await settle({ message: gone.message, attempt: 1, outcome: 'FAILED', retryIn: 1_000, error: 'GONE' });
    const failing = await waiting();
    await claim();
    await admin()`update cooperation.webhook_progress set failing_since = now() - interval '4 days 23 hours' where webhook = ${failing.id}`;
    const fail = { message: failing.message, outcome: 'FAILED', retryIn: 0, error: 'SERVER_ERROR' };
    await settle({ ...fail, attempt: 1 });
    expect(await see(failing.id, 'status')).toEqual({ status: 'ACTIVE' });
    await admin()`update cooperation.webhook_progress set failing_since = now() - interval '5 days 1 second' where webhook = ${failing.id}`;
    await claim();
    await settle({ ...fail, attempt: 2 });
    const seen = 'status pausedFor events { step from to role evidence { name value } }';
    for (const [{ id }, pausedFor] of [
      [gone, 'GONE'],
      [failing, 'FAILING'],
    ] as const) {
      const { events, ...state } = await see(id, seen);
      expect(state).toEqual({ status: 'PAUSED', pausedFor });
      expect(events.at(-1)).toEqual({
        step: 'pauseFailingWebhook',
        from: 'ACTIVE',
        to: 'PAUSED',
        role: 'FEED',
        evidence: [{ name: 'pausedFor', value: pausedFor }],
      });
    }
    await take('resumeWebhook', { webhook: gone.id }, agency);
    expect(await see(gone.id, 'status pausedFor failingSince lastError pendingCount')).toEqual({
      status: 'ACTIVE',
      pausedFor: null,
      failingSince: null,
      lastError: null,
      pendingCount: 1,
    });
  });

  test('a renewed secret signs beside the one before it for a day', async () => {
    const { id, secret, message: one } = await waiting();
    const renewed = await take('renewWebhookSecret', { webhook: id }, agency, 'secret');
    const secretsOf = async () => of((await claim('one', 10, 0)).messages, one)?.secrets;
    expect(await secretsOf()).toEqual([renewed.secret, secret]);
    await admin()`update cooperation.webhook_secret set valid_until = valid_until - interval '24 hours 1 second' where webhook = ${id} and valid_until is not null`;
    expect(await secretsOf()).toEqual([renewed.secret]);
  });

  test('a removed one leaves nothing that waits, and no secret', async () => {
    const { id, sharingAgreement } = await waiting();
    await take('removeWebhook', { webhook: id }, agency);
    for (const table of ['webhook_message', 'webhook_secret'])
      expect(await admin().unsafe(`select 1 from cooperation.${table} where webhook = '${id}'`)).toHaveLength(0);
    const { data } = await subgraph.ask('query ($id: ID!) { sharingAgreement(id: $id) { webhooks { id } } }', {
      as: agency,
      variables: { id: sharingAgreement },
    });
    expect(data.sharingAgreement.webhooks).toEqual([]);
    expect(await see(id, 'status')).toEqual({ status: 'REMOVED' });
  });

  test('what is due is read off an index, however many webhooks there are', async () => {
    const { message: due } = await waiting();
    const [plan, counted] = await admin().begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`insert into cooperation.webhook_progress (webhook, owner, visibility, parties, subjects, version, next_attempt)
        select gen_random_uuid(), ${songjiang}, 'INTERNAL', '{}', '{}', 2, case when n % 2 = 0 then now() + interval '1 hour' end from generate_series(1, 50000) as n`;
      await sql`analyze cooperation.webhook_progress`;
      const explained = [];
      for (const query of [dueWebhooks('20'), countedWebhooks])
        explained.push(JSON.stringify(await sql.unsafe(`explain (analyze, format json) ${query}`)));
      await sql`delete from cooperation.webhook_progress where webhook not in (select id from cooperation.webhook)`;
      return explained;
    });
    expect(plan).toContain('"Index Name":"webhook_progress_due"');
    for (const one of [plan, counted])
      expect(one).not.toMatch(/"Node Type":"Seq Scan"[^{]*"Relation Name":"webhook_progress"/);
    expect(of((await claim()).messages, due)).toBeDefined();
  });

  test('what waits is counted for a monitor: due, put off, and for how long', async () => {
    const backlog = async () => {
      const { data } = await subgraph.ask('{ webhookBacklog { due later oldestSeconds } }', { as: feed });
      return data.webhookBacklog as { due: number; later: number; oldestSeconds: number };
    };
    const all = ({ due, later }: { due: number; later: number }) => due + later;
    const before = all(await backlog());
    const { id, message: one } = await waiting();
    await admin()`update cooperation.webhook_message set created = now() - interval '3 days' where id = ${one}`;
    await queue({ webhook: id, from: 'c1', cursor: 'c2', message: message() });
    const due = await backlog();
    expect(due.due).toBeGreaterThanOrEqual(2);
    expect(all(due)).toBe(before + 2);
    expect(Math.floor(due.oldestSeconds / 86_400)).toBe(3);
    // What is being sent waits until its lease is over.
    await claim('one', 1_000);
    expect(await backlog()).toMatchObject({ due: 0, later: before + 2 });
    const { errors } = await subgraph.ask('{ webhookBacklog { due } }', { as: operator });
    expect(errors).toEqual(['FORBIDDEN']);
  });

  test('its moving is no change of a record', async () => {
    const { id, message: one } = await waiting();
    await claim();
    await settle({ message: one, attempt: 1, outcome: 'DELIVERED' });
    expect(await see(id, 'revision')).toEqual({ revision: 1 });
  });
});
