import { readFileSync } from 'node:fs';
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
  isObjectType,
  isUnionType,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../tests/hub/hub.ts';

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
      const inner = (value: Literal) => operation(wrap(objectText(fields, { [field.name]: value })));
      if (!seen.has(where)) {
        seen.add(where);
        told.push({
          where,
          name: `${path}.${field.name}`,
          type: field.type,
          description: field.description ?? '',
          operation: inner,
        });
        inputs(field.type, `${path}.${field.name}`, inner, [...within, named.name]);
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
async function refusal({ where, name, operation }: Told, value: Literal): Promise<string | undefined> {
  const before = fetches;
  const { errors, status } = await hub.ask(operation(value));
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
  const faults = await atOnce(
    [...once.values()].flatMap((one) => {
      const range = rangeTold(one);
      if (range)
        return [range.least - 1, range.most + 1].map((value) => () => refusal(one, listed(one, String(value))));
      return [() => refusal(one, listed(one, JSON.stringify('政'.repeat((charactersTold(one) ?? 0) + 1))))];
    }),
  );
  expect(faults).toEqual([]);
});

test('characters that no text has and days that no calendar has are refused by name, in literals and in variables', async () => {
  const search =
    'query ($filter: MemberFilter, $on: Date) { members(filter: $filter) { totalCount } committees(on: $on) { totalCount } }';
  for (const text of ['a\u0000b', '\ud800', 'x\udc00y', '\uffff']) {
    const { errors } = await hub.ask(search, { variables: { filter: { text } } });
    expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', field: 'filter.text' }]);
  }
  for (const on of ['0000-01-01', '2026-02-30', '2026-13-01', 'yesterday', '']) {
    const byVariable = await hub.ask(search, { variables: { on } });
    const byLiteral = await hub.ask(`{ committees(on: ${JSON.stringify(on)}) { totalCount } }`);
    for (const { errors } of [byVariable, byLiteral])
      expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', field: 'on' }]);
  }
});
