/** Every place of every input of a mutation, with the nastiest values of its kind. */
import type { Subgraph } from '@hub/subgraph-server';
import type { TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { everyInput, type Tally } from './every-input.ts';
import { setRules, type World } from './fixture.ts';
import { isForGatewayAlone } from './matrix.ts';
import { deedsOf, Undoing } from './mutations.ts';
import { openSubgraphs } from './opened.ts';
import { createWorld } from './world.ts';

const schemas = subgraphs.map(({ name }) => name);
let database: TestDatabase;
let world: World;
let opened: ReadonlyMap<string, Subgraph>;
const undoing = new Undoing();

beforeAll(async () => {
  ({ database, world } = await createWorld());
  await setRules(database.admin, schemas, 'enable');
  opened = await openSubgraphs(database.url, undoing.over);
});
afterAll(async () => {
  for (const subgraph of opened.values()) await subgraph.close();
  await database.drop();
});

const tally: Tally = { inputs: 0, values: 0, told: 0, untold: new Set() };

test.each(schemas)('of %s', async (schema) => {
  const subgraph = opened.get(schema) as Subgraph;
  const found: string[] = [];
  const before = process.cpuUsage();
  for (const deed of deedsOf(subgraph).filter(({ kind, field }) => kind === 'mutation' && !isForGatewayAlone(field)))
    found.push(...(await everyInput({ world, admin: database.admin, schemas, subgraph, undoing }, deed, tally)));
  const done = process.cpuUsage(before);
  const fs = await import('node:fs');
  fs.writeFileSync(
    `/tmp/every-${schema}.json`,
    JSON.stringify({ found, tally: { ...tally, untold: [...tally.untold] }, cpu: done }, null, 1),
  );
  expect(found.length).toBe(0);
});
