import { type Actor, scopeSettings } from '@hub/access';
import { openPool, type Pool, type PoolLoad, type Queryable, type Transaction } from './pool.ts';
import type { Statement } from './statement.ts';

/** What one fetch may see of the database: every statement in it runs under the actor's row policies. */
export interface Scope {
  /** How many statements ran so far. */
  readonly statements: number;
  run<Result>(statement: Statement<Result>, values?: Record<string, unknown>): Promise<Result>;
  /** Runs work of which all or nothing is kept; the scope goes on after its failure. Only where something may be written. */
  attempt<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface Database {
  /**
   * Opens a scope for the time of `work`; it takes a connection with the first statement, so work without SQL costs none.
   * When it is given up (`signal`), its statements that wait never run, and the one that runs is cancelled.
   */
  scope<Result>(
    options: { actor: Actor; readOnly: boolean; signal?: AbortSignal | undefined },
    work: (scope: Scope) => Promise<Result>,
  ): Promise<Result>;
  /** Rejects where no connection can be made, or none that answers. Takes none of those that work is done on. */
  check(): Promise<void>;
  /** How many connections of each pool are in use, and how much work waits for one. */
  load(): Readonly<Record<PoolName, PoolLoad>>;
  close(): Promise<void>;
}

/**
 * The pools of one subgraph: how many connections each may have. Whoever fills one holds up nobody in another. The
 * numbers are accounted for in ARCHITECTURE.md.
 */
export const pools = {
  public: 4,
  publicSearches: 2,
  /** What the public files. */
  filers: 2,
  named: 4,
  namedSearches: 1,
  agencies: 2,
  /** The hub's own followers. */
  feed: 1,
} as const;
export type PoolName = keyof typeof pools;

/** How much work may wait for each connection of a pool: at some milliseconds a statement, more than a fetch's deadline leaves time for. */
const waitingForEach = 64;

/** How long it is waited for a connection that only tells whether there is one. */
const checkMs = 2_000;

/** Where an actor's statements run; a write is in one transaction, with whatever it searches. */
export function poolOf(actor: Actor, { readOnly, searches }: { readOnly: boolean; searches: boolean }): PoolName {
  switch (actor.kind) {
    case 'PUBLIC':
      if (!readOnly) return 'filers';
      return searches ? 'publicSearches' : 'public';
    case 'AGENCY':
      return 'agencies';
    case 'FEED':
      return 'feed';
    default:
      return searches && readOnly ? 'namedSearches' : 'named';
  }
}

/**
 * Opens the tables of one subgraph. The public's scope never changes, so it is set once for each of its connections and
 * needs no transaction; everybody else's is set for each fetch.
 */
export function openDatabase(options: { url: string; name: string; fetchTimeoutMs: number }): Database {
  const { url, name, fetchTimeoutMs } = options;
  const setOnce = { ...scopeSettings({ kind: 'PUBLIC' }), default_transaction_read_only: 'on' };
  const opened = Object.fromEntries(
    Object.entries(pools).map(([pool, max]) => [
      pool,
      openPool({
        url,
        max,
        applicationName: `${name}-${pool}`,
        settings: {
          // Keys come as arrays, of which a plan for their values knows no more than one for any; left to itself PostgreSQL
          // would make a new one each time, and under policies that takes longer than running it.
          plan_cache_mode: 'force_generic_plan',
          ...((pool === 'public' || pool === 'publicSearches') && setOnce),
        },
        // A statement gives up before its fetch does: then it costs its own fields and not all that were asked for with it.
        statementTimeoutMs: Math.ceil((fetchTimeoutMs * 2) / 3),
        acquireTimeoutMs: fetchTimeoutMs,
        maxWaiting: max * waitingForEach,
      }),
    ]),
  ) as Record<PoolName, Pool>;

  return {
    async scope({ actor, readOnly, signal }, work) {
      const isSet = actor.kind === 'PUBLIC' && actor.receipt === undefined && readOnly;
      const scope = new OpenScope((searches) => {
        const pool = opened[poolOf(actor, { readOnly, searches })];
        return new Part((run) =>
          isSet
            ? pool.hold(run, signal)
            : pool.transaction({ settings: { ...scopeSettings(actor) }, readOnly, signal }, run),
        );
      }, readOnly);
      // What kept a transaction from its end, unless that is the work's own failure.
      const endOf = async (failed: boolean) =>
        (await scope.end(failed)).find((error) => error !== undefined && !(failed && error instanceof RolledBack));
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work(scope);
      } catch (error) {
        const fault = await endOf(true);
        throw readOnly ? error : (fault ?? error);
      }
      const fault = await endOf(false);
      // Where nothing is written, what a lost statement costs is its own fields: it has rejected already.
      if (fault !== undefined && !readOnly) throw fault;
      return result;
    },
    async check() {
      const pool = openPool({
        url,
        max: 1,
        applicationName: `${name}-health`,
        acquireTimeoutMs: checkMs,
        statementTimeoutMs: checkMs,
      });
      try {
        await pool.queryable.unsafe('select 1');
      } finally {
        // A server that takes a connection and says nothing holds it up for longer than anybody waits to be told.
        void pool.end();
      }
    },
    load: () =>
      Object.fromEntries(Object.entries(opened).map(([pool, { load }]) => [pool, load()])) as Record<
        PoolName,
        PoolLoad
      >,
    async close() {
      await Promise.all(Object.values(opened).map((pool) => pool.end()));
    },
  };
}

/** A session of one pool, for a scope's statements up to the scope's end or to where it goes on in another pool. */
class Part {
  readonly queryable: Promise<Queryable | Transaction>;
  readonly #running = new Set<Promise<unknown>>();
  readonly #closed: Promise<unknown>;
  /** Says how the work ended, to a session that may come only after it is over. */
  #outcome: (failed: boolean) => void = () => undefined;

  constructor(open: (run: (queryable: Queryable | Transaction) => Promise<void>) => Promise<void>) {
    const over = new Promise<boolean>((resolve) => {
      this.#outcome = resolve;
    });
    let found: (queryable: Queryable | Transaction) => void = () => undefined;
    const opened = open(async (queryable) => {
      found(queryable);
      if (await over) throw new RolledBack();
    });
    this.queryable = new Promise((resolve, reject) => {
      found = resolve;
      opened.catch(reject);
    });
    this.#closed = opened.then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  async run<Result>(statement: Statement<Result>, values: Record<string, unknown>): Promise<Result> {
    const running = this.queryable.then((queryable) => statement.run(queryable, values));
    this.#running.add(running);
    return running;
  }

  /** Gives the session back once what was asked of it is done. */
  async leave(): Promise<void> {
    await Promise.allSettled(this.#running);
    this.#outcome(false);
  }

  /** Waits for the session's end, and gives what it failed with. */
  end(failed: boolean): Promise<unknown> {
    this.#outcome(failed);
    return this.#closed;
  }
}

/** Ends a transaction whose work failed; the work's own error is the one that counts. */
class RolledBack extends Error {}

class OpenScope implements Scope {
  statements = 0;
  readonly #open: (searches: boolean) => Part;
  readonly #readOnly: boolean;
  readonly #parts: Part[] = [];
  #searches = false;

  constructor(open: (searches: boolean) => Part, readOnly: boolean) {
    this.#open = open;
    this.#readOnly = readOnly;
  }

  run<Result>(statement: Statement<Result>, values: Record<string, unknown> = {}): Promise<Result> {
    this.statements += 1;
    return this.#part(statement.searches).run(statement, values);
  }

  async attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    const transaction = await this.#part(false).queryable;
    if (!('attempt' in transaction)) throw new Error('a scope that only reads has nothing to undo');
    return transaction.attempt(work);
  }

  end(failed: boolean): Promise<unknown[]> {
    return Promise.all(this.#parts.map((part) => part.end(failed)));
  }

  /** With its first search a fetch goes over to the searchers: it would hold an ordinary connection while it waits there. */
  #part(searches: boolean): Part {
    const current = this.#parts.at(-1);
    if (current && (!searches || this.#searches || !this.#readOnly)) return current;
    void current?.leave();
    this.#searches = searches;
    const part = this.#open(searches);
    this.#parts.push(part);
    return part;
  }
}
