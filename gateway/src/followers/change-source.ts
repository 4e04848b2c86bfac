import type { Audience } from '@hub/access';
import { turns } from '../turns.ts';

/** What one transaction made of one record. */
export interface RecordChange {
  readonly seq: number;
  /** Its type in the graph. */
  readonly type: string;
  readonly id: string;
  readonly revision: number;
  /** Who could see it, and who can; null where there is none. */
  readonly before: Audience | null;
  readonly after: Audience | null;
}

/** Changes after a place, in the order of commits. */
export interface ChangePage {
  readonly changes: readonly RecordChange[];
  /** The place after them. */
  readonly next: number;
  /** The last change that there is. */
  readonly head: number;
  /** Up to here changes of records that changed again may be dropped. */
  readonly dropped: number;
  /** The first number of the era that numbers are given out in now. */
  readonly era: number;
}

/** Between these two there are no numbers of the source: it was brought back to the one and goes on at the other. */
export interface ChangeGap {
  readonly last: number;
  readonly first: number;
}

/** A place in the changes of a source: a number, or before the source was heard, a time: `@` and milliseconds. */
export type Place = number | `@${number}`;

/** Reads a source. Rejects where it can't be reached. */
export interface ReadSource {
  /**
   * Rejects with CURSOR_NOT_RESTORED for a place in a gap, and with CURSOR_TOO_OLD for one after which changes were dropped.
   * @param latest the latest change of each record is enough: no place is too old
   */
  page(after: Place, first: number, latest: boolean): Promise<ChangePage>;
  gaps(): Promise<readonly ChangeGap[]>;
}

/** Whether an answer says that changes after a place were dropped. */
export const isTooOld = (error: unknown): boolean =>
  (error as { extensions?: { code?: unknown } } | undefined)?.extensions?.code === 'CURSOR_TOO_OLD';

/** How often it is looked for changes, where somebody waits for them. */
const usualPollMs = 250;
/** The longest that a failing source is left alone. */
const longestMs = 2_000;
const changesAtOnce = 500;
/** Pages that are read at the same time for those who are far behind, so that they leave sessions to others. */
const pagesAtOnce = 2;
/** Changes that are kept in memory, and those of before it began that are read into it: who comes back within them costs no query. */
const kept = 4_000;
const readAhead = 1_000;
/** A number above all: of a page after it only the head matters. */
const end = Number.MAX_SAFE_INTEGER;
/** A change bears the time just before it commits; one that takes its time, and clocks that differ, are within this. */
const marginMs = 10_000;

/** The changes of one subgraph, read once for all who listen; the latest are kept. */
export class ChangeSource {
  /** Up to where it was read; undefined before it was heard. */
  tail: number | undefined;
  /** Whether it can't be reached now. */
  isFailing = false;
  readonly #read: ReadSource;
  readonly #told: (changes: readonly RecordChange[]) => void;
  readonly #lost: () => void;
  readonly #reset: () => void;
  readonly #pollMs: number;
  readonly #turn = turns(pagesAtOnce);
  /** All changes after `#from` and up to `tail`. */
  #window: RecordChange[] = [];
  #from = 0;
  /** None has begun. */
  #era = 0;
  #gaps: readonly ChangeGap[] = [];
  #stopped = false;
  #wake: () => void = () => undefined;
  #waiting: (() => void)[] = [];
  readonly #pages = new Map<string, Promise<ChangePage>>();

  /**
   * @param told what was added, after it was; nothing where it is heard for the first time, or again
   * @param lost it could be read before and can't be now
   * @param reset it isn't the one that it was: its changes have smaller numbers
   */
  constructor(
    read: ReadSource,
    on: { told: (changes: readonly RecordChange[]) => void; lost: () => void; reset: () => void },
    pollMs: number = usualPollMs,
  ) {
    this.#pollMs = pollMs;
    this.#read = read;
    this.#told = on.told;
    this.#lost = on.lost;
    this.#reset = on.reset;
    void this.#follow();
  }

  /** The place of now. */
  get place(): Place {
    return this.tail ?? `@${Date.now() - marginMs}`;
  }

  /** Something may have happened just now. */
  nudge(): void {
    // A nudge comes with every mutation: one that fails isn't asked more often for that.
    if (!this.isFailing) this.#wake();
  }

  /** Settles once all that was committed before is read; at once where it can't be. */
  async refresh(): Promise<void> {
    if (this.isFailing || this.#stopped) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      this.#wake();
    });
  }

  /** Whether a place is none of this source's any more: it was brought back to before it. Nothing is known of one that was never heard. */
  isLost(place: Place | undefined): boolean {
    return typeof place === 'number' && this.#gaps.some(({ last, first }) => last < place && place < first);
  }

  /** What is kept after a place, or undefined where that begins later. */
  after(place: Place, limit: number): readonly RecordChange[] | undefined {
    if (typeof place !== 'number' || place < this.#from || this.tail === undefined) return undefined;
    let at = this.#window.length;
    while (at > 0 && (this.#window[at - 1] as RecordChange).seq > place) at -= 1;
    return this.#window.slice(at, at + limit);
  }

  /** A page of what is kept no longer; those who read the same one at the same time share it. */
  page(place: Place, latest: boolean): Promise<ChangePage> {
    const key = `${place} ${latest}`;
    const known = this.#pages.get(key);
    if (known) return known;
    const page = this.#turn(() => this.#read.page(place, changesAtOnce, latest)).finally(() => this.#pages.delete(key));
    this.#pages.set(key, page);
    return page;
  }

  /** Refuses a place after which changes were dropped. @throws what `isTooOld` tells */
  async assertKept(place: Place): Promise<void> {
    if (this.isFailing || this.tail === undefined || this.after(place, 0) !== undefined) return;
    try {
      await this.#turn(() => this.#read.page(place, 1, false));
    } catch (error) {
      if (isTooOld(error)) throw error;
    }
  }

  /** It only reads: what is on its way is left. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async #follow(): Promise<void> {
    let failures = 0;
    while (!this.#stopped) {
      const nudged = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const asked = this.#waiting;
      this.#waiting = [];
      try {
        await this.#catchUp();
        failures = 0;
      } catch {
        failures += 1;
        this.isFailing = true;
        if (failures === 1 && !this.#stopped) this.#lost();
      }
      for (const settle of failures > 0 ? [...asked, ...this.#waiting.splice(0)] : asked) settle();
      let timer: NodeJS.Timeout | undefined;
      const slept = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.min(longestMs, this.#pollMs * 2 ** failures));
      });
      if (!this.#stopped) await Promise.race([slept, nudged]);
      clearTimeout(timer);
    }
    for (const settle of this.#waiting.splice(0)) settle();
  }

  /** The changes after a place; none where so little changed lately that some of these are kept no longer. */
  async #readAhead(from: number, head: number): Promise<{ from: number; tail: number; changes: RecordChange[] }> {
    const changes: RecordChange[] = [];
    let tail = from;
    try {
      while (tail < head) {
        const page = await this.#page(tail, changesAtOnce);
        changes.push(...page.changes);
        tail = page.next;
      }
    } catch (error) {
      if (!isTooOld(error)) throw error;
      return { from: head, tail: head, changes: [] };
    }
    return { from, tail, changes };
  }

  async #catchUp(): Promise<void> {
    if (this.tail === undefined) {
      const { head } = await this.#page(end, 1);
      const read = await this.#readAhead(this.#before(head), head);
      this.#from = read.from;
      this.#window = read.changes;
      this.tail = read.tail;
      this.isFailing = false;
      this.#told([]);
      return;
    }
    for (;;) {
      const tail: number = this.tail;
      const page: ChangePage | undefined = await this.#page(tail, changesAtOnce).catch((error: unknown) => {
        // Brought back to before it, or out of reach for so long that what came meanwhile isn't all there: it begins anew.
        if (isNotRestored(error) || isTooOld(error)) return undefined;
        throw error;
      });
      if (page === undefined || page.head < tail) {
        this.tail = undefined;
        this.#reset();
        return await this.#catchUp();
      }
      const { changes, next, head } = page;
      const wasFailing = this.isFailing;
      this.isFailing = false;
      this.tail = next;
      if (changes.length > 0) {
        for (const change of changes) this.#window.push(change);
        const over = this.#window.length - kept;
        if (over > 0) this.#from = this.#window.splice(0, over).at(-1)?.seq ?? this.#from;
      }
      if (changes.length > 0 || wasFailing) this.#told(changes);
      if (next >= head || this.#stopped) return;
    }
  }

  async #page(after: Place, first: number): Promise<ChangePage> {
    const page = await this.#read.page(after, first, false);
    if (page.era !== this.#era) {
      this.#gaps = await this.#read.gaps();
      this.#era = page.era;
    }
    return page;
  }

  /** Some way before a place, and a place itself. Never the beginning, of which there may be the latest changes alone. */
  #before(head: number): number {
    const place = Math.min(head, Math.max(1, head - readAhead));
    return this.#gaps.find(({ last, first }) => last < place && place < first)?.last ?? place;
  }
}

/** Whether a source was asked to read on from a place that it was brought back to before. */
export function isNotRestored(error: unknown): boolean {
  return (error as { extensions?: { code?: unknown } } | null)?.extensions?.code === 'CURSOR_NOT_RESTORED';
}
