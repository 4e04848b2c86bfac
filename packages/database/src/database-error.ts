export type DatabaseErrorKind =
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  | 'CONFLICT'
  | 'UNIQUE'
  | 'CHECK'
  | 'DENIED'
  | 'FOREIGN_KEY'
  | 'OUTCOME_UNKNOWN'
  | 'OTHER';

const MESSAGES: Readonly<Record<DatabaseErrorKind, string>> = {
  UNAVAILABLE: 'the database cannot be reached; nothing was written',
  TIMEOUT: 'the database took too long; nothing was written',
  CONFLICT: 'the write met another one; nothing was written',
  UNIQUE: 'a unique constraint is violated',
  CHECK: 'a check constraint is violated',
  DENIED: 'the database denies this to the current role and scope',
  FOREIGN_KEY: 'a foreign key constraint is violated',
  OUTCOME_UNKNOWN: 'the connection was lost while writing; whether it was written is unknown',
  OTHER: 'the database refused the statement',
};

/**
 * What went wrong at the database, and nothing of whom it was about: no SQL, no values, no hosts. PostgreSQL's own
 * message and detail quote values, so neither is kept, and there is no `cause`.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly kind: DatabaseErrorKind;
  /** PostgreSQL's five characters; `08006` for a lost connection, `08001` for one that could not be made, `53400` where the hub's own are all in use. */
  readonly sqlState: string;
  /** Whether the role has no right on what it named at all, whoever asks: then it isn't as it was laid. */
  readonly lacksRight: boolean;
  /** The name of the constraint, which is a word of the schema and not of the data. */
  declare readonly constraint?: string;

  constructor(kind: DatabaseErrorKind, sqlState: string, constraint?: string, lacksRight = false) {
    super(
      sqlState === '25006'
        ? 'the connection is read-only: write in a transaction, or open the pool with default_transaction_read_only off'
        : `${MESSAGES[kind]} (${sqlState}${constraint ? `, ${constraint}` : ''})`,
    );
    this.kind = kind;
    this.sqlState = sqlState;
    this.lacksRight = lacksRight;
    if (constraint) this.constraint = constraint;
  }
}

const KINDS: Readonly<Record<string, DatabaseErrorKind>> = {
  '40001': 'CONFLICT',
  '40P01': 'CONFLICT',
  '23P01': 'CONFLICT',
  '40003': 'OUTCOME_UNKNOWN',
  '23505': 'UNIQUE',
  '23514': 'CHECK',
  '23503': 'FOREIGN_KEY',
  '23001': 'FOREIGN_KEY',
  '42501': 'DENIED',
  // Cancelled: by statement_timeout, or by whoever runs the server.
  '57014': 'TIMEOUT',
  '55P03': 'TIMEOUT',
  '25P04': 'TIMEOUT',
  '3D000': 'UNAVAILABLE',
};

/** Connection trouble, wrong credentials, out of resources, server going down or coming up. */
const UNAVAILABLE_CLASSES = new Set(['08', '28', '53', '57']);

/** Translates what the driver threw; a DatabaseError stays what it is. */
export function toDatabaseError(error: unknown): DatabaseError {
  const known = databaseErrorIn(error);
  if (known) return known;
  const { code, severity, constraint_name, routine } = (error ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof severity === 'string' && typeof code === 'string') {
    const kind = KINDS[code] ?? (UNAVAILABLE_CLASSES.has(code.slice(0, 2)) ? 'UNAVAILABLE' : 'OTHER');
    const constraint = typeof constraint_name === 'string' ? constraint_name : undefined;
    // A policy that says no, or a function, is told of by other routines of the server.
    return new DatabaseError(kind, code, constraint, String(routine).startsWith('aclcheck_error'));
  }
  // The driver's own codes and the operating system's (ECONNREFUSED …): all of them speak of the connection.
  if (typeof code === 'string') {
    return new DatabaseError('UNAVAILABLE', code.startsWith('CONNECTION_') ? '08006' : '08001');
  }
  return new DatabaseError('OTHER', 'XX000');
}

/** The DatabaseError that an error is or wraps: drizzle wraps it in one whose message quotes SQL and values. */
export function databaseErrorIn(error: unknown): DatabaseError | undefined {
  let inner = error;
  for (let depth = 0; depth < 8 && inner instanceof Error; depth += 1) {
    if (inner instanceof DatabaseError) return inner;
    inner = inner.cause;
  }
  return undefined;
}
