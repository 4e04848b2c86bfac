import { HubError } from '@hub/errors';

/** How much is held in memory at the same time: so many in all, and so many of one actor's. */
export class Slots {
  readonly #ofAll: number;
  readonly #ofOne: number;
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(ofAll: number, ofOne: number) {
    this.#ofAll = ofAll;
    this.#ofOne = ofOne;
  }

  /**
   * Takes a slot until what it returns is called, once.
   * @throws HubError TOO_MANY_UPLOADS where none is free
   */
  take(subject: string): () => void {
    const taken = this.#taken.get(subject) ?? 0;
    if (this.#total >= this.#ofAll || taken >= this.#ofOne) throw new HubError('TOO_MANY_UPLOADS');
    this.#total += 1;
    this.#taken.set(subject, taken + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#total -= 1;
      const left = (this.#taken.get(subject) ?? 1) - 1;
      if (left > 0) this.#taken.set(subject, left);
      else this.#taken.delete(subject);
    };
  }
}
