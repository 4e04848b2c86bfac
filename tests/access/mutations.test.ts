/** Who may do each mutation, as cells.ts says; and what only the gateway asks subgraphs for. */
import { openDatabase, subgraphUrl } from '@hub/database';
import { createDutyCodeKey, publicDutyCodeKeys } from '@hub/duty-code';
import { createSubgraph, type Subgraph } from '@hub/subgraph-server';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { subgraphOnly } from './cells.ts';
import { fill, setRules, type World } from './fixture.ts';
import { type Deed, deedsOf, deedViolations, undoing } from './mutations.ts';

const schemas = subgraphs.map(({ name }) => name);
let database: TestDatabase;
let world: World;
const opened = new Map<string, { subgraph: Subgraph; undone: Subgraph }>();
const bench = (schema: string) => {
  const found = opened.get(schema);
  if (!found) throw new Error(`no subgraph ${schema}`);
  return { world, admin: database.admin, schemas, ...found };
};

beforeAll(async () => {
  database = await createTestDatabase('empty');
  world = await fill(database.admin, schemas);
  await setRules(database.admin, schemas, 'enable');
  const dutyCodePrivateKey = await createDutyCodeKey();
  const secrets = { dutyCodePrivateKey, dutyCodePublicKeys: publicDutyCodeKeys([dutyCodePrivateKey]) };
  for (const definition of subgraphs) {
    const { name } = definition;
    const tables = openDatabase({ url: subgraphUrl(database.url, name), name, fetchTimeoutMs: 10_000 });
    const over = (base: typeof tables) => createSubgraph(definition, base, () => undefined, secrets);
    opened.set(name, { subgraph: over(tables), undone: over(undoing(tables)) });
  }
});
afterAll(async () => {
  for (const { subgraph } of opened.values()) await subgraph.close();
  await database.drop();
});

// Schemas are made without a database, so that each deed is a test of its own.
const unasked = { scope: () => Promise.reject(new Error('not asked')), close: async () => undefined };
const deeds: readonly (Deed & { readonly schema: string })[] = subgraphs.flatMap((definition) =>
  deedsOf(createSubgraph(definition, unasked, () => undefined)).map((deed) => ({ ...deed, schema: definition.name })),
);

test('what only the gateway asks for has a cell each, and each cell something that is asked for', () => {
  const hidden = deeds.map(({ kind, name }) => `${kind === 'query' ? 'Query' : 'Mutation'}.${name}`);
  expect(Object.keys(subgraphOnly).filter((name) => !hidden.includes(name))).toEqual([]);
});

describe('is done by those whom its cell names, and by nobody else:', () => {
  test.each(deeds.map((deed) => [deed.name, deed] as const))('%s', async (_, deed) => {
    expect(await deedViolations(bench(deed.schema), deed)).toEqual([]);
  });
});
