/** What hostile and careless clients send: each kind in as many variants as there are numbers. */
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { graphql, type Sent } from './requests.ts';

/** A number from 0 to 1. */
export type Random = () => number;

/** Numbers that look random and are the same each time. */
export function randomly(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

export interface Chances {
  readonly random: Random;
  /** From 0 up to, and without, the maximum. */
  whole(maximum: number): number;
  one<Item>(items: readonly Item[]): Item;
  name(): string;
  code(): string;
}

export function chances(random: Random): Chances {
  const whole = (maximum: number) => Math.floor(random() * maximum);
  return {
    random,
    whole,
    one: (items) => items[whole(items.length)] as never,
    name: () => `n${whole(1e9).toString(36)}`,
    code: () => `${11 + whole(54)}${String(whole(10_000)).padStart(4, '0')}`,
  };
}

const repeat = (times: number, part: (at: number) => string) =>
  Array.from({ length: times }, (_, at) => part(at)).join(' ');
const words = ['协商', '建议', '养老', '会议', '政协', '工作', '委员', '发展', '的'];

/** Makes a request of a kind; `from` is whom it comes from. */
export type StrangeKind = (chance: Chances, from: string) => Sent;

/** @param schema the graph as it is published */
export function strangeKinds(schema: GraphQLSchema, members: { token: string }): Readonly<Record<string, StrangeKind>> {
  /** A document that has much to be planned: fields that lead from one subgraph to another, and as many as may be. */
  const wide = ({ random, whole }: Chances): string => {
    let fields = 0;
    let aliases = 0;
    const select = (type: GraphQLObjectType, depth: number): string => {
      const leading = Object.values(type.getFields()).filter(
        ({ type, args }) => isObjectType(getNamedType(type)) && args.every((argument) => !isNonNullType(argument.type)),
      );
      const [leaf] = Object.values(type.getFields()).filter(
        ({ type, args }) => isLeafType(getNamedType(type)) && args.length === 0,
      );
      const parts = [leaf?.name ?? '__typename'];
      for (let at = 0; depth > 0 && leading.length > 0 && at < 3 && fields < 460; at += 1) {
        const field = leading[whole(leading.length)];
        if (!field) break;
        if (parts.some((part) => part.startsWith(`${field.name} `))) {
          if (aliases >= 29) continue;
          aliases += 1;
        }
        fields += 2;
        const alias = parts.some((part) => part.startsWith(`${field.name} `)) ? `a${aliases}: ` : '';
        parts.push(`${alias}${field.name} { ${select(getNamedType(field.type) as GraphQLObjectType, depth - 1)} }`);
      }
      return parts.join(' ');
    };
    const committee = schema.getType('Committee') as GraphQLObjectType;
    return `{ committee(code: "330000") { ${select(committee, 3 + Math.floor(random() * 12))} } }`;
  };
  const types = (inner: string) => `{ __schema { types { ${inner} } } }`;

  return {
    'a front end that writes ids into its documents': (chance, from) =>
      graphql(
        `query ${chance.name()} { committee(code: "${chance.code()}") { name level consultations(first: ${chance.whole(20)}) { totalCount nodes { id title } } members(first: ${chance.whole(9)}) { nodes { name } } } }`,
        {},
        from,
      ),
    'names without end': (chance, from) =>
      graphql(
        `query ${'x'.repeat(chance.whole(60_000))}${chance.name()} { committee(code: "330000") { name } }`,
        {},
        from,
      ),
    'aliases that are new each time': (chance, from) =>
      graphql(
        `{ committee(code: "330000") { ${repeat(chance.whole(29), () => `${chance.name()}: name`)} } }`,
        {},
        from,
      ),
    'documents that are dear to plan': (chance, from) => graphql(wide(chance), {}, from),
    'one name many times': (chance, from) =>
      graphql(`{ committee(code: "330000") { ${'name '.repeat(chance.whole(450))} } }`, {}, from),
    'fragments that double': (chance, from) => {
      const levels = 5 + chance.whole(25);
      return graphql(
        `{ committee(code: "330000") { ...F0 } } ${repeat(levels, (at) => `fragment F${at} on Committee { ...F${at + 1} ...F${at + 1} ${chance.name()}: name }`)} fragment F${levels} on Committee { name }`,
        {},
        from,
      );
    },
    'introspection of introspection': (chance, from) =>
      graphql(
        chance.one([
          `{ ${repeat(1 + chance.whole(25), (at) => `a${at}: __schema { types { name fields { name type { fields { name } } } } }`)} }`,
          types(`fields { type { fields { type { ${chance.one(['name', 'fields { name }'])} } } } }`),
          `{ ${repeat(1 + chance.whole(12), (at) => `a${at}: __type(name: "Query") { fields { args { type { name } } type { fields { name } } } }`)} }`,
          types(
            'name kind description fields(includeDeprecated: true) { name description args { name type { name ofType { name } } } type { name ofType { name } } }',
          ),
        ]),
        {},
        from,
      ),
    'lists within lists': (chance, from) => {
      const page = chance.one([
        'first: 100',
        'last: 100',
        'first: 50',
        'first: -5',
        'first: null',
        'first: 2147483647',
      ]);
      return graphql(
        `{ committees(${page}) { ${repeat(1 + chance.whole(20), (at) => `a${at}: nodes { code name children(${page}) { nodes { code name parent { name } } } }`)} } }`,
        {},
        from,
      );
    },
    'the whole directory': (chance, from) =>
      graphql(
        `query ($first: Int) { committees(first: $first) { nodes { code name level children(first: $first) { nodes { code name } } } } }`,
        { first: 50 + chance.whole(60) },
        from,
      ),
    'searches for what all have': (chance, from) =>
      graphql(
        'query ($text: String) { consultations(first: 20, filter: { text: $text }) { totalCount nodes { id title } } members(first: 20, filter: { text: $text }) { totalCount nodes { id } } }',
        { text: chance.one(words).repeat(1 + chance.whole(chance.one([1, 3, 500, 20_000]))) },
        from,
      ),
    'many searches at once': (chance, from) =>
      graphql(
        `{ ${repeat(1 + chance.whole(28), (at) => `a${at}: consultations(filter: { text: "${chance.one(words)}" }) { totalCount }`)} }`,
        {},
        from,
      ),
    'lists of values that are none': (chance, from) =>
      graphql(
        'query ($f: ConsultationFilter) { consultations(filter: $f) { totalCount } }',
        { f: { kinds: Array.from({ length: chance.whole(20_000) }, () => 'BAD') } },
        from,
      ),
    'values within one another': (chance, from) => {
      const depth = chance.whole(40_000);
      return graphql('query ($d: Date) { committees(on: $d) { totalCount } }', {}, from, {
        body: `{"query":"query ($d: Date) { committees(on: $d) { totalCount } }","variables":{"d":${'['.repeat(depth)}${']'.repeat(depth)}}}`,
      });
    },
    'selections within one another': (chance, from) => {
      const depth = chance.whole(1_300);
      return graphql(`{ ${'parent { '.repeat(depth)} name ${'} '.repeat(depth)} }`, {}, from);
    },
    'literals within one another': (chance, from) => {
      const depth = chance.whole(1_900);
      return graphql(`{ f(a: ${'['.repeat(depth)}${']'.repeat(depth)}) }`, {}, from);
    },
    'unknown fields and directives': (chance, from) =>
      graphql(
        `{ ${repeat(chance.whole(400), () => `comm${chance.name()}`)} committee(code: "1") { name ${repeat(chance.whole(900), () => `@${chance.name()}`)} } }`,
        {},
        from,
      ),
    'nulls, wrong types, odd variables': (chance, from) =>
      graphql(
        'query ($code: ID!, $x: Boolean = true, $on: Date) { committee(code: $code) { name @include(if: $x) } committees(on: $on) { totalCount } }',
        {
          code: chance.one<unknown>(['330000', '\0', '\ud800', 5, 'x'.repeat(5_000)]),
          x: chance.one<unknown>([true, null, 'x']),
          on: chance.one<unknown>(['2026-02-30', '0000-01-01', {}, '2026-01-01']),
          ['__proto__']: 1,
        },
        from,
      ),
    'subscriptions and several operations': (chance, from) =>
      graphql(
        chance.one([
          'subscription { x }',
          'query A { __typename } query B { __typename }',
          '',
          '{',
          '{ __typename } #',
        ]),
        {},
        from,
      ),
    'what is no JSON': (chance, from) => ({
      from,
      body: chance.one([
        '{',
        'null',
        '[]',
        '"x"',
        'x'.repeat(300_000),
        Buffer.from([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x3a, 0x31, 0x7d]),
        '{"query":"{ __typename }","operationName":{}}',
        '{"query":["{ __typename }"]}',
      ]),
    }),
    'odd methods, paths and headers': (chance, from) => ({
      from,
      method: chance.one(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'QUERY']),
      path: chance.one([
        '/graphql',
        `/${'a'.repeat(chance.whole(3_000))}`,
        '/files/%E0%A4%A',
        '/calendars/%00.ics',
        '/export/..%2f..%2fetc',
        '/changes?wait=-1&types=X',
        '/graphql?query={__typename}&variables=x',
        '//',
        '/health',
      ]),
      headers: {
        'accept-language': chance.one(['fr, en;q=0.9', 'x'.repeat(2_000), '*;q=0', 'zh']),
        accept: chance.one(['text/html', 'image/png', '*/*', 'application/graphql-response+json']),
      },
    }),
    'tokens that are none': (chance, from) =>
      graphql('{ me { id } }', {}, from, {
        headers: {
          authorization: `Bearer ${chance.one([
            chance.name(),
            `eyJhbGciOiJub25lIn0.${Buffer.from(chance.name()).toString('base64url')}.`,
            'x'.repeat(6_000),
            `${members.token.slice(0, -3)}AAA`,
          ])}`,
        },
      }),
    'receipts and secrets by guessing': (chance, from) =>
      chance.random() < 0.5
        ? graphql('{ submissions(first: 5) { totalCount } }', {}, from, {
            headers: { 'x-receipt': chance.name().padEnd(32, 'a') },
          })
        : { method: 'GET', path: `/calendars/${chance.name().padEnd(40, 'b')}.ics`, from },
    'what the public files': (chance, from) =>
      graphql(
        'mutation ($input: FileSubmissionInput!) { fileSubmission(input: $input) { id receipt userErrors { code } } }',
        {
          input: {
            committee: chance.one(['330000', '330100', chance.code()]),
            kind: chance.one(['TOPIC', 'WISH', 'LEAD']),
            title: chance.name(),
            text: chance.one(words).repeat(chance.whole(chance.one([10, 1_000, 60_000]))),
            idempotencyKey: chance.name().padEnd(16, '0'),
          },
        },
        from,
      ),
    'uploads that are none': (chance, from) => ({
      from,
      path: '/files',
      body: `--b\r\ncontent-disposition: form-data; name="file"; filename="${chance.name()}.pdf"\r\n\r\n%PDF-1.4 ${'x'.repeat(chance.whole(100_000))}\r\n--b--\r\n`,
      headers: {
        'content-type': 'multipart/form-data; boundary=b',
        ...(chance.random() < 0.5 && { authorization: `Bearer ${members.token}` }),
      },
      ...(chance.random() < 0.3 && { leaves: 'while sending' as const }),
    }),
    'streams that are held': (chance, from) => ({
      from,
      method: 'GET',
      path: chance.one(['/changes', `/changes?wait=${chance.whole(30)}`]),
      leaves: 'without taking',
    }),
    'bodies that never end': (_, from) =>
      graphql('{ __typename }', { x: 'x'.repeat(1_000) }, from, { leaves: 'while sending' }),
    'answers that nobody takes': (chance, from) =>
      chance.random() < 0.5
        ? { method: 'GET', path: '/schema.graphql', from, leaves: 'without taking' }
        : graphql(types('name description fields { name description args { name description } }'), {}, from, {
            leaves: 'without taking',
          }),
    'clients that leave': (chance, from) =>
      graphql(
        'query ($code: ID!) { committee(code: $code) { consultations(scope: SUBTREE, first: 100) { totalCount nodes { id title hosts { committee { name } } } } } }',
        { code: chance.one(['330000', '000000', '310000']) },
        from,
        { leaves: 'while answered' },
      ),
    'addresses that answer much': (chance, from) => ({
      from,
      method: 'GET',
      path: chance.one(['/schema.graphql', '/catalog', '/openapi.json', '/', '/export/directory']),
    }),
  };
}
