import { readFileSync } from 'node:fs';
import { HubError } from '@hub/errors';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../tests/hub/hub.ts';
import { noTimes, rareTimes, strangeIds, trickyText, unreadable, unseen } from '../../tests/hub/nasty-values.ts';
import { send, write } from '../../tests/hub/raw-http.ts';
import { inputChecks } from '../src/graphql/inputs.ts';
import { supergraphFile } from '../src/index.ts';
import { ceilingsOfSupergraph } from '../src/supergraph.ts';

let hub: Hub;
/** How often subgraphs were asked for clients: what a gateway asks of allowances comes by the clock, whatever is sent. */
let fetches = 0;
beforeAll(async () => {
  hub = await startHub('in process', {
    config: { follow: false },
    before: ({ query }) => {
      if (!query.includes('takeAllowances')) fetches += 1;
    },
  });
});
afterAll(() => hub.stop());

const schema = buildSchema(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));

/** Some way from a root field to each object type, as the text before and after a selection on it. */
function waysTo(): Map<string, { before: string; after: string; root: string }> {
  const ways = new Map<string, { before: string; after: string; root: string }>();
  const queue: string[] = [];
  for (const [root, type] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    ways.set((type as GraphQLObjectType).name, { before: '', after: '', root });
    queue.push((type as GraphQLObjectType).name);
  }
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const way = ways.get(name);
    const type = schema.getType(name);
    if (!way || !isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const inner = getNamedType(field.type);
      const required = argumentsText(field.args.filter(({ type: given }) => String(given).endsWith('!')));
      const found = isObjectType(inner)
        ? [inner]
        : isInterfaceType(inner) || isUnionType(inner)
          ? schema.getPossibleTypes(inner)
          : [];
      for (const one of found) {
        if (ways.has(one.name)) continue;
        const spread = one === inner ? ['', ''] : [`... on ${one.name} { `, ' }'];
        ways.set(one.name, {
          before: `${way.before} ${field.name}${required} { ${spread[0]}`,
          after: `${spread[1]} } ${way.after}`,
          root: way.root,
        });
        queue.push(one.name);
      }
    }
  }
  return ways;
}

type Literal = string;
/** The least literal that a type takes. */
function literal(type: GraphQLInputType): Literal {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return '[]';
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? '';
  if (isInputObjectType(nullable)) return objectText(Object.values(nullable.getFields()), {});
  switch (String(nullable)) {
    case 'Int':
    case 'Float':
      return '1';
    case 'Boolean':
      return 'true';
    case 'Date':
      return '"2026-01-01"';
    case 'DateTime':
      return '"2026-01-01T00:00:00Z"';
    case 'PartialDate':
      return '"2026"';
    default:
      return '"x"';
  }
}
function objectText(fields: readonly GraphQLInputField[], given: Readonly<Record<string, Literal>>): Literal {
  const needed = fields.filter(
    ({ name, type, defaultValue }) => name in given || (String(type).endsWith('!') && defaultValue === undefined),
  );
  return `{ ${needed.map(({ name, type }) => `${name}: ${given[name] ?? literal(type)}`).join(', ')} }`;
}
function argumentsText(args: readonly GraphQLArgument[], given: Readonly<Record<string, Literal>> = {}): string {
  const needed = args.filter(
    ({ name, type, defaultValue }) => name in given || (String(type).endsWith('!') && defaultValue === undefined),
  );
  if (needed.length === 0) return '';
  return `(${needed.map(({ name, type }) => `${name}: ${given[name] ?? literal(type)}`).join(', ')})`;
}

interface Told {
  /** What is tried, and the name of the argument that a refusal has to tell. */
  readonly where: string;
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly description: string;
  /** An operation that gives a value there. */
  readonly operation: (value: Literal) => string;
}

/** Every argument of the schema, and every field of every input by way of some argument. */
function everything(): Told[] {
  const ways = waysTo();
  const told: Told[] = [];
  const seen = new Set<string>();
  const inputs = (
    type: GraphQLInputType,
    path: string,
    operation: (value: Literal) => string,
    within: readonly string[],
  ) => {
    const nullable = getNullableType(type);
    const named = getNamedType(type);
    if (!isInputObjectType(named) || within.includes(named.name)) return;
    const wrap = isListType(nullable) ? (text: string) => `[${text}]` : (text: string) => text;
    const fields = Object.values(named.getFields());
    for (const field of fields) {
      const where = `${named.name}.${field.name}`;
      const at = isListType(nullable) ? `${path}.0` : path;
      const inner = (value: Literal) => operation(wrap(objectText(fields, { [field.name]: value })));
      if (!seen.has(where)) {
        seen.add(where);
        told.push({
          where,
          name: `${at}.${field.name}`,
          type: field.type,
          description: field.description ?? '',
          operation: inner,
        });
        inputs(field.type, `${at}.${field.name}`, inner, [...within, named.name]);
      }
    }
  };
  for (const [name, way] of ways) {
    const type = schema.getType(name) as GraphQLObjectType;
    for (const field of Object.values(type.getFields())) {
      const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
      for (const argument of field.args) {
        const operation = (value: Literal) =>
          `${way.root} { ${way.before} ${field.name}${argumentsText(field.args, { [argument.name]: value })}${selection} ${way.after} }`;
        told.push({
          where: `${name}.${field.name}(${argument.name}:)`,
          name: argument.name,
          type: argument.type,
          description: argument.description ?? '',
          operation,
        });
        inputs(argument.type, argument.name, operation, []);
      }
    }
  }
  return told;
}

const all = everything();
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text.replaceAll(',', '')));
const isText = (type: GraphQLInputType) => ['String', 'ID'].includes(getNamedType(type).name);
const isNumber = (type: GraphQLInputType) => getNamedType(type).name === 'Int';
const isList = (type: GraphQLInputType) => isListType(getNullableType(type));
const valuesTold = ({ description }: Told) => number(/At most ([\d,]+) values\./.exec(description)?.[1]);
const charactersTold = ({ description }: Told) => number(/At most ([\d,]+) characters/.exec(description)?.[1]);
const rangeTold = ({ description }: Told) => {
  const [, least, most] = /From (\d[\d,]*) to ([\d,]+)\./.exec(description) ?? [];
  return most === undefined ? undefined : { least: Number(least), most: number(most) ?? 0 };
};

/** One operation with this value there, as the public: refused by name, and nothing was read. */
async function refusal(
  { where, name, operation }: Pick<Told, 'where' | 'name' | 'operation'>,
  value: Literal,
  variables: Record<string, unknown> = {},
): Promise<string | undefined> {
  const before = fetches;
  const { errors, status } = await hub.ask(operation(value), { variables });
  const [error] = errors;
  const named = error?.extensions['field'] ?? error?.extensions['argument'];
  const is = `${status} ${error?.extensions.code} ${named} after ${fetches - before} fetches`;
  const code = error?.extensions.code === 'PAGE_TOO_LARGE' ? 'PAGE_TOO_LARGE' : 'BAD_USER_INPUT';
  return is === `400 ${code} ${name} after 0 fetches` ? undefined : `${where}: ${is}`;
}

const atOnce = async (tried: readonly (() => Promise<string | undefined>)[]) => {
  const faults: string[] = [];
  for (const one of tried) faults.push(...([await one()].filter((fault) => fault !== undefined) as string[]));
  return faults;
};

test('every argument and input field that takes a list, a text or a number says how much it takes', () => {
  expect(all.length).toBeGreaterThan(1_900);
  const silent = all.filter(
    (one) =>
      (isList(one.type) && valuesTold(one) === undefined) ||
      (isText(one.type) && charactersTold(one) === undefined && !/at most [\d,]+ characters/.test(one.description)) ||
      (isNumber(one.type) && rangeTold(one) === undefined && !/\d/.test(one.description)),
  );
  expect(silent.map(({ where }) => where)).toEqual([]);
  // A text that is searched is short.
  for (const one of all.filter(({ where }) => /Filter\.text$|\(text:\)$/.test(where)))
    expect([one.where, charactersTold(one)]).toEqual([one.where, 200]);
});

test('one value more than a list takes is refused by the name of its argument, before anything is read', async () => {
  const lists = all.filter((one) => valuesTold(one) !== undefined);
  expect(lists.length).toBeGreaterThan(60);
  const faults = await atOnce(
    lists.map((one) => () => {
      const inner = literal((getNullableType(one.type) as { ofType: GraphQLInputType }).ofType);
      return refusal(one, `[${Array.from({ length: (valuesTold(one) ?? 0) + 1 }, () => inner).join()}]`);
    }),
  );
  expect(faults).toEqual([]);
});

test('one character more than a text takes, and one number beyond a range, are refused by the name of their argument', async () => {
  // One for each name and ceiling stands for those that are told alike.
  const once = new Map<string, Told>();
  for (const one of all.filter((each) => charactersTold(each) !== undefined || rangeTold(each)))
    once.set(`${one.where.replace(/^.*[.(]/, '')} ${charactersTold(one)} ${rangeTold(one)?.most}`, one);
  const listed = (one: Told, text: Literal) => (isList(one.type) ? `[${text}]` : text);
  const inList = (one: Told): Told => (isList(one.type) ? { ...one, name: `${one.name}.0` } : one);
  const faults = await atOnce(
    [...once.values()].flatMap((one) => {
      const range = rangeTold(one);
      if (range)
        return [range.least - 1, range.most + 1].map((value) => () => refusal(inList(one), listed(one, String(value))));
      return [() => refusal(inList(one), listed(one, JSON.stringify('政'.repeat((charactersTold(one) ?? 0) + 1))))];
    }),
  );
  expect(faults).toEqual([]);
});

/** An operation that gives a variable there. */
const byVariable = ({ operation, type }: Told): string =>
  operation('$value').replace(/^(query|mutation)/, `$1 ($value: ${type})`);

const kindsOfNothing: Readonly<Record<string, readonly unknown[]>> = {
  String: unreadable,
  ID: unreadable,
  ...noTimes,
};
/** A place where a value stands beside a good one where it is of a list, and how a refusal names it. */
function placed(one: Told, value: unknown): { name: string; value: unknown } {
  if (!isList(one.type)) return { name: one.name, value };
  const good = JSON.parse(literal((getNullableType(one.type) as { ofType: GraphQLInputType }).ofType));
  return { name: `${one.name}.1`, value: [good, value] };
}

test('every place refuses, by its name, everything that is no text and no time of the calendar', () => {
  const check = inputChecks(() => schema, ceilingsOfSupergraph(readFileSync(supergraphFile, 'utf8')));
  const tried = all.filter(({ type }) => getNamedType(type).name in kindsOfNothing);
  expect(tried.length).toBeGreaterThan(1_200);
  const faults: string[] = [];
  for (const one of tried) {
    const document = parse(byVariable(one), { noLocation: true });
    const [operation] = document.definitions as OperationDefinitionNode[];
    for (const nothing of kindsOfNothing[getNamedType(one.type).name] ?? []) {
      const { name, value } = placed(one, nothing);
      let told: unknown = 'nothing';
      try {
        check(document, operation as OperationDefinitionNode, { value });
      } catch (error) {
        told = error instanceof HubError && (error.extensions['details'] as { field: unknown }).field;
      }
      if (told !== name) faults.push(`${one.where} = ${JSON.stringify(nothing)}: ${told}`);
    }
  }
  expect(faults).toEqual([]);
});

test('what is no text, and no time of the calendar, is refused before anything is read, literal or variable, alone or in a list', async () => {
  // Each value once for its type and for what it stands in: the places are walked above.
  const shapes = new Map(
    all.map((one) => [`${getNamedType(one.type).name} ${isList(one.type)} ${/[.]/.test(one.name)}`, one]),
  );
  const tried = [...shapes.values()].flatMap((one) =>
    (kindsOfNothing[getNamedType(one.type).name] ?? []).map((value) => [one, value] as const),
  );
  expect(tried.length).toBeGreaterThan(80);
  const faults = await atOnce(
    tried.map(([one, nothing]) => () => {
      const { name, value } = placed(one, nothing);
      const where = `${one.where} = ${JSON.stringify(nothing)}`;
      return refusal({ where, name, operation: () => byVariable(one) }, '', { value });
    }),
  );
  expect(faults).toEqual([]);
});

test('a number that isn’t one is refused by name, as a literal and as a variable', async () => {
  const number = all.find(({ where }) => where === 'QuantityInput.value') as Told;
  for (const value of ['1e400', '-1e400', '1e13', '1.7976931348623157e308'])
    expect(await refusal(number, value)).toBeUndefined();
  const first = 'query ($first: Int) { members(first: $first) { totalCount } }';
  for (const value of ['1e400', '1.5', '2147483648', '"1"', 'true', '[1,2]', '{}']) {
    const body = `{"query":${JSON.stringify(first)},"variables":{"first":${value}}}`;
    const headers = { 'content-type': 'application/json' };
    const [told] = JSON.parse((await send(`${hub.url}/graphql`, { method: 'POST', headers, body })).text).errors;
    expect([value, told.extensions]).toEqual([value, { code: 'BAD_USER_INPUT', field: '$first' }]);
  }
});

test('a variable of the wrong shape is told by its way to what is wrong', async () => {
  const asked = 'mutation ($input: StartJointPlanInput!) { startJointPlan(input: $input) { userErrors { code } } }';
  const input = {
    committee: '330110',
    title: 'x',
    kind: 'TOPICAL',
    durationMinutes: 30,
    starts: ['2027-01-01T09:00Z'],
    visits: [{ title: 'x' }],
  };
  const parties = [{ committee: '330110' }];
  for (const [wrong, where] of [
    [{ ...input, parties: [{ committee: '330110', required: 'yes' }] }, '$input.parties.0.required'],
    [{ ...input, parties: [{ required: true }] }, '$input.parties.0.committee'],
    [{ ...input, parties, visits: [{ title: 'x' }, { title: 'x', toString: 1 }] }, '$input.visits.1.toString'],
    [input, '$input.parties'],
    [null, '$input'],
  ] as const) {
    const { errors } = await hub.ask(asked, { variables: { input: wrong } });
    expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', field: where }]);
  }
});

test('what may be left out may be null, and an argument with a default has it then', async () => {
  const lists = [...waysTo()].filter(([, { root }]) => root === 'query');
  const asked = lists.flatMap(([name, way]) =>
    Object.values((schema.getType(name) as GraphQLObjectType).getFields()).flatMap((field) => {
      const nulls = field.args.filter(({ type }) => !isNonNullType(type)).map((argument) => [argument.name, 'null']);
      const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
      return nulls.length === 0
        ? []
        : [
            `{ ${way.before} ${field.name}${argumentsText(field.args, Object.fromEntries(nulls))}${selection} ${way.after} }`,
          ];
    }),
  );
  expect(asked.length).toBeGreaterThan(100);
  const faults = await atOnce(
    asked.map((query) => async () => {
      const { errors } = await hub.ask(query);
      const codes = errors.map(({ extensions }) => extensions.code);
      // Of the rest the public asks for nothing.
      return codes.every((code) => ['FORBIDDEN', 'UNAUTHENTICATED'].includes(code)) ? undefined : `${query}: ${codes}`;
    }),
  );
  expect(faults).toEqual([]);
  const page = '{ totalCount nodes { id } }';
  const { data } = await hub.ask(
    `{ null: consultations(first: 5, orderBy: null) ${page} usual: consultations(first: 5) ${page} other: consultations(first: 5, orderBy: HELD_ASC) ${page} }`,
  );
  expect(data.null).toEqual(data.usual);
  expect(data.other).not.toEqual(data.usual);
});

test('the rarest values of its kind are read by every argument, or refused by its name', async () => {
  const kinds: Readonly<Record<string, readonly unknown[]>> = {
    ...rareTimes,
    ID: strangeIds,
    String: [trickyText, ...unseen],
  };
  const alike = new Map(
    all
      .filter(({ operation }) => operation('').startsWith('query'))
      .map((one) => [one.where.replace(/^(?!.*Filter)\w+\./, ''), one]),
  );
  const tried = [...alike.values()].filter(({ type }) => getNamedType(type).name in kinds);
  expect(tried.length).toBeGreaterThan(100);
  const faults = await atOnce(
    tried.map((one) => async () => {
      const values = kinds[getNamedType(one.type).name] ?? [];
      // All of them in one operation, each under a name of its own; root fields are asked for side by side.
      const inner = /^query \{(.*)\}$/s.exec(one.operation('$value'))?.[1] ?? '';
      const asked = values.map((_, at) => `v${at}: ${inner.trim().replaceAll('$value', `$v${at}`)}`);
      const declared = values.map((_, at) => `$v${at}: ${one.type}`);
      const { status, errors } = await hub.ask(`query (${declared.join(', ')}) { ${asked.join(' ')} }`, {
        variables: Object.fromEntries(values.map((value, at) => [`v${at}`, isList(one.type) ? [value] : value])),
      });
      const last = one.name.split('.').at(-1);
      const isToldWell = errors.every(
        ({ extensions: { code, field } }) =>
          ['FORBIDDEN', 'UNAUTHENTICATED'].includes(code) ||
          (code === 'BAD_USER_INPUT' &&
            String(field)
              .split('.')
              .includes(last ?? '')),
      );
      return isToldWell
        ? undefined
        : `${one.where}: ${status} ${errors.map(({ path, extensions }) => `${path?.[0]} ${JSON.stringify(values[Number(String(path?.[0]).slice(1))])} ${JSON.stringify(extensions)}`)}`;
    }),
  );
  expect(faults).toEqual([]);
});

test('a text of signs alone is refused in a sentence by whatever is searched', async () => {
  const searched = all.filter(
    ({ where, operation }) => /Filter\.text$|\(text:\)$/.test(where) && operation('').startsWith('query'),
  );
  expect(searched.length).toBeGreaterThan(10);
  for (const one of searched) {
    const { errors } = await hub.ask(one.operation('"，。"'), { headers: { 'accept-language': 'en' } });
    expect([one.where, errors[0]?.extensions]).toEqual([one.where, { code: 'NOTHING_TO_SEARCH', field: one.name }]);
    expect(errors[0]?.message).toContain('punctuation alone');
  }
});

test('a cursor of an order holds what its columns do', async () => {
  const forged = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
  const id = '00000000-0000-4000-8000-000000000000';
  for (const [list, order, value] of [
    ['members', 'NAME_ASC', 'a\\u0000'],
    ['members', 'MODIFIED_DESC', '2026-02-30T00:00:00.000Z'],
    ['members', 'MODIFIED_DESC', 'yesterday'],
    ['consultations', 'HELD_DESC', '2026-02-30'],
    ['annualPlans', 'YEAR_DESC', '99999999999'],
    ['annualPlans', 'YEAR_DESC', '1.5'],
  ] as const)
    for (const cursor of [
      forged(order, JSON.parse(`"${value}"`), id),
      forged(order, 'x', 'no id'),
      forged(order, 1, id),
    ]) {
      const { errors } = await hub.ask(
        `{ ${list}(orderBy: ${order}, after: "${cursor}") { totalCount nodes { id } } }`,
      );
      expect([value, errors[0]?.extensions]).toEqual([value, { code: 'BAD_USER_INPUT', field: 'after' }]);
    }
});

test('names that every object has are names, but for the one that no answer can tell', async () => {
  for (const name of ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf']) {
    const { data, errors } = await hub.ask(
      `query ${name}($${name}: ID) { ${name}: committees(within: $${name}, first: 1) { ${name}: totalCount } ...${name} } fragment ${name} on Query { committee(code: "330000") { ${name}: name } }`,
    );
    expect([name, errors, data[name][name] > 3_000, data.committee[name]]).toEqual([name, [], true, '浙江省政协']);
    const wrong = await hub.ask('query ($filter: MemberFilter) { members(filter: $filter) { totalCount } }', {
      variables: { filter: { [name]: 'x' } },
    });
    expect(wrong.errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: `$filter.${name}` });
    const order = await hub.ask('query ($order: MemberOrder) { members(orderBy: $order) { totalCount } }', {
      variables: { order: name },
    });
    expect(order.errors[0]?.extensions).toMatchObject({
      field: '$order',
      allowed: expect.arrayContaining(['NAME_ASC']),
    });
  }
  for (const query of [
    '{ committee(code: "330000") { __proto__: name } }',
    'query ($__proto__: ID) { committees(within: $__proto__) { totalCount } }',
  ])
    expect((await hub.ask(query)).errors).toMatchObject([
      { message: expect.stringContaining('__proto__'), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  const body = '{"query":"{ sources { id } }","variables":{"x":{"__proto__":{"a":1}}}}';
  const { text } = await send(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  expect(JSON.parse(text).errors[0].message).toContain('__proto__');
});

test('headers and addresses that hold anything fail nothing, and bytes of another encoding are refused', async () => {
  const token = await hub.staff('330110');
  const headers = [
    'accept',
    'accept-language',
    'authorization',
    'content-type',
    'if-none-match',
    'if-modified-since',
    'if-range',
    'last-event-id',
    'range',
    'repr-digest',
    'x-acting-membership',
    'x-receipt',
  ];
  // As Node sends them: one byte for each character.
  const values = [
    '',
    ' ',
    '\u00d0\u00ad\u00c9\u00cc',
    '__proto__',
    ';;=,"',
    'x'.repeat(4_000),
    '*/*;q=1e400',
    'bytes=9-1,-0,99999999999999999999-',
  ];
  const places = [
    ['POST', '/graphql', '{"query":"{ me { role } }"}'],
    ['GET', '/changes?wait=0', undefined],
    ['GET', '/files/00000000-0000-4000-8000-000000000000', undefined],
    ['POST', '/files', 'x'],
  ] as const;
  const usual = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' };
  for (const [method, path, body] of places)
    for (const header of headers)
      for (const value of values) {
        const given = { method, headers: { ...usual, [header]: value }, ...(body && { body }) };
        const { status } = await send(`${hub.url}${path}`, given);
        expect([path, header, value, status < 500]).toEqual([path, header, value, true]);
      }
  const parameters = [
    ['/graphql', ['query', 'variables', 'operationName', 'extensions']],
    ['/changes', ['after', 'types', 'committees', 'wait']],
    ['/export/directory', ['after']],
    ['/calendars/x.ics', ['after']],
    ['/files/x', ['for']],
  ] as const;
  const safe = { 'apollo-require-preflight': '1', accept: 'application/json' };
  const texts = ['', '%00', '%EF%BF%BE', '{%22__proto__%22:1}', '[]', '%F0%A0%AE%B7', '-1', '1e400'];
  for (const [path, names] of parameters)
    for (const name of names)
      for (const value of texts) {
        const { status } = await send(`${hub.url}${path}?${name}=${value}`, { headers: safe });
        expect([path, name, value, status < 500]).toEqual([path, name, value, true]);
      }
  const { host } = new URL(hub.url);
  for (const bytes of ['\u4e2d', '\u00e4\u00b8\u00ad']) {
    const request = `GET /graphql?query=${encodeURIComponent('{ members(filter: { text: "')}${bytes}${encodeURIComponent('" }) { totalCount } }')} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\napollo-require-preflight: 1\r\n\r\n`;
    expect((await write(hub.url, [request])).status, bytes).toBe(400);
  }
});

test('what an input names of another part of the hub is looked at before anybody has followed it', async () => {
  const { data } = await hub.ask(
    'mutation ($input: PlanConsultationInput!) { planConsultation(input: $input) { userErrors { code path message } } }',
    {
      variables: { input: { committee: '330110', title: '协商', kind: 'TOPICAL', organization: crypto.randomUUID() } },
      token: await hub.staff('330110'),
    },
  );
  expect(data.planConsultation.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'organization'] }]);
});

test('a refusal says what is wrong at its place, and an English one is in English', async () => {
  const told = async (name: string, input: object) => {
    const { data } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { userErrors { code path message } } }`,
      { variables: { input }, token: await hub.staff('330110'), headers: { 'accept-language': 'en' } },
    );
    const [error] = data[name].userErrors;
    expect(error.message).not.toMatch(/\p{Script=Han}|\?/u);
    return [error.code, error.path.join('.'), error.message];
  };
  const plan = { committee: '330110', title: '协商', kind: 'TOPICAL' };
  expect(await told('planConsultation', { ...plan, committee: '999999' })).toEqual([
    'INVALID',
    'input.committee',
    'committee is no committee of the directory: check its code.',
  ]);
  expect(await told('planConsultation', { ...plan, committee: '330203' })).toEqual([
    'NOT_YOURS',
    'input',
    'This is not yours to do: it is for staff of the committee who are charged with it.',
  ]);
  expect(await told('planConsultation', { ...plan, topics: ['水', '\u3164'] })).toEqual([
    'REQUIRED',
    'input.topics.1',
    'Fill in topics.',
  ]);
  const joint = { ...plan, durationMinutes: 30, place: '余杭', starts: ['2099-01-01T09:00Z'] };
  const parties = ['330203', '330203'].map((committee) => ({ committee }));
  expect(await told('startJointPlan', { ...joint, parties })).toEqual([
    'INVALID',
    'input.parties.1.committee',
    'committee names the same twice: leave one out.',
  ]);
});

test('a blank text is null and one of one line is one, as they are read again', async () => {
  const token = await hub.staff('330110');
  const said = '{ consultation { id title place description localKind } userErrors { code path } }';
  const done = async (name: string, input: object) => {
    const { data } = await hub.ask(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) ${said} }`,
      { variables: { input }, token },
    );
    return data[name];
  };
  const plan = { committee: '330110', kind: 'TOPICAL' };
  const kept = { title: '协商 会议', place: null, description: '一\n二', localKind: null };
  const { consultation } = await done('planConsultation', {
    ...plan,
    title: '协商\u2028会议\n',
    place: '\u200b',
    description: '一\u2029二',
    localKind: ' ',
  });
  expect(consultation).toMatchObject(kept);
  const change = async (input: object) => done('updateConsultation', { consultation: consultation.id, ...input });
  expect((await change({ place: '余杭' })).consultation).toMatchObject({ ...kept, place: '余杭' });
  expect((await change({ description: '三' })).consultation).toMatchObject({
    ...kept,
    place: '余杭',
    description: '三',
  });
  for (const blank of ['', ' \n', '\u3164', null]) {
    await change({ place: '余杭' });
    expect([blank, (await change({ place: blank })).consultation.place]).toEqual([blank, null]);
    expect([blank, (await change({ title: blank })).userErrors]).toEqual([
      blank,
      [{ code: 'REQUIRED', path: ['input', 'title'] }],
    ]);
  }
});
