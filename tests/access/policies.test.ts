/** A few policies broken, so that every run shows that the tests beside this one can fail; `pnpm policies` breaks them all. */
import type { Subgraph } from '@hub/subgraph-server';
import type { TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';
import type { World } from './fixture.ts';
import { openSubgraphs } from './opened.ts';
import { type Clause, clausesOf, noticed, noticedByMatrix, noticedByStatements, withBroken } from './policies.ts';
import { openRoles, type Roles } from './statements.ts';
import { createWorld } from './world.ts';

const schemas = subgraphs.map(({ name }) => name);
let database: TestDatabase;
let world: World;
let roles: Roles;
let clauses: readonly Clause[];
let open: ReadonlyMap<string, Subgraph>;

beforeAll(async () => {
  ({ database, world } = await createWorld());
  roles = await openRoles(database.url, schemas);
  clauses = await clausesOf(database.admin, schemas);
  open = await openSubgraphs(database.url);
});
afterAll(async () => {
  await roles.end();
  for (const subgraph of open.values()) await subgraph.close();
  await database.drop();
});

/** What the graph shows wrongly while no policy is broken, by subgraph: asking for all of it takes its time. */
const unbroken = new Map<string, readonly string[]>();

test.each([
  ['members.member', 'read', 'using', true],
  ['members.counter', 'read', 'using', true],
  ['consultations.participant', 'read', 'using', true],
  // Nothing leads past its whole to it, so that only statements tell.
  ['cooperation.partner', 'read', 'using', false],
  ['workstations.activity', 'insert', 'with check', false],
  ['workstations.activity', 'update', 'using', false],
  ['workstations.activity', 'update', 'with check', false],
  ['consultations.submission', 'read', 'using', true],
  ['consultations.submission', 'insert', 'with check', false],
  ['consultations.submission', 'update', 'using', false],
  ['consultations.submission', 'update', 'with check', false],
  ['consultations.change', 'read', 'using', false],
  ['consultations.idempotency', 'own', 'using', false],
  ['consultations.idempotency', 'own', 'with check', false],
])(
  'without the policy of %s on %s, %s, it is noticed',
  async (table, policy, part, inMatrix) => {
    const clause = clauses.find((one) => one.table === table && one.policy === policy && one.part === part);
    const subgraph = open.get(clause?.schema ?? '');
    if (!clause || !subgraph) throw new Error(`there is no such policy: ${table} ${policy} ${part}`);
    const before = await noticedByStatements(database.admin, world, roles, clause);
    if (inMatrix && !unbroken.has(subgraph.name)) unbroken.set(subgraph.name, await noticedByMatrix(world, subgraph));
    const broken = await withBroken(database.admin, clause, 'true', () =>
      noticed(database.admin, world, roles, subgraph, clause),
    );
    expect(broken.statements.length).toBeGreaterThan(before.length);
    if (inMatrix) expect(broken.matrix.length).toBeGreaterThan(unbroken.get(subgraph.name)?.length ?? 0);
    expect(await noticedByStatements(database.admin, world, roles, clause)).toEqual(before);
    // Everything is tried three times: on a busy machine that takes its time.
  },
  120_000,
);

test('once put back they are as they were, and so is what the graph shows', async () => {
  expect(await clausesOf(database.admin, schemas)).toEqual(clauses);
  for (const [name, before] of unbroken)
    expect(await noticedByMatrix(world, open.get(name) as Subgraph), name).toEqual(before);
  expect(unbroken.size).toBeGreaterThan(0);
});

test('every table that is policed has a clause for reading, for putting in and for both sides of a change', () => {
  for (const { name } of world.tables)
    expect([
      name,
      clauses.filter(({ table }) => table === name).map(({ command, part }) => `${command} ${part}`),
    ]).toEqual([name, ['INSERT with check', 'SELECT using', 'UPDATE using', 'UPDATE with check']]);
});
