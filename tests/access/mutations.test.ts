/** Who may do each mutation, as cells.ts says; and what only the gateway asks subgraphs for. */
import { createSubgraph, type Subgraph } from '@hub/subgraph-server';
import type { TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { subgraphOnly } from './cells.ts';
import { setRules, type World } from './fixture.ts';
import { type Deed, deedsOf, deedViolations, Undoing } from './mutations.ts';
import { openSubgraphs } from './opened.ts';
import { createWorld } from './world.ts';

const schemas = subgraphs.map(({ name }) => name);
let database: TestDatabase;
let world: World;
let opened: ReadonlyMap<string, Subgraph>;
const undoing = new Undoing();
const of = (name: string): Subgraph => {
  const found = opened.get(name);
  if (!found) throw new Error(`no subgraph ${name}`);
  return found;
};

beforeAll(async () => {
  ({ database, world } = await createWorld());
  await setRules(database.admin, schemas, 'enable');
  // These actors are of no directory: what keeps those from acting whom it doesn't have is tried by references.test.ts, for each mutation.
  await database.admin.unsafe(
    `create or replace function members.kept_from_office(wanted uuid, of_committee text, on_day date) returns text
      language sql stable security definer set search_path = '' as 'select null::text'`,
  );
  // A gateway begins the access log with its key before it enters anything.
  await database.admin`insert into cooperation.access_key (ordinal, number, hash, statement) values (1, 0, 'beginning', 'key')`;
  opened = await openSubgraphs(database.url, undoing.over);
});
afterAll(async () => {
  for (const subgraph of opened.values()) await subgraph.close();
  await database.drop();
});

// Schemas are made without a database, so that each deed is a test of its own.
const unasked = {
  scope: () => Promise.reject(new Error('not asked')),
  close: async () => undefined,
  check: async () => undefined,
  load: () => expect.fail('not asked'),
};
const deeds: readonly (Deed & { readonly schema: string })[] = subgraphs.flatMap((definition) =>
  deedsOf(createSubgraph(definition, unasked, () => undefined)).map((deed) => ({ ...deed, schema: definition.name })),
);

test('what only the gateway asks for has a cell each, and each cell something that is asked for', () => {
  const hidden = deeds.map(({ kind, name }) => `${kind === 'query' ? 'Query' : 'Mutation'}.${name}`);
  expect(Object.keys(subgraphOnly).filter((name) => !hidden.includes(name))).toEqual([]);
});

describe('is done by those whom its cell names, and by nobody else:', () => {
  test.each(deeds.map((deed) => [deed.name, deed] as const))('%s', async (_, deed) => {
    const bench = { world, admin: database.admin, schemas, subgraph: of(deed.schema), undoing };
    expect(await deedViolations(bench, deed)).toEqual([]);
  });
});
