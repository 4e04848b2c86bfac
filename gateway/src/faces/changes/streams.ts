import type { ServerResponse } from 'node:http';
import { type Reader, type Told, toldTo } from '@hub/access';
import type { ErrorCode } from '@hub/errors';
import type { Places } from '../../followers/change-cursors.ts';
import type { RecordChange } from '../../followers/change-source.ts';
import type { ChangeFollower, ChangeListener } from '../../followers/changes.ts';
import { whenClosed } from '../../http/when-closed.ts';
import { dataOf, type Event, isWanted, type Wanted, Watch } from './watch.ts';

/** An event of text/event-stream: JSON has no line ends in it. */
export const frameOf = ({ cursor, data }: Pick<Event, 'cursor' | 'data'>, name?: string): string =>
  `${name ? `event: ${name}\n` : ''}id: ${cursor}\ndata: ${data}\n\n`;
export const placeFrame = (name: 'ready' | 'cursor', cursor: string) =>
  frameOf({ cursor, data: JSON.stringify({ cursor }) }, name);

export const endFrame = (code: ErrorCode): string => `event: end\ndata: ${JSON.stringify({ code })}\n\n`;
export const silence = ':\n\n';
/**
 * With each so many heartbeats a stream is told where it is, whether anything changed or not: a cursor that came only then would tell
 * that something had which one may not see.
 */
export const beatsOfACursor = 4;
/** How many changes are looked at in one go. */
const atOnce = 200;

/** Changes that came in together, as each kind of reader is told of them: made once, however many streams there are. */
class Batch {
  readonly #changes: readonly RecordChange[];
  readonly #cursorAfter: (change: RecordChange) => string;
  readonly #told = new Map<string, { frames: { frame: string; change: RecordChange; told: Told }[]; bytes: Buffer }>();
  readonly #frames = new Map<string, string>();

  constructor(changes: readonly RecordChange[], cursorAfter: (change: RecordChange) => string) {
    this.#changes = changes;
    this.#cursorAfter = cursorAfter;
  }

  /** What is written to a reader's stream. */
  bytes(reader: Reader, wanted: Wanted): Buffer | string {
    const { frames, bytes } = this.#toldTo(reader);
    if (!wanted.types && !wanted.committees) return bytes;
    return frames
      .filter(({ change, told }) => isWanted(wanted, change.type, told))
      .map(({ frame }) => frame)
      .join('');
  }

  #toldTo(reader: Reader) {
    const known = this.#told.get(reader.key);
    if (known) return known;
    const frames = this.#changes.flatMap((change) => {
      const told = toldTo(reader, change);
      return told ? [{ change, told, frame: this.#frame(change, told) }] : [];
    });
    const made = { frames, bytes: Buffer.from(frames.map(({ frame }) => frame).join('')) };
    this.#told.set(reader.key, made);
    return made;
  }

  #frame(change: RecordChange, told: Told): string {
    const key = `${change.seq} ${told.operation} ${told.committees}`;
    const frame = this.#frames.get(key) ?? frameOf({ cursor: this.#cursorAfter(change), data: dataOf(change, told) });
    this.#frames.set(key, frame);
    return frame;
  }
}

/** All open streams. Those that have been told all there is get what comes as it comes; the others read on at their own pace. */
export class ChangeStreams implements ChangeListener {
  readonly #follower: ChangeFollower;
  readonly #streams = new Set<ChangeStream>();
  readonly #ticking: NodeJS.Timeout;
  #listening: { stop(): void } | undefined;
  #stopped = false;

  /** @param heartbeatMs after so long something is written to each stream, so that no proxy takes it for dead */
  constructor(follower: ChangeFollower, heartbeatMs: number) {
    this.#follower = follower;
    const tickMs = Math.min(1_000, heartbeatMs);
    // Ticks are counted: one that comes a moment early, by the clock, would leave its heartbeat to the next.
    let ticks = 0;
    let beats = 0;
    this.#ticking = setInterval(() => {
      const now = Date.now();
      for (const stream of this.#streams) if (stream.until <= now) stream.end('UNAUTHENTICATED');
      ticks += 1;
      if (ticks * tickMs < heartbeatMs) return;
      ticks = 0;
      beats += 1;
      const cursor = beats % beatsOfACursor === 0 ? this.#cursor() : undefined;
      for (const stream of this.#streams) stream.beat(cursor);
    }, tickMs).unref();
  }

  open(given: { raw: ServerResponse; reader: Reader; wanted: Wanted; places: Places; until: number }): void {
    const { raw } = given;
    if (raw.destroyed) return;
    this.#listening ??= this.#follower.listen(this);
    const stream = new ChangeStream({ ...given, follower: this.#follower });
    this.#streams.add(stream);
    whenClosed(raw, () => {
      this.#streams.delete(stream);
      if (this.#streams.size > 0) return;
      this.#listening?.stop();
      this.#listening = undefined;
    });
    stream.begin();
    if (this.#stopped) stream.end();
  }

  told(source: string, changes: readonly RecordChange[]): void {
    const batch = new Batch(changes, ({ seq }) => this.#cursor([source, seq]));
    for (const stream of this.#streams) stream.told(batch);
  }

  reset(): void {
    for (const stream of this.#streams) stream.end('CURSOR_NOT_RESTORED');
  }

  /** The cursor of whoever was told all, or of one source up to a place. */
  #cursor(...instead: (readonly [string, number])[]): string {
    return this.#follower.cursors.write(new Map([...placesNow(this.#follower), ...instead]));
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#ticking);
    for (const stream of this.#streams) stream.end();
  }
}

/** The places of now. */
export function placesNow(follower: ChangeFollower): Places {
  return new Map([...follower.sources].map(([name, { place }]) => [name, place]));
}

class ChangeStream {
  readonly until: number;
  readonly #raw: ServerResponse;
  readonly #reader: Reader;
  readonly #wanted: Wanted;
  readonly #follower: ChangeFollower;
  readonly #began: string;
  /** What it was not told yet; none once it was told all there is. */
  #watch: Watch | undefined;
  /** Heartbeats in which the client took nothing of what waits for it. */
  #stalled = 0;

  constructor(given: {
    raw: ServerResponse;
    reader: Reader;
    wanted: Wanted;
    places: Places;
    until: number;
    follower: ChangeFollower;
  }) {
    this.#raw = given.raw;
    this.#reader = given.reader;
    this.#wanted = given.wanted;
    this.#follower = given.follower;
    this.until = given.until;
    this.#watch = this.#watchFrom(given.places);
    this.#began = this.#watch.cursor;
    this.#raw.on('drain', () => {
      this.#stalled = 0;
      this.#readOn();
    });
  }

  begin(): void {
    // Not all at once, where many lost their gateway at the same time.
    this.#write(`retry: ${Math.round(1_000 + Math.random() * 2_000)}\n${placeFrame('ready', this.#began)}`);
    this.#readOn();
  }

  told(batch: Batch): void {
    if (this.#watch) {
      this.#readOn();
      return;
    }
    const bytes = batch.bytes(this.#reader, this.#wanted);
    if (bytes.length > 0) this.#write(bytes);
  }

  /** @param cursor of whoever was told all; none where only a sign of life is due */
  beat(cursor: string | undefined): void {
    if (this.#raw.writableNeedDrain) {
      this.#stalled += 1;
      if (this.#stalled > 1) this.#raw.destroy();
      return;
    }
    this.#write(cursor === undefined ? silence : placeFrame('cursor', this.#watch?.cursor ?? cursor));
  }

  /** @param code why, where it is the client that has to do something before it comes back */
  end(code?: ErrorCode): void {
    if (this.#raw.writableNeedDrain) this.#raw.destroy();
    else this.#raw.end(code ? endFrame(code) : undefined);
  }

  #watchFrom(places: Places): Watch {
    return new Watch({
      follower: this.#follower,
      reader: this.#reader,
      wanted: this.#wanted,
      places,
      wake: () => this.#readOn(),
    });
  }

  /** Writes as much as the client takes; goes on when it took that, or when there is more. */
  #readOn(): void {
    while (this.#watch && !this.#raw.writableNeedDrain && !this.#raw.destroyed && !this.#raw.writableEnded) {
      const taken = this.#take(this.#watch);
      if (taken === undefined || taken === 'WAIT' || taken === 'ASKED') return;
      if (taken === 'END') this.#watch = undefined;
      else if (taken.length > 0) this.#write(taken.map((event) => frameOf(event)).join(''));
    }
  }

  #take(watch: Watch) {
    try {
      const taken = watch.take(atOnce);
      if (taken !== 'LOST') return taken;
      this.end('CURSOR_NOT_RESTORED');
    } catch {
      this.end('CURSOR_TOO_OLD');
    }
    return undefined;
  }

  #write(text: string | Buffer): void {
    // A client that takes less than there is, is told at its own pace from here on.
    if (!this.#raw.write(text)) this.#watch ??= this.#watchFrom(placesNow(this.#follower));
  }
}
