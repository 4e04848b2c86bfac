import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, names, startHub } from '../../tests/hub/hub.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub('in process', { config: { corsOrigins: ['https://front.example'] } });
});
afterAll(() => hub.stop());

const inside = /at .*\.[jt]s:|select |postgres|127\.0\.0\.1|stack|hub_\w*members/i;

/** The one error of a refusal, which tells nothing of the inside and costs little. */
async function refusal(query: string, options: Parameters<Hub['ask']>[1] = {}) {
  const before = process.cpuUsage();
  const { status, errors, text } = await hub.ask(query, options);
  const { user, system } = process.cpuUsage(before);
  expect(user + system, 'microseconds of the processor').toBeLessThan(2_000_000);
  expect(errors).toHaveLength(1);
  expect(text).not.toMatch(inside);
  return { status, code: errors[0]?.extensions.code, message: errors[0]?.message };
}

describe('what a client sends wrongly gets its own code', () => {
  test('a malformed code is named, and an unknown one is null', async () => {
    expect(await refusal('{ members(within: "33x") { totalCount } }')).toMatchObject({ code: 'BAD_USER_INPUT' });
    const { data } = await hub.ask(
      '{ unknown: committee(code: "999999") { code } malformed: committee(code: "33x") { code } }',
    );
    expect(data).toEqual({ unknown: null, malformed: null });
  });

  test('a day that is none is refused, as a literal and as a variable', async () => {
    expect(await refusal('{ committees(on: "2024-02-30") { totalCount } }')).toMatchObject({ code: 'BAD_USER_INPUT' });
    const variable = 'query ($on: Date) { committees(on: $on) { totalCount } }';
    expect(await refusal(variable, { variables: { on: 'yesterday' } })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  test('first above the ceiling is an error and never cut', async () => {
    expect(await refusal('{ committees(first: 100000) { totalCount } }')).toMatchObject({ code: 'PAGE_TOO_LARGE' });
    expect(await refusal('{ members(first: -1) { totalCount } }')).toMatchObject({ code: 'PAGE_TOO_LARGE' });
  });

  test('a cursor of another order or of nobody is refused', async () => {
    const forged = (values: string[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const cursor of [
      forged(['MODIFIED_DESC', 'never', 'nobody']),
      forged(['NAME_ASC', 'x']),
      forged(['NAME_DESC', 'x', 'y']),
    ])
      expect(await refusal(`{ members(orderBy: MODIFIED_DESC, after: "${cursor}") { nodes { id } } }`)).toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    expect(await refusal('{ members(after: "garbage") { totalCount nodes { id } } }')).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  test('a document of one megabyte', async () => {
    expect(await refusal(`{ a } # ${'x'.repeat(1_000_000)}`)).toMatchObject({ status: 413, code: 'REQUEST_TOO_LARGE' });
  });

  test('thousands of tokens', async () => {
    expect(await refusal(`{ ${'sources { id } '.repeat(2_000)} }`)).toMatchObject({
      status: 400,
      code: 'OPERATION_TOO_LARGE',
    });
  });

  test('depth 30', async () => {
    const deep = `{ committee(code: "330000") { ${'parent { '.repeat(30)} code ${'} '.repeat(30)} } }`;
    expect(await refusal(deep)).toMatchObject({ status: 400, code: 'OPERATION_TOO_LARGE' });
  });

  test('500 aliases, also by way of fragments', async () => {
    const aliases = Array.from({ length: 500 }, (_, n) => `a${n}: sources { id }`).join(' ');
    expect(await refusal(`{ ${aliases} }`)).toMatchObject({ code: 'OPERATION_TOO_LARGE' });
    const doubled = Array.from({ length: 20 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(
      ' ',
    );
    expect(await refusal(`{ ...F0 } ${doubled} fragment F20 on Query { b: sources { id } }`)).toMatchObject({
      code: 'OPERATION_TOO_LARGE',
    });
  });

  test('lists within lists within lists, by literals and by variables', async () => {
    const nested = (page: string) =>
      `children(first: ${page}) { nodes { children(first: ${page}) { nodes { children(first: ${page}) { nodes { code } } } } } }`;
    expect(await refusal(`{ region(code: "000000") { ${nested('100')} } }`)).toMatchObject({
      code: 'OPERATION_TOO_LARGE',
    });
    const byVariable = `query ($page: Int) { region(code: "330000") { ${nested('$page')} } }`;
    expect((await hub.ask(byVariable, { variables: { page: 2 } })).errors).toEqual([]);
    expect(await refusal(byVariable, { variables: { page: 100 } })).toMatchObject({ code: 'OPERATION_TOO_LARGE' });
  });

  test('a fragment that spreads itself', async () => {
    expect(await refusal('{ ...F } fragment F on Query { ...F }')).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  test('a variable named representations', async () => {
    expect(
      await refusal('query ($representations: ID!) { member(id: $representations) { id } }', {
        variables: { representations: 'x' },
      }),
    ).toMatchObject({ code: 'RESERVED_VARIABLE' });
  });

  test('a variable of the wrong type is named, and its value is not repeated', async () => {
    const { errors, text } = await hub.ask(
      'query ($first: Int!) { sources { id } committees(first: $first) { totalCount } }',
      { variables: { first: 'secret-value' } },
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: '$first' });
    expect(text).not.toContain('secret-value');
  });

  test('a field that is not there, a syntax error, two operations without a name', async () => {
    expect(await refusal('{ nothing }')).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
    expect(await refusal('{ committee(')).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' });
    expect(await refusal('query A { sources { id } } query B { sources { id } }')).toMatchObject({
      status: 400,
      code: 'OPERATION_RESOLUTION_FAILURE',
    });
  });

  test('a list of operations, no body, no JSON, another media type', async () => {
    for (const [body, type] of [
      ['[{"query":"{ sources { id } }"}]', 'application/json'],
      ['', 'application/json'],
      ['{"query":', 'application/json'],
      ['query=1', 'application/x-www-form-urlencoded'],
    ]) {
      const response = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type ?? '' },
        body: body ?? '',
      });
      const text = await response.text();
      const isJson = type === 'application/json';
      expect(response.status, body).toBe(isJson ? 400 : 415);
      expect(JSON.parse(text).errors[0].extensions.code).toBe(isJson ? 'BAD_REQUEST' : 'UNSUPPORTED_MEDIA_TYPE');
      expect(text).not.toMatch(inside);
    }
  });

  test('the sentence is Chinese, or English where the client asks for it', async () => {
    expect((await refusal('{ committees(first: 1000) { totalCount } }')).message).toMatch(/分页/);
    expect(
      (await refusal('{ committees(first: 1000) { totalCount } }', { headers: { 'accept-language': 'en-GB' } }))
        .message,
    ).toMatch(/page by page/);
  });
});

describe('a token that is not good', () => {
  const sources = '{ sources { id } }';
  const claims = { role: 'staff', committee: '330100' } as const;
  const good = { issuer: names.issuer, audience: names.audience };

  async function signed(algorithm: string, change: (jwt: SignJWT) => SignJWT = (jwt) => jwt, typ = 'at+jwt') {
    const key =
      algorithm === 'HS256' ? new TextEncoder().encode('x'.repeat(32)) : (await generateKeyPair(algorithm)).privateKey;
    const jwt = new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, typ })
      .setSubject('s')
      .setIssuer(good.issuer)
      .setAudience(good.audience)
      .setIssuedAt()
      .setExpirationTime('1h');
    return change(jwt).sign(key);
  }

  test('expired, unsigned, for another audience, of another issuer, by another key or algorithm, of another type, with an unknown role or committee', async () => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const publicKey = JSON.stringify(hub.issuer.keySet.keys[0]);
    const tokens = {
      expired: await hub.issuer.issue('s', claims, '-1h'),
      unsigned: `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode({ ...claims, sub: 's', iss: good.issuer, aud: good.audience, exp: 9_999_999_999 })}.`,
      'another key': await signed('ES256'),
      'another algorithm': await signed('HS256'),
      'the public key as a secret': await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode(publicKey.padEnd(32))),
      'unknown role': await hub.issuer.issue('s', { role: 'king' as 'staff', committee: '330100' }),
      'unknown committee': await hub.issuer.issue('s', { role: 'staff', committee: '999999' }),
      garbage: 'garbage',
    };
    for (const [what, token] of Object.entries(tokens)) {
      const { status, errors, text } = await hub.ask(sources, { token });
      expect({ what, status, code: errors[0]?.extensions.code }).toEqual({
        what,
        status: 401,
        code: 'UNAUTHENTICATED',
      });
      expect(text).not.toMatch(inside);
    }
  });

  test('one for another audience, issuer or purpose is refused though the right key signed it', async () => {
    const { openDevelopmentIssuer } = await import('@hub/access');
    const { mkdtemp, rm } = await import('node:fs/promises');
    const directory = await mkdtemp(join(tmpdir(), 'cppcc-hub-issuer-'));
    const right = await openDevelopmentIssuer(directory, names);
    const other = await openDevelopmentIssuer(directory, { ...names, audience: 'another' });
    const foreign = await openDevelopmentIssuer(directory, { ...names, issuer: 'urn:another' });
    const own = await startHub('in process', {
      config: { authenticate: (await import('@hub/access')).authenticator(right.keySet, names) },
    });
    try {
      expect((await own.ask(sources, { token: await right.issue('s', claims) })).status).toBe(200);
      for (const issuer of [other, foreign])
        expect((await own.ask(sources, { token: await issuer.issue('s', claims) })).status).toBe(401);
    } finally {
      await own.stop();
      await rm(directory, { recursive: true });
    }
  });

  test('when the keys can’t be had it is not the token that is blamed', async () => {
    const { authenticator } = await import('@hub/access');
    const nobody = new URL('http://127.0.0.1:9/keys');
    const cut = await startHub('in process', { config: { authenticate: authenticator(nobody, names) } });
    try {
      const { status, errors } = await cut.ask(sources, { token: await hub.issuer.issue('s', claims) });
      expect({ status, code: errors[0]?.extensions.code }).toEqual({
        status: 503,
        code: 'IDENTITY_PROVIDER_UNAVAILABLE',
      });
      expect((await cut.ask(sources)).status).toBe(200);
    } finally {
      await cut.stop();
    }
  });

  test('who has several memberships chooses one, and none that is another’s', async () => {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const token = await hub.token({
      role: 'member',
      membership: [
        { id: first, committee: '330110' },
        { id: second, committee: '330100' },
      ],
    });
    const me = '{ me { role committee { code } } }';
    expect((await hub.ask(me, { token })).data.me).toEqual({ role: 'MEMBER', committee: { code: '330110' } });
    expect((await hub.ask(me, { token, headers: { 'x-acting-membership': second } })).data.me.committee.code).toBe(
      '330100',
    );
    const third = await hub.ask(me, { token, headers: { 'x-acting-membership': 'third' } });
    expect(third).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    expect(third.errors?.[0]?.message).toContain('X-Acting-Membership');
  });
});

describe('a variable that has a default', () => {
  const asked = async (type: string, variables: Record<string, unknown>) => {
    const query = `query ($first: ${type} = 2) { committee(code: "330000") { children(first: $first) { nodes { code } } members(scope: SUBTREE, first: $first) { nodes { id } } } }`;
    const { data, errors } = await hub.ask(query, { variables });
    expect(errors).toEqual([]);
    return [data.committee.children.nodes.length, data.committee.members.nodes.length];
  };

  test.each(['Int', 'Int!'])('of type %s is that where none is given, in every subgraph', async (type) => {
    expect(await asked(type, {})).toEqual([2, 2]);
    expect(await asked(type, { first: 3 })).toEqual([3, 3]);
  });

  test('is nothing where nothing is given', async () => {
    expect(await asked('Int', { first: null })).not.toEqual([2, 2]);
  });
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    fetch(`${hub.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  test('only configured origins may call', async () => {
    expect((await preflight('https://front.example')).headers.get('access-control-allow-origin')).toBe(
      'https://front.example',
    );
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a form of a foreign page gets nothing (CSRF)', async () => {
    const response = await fetch(`${hub.url}/graphql?query=${encodeURIComponent('{ sources { id } }')}`);
    expect(response.status).toBe(400);
    expect(JSON.parse(await response.text()).errors[0].extensions.code).toBe('BAD_REQUEST');
    const allowed = await fetch(`${hub.url}/graphql?query=${encodeURIComponent('{ sources { id } }')}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(allowed.status).toBe(200);
  });
});
