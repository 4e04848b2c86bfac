/** The hub's data: the database server, its tables, and on an empty database the facts. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Settings } from '@hub/config';
import {
  importOnce,
  importRows,
  migrateSchemas,
  openDatabase,
  StartError,
  startEmbeddedServer,
  subgraphUrl,
} from '@hub/database';
import { readFacts } from '@hub/facts';
import { subgraphs } from './subgraphs.ts';

export interface Data {
  /** The administrator's address. */
  readonly url: string;
  /** Where the data lies, for people. */
  readonly place: string;
  /** Records of the documents that wait for a type that comes later. */
  readonly waiting: number;
  stop(): Promise<void>;
}

export async function openData(settings: Settings, progress: (line: string) => void): Promise<Data> {
  const server = settings.DATABASE_URL
    ? {
        url: settings.DATABASE_URL,
        place: `PostgreSQL at ${new URL(settings.DATABASE_URL).host}`,
        stop: async () => undefined,
      }
    : await ownServer(settings);
  try {
    progress('tables …');
    await migrateSchemas(
      server.url,
      subgraphs.map(({ schema }) => schema),
    ).catch((error: unknown) => {
      throw startFault(error);
    });
    const facts = readFacts();
    for (const { name, factsAsRows } of subgraphs) {
      const rows = factsAsRows(facts);
      const hash = createHash('sha256')
        .update(JSON.stringify(rows.map((batch) => batch.rows)))
        .digest('hex');
      await importOnce(server.url, name, hash, async () => {
        const database = openDatabase({
          url: subgraphUrl(server.url, name),
          name: `${name}-import`,
          statementTimeoutMs: 60_000,
        });
        try {
          progress(`${name}: ${await importRows(database, rows)} records brought in`);
        } finally {
          await database.close();
        }
      });
    }
    return { ...server, waiting: facts.waiting.proposals.length + facts.waiting.honours.length };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function ownServer(settings: Settings) {
  const server = await startEmbeddedServer({ directory: resolve(settings.HUB_DATA_DIR, 'postgres') });
  return { url: server.url, place: server.dataDirectory, stop: () => server.stop() };
}

/** A database that can't be reached, as one sentence; its address stays out of it, since it may hold a password. */
function startFault(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? (error as { cause?: { code?: string } }).cause?.code ?? '';
  if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|CONNECT|28|3D)/.test(code)) {
    return new StartError(
      'DATABASE_UNREACHABLE',
      'The database that DATABASE_URL names can’t be reached or refuses the login: check host, port, database, user and password.',
    );
  }
  return error;
}
