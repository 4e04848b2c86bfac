import { setTimeout as delay } from 'node:timers/promises';
import { type Reader, type Told, toldTo } from '@hub/access';
import { HubError } from '@hub/errors';
import type { ChangeCursors, Places } from '../../followers/change-cursors.ts';
import {
  type ChangePage,
  type ChangeSource,
  isTooOld,
  type Place,
  type RecordChange,
} from '../../followers/change-source.ts';

/** Which of the changes that somebody may know of they want; all where nothing is said. */
export interface Wanted {
  readonly types: ReadonlySet<string> | undefined;
  readonly committees: ReadonlySet<string> | undefined;
}

/** A change as JSON, and the place after it. */
export interface Event {
  readonly cursor: string;
  readonly data: string;
  /** What it is a change of. */
  readonly type: string;
  readonly id: string;
}

/** What can be told now, which may be none though there is more; that it is on its way; that a source has to be waited for; that all was told; or that a source was brought back to before the place. */
type Taken = readonly Event[] | 'ASKED' | 'WAIT' | 'END' | 'LOST';

export const isWanted = ({ types, committees }: Wanted, type: string, { concerned }: Told): boolean =>
  (types === undefined || types.has(type)) &&
  (committees === undefined || concerned.some((code) => committees.has(code)));

export const dataOf = ({ type, id, revision }: RecordChange, { operation, committees }: Told): string =>
  JSON.stringify({ type, id, revision, operation, committees });

/** How long a page that couldn't be read is let be. */
const retryMs = 500;

/** One who reads changes at their own pace, from their own place on. */
export class Watch {
  readonly #sources: ReadonlyMap<string, ChangeSource>;
  readonly #cursors: ChangeCursors;
  readonly #reader: Reader;
  readonly #wanted: Wanted;
  readonly #places: Map<string, Place>;
  readonly #wake: () => void;
  /** Pages that were asked for, and what came of it. */
  readonly #pages = new Map<string, ChangePage | 'ASKED'>();
  /** Sources that are read from their beginning, each with how far changes were dropped when that was read. */
  readonly #begun = new Map<string, number | undefined>();
  #isTooOld = false;

  /** @param wake there may be something to take */
  constructor(given: {
    follower: { readonly sources: ReadonlyMap<string, ChangeSource>; readonly cursors: ChangeCursors };
    reader: Reader;
    wanted: Wanted;
    places: Places;
    wake: () => void;
  }) {
    this.#sources = given.follower.sources;
    this.#cursors = given.follower.cursors;
    this.#reader = given.reader;
    this.#wanted = given.wanted;
    this.#places = new Map(given.places);
    for (const name of given.follower.sources.keys())
      if ((given.places.get(name) ?? 0) === 0) this.#begun.set(name, undefined);
    this.#wake = given.wake;
  }

  get cursor(): string {
    return this.#cursors.write(this.#places);
  }

  /** The same places, of which two can be compared. */
  get place(): string {
    return JSON.stringify([...this.#places]);
  }

  /**
   * What comes next, of whichever source has something: one that is down or slow keeps no other waiting.
   * @throws HubError CURSOR_TOO_OLD where changes that were not told yet are kept no longer
   */
  take(limit: number): Taken {
    if (this.#isTooOld) throw new HubError('CURSOR_TOO_OLD');
    let waits = false;
    for (const [name, source] of this.#sources) {
      const place = this.#places.get(name) ?? 0;
      const { tail } = source;
      if (place === tail) continue;
      if (source.isLost(place)) return 'LOST';
      const page = this.#pages.get(name);
      if (page !== undefined && page !== 'ASKED') {
        this.#pages.delete(name);
        return this.#tell(name, page.changes, page.next);
      }
      const changes = page === undefined ? source.after(place, limit) : undefined;
      if (changes && tail !== undefined && Number(place) < tail)
        return this.#tell(name, changes, changes.length < limit ? tail : (changes.at(-1)?.seq ?? tail));
      waits = true;
      // What isn't kept in memory is asked for; a source that can't be reached, or wasn't heard yet, says when it can.
      const isBehind = tail !== undefined && (typeof place !== 'number' || place < tail);
      if (isBehind && page === undefined && !source.isFailing) void this.#ask(name, source, place);
    }
    if (this.#pages.size > 0) return 'ASKED';
    return waits ? 'WAIT' : 'END';
  }

  async #ask(name: string, source: ChangeSource, place: Place): Promise<void> {
    this.#pages.set(name, 'ASKED');
    try {
      const page = await source.page(place, this.#begun.has(name));
      this.#pages.set(name, page);
      // Of what was dropped before it began, it was told nothing that it would have to be told the end of.
      if (this.#begun.has(name)) {
        const dropped = this.#begun.get(name) ?? page.dropped;
        this.#begun.set(name, dropped);
        this.#isTooOld ||= dropped < page.dropped && Number(place) < page.dropped;
      }
    } catch (error) {
      this.#isTooOld ||= isTooOld(error);
      if (!isTooOld(error)) await delay(retryMs);
      this.#pages.delete(name);
    }
    this.#wake();
  }

  #tell(name: string, changes: readonly RecordChange[], next: number): readonly Event[] {
    const events: Event[] = [];
    for (const change of changes) {
      const told = toldTo(this.#reader, change);
      if (!told || !isWanted(this.#wanted, change.type, told)) continue;
      this.#places.set(name, change.seq);
      events.push({ cursor: this.cursor, data: dataOf(change, told), type: change.type, id: change.id });
    }
    this.#places.set(name, next);
    return events;
  }
}
