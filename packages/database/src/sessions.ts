import { DatabaseError, toDatabaseError } from './database-error.ts';
import type { Session } from './session.ts';
import { abandoned } from './tenure.ts';

interface Waiter {
  readonly take: (session: Session) => void;
  readonly refuse: (error: DatabaseError) => void;
}

/** Sessions that are open, each with one user at a time, and those who wait for one, served in order. */
export class Sessions {
  readonly #max: number;
  readonly #waitMs: number;
  readonly #maxWaiting: number;
  readonly #open: (onLost: () => void) => Promise<Session>;
  /** The one used last is used next: its caches are warm. */
  readonly #idle: Session[] = [];
  readonly #waiters: Waiter[] = [];
  #opening = 0;
  #used = 0;
  #ending: Promise<void> | undefined;
  #onQuiet: (() => void) | undefined;

  constructor(
    limits: { readonly max: number; readonly waitMs: number; readonly maxWaiting: number },
    open: (onLost: () => void) => Promise<Session>,
  ) {
    this.#max = limits.max;
    this.#waitMs = limits.waitMs;
    this.#maxWaiting = limits.maxWaiting;
    this.#open = open;
  }

  get load(): { readonly used: number; readonly waiting: number } {
    return { used: this.#used, waiting: this.#waiters.length };
  }

  /** @param signal given up: whoever waits is turned away */
  acquire(signal?: AbortSignal): Promise<Session> {
    if (this.#ending) return Promise.reject(new DatabaseError('UNAVAILABLE', '08003'));
    if (signal?.aborted) return Promise.reject(abandoned());
    if (this.#waiters.length - this.#opening - this.#idle.length >= this.#maxWaiting)
      return Promise.reject(new DatabaseError('UNAVAILABLE', '53400'));
    return new Promise((resolve, reject) => {
      const leave = (error: DatabaseError) => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        waiter.refuse(error);
      };
      const timer = setTimeout(() => leave(new DatabaseError('UNAVAILABLE', '53400')), this.#waitMs);
      const giveUp = () => leave(abandoned());
      signal?.addEventListener('abort', giveUp);
      const served = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
      };
      const waiter: Waiter = {
        take: (session) => {
          served();
          resolve(session);
        },
        refuse: (error) => {
          served();
          reject(error);
        },
      };
      this.#waiters.push(waiter);
      this.#serve();
    });
  }

  release(session: Session): void {
    this.#used -= 1;
    if (!session.lost) this.#idle.push(session);
    this.#serve();
  }

  end(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #end(): Promise<void> {
    for (const waiter of this.#waiters.splice(0)) waiter.refuse(new DatabaseError('UNAVAILABLE', '08003'));
    if (this.#used + this.#opening > 0) {
      await new Promise<void>((resolve) => {
        this.#onQuiet = resolve;
      });
    }
    await Promise.all(this.#idle.splice(0).map((session) => session.end()));
  }

  #serve(): void {
    for (;;) {
      const waiter = this.#waiters[0];
      if (!waiter) break;
      const session = this.#idle.pop();
      if (!session) break;
      if (session.lost) continue;
      this.#waiters.shift();
      this.#used += 1;
      waiter.take(session);
    }
    while (
      this.#waiters.length > this.#opening &&
      this.#used + this.#opening + this.#idle.length < this.#max &&
      !this.#ending
    ) {
      void this.#openOne();
    }
    if (this.#used + this.#opening === 0) this.#onQuiet?.();
  }

  async #openOne(): Promise<void> {
    this.#opening += 1;
    let opened: Session | undefined;
    try {
      opened = await this.#open(() => this.#forget(opened));
      this.#opening -= 1;
      this.#idle.push(opened);
    } catch (error) {
      this.#opening -= 1;
      // One attempt answers for one who waits; the next tries for themselves.
      this.#waiters.shift()?.refuse(toDatabaseError(error));
    }
    this.#serve();
  }

  #forget(session: Session | undefined): void {
    const at = session ? this.#idle.indexOf(session) : -1;
    if (at >= 0) this.#idle.splice(at, 1);
  }
}
