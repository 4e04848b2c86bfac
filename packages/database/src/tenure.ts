import type { Canceller } from './canceller.ts';
import { DatabaseError } from './database-error.ts';
import type { Session } from './session.ts';

/** How soon a cancel is sent again that came between two statements and so met none. */
const againMs = 20;

/** What whoever gave up is told: nobody hears it. */
export const abandoned = () => new DatabaseError('TIMEOUT', '57014');

/**
 * A session while one fetch has it. When the fetch is given up, what the session runs is cancelled and what would come
 * after is refused; `over` resolves only once no cancel can reach the session any more, so that none meets the statement
 * of whoever has it next.
 */
export class Tenure {
  readonly session: Session;
  readonly #canceller: Canceller;
  readonly #signal: AbortSignal | undefined;
  readonly #running = new Set<Promise<unknown>>();
  readonly #giveUp = () => {
    this.#stopping ??= this.#stop();
  };
  #stopping: Promise<void> | undefined;

  constructor(session: Session, canceller: Canceller, signal: AbortSignal | undefined) {
    this.session = session;
    this.#canceller = canceller;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#giveUp);
  }

  query(text: string, parameters: readonly unknown[], asValues: boolean): ReturnType<Session['query']> {
    if (this.#signal?.aborted) return Promise.reject(abandoned());
    return this.#track(this.session.query(text, parameters, asValues));
  }

  /** Runs even after the fetch was given up: a transaction has to be ended. */
  command(text: string): Promise<string> {
    return this.#track(this.session.command(text));
  }

  /** From here on nothing of it is cancelled. True where it was given up before. */
  async over(): Promise<boolean> {
    this.#signal?.removeEventListener('abort', this.#giveUp);
    await this.#stopping;
    return this.#stopping !== undefined;
  }

  #track<Result>(statement: Promise<Result>): Promise<Result> {
    this.#running.add(statement);
    const done = () => void this.#running.delete(statement);
    statement.then(done, done);
    return statement;
  }

  async #stop(): Promise<void> {
    const { session } = this;
    let sent = false;
    while (this.#running.size > 0 && !session.lost) {
      const one = Promise.race(this.#running).catch(() => undefined);
      try {
        await this.#canceller.cancel(session);
        sent = true;
      } catch {
        // Where it can't be cancelled its own timeout ends it.
        await one;
        continue;
      }
      await Promise.race([one, new Promise((resolve) => setTimeout(resolve, againMs))]);
    }
    // The signal of the last cancel has been taken by the time that this is answered; should it meet this, it meets nobody's.
    if (sent && !session.lost) await session.command('select 1').catch(() => undefined);
  }
}
