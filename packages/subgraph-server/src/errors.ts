import { type Database, DatabaseError, UnknownColumn } from '@hub/database';
import { HubError, isErrorCode } from '@hub/errors';
import { type ExecutionResult, GraphQLError } from 'graphql';

/** What a subgraph writes to its log: a sentence and facts about it, never values of a request. */
export type Log = (
  level: 'error' | 'warn' | 'info',
  message: string,
  facts?: Readonly<Record<string, string | number>>,
) => void;

/** Errors as they may leave a subgraph: known codes with their details; all else becomes one code and a line in the log. */
export function publicErrors(result: ExecutionResult, subgraph: string, log: Log): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => publicError(error, subgraph, log)) };
}

/** What a database runs out of, and what to do about it. */
const shortages: Readonly<Record<string, string>> = {
  '53100': 'the disk of the database is full: make room',
  '53200': 'the database has no memory left: give it more',
  '53300': 'no connection to the database is free: raise max_connections, or end what holds them',
  '53400': 'all connections of the hub’s are in use that those have who ask: more is asked at a time than it answers',
};

const rightMissing = 'the role of the hub lacks a right that it was given: start the hub anew, which gives it again';

/** How often a shortage that lasts is told: all that is asked meanwhile fails of it. */
const againMs = 60_000;

/** A log that tells a shortage of its subgraph's when it begins, and again while it lasts, but not for each that fails of it. */
export function sparing(log: Log): Log {
  const told = new Map<string, number>();
  return (level, message, facts) => {
    const now = performance.now();
    const isShortage = message === rightMissing || Object.values(shortages).includes(message);
    if (isShortage && now - (told.get(message) ?? -againMs) < againMs) return;
    if (isShortage) told.set(message, now);
    log(level, message, facts);
  };
}

/** What keeps a database from doing its work; nothing where it does it. */
export async function missingOf(database: Pick<Database, 'check'>): Promise<readonly string[]> {
  try {
    await database.check();
    return [];
  } catch (error) {
    return [error instanceof DatabaseError && error.sqlState === '53300' ? 'connections' : 'database'];
  }
}

function publicError(given: unknown, subgraph: string, log: Log): GraphQLError {
  const error = given as Partial<GraphQLError>;
  const path = error.path;
  const shown = (known: HubError) => new GraphQLError(known.message, { path, extensions: known.extensions });
  const cause = error.originalError ?? given;
  if (isErrorCode(error.extensions?.['code']))
    return new GraphQLError(error.message ?? '', { path, extensions: error.extensions });
  if (cause instanceof DatabaseError) {
    log('error', cause.lacksRight ? rightMissing : (shortages[cause.sqlState] ?? 'database'), {
      subgraph,
      kind: cause.kind,
      sqlState: cause.sqlState,
    });
    if (cause.kind === 'UNAVAILABLE' || cause.kind === 'TIMEOUT' || cause.lacksRight)
      return shown(new HubError('SUBGRAPH_UNAVAILABLE', { subgraph }));
    // A value that its type refuses came from the request: a forged cursor, a number out of range.
    if (cause.sqlState.startsWith('22'))
      return shown(new HubError('BAD_USER_INPUT', { field: String(path?.at(-1) ?? 'arguments') }));
    if (cause.kind === 'OUTCOME_UNKNOWN') return shown(new HubError('OUTCOME_UNKNOWN'));
    // A foreign key: what a part hangs on changed, with its audience, while the part was written.
    if (cause.kind === 'CONFLICT' || cause.kind === 'FOREIGN_KEY') return shown(new HubError('CONFLICT'));
    if (cause.kind === 'DENIED') return shown(new HubError('FORBIDDEN'));
    return shown(new HubError('INTERNAL_SERVER_ERROR'));
  }
  // graphql-js itself speaks of an argument or variable; its sentences quote values, so only the field's name goes on.
  if (cause instanceof GraphQLError)
    return shown(new HubError('BAD_USER_INPUT', { field: String(path?.at(-1) ?? 'variables') }));
  if (cause instanceof UnknownColumn) {
    const { table, key } = cause;
    log('error', 'what was to be written has a key that is no column', { subgraph, table, key });
    return shown(new HubError('INTERNAL_SERVER_ERROR'));
  }
  log('error', 'resolver failed', {
    subgraph,
    error: cause instanceof Error ? cause.name : 'unknown',
    field: String(path?.at(-1) ?? ''),
  });
  return shown(new HubError('INTERNAL_SERVER_ERROR'));
}
