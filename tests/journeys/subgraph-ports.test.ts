/** What a subgraph refuses on its own port: whoever has a passport and asks past the gateway's checks. */
import { createPassportKeys, passportIssuer } from '@hub/access';
import { openDatabase, subgraphUrl } from '@hub/database';
import { createSubgraph, type SubgraphServer, serveSubgraph } from '@hub/subgraph-server';
import { createTestDatabase, everyone, openLogin, staff, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';

let database: TestDatabase;
const servers = new Map<string, SubgraphServer>();
const keys = await createPassportKeys();
const passport = await passportIssuer(keys.privateKey);
const names = subgraphs.map(({ name }) => name);

beforeAll(async () => {
  database = await createTestDatabase('facts');
  for (const definition of subgraphs) {
    const { name } = definition;
    const tables = openDatabase({ url: await subgraphUrl(database.url, name), name, fetchTimeoutMs: 60_000 });
    const subgraph = createSubgraph(definition, tables, () => undefined);
    servers.set(
      name,
      await serveSubgraph(subgraph, {
        host: '127.0.0.1',
        port: 0,
        passportPublicKey: keys.publicKey,
        logLevel: 'silent',
      }),
    );
  }
});
afterAll(async () => {
  for (const server of servers.values()) await server.stop();
  await database.drop();
});

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions: Record<string, unknown> }[];
  readonly extensions?: { readonly statements: number };
}

async function ask(name: string, query: string, variables: object, actor = everyone): Promise<Answer> {
  const response = await fetch(servers.get(name)?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await passport(actor, name)}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

describe.each(names)('%s', (name) => {
  test('looks for ten thousand entities at once and for none of more', async () => {
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Committee { code name } } }';
    const of = (count: number) => ({
      of: Array.from({ length: count }, () => ({ __typename: 'Committee', code: '330000' })),
    });
    const most = await ask(name, query, of(10_000));
    expect(most.errors).toBeUndefined();
    const found = most.data?.['_entities'] as unknown[];
    expect([found.length, found.at(-1)]).toEqual([10_000, { code: '330000', name: '浙江省政协' }]);
    const refused = await ask(name, query, of(10_001));
    expect(refused.data ?? null).toBeNull();
    expect(refused.errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'OPERATION_TOO_LARGE', details: { limit: 'representations', maximum: 10_000 } },
    ]);
    expect(refused.extensions?.statements ?? 0).toBe(0);
  });

  test('searches no text of more than 200 characters, whoever asks', async () => {
    const [list = ''] =
      {
        members: ['members'],
        consultations: ['consultations'],
        workstations: ['workstations'],
        cooperation: ['cooperations'],
      }[name] ?? [];
    for (const actor of [everyone, staff('330100')])
      for (const character of ['政', '𠮷', 'a']) {
        const search = (length: number) =>
          ask(
            name,
            `query ($text: String!) { ${list}(filter: { text: $text }) { totalCount } }`,
            { text: character.repeat(length) },
            actor,
          );
        expect((await search(200)).errors).toBeUndefined();
        expect((await search(201)).errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
      }
  });

  test('has a search that refuses them by itself, to its role as to the administrator', async () => {
    const role = openLogin(await subgraphUrl(database.url, name));
    try {
      for (const sql of [role, database.admin]) {
        const search = (length: number) =>
          sql`select ids from ${sql(name)}.search('member', ${'政'.repeat(length)}, null, null, null)`;
        expect(await search(200)).toEqual([{ ids: [] }]);
        await expect(search(201)).rejects.toMatchObject({ code: '22001' });
      }
    } finally {
      await role.end();
    }
  });
});
