/** A short run of `pnpm stress:strangers`: the longer one has as many requests as a quarter of an hour takes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDevelopmentIssuer } from '@hub/access';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Target } from '../../scripts/bench/processes.ts';
import { ordinaryClients } from '../../scripts/stress/strangers/ordinary.ts';
import { besiege } from '../../scripts/stress/strangers/siege.ts';

let directory: string;
let database: TestDatabase;
const hub = new Target('in process');

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cppcc-hub-strangers-'));
  database = await createTestDatabase('facts');
});
afterAll(async () => {
  await hub.stop();
  await database?.drop();
  await rm(directory, { recursive: true, force: true });
});

test('strangers neither end the hub nor let it outgrow its bound, nor have an ordinary client refused', async () => {
  const names = { issuer: 'urn:cppcc-hub:development', audience: 'cppcc-hub' };
  const issuer = await openDevelopmentIssuer(directory, names);
  const url = await hub.begin('hub.ts', {
    DATABASE_URL: database.url,
    HUB_DATA_DIR: directory,
    PORT: '0',
    HUB_LOG_LEVEL: 'silent',
    HUB_TRUSTED_PROXIES: '127.0.0.1,::1',
    HUB_RATE_LIMITS: '',
    // What is slow here is the machine.
    HUB_SUBGRAPH_TIMEOUT_MS: '30000',
  });
  const [child] = hub.children;
  const [pid = 0] = hub.ids();
  const { clients, memberToken } = await ordinaryClients(issuer);
  const { requests, faults, wrongs, ordinary, largestMegabytes } = await besiege(
    { url, pid },
    { clients, memberToken, seconds: 20, requestsPerSecond: 40, seed: 20261129 },
  );
  expect(child?.exitCode).toBeNull();
  expect(faults).toEqual([]);
  expect(wrongs).toEqual([]);
  expect(largestMegabytes).toBeLessThanOrEqual(400);
  expect(requests).toBeGreaterThan(100);
  expect(ordinary.asked).toBeGreaterThan(20);
});
