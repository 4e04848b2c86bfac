/** Whatever mutations are given, a text or a list over its bound is refused by a sentence, and nothing that is within it is an error of ours. */
import { createSubgraph, type Subgraph } from '@hub/subgraph-server';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { type GraphQLInputType, getNullableType, isInputObjectType, isListType, isScalarType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { type ActorName, actors } from './cells.ts';
import { fill, setRules, type World } from './fixture.ts';
import { givenFor } from './inputs.ts';
import { isForGatewayAlone } from './matrix.ts';
import { answerOf, type Deed, deedsOf, undoing, userErrorsIn } from './mutations.ts';
import { openSubgraphs } from './opened.ts';

const schemas = subgraphs.map(({ name }) => name);
let database: TestDatabase;
let world: World;
let undone: ReadonlyMap<string, Subgraph>;
beforeAll(async () => {
  database = await createTestDatabase('empty');
  world = await fill(database.admin, schemas);
  await setRules(database.admin, schemas, 'enable');
  undone = await openSubgraphs(database.url, undoing);
});
afterAll(async () => {
  for (const subgraph of undone.values()) await subgraph.close();
  await database.drop();
});

const unasked = { scope: () => Promise.reject(new Error('not asked')), close: async () => undefined };
const deeds = subgraphs.flatMap((definition) =>
  deedsOf(createSubgraph(definition, unasked, () => undefined))
    .filter(({ kind, field }) => kind === 'mutation' && !isForGatewayAlone(field))
    .map((deed) => ({ ...deed, schema: definition.name })),
);

/** Over the bound of every text but that of a chunk; and the longest that some text may be, which doesn't compress. */
const over = '长'.repeat(200_001);
const random = (length: number) =>
  Array.from({ length }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919 + n * n * 104_729) % 20_000))).join('');
const longest = random(10_000);
const entries = 1_001;

/** Those who come with what they may send: the public, staff and a member. */
const senders: readonly ActorName[] = ['everyone', 'staff of the owner', 'the author'];

interface Place {
  readonly path: readonly (string | number)[];
  readonly kind: 'text' | 'list';
}

/** Where a value of a type holds texts and lists. */
function placesIn(type: GraphQLInputType, value: unknown, path: Place['path']): Place[] {
  const of = getNullableType(type) as GraphQLInputType;
  if (value == null) return [];
  if (isListType(of))
    return [{ path, kind: 'list' }, ...placesIn(of.ofType as GraphQLInputType, (value as unknown[])[0], [...path, 0])];
  if (isInputObjectType(of))
    return Object.values(of.getFields()).flatMap((field) =>
      placesIn(field.type, (value as Record<string, unknown>)[field.name], [...path, field.name]),
    );
  return isScalarType(of) && ['String', 'ID'].includes(of.name) ? [{ path, kind: 'text' }] : [];
}

const replaced = (value: unknown, [first, ...rest]: Place['path'], by: (old: unknown) => unknown): unknown => {
  if (first === undefined) return by(value);
  if (Array.isArray(value)) return value.map((one, at) => (at === first ? replaced(one, rest, by) : one));
  const object = value as Record<string, unknown>;
  return { ...object, [first]: replaced(object[String(first)], rest, by) };
};

async function violations(deed: Deed & { readonly schema: string }): Promise<string[]> {
  const { field, name, schema } = deed;
  const { values } = givenFor(world, schema, field, 'pu', 'most');
  const given = field.args.filter((argument) => argument.name in values);
  const list = (text: (name: string, type: string) => string) =>
    given.length === 0 ? '' : `(${given.map((one) => text(one.name, String(one.type))).join(', ')})`;
  const query = `mutation ${list((one, type) => `$${one}: ${type}`)} { ${name}${list((one) => `${one}: $${one}`)}${answerOf(field)} }`;
  const places = given.flatMap((one) => placesIn(one.type, values[one.name], [one.name]));
  const found: string[] = [];
  const attempt = async (place: Place, sender: ActorName, what: string, by: (old: unknown) => unknown) => {
    const variables = replaced(values, place.path, by) as Record<string, unknown>;
    const { result } = await (undone.get(schema) as Subgraph).execute({ query, variables }, actors[sender]);
    const errors = (result.errors ?? []).map(({ extensions }) => String(extensions['code']));
    const codes = [...errors, ...userErrorsIn(result.data?.[name])];
    const where = `${name}(${place.path.join('.')}) with ${what} as ${sender}`;
    if (codes.some((code) => ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE'].includes(code)))
      found.push(`${where} ends in ${codes}`);
    return { codes, where };
  };
  for (const [n, place] of places.entries()) {
    // Each in turn: bounds come before it is looked who asks.
    const sender = senders[n % senders.length] as ActorName;
    const { codes, where } =
      place.kind === 'text'
        ? await attempt(place, sender, 'a text over its bound', () => over)
        : await attempt(place, sender, 'a list over its bound', (old) =>
            Array.from({ length: entries }, () => (old as unknown[])[0]),
          );
    if (codes.length === 0) found.push(`${where} is done`);
    // Who may do it stores it, and indexes have bounds of their own.
    if (place.kind === 'text') await attempt(place, 'staff of the owner', 'the longest text', () => longest);
  }
  return found;
}

test('there are inputs to try', () => {
  expect(deeds.length).toBeGreaterThan(200);
});

describe('what is over its bound is refused, and what is within it is no error of ours:', () => {
  test.each(deeds.map((deed) => [deed.name, deed] as const))('%s', async (_, deed) => {
    expect(await violations(deed)).toEqual([]);
  });
});
