import type { Demand, Keeper, KeptTier, Standing } from './keeper.ts';
import { MovingWindow } from './window.ts';

/** A limit of one holder, and what is counted in its place where no more holders are known apart. */
export interface Tier extends KeptTier {
  readonly coarser?: Tier | undefined;
  /** One of the few of the hub itself, which is never without a place. */
  readonly isHub?: boolean;
}

/** What a charge comes to. */
export interface Outcome {
  /** In how many milliseconds it may be tried again; null where it was granted. */
  readonly retryAfterMs: number | null;
}

/** What is left of a limit. */
export interface Left {
  readonly remaining: number;
  /** Until some of what is used comes back. */
  readonly resetMs: number;
}

interface Share {
  left: number;
  /** What is left of it then is given back. */
  until: number;
  /** What was used of shares. */
  readonly used: MovingWindow;
}

interface Entry {
  readonly window: MovingWindow;
  share: Share | undefined;
  /** A share that is being taken, and how much of it is waited for. */
  taking: Promise<void> | undefined;
  wanted: number;
  /** The keeper has no more: until then, and for so much. */
  refusedUntil: number;
  refusedAmount: number;
}

/** How many holders are known apart, and how many wider ones besides. */
const holdersAtMost = 20_000;
const coarseAtMost = 2_000;
/** How long a share is good; the keeper has the same. */
const shareMs = 5_000;
/** Of a limit, what gateways may give away together without having taken it. */
const unasked = 0.2;
/** How often the keeper hears of a gateway that answers; it forgets one after three of them. */
const heartbeatMs = 10_000;
/** How long a keeper that doesn't answer is left alone. */
const leaveAloneMs = 2_000;
/** As long as nothing was heard, there may be another gateway. */
const presumedGateways = 2;

const sweepEveryMs = 1_000;

/**
 * Limits of many holders over several gateways. Each gateway gives away a small part of a limit without asking; who asks
 * more is given shares, which the gateway takes ahead from the keeper. So most reads cost nothing, and all gateways together give
 * at most 1.2 times a limit in its window. Exact charges are asked for one by one. Where the keeper doesn't answer, each
 * gateway gives its equal part.
 */
export class Allowances {
  readonly #entries = new Map<string, Entry>();
  readonly #keeper: Keeper | undefined;
  readonly #now: () => number;
  readonly #heard: (standing: Standing, now: number) => void;
  #gateways: number | undefined;
  /** When the keeper was heard last, and until when it isn't asked since it failed. */
  #heardAt = Number.NEGATIVE_INFINITY;
  #downUntil = Number.NEGATIVE_INFINITY;
  #hearing: Promise<void> | undefined;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(given: {
    /** None: this gateway is alone. */
    readonly keeper?: Keeper | undefined;
    /** Milliseconds of a clock that never goes back. */
    readonly now: () => number;
    readonly heard?: (standing: Standing, now: number) => void;
  }) {
    this.#keeper = given.keeper;
    this.#now = given.now;
    this.#heard = given.heard ?? (() => undefined);
  }

  /** How many holders are known apart. */
  get size(): number {
    return this.#entries.size;
  }

  /** Hears the keeper where that is due. */
  async hear(): Promise<void> {
    const now = this.#now();
    if (now < this.#downUntil || now - this.#heardAt < heartbeatMs) return;
    this.#hearing ??= this.#take([])
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        this.#hearing = undefined;
      });
    await this.#hearing;
  }

  /** Charges all tiers, or none. Shares of what lacks are waited for, a moment. */
  async charge(tiers: readonly Tier[], amount: number): Promise<Outcome> {
    if (this.#keeper) void this.hear();
    const held = this.#hold(tiers);
    for (let attempt = 0; ; attempt += 1) {
      const now = this.#now();
      let refusedMs = 0;
      const lacking: { tier: Tier; entry: Entry; cost: number }[] = [];
      for (const { tier, entry } of held) {
        const cost = Math.min(amount, tier.limit);
        if (entry.window.used(now) + cost > tier.limit)
          refusedMs = Math.max(refusedMs, entry.window.waitFor(tier.limit - cost, now));
        else if (!this.#isCovered(tier, entry, cost, now)) lacking.push({ tier, entry, cost });
      }
      if (refusedMs > 0) return { retryAfterMs: refusedMs };
      if (lacking.length === 0) {
        for (const { tier, entry } of held) this.#use(tier, entry, Math.min(amount, tier.limit), now);
        return { retryAfterMs: null };
      }
      const refused = Math.max(...lacking.map(({ entry }) => entry.refusedUntil - now));
      // A share may be taken from under one who waited for it, by others who did.
      if (refused > 0 || attempt === 3) return { retryAfterMs: Math.max(1, refused) };
      await Promise.all(lacking.map(({ tier, entry, cost }) => this.#moreFor(tier, entry, cost)));
    }
  }

  /** Charges all tiers at the keeper, or none: exactly, over all gateways and restarts. Without a keeper it is counted here. */
  async chargeExactly(tiers: readonly Tier[], amount: number): Promise<Outcome> {
    const held = this.#hold(tiers);
    const now = this.#now();
    for (const { tier, entry } of held) {
      const cost = Math.min(amount, tier.limit);
      // What the keeper refused it refuses again until then: it isn't asked.
      if (entry.refusedUntil > now && cost >= entry.refusedAmount) return { retryAfterMs: entry.refusedUntil - now };
      if (entry.window.used(now) + cost > tier.limit)
        return { retryAfterMs: Math.max(1, entry.window.waitFor(tier.limit - cost, now)) };
    }
    // Counted before it is asked for: what comes at the same time sees it.
    for (const { tier, entry } of held) entry.window.add(Math.min(amount, tier.limit), now);
    if (!this.#keeper || now < this.#downUntil) return { retryAfterMs: null };
    const most = Math.min(...held.map(({ tier }) => tier.limit));
    const demand = { amount: Math.min(amount, most), share: false, tiers: held.map(({ tier }) => kept(tier)) };
    const taken = await this.#take([demand]).catch(() => undefined);
    const verdict = taken?.[0];
    if (!verdict || verdict.granted > 0) return { retryAfterMs: null };
    const retryAfterMs = Math.max(1, verdict.retryAfterMs ?? heartbeatMs);
    for (const { tier, entry } of held) entry.window.add(-Math.min(amount, tier.limit), this.#now());
    // It isn't known which of them had no more, so it is the narrowest that isn't asked again.
    const [narrowest] = held;
    if (narrowest) {
      narrowest.entry.refusedUntil = this.#now() + retryAfterMs;
      narrowest.entry.refusedAmount = Math.min(amount, narrowest.tier.limit);
    }
    return { retryAfterMs };
  }

  /** Gives back what was charged exactly. */
  giveBack(tiers: readonly Tier[], amount: number): void {
    const now = this.#now();
    const held = this.#hold(tiers);
    for (const { tier, entry } of held) entry.window.add(-Math.min(amount, tier.limit), now);
    if (this.#keeper && now >= this.#downUntil)
      void this.#take([{ amount: -amount, share: false, tiers: held.map(({ tier }) => kept(tier)) }]).catch(
        () => undefined,
      );
  }

  /** Whether nothing is left of one of the limits, as known here. */
  isUsedUp(tiers: readonly Tier[]): number | null {
    const now = this.#now();
    for (const tier of tiers) {
      const entry = this.#entries.get(nameOf(tier));
      if (!entry) continue;
      if (entry.refusedUntil > now) return entry.refusedUntil - now;
      if (entry.window.used(now) >= tier.limit) return entry.window.waitFor(tier.limit - 1, now);
    }
    return null;
  }

  left(tier: Tier): Left {
    const now = this.#now();
    const entry = this.#entries.get(nameOf(tier));
    if (!entry) return { remaining: tier.limit, resetMs: tier.windowMs };
    const used = entry.window.used(now);
    const isRefused = entry.refusedUntil > now;
    return {
      remaining: isRefused ? 0 : Math.max(0, tier.limit - used),
      resetMs: isRefused ? entry.refusedUntil - now : used > 0 ? entry.window.waitFor(used - 1, now) : tier.windowMs,
    };
  }

  /** What a gateway may give away of a limit without having taken it. */
  #unaskedOf({ limit }: Tier): number {
    // One more may have come that wasn't heard of.
    return this.#keeper ? Math.floor((unasked * limit) / ((this.#gateways ?? presumedGateways) + 1)) : limit;
  }

  #isCovered(tier: Tier, entry: Entry, cost: number, now: number): boolean {
    const { share } = entry;
    const used = entry.window.used(now);
    if (used - (share?.used.used(now) ?? 0) + cost <= this.#unaskedOf(tier)) return true;
    if (share !== undefined && share.until > now && share.left >= cost) return true;
    // Nobody is refused since nobody could be asked: each gateway gives its equal part.
    const part = ((1 + unasked) * tier.limit) / (this.#gateways ?? presumedGateways);
    return now < this.#downUntil && used + cost <= part;
  }

  #use(tier: Tier, entry: Entry, cost: number, now: number): void {
    const { share } = entry;
    const uncovered = entry.window.used(now) - (share?.used.used(now) ?? 0);
    const free = this.#unaskedOf(tier);
    entry.window.add(cost, now);
    if (share && share.until > now && share.left >= cost) {
      share.left -= cost;
      share.used.add(cost, now);
    }
    // Ahead, so that nobody waits for it.
    const isLow = uncovered + cost > free / 2 && (share === undefined || share.until <= now || share.left < cost);
    if (isLow && this.#keeper && now >= this.#downUntil && entry.refusedUntil <= now)
      void this.#moreFor(tier, entry, 0);
  }

  /** Waits for a share of a limit. */
  async #moreFor(tier: Tier, entry: Entry, cost: number): Promise<void> {
    entry.wanted += cost;
    entry.taking ??= this.#takeShare(tier, entry).finally(() => {
      entry.taking = undefined;
    });
    // The keeper answers, or fails, within its own time.
    await entry.taking;
  }

  async #takeShare(tier: Tier, entry: Entry): Promise<void> {
    // What is asked for at the same time goes along.
    await Promise.resolve();
    const asked = this.#now();
    const { share } = entry;
    const amount = Math.min(tier.limit, Math.max(1, entry.wanted + entry.window.recent(asked)));
    entry.wanted = 0;
    const over = share && share.until <= asked ? share.left : 0;
    if (share && over > 0) share.left = 0;
    const tiers = [kept(tier)];
    const demands = [...(over > 0 ? [{ amount: -over, share: true, tiers }] : []), { amount, share: true, tiers }];
    const verdict = (await this.#take(demands).catch(() => undefined))?.at(-1);
    if (!verdict) return;
    if (verdict.granted < amount) {
      entry.refusedUntil = verdict.granted === 0 ? this.#now() + Math.max(1, verdict.retryAfterMs ?? 1) : 0;
      if (verdict.granted === 0) return;
    }
    const now = this.#now();
    const known = entry.share;
    // What is added to a share ends with it.
    if (!known) entry.share = { left: verdict.granted, until: asked + shareMs, used: new MovingWindow(tier.windowMs) };
    else if (known.left > 0 && known.until > now) known.left += verdict.granted;
    else Object.assign(known, { left: verdict.granted, until: asked + shareMs });
  }

  async #take(demands: readonly Demand[]) {
    if (!this.#keeper) throw new Error('no keeper');
    try {
      const { verdicts, standing } = await this.#keeper.take(demands);
      const now = this.#now();
      this.#heardAt = now;
      this.#downUntil = Number.NEGATIVE_INFINITY;
      this.#gateways = Math.max(1, standing.gateways);
      this.#heard(standing, now);
      return verdicts;
    } catch (error) {
      this.#downUntil = this.#now() + leaveAloneMs;
      throw error;
    }
  }

  #hold(tiers: readonly Tier[]): { tier: Tier; entry: Entry }[] {
    return tiers.flatMap((wanted) => {
      for (let tier: Tier | undefined = wanted; tier; tier = tier.coarser) {
        const entry = this.#entryOf(tier);
        if (entry) return [{ tier, entry }];
      }
      return [];
    });
  }

  /** What is known of a holder; undefined where no more are known apart. */
  #entryOf(tier: Tier): Entry | undefined {
    const name = nameOf(tier);
    const known = this.#entries.get(name);
    if (known) return known;
    const isCoarse = tier.coarser === undefined;
    if (this.#entries.size >= holdersAtMost) {
      this.#sweep();
      if (!tier.isHub && this.#entries.size >= holdersAtMost + (isCoarse ? coarseAtMost : 0)) return undefined;
    }
    const made: Entry = {
      window: new MovingWindow(tier.windowMs),
      share: undefined,
      taking: undefined,
      wanted: 0,
      refusedUntil: 0,
      refusedAmount: 0,
    };
    this.#entries.set(name, made);
    return made;
  }

  /** Forgets of whom nothing is counted any more. */
  #sweep(): void {
    const now = this.#now();
    if (now - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = now;
    for (const [name, { window, refusedUntil, taking, share }] of this.#entries)
      if (window.used(now) === 0 && refusedUntil <= now && !taking && (share?.left ?? 0) === 0)
        this.#entries.delete(name);
  }
}

const nameOf = ({ kind, holder }: Tier): string => `${kind} ${holder}`;
const kept = ({ kind, holder, limit, windowMs }: Tier): KeptTier => ({ kind, holder, limit, windowMs });
