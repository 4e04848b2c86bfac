import type postgres from 'postgres';
import { Canceller } from './canceller.ts';
import { DatabaseError, databaseErrorIn, toDatabaseError } from './database-error.ts';
import { openSession, type Session } from './session.ts';
import { Sessions } from './sessions.ts';
import { abandoned, Tenure } from './tenure.ts';

/** A statement that is on its way: it runs whether or not anyone waits for it. */
export interface PendingStatement<Rows extends readonly unknown[]> extends Promise<postgres.RowList<Rows & unknown[]>> {
  /** Rows as arrays in the order of the columns. Only at once, before the statement is sent. */
  values(): Promise<unknown[][]>;
}

/** Runs SQL, prepared. The shape that drizzle's postgres-js session asks of a client. Rejects with a DatabaseError. */
export interface Queryable {
  /** @param options accepted for drizzle's sake; every statement runs prepared */
  unsafe<Rows extends readonly unknown[] = postgres.Row[]>(
    text: string,
    parameters?: readonly unknown[],
    options?: object,
  ): PendingStatement<Rows>;
}

/** A transaction's statements. */
export interface Transaction extends Queryable {
  /**
   * Runs work of which all or nothing is kept: when it fails, what it wrote is undone and the transaction goes on. One at a
   * time, and not while other statements are on their way.
   * @throws what `work` threw, or the DatabaseError of a statement of its that nobody waited for
   */
  attempt<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface Pool {
  /**
   * Each statement by itself, on whichever connection is free. Reads only, unless the pool was opened with
   * `default_transaction_read_only: 'off'`.
   */
  readonly queryable: Queryable;
  /**
   * One connection for as long as `run` takes, each statement by itself: what is sent at one time goes out together, and
   * the others find their connections free. Statements that nobody waited for are waited for.
   * @param signal given up: what runs is cancelled, and what waits never runs
   */
  hold<Result>(run: (queryable: Queryable) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /**
   * One transaction on one connection, with settings that last as long as it does.
   *
   * Commits when `run` resolved and no statement failed, else rolls back. Statements that nobody waited for are waited
   * for; statements after the end are rejected, and so are all that follow the loss of the connection.
   * Where it is given up (`signal`) what runs is cancelled and it is rolled back, unless the commit is on its way.
   * @throws DatabaseError, of kind OUTCOME_UNKNOWN when the connection was lost with the commit on its way; or what
   * `run` threw
   */
  transaction<Result>(
    options: { settings: Readonly<Record<string, string>>; readOnly: boolean; signal?: AbortSignal | undefined },
    run: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result>;
  load(): PoolLoad;
  /** Takes no more work, waits for what is open, and closes the connections. */
  end(): Promise<void>;
}

export interface PoolLoad {
  /** Connections that somebody has. */
  readonly used: number;
  /** How much work waits for one. */
  readonly waiting: number;
}

export interface PoolOptions {
  readonly url: string;
  /** Most connections at a time; further work waits. */
  readonly max: number;
  readonly applicationName: string;
  /** Set once for each connection when it is opened. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly statementTimeoutMs?: number;
  /** How long work waits for a connection before it is turned away with UNAVAILABLE. Default 15 seconds. */
  readonly acquireTimeoutMs?: number;
  /** How much work may wait for a connection; what comes then is turned away at once, with UNAVAILABLE. Default 1,000. */
  readonly maxWaiting?: number;
}

/** Opens a pool; connections are made when they are needed. */
export function openPool(options: PoolOptions): Pool {
  const settings = {
    // A callback that never ends would keep its connection for ever.
    idle_in_transaction_session_timeout: '60000',
    // BEGIN goes out together with what follows it. Should it alone fail (a late cancel, out of memory), the statements
    // behind it run outside any transaction: they see nothing for want of a scope, and by this they can't write either.
    default_transaction_read_only: 'on',
    ...options.settings,
  };
  const open = (onLost: () => void) =>
    openSession(
      {
        url: options.url,
        applicationName: options.applicationName,
        settings,
        statementTimeoutMs: options.statementTimeoutMs,
      },
      onLost,
    );
  const sessions = new Sessions(
    { max: options.max, waitMs: options.acquireTimeoutMs ?? 15_000, maxWaiting: options.maxWaiting ?? 1_000 },
    open,
  );
  const canceller = new Canceller(() => open(() => undefined));
  /** One session for as long as `run` takes; the next has it only when no cancel can reach it any more. */
  const tenure = async <Result>(signal: AbortSignal | undefined, run: (tenure: Tenure) => Promise<Result>) => {
    const session = await sessions.acquire(signal);
    const held = new Tenure(session, canceller, signal);
    try {
      return await run(held);
    } finally {
      await held.over();
      sessions.release(session);
    }
  };
  const writes = settings.default_transaction_read_only !== 'on';

  return {
    queryable: {
      unsafe: (text, parameters = []) =>
        pendingStatement(async (asValues) => {
          const session = await sessions.acquire();
          try {
            return await session.query(text, parameters, asValues);
          } catch (error) {
            // It had been sent, and without a transaction nobody can say whether it was done.
            throw writes && session.lost ? new DatabaseError('OUTCOME_UNKNOWN', '08007') : error;
          } finally {
            sessions.release(session);
          }
        }),
    },
    hold: (run, signal) =>
      tenure(signal, async (session) => {
        const pending = new Set<Promise<unknown>>();
        let over = false;
        try {
          return await run({
            unsafe: (text, parameters = []) => {
              const late = over;
              const statement = pendingStatement(async (asValues) => {
                // The connection is somebody else's by now.
                if (late) throw new DatabaseError('OTHER', '25P01');
                return session.query(text, parameters, asValues);
              });
              pending.add(statement);
              statement.catch(() => undefined).finally(() => pending.delete(statement));
              return statement as never;
            },
          });
        } finally {
          over = true;
          await Promise.allSettled(pending);
        }
      }),
    transaction: (transactionOptions, run) =>
      tenure(transactionOptions.signal, (session) => runTransaction(session, transactionOptions, run)),
    load: () => sessions.load,
    async end() {
      await sessions.end();
      await canceller.end();
    },
  };
}

/** Makes the promise that drizzle expects: `.values()` right after the call decides the shape of the rows. */
function pendingStatement<Rows extends readonly unknown[]>(
  start: (asValues: boolean) => Promise<unknown>,
): PendingStatement<Rows> {
  let asValues = false;
  const rows = Promise.resolve().then(() => start(asValues));
  return Object.assign(rows as Promise<never>, {
    values: () => {
      asValues = true;
      return rows as Promise<unknown[][]>;
    },
  });
}

async function runTransaction<Result>(
  tenure: Tenure,
  { settings, readOnly }: { settings: Readonly<Record<string, string>>; readOnly: boolean },
  run: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const pending = new Set<Promise<unknown>>();
  let failure: DatabaseError | undefined;
  let over = false;

  const track = (statement: Promise<unknown>) => {
    pending.add(statement);
    statement.then(
      () => pending.delete(statement),
      (error: unknown) => {
        pending.delete(statement);
        failure ??= toDatabaseError(error);
      },
    );
  };

  // Neither is waited for: what `run` sends goes out in the same packet and is done after them.
  track(tenure.command(readOnly ? 'begin read only' : 'begin read write'));
  const names = Object.keys(settings);
  if (names.length > 0) {
    const calls = names.map((_, index) => `set_config($${index * 2 + 1}, $${index * 2 + 2}, true)`);
    track(tenure.query(`select ${calls.join(', ')}`, Object.entries(settings).flat(), true));
  }

  const transaction: Transaction = {
    async attempt(work) {
      track(tenure.command('savepoint attempt'));
      try {
        const done = await work();
        await Promise.allSettled(pending);
        if (failure) throw failure;
        await tenure.command('release savepoint attempt').catch((error: unknown) => {
          throw toDatabaseError(error);
        });
        return done;
      } catch (error) {
        await Promise.allSettled(pending);
        // Where the savepoint can't be reached any more the whole transaction has failed, and stays so.
        await tenure.command('rollback to savepoint attempt').then(
          () => {
            failure = undefined;
          },
          (lost: unknown) => {
            failure ??= toDatabaseError(lost);
          },
        );
        throw databaseErrorIn(error) ?? error;
      }
    },
    unsafe: <Rows extends readonly unknown[]>(text: string, parameters: readonly unknown[] = []) => {
      const late = over;
      const statement = pendingStatement<Rows>(async (asValues) => {
        if (late) throw new DatabaseError('OTHER', '25P01');
        if (failure) throw failure;
        const rows = await tenure.query(text, parameters, asValues);
        // Answers come in order, so by now the failure of BEGIN or of the settings is known.
        if (failure) throw failure;
        return rows;
      });
      // A late one has nobody to fail but itself.
      if (late) statement.catch(() => undefined);
      else track(statement);
      return statement;
    },
  };

  let result: Result;
  try {
    try {
      result = await run(transaction);
    } finally {
      over = true;
      await Promise.allSettled(pending);
    }
    // What is committed from here on is no more cancelled.
    const givenUp = await tenure.over();
    if (failure) throw failure;
    if (givenUp) throw abandoned();
  } catch (error) {
    await tenure.over();
    await rollBack(tenure.session);
    throw databaseErrorIn(error) ?? error;
  }
  await commit(tenure.session, readOnly);
  return result;
}

async function rollBack(session: Session): Promise<void> {
  if (session.lost) return;
  // When it can't be rolled back the session goes, and the transaction with it.
  await session.command('rollback').catch(() => session.end());
}

async function commit(session: Session, readOnly: boolean): Promise<void> {
  let tag: string;
  try {
    if (session.lost && readOnly) return;
    if (session.lost) throw new DatabaseError('UNAVAILABLE', '08006');
    tag = await session.command('commit');
  } catch (error) {
    // PostgreSQL itself said no (a deferred constraint, a serialisation failure): it has rolled back. Its last word before it
    // ends a session says nothing of a commit that was on its way.
    if (error instanceof DatabaseError || isAnswer(error)) throw toDatabaseError(error);
    await session.end();
    if (readOnly) return;
    throw new DatabaseError('OUTCOME_UNKNOWN', '08007');
  }
  // This is how PostgreSQL answers to the commit of a transaction that had failed.
  if (tag !== 'COMMIT') throw new DatabaseError('OTHER', '25P02');
}

function isAnswer(error: unknown): boolean {
  return (error as { severity?: unknown } | null)?.severity === 'ERROR';
}
