import type { Actor } from '@hub/access';
import { type Database, type ImportBatch, importRows, openDatabase, subgraphUrl } from '@hub/database';
import { createSubgraph, type SubgraphDefinition } from '@hub/subgraph-server';
import type { Secrets } from '@hub/workflow';
import { everyone } from './actors.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import type { Template } from './server.ts';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
  readonly data: any;
  /** Codes of the errors, in order. */
  readonly errors: readonly string[];
  readonly statements: number;
}

export interface TestSubgraph {
  readonly database: Database;
  readonly testDatabase: TestDatabase;
  ask(query: string, options?: { as?: Actor; variables?: Record<string, unknown> }): Promise<Answer>;
  /** Deletes what has had its time, as the subgraph's process does from time to time. */
  sweep(keyDays?: number): Promise<Readonly<Record<string, number>>>;
  /** Puts rows in as the staff of their owners. */
  put(...batches: ImportBatch[]): Promise<number>;
  stop(): Promise<void>;
}

/** One subgraph on a database of its own. */
export async function startTestSubgraph<Context>(
  definition: SubgraphDefinition<Context>,
  template: Template,
  secrets: Secrets = {},
): Promise<TestSubgraph> {
  const testDatabase = await createTestDatabase(template);
  const database = openDatabase({
    url: await subgraphUrl(testDatabase.url, definition.name),
    name: definition.name,
    fetchTimeoutMs: 60_000,
  });
  const logged: string[] = [];
  const subgraph = createSubgraph(
    definition,
    database,
    (level, message, facts) => logged.push(`${level} ${message} ${JSON.stringify(facts)}`),
    secrets,
  );
  return {
    database,
    testDatabase,
    async ask(query, { as = everyone, variables = {} } = {}) {
      const { result, statements } = await subgraph.execute({ query, variables }, as);
      const errors = (result.errors ?? []).map((error) => String(error.extensions['code']));
      if (errors.includes('INTERNAL_SERVER_ERROR')) throw new Error(`the subgraph failed: ${logged.join('; ')}`);
      return { data: result.data, errors, statements };
    },
    sweep: (keyDays = 30) => subgraph.sweep(keyDays),
    put: (...batches) => importRows(database, batches),
    async stop() {
      await subgraph.close();
      await testDatabase.drop();
    },
  };
}
