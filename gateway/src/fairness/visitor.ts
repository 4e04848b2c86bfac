import { type Actor, receiptHash, subjectOf } from '@hub/access';
import { HubError } from '@hub/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { whenClosed } from '../http/when-closed.ts';
import type { Tier } from './allowances.ts';
import type { Counting } from './counting.ts';
import type { Kind } from './limits.ts';
import type { Place } from './place.ts';

/** A refusal for the number of requests; its answer says when to come again. */
export class TooManyRequests extends HubError {
  constructor() {
    super('TOO_MANY_REQUESTS');
    this.name = 'TooManyRequests';
  }
}

/** What is charged before it is known whether it is to be: it can be given back. */
export interface Deposit {
  /** How many of the tries were wrong: those are charged, and no others. */
  settle(wrong: number): void;
}

const hubSide = { PUBLIC: 'hub public', AGENCY: 'hub agencies' } as const;

/** Who sends one request, as far as it is known: from where, and later as whom. What they do is charged to them. */
export class Visitor {
  readonly #counting: Counting;
  readonly #request: FastifyRequest;
  readonly #reply: FastifyReply;
  readonly #place: Place;
  /** What the request is, before it is known what it asks for. */
  readonly #kind: Kind;
  #actor: Actor | undefined;
  /** What the answer tells of limits, by kind. */
  readonly #told = new Map<Kind, { readonly tier: Tier; readonly refusedMs: number | null }>();
  readonly #left = new AbortController();

  constructor(given: { counting: Counting; request: FastifyRequest; reply: FastifyReply; place: Place; kind: Kind }) {
    this.#counting = given.counting;
    this.#request = given.request;
    this.#reply = given.reply;
    this.#place = given.place;
    this.#kind = given.kind;
    whenClosed(given.reply.raw, () => this.#left.abort());
  }

  /** What they are counted by: nothing that tells who or where they are. */
  get holder(): string {
    const actor = this.#actor;
    return this.#counting.holderOf(actor && actor.kind !== 'PUBLIC' ? subjectOf(actor) : this.#place.address);
  }

  /** Names under the key of the day, for the log: of where they are, and of who. */
  marks(actor: Actor | undefined): { readonly address: string | undefined; readonly subject: string | undefined } {
    const markOf = (text: string) => this.#counting.holdersOf(text)[0]?.holder;
    return {
      address: markOf(this.#place.address),
      subject: actor && actor.kind !== 'PUBLIC' ? markOf(subjectOf(actor)) : undefined,
    };
  }

  /** A request without a token has arrived: it is one of its address. @throws TooManyRequests */
  async arrived(): Promise<void> {
    await this.charge(this.#kind, 1);
    await this.#enter(this.#place.address);
  }

  /** The one who sends it is found to be somebody. @throws TooManyRequests */
  async identified(actor: Actor): Promise<void> {
    if (this.#actor) return;
    this.#actor = actor;
    if (actor.kind === 'PUBLIC') {
      if (actor.receipt !== undefined) await this.#tries(actor.receipt);
      return;
    }
    await this.charge(this.#kind, 1);
    await this.#enter(subjectOf(actor));
  }

  /** Its token was refused. @throws TooManyRequests where too many of its address were */
  async tokenRefused(): Promise<void> {
    await this.#counting.ready();
    await this.#charge('sign-in', 1, this.#tiersOfPlace('sign-in', 'hub public'));
  }

  /** Whether so many tokens of its address were refused that no more are looked at for which others have to be asked. */
  assertMaySignIn(): void {
    const waitMs = this.#counting.allowances.isUsedUp(this.#tiersOfPlace('sign-in', 'hub public'));
    if (waitMs !== null) this.#refuse('sign-in', waitMs);
  }

  /** Charges something that is done to whoever does it. @throws TooManyRequests */
  async charge(kind: Kind, amount: number): Promise<void> {
    if (amount <= 0) return;
    const actor = this.#actor;
    // An agency's reads are limited by its agreement.
    if (actor?.kind === 'AGENCY') return;
    await this.#counting.ready();
    const tiers =
      actor === undefined || actor.kind === 'PUBLIC'
        ? this.#tiersOfPlace(kind, hubSide.PUBLIC)
        : this.#tiersOfActor(kind, subjectOf(actor));
    await this.#charge(kind, amount, tiers);
  }

  /** Charges a try of a code before it is known whether it is right. @throws TooManyRequests */
  async tryCode(amount = 1): Promise<Deposit> {
    const actor = this.#actor;
    await this.#counting.ready();
    const tiers =
      actor === undefined || actor.kind === 'PUBLIC'
        ? this.#tiersOfPlace('code', hubSide.PUBLIC)
        : this.#tiersOfActor('code', subjectOf(actor));
    await this.#charge('code', amount, tiers);
    const { allowances } = this.#counting;
    return {
      settle(wrong) {
        if (wrong < amount) allowances.giveBack(tiers, amount - wrong);
        // One operation may try many: one by one, so that they count up to the limit.
        for (let more = amount; more < wrong; more += 1) void allowances.chargeExactly(tiers, 1);
      },
    };
  }

  /**
   * Tries a code that was good before, or wasn't: who is known by it is charged nothing.
   * @throws TooManyRequests
   */
  async tryKnownCode(code: string): Promise<{ isGood(): void; isWrong(): Promise<void> }> {
    const { known } = this.#counting;
    // For once: if it is good no more, the answer is the one that a guess gets, and so is what is charged.
    if (known.has(code)) return { isGood: () => undefined, isWrong: () => this.#tried(code) };
    const deposit = await this.tryCode();
    return {
      isGood() {
        known.add(code);
        deposit.settle(0);
      },
      isWrong: () => Promise.resolve(),
    };
  }

  async #tried(code: string): Promise<void> {
    this.#counting.known.delete(code);
    await this.tryCode();
  }

  /** A stream, or a poll that waits, of the public begins. @throws HubError TOO_MANY_STREAMS @returns what ends it */
  openStream(): () => void {
    const { streams, ceilings } = this.#counting;
    const { address, network } = this.#place;
    const wanted: [string, number][] = [[address, ceilings.streams]];
    if (network !== undefined) wanted.push([network, ceilings.streams * 4]);
    const names = wanted.map(([text, maximum]): [string, number] => [this.#counting.holderOf(text), maximum]);
    for (const [name, maximum] of names)
      if ((streams.get(name) ?? 0) >= maximum) {
        this.#reply.header('retry-after', 10);
        throw new HubError('TOO_MANY_STREAMS', { maximum });
      }
    const count = (by: number) => {
      for (const [name] of names) {
        const open = (streams.get(name) ?? 0) + by;
        if (open > 0) streams.set(name, open);
        else streams.delete(name);
      }
    };
    count(1);
    return () => count(-1);
  }

  /** A receipt costs a try where it comes for the first time: nobody can tell a wrong one from one under which nothing may be seen. */
  async #tries(hash: string): Promise<void> {
    const { known } = this.#counting;
    const code = receiptHash(`${this.#place.address} ${hash}`);
    if (known.has(code)) return;
    await this.tryCode();
    known.add(code);
  }

  /** Its turn among those of the same sender; streams have a limit of their own. */
  async #enter(name: string): Promise<void> {
    if (this.#kind === 'open') return;
    const { inFlight, ceilings, turns } = this.#counting;
    const holder = this.#counting.holderOf(name);
    if (turns.isTooMuch(holder)) throw new HubError('TOO_BUSY');
    const leave = await inFlight.enter(holder, ceilings.requests, this.#left.signal);
    if (!leave) this.#refuse('read', 1000);
    whenClosed(this.#reply.raw, leave);
  }

  async #charge(kind: Kind, amount: number, tiers: readonly Tier[]): Promise<void> {
    const { allowances, rules } = this.#counting;
    const outcome = await (rules[kind].exact
      ? allowances.chargeExactly(tiers, amount)
      : allowances.charge(tiers, amount));
    const [narrowest] = tiers;
    if (narrowest) this.#told.set(kind, { tier: narrowest, refusedMs: outcome.retryAfterMs });
    if (outcome.retryAfterMs !== null) this.#refuse(kind, outcome.retryAfterMs);
    this.#tell();
  }

  #refuse(kind: Kind, waitMs: number): never {
    const told = this.#told.get(kind);
    if (told) this.#told.set(kind, { ...told, refusedMs: waitMs });
    this.#tell();
    this.#reply.header('retry-after', secondsOf(waitMs));
    this.#request.log.info({ kind }, 'too many');
    throw new TooManyRequests();
  }

  /** As draft-ietf-httpapi-ratelimit-headers has it. */
  #tell(): void {
    const { allowances } = this.#counting;
    const policies: string[] = [];
    const limits: string[] = [];
    for (const [kind, { tier, refusedMs }] of this.#told) {
      const { remaining, resetMs } = allowances.left(tier);
      policies.push(`"${kind}";q=${tier.limit};w=${tier.windowMs / 1000}`);
      limits.push(`"${kind}";r=${refusedMs === null ? remaining : 0};t=${secondsOf(refusedMs ?? resetMs)}`);
    }
    if (policies.length === 0) return;
    this.#reply.header('ratelimit-policy', policies.join(', '));
    this.#reply.header('ratelimit', limits.join(', '));
  }

  #tiersOfPlace(kind: Kind, hub: string): Tier[] {
    const { address, network } = this.#place;
    return [
      ...this.#tiersOf(kind, 'address', address),
      ...(network === undefined ? [] : this.#tiersOf(kind, 'network', network)),
      this.#ofHub(kind, hub),
    ];
  }

  #tiersOfActor(kind: Kind, subject: string): Tier[] {
    return [...this.#tiersOf(kind, 'actor', subject), this.#ofHub(kind, 'hub signed in')];
  }

  /** One tier under each key that whoever is counted is hashed by. */
  #tiersOf(kind: Kind, width: 'address' | 'actor' | 'network', text: string): Tier[] {
    const { windowMs, limitOf } = this.#counting.rules[kind];
    const ranges = this.#counting.holdersOf(this.#place.range);
    return this.#counting.holdersOf(text).map((named, at) => {
      const range = ranges[at] ?? { holder: '' };
      const coarser = { ...range, kind, limit: limitOf('range'), windowMs };
      return { ...named, kind, limit: limitOf(width), windowMs, coarser };
    });
  }

  #ofHub(kind: Kind, holder: string): Tier {
    const { windowMs, limitOf } = this.#counting.rules[kind];
    return { kind, holder, limit: limitOf('hub'), windowMs, isHub: true };
  }
}

const secondsOf = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1000));
