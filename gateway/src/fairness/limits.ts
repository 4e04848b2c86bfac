import { limitedAtOnce, limitedKinds } from '@hub/config';

/** What is limited, by the names that settings have for it. */
export const kinds = limitedKinds;
export type Kind = (typeof kinds)[number];

/** What may be at the same time, rather than in a while. */
export type Ceiling = (typeof limitedAtOnce)[number];

interface Usual {
  /** For one address, or one actor, in any window. */
  readonly limit: number;
  readonly seconds: number;
  /** Counted by the keeper before it is done, over all gateways and restarts; the others by shares taken ahead. */
  readonly exact: boolean;
  /** Of an actor, an IPv6 network (/48), a wide range where gateways know no finer, and of the hub: times `limit`. */
  readonly times?: { readonly actor: number; readonly network: number; readonly range: number; readonly hub: number };
}

const minute = 60;
const usual: Readonly<Record<Kind, Usual>> = {
  // A screen of a phone asks ten times at once, and an office has one address.
  read: { limit: 3_000, seconds: minute, exact: false, times: { actor: 0.4, network: 4, range: 8, hub: 30 } },
  file: { limit: 30, seconds: minute, exact: true, times: { actor: 1, network: 4, range: 8, hub: 20 } },
  write: { limit: 300, seconds: minute, exact: false, times: { actor: 1, network: 4, range: 8, hub: 30 } },
  upload: { limit: 60, seconds: minute, exact: false, times: { actor: 1, network: 4, range: 8, hub: 20 } },
  open: { limit: 600, seconds: minute, exact: false, times: { actor: 0.2, network: 4, range: 8, hub: 20 } },
  // All phones of an office may come with tokens that have just ended, ten requests each.
  'sign-in': { limit: 600, seconds: minute, exact: true, times: { actor: 1, network: 4, range: 8, hub: 50 } },
  code: { limit: 120, seconds: 10 * minute, exact: true, times: { actor: 1, network: 4, range: 8, hub: 50 } },
  // Of one agency, and of nobody else.
  refused: { limit: 60, seconds: minute, exact: false },
};
const usualCeilings: Readonly<Record<Ceiling, number>> = { streams: 200, requests: 64, connections: 1_024 };

/** A limit on what somebody does of a kind. */
export interface Rule {
  readonly windowMs: number;
  readonly exact: boolean;
  limitOf(tier: 'address' | 'actor' | 'network' | 'range' | 'hub'): number;
}

export type RateLimits = Readonly<Partial<Record<Kind | Ceiling, number>>>;

/** The rules by kind, with what the settings say otherwise. */
export function rulesOf(given: RateLimits): Readonly<Record<Kind, Rule>> {
  const rule = (kind: Kind): Rule => {
    const { seconds, exact, times } = usual[kind];
    const limit = given[kind] ?? usual[kind].limit;
    return {
      windowMs: seconds * 1000,
      exact,
      limitOf: (tier) => Math.max(1, Math.floor(limit * (tier === 'address' ? 1 : (times?.[tier] ?? 1)))),
    };
  };
  return Object.fromEntries(kinds.map((kind) => [kind, rule(kind)])) as Record<Kind, Rule>;
}

export const ceilingsOf = (given: RateLimits): Readonly<Record<Ceiling, number>> =>
  Object.fromEntries(limitedAtOnce.map((name) => [name, given[name] ?? usualCeilings[name]])) as Record<
    Ceiling,
    number
  >;
