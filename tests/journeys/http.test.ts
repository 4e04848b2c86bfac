import { setTimeout as delay } from 'node:timers/promises';
import { type ErrorCode, errorKinds } from '@hub/errors';
import type { Gateway } from '@hub/gateway';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../hub/hub.ts';
import { type RawAnswer, send, write } from '../hub/raw-http.ts';

let hub: Hub;
let log: string[] = [];
beforeAll(async () => {
  hub = await startHub('in process', {
    timeoutMs: 20_000,
    config: { corsOrigins: ['https://front.example'], publicUrl: 'https://hub.example' },
    log: (line) => log.push(line),
  });
});
afterAll(() => hub.stop());

const json = { 'content-type': 'application/json' };
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  send(`${hub.url}${path}`, { method, headers });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  send(`${hub.url}${path}`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
const graph = (body: unknown, headers: Record<string, string> = {}) => post('/graphql', body, headers);
const asRead = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
const askedFirst = { 'apollo-require-preflight': '1' };

interface Told {
  readonly message: string;
  readonly locations?: unknown;
  readonly extensions: { readonly code: ErrorCode; readonly [detail: string]: unknown };
}

/** The errors of a refusal, once it was seen to be one in every respect. */
function refusal({ status, headers, text }: RawAnswer, what?: string): readonly [Told, ...Told[]] {
  const { errors, ...rest } = JSON.parse(text) as { errors: [Told, ...Told[]] };
  expect(rest, what).toEqual({});
  expect(errors.length, what).toBeGreaterThan(0);
  expect(errors.length, what).toBeLessThanOrEqual(5);
  for (const { message, extensions } of errors) {
    expect(Object.keys(errorKinds), what).toContain(extensions.code);
    expect(message, what).not.toMatch(/undefined|\?\?|\{\w+\}|FST_|Route /);
  }
  expect(status, what).toBe(errorKinds[errors[0].extensions.code].status);
  expect(headers['content-type'], what).toMatch(/^application\/(graphql-response\+)?json; charset=utf-8$/);
  expect(headers, what).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/),
    'referrer-policy': expect.any(String),
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  });
  if (status === 401) expect(headers['www-authenticate'], what).toMatch(/^Bearer realm=/);
  if (status === 405) expect(headers.allow, what).toMatch(/^[A-Z]+(, [A-Z]+)*$/);
  return errors;
}
const codeOf = (answer: RawAnswer, what?: string) => refusal(answer, what)[0].extensions.code;

describe('whatever is refused is told in one shape', () => {
  test('an address that isn’t there, a method that it doesn’t know, an address that can’t be read', async () => {
    expect(codeOf(await get('/nothing'))).toBe('NOT_FOUND');
    expect(codeOf(await post('/nothing', 'x', { 'content-type': 'text/plain' }))).toBe('NOT_FOUND');
    expect(codeOf(await get(`/files/${'x'.repeat(300)}`))).toBe('NOT_FOUND');
    for (const path of ['/files/%E0%A4%A', '/changes?after=%B0%A1', '/graphql?query=%ff', '/nothing?%'])
      expect(['BAD_REQUEST', 'NOT_FOUND'], path).toContain(codeOf(await get(path), path));
    const refused = await get('/graphql', {}, 'PUT');
    expect(codeOf(refused)).toBe('METHOD_NOT_ALLOWED');
    expect(refused.headers.allow).toBe('GET, HEAD, OPTIONS, POST');
    for (const method of ['QUERY', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'PURGE', 'M-SEARCH'])
      for (const path of ['/', '/graphql', '/changes', '/files/x', '/calendars/x.ics', '/export/directory', '/health'])
        expect(codeOf(await get(path, {}, method), `${method} ${path}`)).toBe('METHOD_NOT_ALLOWED');
    expect((await get('/files', {}, 'GET')).headers.allow).toBe('OPTIONS, POST');
  });

  test('bodies of another type, charset or coding, broken, too large, of no text', async () => {
    const query = '{"query":"{ sources { id } }"}';
    for (const [type, more] of [
      ['text/plain', {}],
      ['application/x-www-form-urlencoded', {}],
      ['', {}],
      ['application/json; charset=gbk', {}],
      ['application/json', { 'content-encoding': 'gzip' }],
    ] as const)
      expect(codeOf(await graph(query, { 'content-type': type, ...more }), type)).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect((await graph(query, { 'content-type': 'application/json;charset="UTF-8"' })).status).toBe(200);
    for (const body of ['', '{', 'null', '[]', '"x"', '3', '{}', '{"__proto__":{"a":1}}'])
      expect(codeOf(await graph(body), body)).toBe('BAD_REQUEST');
    expect(codeOf(await graph(`{"query":"${'x'.repeat(300_000)}"}`))).toBe('REQUEST_TOO_LARGE');
    const inGbk = Buffer.concat([
      Buffer.from('{"query":"{ sources { id } } # '),
      Buffer.from([0xd0, 0xad, 0xc9, 0xcc]),
      Buffer.from('"}'),
    ]);
    const [told] = refusal(await graph(inGbk));
    expect(told).toMatchObject({ message: expect.stringContaining('UTF-8'), extensions: { code: 'BAD_REQUEST' } });
  });

  test('the name of a file that isn’t UTF-8', async () => {
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="';
    const body = Buffer.concat([
      Buffer.from(head),
      Buffer.from([0xd0, 0xad, 0xc9, 0xcc]),
      Buffer.from('.txt"\r\n\r\ntext\r\n--x--\r\n'),
    ]);
    const authorization = `Bearer ${await hub.staff('330100')}`;
    const upload = { 'content-type': 'multipart/form-data; boundary=x', authorization };
    expect(refusal(await post('/files', body, upload))[0].message).toContain('UTF-8');
    expect(codeOf(await post('/files', '{}', { authorization }))).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  test('what is no HTTP at all, and heads that are too large', async () => {
    const { host } = new URL(hub.url);
    const first = async (text: string) => refusal(await write(hub.url, [text]))[0];
    expect((await first('nonsense\r\n\r\n')).extensions.code).toBe('BAD_REQUEST');
    expect((await first('GET /health HTTP/1.1\r\nconnection: close\r\n\r\n')).extensions.code).toBe('BAD_REQUEST');
    expect((await first(`CONNECT ${host} HTTP/1.1\r\nhost: ${host}\r\n\r\n`)).extensions.code).toBe('BAD_REQUEST');
    const large = `GET /health HTTP/1.1\r\nhost: ${host}\r\naccept-language: en\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await first(large)).toMatchObject({
      message: expect.stringContaining('shorten'),
      extensions: { code: 'HEADERS_TOO_LARGE', maximum: 16_384 },
    });
    const odd = `POST /graphql HTTP/1.1\r\nhost: [\r\nexpect: nothing\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 15\r\n\r\n{"query":"{a}"}`;
    expect((await first(odd)).extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('in the language that the reader prefers', async () => {
    for (const [accepted, isEnglish] of [
      ['en', true],
      ['en-GB', true],
      ['fr, en;q=0.9', true],
      ['en;q=0.8, zh;q=0.9', false],
      ['zh;q=0.1, en;q=0.2', true],
      ['zh-CN,zh;q=0.9,en;q=0.8', false],
      ['fr', false],
      ['*', false],
      ['', false],
      ['en;q=0', false],
      [';;,q=', false],
    ] as const)
      for (const answer of [
        await get('/nothing', { 'accept-language': accepted }),
        await get('/files/%E0%A4%A', { 'accept-language': accepted }),
        await get(asRead('{ a }'), { 'accept-language': accepted }),
        await graph({ query: '{ a }', variables: 'x' }, { 'accept-language': accepted }),
        await graph({ query: 'query A { __typename }', operationName: 'B' }, { 'accept-language': accepted }),
      ])
        expect(/\p{Script=Han}/u.test(refusal(answer, accepted)[0].message), accepted).toBe(!isEnglish);
  });

  test('in the media type that the client accepts at the graph', async () => {
    const wanted = { accept: 'application/graphql-response+json, application/json;q=0.9' };
    for (const answer of [
      await graph({ query: '{ a' }, wanted),
      await graph({ query: '{ a }' }, wanted),
      await graph('{', wanted),
      await graph({ query: 'query ($representations: ID) { me { id } }' }, wanted),
      await graph({ query: '{ me { role } }' }, { ...wanted, authorization: 'Bearer x' }),
      await graph({ query: 'query ($n: Int) { committees(first: $n) { totalCount } }', variables: { n: 'x' } }, wanted),
    ]) {
      refusal(answer);
      expect(answer.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    }
    expect((await graph({ query: '{ __typename }' }, wanted)).headers['content-type']).toMatch(/graphql-response/);
    for (const accept of ['*/*', 'application/*', 'application/json', 'application/json; charset=utf-8'])
      expect((await graph({ query: '{ a' }, { accept })).headers['content-type']).toMatch(/^application\/json/);
    for (const accept of ['text/html', 'image/png', 'application/json;q=0'])
      expect(codeOf(await graph({ query: '{ __typename }' }, { accept }), accept)).toBe('NOT_ACCEPTABLE');
  });
});

describe('an operation that can’t be run', () => {
  test('is never a fault of the hub', async () => {
    // What the gateway's own planner doesn't know of introspection: answered alone, and refused beside records.
    const oneOf = '__type(name: "Query") { isOneOf }';
    const deprecated = '__schema { directives { isDeprecated } }';
    for (const [asked, told] of [
      [oneOf, { __type: { isOneOf: null } }],
      [deprecated, { __schema: { directives: expect.arrayContaining([{ isDeprecated: false }]) } }],
    ] as const)
      expect(JSON.parse((await graph({ query: `{ ${asked} }` })).text)).toEqual({ data: told });
    const include = 'query ($x: Boolean = true) { committee(code: "330624") { name @include(if: $x) } }';
    for (const [body, code, more] of [
      [{ query: 'subscription { x }' }, 'GRAPHQL_VALIDATION_FAILED', {}],
      [{ query: include, variables: { x: null } }, 'BAD_USER_INPUT', { field: '$x' }],
      [{ query: include.replace('include', 'skip'), variables: { x: null } }, 'BAD_USER_INPUT', { field: '$x' }],
      [
        { query: '{ members(filter: { text: "a\\u0000" }) { totalCount } }' },
        'BAD_USER_INPUT',
        { field: 'filter.text' },
      ],
      [
        {
          query: 'query ($f: MemberFilter) { members(filter: $f) { totalCount } }',
          variables: { f: { text: '\ud800' } },
        },
        'BAD_USER_INPUT',
        { field: 'filter.text' },
      ],
      [{ query: '{ __typename }', operationName: { toString: 'x' } }, 'BAD_REQUEST', {}],
      [{ query: '{ __typename }', operationName: 3 }, 'BAD_REQUEST', {}],
      [{ query: '{ __typename }', operationName: 'Other' }, 'OPERATION_RESOLUTION_FAILURE', {}],
      [{ query: `{ ${oneOf} sources { id } }` }, 'GRAPHQL_VALIDATION_FAILED', {}],
      [{ query: `{ ${deprecated} sources { id } }` }, 'GRAPHQL_VALIDATION_FAILED', {}],
      [{ query: '{ __typename }', variables: '{}' }, 'BAD_REQUEST', {}],
      [{ query: '{ __typename }', variables: [] }, 'BAD_REQUEST', {}],
      [{ query: '{ __typename }', extensions: 'x' }, 'BAD_REQUEST', {}],
      [{ query: { kind: 'Document' } }, 'BAD_REQUEST', {}],
      [{ query: '' }, 'BAD_REQUEST', {}],
      [[{ query: '{ __typename }' }], 'BAD_REQUEST', {}],
      [{ extensions: { persistedQuery: { version: 1 } } }, 'PERSISTED_QUERY_NOT_SUPPORTED', {}],
    ] as const)
      expect(refusal(await graph(body), JSON.stringify(body))[0].extensions, JSON.stringify(body)).toMatchObject({
        code,
        ...more,
      });
    expect(refusal(await graph({ query: 'subscription { x }' }))[0].message).toContain('/changes');
  });

  test('says where in its document', async () => {
    expect(refusal(await graph({ query: '{me{role}' }))[0].locations).toEqual([{ line: 1, column: 10 }]);
    expect(refusal(await graph({ query: '{\n  nothing }' }))[0].locations).toEqual([{ line: 2, column: 3 }]);
    for (const [query, column, told] of [
      ['{ __proto__: me { role } }', 3, '__proto__'],
      ['{ me { role } __schema { types { name } } }', 15, '单独查询'],
      ['{ __schema { types { name } again: types { name } } }', 29, '只能查询一次'],
      ['{ __type(name: "Me") { fields { type { fields { type { fields { name } } } } } } }', 56, '按名称另行查询'],
    ] as const)
      expect(refusal(await graph({ query }))[0]).toMatchObject({
        message: expect.stringContaining(told),
        locations: [{ line: 1, column }],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      });
  });

  test('is told five errors at most where nothing ran, with what may have been meant and without values', async () => {
    const many = Array.from({ length: 20 }, (_, n) => `@d${n}`).join(' ');
    expect(refusal(await graph({ query: `{ __typename ${many} }` }))).toHaveLength(5);
    const [enumValue] = refusal(
      await graph(
        { query: '{ committee(code: "330000") { consultations(orderBy: HELD_AS) { totalCount } } }' },
        { 'accept-language': 'en' },
      ),
    );
    expect(enumValue.message).toMatch(/does not exist in "\w+" enum\. Did you mean the enum value "HELD_ASC"/);
    for (const value of ['"geheim"', '{ a: "geheim", b: 3 }', '["geheim"]', '"""geheim"""', '47114711.5'])
      for (const argument of ['first', 'orderBy', 'filter']) {
        const query = `{ members(${argument}: ${value}) { totalCount } }`;
        for (const { message } of refusal(await graph({ query }), query)) expect(message).not.toMatch(/geheim|4711/);
      }
  });

  test('an empty operationName is as none, a mutation by GET or HEAD is 405', async () => {
    expect((await graph({ query: '{ __typename }', operationName: '' })).status).toBe(200);
    expect((await get(`${asRead('{ __typename }')}&operationName=`, askedFirst)).status).toBe(200);
    const mutation = 'mutation { fileSubmission(input: {}) { userErrors { code } } }';
    const written = await get(asRead('mutation { __typename }'), askedFirst);
    expect(codeOf(written)).toBe('METHOD_NOT_ALLOWED');
    expect(written.headers.allow).toBe('POST');
    expect((await get(asRead('mutation { __typename }'), askedFirst, 'HEAD')).status).toBe(405);
    expect(codeOf(await get(asRead(mutation), askedFirst))).toMatch(/METHOD_NOT_ALLOWED|GRAPHQL_VALIDATION_FAILED/);
    expect(codeOf(await get(asRead('{ __typename }')))).toBe('BAD_REQUEST');
  });
});

test('the audit of GraphQL over HTTP finds no MUST broken, and of what SHOULD be only that bad documents aren’t 200', async () => {
  const found = await Promise.all(
    serverAudits({ url: `${hub.url}/graphql`, fetchFn: fetch }).map(async (audit) => ({
      ...(await audit.fn()),
      name: audit.name,
    })),
  );
  const failed = (level: string) => found.filter(({ name, status }) => name.startsWith(level) && status !== 'ok');
  expect(found.filter(({ name }) => name.startsWith('MUST')).length).toBeGreaterThanOrEqual(13);
  expect(failed('MUST')).toEqual([]);
  for (const { name } of failed('SHOULD'))
    expect(name).toMatch(/^SHOULD use (a status code of )?200 .* when accepting application\/json$/);
});

describe('who signs in', () => {
  test('by one scheme, with any number of spaces, and nothing behind the token', async () => {
    const token = await hub.staff('330100');
    const me = (authorization: string) => graph({ query: '{ me { role } }' }, { authorization });
    for (const good of [`Bearer ${token}`, `bearer   ${token}`, `BEARER ${token}`])
      expect(JSON.parse((await me(good)).text).data.me.role, good).toBe('STAFF');
    for (const bad of [
      `Bearer ${token} x`,
      `Bearer ${token},`,
      'Bearer',
      'Basic eDp5',
      token,
      `Bearer\t${token}`,
      `Bearer "${token}"`,
    ])
      expect(codeOf(await me(bad), bad)).toBe('UNAUTHENTICATED');
    expect((await me('Bearer x')).headers['www-authenticate']).toBe('Bearer realm="cppcc-hub", error="invalid_token"');
    expect((await me('Basic eDp5')).headers['www-authenticate']).toBe('Bearer realm="cppcc-hub"');
    for (const path of ['/changes', '/export/directory', '/files/x'])
      expect(codeOf(await get(path, { authorization: 'Basic eDp5' }), path)).toBe('UNAUTHENTICATED');
    expect(codeOf(await get('/export/directory'))).toBe('UNAUTHENTICATED');
  });

  test('with two spaces gets a stream that ends with the token', async () => {
    const streamed = async (lifetime: string) => {
      const token = await hub.issuer.issue('short', { role: 'staff', committee: '330100' }, lifetime);
      return write(hub.url, [
        `GET /changes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer  ${token}\r\nconnection: close\r\n\r\n`,
      ]);
    };
    // A token is good for five seconds beyond its end. Where the machine is busy, it has to be one that lasts longer.
    let answer = await streamed('-3s');
    for (const lifetime of ['1s', '20s']) if (answer.status === 401) answer = await streamed(lifetime);
    const { headers, text } = answer;
    expect(headers['content-type']).toMatch(/^text\/event-stream/);
    expect(text).toContain('event: end\ndata: {"code":"UNAUTHENTICATED"}');
  });
});

describe('HEAD', () => {
  test('answers wherever GET does, with its head and nothing more', async () => {
    for (const path of [
      '/',
      '/health',
      '/schema.graphql',
      '/openapi.json',
      '/catalog',
      asRead('{ __typename }'),
      '/changes',
      '/changes?wait=20',
    ]) {
      const [head, whole] = [
        await get(path, askedFirst, 'HEAD'),
        path === '/changes?wait=20' ? undefined : await get(path, askedFirst),
      ];
      expect({ path, status: head.status, text: head.text }).toEqual({ path, status: 200, text: '' });
      if (whole) expect(head.headers['content-type'], path).toBe(whole.headers['content-type']);
    }
    for (const path of ['/export/directory', '/files/x', '/calendars/x.ics', '/nothing']) {
      const [head, whole] = [await get(path, {}, 'HEAD'), await get(path)];
      expect({ path, status: head.status, text: head.text }).toEqual({ path, status: whole.status, text: '' });
    }
  });
});

describe('what every answer says', () => {
  test('keeps browsers from guessing, framing and telling on, and to https', async () => {
    for (const path of [
      '/',
      '/health',
      '/schema.graphql',
      '/catalog',
      '/openapi.json',
      '/nothing',
      '/changes',
      asRead('{ a }'),
      '/files/%E0',
    ])
      expect((await get(path)).headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': expect.stringMatching(/no-referrer|same-origin/),
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
        'cross-origin-resource-policy': 'same-origin',
        'x-request-id': expect.any(String),
        ...(path !== '/files/%E0' && { 'strict-transport-security': 'max-age=31536000' }),
      });
  });

  test('the schema is sent again only where it changed', async () => {
    const { headers } = await get('/schema.graphql');
    expect(headers['cache-control']).toBe('public, no-cache');
    const again = await get('/schema.graphql', { 'if-none-match': String(headers.etag) });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
  });

  test('pages of other origins may read what they need of it, and what it depends on is told whole', async () => {
    const origin = 'https://front.example';
    for (const path of ['/export/directory', '/graphql']) {
      const { headers } = await get(path, { origin });
      expect(headers['access-control-allow-origin']).toBe(origin);
      const exposed = String(headers['access-control-expose-headers']).split(', ');
      for (const name of [
        'x-request-id',
        'retry-after',
        'ratelimit',
        'ratelimit-policy',
        'www-authenticate',
        'allow',
        'etag',
      ])
        expect(exposed).toContain(name);
      expect(String(headers.vary).toLowerCase().split(', ')).toEqual(expect.arrayContaining(['origin', 'accept']));
    }
    expect((await get('/nothing', { origin })).headers['access-control-allow-origin']).toBe(origin);
    expect((await get('/graphql', {}, 'OPTIONS')).status).toBe(204);
  });
});

describe('a fault of the hub', () => {
  test('tells the id under which the log has it', async () => {
    const gateway = await hub.anotherGateway({
      authenticate: () => Promise.reject(new Error('the inside')),
      http: {},
    });
    try {
      for (const path of ['/graphql', '/changes', '/files/x']) {
        log = [];
        const answer = await send(`${gateway.url}${path}`, {
          method: path === '/graphql' ? 'POST' : 'GET',
          headers: json,
          ...(path === '/graphql' && { body: '{"query":"{ __typename }"}' }),
        });
        const [{ extensions }] = refusal(answer, path);
        expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId: answer.headers['x-request-id'] });
        expect(answer.text).not.toContain('inside');
        const lines = log.filter(
          (line) => line.includes(String(extensions['requestId'])) && line.includes('request failed'),
        );
        expect(lines, path).toHaveLength(1);
      }
    } finally {
      await gateway.stop();
    }
  });
});

describe('what comes too slowly', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    const http = { headersMs: 800, bodyMs: 700, requestMs: 1_600, checkMs: 100 };
    gateway = await hub.anotherGateway({ http });
  });
  afterAll(() => gateway.stop());

  /** A request that drips on for ever. */
  async function* dripping(begin: string) {
    yield begin;
    for (;;) {
      await delay(100);
      yield ' ';
    }
  }
  const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

  test.each([
    ['a body that drips', `${head}content-length: 1000\r\n\r\n{`],
    ['a body in pieces that drips', `${head}transfer-encoding: chunked\r\n\r\n2\r\n{ \r\n`],
    ['a head that drips', `${head}x-slow: `],
  ])('%s is cut with 408', async (_, begin) => {
    const isChunked = begin.includes('chunked');
    const answer = await write(gateway.url, isChunked ? [begin] : dripping(begin));
    expect(codeOf(answer)).toBe('REQUEST_TIMEOUT');
  });

  test('a body that stops is cut, at an address that doesn’t take one too', async () => {
    expect(codeOf(await write(gateway.url, [`${head}content-length: 1000\r\n\r\n{`]))).toBe('REQUEST_TIMEOUT');
    const answer = await write(gateway.url, ['POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{']);
    expect(answer.status).toBe(404);
  });

  test('an upload that drips is cut too', async () => {
    const token = await hub.staff('330100');
    const begin = `POST /files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 100000\r\n\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`;
    expect(codeOf(await write(gateway.url, dripping(begin)))).toMatch(/REQUEST_TIMEOUT|BAD_REQUEST/);
  });

  test('a connection on which nothing is said is closed', async () => {
    await write(gateway.url, []);
  });
});

/** The same numbers each time. */
function random(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('of a thousand odd requests none is a fault of the hub, and whatever is refused is told in the one shape', async () => {
  const next = random(20261129);
  const one = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
  const token = await hub.staff('330100');
  const paths = [
    ...[
      '/',
      '/graphql',
      '/changes',
      '/changes?wait=0',
      '/files',
      '/files/x',
      '/calendars/x.ics',
      '/catalog',
      '/health',
    ],
    ...[
      '/schema.graphql',
      '/openapi.json',
      '/export/directory',
      '/export/x?format=csv',
      '/explorer/tokens',
      '/nothing',
    ],
    ...['//', '/%', '/%00', '/files/%E0', `/files/${'y'.repeat(200)}`, '/graphql/', '/GRAPHQL', '/graphql?query', '*'],
    ...['/graphql?query={a}&query={b}', '/graphql?query={__typename}', '/graphql?query={__typename}&variables=x'],
    ...[
      '/graphql?query=subscription{x}',
      '/graphql?query=mutation{x}',
      '/changes?after=x&after=y',
      '/changes?__proto__=1',
    ],
    ...[
      '/files/../../etc/passwd',
      '/;a=b',
      '/?a[b]=c',
      `/${'z'.repeat(5_000)}`,
      '/files?for=__proto__',
      '/files?for=a&for=b',
    ],
  ];
  const headers: readonly (readonly [string, string])[] = [
    ...[
      '',
      '*/*',
      'text/html',
      'application/graphql-response+json',
      'x',
      ';;',
      'application/json;q=2',
      'text/event-stream',
    ].map((value) => ['accept', value] as const),
    ...['en', 'zh', ';', '*;q=0', 'en;q=x'].map((value) => ['accept-language', value] as const),
    ...[`Bearer ${token}`, 'Bearer x', 'Bearer a.b.c', 'Basic x', '', 'Bearer eyJ0eXAiOiJhZ2VuY3krand0In0.e30.x'].map(
      (value) => ['authorization', value] as const,
    ),
    ...[
      'application/json',
      'application/json; charset=gbk',
      'text/plain',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'application/',
      ';',
      'x',
    ].map((value) => ['content-type', value] as const),
    ...['gzip', 'identity', 'x'].map((value) => ['content-encoding', value] as const),
    ...['x', '[', 'a b', 'localhost:99999', '127.0.0.1'].map((value) => ['host', value] as const),
    ['x-acting-membership', 'x'],
    ['x-receipt', '\u00ff'],
    ['range', 'bytes=9-1'],
    ['if-none-match', '*'],
    ['if-modified-since', 'x'],
    ['last-event-id', 'x'],
    ['origin', 'https://front.example'],
    ['access-control-request-method', 'x'],
    ['accept-version', '1'],
    ['upgrade', 'websocket'],
    ['apollo-require-preflight', '1'],
    ['x-forwarded-host', '['],
    ['repr-digest', 'sha-256=:x:'],
  ];
  const bodies = [
    ...[
      undefined,
      '',
      '{',
      '{}',
      '[]',
      'null',
      '{"query":"{ __typename }"}',
      '{"query":"{ a"}',
      '{"query":3}',
      '{"query":null}',
    ],
    ...[
      '{"query":"{ __typename }","variables":{"a":"\\u0000"}}',
      '{"query":"{ __typename }","operationName":{"toString":1}}',
    ],
    ...[
      '{"query":"subscription { x }"}',
      '{"query":"fragment F on Query { __typename }"}',
      '{"query":"type A { b: C }"}',
    ],
    ...[
      '{"query":"query ($x: Boolean = false) { __typename @skip(if: $x) }","variables":{"x":null}}',
      '{"query":"{ __typename @defer }"}',
    ],
    ...[
      '{"query":"query ($f: Int = 1) { committees(first: $f) { totalCount } }","variables":{"f":null}}',
      '--x--',
      '{"actor":1}',
    ],
    ...[
      '{"query":"{ committee(code: \\"\\u0000\\") { code } }"}',
      '{"query":"{ ...on Mutation { x } }"}',
      '{"query":"{ __type(name: 3) { name } }"}',
    ],
    ...[Buffer.from([0xff, 0xfe, 0x7b]), Buffer.from('{"query":"\xd0\xad"}', 'latin1')],
  ];
  const methods = [
    'GET',
    'GET',
    'POST',
    'POST',
    'POST',
    'HEAD',
    'OPTIONS',
    'PUT',
    'DELETE',
    'PATCH',
    'TRACE',
    'QUERY',
    'PROPFIND',
    'SEARCH',
  ];
  const statuses = new Map<number, number>();
  for (let round = 0; round < 1_000; round++) {
    const method = one(methods);
    const body = ['GET', 'HEAD', 'OPTIONS'].includes(method) && next() < 0.9 ? undefined : one(bodies);
    const asked = {
      method,
      headers: Object.fromEntries(Array.from({ length: Math.floor(next() * 5) }, () => one(headers))),
      ...(body !== undefined && { body }),
    };
    const path = one(paths);
    const what = `${path} ${JSON.stringify(asked)}`;
    const answer = await send(`${hub.url}${path}`, asked);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    expect(answer.status, what).toBeLessThan(500);
    if (answer.status >= 400 && method !== 'HEAD') refusal(answer, what);
  }
  // It is of every kind, or it would show little.
  for (const status of [200, 400, 401, 404, 405, 406, 415])
    expect(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(3);
}, 300_000);

test('what a subgraph did not do since another part of the operation failed is told as that, and each failure once', async () => {
  const { data, errors } = await hub.ask(
    `mutation ($book: ProposeBookInput!, $entry: AddCalendarEntryInput!) {
      denied: proposeBook(input: $book) { book { id } userErrors { code } }
      undone: addCalendarEntry(input: $entry) { calendarEntry { id } userErrors { code } } }`,
    {
      variables: {
        book: { title: '某书', writer: '某人' },
        entry: { committee: '330110', title: '某事', starts: '2030-01-01T09:00+08:00', ends: '2030-01-01T10:00+08:00' },
      },
      token: await hub.staff('330110'),
    },
  );
  expect(data).toEqual({ denied: null, undone: null });
  expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['denied'], 'FORBIDDEN'],
    [['undone'], 'UNDONE'],
  ]);
});
