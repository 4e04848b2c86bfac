/** Subgraphs of somebody else's, over plain HTTP: a library that knows nothing of the hub. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { decodeJwt } from 'jose';

type Resolvers = NonNullable<Exclude<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]> & object>;
export interface ForeignSubgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Record<string, unknown>;
}

const federation = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])`;

const works = [
  {
    __typename: 'Book',
    id: 'b1',
    title: '诗经',
    pages: 300,
    kind: 'POETRY',
    authorEmail: 'a@x',
    shelves: [['A', 'B'], []],
  },
  { __typename: 'Book', id: 'b2', title: '史记', pages: 3000, kind: 'HISTORY', authorEmail: null, shelves: [['C']] },
  { __typename: 'Chart', id: 'm1', title: '禹贡图', scale: 50_000, shelves: [] },
];
const people = [
  { id: 'p1', email: 'a@x', name: 'Ann', secret: 'hidden' },
  { id: 'p2', email: 'b@x', name: 'Ben', secret: 'hidden' },
];
const lent = new Map<string, string>();
const workOf = ({ id }: { id: string }) => works.find((work) => work.id === id) ?? null;

export const library: readonly ForeignSubgraph[] = [
  {
    name: 'catalog',
    sdl: `${federation('"@key", "@shareable", "@external", "@provides", "@inaccessible"')}
      type Query {
        works(kind: Kind, filter: WorkFilter): [Work!]!
        work(id: ID!): Work
        anything: [Anything!]!
        broken: String
        node(id: ID!): Work
        changeFeed(first: Int): [String!]!
      }
      interface Work @key(fields: "id") { id: ID! title: String! shelves: [[String!]!]! }
      type Book implements Work @key(fields: "id") {
        id: ID! title: String! shelves: [[String!]!]! pages: Int! kind: Kind price(currency: String!): Int!
        author: Person @provides(fields: "name")
      }
      type Chart implements Work @key(fields: "id") { id: ID! title: String! shelves: [[String!]!]! scale: Int! }
      type Person @key(fields: "email") { email: ID! name: String! @external }
      type Note { text: String! internal: String @inaccessible }
      union Anything = Book | Chart | Note
      enum Kind { POETRY HISTORY LOST @inaccessible }
      input WorkFilter { title: String ids: [ID!] nested: WorkFilter }`,
    resolvers: {
      Query: {
        works: (
          _: unknown,
          { kind, filter }: { kind?: string; filter?: { ids?: string[]; nested?: { title?: string } } },
        ) =>
          works.filter(
            (work) =>
              (!kind || work.kind === kind) &&
              (!filter?.ids || filter.ids.includes(work.id)) &&
              (!filter?.nested?.title || work.title === filter.nested.title),
          ),
        work: (_: unknown, given: { id: string }) => workOf(given),
        node: (_: unknown, given: { id: string }) => workOf(given),
        anything: () => [works[0], works[2], { __typename: 'Note', text: '便条', internal: 'hidden' }],
        broken: () => {
          throw new Error('select password from users');
        },
        changeFeed: () => ['a change'],
      },
      Work: { __resolveReference: workOf, __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Anything: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
      Book: {
        __resolveReference: workOf,
        price: ({ pages = 0 }: { pages?: number }, { currency }: { currency: string }) =>
          currency === 'USD' ? pages / 100 : pages,
        author: ({ authorEmail }: { authorEmail?: string }) => {
          const found = people.find(({ email }) => email === authorEmail);
          return found && { email: found.email, name: found.name };
        },
      },
      Chart: { __resolveReference: workOf },
    },
  },
  {
    // Called like one of the hub's own, and isn't it.
    name: 'members',
    sdl: `${federation('"@key", "@shareable", "@inaccessible", "@override"')}
      type Query { person(id: ID!): Person people: [Person] }
      type Person @key(fields: "id") @key(fields: "email") {
        id: ID! email: ID! name: String! @shareable secret: String @inaccessible
        loans: [Loan!]! @override(from: "loans")
      }
      type Loan @key(fields: "id") { id: ID! }`,
    resolvers: {
      Query: {
        person: (_: unknown, { id }: { id: string }) => people.find((one) => one.id === id) ?? null,
        people: () => [...people, null],
      },
      Person: {
        __resolveReference: ({ id, email }: { id?: string; email?: string }) =>
          people.find((one) => one.id === id || one.email === email) ?? null,
        loans: ({ id }: { id: string }) => (id === 'p1' ? [{ id: 'l1' }] : []),
      },
    },
  },
  {
    name: 'loans',
    sdl: `${federation('"@key", "@external", "@requires", "@shareable"')}
      type Query { loan(id: ID!): Loan }
      type Mutation { lend(input: LendInput!): LendPayload! giveBack(id: ID!): Boolean! }
      input LendInput { book: ID! to: ID! days: Int = 14 }
      type LendPayload { loan: Loan userErrors: [String!]! }
      type Loan @key(fields: "id") { id: ID! book: Book days: Int! }
      type Book @key(fields: "id") { id: ID! pages: Int! @external daysToRead: Int! @requires(fields: "pages")
        price(currency: String!): Int! @external
        fine: Int! @requires(fields: "price(currency: \\"CNY\\")")
        dollars: Int! @requires(fields: "price(currency: \\"USD\\")") }
      type Person @key(fields: "id") { id: ID! loans: [Loan!]! }`,
    resolvers: {
      Query: { loan: (_: unknown, { id }: { id: string }) => ({ id, days: 14, book: { id: 'b2' } }) },
      Mutation: {
        lend: (_: unknown, { input }: { input: { book: string; to: string; days: number } }) => {
          lent.set(input.book, input.to);
          return {
            loan: { id: `${input.book}-${input.to}`, days: input.days, book: { id: input.book } },
            userErrors: [],
          };
        },
        giveBack: (_: unknown, { id }: { id: string }) => lent.delete(id),
      },
      Loan: { __resolveReference: ({ id }: { id: string }) => ({ id, days: 7, book: { id: 'b1' } }) },
      Book: {
        daysToRead: ({ pages }: { pages: number }) => Math.ceil(pages / 50),
        fine: ({ price }: { price: number }) => price,
        dollars: ({ price }: { price: number }) => price,
      },
      Person: { loans: () => [] },
    },
  },
  {
    name: 'reviews',
    sdl: `${federation('"@key", "@interfaceObject"')}
      type Work @key(fields: "id") @interfaceObject { id: ID! reviews: [Review!]! stars: Float }
      type Review { text: String! work: Work! }
      type Person @key(fields: "id", resolvable: false) { id: ID! }
      type Reader { person: Person! }
      type Query { review(of: ID!): Review readers(of: [ID!]!): [Reader] }`,
    resolvers: {
      Query: {
        review: (_: unknown, { of }: { of: string }) => ({ text: '好', work: { id: of } }),
        readers: (_: unknown, { of }: { of: string[] }) => of.map((id) => ({ person: { id } })),
      },
      Work: {
        reviews: ({ id }: { id: string }) => (id === 'b1' ? [{ text: '好', work: { id } }] : []),
        stars: ({ id }: { id: string }) => (id === 'm1' ? null : 4.5),
      },
    },
  },
  {
    // Federation 1.
    name: 'legacy',
    sdl: `extend type Query { greeting: String }
      extend type Person @key(fields: "id") { id: ID! @external notes: [String] }`,
    resolvers: {
      Query: { greeting: () => '您好' },
      Person: { notes: ({ id }: { id: string }) => [`note of ${id}`, null] },
    },
  },
];

export interface Served {
  readonly supergraph: string;
  /** Who was told to a subgraph by a passport, and for which subgraph that was made out. */
  readonly passports: ReadonlyMap<string, readonly { readonly audience: unknown; readonly actor: unknown }[]>;
  stop(): Promise<void>;
}

/** Serves subgraphs and composes them, with others that are served elsewhere. */
export async function serve(
  subgraphs: readonly ForeignSubgraph[],
  others: Parameters<typeof composeServices>[0] = [],
): Promise<Served> {
  const servers: Server[] = [];
  const passports = new Map<string, { audience: unknown; actor: unknown }[]>();
  const services = await Promise.all(
    subgraphs.map(async ({ name, sdl, resolvers }) => {
      const typeDefs = parse(sdl);
      const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as never } satisfies Resolvers as never);
      passports.set(name, []);
      const server = createServer((request, response) => {
        // It knows GraphQL alone, and leaves whoever asks anything else without an answer.
        if (request.method !== 'POST') return;
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const passport = request.headers.authorization?.replace('Bearer ', '');
          if (passport) {
            const { aud: audience, ...claims } = decodeJwt(passport);
            passports.get(name)?.push({ audience, actor: claims['actor'] });
          }
          const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString());
          void graphql({ schema, source: query, variableValues: variables, operationName }).then((result) => {
            response.setHeader('content-type', 'application/json');
            response.end(JSON.stringify(result));
          });
        });
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return { name, typeDefs, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
    }),
  );
  const { supergraphSdl, errors } = composeServices([...services, ...others]);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return {
    supergraph: supergraphSdl,
    passports,
    async stop() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
