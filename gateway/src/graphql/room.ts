import { HubError } from '@hub/errors';

/** An answer of so many values is large: it takes tens of milliseconds to put together. */
export const largeValues = 3_000;
/** Values of answers that may be on their way at one time, and what of it large ones may have together. */
const capacity = 200_000;
const ofLarge = 150_000;
/** What of it one address, or one actor, may have. */
const ofOne = capacity / 2;
const mostWaiting = 1_000;
const longestWaitMs = 5_000;
/** What an operation counts for, however little it asks. */
const least = 100;

interface Waiting {
  readonly values: number;
  readonly begin: () => void;
}

/** Room for the answers that are on their way: each holds memory from before it is planned until its last byte was taken. */
export class Room {
  #taken = 0;
  #takenByLarge = 0;
  readonly #takenBy = new Map<string, number>();
  readonly #waiting: Waiting[] = [];

  /** Values of answers that are on their way, and how many wait for room. */
  get load(): { readonly values: number; readonly waiting: number } {
    return { values: this.#taken, waiting: this.#waiting.length };
  }

  /**
   * Waits for room, in the order of arrival. Large answers don't: until they were taken, others would wait behind them.
   * @param values that the answer may come to
   * @param holder who asks
   * @returns what gives the room back
   * @throws HubError TOO_BUSY
   */
  async enter(values: number, holder: string): Promise<() => void> {
    const counted = least + values;
    if ((this.#takenBy.get(holder) ?? 0) + counted > ofOne) throw new HubError('TOO_BUSY');
    const isLarge = values > largeValues;
    const hasRoom = this.#taken + counted <= capacity && this.#takenByLarge + counted <= ofLarge;
    if (isLarge && (this.#waiting.length > 0 || !hasRoom)) throw new HubError('TOO_BUSY');
    this.#count(holder, counted);
    if (isLarge) this.#takenByLarge += counted;
    try {
      return await this.#enter(counted, () => {
        this.#count(holder, -counted);
        if (isLarge) this.#takenByLarge -= counted;
      });
    } catch (error) {
      this.#count(holder, -counted);
      throw error;
    }
  }

  async #enter(counted: number, over: () => void): Promise<() => void> {
    if (this.#waiting.length > 0 || this.#taken + counted > capacity) await this.#wait(counted);
    else this.#taken += counted;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#taken -= counted;
      over();
      this.#serve();
    };
  }

  #count(holder: string, by: number): void {
    const taken = (this.#takenBy.get(holder) ?? 0) + by;
    if (taken > 0) this.#takenBy.set(holder, taken);
    else this.#takenBy.delete(holder);
  }

  #wait(values: number): Promise<void> {
    if (this.#waiting.length >= mostWaiting) throw new HubError('TOO_BUSY');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new HubError('TOO_BUSY'));
        this.#serve();
      }, longestWaitMs);
      const waiting: Waiting = {
        values,
        begin: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      this.#waiting.push(waiting);
    });
  }

  #serve(): void {
    for (let next = this.#waiting[0]; next && this.#taken + next.values <= capacity; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#taken += next.values;
      next.begin();
    }
  }
}
