const slots = 12;

/**
 * Counts what happened in a window that moves. What is counted is the slot that has begun and twelve whole ones before it,
 * so that a limit holds for any stretch as long as the window, wherever it begins; what is old is forgotten up to a slot late.
 */
export class MovingWindow {
  readonly #slotMs: number;
  /** By slot modulo its length; made as something is counted. */
  #counts: number[] | undefined;
  #slot = 0;
  #total = 0;
  constructor(windowMs: number) {
    this.#slotMs = windowMs / slots;
  }

  /** How much is counted. */
  used(now: number): number {
    if (!this.#counts || this.#total === 0) return 0;
    const slot = Math.floor(now / this.#slotMs);
    for (let passed = Math.max(this.#slot + 1, slot - slots); passed <= slot; passed += 1) this.#clear(passed);
    if (slot > this.#slot) this.#slot = slot;
    return this.#total;
  }

  /** Counts more; below zero, what was counted first is taken back, since what comes later counts longer. */
  add(amount: number, now: number): void {
    this.used(now);
    this.#counts ??= new Array<number>(slots + 1).fill(0);
    if (this.#total === 0) this.#slot = Math.max(this.#slot, Math.floor(now / this.#slotMs));
    if (amount > 0) this.#count(this.#slot, amount);
    let left = -amount;
    for (let slot = Math.max(0, this.#slot - slots); left > 0 && slot <= this.#slot; slot += 1) {
      const back = Math.min(left, this.#counts[slot % (slots + 1)] ?? 0);
      this.#count(slot, -back);
      left -= back;
    }
  }

  /** How much in the slot that has begun and the one before. */
  recent(now: number): number {
    this.used(now);
    const at = (slot: number) => this.#counts?.[slot % (slots + 1)] ?? 0;
    return at(this.#slot) + (this.#slot > 0 ? at(this.#slot - 1) : 0);
  }

  /** In how many milliseconds no more than so much is counted, if nothing is added. */
  waitFor(atMost: number, now: number): number {
    let left = this.used(now);
    let slot = this.#slot - slots;
    while (left > atMost && slot < this.#slot) {
      if (slot >= 0) left -= this.#counts?.[slot % (slots + 1)] ?? 0;
      slot += 1;
    }
    if (left > atMost) slot += 1;
    return Math.max(0, (slot + slots) * this.#slotMs - now);
  }

  #clear(slot: number): void {
    this.#count(slot, -(this.#counts?.[slot % (slots + 1)] ?? 0));
  }

  #count(slot: number, amount: number): void {
    const at = slot % (slots + 1);
    if (this.#counts) this.#counts[at] = (this.#counts[at] ?? 0) + amount;
    this.#total += amount;
  }
}
