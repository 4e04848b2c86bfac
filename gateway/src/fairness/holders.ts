import { createHmac, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** How many names are kept; each is of an address or a subject, some 200 bytes. */
const namedAtMost = 10_000;

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
  /** Names under the key of the day: each request asks for several, and asks again. */
  readonly #named = new LRUCache<string, string>({ max: namedAtMost });
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
    this.#named.clear();
  }

  /** The names of one who is counted. */
  of(text: string, now: number): readonly Holder[] {
    if (this.#before && this.#before.until <= now) this.#before = undefined;
    if (this.#own && this.#own.until <= now) this.#own = undefined;
    const formerly = this.#own && { formerly: hash(this.#own.secret, text) };
    const named = { holder: this.#nameOf(text), ...formerly };
    return this.#before ? [named, { holder: hash(this.#before.secret, text) }] : [named];
  }

  #nameOf(text: string): string {
    const known = this.#named.get(text);
    if (known !== undefined) return known;
    const name = hash(this.#secret, text);
    this.#named.set(text, name);
    return name;
  }
}

const hash = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22);
