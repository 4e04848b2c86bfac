import { setTimeout as delay } from 'node:timers/promises';
import { HubClientError } from './error.ts';

/** Attempts in a row without any progress. */
const mostAttempts = 6;
const firstPauseMs = 250;
const longestPauseMs = 15_000;

/** Answers of the hub that may be another one a moment later. */
const passing = new Set([
  'ACCESS_NOT_LOGGED',
  'CONNECTION_FAILED',
  'IDENTITY_PROVIDER_UNAVAILABLE',
  'OUTCOME_UNKNOWN',
  'SUBGRAPH_UNAVAILABLE',
  // A proxy on the way sent the request twice; the next one has a token of its own.
  'TOKEN_REPLAYED',
]);
const passingStatuses = new Set([502, 503, 504]);

export interface PatienceOptions {
  /** Whether what was asked may be asked again where it isn't known whether it was done. */
  readonly repeatable: boolean;
  /** Seconds that a `Retry-After` may ask for. */
  readonly longestWait: number;
  readonly signal?: AbortSignal | undefined;
}

/** How often and after which pause something is tried again. */
export class Patience {
  readonly #options: PatienceOptions;
  #failures = 0;

  constructor(options: PatienceOptions) {
    this.#options = options;
  }

  /** Something came: what fails from now on is another fault. */
  progressed(): void {
    this.#failures = 0;
  }

  /** Waits until it is worth another attempt. @throws the error, where it isn't */
  async after(error: unknown): Promise<void> {
    const { repeatable, longestWait, signal } = this.#options;
    signal?.throwIfAborted();
    if (!(error instanceof HubClientError)) throw error;
    this.#failures += 1;
    if (this.#failures >= mostAttempts) throw error;
    const { code, status, retryAfter } = error;
    // Nothing was done, whatever it was.
    if (status === 429) {
      const seconds = retryAfter ?? 1;
      if (seconds > longestWait) throw error;
      return pause(seconds * 1000, signal);
    }
    if (!repeatable || !(passing.has(code) || passingStatuses.has(status ?? 0))) throw error;
    const most = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#failures - 1));
    return pause(most * (0.5 + Math.random() / 2), signal);
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}
