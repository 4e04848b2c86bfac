import { request as httpRequest } from 'node:http';
import type { Gateway, GatewayConfig } from '@hub/gateway';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { putIntoDirectory } from '../hub/directory.ts';
import { type Hub, startHub, unlimited } from '../hub/hub.ts';

/** Each behaviour of the limits on a gateway of its own, so that none sees what another used. */
let hub: Hub;
const running: Gateway[] = [];
const proxied = { trustedProxies: ['127.0.0.1'] } as const;

beforeAll(async () => {
  hub = await startHub('in process', { template: 'empty' });
});
// The hub's own limits are counted over all gateways too: those of gateways that have others here would count.
afterEach(async () => {
  await Promise.all(running.splice(0).map((gateway) => gateway.stop()));
  await hub.database.admin`delete from members.allowance`;
  await hub.database.admin`delete from members.allowance_gateway`;
});
afterAll(async () => {
  await hub.stop();
});

async function gateway(limits: GatewayConfig['rateLimits'], config: Partial<GatewayConfig> = proxied) {
  const one = await hub.anotherGateway({ follow: false, rateLimits: { ...unlimited, ...limits }, ...config });
  running.push(one);
  return one;
}

let addresses = 0;
/** An address that nobody had before. */
const newAddress = () => {
  addresses += 1;
  return `203.0.${Math.floor(addresses / 200)}.${(addresses % 200) + 1}`;
};

interface Sent {
  readonly from?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}
const headersOf = ({ from, token, headers }: Sent) => ({
  ...(from !== undefined && { 'x-forwarded-for': from }),
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
  ...headers,
});

async function ask({ url }: { url: string }, query: string, sent: Sent = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(sent) },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions: { code: string } }[];
  };
  return {
    status: response.status,
    headers: response.headers,
    data,
    code: errors?.[0]?.extensions.code ?? null,
    message: errors?.[0]?.message,
  };
}
const get = ({ url }: { url: string }, path: string, sent: Sent = {}) =>
  fetch(`${url}${path}`, { headers: headersOf(sent) });

const times = <Result>(count: number, what: (at: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, at) => what(at)));
const statuses = (answers: readonly { status: number }[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const submission = (name = 'fileSubmission') =>
  `${name}: fileSubmission(input: { committee: "330106", kind: LEAD, title: "路灯", text: "巷口的路灯坏了。" }) { receipt userErrors { code } }`;
const file = `mutation { ${submission('one')} }`;

describe('reading', () => {
  test('is limited for an address at every face, and /health for nobody', async () => {
    const paths = [
      '/schema.graphql',
      '/openapi.json',
      '/catalog',
      '/',
      '/files/nothing',
      '/calendars/nothing.ics',
      '/changes?after=nothing',
      '/export/members',
      // There is nothing, and it is counted all the same.
      '/nothing',
    ];
    for (const path of paths) {
      const one = await gateway({ read: 4, open: 4 });
      const from = newAddress();
      const answers = await times(6, () => get(one, path, { from }));
      expect([path, answers.filter(({ status }) => status === 429).length]).toEqual([path, 2]);
      for (const answer of answers) {
        expect(answer.headers.get('ratelimit-policy')).toMatch(/^"(read|open)";q=4;w=60/);
        expect(answer.headers.get('ratelimit')).toMatch(/^"(read|open)";r=[0-3];t=\d+/);
        if (answer.status !== 429) continue;
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }] });
      }
      expect((await get(one, path, { from: newAddress() })).status).not.toBe(429);
      expect(statuses(await times(8, () => get(one, '/health', { from })))).toEqual({ 200: 8 });
    }
  });

  test('a refusal is in the reader’s language and readable across origins', async () => {
    const one = await gateway({ read: 1 }, { ...proxied, corsOrigins: ['https://app.example'] });
    const from = newAddress();
    const say = (language: string) =>
      ask(one, '{ __typename }', { from, headers: { 'accept-language': language, origin: 'https://app.example' } });
    await say('zh');
    const [chinese, english] = [await say('zh'), await say('en')];
    expect(chinese).toMatchObject({ status: 429, message: expect.stringContaining('请求过于频繁') });
    expect(english).toMatchObject({ status: 429, message: expect.stringContaining('as often as the hub') });
    expect(english.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(english.headers.get('access-control-expose-headers')).toMatch(
      /ratelimit.*ratelimit-policy|ratelimit-policy.*ratelimit/,
    );
  });

  test('one actor has a limit wherever they ask from, and others at the same address aren’t touched by it', async () => {
    const one = await gateway({ read: 10 });
    const from = newAddress();
    const [busy, calm] = [await hub.staff('330106'), await hub.staff('310117')];
    const answers = await times(7, (at) =>
      get(one, '/files/nothing', { from: at < 3 ? from : newAddress(), token: busy }),
    );
    expect(statuses(answers)).toEqual({ 404: 4, 429: 3 });
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"read";q=4;w=60');
    expect(statuses(await times(4, () => get(one, '/files/nothing', { from, token: calm })))).toEqual({ 404: 4 });
    expect(statuses(await times(4, () => get(one, '/catalog', { from })))).toEqual({ 200: 4 });
  });

  test('many addresses of one network are one, in IPv6', async () => {
    const one = await gateway({ read: 3 });
    const withinOne = await times(6, (at) => get(one, '/catalog', { from: `2001:db8:1:2::${at + 1}` }));
    expect(statuses(withinOne)).toEqual({ 200: 3, 429: 3 });
    const withinMany = await times(30, (at) => get(one, '/catalog', { from: `2001:db8:7:${at + 1}::1` }));
    expect(statuses(withinMany)).toEqual({ 200: 12, 429: 18 });
    expect((await get(one, '/catalog', { from: '::ffff:203.0.113.77' })).status).toBe(200);
    const sameAddress = await times(4, () => get(one, '/catalog', { from: '203.0.113.77' }));
    expect(statuses(sameAddress)).toEqual({ 200: 2, 429: 2 });
  });

  test('counts for more where nobody asked the same before, and where its answer is large', async () => {
    const one = await gateway({ read: 1_000 });
    const from = newAddress();
    const left = async (query: string) => {
      const { status, headers } = await ask(one, query, { from });
      expect(status).toBe(200);
      return Number(/"read";r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
    };
    const plan = (code: string) => `{ committee(code: "${code}") { name level code } }`;
    const before = await left('{ __typename }');
    const used = [
      // A new text of which nothing is planned yet, the same again, and one that differs in a value.
      before - (await left(plan('330000'))),
      before - (await left(plan('330000'))),
      before - (await left(plan('310000'))),
      before -
        (await left('{ committees(first: 100) { nodes { code name level children(first: 30) { nodes { code } } } } }')),
    ];
    expect(used.slice(0, 3)).toEqual([12, 13, 15]);
    // A large answer's plan is new too.
    expect(used[3]).toBeGreaterThan(15 + 12);
    const schema = '{ __schema { types { name kind } } }';
    const [first, second, third] = [await left('{ __typename }'), await left(schema), await left(schema)];
    // Gathered once, and read as a new text: 30 and 1 more than when it is known.
    expect([first - second - (second - third), second - third < 10]).toEqual([31, true]);
  });

  test('costs no statement', async () => {
    const one = await gateway({ read: 3_000 });
    const from = newAddress();
    await ask(one, '{ __typename }', { from });
    const all = () => hub.statements() + hub.allowanceStatements();
    const costs: number[] = [];
    for (let round = 0; round < 60; round += 1) {
      const before = all();
      expect(statuses(await times(5, () => ask(one, '{ __typename }', { from })))).toEqual({ 200: 5 });
      costs.push(all() - before);
    }
    // Shares end, the keeper is heard and followers read by the clock, whoever asks: some rounds fall together with these.
    expect(costs.filter((cost) => cost === 0).length).toBeGreaterThan(12);
  });
});

describe('whose address it is', () => {
  test('nobody is believed who isn’t a trusted proxy', async () => {
    const one = await gateway({ read: 3 }, {});
    const forged = await times(6, () => get(one, '/catalog', { from: newAddress() }));
    expect(statuses(forged)).toEqual({ 200: 3, 429: 3 });
  });

  test('behind a proxy it is what the proxy saw, whatever the client wrote before it', async () => {
    const one = await gateway({ read: 3 });
    const seen = newAddress();
    const forged = await times(6, () => get(one, '/catalog', { from: `${newAddress()}, ${seen}` }));
    expect(statuses(forged)).toEqual({ 200: 3, 429: 3 });
  });

  test('what a proxy passes on and is no address is the proxy’s own', async () => {
    // A proxy whose address nobody else has here: the keeper counts an address for all of these gateways.
    const proxy = '127.0.0.7';
    const one = await gateway({ read: 3 }, { trustedProxies: [proxy] });
    const through = (at: number) =>
      new Promise<{ status: number }>((resolve, reject) => {
        const headers = { 'x-forwarded-for': `unknown${at}` };
        const asked = httpRequest(`${one.url}/catalog`, { headers, localAddress: proxy, agent: false }, (answer) => {
          answer.resume();
          resolve({ status: answer.statusCode ?? 0 });
        });
        asked.on('error', reject);
        asked.end();
      });
    expect(statuses(await times(6, through))).toEqual({ 200: 3, 429: 3 });
  });
});

describe('filing', () => {
  test('is limited exactly over two gateways and over their restarts, by each thing that is filed', async () => {
    const limits = { file: 7 };
    const from = newAddress();
    const two = [await gateway(limits), await gateway(limits)];
    const answers = await times(10, (at) => ask(two[at % 2] as Gateway, file, { from }));
    expect(statuses(answers)).toEqual({ 200: 7, 429: 3 });
    expect(answers.filter(({ code }) => code === 'TOO_MANY_REQUESTS')).toHaveLength(3);
    const again = await gateway(limits);
    const after = await ask(again, file, { from });
    expect(after).toMatchObject({ status: 429, data: undefined });
    expect(after.headers.get('ratelimit')).toMatch(/"file";r=0;t=\d+/);
    expect(Number(after.headers.get('retry-after'))).toBeGreaterThan(0);
    // Who files eight things at once files eight.
    const many = `mutation { ${Array.from({ length: 4 }, (_, at) => submission(`f${at}`)).join(' ')} ...more ...more } fragment more on Mutation { ${submission('g0')} ${submission('g1')} ${submission('g2')} ${submission('g3')} }`;
    const other = newAddress();
    expect(await ask(again, file, { from: other })).toMatchObject({ status: 200 });
    expect(await ask(again, many, { from: other })).toMatchObject({ status: 429, data: undefined });
    // Reading goes on.
    expect((await ask(again, '{ __typename }', { from })).status).toBe(200);
  });

  test('nothing that is kept tells an address', async () => {
    const one = await gateway({ file: 5 });
    const from = newAddress();
    expect((await ask(one, file, { from })).status).toBe(200);
    const rows = await hub.database.admin`select kind, holder from members.allowance where kind = 'file'`;
    expect(rows.length).toBeGreaterThan(0);
    for (const { holder } of rows) expect(holder).toMatch(/^(hub public|[\w-]{22})$/);
    const keys = await hub.database.admin`select day from members.allowance_key`;
    expect(keys).toHaveLength(1);
  });
});

describe('codes and tokens', () => {
  test('refused tokens are limited by address, over gateways; a good one goes on being good', async () => {
    const two = [await gateway({ 'sign-in': 5 }), await gateway({ 'sign-in': 5 })];
    const from = newAddress();
    const answers = await times(9, (at) =>
      ask(two[at % 2] as Gateway, '{ __typename }', { from, token: `no.token.${at}` }),
    );
    expect(statuses(answers)).toEqual({ 401: 5, 429: 4 });
    const token = await hub.staff('330106');
    expect((await ask(two[0] as Gateway, '{ __typename }', { from, token })).status).toBe(200);
    expect((await ask(two[0] as Gateway, '{ __typename }', { from: newAddress(), token: 'no.token' })).status).toBe(
      401,
    );
  });

  test('calendars’ addresses can’t be tried without end', async () => {
    const two = [await gateway({ code: 6 }), await gateway({ code: 6 })];
    const from = newAddress();
    const secret = (at: number) => `${'x'.repeat(25)}${String(at).padStart(2, '0')}`;
    const answers = await times(10, (at) => get(two[at % 2] as Gateway, `/calendars/${secret(at)}.ics`, { from }));
    expect(statuses(answers)).toEqual({ 404: 6, 429: 4 });
  });

  test('a good calendar is charged nothing', async () => {
    const one = await gateway({ code: 2 });
    const { openCalendarFeed } = await hub.do(
      'mutation { openCalendarFeed(input: { label: "手机" }) { address userErrors { code message } } }',
      {},
      await hub.staff('330106'),
    );
    const from = newAddress();
    const path = new URL(openCalendarFeed.address, 'http://hub').pathname;
    for (let round = 0; round < 5; round += 1) expect((await get(one, path, { from })).status).toBe(200);
    expect((await get(one, `/calendars/${'x'.repeat(27)}.ics`, { from })).status).toBe(404);
  });

  test('receipts that come for the first time are tries; one’s own may be used all the time', async () => {
    const one = await gateway({ code: 4 });
    const from = newAddress();
    const receipt = (code: string) => ask(one, '{ __typename }', { from, headers: { 'x-receipt': code } });
    expect(statuses(await times(1, () => receipt('mine')))).toEqual({ 200: 1 });
    expect(statuses(await times(10, () => receipt('mine')))).toEqual({ 200: 10 });
    expect(statuses(await times(6, (at) => receipt(`guess ${at}`)))).toEqual({ 200: 3, 429: 3 });
  });

  test('wrong codes at the door are counted for who tries them', async () => {
    const one = await gateway({ code: 3 });
    const somebody = crypto.randomUUID();
    await putIntoDirectory(hub, { members: { [somebody]: '330110' } });
    const token = await hub.member(somebody, '330110');
    const signIn =
      'mutation { signIn(input: { code: "wrong", scannedAt: "2026-11-29T09:00:00+08:00" }) { userErrors { code } } }';
    const answers: { status: number; code: string | null }[] = [];
    for (let round = 0; round < 5; round += 1) answers.push(await ask(one, signIn, { token }));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe('streams and what is on its way', () => {
  const open = (url: string, from: string) =>
    new Promise<{ status: number; end: () => void }>((resolve, reject) => {
      const asked = httpRequest(`${url}/changes`, { headers: { 'x-forwarded-for': from }, agent: false }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, end: () => asked.destroy() });
      });
      asked.on('error', (error) => reject(error));
      asked.end();
    });

  test('one address can’t hold all streams', async () => {
    const one = await gateway({ streams: 5 });
    const from = newAddress();
    const streams = await times(8, () => open(one.url, from));
    expect(statuses(streams)).toEqual({ 200: 5, 429: 3 });
    const other = await open(one.url, newAddress());
    expect(other.status).toBe(200);
    for (const { end } of streams) end();
    await expect
      .poll(async () => {
        const again = await open(one.url, from);
        again.end();
        return again.status;
      })
      .toBe(200);
    other.end();
  });

  test('a burst waits for its turn and isn’t refused', async () => {
    const one = await gateway({ requests: 2 });
    const from = newAddress();
    expect(statuses(await times(60, () => ask(one, '{ committee(code: "330106") { name } }', { from })))).toEqual({
      200: 60,
    });
  });
});

describe('over two gateways', () => {
  test('reads come to 1.2 times the limit at most, and a keeper that is down costs nobody an answer', async () => {
    const own = await startHub('in process', {
      template: 'empty',
      config: { ...proxied, rateLimits: { ...unlimited, read: 200 } },
    });
    const second = await own.anotherGateway({ follow: false });
    try {
      const two = [{ url: own.url }, second];
      // What is new to a gateway counts as more.
      for (const one of two) expect((await ask(one, '{ __typename }', { from: newAddress() })).status).toBe(200);
      const from = newAddress();
      const answers: { status: number }[] = [];
      for (let round = 0; round < 10; round += 1)
        answers.push(...(await times(40, (at) => ask(two[at % 2] as { url: string }, '{ __typename }', { from }))));
      const granted = statuses(answers)[200] ?? 0;
      expect(granted).toBeGreaterThanOrEqual(160);
      expect(granted).toBeLessThanOrEqual(240);
      await own.stopSubgraph('members');
      const other = newAddress();
      const without = await times(100, (at) => ask(two[at % 2] as { url: string }, '{ __typename }', { from: other }));
      expect(statuses(without)).toEqual({ 200: 100 });
    } finally {
      await second.stop();
      await own.stop();
    }
  });
});
