/** The hub's data: the database server, its tables, and the facts, whenever they are not yet those of this version. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Settings } from '@hub/config';
import {
  importOnce,
  importRows,
  migrateSchemas,
  openDatabase,
  requireConnections,
  requireUsableServer,
  runningServer,
  startEmbeddedServer,
  subgraphUrls,
  withdrawMissing,
} from '@hub/database';
import type { Facts } from '@hub/facts';
import { StartError } from '@hub/lifecycle';
import type { SubgraphDefinition } from '@hub/subgraph-server';

export interface Data {
  /** The administrator's address. */
  readonly url: string;
  /** The addresses at which subgraphs reach their tables, by their names. */
  readonly urls: ReadonlyMap<string, string>;
  /** Where the data lies, for people. */
  readonly place: string;
  /** Records of the documents that wait for a type that comes later. */
  readonly waiting: number;
  /** Where on this machine it lies, if it does. */
  readonly folders: readonly string[];
  /** Resolves with why, once the server is gone for good. */
  readonly lost: Promise<StartError>;
  stop(): Promise<void>;
}

export type Server = Pick<Data, 'url' | 'place' | 'folders' | 'lost' | 'stop'>;

/** The server that the settings name, or the hub's own: the one that runs, where a hub does. */
export async function reachServer(settings: Settings): Promise<Server> {
  if (settings.DATABASE_URL) return namedServer(settings.DATABASE_URL);
  const running = await runningServer(resolve(settings.HUB_DATA_DIR, 'postgres'));
  if (!running) return ownServer(settings);
  const { url, dataDirectory } = running;
  return { url, place: dataDirectory, folders: [dataDirectory], lost: never, stop: async () => undefined };
}

/** @param interrupted ends the work at once; what was not finished is taken up by the next start */
export async function openData(
  settings: Settings,
  interrupted: AbortSignal,
  progress: (line: string) => void,
): Promise<Data> {
  progress('Database …');
  const opening = openServer(settings, interrupted);
  if (settings.DATABASE_URL) await opening;
  // What is laid there is loaded while the hub's own server starts.
  const loading = Promise.all([import('./subgraphs.ts'), import('@hub/facts')]);
  // Nobody asks for it any more where the server couldn't be opened.
  loading.catch(() => undefined);
  const server = await opening;
  // Whatever waits for the database fails when it goes. A server that isn't ours goes on, up to the next step.
  const abandon = () => void server.stop();
  interrupted.addEventListener('abort', abandon);
  try {
    interrupted.throwIfAborted();
    const [{ subgraphs }, { readFacts }] = await Promise.race([loading, abortOf(interrupted)]);
    await requireConnections(
      server.url,
      subgraphs.map(({ name }) => name),
    );
    await migrateSchemas(
      server.url,
      subgraphs.map(({ schema }) => schema),
      progress,
    );
    const urls = await subgraphUrls(
      server.url,
      subgraphs.map(({ name }) => name),
    );
    // A pooler may be set otherwise for each user.
    if (settings.DATABASE_URL) await Promise.all([...urls.values()].map((url) => requireUsableServer(url)));
    const facts = readFacts();
    for (const definition of subgraphs) {
      interrupted.throwIfAborted();
      await bringIn(server.url, urls.get(definition.name) ?? '', definition, facts, progress);
    }
    interrupted.throwIfAborted();
    return { ...server, urls, waiting: facts.waiting.proposals.length + facts.waiting.honours.length };
  } catch (error) {
    await server.stop();
    throw faultOf(settings, server, error);
  } finally {
    interrupted.removeEventListener('abort', abandon);
  }
}

async function openServer(settings: Settings, interrupted: AbortSignal): Promise<Server> {
  if (!settings.DATABASE_URL) return ownServer(settings, interrupted);
  const server = namedServer(settings.DATABASE_URL);
  await requireUsableServer(server.url).catch((error: unknown) => {
    throw serverFault(error);
  });
  return server;
}

/** Rejects once a signal aborts. */
function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function bringIn(
  adminUrl: string,
  url: string,
  { name, factsAsRows }: SubgraphDefinition<unknown>,
  facts: Facts,
  progress: (line: string) => void,
): Promise<void> {
  const rows = factsAsRows(facts);
  const hash = createHash('sha256')
    .update(JSON.stringify(rows.map((batch) => batch.rows)))
    .digest('hex');
  await importOnce(adminUrl, name, hash, async () => {
    const database = openDatabase({ url, name: `${name}-import`, fetchTimeoutMs: 60_000 });
    try {
      const brought = await importRows(database, rows);
      const withdrawn = await withdrawMissing(database, rows);
      progress(`${name}: ${brought} records brought in${withdrawn > 0 ? `, ${withdrawn} withdrawn` : ''}`);
    } finally {
      await database.close();
    }
  });
}

function namedServer(address: string): Server {
  const url = new URL(address);
  // Unnamed, a database is the one called like the user, and each subgraph logs in as a user of its own.
  if (url.pathname.length < 2) url.pathname = `/${url.username || 'postgres'}`;
  return {
    url: url.href,
    place: `PostgreSQL at ${url.host}${url.pathname}`,
    folders: [],
    lost: never,
    stop: async () => undefined,
  };
}

async function ownServer(settings: Settings, signal?: AbortSignal): Promise<Server> {
  const directory = resolve(settings.HUB_DATA_DIR, 'postgres');
  const server = await startEmbeddedServer({ directory, ...(signal && { signal }) });
  const { url, dataDirectory, lost } = server;
  return { url, place: dataDirectory, folders: [dataDirectory], lost, stop: () => server.stop() };
}

/** What others keep running is never given up by the hub. */
const never = new Promise<never>(() => undefined);

/** The hub's own server that ended, or ran out of something, while it was prepared. */
function ownFault(error: unknown, place: string): unknown {
  const code = codeOf(error) ?? codeOf((error as Error).cause) ?? '';
  if (code === tooMany) return noneFree();
  if (!/^(E[A-Z]+|CONNECT.*|08...|53...|57...)$/.test(code)) return error;
  return new StartError(
    'DATABASE_UNREACHABLE',
    `The hub’s own database in ${place} ended while it was prepared, or has no room (${code}): see server.log beside it, make room on its disk, and start again.`,
  );
}

/** A database that failed, the hub's own or the one that is named, as one sentence. */
export function faultOf(settings: Settings, server: Pick<Server, 'place'>, error: unknown): unknown {
  // A file's, which is told by its path.
  if ((error as NodeJS.ErrnoException | null)?.path !== undefined) return error;
  return settings.DATABASE_URL ? serverFault(error) : ownFault(error, server.place);
}

/** A database that can't be reached or used, as one sentence; its address stays out of it, since it may hold a password. */
function serverFault(error: unknown): unknown {
  const code = codeOf(error) ?? codeOf((error as Error).cause) ?? '';
  if (/^(E[A-Z]+|CONNECT.*|08...|28...|3D...)$/.test(code))
    return new StartError(
      'DATABASE_UNREACHABLE',
      `The database that DATABASE_URL names can’t be reached or refuses the login (${code}): check host, port, database, user and password.`,
    );
  if (/^(42501|25006)$/.test(code))
    return new StartError(
      'DATABASE_UNREACHABLE',
      `The user of DATABASE_URL may not prepare the database (${code}): it must be able to create schemas and roles.`,
    );
  if (code === tooMany) return noneFree();
  if (/^(53...|57...)$/.test(code))
    return new StartError(
      'DATABASE_UNREACHABLE',
      `The server that DATABASE_URL names takes no more work at the moment (${code}): see its log, and start again.`,
    );
  return error;
}

/** PostgreSQL's words for a limit of connections that is reached: of the server, the database or the role. */
const tooMany = '53300';

const noneFree = () =>
  new StartError(
    'TOO_FEW_CONNECTIONS',
    `The database has no connection left for the hub (${tooMany}): others hold them, or a limit is too low. End what holds them or raise max_connections (or the CONNECTION LIMIT of the database or role), and start again.`,
  );

function codeOf(error: unknown): string | undefined {
  const { code, sqlState } = (error ?? {}) as { code?: string; sqlState?: string };
  return sqlState ?? code;
}
