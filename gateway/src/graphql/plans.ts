import type { QueryPlan } from '@apollo/query-planner';
import { HubError } from '@hub/errors';
import { LRUCache } from 'lru-cache';
import { limits, tooLarge } from './limits.ts';

/** Bytes of memory that plans may take together, and what one takes for each byte of its JSON. */
const keptBytes = 12 * 1024 * 1024;
const bytesOfJson = 3;

/**
 * The share of its time that a gateway may plan; what one plan is taken to cost until it is made; how much may be spent at
 * once; how many operations wait for their turn, and how long.
 */
const share = 0.3;
const onePlanMs = 40;
const atOnceMs = 400;
const mostWaiting = 200;
const longestWaitMs = 4_000;

/**
 * Query plans, kept as long as there is room; those that were made before {@link Plans.started} stay. Planning holds up
 * everybody, so what has no plan yet waits where much was planned just before: whoever asks what was asked before isn't
 * held up by whoever asks something new each time.
 */
export class Plans {
  readonly #others = new LRUCache<string, QueryPlan>({
    maxSize: keptBytes,
    sizeCalculation: (plan) => bytesOfJson * JSON.stringify(plan).length + 200,
  });
  readonly #ready = new Map<string, QueryPlan>();
  readonly #now: () => number;
  #starting = true;
  /** When planning began that is going on: it goes on by itself, from one key that has no plan to the plan that is kept. */
  #began: number | undefined;
  /** Until when what was planned has to be made up for, in milliseconds of the clock. */
  #madeUpAt = 0;
  #waiting = 0;

  /** @param now milliseconds of a clock that only goes on */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Apollo Gateway's store of plans. */
  readonly store = {
    get: async (key: string): Promise<QueryPlan | undefined> => {
      const known = this.#find(key);
      this.#began = known ? undefined : this.#now();
      return known;
    },
    set: async (key: string, plan: QueryPlan): Promise<void> => {
      if (this.#began !== undefined) this.#spend(this.#now() - this.#began - onePlanMs);
      this.#began = undefined;
      if (this.#starting) this.#ready.set(key, plan);
      else this.#others.set(key, plan);
    },
    delete: async (key: string): Promise<boolean> => this.#ready.delete(key) || this.#others.delete(key),
    clear: async (): Promise<void> => {
      this.#ready.clear();
      this.#others.clear();
    },
  };

  /** What is planned from now on is other people's, and has to make room for one another. */
  started(): void {
    this.#starting = false;
    this.#madeUpAt = 0;
  }

  /** Whether there is a plan. */
  has(key: string): boolean {
    return this.#find(key) !== undefined;
  }

  /** Waits until something new may be planned. @throws HubError TOO_BUSY */
  async turn(): Promise<void> {
    if (this.#starting) return;
    if (this.#waitMs() <= 0) {
      this.#spend(onePlanMs);
      return;
    }
    if (this.#waiting >= mostWaiting) throw new HubError('TOO_BUSY');
    this.#waiting += 1;
    const until = this.#now() + longestWaitMs;
    try {
      for (let wait = this.#waitMs(); wait > 0; wait = this.#waitMs()) {
        if (this.#now() + wait > until) throw new HubError('TOO_BUSY');
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
      this.#spend(onePlanMs);
    } finally {
      this.#waiting -= 1;
    }
  }

  /** Counts time that is spent on planning, or was less than thought. */
  #spend(ms: number): void {
    this.#madeUpAt = Math.max(this.#madeUpAt, this.#now()) + ms / share;
  }

  #waitMs(): number {
    return this.#madeUpAt - this.#now() - atOnceMs / share;
  }

  #find(key: string): QueryPlan | undefined {
    return this.#ready.get(key) ?? this.#others.get(key);
  }
}

/** Refuses a plan with too many fetches. */
export function checkPlan(plan: QueryPlan): void {
  if (plan.node && fetchesOf(plan.node) > limits.fetches) tooLarge('fetches');
}

function fetchesOf(node: NonNullable<QueryPlan['node']> | { kind: string }): number {
  const inner = node as { kind: string; nodes?: { kind: string }[]; node?: { kind: string } };
  if (inner.kind === 'Fetch') return 1;
  const parts = [...(inner.nodes ?? []), ...(inner.node ? [inner.node] : [])];
  return parts.reduce((total, part) => total + fetchesOf(part), 0);
}
