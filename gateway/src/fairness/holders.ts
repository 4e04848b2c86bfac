import { createHmac, randomBytes } from 'node:crypto';

/** By what somebody is counted. */
export interface Holder {
  readonly holder: string;
  /** The same under the key that the gateway had for itself. */
  readonly formerly?: string;
}

/**
 * Names whoever is counted by a hash under the key of the day, so that nothing kept or shared tells an address. For as long
 * as something is counted under the key before, there are two names; then that key is gone. Under its own key, which a
 * gateway has until it hears that of all, nothing is kept elsewhere: who was counted by that is counted on by the other.
 */
export class Holders {
  #secret = randomBytes(32).toString('hex');
  #before: { readonly secret: string; readonly until: number } | undefined;
  #own: { readonly secret: string; readonly until: number } | undefined;
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
    if (secret === this.#secret) return;
    const last = { secret: this.#secret, until: now + this.#overlapMs };
    if (this.#isShared) this.#before = last;
    else this.#own = last;
    this.#isShared = true;
    this.#secret = secret;
  }

  /** The names of one who is counted. */
  of(text: string, now: number): readonly Holder[] {
    if (this.#before && this.#before.until <= now) this.#before = undefined;
    if (this.#own && this.#own.until <= now) this.#own = undefined;
    const formerly = this.#own && { formerly: hash(this.#own.secret, text) };
    const named = { holder: hash(this.#secret, text), ...formerly };
    return this.#before ? [named, { holder: hash(this.#before.secret, text) }] : [named];
  }
}

const hash = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22);
