import { performance } from 'node:perf_hooks';
import { HubError } from '@hub/errors';
import { LRUCache } from 'lru-cache';

/**
 * How many operations are under way at the same time: while the loop has time left, while it is busy, and of them heavy ones. Each waits for
 * all others wherever it waits for a database: few that end soon do as much as many that all end late.
 */
const atOnce = 16;
const atOnceWhenBusy = 3;
const heavyAtOnce = 2;
/** One that takes longer waits for a database more than it works: it leaves its place to another. */
const slowAfterMs = 250;
/** While the loop is busy: the part of its time that heavy ones have, and what they may use at once. */
const heavyShare = 0.25;
const burstMs = 100;
/** Part of the loop's time from which it is busy, and over how much of the time before that is told. */
const busy = 0.7;
const observedMs = 200;
/** What a turn is taken to cost until it is over, and what a millisecond of a slow one counts for. */
const presumedMs = { heavy: 20, light: 5, slow: 0 };
const slowCost = 0.2;
/** How many wait, and how long: who asked little comes soon, and all phones of a conference may ask at once. */
const mostWaiting = 400;
const longestWaitMs = 20_000;
const lookAgainMs = 10;
/** While so many wait, who was so heavy lately isn't let in: that costs less than a place in the line. */
const crowd = 16;
const tooHeavyMs = 200;
/** Who used no more lately, a twentieth of the loop's time, waits for no place that others have while the loop is busy. */
const modestMs = 700;
/** What somebody used is half forgotten in this time; of so many it is remembered. */
const halfLifeMs = 10_000;
const holdersAtMost = 10_000;

/** Where time is read from. */
export interface LoopClock {
  now(): number;
  /** How long the event loop has worked so far, in milliseconds. */
  active(): number;
}
const realClock: LoopClock = {
  now: () => performance.now(),
  active: () => performance.eventLoopUtilization().active,
};

/** Work that holds up others for tens of milliseconds: what nobody asked for before, and large answers. */
interface Heavy {
  /** What it is about: it is done once, and then whoever waits to do the same looks whether that was enough. */
  readonly about: string;
  readonly isStillNeeded: () => boolean;
}

/** How it stands with a turn: it may hold up others; it doesn't; it waits for a database more than it works. */
type Kind = keyof typeof presumedMs;

interface Begun {
  readonly kind: Kind;
  readonly about: string | undefined;
  readonly at: number;
  /** What the loop had worked for each of its kind by then. */
  readonly from: number;
  readonly timer: NodeJS.Timeout | undefined;
}

/** Milliseconds of the loop, of which heavy turns had a part. */
interface Used {
  readonly all: number;
  readonly heavy: number;
}

interface Waiting {
  readonly turn: LoopTurn;
  readonly heavy: Heavy | undefined;
  readonly settle: (refused?: HubError) => void;
}

/**
 * Turns on the one event loop that all operations share. A few are under way at a time, and fewer of those that hold up others; the
 * next is whoever used the loop least lately. So who asks little is answered soon, whatever others ask.
 */
export class LoopTurns {
  readonly #clock: LoopClock;
  readonly #waiting: Waiting[] = [];
  readonly #begun = new Map<LoopTurn, Begun>();
  readonly #number = { heavy: 0, light: 0, slow: 0 };
  readonly #about = new Set<string>();
  readonly #used = new LRUCache<string, Used & { at: number }>({ max: holdersAtMost });
  /** What the loop worked for each that is heavy, and for each that is light while none is; and until when that was counted. */
  readonly #each = { heavy: 0, light: 0, slow: 0 };
  #countedMs: number;
  /** Until when heavy ones before have to be made up for, in milliseconds of the clock. */
  #madeUpAt = 0;
  #observed: readonly [{ at: number; active: number }, { at: number; active: number }];
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: LoopClock = realClock) {
    this.#clock = clock;
    this.#countedMs = clock.active();
    const start = { at: clock.now(), active: this.#countedMs };
    this.#observed = [start, start];
  }

  /**
   * Waits until a turn may begin, or be heavy where it has begun.
   * @returns whether it is heavy
   * @throws HubError TOO_BUSY
   */
  async begin(turn: LoopTurn, heavy?: Heavy): Promise<boolean> {
    // Its place is another's while it waits.
    this.end(turn);
    const { abandoned } = turn;
    await new Promise<void>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const giveUp = () => this.#refuse(waiting);
      const waiting: Waiting = {
        turn,
        heavy,
        settle: (refused) => {
          clearTimeout(timer);
          abandoned?.removeEventListener('abort', giveUp);
          if (refused) reject(refused);
          else resolve();
        },
      };
      this.#waiting.push(waiting);
      this.#serve();
      if (this.#begun.has(turn)) return;
      timer = setTimeout(giveUp, longestWaitMs);
      abandoned?.addEventListener('abort', giveUp);
      if (this.#waiting.length > mostWaiting) this.#refuse(this.#byUse(this.#waiting, 'most'));
    });
    if (!abandoned?.aborted) return this.#begun.get(turn)?.kind === 'heavy';
    // Whoever hung up in this moment ends nothing any more.
    this.end(turn);
    throw new HubError('TOO_BUSY');
  }

  /** How many turns are under way, by kind, and how many wait. */
  get load(): Readonly<Record<Kind | 'waiting', number>> {
    return { ...this.#number, waiting: this.#waiting.length };
  }

  /** Whether somebody may not even wait: many do, and they held up others just before. */
  isTooMuch(holder: string): boolean {
    return this.#waiting.length > crowd && this.#usedBy(holder).heavy > tooHeavyMs;
  }

  /** What is left to do in a turn holds up nobody. */
  lighten(turn: LoopTurn): void {
    if (this.#begun.get(turn)?.kind !== 'heavy') return;
    this.#leave(turn);
    this.#enter(turn, 'light');
    this.#serve();
  }

  /** Ends a turn, where it has begun. */
  end(turn: LoopTurn): void {
    if (!this.#begun.has(turn)) return;
    this.#leave(turn);
    this.#serve();
  }

  #enter(turn: LoopTurn, kind: Kind, about?: string): void {
    this.#count();
    if (about !== undefined) this.#about.add(about);
    this.#number[kind] += 1;
    this.#use(turn.holder, kind, presumedMs[kind]);
    const timer = kind === 'light' ? setTimeout(() => this.#becomeSlow(turn), slowAfterMs) : undefined;
    this.#begun.set(turn, { kind, about, at: this.#clock.now(), from: this.#each[kind], timer });
  }

  #leave(turn: LoopTurn): void {
    const begun = this.#begun.get(turn);
    if (!begun) return;
    const { kind, about, at, from, timer } = begun;
    this.#count();
    clearTimeout(timer);
    if (about !== undefined) this.#about.delete(about);
    this.#begun.delete(turn);
    this.#number[kind] -= 1;
    const ms = kind === 'slow' ? slowCost * (this.#clock.now() - at) : this.#each[kind] - from;
    this.#use(turn.holder, kind, ms - presumedMs[kind]);
  }

  #becomeSlow(turn: LoopTurn): void {
    this.#leave(turn);
    this.#enter(turn, 'slow');
    this.#serve();
  }

  #serve(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      this.#remove(next);
      // What was done meanwhile by another needs no heavy turn any more.
      const heavy = next.heavy?.isStillNeeded() ? next.heavy : undefined;
      this.#enter(next.turn, heavy ? 'heavy' : 'light', heavy?.about);
      // What holds up others may end without waiting for anything: between two of them the loop has to come round.
      if (heavy) setImmediate(() => next.settle());
      else next.settle();
    }
    if (this.#waiting.length > 0)
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#serve();
      }, lookAgainMs);
  }

  /** Whose turn it is: while the loop is busy, of a heavy one as long as those have had less than their share, and beyond its few places of the modest. */
  #next(): Waiting | undefined {
    if (this.#waiting.length === 0) return undefined;
    const isBusy = this.#isBusy();
    const running = this.#number.heavy + this.#number.light;
    if (running >= atOnce) return undefined;
    const isFull = isBusy && running >= atOnceWhenBusy;
    const haveLess = this.#madeUpAt - this.#clock.now() <= burstMs / heavyShare;
    const heavyMay = this.#number.heavy < heavyAtOnce && (haveLess || !isBusy || running + this.#number.slow === 0);
    const heavy = this.#waiting.filter((one) => heavyMay && one.heavy && !this.#about.has(one.heavy.about));
    const light = this.#waiting.filter((one) => !one.heavy);
    const may = isBusy && haveLess && heavy.length > 0 ? heavy : light.length > 0 ? light : heavy;
    const next = may.length > 0 ? this.#byUse(may, 'least') : undefined;
    return next && isFull && this.#usedBy(next.turn.holder).all > modestMs ? undefined : next;
  }

  #isBusy(): boolean {
    const now = { at: this.#clock.now(), active: this.#clock.active() };
    if (now.at - this.#observed[1].at > observedMs) this.#observed = [this.#observed[1], now];
    const [since] = this.#observed;
    return now.active - since.active > busy * (now.at - since.at);
  }

  #refuse(waiting: Waiting): void {
    this.#remove(waiting);
    waiting.settle(new HubError('TOO_BUSY'));
  }

  /** Who used the loop least or most; of those who used as much, the first or the last that came. */
  #byUse(among: readonly Waiting[], which: 'least' | 'most'): Waiting {
    return among.reduce((one, other) => {
      const more = this.#usedBy(other.turn.holder).all - this.#usedBy(one.turn.holder).all;
      return (which === 'least' ? more < 0 : more >= 0) ? other : one;
    });
  }

  #usedBy(holder: string): Used {
    const used = this.#used.peek(holder);
    if (!used) return { all: 0, heavy: 0 };
    const left = 0.5 ** ((this.#clock.now() - used.at) / halfLifeMs);
    return { all: used.all * left, heavy: used.heavy * left };
  }

  #use(holder: string, kind: Kind, ms: number): void {
    const at = this.#clock.now();
    const { all, heavy } = this.#usedBy(holder);
    const isHeavy = kind === 'heavy';
    this.#used.set(holder, { all: Math.max(0, all + ms), heavy: Math.max(0, heavy + (isHeavy ? ms : 0)), at });
    if (isHeavy) this.#madeUpAt = Math.max(this.#madeUpAt, at) + ms / heavyShare;
  }

  /** Shares out what the loop worked since it was last counted. */
  #count(): void {
    const active = this.#clock.active();
    const kind = this.#number.heavy > 0 ? 'heavy' : 'light';
    if (this.#number[kind] > 0) this.#each[kind] += (active - this.#countedMs) / this.#number[kind];
    this.#countedMs = active;
  }

  #remove(waiting: Waiting): void {
    const at = this.#waiting.indexOf(waiting);
    if (at >= 0) this.#waiting.splice(at, 1);
  }
}

/** The turn of one operation, from before it is validated until its answer is made. */
export class LoopTurn {
  readonly #turns: LoopTurns;
  readonly holder: string;
  readonly abandoned: AbortSignal | undefined;
  #isHeavy = false;
  #isLarge = false;

  /** @param abandoned aborted when nobody waits for the answer any more */
  constructor(turns: LoopTurns, holder: string, abandoned?: AbortSignal) {
    this.#turns = turns;
    this.holder = holder;
    this.abandoned = abandoned;
  }

  /** Waits for it. @throws HubError TOO_BUSY */
  async begin(): Promise<void> {
    await this.#turns.begin(this);
  }

  /** Waits until it may hold up others for a moment. @throws HubError TOO_BUSY */
  async beginHeavy(about: string, isStillNeeded: () => boolean): Promise<void> {
    if (this.#isHeavy) return;
    this.#isHeavy = await this.#turns.begin(this, { about, isStillNeeded });
  }

  /** Waits until it may hold up others to its end. @throws HubError TOO_BUSY */
  async beginLarge(about: string): Promise<void> {
    this.#isLarge = true;
    await this.beginHeavy(about, () => true);
  }

  /** What is left to do holds up nobody, unless the answer is large. */
  planned(): void {
    if (!this.#isHeavy || this.#isLarge) return;
    this.#isHeavy = false;
    this.#turns.lighten(this);
  }

  /** Ends it, however it stands. */
  end(): void {
    this.#turns.end(this);
  }
}
