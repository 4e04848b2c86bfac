import { DatabaseError } from './database-error.ts';
import type { Session } from './session.ts';

/** How long the session that cancels stays open after its last cancel. */
const lingerMs = 2_000;

/**
 * Cancels what other sessions run, by `pg_cancel_backend` over a session of its own: opened when it is needed, so that it
 * waits in no pool's queue, and closed soon after.
 */
export class Canceller {
  readonly #open: () => Promise<Session>;
  #session: Promise<Session> | undefined;
  #cancelling = 0;
  #linger: NodeJS.Timeout | undefined;

  constructor(open: () => Promise<Session>) {
    this.#open = open;
  }

  /**
   * Interrupts the statement that a session runs; without one it does nothing. Once it has resolved the backend has the
   * signal, and takes it before whatever it is sent from then on. Rejects where that can't be told.
   */
  async cancel({ backend }: Session): Promise<void> {
    clearTimeout(this.#linger);
    this.#cancelling += 1;
    try {
      const session = await this.#opened();
      // A number of a process is given again; together with its start it is one session's.
      await session.query(
        'select pg_cancel_backend(pid) from pg_stat_get_activity($1::int) where backend_start = $2::timestamptz',
        [backend.pid, backend.started],
        true,
      );
    } finally {
      this.#cancelling -= 1;
      if (this.#cancelling === 0) this.#linger = setTimeout(() => void this.end(), lingerMs).unref();
    }
  }

  async end(): Promise<void> {
    clearTimeout(this.#linger);
    const session = this.#session;
    this.#session = undefined;
    await session?.then(
      (opened) => opened.end(),
      () => undefined,
    );
  }

  async #opened(): Promise<Session> {
    const opening = this.#session ?? this.#open();
    this.#session = opening;
    try {
      const session = await opening;
      if (!session.lost) return session;
    } catch {
      // The next one tries again.
    }
    if (this.#session === opening) this.#session = undefined;
    throw new DatabaseError('UNAVAILABLE', '08006');
  }
}
