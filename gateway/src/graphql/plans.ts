import type { QueryPlan } from '@apollo/query-planner';
import { LRUCache } from 'lru-cache';
import { limits, tooLarge } from './limits.ts';

/** Bytes of memory that plans may take together, and what one takes for each byte of its JSON. */
const keptBytes = 8 * 1024 * 1024;
const bytesOfJson = 3;

/** Query plans, kept as long as there is room; those that were made before {@link Plans.started} stay. */
export class Plans {
  readonly #others = new LRUCache<string, QueryPlan>({
    maxSize: keptBytes,
    sizeCalculation: (plan) => bytesOfJson * JSON.stringify(plan).length + 200,
  });
  readonly #ready = new Map<string, QueryPlan>();
  #starting = true;

  /** Apollo Gateway's store of plans. */
  readonly store = {
    get: async (key: string): Promise<QueryPlan | undefined> => this.#find(key),
    set: async (key: string, plan: QueryPlan): Promise<void> => {
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
  }

  /** Whether there is a plan. */
  has(key: string): boolean {
    return this.#find(key) !== undefined;
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
