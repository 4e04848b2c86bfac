import { randomBytes } from 'node:crypto';
import { StartError } from '@hub/lifecycle';
import { openSession, type Session } from './session.ts';

/** The oldest PostgreSQL that the hub runs on; `pnpm test:servers` tries each from there. */
const oldestMajor = 15;

/** A pooler that others use too may give a session its own connection by chance: not so often in a row. */
const rounds = 3;

/**
 * Sees whether the hub can run on the server that an address names, as the user in it: how old it is, and whether a session
 * keeps its connection. Behind a pooler that hands connections out by transaction or statement it doesn't: what one session
 * set would hold for another, and not for itself.
 * @throws StartError; DatabaseError where it can't be reached
 */
export async function requireUsableServer(url: string): Promise<void> {
  const mark = randomBytes(8).toString('hex');
  // A pooler may be set for one user alone.
  const user = decodeURIComponent(new URL(url).username);
  const open = (settings: Readonly<Record<string, string>>) =>
    openSession({ url, applicationName: 'hub-start', settings, statementTimeoutMs: 10_000 }, () => undefined);
  const first = await open({ 'hub.mark': mark });
  try {
    await requireServer(first);
    for (let round = 0; round < rounds; round += 1) {
      const second = await open({}).catch((error: unknown) => {
        throw first.lost ? error : tooFewConnections(user);
      });
      try {
        await requireApart(first, second, { mark, user });
      } finally {
        await second.end();
      }
    }
  } finally {
    await first.end();
  }
}

async function requireServer(session: Session): Promise<void> {
  const [server] = await session.query(
    "select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding",
    [],
    false,
  );
  if (Number(server?.['major']) < oldestMajor)
    throw new StartError(
      'SERVER_TOO_OLD',
      `The server that DATABASE_URL names is PostgreSQL ${server?.['major']}, and the hub needs ${oldestMajor} or newer: upgrade it, or name another.`,
    );
  if (server?.['encoding'] !== 'UTF8')
    throw new StartError(
      'DATABASE_NOT_UTF8',
      `The database that DATABASE_URL names keeps its text as ${server?.['encoding']}, and the hub needs UTF8: make one with "create database … encoding 'UTF8' template template0", and name it.`,
    );
}

/** Sees that two sessions have a connection each: both while they wait, and while the second has a transaction open. */
async function requireApart(
  first: Session,
  second: Session,
  { mark, user }: { readonly mark: string; readonly user: string },
): Promise<void> {
  const look = async (session: Session) => {
    // A text of its own each time: one that was prepared before may be known to another connection only.
    const text = `select pg_backend_pid() as pid, current_setting('hub.mark', true) as mark, '${randomBytes(4).toString('hex')}'`;
    const [seen] = await session.query(text, [], false);
    return { pid: Number(seen?.['pid']), marked: seen?.['mark'] === mark };
  };
  const requireOthers = async () => {
    const { pid, marked } = await look(second);
    if (marked || pid === first.backend.pid) throw notBySession(user);
  };
  const requireOwn = async () => {
    const { pid, marked } = await look(first);
    if (!marked || pid !== first.backend.pid) throw notBySession(user);
  };
  await requireOthers();
  await requireOwn();
  try {
    await second.command('begin');
  } catch (error) {
    // Where connections are handed out by statement, who begins a transaction is thrown out.
    await requireOwn();
    throw second.lost ? notBySession(user) : error;
  }
  await requireOthers();
  await requireOwn();
  await second.command('rollback');
}

function notBySession(user: string): StartError {
  return new StartError(
    'POOLER_NOT_BY_SESSION',
    `The pooler that DATABASE_URL names hands out connections to the user ${user} by transaction or statement, and the hub needs one for each session: set pool_mode=session for that user and the hub’s others, or name the server itself.`,
  );
}

function tooFewConnections(user: string): StartError {
  return new StartError(
    'TOO_FEW_CONNECTIONS',
    `The server or pooler that DATABASE_URL names has one connection for the user ${user} and no second: let each of the hub’s users have 24 at a time, with default_pool_size in PgBouncer.`,
  );
}
