import { Allowances } from './allowances.ts';
import { type Holder, Holders } from './holders.ts';
import { InFlight } from './in-flight.ts';
import type { Keeper } from './keeper.ts';
import { type Ceiling, ceilingsOf, type Kind, kinds, type RateLimits, type Rule, rulesOf } from './limits.ts';
import { LoopTurns } from './loop-turns.ts';

/** How many codes are remembered as known. */
const knownAtMost = 10_000;

/** All that a gateway counts of those who ask. */
export interface Counting {
  readonly rules: Readonly<Record<Kind, Rule>>;
  readonly ceilings: Readonly<Record<Ceiling, number>>;
  readonly allowances: Allowances;
  readonly inFlight: InFlight;
  readonly turns: LoopTurns;
  /** Streams that are open, by holder. */
  readonly streams: Map<string, number>;
  /** Codes that were good, as hashes. */
  readonly known: { has(code: string): boolean; add(code: string): void; delete(code: string): void };
  /** By which names something is counted: two for a while after the key has changed. */
  holdersOf(text: string): readonly Holder[];
  /** For what is counted here alone and at this moment. */
  holderOf(text: string): string;
  /** The key that all gateways share is known, or can't be. */
  ready(): Promise<void>;
}

export function startCounting(given: {
  readonly limits: RateLimits;
  readonly keeper: Keeper | undefined;
  readonly now: () => number;
}): Counting {
  const { keeper, now } = given;
  const rules = rulesOf(given.limits);
  const longest = Math.max(...kinds.map((kind) => rules[kind].windowMs));
  // A slot longer than the window: for so long something is counted.
  const holders = new Holders(longest + longest / 12);
  const ownNames = new Holders(0);
  const allowances = new Allowances({
    keeper,
    now,
    heard: ({ secret }, at) => holders.hashUnder(secret, at),
  });
  const codes = new Set<string>();
  return {
    rules,
    ceilings: ceilingsOf(given.limits),
    allowances,
    inFlight: new InFlight(),
    turns: new LoopTurns(),
    streams: new Map(),
    known: {
      has: (code) => codes.has(code),
      delete: (code) => void codes.delete(code),
      add(code) {
        // The oldest goes first: who is charged once more is charged for nothing but that.
        const [oldest] = codes;
        if (codes.size >= knownAtMost && oldest !== undefined) codes.delete(oldest);
        codes.add(code);
      },
    },
    holdersOf: (text) => holders.of(text, now()),
    holderOf: (text) => ownNames.of(text, 0)[0]?.holder ?? '',
    async ready() {
      if (keeper && !holders.isShared) await allowances.heardOnce();
    },
  };
}
