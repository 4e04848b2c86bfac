import { StartError } from '@hub/lifecycle';
import { pools } from './database.ts';
import { roleOf } from './roles.ts';
import { openSession } from './session.ts';

/** What a subgraph takes when much is asked of it: all of its pools, and one that looks whether it is ready or cancels. */
export const connectionsOfSubgraph = Object.values<number>(pools).reduce((sum, max) => sum + max, 1);
/** The administrator's own, while a start looks whether a pooler keeps sessions apart. */
const connectionsOfAdministrator = 2;

interface Room {
  readonly most: number;
  readonly reserved: number;
  /** -1 for none, as PostgreSQL has it. */
  readonly database: number;
  readonly roles: Readonly<Record<string, number>>;
  readonly administrator: string;
}

/**
 * Sees that a server has room for all the connections that subgraphs may want at a time: one that has too few answers some
 * requests and others not, and says so to those alone. What others hold of them now isn't counted, since it changes.
 * @param url of whoever may log in there
 * @throws StartError TOO_FEW_CONNECTIONS; DatabaseError where it can't be reached
 */
export async function requireConnections(url: string, subgraphs: readonly string[]): Promise<void> {
  const session = await openSession(
    { url, applicationName: 'hub-start', settings: {}, statementTimeoutMs: 10_000 },
    () => undefined,
  );
  try {
    const [self] = await session.query('select current_database() as database', [], false);
    const roles = subgraphs.map((subgraph) => roleOf(String(self?.['database']), subgraph));
    const [found] = await session.query(
      `select current_setting('max_connections')::int as most,
        current_setting('superuser_reserved_connections')::int + coalesce(current_setting('reserved_connections', true), '0')::int as reserved,
        (select datconnlimit from pg_catalog.pg_database where datname = current_database()) as database, current_user as administrator,
        (select coalesce(jsonb_object_agg(rolname, rolconnlimit), '{}')::text from pg_catalog.pg_roles
          where rolconnlimit >= 0 and not rolsuper and (rolname = current_user or rolname = any($1::text[]))) as roles`,
      [roles],
      false,
    );
    const room: Room = {
      most: Number(found?.['most']),
      reserved: Number(found?.['reserved']),
      database: Number(found?.['database']),
      administrator: String(found?.['administrator']),
      roles: JSON.parse(String(found?.['roles'])) as Room['roles'],
    };
    const short = shortageOf(room, subgraphs.length * connectionsOfSubgraph + 1);
    if (short) throw new StartError('TOO_FEW_CONNECTIONS', short);
  } finally {
    await session.end();
  }
}

/** What is too little, as a sentence that says how much there is and what is needed. */
function shortageOf({ most, reserved, database, roles, administrator }: Room, needed: number): string | undefined {
  if (most - reserved < needed)
    return `The database server takes ${most - reserved} connections of the hub’s users (max_connections ${most}, of which ${reserved} are reserved), and the hub needs ${needed}: set max_connections to ${needed + reserved} or more, and start the server anew.`;
  if (database >= 0 && database < needed)
    return `The database takes ${database} connections (its CONNECTION LIMIT), and the hub needs ${needed}: raise it by ALTER DATABASE … CONNECTION LIMIT.`;
  for (const [role, limit] of Object.entries(roles)) {
    const wanted = role === administrator ? connectionsOfAdministrator : connectionsOfSubgraph;
    if (limit < wanted)
      return `The role ${role} may have ${limit} connections (its CONNECTION LIMIT), and needs ${wanted}: raise it by ALTER ROLE … CONNECTION LIMIT.`;
  }
  return undefined;
}
