import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createPassportKeys, openDevelopmentIssuer, passportIssuer } from '@hub/access';
import { readSettings } from '@hub/config';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway, gatewaySettings, overHttp } from '../src/index.ts';
import { readForeignSupergraph, subgraphUrls } from '../src/supergraph.ts';
import { type ForeignSubgraph, library, type Served, serve } from './foreign-subgraphs.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-foreign-'));
  return () => rm(folder, { recursive: true, force: true });
});

/** The hub's gateway as HUB_SUPERGRAPH has it. */
async function startGateway(supergraph: string, settings: Record<string, string> = {}): Promise<Gateway> {
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, supergraph);
  const read = readSettings({
    PORT: '0',
    HUB_DATA_DIR: folder,
    HUB_LOG_LEVEL: 'silent',
    HUB_SUBGRAPH_TIMEOUT_MS: '20000',
    HUB_SUPERGRAPH: file,
    ...settings,
  });
  const sdl = await readForeignSupergraph(file);
  const { privateKey } = await createPassportKeys();
  return createGateway({
    ...(await gatewaySettings(read)),
    supergraph: sdl,
    follow: true,
    transport: overHttp(subgraphUrls(sdl), await passportIssuer(privateKey)),
  });
}

async function ask(url: string, query: string, token?: string, variables?: object) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
  return { status: response.status, ...((await response.json()) as { data?: any; errors?: any[] }) };
}

const operations: readonly (readonly [string, string, Record<string, unknown>?])[] = [
  [
    'an interface, its objects and nested lists',
    '{ works { __typename id title shelves ... on Book { pages kind } ... on Chart { scale } } }',
  ],
  ['a union', '{ anything { __typename ... on Work { title } ... on Note { text } } }'],
  [
    'an interface that another subgraph extends as an object',
    '{ works { title stars reviews { text work { __typename title ... on Book { pages } } } } }',
  ],
  ['what needs fields of another subgraph', '{ works { ... on Book { daysToRead author { id name email } } } }'],
  ['what is provided', '{ work(id: "b1") { ... on Book { author { name } } } }'],
  ['what was overridden', '{ people { name loans { id days book { title daysToRead } } } }'],
  ['federation 1, with nulls in lists', '{ greeting people { email notes } }'],
  ['a key that is null', '{ work(id: "b2") { title ... on Book { author { notes } } } }'],
  ['nothing that there is', '{ work(id: "none") { title stars } person(id: "none") { notes } }'],
  [
    'enums and input objects',
    '{ works(kind: POETRY, filter: { ids: ["b1", "m1"], nested: { title: "诗经" } }) { id } }',
  ],
  [
    'variables and their defaults',
    'query Q($ids: [ID!] = ["m1"], $kind: Kind) { works(kind: $kind, filter: { ids: $ids }) { id stars } }',
  ],
  [
    'variables that are given',
    'query Q($ids: [ID!], $with: Boolean!) { works(filter: { ids: $ids }) { id stars @include(if: $with) title @skip(if: $with) } }',
    { ids: ['b2'], with: true },
  ],
  [
    'fragments and aliases',
    'fragment T on Work { name: title again: title } { one: work(id: "b1") { ...T } two: work(id: "m1") { ...T stars } }',
  ],
  [
    'mutations in their order',
    'mutation { lend(input: { book: "b1", to: "p1" }) { loan { days book { title daysToRead } } userErrors } giveBack(id: "b1") again: giveBack(id: "b1") }',
  ],
  ['fields that are called like the hub’s own', '{ changeFeed(first: 1) node(id: "b1") { id } }'],
  ['introspection', '{ __schema { queryType { name } } __type(name: "Work") { kind possibleTypes { name } } }'],
  ['what fails beside what doesn’t', '{ broken greeting }'],
  ['what the graph doesn’t have', '{ nothing }'],
  ['what clients can’t see', '{ people { secret } }'],
  ['a value that clients can’t give', '{ works(kind: LOST) { id } }'],
];

describe('a graph of foreign subgraphs', () => {
  let served: Served;
  let gateway: Gateway;
  let stock: ApolloServer;
  let member: string;

  beforeAll(async () => {
    served = await serve(library);
    gateway = await startGateway(served.supergraph);
    stock = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl: served.supergraph }), introspection: true });
    await stock.start();
    const issuer = await openDevelopmentIssuer(folder, { issuer: 'urn:cppcc-hub:development', audience: 'cppcc-hub' });
    const membership = [{ id: '00000000-0000-4000-8000-000000000001', committee: '330100' }];
    member = await issuer.issue('somebody', { role: 'member', membership });
    return async () => {
      await gateway.stop();
      await stock.stop();
      await served.stop();
    };
  });

  test.each(operations.map(([what, query, variables = {}]) => ({ what, query, variables })))(
    'answers $what as a stock gateway does',
    async ({ query, variables }) => {
      const { body } = await stock.executeOperation({ query, variables });
      if (body.kind !== 'single') throw new Error('incremental');
      const expected = JSON.parse(JSON.stringify(body.singleResult)) as Awaited<ReturnType<typeof ask>>;
      for (const token of [undefined, member]) {
        const answer = await ask(gateway.url, query, token, variables);
        expect(answer.data).toEqual(expected.data);
        expect((answer.errors ?? []).map(({ path }) => path)).toEqual((expected.errors ?? []).map(({ path }) => path));
      }
    },
  );

  test('tells what is lost with a record that its keeper doesn’t know, and nothing of what a reference to it may be', async () => {
    const answer = async (query: string) => {
      const { data, errors = [] } = await ask(gateway.url, query);
      return { data, errors: errors.map(({ extensions, path }) => `${extensions.code} ${path.join('.')}`) };
    };
    expect(await answer('{ review(of: "gone") { text work { title } } }')).toEqual({
      data: { review: null },
      errors: ['NOT_FOUND review.work'],
    });
    expect(await answer('{ readers(of: ["p1", "gone"]) { person { id name } } }')).toEqual({
      data: { readers: [{ person: { id: 'p1', name: 'Ann' } }, null] },
      errors: ['NOT_FOUND readers.1.person'],
    });
    expect(await answer('{ readers(of: ["gone"]) { person { id } } }')).toEqual({
      data: { readers: [{ person: { id: 'gone' } }] },
      errors: [],
    });
  });

  test('says nothing of the inside of a subgraph, which a stock gateway does', async () => {
    const { errors } = await ask(gateway.url, '{ broken greeting }');
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(JSON.stringify(errors)).not.toContain('password');
  });

  test('refuses what would be answered with other arguments than it has, which a stock gateway answers', async () => {
    const question = (fields: string) => `{ work(id: "b1") { ... on Book { ${fields} } } }`;
    const { body } = await stock.executeOperation({ query: question('fine price(currency: "USD")') });
    expect(JSON.stringify(body)).not.toContain('"fine":300,"price":3}');
    for (const fields of ['fine price(currency: "USD")', 'price(currency: "USD") fine', 'fine dollars'])
      expect((await ask(gateway.url, question(fields))).errors?.[0].extensions, fields).toEqual({
        code: 'CONFLICTING_ARGUMENTS',
        field: 'price',
      });
    expect((await ask(gateway.url, question('fine price(currency: "CNY")'))).data.work).toEqual({
      fine: 300,
      price: 300,
    });
    expect((await ask(gateway.url, question('fine mine: price(currency: "USD")'))).data.work).toEqual({
      fine: 300,
      mine: 3,
    });
    expect((await ask(gateway.url, question('dollars'))).data.work).toEqual({ dollars: 3 });
  });

  test('sends each subgraph a passport that is made out to it alone', async () => {
    await ask(gateway.url, '{ works { stars ... on Book { daysToRead author { notes } } } }', member);
    for (const { name } of library) {
      const seen = served.passports.get(name) ?? [];
      expect(seen.map(({ audience }) => audience)).toEqual(seen.map(() => name));
      expect(seen.at(-1)?.actor, name).toMatchObject({ kind: 'MEMBER' });
    }
    // Nobody is asked by a follower: a field of that name which clients see isn't the hub's.
    for (const seen of served.passports.values())
      expect(seen.map(({ actor }) => (actor as { kind: string }).kind)).not.toContain('FEED');
  });

  test('has the faces that it has what is needed for, and no others', async () => {
    const found = async (path: string) => (await fetch(`${gateway.url}${path}`)).status;
    // Subgraphs that never answer what isn't GraphQL keep it from nothing.
    expect(await gateway.missing()).toEqual([]);
    for (const path of [
      '/',
      '/health',
      '/health/ready',
      '/schema.graphql',
      '/catalog',
      '/openapi.json',
      '/explorer/tabs.json',
    ])
      expect(await found(path), path).toBe(200);
    for (const path of ['/changes', '/export/directory', '/files/x', `/calendars/${'a'.repeat(27)}.ics`])
      expect(await found(path), path).toBe(404);
    expect(await (await fetch(`${gateway.url}/schema.graphql`)).text()).toContain('interface Work');
    expect(await (await fetch(`${gateway.url}/explorer/tabs.json`)).json()).toEqual([]);
    expect(((await (await fetch(`${gateway.url}/catalog`)).json()) as { datasets: unknown }).datasets).toEqual([]);
    const paths = Object.keys(((await (await fetch(`${gateway.url}/openapi.json`)).json()) as { paths: object }).paths);
    expect(paths.filter((path) => /changes|export|files|calendars/.test(path))).toEqual([]);
  });

  test('knows no agency', async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    const token = await agencyToken(privateKey, 'a-key');
    expect((await ask(gateway.url, '{ greeting }', token)).errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
  });
});

const agency = '00000000-0000-4000-8000-00000000000a';
const agreement = '00000000-0000-4000-8000-00000000000b';
const agencyToken = (key: Parameters<SignJWT['sign']>[0], kid: string) =>
  new SignJWT({ agreement, jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'agency+jwt', kid })
    .setIssuer(agency)
    .setAudience('cppcc-hub')
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(key);

describe('where agencies read beside foreign subgraphs', () => {
  const named = [
    'Query.loan',
    'Loan.days',
    'Loan.book',
    'Query.works',
    'Work.title',
    'Query.person',
    'Person.name',
    'Query.said',
  ];
  let token: () => Promise<string>;
  let knowing: ForeignSubgraph;
  /** The loans, with what they say of how they are shared. */
  const saying = (sdl: string): ForeignSubgraph[] =>
    library.map((one) => (one.name === 'loans' ? { ...one, sdl } : one));
  const loans = library.find(({ name }) => name === 'loans')?.sdl ?? '';
  const spoken = loans
    .replace(
      'extend schema',
      'directive @dataset(name: String, sharing: Sharing!, personal: Boolean) on OBJECT | FIELD_DEFINITION enum Sharing { UNCONDITIONAL CONDITIONAL NOT_SHARED } extend schema @link(url: "https://hub.cppcc.example/sharing/v1.0", import: ["@dataset"]) @composeDirective(name: "@dataset")',
    )
    .replace('import: ["@key"', 'import: ["@composeDirective", "@key"')
    .replace('loan(id: ID!): Loan', 'loan(id: ID!): Loan @dataset(name: "loans", sharing: CONDITIONAL)')
    .replace(
      'type Loan @key(fields: "id") {',
      'type Loan @key(fields: "id") @dataset(name: "loans", sharing: CONDITIONAL) {',
    )
    .replace('days: Int! }\n      type Book', 'days: Int! @dataset(sharing: CONDITIONAL) }\n      type Book');

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const key = { kid: 'a-key', algorithm: 'EdDSA', publicKey: JSON.stringify(await exportJWK(publicKey)) };
    token = () => agencyToken(privateKey, key.kid);
    knowing = {
      name: 'cooperation',
      sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@inaccessible"])
        type Query {
          agencyAccess(agency: ID!, agreement: ID): Access @inaccessible
          accessChain(number: Int!): Chain @inaccessible
          oldAccesses(days: Int!, most: Int!): Old @inaccessible
        }
        type Mutation {
          recordAccesses(entries: [AccessInput!]!, signature: String!): Recorded @inaccessible
          signAccesses(number: Int!, signature: String!): Int @inaccessible
          addAccessKey(key: AccessKeyInput!): Boolean @inaccessible
        }
        scalar AccessInput @inaccessible
        scalar AccessKeyInput @inaccessible
        type Chain @inaccessible { keys: [ChainKey!]! first: Int! number: Int! hash: String hashAt: String checkpoints: Int! restoration: Restoration }
        type ChainKey @inaccessible { ordinal: Int! number: String! hash: String! statement: String! endorsement: String }
        type Restoration @inaccessible { restored: String taken: String writtenBy: String }
        type Old @inaccessible { first: Int! last: Int! hash: String! since: String! until: String! head: String! }
        type Access @inaccessible { agency: ID! registeredBy: ID! keys: [AccessKey!]! agreement: Agreement }
        type AccessKey @inaccessible { kid: ID! algorithm: String! publicKey: String! }
        type Agreement @inaccessible { id: ID! status: String! committee: Committee! terms: Terms }
        type Committee @inaccessible { code: ID! }
        type Terms @inaccessible { version: Int! datasets: [Fields!]! regions: [Committee]! }
        type Fields @inaccessible { fields: [String!]! unmasked: [String!]! }
        type Recorded @inaccessible { verdicts: [Verdict!]! number: Int! hash: String! logged: Boolean! }
        type Verdict @inaccessible { refusal: String retryAfter: Int }`,
      resolvers: {
        Query: {
          accessChain: () => ({
            keys: [],
            first: 0,
            number: 0,
            hash: null,
            hashAt: null,
            checkpoints: 0,
            restoration: null,
          }),
          oldAccesses: () => null,
          agencyAccess: () => ({
            agency,
            registeredBy: '330100',
            keys: [key],
            agreement: {
              id: agreement,
              status: 'IN_FORCE',
              committee: { code: '330100' },
              terms: { version: 1, datasets: [{ fields: named, unmasked: named }], regions: [{ code: '330100' }] },
            },
          }),
        },
        Mutation: {
          recordAccesses: (_: unknown, { entries }: { entries: readonly unknown[] }) => ({
            verdicts: entries.map(() => ({ refusal: null })),
            number: 1,
            hash: '0'.repeat(64),
            logged: true,
          }),
          signAccesses: () => 1,
          addAccessKey: () => true,
        },
      },
    };
  });

  const refused = [
    '{ works { title } }',
    '{ works { __typename } }',
    '{ person(id: "p1") { name } }',
    '{ greeting }',
    '{ loan(id: "l1") { book { title } } }',
    'mutation { giveBack(id: "b1") }',
    'mutation { lend(input: { book: "b1", to: "p1" }) { userErrors } }',
  ];

  test('what says nothing is shared with nobody, even by an agreement that names it; what says something is as it says', async () => {
    const served = await serve([...saying(spoken), knowing]);
    const gateway = await startGateway(served.supergraph);
    try {
      expect(await ask(gateway.url, '{ loan(id: "l1") { days } }', await token())).toEqual({
        status: 200,
        data: { loan: { days: 14 } },
      });
      for (const query of refused) {
        const { data, errors } = await ask(gateway.url, query, await token());
        expect(errors?.[0].extensions.code, query).toBe('OUTSIDE_AGREEMENT');
        expect(data).toBeUndefined();
      }
      // Everybody else is answered by the subgraphs themselves.
      expect((await ask(gateway.url, '{ loan(id: "l1") { book { title } } }')).data.loan.book.title).toBe('史记');
    } finally {
      await gateway.stop();
      await served.stop();
    }
  });

  test('a directive of that name from elsewhere says nothing of sharing', async () => {
    const served = await serve([
      ...saying(spoken.replace('hub.cppcc.example/sharing', 'library.example/sharing')),
      knowing,
    ]);
    expect(served.supergraph).toContain('@dataset(sharing: CONDITIONAL)');
    const gateway = await startGateway(served.supergraph);
    try {
      const { errors } = await ask(gateway.url, '{ loan(id: "l1") { days } }', await token());
      expect(errors?.[0].extensions.code).toBe('OUTSIDE_AGREEMENT');
    } finally {
      await gateway.stop();
      await served.stop();
    }
  });

  test.each([
    [
      'contradicts itself',
      (sdl: string) => sdl.replace(/(days: Int!.*sharing: )CONDITIONAL/, '$1UNCONDITIONAL'),
      /^HUB_SUPERGRAPH: .*Loan\.days: UNCONDITIONAL, wider than its type/,
    ],
    ['is none', () => 'type Query { a: Int }', /^HUB_SUPERGRAPH: is no supergraph: it names no subgraphs$/],
    ['is no GraphQL', () => 'nonsense {', /^HUB_SUPERGRAPH: is no supergraph that can be read$/],
    [
      'names no address',
      (sdl: string) => sdl.replace(/url: "http:[^"]*"/, 'url: ""'),
      /^HUB_SUPERGRAPH: says no address of catalog$/,
    ],
  ])('one that %s stops the start in a sentence', async (_, change, complaint) => {
    const served = await serve([...saying(spoken), knowing]);
    await served.stop();
    await expect(startGateway(change(served.supergraph))).rejects.toThrow(complaint);
  });
});

describe('by settings', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve(library);
    return () => served.stop();
  });
  const production = {
    HUB_ENV: 'production',
    HUB_JWKS_URL: 'https://identity.example/jwks',
    HUB_ISSUER: 'https://identity.example',
    HUB_HOST: '127.0.0.1',
  };

  test('without introspection neither __schema nor __type nor the schema is told, nor what a wrong name may have meant', async () => {
    const gateway = await startGateway(served.supergraph, { HUB_INTROSPECTION: 'off' });
    try {
      for (const query of [
        '{ __schema { types { name } } }',
        '{ greeting ...F } fragment F on Query { t: __type(name: "Work") { name } }',
      ]) {
        const { status, data, errors } = await ask(gateway.url, query);
        expect([status, data, errors?.[0].extensions.code]).toEqual([403, undefined, 'INTROSPECTION_DISABLED']);
      }
      expect((await ask(gateway.url, '{ __typename greeting }')).data).toEqual({
        __typename: 'Query',
        greeting: '您好',
      });
      expect(JSON.stringify((await ask(gateway.url, '{ greetin }')).errors)).not.toContain('greeting');
      for (const path of ['/schema.graphql', '/', '/explorer/page.js'])
        expect((await fetch(`${gateway.url}${path}`)).status, path).toBe(404);
    } finally {
      await gateway.stop();
    }
  });

  test('production has no explorer unless it is asked for, and tokens never', async () => {
    for (const [settings, status] of [
      [production, 404],
      [{ ...production, HUB_EXPLORER: 'on' }, 200],
    ] as const) {
      const gateway = await startGateway(served.supergraph, settings);
      try {
        for (const path of ['/', '/explorer/page.js'])
          expect((await fetch(`${gateway.url}${path}`)).status).toBe(status);
        const tokens = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"actor":0}' };
        expect((await fetch(`${gateway.url}/explorer/tokens`, tokens)).status).toBe(404);
      } finally {
        await gateway.stop();
      }
    }
  });
});
