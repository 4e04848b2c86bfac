import { createHmac, randomBytes } from 'node:crypto';

/**
 * Names whoever is counted by a hash under the key of the day, so that nothing kept or shared tells an address. For as long
 * as something is counted under the key before, there are two names; then that key is gone.
 */
export class Holders {
  #secret = randomBytes(32).toString('hex');
  #before: { readonly secret: string; readonly until: number } | undefined;
  #isShared = false;
  readonly #overlapMs: number;
  constructor(overlapMs: number) {
    this.#overlapMs = overlapMs;
  }

  /** Whether the key is that of all gateways. */
  get isShared(): boolean {
    return this.#isShared;
  }

  /** The key of the day, as the keeper says it. */
  hashUnder(secret: string, now: number): void {
    this.#isShared = true;
    if (secret === this.#secret) return;
    this.#before = { secret: this.#secret, until: now + this.#overlapMs };
    this.#secret = secret;
  }

  /** The names of one who is counted. */
  of(text: string, now: number): readonly string[] {
    if (this.#before && this.#before.until <= now) this.#before = undefined;
    const name = hash(this.#secret, text);
    return this.#before ? [name, hash(this.#before.secret, text)] : [name];
  }
}

const hash = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22);
