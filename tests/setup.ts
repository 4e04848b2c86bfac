import { startTestServer } from '@hub/testkit';
import type { TestProject } from 'vitest/node';
import { subgraphs } from '../scripts/subgraphs.ts';

/** One PostgreSQL for the whole run; each test file copies a database of its own from its templates. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer(subgraphs);
  project.provide('serverUrl', server.url);
  return () => server.stop();
}
