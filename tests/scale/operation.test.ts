/** The number of SQL statements that an operation takes doesn't depend on how long its lists are. */
import { readFile } from 'node:fs/promises';
import { PUBLIC } from '@hub/access';
import { openDatabase, subgraphUrls } from '@hub/database';
import {
  createAccessLogKey,
  createGateway,
  type Gateway,
  inProcess,
  type Subgraphs,
  supergraphFile,
} from '@hub/gateway';
import { createSubgraph } from '@hub/subgraph-server';
import { createTestDatabase, type TestDatabase } from '@hub/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillNation } from '../../scripts/bench/nation.ts';
import { subgraphs } from '../../scripts/subgraphs.ts';

let database: TestDatabase;
let gateway: Gateway;
let stopSubgraphs: () => Promise<unknown>;
let statements = 0;
let operation: string;

beforeAll(async () => {
  database = await createTestDatabase('empty');
  await fillNation(
    database.url,
    subgraphs.map(({ schema }) => schema),
    {
      members: 10_000,
      consultations: 6_000,
      workstations: 3_500,
      cooperations: 1_000,
      activities: 100,
      requests: 100,
      programmes: 100,
      livelihoodItems: 100,
      submissions: 100,
      discussionTopics: 100,
      problems: 2_000,
    },
  );
  const urls = await subgraphUrls(
    database.url,
    subgraphs.map(({ name }) => name),
  );
  const functions = subgraphs.map((definition) =>
    createSubgraph(
      definition,
      openDatabase({
        url: urls.get(definition.name) ?? '',
        name: definition.name,
        fetchTimeoutMs: 60_000,
      }),
      () => undefined,
    ),
  );
  stopSubgraphs = () => Promise.all(functions.map((subgraph) => subgraph.close()));
  const direct = inProcess(functions);
  const counting: Subgraphs = {
    ...direct,
    async send(...parameters) {
      const answer = await direct.send(...parameters);
      // Gateways ask for allowances now and then, whatever is read.
      if (!parameters[1].query.includes('takeAllowances')) statements += answer.statements;
      return answer;
    },
  };
  gateway = await createGateway({
    host: '127.0.0.1',
    port: 0,
    supergraph: await readFile(supergraphFile, 'utf8'),
    transport: counting,
    subgraphTimeoutMs: 60_000,
    authenticate: async () => PUBLIC,
    audience: 'cppcc-hub',
    accessLog: { privateKey: await createAccessLogKey() },
    corsOrigins: [],
    demoActors: [],
    logLevel: 'silent',
  });
  operation = await readFile(new URL('../../gateway/operations/three-levels.graphql', import.meta.url), 'utf8');
});
afterAll(async () => {
  await gateway?.stop();
  await stopSubgraphs?.();
  await database?.drop();
});

/** Asks for pages of this length, and for as long ones of what stands in their records. */
async function ask(length: number, inner: number): Promise<{ statements: number; rows: number }> {
  statements = 0;
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: operation
        .replaceAll(/first: \d+/g, `first: ${length}`)
        .replaceAll(/(participants|suggestions)\(first: \d+/g, `$1(first: ${inner}`),
      variables: { code: '330000' },
    }),
  });
  const { data, errors } = (await response.json()) as {
    data: { committee: Record<'members' | 'consultations' | 'workstations', { nodes: unknown[] }> };
    errors?: unknown;
  };
  expect(errors).toBeUndefined();
  const { members, consultations, workstations } = data.committee;
  return { statements, rows: members.nodes.length + consultations.nodes.length + workstations.nodes.length };
}

test('three levels take as many statements for pages of a hundred as for pages of two', async () => {
  const short = await ask(2, 2);
  const long = await ask(100, 5);
  expect(long.rows).toBeGreaterThan(short.rows * 20);
  expect(long.statements).toBe(short.statements);
  expect((await ask(5, 100)).statements).toBe(short.statements);
  // A page and its total are one statement, and each kind of thing on it one more.
  expect(short.statements).toBeLessThanOrEqual(14);
});
