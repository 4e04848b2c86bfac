import type { Demand, Keeper, KeptTier, Standing } from './keeper.ts';
import { MovingWindow } from './window.ts';

/** A limit of one holder, and what is counted in its place where no more holders are known apart. */
export interface Tier extends KeptTier {
  /** As whom this gateway counted the same holder before it knew the key that all share. */
  readonly formerly?: string | undefined;
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
}

interface Entry {
  tier: KeptTier;
  /** All that was given, and of that what was given without asking, and what couldn't be asked for and is still to be taken. */
  readonly window: MovingWindow;
  readonly unasked: MovingWindow;
  readonly owed: MovingWindow;
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
/** Of a limit, the least that is taken ahead: the keeper isn't asked for a few at a time. */
const leastShare = 0.05;
/** How often the keeper hears of a gateway that answers; it forgets one after three of them. */
const heartbeatMs = 10_000;
/** How long a keeper that doesn't answer is left alone. */
const leaveAloneMs = 2_000;
/** And for how long after that shares aren't taken: the other gateways first take what they gave. */
const settlingMs = 4_000;
/** As long as nothing was heard, there may be another gateway. */
const presumedGateways = 2;
/** How many holders' debts go along with one question. */
const debtsAtOnce = 200;

const sweepEveryMs = 1_000;

/**
 * Limits of many holders over several gateways. Each gateway gives away a small part of a limit without asking; who asks
 * more is given shares, which the gateway takes ahead from the keeper. So most reads cost nothing, and all gateways together give
 * at most 1.2 times a limit in its window. Exact charges are asked for one by one. Where the keeper doesn't answer, each
 * gateway gives its equal part, and takes that from the keeper before anything else once it answers.
 */
export class Allowances {
  readonly #entries = new Map<string, Entry>();
  readonly #keeper: Keeper | undefined;
  readonly #now: () => number;
  readonly #heard: (standing: Standing, now: number) => void;
  #gateways: number | undefined;
  /** Who was given what couldn't be asked for. */
  readonly #owing = new Set<Entry>();
  /** From when the keeper is to hear of this gateway again, and until when it isn't asked since it failed. */
  #hearAt = Number.NEGATIVE_INFINITY;
  #downUntil = Number.NEGATIVE_INFINITY;
  /** Until when equal parts are given in place of shares. */
  #partsUntil = Number.NEGATIVE_INFINITY;
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

  /** Hears the keeper where that is due. That it doesn't answer widens nothing: nobody waited for it. */
  async hear(): Promise<void> {
    const now = this.#now();
    if (!this.#keeper || now < this.#downUntil || now < this.#hearAt) return;
    this.#hearAt = now + leaveAloneMs;
    this.#hearing = this.#ask([])
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        this.#hearing = undefined;
      });
    await this.#hearing;
  }

  /** Waits until the keeper has been heard, or counts as down. */
  async heardOnce(): Promise<void> {
    await this.#hearing;
    if (this.#gateways !== undefined || this.#now() < this.#downUntil) return;
    await this.#take([]).catch(() => undefined);
  }

  /** Charges all tiers, or none. Shares of what lacks are waited for, a moment. */
  async charge(tiers: readonly Tier[], amount: number): Promise<Outcome> {
    void this.hear();
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
      if (now < this.#partsUntil && now >= this.#downUntil) return { retryAfterMs: this.#partsUntil - now };
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
    if (!this.#keeper) return { retryAfterMs: null };
    const owe = () => {
      for (const { tier, entry } of held) this.#owe(tier, entry, Math.min(amount, tier.limit));
      return { retryAfterMs: null };
    };
    if (now < this.#downUntil) return owe();
    const most = Math.min(...held.map(({ tier }) => tier.limit));
    const demand = { amount: Math.min(amount, most), share: false, tiers: held.map(({ tier }) => kept(tier)) };
    const taken = await this.#take([demand]).catch(() => undefined);
    const verdict = taken?.[0];
    if (!verdict) return owe();
    if (verdict.granted > 0) return { retryAfterMs: null };
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
    for (const { tier, entry } of held) {
      entry.window.add(-Math.min(amount, tier.limit), now);
      if (now < this.#downUntil) entry.owed.add(-Math.min(amount, tier.limit), now);
    }
    if (this.#keeper && now >= this.#downUntil)
      void this.#take([{ amount: -amount, share: false, tiers: held.map(({ tier }) => kept(tier)) }]).catch(
        () => undefined,
      );
  }

  /** Whether nothing is left of one of the limits, as known here. */
  isUsedUp(tiers: readonly Tier[]): number | null {
    const now = this.#now();
    for (const tier of tiers) {
      const entry = this.#known(tier);
      if (!entry) continue;
      if (entry.refusedUntil > now) return entry.refusedUntil - now;
      if (entry.window.used(now) >= tier.limit) return entry.window.waitFor(tier.limit - 1, now);
    }
    return null;
  }

  left(tier: Tier): Left {
    const now = this.#now();
    const entry = this.#known(tier);
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
    return this.#keeper ? Math.floor((unasked * limit) / (Math.max(presumedGateways, this.#gateways ?? 0) + 1)) : limit;
  }

  #isCovered(tier: Tier, entry: Entry, cost: number, now: number): boolean {
    if (this.#isUnasked(tier, entry, cost, now) || isShared(entry, cost, now)) return true;
    // Nobody is refused since nobody could be asked: each gateway gives its equal part, less one that may be given as the
    // keeper comes back and hasn't been told of the part yet.
    const part = Math.floor(((1 + unasked) * tier.limit) / (this.#gateways ?? presumedGateways)) - 1;
    return now < this.#partsUntil && entry.window.used(now) + cost <= part;
  }

  #isUnasked(tier: Tier, entry: Entry, cost: number, now: number): boolean {
    return entry.unasked.used(now) + cost <= this.#unaskedOf(tier);
  }

  #use(tier: Tier, entry: Entry, cost: number, now: number): void {
    entry.window.add(cost, now);
    if (entry.share && isShared(entry, cost, now)) entry.share.left -= cost;
    else if (this.#isUnasked(tier, entry, cost, now)) entry.unasked.add(cost, now);
    else this.#owe(tier, entry, cost);
    // Ahead, so that nobody waits for it.
    const isLow = entry.unasked.used(now) > this.#unaskedOf(tier) / 2 && !isShared(entry, cost, now);
    if (isLow && this.#keeper && now >= this.#partsUntil && entry.refusedUntil <= now)
      void this.#moreFor(tier, entry, 0);
  }

  #owe({ isHub }: Tier, entry: Entry, amount: number): void {
    entry.owed.add(amount, this.#now());
    // The keeper doesn't know by what this gateway names anybody before it is heard: it is owed as the name is known.
    if (this.#gateways !== undefined || isHub) this.#owing.add(entry);
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
    const ahead = Math.max(entry.window.recent(asked), Math.floor(leastShare * tier.limit));
    const amount = Math.min(tier.limit, Math.max(1, entry.wanted + ahead));
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
    if (known && known.left > 0 && known.until > now) known.left += verdict.granted;
    else entry.share = { left: verdict.granted, until: asked + shareMs };
  }

  /** Takes what somebody waits for: a keeper that doesn't answer is left alone then. */
  async #take(demands: readonly Demand[]) {
    try {
      return await this.#ask(demands);
    } catch (error) {
      this.#downUntil = this.#now() + leaveAloneMs;
      this.#partsUntil = this.#downUntil + settlingMs;
      throw error;
    }
  }

  /** Debts go first: of what was given while the keeper didn't answer, nobody is to be given the same again. */
  async #ask(demands: readonly Demand[]) {
    if (!this.#keeper) throw new Error('no keeper');
    const asked = this.#now();
    const debts = [...this.#owing].slice(0, debtsAtOnce).map((entry) => {
      this.#owing.delete(entry);
      return { entry, amount: Math.min(entry.owed.used(asked), entry.tier.limit) };
    });
    const owed = debts.filter(({ amount }) => amount > 0);
    const repaid = owed.map(({ entry, amount }) => ({ amount, share: true, tiers: [entry.tier] }));
    try {
      const { verdicts, standing } = await this.#keeper.take([...repaid, ...demands]);
      const now = this.#now();
      // More than was left isn't owed: until some is left again, all of the debt has had its time.
      for (const { entry, amount } of owed) entry.owed.add(-amount, now);
      this.#hearAt = now + heartbeatMs;
      this.#downUntil = Number.NEGATIVE_INFINITY;
      this.#gateways = Math.max(1, standing.gateways);
      this.#heard(standing, now);
      return verdicts.slice(owed.length);
    } catch (error) {
      for (const { entry } of owed) this.#owing.add(entry);
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

  #known(tier: Tier): Entry | undefined {
    const known = this.#entries.get(nameOf(tier));
    if (known || tier.formerly === undefined) return known;
    const formerly = nameOf({ ...tier, holder: tier.formerly });
    const renamed = this.#entries.get(formerly);
    if (!renamed) return undefined;
    this.#entries.delete(formerly);
    this.#entries.set(nameOf(tier), renamed);
    renamed.tier = kept(tier);
    renamed.share = undefined;
    if (renamed.owed.used(this.#now()) > 0) {
      this.#owing.add(renamed);
      this.#hearAt = Number.NEGATIVE_INFINITY;
      void this.hear();
    }
    return renamed;
  }

  /** What is known of a holder; undefined where no more are known apart. */
  #entryOf(tier: Tier): Entry | undefined {
    const known = this.#known(tier);
    if (known) return known;
    const isCoarse = tier.coarser === undefined;
    if (this.#entries.size >= holdersAtMost) {
      this.#sweep();
      if (!tier.isHub && this.#entries.size >= holdersAtMost + (isCoarse ? coarseAtMost : 0)) return undefined;
    }
    const made: Entry = {
      tier: kept(tier),
      window: new MovingWindow(tier.windowMs),
      unasked: new MovingWindow(tier.windowMs),
      owed: new MovingWindow(tier.windowMs),
      share: undefined,
      taking: undefined,
      wanted: 0,
      refusedUntil: 0,
      refusedAmount: 0,
    };
    this.#entries.set(nameOf(tier), made);
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
/** Whether a share covers it. */
const isShared = ({ share }: Entry, cost: number, now: number): boolean =>
  share !== undefined && share.until > now && share.left >= cost;
