import { type Actor, scopeSettings } from '@hub/access';
import { openPool, type Pool, type Queryable, type Transaction } from './pool.ts';
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
  /** Opens a scope for the time of `work`; it takes a connection with the first statement, so work without SQL costs none. */
  scope<Result>(options: { actor: Actor; readOnly: boolean }, work: (scope: Scope) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Opens the tables of one subgraph. Two pools: the public's scope never changes, so it is set once for each of its
 * connections and needs no transaction; everybody else's is set for each fetch.
 */
export function openDatabase(options: { url: string; name: string; fetchTimeoutMs: number }): Database {
  const { url, name, fetchTimeoutMs } = options;
  const open = (suffix: string, settings: Readonly<Record<string, string>>): Pool =>
    openPool({
      url,
      max: 6,
      applicationName: `${name}-${suffix}`,
      // Keys come as arrays, of which a plan for their values knows no more than one for any; left to itself PostgreSQL
      // would make a new one each time, and under policies that takes longer than running it.
      settings: { plan_cache_mode: 'force_generic_plan', ...settings },
      // A statement gives up before its fetch does: then it costs its own fields and not all that were asked for with it.
      statementTimeoutMs: Math.ceil((fetchTimeoutMs * 2) / 3),
    });
  const everyone = open('public', { ...scopeSettings({ kind: 'PUBLIC' }), default_transaction_read_only: 'on' });
  const named = open('named', {});

  return {
    async scope({ actor, readOnly }, work) {
      const scope = new OpenScope();
      const open = (run: (queryable: Queryable | Transaction) => Promise<void>): Promise<void> =>
        actor.kind === 'PUBLIC' && actor.receipt === undefined && readOnly
          ? everyone.hold(run)
          : named.transaction({ settings: { ...scopeSettings(actor) }, readOnly }, run);
      // The outcome of the work, for a session that may come only after the work is over.
      let outcome: (failed: boolean) => void = () => undefined;
      const over = new Promise<boolean>((resolve) => {
        outcome = resolve;
      });
      let opened: Promise<void> | undefined;
      scope.begin = () =>
        new Promise<Queryable | Transaction>((resolve, reject) => {
          opened = open(async (queryable) => {
            resolve(queryable);
            if (await over) throw new RolledBack();
          });
          opened.catch(reject);
        });
      let failed = true;
      try {
        const result = await work(scope);
        failed = false;
        return result;
      } finally {
        outcome(failed);
        await opened?.catch((error: unknown) => {
          // Where nothing is written, what a lost statement costs is its own fields: it has rejected already.
          if (!readOnly && !(failed && error instanceof RolledBack)) throw error;
        });
      }
    },
    async close() {
      await Promise.all([everyone.end(), named.end()]);
    },
  };
}

/** Ends a transaction whose work failed; the work's own error is the one that counts. */
class RolledBack extends Error {}

class OpenScope implements Scope {
  statements = 0;
  begin: () => Promise<Queryable | Transaction> = () => Promise.reject(new Error('scope not begun'));
  #queryable: Promise<Queryable | Transaction> | undefined;

  async run<Result>(statement: Statement<Result>, values: Record<string, unknown> = {}): Promise<Result> {
    this.statements += 1;
    this.#queryable ??= this.begin();
    return statement.run(await this.#queryable, values);
  }

  async attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#queryable ??= this.begin();
    const transaction = await this.#queryable;
    if (!('attempt' in transaction)) throw new Error('a scope that only reads has nothing to undo');
    return transaction.attempt(work);
  }
}
