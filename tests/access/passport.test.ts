/** A subgraph over HTTP answers nobody without a passport of its gateway. */
import { createPassportKeys, passportIssuer } from '@hub/access';
import { openDatabase, subgraphUrl } from '@hub/database';
import { errorKinds } from '@hub/errors';
import { createSubgraph, type SubgraphServer, serveSubgraph } from '@hub/subgraph-server';
import { createTestDatabase, staff, type TestDatabase } from '@hub/testkit';
import { importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';

let database: TestDatabase;
const servers = new Map<string, SubgraphServer>();
const keys = await createPassportKeys();
const otherKeys = await createPassportKeys();
const actor = staff('330110');

beforeAll(async () => {
  database = await createTestDatabase('empty');
  for (const definition of subgraphs) {
    const { name } = definition;
    const tables = openDatabase({ url: await subgraphUrl(database.url, name), name, fetchTimeoutMs: 5_000 });
    servers.set(
      name,
      await serveSubgraph(
        createSubgraph(definition, tables, () => undefined),
        { host: '127.0.0.1', port: 0, passportPublicKey: keys.publicKey, logLevel: 'silent' },
      ),
    );
  }
});
afterAll(async () => {
  for (const server of servers.values()) await server.stop();
  await database.drop();
});

/** A passport that differs in one thing from one that is good. */
async function passport(
  differs: Partial<{
    key: string;
    issuer: string;
    audience: string;
    type: string;
    from: number;
    lives: number;
    actor: unknown;
  }>,
  name: string,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const { from = now, lives = 60 } = differs;
  const jwt = new SignJWT({ ...(differs.actor === null ? {} : { actor: differs.actor ?? actor }) })
    .setProtectedHeader({ alg: 'EdDSA', typ: differs.type ?? 'hub-passport+jwt' })
    .setIssuer(differs.issuer ?? 'urn:cppcc-hub:gateway')
    .setAudience(differs.audience ?? name)
    .setIssuedAt(from);
  if (lives > 0) jwt.setExpirationTime(from + lives);
  return jwt.sign(await importJWK(JSON.parse(differs.key ?? keys.privateKey), 'EdDSA'));
}

async function ask(name: string, authorization: string | undefined, body = '{"query":"{ __typename }"}') {
  const response = await fetch(servers.get(name)?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    body,
  });
  return { status: response.status, text: await response.text() };
}

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const now = Math.floor(Date.now() / 1000);

describe.each(subgraphs.map(({ name }) => name))('%s', (name) => {
  const refused = {
    status: 401,
    body: {
      errors: [
        {
          message: expect.stringMatching(`^(${errorKinds.UNAUTHENTICATED.zh}|${errorKinds.UNAUTHENTICATED.en})$`),
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    },
  };
  const other = subgraphs.find((one) => one.name !== name)?.name ?? '';
  test.each<[string, () => Promise<string | undefined>]>([
    ['none', async () => undefined],
    ['an empty one', async () => 'Bearer '],
    ['something else', async () => 'Bearer passport'],
    ['one by another scheme', async () => `Basic ${await passport({}, name)}`],
    ['one for another subgraph', async () => `Bearer ${await passport({ audience: other }, name)}`],
    ['one signed with another key', async () => `Bearer ${await passport({ key: otherKeys.privateKey }, name)}`],
    ['one that has expired', async () => `Bearer ${await passport({ from: now - 120 }, name)}`],
    ['one that never expires', async () => `Bearer ${await passport({ lives: 0 }, name)}`],
    ['one of another issuer', async () => `Bearer ${await passport({ issuer: 'urn:somebody' }, name)}`],
    ['a token of another type', async () => `Bearer ${await passport({ type: 'at+jwt' }, name)}`],
    ['one without an actor', async () => `Bearer ${await passport({ actor: null }, name)}`],
    [
      'one that isn’t signed',
      async () => {
        const claims = { actor, iss: 'urn:cppcc-hub:gateway', aud: name, exp: now + 60 };
        return `Bearer ${encoded({ alg: 'none', typ: 'hub-passport+jwt' })}.${encoded(claims)}.`;
      },
    ],
    [
      'one signed with the public key as a secret',
      async () => {
        const jwt = new SignJWT({ actor })
          .setProtectedHeader({ alg: 'HS256', typ: 'hub-passport+jwt' })
          .setIssuer('urn:cppcc-hub:gateway')
          .setAudience(name)
          .setExpirationTime('60s');
        return `Bearer ${await jwt.sign(new TextEncoder().encode(keys.publicKey))}`;
      },
    ],
  ])('refuses a request with %s, whatever it asks', async (_, authorization) => {
    const header = await authorization();
    for (const body of [
      '{"query":"{ __typename }"}',
      '{"query":"{ _service { sdl } }"}',
      '{"query":"{ __schema { types { name } } }"}',
      '{"query":"{ no such thing"}',
    ]) {
      const { status, text } = await ask(name, header, body);
      expect({ status, body: JSON.parse(text) }).toEqual(refused);
    }
  });

  test('answers the gateway', async () => {
    const issue = await passportIssuer(keys.privateKey);
    const { status, text } = await ask(name, `Bearer ${await issue(actor, name)}`);
    expect({ status, data: JSON.parse(text).data }).toEqual({ status: 200, data: { __typename: 'Query' } });
  });

  test('has no other door', async () => {
    const url = servers.get(name)?.url ?? '';
    for (const [method, path] of [
      ['GET', '/graphql?query={__typename}'],
      ['GET', '/'],
      ['GET', '/.well-known/apollo/server-health'],
      ['POST', '/'],
      ['OPTIONS', '/graphql'],
    ] as const) {
      const response = await fetch(new URL(path, url), { method });
      expect({ method, path, status: response.status }).toEqual({ method, path, status: 404 });
    }
  });
});
