import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type DocumentNode,
  type FieldNode,
  type GraphQLInputType,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  print,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { Documents } from '../src/graphql/documents.ts';
import { limits } from '../src/graphql/limits.ts';
import { Plans } from '../src/graphql/plans.ts';

const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
const documents = () => new Documents(() => schema, new Set(['__typename', 'id', 'code']));

/** Numbers from 0 to 1 that look random and are the same each time. */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** The code of the refusal and the limit that was passed; undefined where it was admitted. */
function refusal(query: string, variables: Record<string, unknown> = {}, operationName?: string) {
  try {
    documents().admit({ query, variables, ...(operationName !== undefined && { operationName }) });
    return undefined;
  } catch (error) {
    const { code, details } = (error as { extensions: { code: string; details?: { limit?: string; reason?: string } } })
      .extensions;
    return details?.limit ?? details?.reason ?? code;
  }
}

describe('a document is refused before it is validated', () => {
  const repeat = (part: string | ((at: number) => string), times: number) =>
    Array.from({ length: times }, (_, at) => (typeof part === 'string' ? part : part(at))).join(' ');
  const within = (part: string, times: number, inner: string) =>
    `${part} { `.repeat(times) + inner + ' }'.repeat(times);
  const fragments = (levels: number) =>
    `{ committee(code: "330000") { ...F0 } } ${repeat((at) => `fragment F${at} on Committee { a: name ...F${at + 1} b: name ...F${at + 1} }`, levels)} fragment F${levels} on Committee { name }`;

  test.each([
    ['by its length', `{ committee(code: "330000") { name } } #${'x'.repeat(limits.documentBytes)}`, 'documentBytes'],
    ['by the length of a name', `query ${'n'.repeat(limits.documentBytes)} { __typename }`, 'documentBytes'],
    ['by its tokens', `{ ${repeat('name', limits.tokens)} }`, 'tokens'],
    ['by selections within one another', `{ ${within('a', 25, 'b')} }`, 'depth'],
    ['by selections without end', `{ ${within('a', 1_200, 'b')} }`, 'nesting'],
    ['by lists within one another', `{ a(b: ${'['.repeat(1_900)}${']'.repeat(1_900)}) }`, 'nesting'],
    ['by objects within one another', `{ a(b: ${'{c:'.repeat(600)}1${'}'.repeat(600)}) }`, 'nesting'],
    ['by a default', `query ($a: X = ${'['.repeat(1_000)}${']'.repeat(1_000)}) { a }`, 'nesting'],
    ['by types within one another', `query ($a: ${'['.repeat(1_000)}Int${']'.repeat(1_000)}) { a }`, 'nesting'],
    ['by aliases', `{ ${repeat((at) => `a${at}: __typename`, 31)} }`, 'aliases'],
    ['by fields', `{ ${repeat((at) => `f${at}`, 501)} }`, 'fields'],
    ['by fragments that double', fragments(12), 'aliases'],
    [
      'by fragments that double and have no aliases',
      `{ ...F0 } ${repeat((at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`, 30)} fragment F30 on Query { x }`,
      'overlaps',
    ],
    ['by one name many times', `{ ${repeat('name', 450)} }`, 'overlaps'],
    [
      'by one name many times on each of several levels',
      `{ ${repeat(`a { ${repeat('b { c }', 12)} }`, 12)} }`,
      'overlaps',
    ],
    ['in a fragment that nothing spreads', `{ x } fragment F on Query { ${repeat('name', 450)} }`, 'overlaps'],
    ['in an operation that is not asked for', `query A { x } query B { ${repeat('name', 450)} }`, 'overlaps', 'A'],
    [
      'by many operations',
      repeat((at) => `query Q${at} { ${repeat((inner) => `f${inner}`, 90)} }`, 30),
      'documentFields',
      'Q1',
    ],
  ])('%s', (_, query, limit, operationName?: string) => {
    expect(refusal(query, {}, operationName)).toBe(limit);
  });

  test.each([
    [
      'records',
      '{ committees(first: 100) { nodes { children(first: 100) { nodes { children(first: 3) { nodes { code } } } } } } }',
    ],
    [
      'values',
      `{ committees(first: 100) { ${repeat((at) => `a${at}: nodes { code name level parent { code } }`, 30)} edges { node { children(first: 90) { nodes { code name } } } } } }`,
    ],
    [
      'values',
      '{ a: datasets { fields { description } } b: datasets { fields { description } } c: datasets { fields { description } } d: datasets { fields { description } } e: datasets { fields { description } } f: datasets { fields { description } } g: datasets { fields { description } } h: datasets { fields { description } } i: datasets { fields { description } } }',
    ],
  ])('for more %s than one answer has', (limit, query) => {
    expect(refusal(query)).toBe(limit);
  });

  test('pages are counted as they will be read: by literals, variables, defaults and nulls', () => {
    const nested = (page: string) =>
      `{ committees(${page}) { nodes { children(${page}) { nodes { children(${page}) { nodes { code } } } } } } }`;
    expect(refusal(nested('first: 100'))).toBe('records');
    expect(refusal(nested('last: 100'))).toBe('records');
    expect(refusal(nested('first: 2, last: 100'))).toBe('records');
    expect(refusal(nested('first: 2000000'))).toBe('records');
    expect(refusal(nested('first: 10'))).toBeUndefined();
    expect(refusal(nested('first: null'))).toBeUndefined();
    const byVariable = (definition: string) => `query (${definition}) ${nested('first: $n')}`;
    expect(refusal(byVariable('$n: Int'), { n: 100 })).toBe('records');
    expect(refusal(byVariable('$n: Int'), { n: null })).toBeUndefined();
    expect(refusal(byVariable('$n: Int'))).toBeUndefined();
    expect(refusal(byVariable('$n: Int = 100'))).toBe('records');
    expect(refusal(byVariable('$n: Int = 100'), { n: 3 })).toBeUndefined();
    expect(refusal(byVariable('$n: Int = 3'), { n: 100 })).toBe('records');
    // A page below nothing buys no room for those within it.
    expect(
      refusal(
        `{ a: committees(first: -2000000) { nodes { code } } b: committees(first: 100) { nodes { children(first: 100) { nodes { children(first: 100) { nodes { code } } } } } } }`,
      ),
    ).toBe('records');
  });

  test('what is left out costs nothing, and what is asked for twice under one name costs once', () => {
    const heavy =
      'children(first: 100) { nodes { children(first: 100) { nodes { children(first: 100) { nodes { code } } } } } }';
    const asked = `query ($x: Boolean!) { committee(code: "330000") { name ... @include(if: $x) { ${heavy} } } }`;
    expect(refusal(asked, { x: false })).toBeUndefined();
    expect(refusal(asked, { x: true })).toBe('records');
    const light = 'children(first: 100) { nodes { code name level parent { name } } }';
    expect(refusal(`{ committee(code: "330000") { ${repeat(light, 20)} } }`)).toBeUndefined();
  });

  test('variables without end', () => {
    expect(refusal('{ __typename }', { a: Array.from({ length: 20_000 }, () => 1) })).toBe('variables');
    expect(refusal('{ __typename }', { a: JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) })).toBe('nesting');
  });

  test('a schema is told whole, once and flat', () => {
    const types = (inner: string) => `{ __schema { types { ${inner} } } }`;
    expect(
      refusal(types('name fields { name type { name ofType { name } } args { name type { kind name } } }')),
    ).toBeUndefined();
    expect(refusal(types('fields { type { fields { name } } }'))).toBe('INTROSPECTION_SPREADS');
    expect(refusal(types('fields { args { type { inputFields { name } } } }'))).toBe('INTROSPECTION_SPREADS');
    expect(refusal(types('possibleTypes { fields { name } }'))).toBe('INTROSPECTION_SPREADS');
    expect(refusal(types('fields { type { ...F } }').concat(' fragment F on __Type { enumValues { name } }'))).toBe(
      'INTROSPECTION_SPREADS',
    );
    expect(refusal(types('a: fields { name } b: fields { name }'))).toBe('INTROSPECTION_TWICE');
    expect(refusal(`{ ${repeat((at) => `a${at}: __schema { types { name } }`, 2)} }`)).toBe('INTROSPECTION_TWICE');
    expect(refusal('{ __schema { types { name } } __type(name: "Member") { name } }')).toBeUndefined();
    expect(refusal('{ __schema { types { name } } sources { title } }')).toBe('INTROSPECTION_MIXED');
    expect(refusal('{ __typename __schema { queryType { name } } }')).toBeUndefined();
    expect(refusal('{ __type(name: "Member") { fields { name type { name enumValues { name } } } } }')).toBeUndefined();
    expect(refusal('{ __type(name: "Query") { fields { type { fields { type { fields { name } } } } } } }')).toBe(
      'INTROSPECTION_SPREADS',
    );
    // An alias by itself tells nothing twice.
    expect(
      refusal('{ all: __schema { kinds: types { called: name fields { its: type { name } } } } }'),
    ).toBeUndefined();
    expect(refusal(`{ ${repeat((at) => `a${at}: __type(name: "Member") { name }`, 10)} }`)).toBeUndefined();
    expect(refusal(`{ ${repeat((at) => `a${at}: __type(name: "Member") { name }`, 11)} }`)).toBe('introspections');
  });
});

test('an empty name of an operation, several operations and a name that is none of them', () => {
  expect(refusal('query A { __typename } query B { __typename }')).toBe('OPERATION_RESOLUTION_FAILURE');
  expect(refusal('query A { __typename } query B { __typename }', {}, 'C')).toBe('OPERATION_RESOLUTION_FAILURE');
  expect(refusal('query A { __typename } query B { __typename }', {}, 'B')).toBeUndefined();
});

test('an operation is asked for as it is, and for a field more only where all of a record’s may be left out', () => {
  const asked = (query: string) =>
    print(documents().normalised(parse(query), undefined).document).includes('as_present');
  const committee = (fields: string, fragments = '') =>
    `query ($x: Boolean!) { committee(code: "330000") { ${fields} } } ${fragments}`;
  const shared = 'fragment F on Committee { ...G } fragment G on Committee { name }';
  for (const fields of ['name', '...F', '... on Committee { ...F }', '... { name }', 'code @skip(if: $x) ...F'])
    expect(asked(committee(fields, fields.includes('...F') ? shared : '')), fields).toBe(false);
  for (const fields of ['name @skip(if: $x)', '...F @include(if: $x)', '... @skip(if: $x) { name }'])
    expect(asked(committee(fields, fields.includes('...F') ? shared : '')), fields).toBe(true);
  expect(
    asked('query ($x: Boolean!) { committee(code: "1") { ...F } } fragment F on Committee { name @skip(if: $x) }'),
  ).toBe(true);
});

describe('values that are written into documents', () => {
  const planOf = (query: string, operationName?: string) => documents().normalised(parse(query), operationName);

  test('have one plan, whatever they are and whatever the operation is called', () => {
    const of = (name: string, code: string, first: number, text: string) =>
      `query ${name} { committee(code: "${code}") { consultations(first: ${first}, filter: { text: "${text}" }) { nodes { id } } } }`;
    const keys = new Set([
      planOf(of('A', '330000', 5, '养老')).key,
      planOf(of('B', '330100', 6, '')).key,
      planOf(of('', '310117', 0, 'x\\"')).key,
      planOf(`${of('C', '1', 2, '3')} query D { __typename }`, 'C').key,
    ]);
    expect(keys.size).toBe(1);
    expect(planOf(of('A', '330000', 5, '养老')).values).toEqual({
      value1: '330000',
      value2: 5,
      value3: { text: '养老' },
    });
  });

  test('and defaults of variables that are never used', () => {
    const of = (first: number) => `query ($n: Int = ${first}) { committees(first: $n) { totalCount } }`;
    expect(planOf(of(1)).key).toBe(planOf(of(2)).key);
  });

  test('agree where they agreed', () => {
    const { document } = planOf(
      '{ committee(code: "330000") { members(first: 5) { totalCount } } ...F } fragment F on Query { committee(code: "330000") { members(first: 5) { nodes { id } } } }',
    );
    expect(validate(schema, document)).toEqual([]);
  });

  test('do not take the place of a variable of the client', () => {
    const { document, values } = planOf(
      'query ($value1: Int) { committee(code: "330000") { members(first: $value1) { totalCount } } }',
    );
    expect(validate(schema, document)).toEqual([]);
    expect(values).toEqual({ value2: '330000' });
  });

  /** A literal for a type, with a variable in it now and then. */
  function literal(type: GraphQLInputType, random: () => number, depth: number): string {
    const nullable = getNullableType(type);
    if (!isNonNullType(type) && random() < 0.1) return 'null';
    if (isListType(nullable)) {
      if (random() < 0.3) return literal(nullable.ofType, random, depth);
      return `[${Array.from({ length: Math.floor(random() * 3) }, () => literal(nullable.ofType, random, depth)).join(', ')}]`;
    }
    if (isEnumType(nullable))
      return nullable.getValues()[Math.floor(random() * nullable.getValues().length)]?.name ?? '';
    if (isInputObjectType(nullable))
      return `{ ${Object.values(nullable.getFields())
        .filter(({ type }) => isNonNullType(type) || (depth > 0 && random() < 0.4))
        .map(({ name, type }) => `${name}: ${literal(type, random, depth - 1)}`)
        .join(', ')} }`;
    if (random() < 0.2 && nullable.name !== 'JSON') return `$${nullable.name}${isNonNullType(type) ? '_' : ''}`;
    switch (nullable.name) {
      case 'Int':
        return String(Math.floor(random() * 200) - 50);
      case 'Float':
        return random() < 0.5 ? '3' : '2.5e3';
      case 'Boolean':
        return String(random() < 0.5);
      case 'ID':
        return random() < 0.5 ? '12345678901234567890' : '"330000"';
      default:
        return random() < 0.5 ? '"上饶 \\" \\n"' : '"""block "text" """';
    }
  }
  function selection(type: GraphQLObjectType, random: () => number, depth: number): string {
    const fields = Object.values(type.getFields()).filter(() => random() < 0.4);
    const chosen = fields.slice(0, 5).flatMap((field, at) => {
      const inner = getNamedType(field.type);
      const given = field.args
        .filter(({ type }) => isNonNullType(type) || random() < 0.6)
        .map(({ name, type }) => `${name}: ${literal(type, random, 2)}`);
      const call = `f${depth}_${at}: ${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}`;
      if (isLeafType(inner)) return [call];
      return isObjectType(inner) && depth > 0 ? [`${call} { __typename ${selection(inner, random, depth - 1)} }`] : [];
    });
    return chosen.join(' ') || '__typename';
  }

  /** All that an operation's fields are given, in order. */
  function argumentsOf(document: DocumentNode, variables: Record<string, unknown>): unknown[] {
    const types = new TypeInfo(schema);
    const found: unknown[] = [];
    const [operation] = document.definitions as readonly OperationDefinitionNode[];
    const { coerced, errors } = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
    if (!coerced) throw new Error(JSON.stringify(errors));
    visit(
      document,
      visitWithTypeInfo(types, {
        Field(node: FieldNode) {
          const field = types.getFieldDef();
          if (field) found.push(getArgumentValues(field, node, coerced));
        },
      }),
    );
    return found;
  }

  test('are what they were: 400 random operations give their fields the same', () => {
    const random = randomly(20261129);
    const store = documents();
    let tried = 0;
    for (let round = 0; tried < 400 && round < 5_000; round += 1) {
      const root = random() < 0.7 ? schema.getQueryType() : schema.getMutationType();
      if (!root) throw new Error('no root');
      const definitions = ['Int', 'Float', 'Boolean', 'ID', 'String', 'Date', 'DateTime', 'PartialDate'];
      const body = selection(root, random, 3);
      const used = definitions.filter((name) => body.includes(`$${name}`));
      const head = used.flatMap((name) => [
        ...(new RegExp(`\\$${name}\\b(?!_)`).test(body) ? [`$${name}: ${name}`] : []),
        ...(body.includes(`$${name}_`) ? [`$${name}_: ${name}!`] : []),
      ]);
      const text = `${root.name.toLowerCase()} Named${head.length > 0 ? ` (${head.join(', ')})` : ''} { ${body} }`;
      const document = parse(text);
      if (validate(schema, document, undefined, { maxErrors: 1 }).length > 0) continue;
      tried += 1;
      const variables = {
        Int: 7,
        Int_: 8,
        Float: 1.5,
        Float_: 2,
        Boolean: true,
        Boolean_: false,
        ID: '9',
        ID_: 'x',
        String: 'a',
        String_: '',
        Date: '2026-01-01',
        Date_: '2026-01-02',
        DateTime: '2026-01-01T00:00:00Z',
        DateTime_: '2026-01-01T00:00:00Z',
        PartialDate: '2026',
        PartialDate_: '2026-01',
      };
      const made = store.normalised(document, undefined);
      expect(validate(schema, made.document, undefined, { maxErrors: 1 }), print(made.document)).toEqual([]);
      expect(argumentsOf(made.document, { ...variables, ...made.values }), text).toEqual(
        argumentsOf(document, variables),
      );
    }
    expect(tried).toBe(400);
  });
});

describe('what is kept of documents and plans has a bound in bytes', () => {
  test('documents that come once make room for one another', async () => {
    const store = documents();
    const keep = async (name: string) => {
      const query = `query ${name} { committees(first: 5) { nodes { code name level } } }`;
      store.admit({ query, variables: {} });
      // As Apollo Server names them.
      const key = `a schema:${createHash('sha256').update(query).digest('hex')}`;
      await store.store.set(key, parse(query));
      return key;
    };
    const first = await keep('first');
    expect(await store.store.get(first)).toBeDefined();
    for (let at = 0; at < 4_000; at += 1) await keep(`q${at}`);
    expect(await store.store.get(first)).toBeUndefined();
  });

  test('plans do too, but for those of the start', async () => {
    const plans = new Plans();
    const plan = (key: string, text: string) =>
      plans.store.set(key, { kind: 'QueryPlan', node: { kind: 'Fetch', operation: text } } as never);
    await plan('ready', 'x');
    plans.started();
    await plan('other', 'y');
    expect(await plans.store.get('other')).toBeDefined();
    for (let at = 0; at < 300; at += 1) await plan(`p${at}`, 'z'.repeat(50_000));
    expect(await plans.store.get('other')).toBeUndefined();
    expect(await plans.store.get('p299')).toBeDefined();
    expect(await plans.store.get('ready')).toBeDefined();
  });
});

test('documents that don’t fit the schema drive out none that do', async () => {
  const all = documents();
  const good = '{ __typename }';
  await all.store.set(`a schema:${createHash('sha256').update(good).digest('hex')}`, parse(good));
  for (let at = 0; at < 4_000; at += 1) all.admit({ query: `{ nothing${at} }`, variables: {} });
  expect(all.knows(good)).toBe(true);
  expect(all.admit({ query: '{ nothing0 }', variables: {} }).isNew).toBe(true);
});

test('a document is new until it was found to fit the schema', async () => {
  const { admit, store } = (() => {
    const all = documents();
    return { admit: () => all.admit({ query: '{ __typename }', variables: {} }), store: all.store };
  })();
  expect(admit().isNew).toBe(true);
  expect(admit().isNew).toBe(true);
  const hash = createHash('sha256').update('{ __typename }').digest('hex');
  await store.set(`a schema:${hash}`, parse('{ __typename }'));
  expect(admit().isNew).toBe(false);
});

test('operations of the front ends are far from the limits', () => {
  for (const name of ['three-levels', 'committees-below', 'pairing', 'member-home']) {
    const query = readFileSync(new URL(`../operations/${name}.graphql`, import.meta.url), 'utf8');
    const variables = JSON.parse(/^#\s*(\{.*\})/.exec(query)?.[1] ?? '{}') as Record<string, unknown>;
    const { values } = documents().admit({ query, variables });
    expect(values, name).toBeLessThan(limits.values / 5);
  }
});
