import { randomUUID } from 'node:crypto';
import type { Actor } from '@hub/access';
import { asFollower } from '../followers/follow-sources.ts';
import type { Transport } from '../subgraphs.ts';

/** One of those that something is taken from. */
export interface KeptTier {
  readonly kind: string;
  readonly holder: string;
  readonly limit: number;
  readonly windowMs: number;
}

/** What is taken from limits that all gateways have together. */
export interface Demand {
  /** Below zero it is given back. */
  readonly amount: number;
  /** As much as is left, for the seconds that come; otherwise all of it or nothing. */
  readonly share: boolean;
  readonly tiers: readonly KeptTier[];
}

export interface Taken {
  readonly granted: number;
  readonly retryAfterMs: number | null;
}

/** What a keeper says besides. */
export interface Standing {
  /** The key under which holders are hashed today. */
  readonly secret: string;
  /** How many gateways take from it. */
  readonly gateways: number;
}

/** Keeps limits over all gateways. */
export interface Keeper {
  /** Rejects where it can't be reached. */
  take(demands: readonly Demand[]): Promise<{ readonly verdicts: readonly Taken[]; readonly standing: Standing }>;
}

const actor: Actor = { kind: 'FEED', subject: 'allowances' };
const operation = `mutation ($gateway: ID!, $demands: [AllowanceDemandInput!]!) {
  takeAllowances(gateway: $gateway, demands: $demands) { secret gateways verdicts { granted retryAfterMs } }
}`;

/** How long it is waited for; after that it counts as not there. */
const timeoutMs = 2_000;
const mostAtOnce = 500;

/** The keeper as a subgraph. What is demanded while it is asked goes with the next question: one statement for all of it. */
export function keeperAt(subgraph: string, transport: Transport): Keeper {
  const ask = asFollower({ transport, timeoutMs, actor });
  const gateway = randomUUID();
  return grouped(async (demands) => {
    const { takeAllowances } = await ask<{ takeAllowances: Standing & { verdicts: readonly Taken[] } }>(
      subgraph,
      operation,
      { gateway, demands },
    );
    const { verdicts, secret, gateways } = takeAllowances;
    return { verdicts, standing: { secret, gateways } };
  });
}

/** Gathers what is demanded at the same time into one question. */
export function grouped(take: Keeper['take']): Keeper {
  interface Waiting {
    readonly demands: readonly Demand[];
    readonly settle: (answer: Awaited<ReturnType<Keeper['take']>>) => void;
    readonly fail: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let isAsking = false;
  async function askAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, mostAtOnce);
      try {
        const { verdicts, standing } = await take(group.flatMap(({ demands }) => demands));
        let at = 0;
        for (const { demands, settle } of group) {
          settle({ verdicts: verdicts.slice(at, at + demands.length), standing });
          at += demands.length;
        }
      } catch (error) {
        for (const { fail } of group) fail(error);
      }
    }
    isAsking = false;
  }
  return {
    take: (demands) =>
      new Promise((settle, fail) => {
        waiting.push({ demands, settle, fail });
        if (isAsking) return;
        isAsking = true;
        queueMicrotask(() => void askAll());
      }),
  };
}
