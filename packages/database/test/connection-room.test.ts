import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionsOfSubgraph, requireConnections } from '../src/connection-room.ts';
import { roleOf } from '../src/roles.ts';

let database: TestDatabase;
let name: string;
beforeAll(async () => {
  database = await createTestDatabase(null);
  name = new URL(database.url).pathname.slice(1);
});
afterAll(() => database.drop());

const refused = (subgraphs: readonly string[]) =>
  requireConnections(database.url, subgraphs).then(
    () => 'let in',
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );

test('a server with room for all pools of all subgraphs is let in', async () => {
  expect(connectionsOfSubgraph).toBe(17);
  expect(await refused(['members', 'consultations', 'cooperation', 'workstations'])).toBe('let in');
});

test('a server with too few says how many there are, and how many are needed', async () => {
  // As many subgraphs as no server of tests has connections for.
  expect(await refused(Array.from({ length: 30 }, (_, n) => `subgraph${n}`))).toMatch(
    /^TOO_FEW_CONNECTIONS: The database server takes 197 connections of the hub’s users \(max_connections 200, of which 3 are reserved\), and the hub needs 511: set max_connections to 514 or more/,
  );
});

test('so does a database, and a role, with a limit of its own', async () => {
  const role = roleOf(name, 'members');
  await database.admin.unsafe(`create role ${role} connection limit 5`);
  try {
    expect(await refused(['members'])).toBe(
      `TOO_FEW_CONNECTIONS: The role ${role} may have 5 connections (its CONNECTION LIMIT), and needs 17: raise it by ALTER ROLE … CONNECTION LIMIT.`,
    );
    expect(await refused(['consultations'])).toBe('let in');
  } finally {
    await database.admin.unsafe(`drop role ${role}`);
  }
  const limit = (connections: number) =>
    database.admin.unsafe(`alter database ${name} connection limit ${connections}`);
  await limit(17);
  expect(await refused(['members'])).toMatch(/^TOO_FEW_CONNECTIONS: The database takes 17 connections .*needs 18/);
  await limit(18);
  expect(await refused(['members'])).toBe('let in');
});
