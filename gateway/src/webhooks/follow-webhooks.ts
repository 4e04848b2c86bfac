import { randomUUID } from 'node:crypto';
import type { Actor } from '@hub/access';
import type { Agencies } from '../agencies/agencies.ts';
import type { ChangeCursors } from '../followers/change-cursors.ts';
import { changeSources, followChanges } from '../followers/changes.ts';
import { asFollower, type Follower, secondsSince } from '../followers/follow-sources.ts';
import type { Transport } from '../subgraphs.ts';
import { subgraphsWith } from '../supergraph.ts';
import type { Resolve } from './address.ts';
import { backOff, retryIn } from './back-off.ts';
import { type ClaimedWebhook, Gatherer } from './gather.ts';
import type { ClaimedMessage, Sent } from './send.ts';

const keeper = 'cooperation';
const actor: Actor = { kind: 'FEED', subject: 'webhooks' };

const operations = {
  claim: `mutation ($gateway: String!, $messages: Int!, $lease: Int!) {
    claimWebhooks(gateway: $gateway, messages: $messages, lease: $lease) {
      webhooks { id url agency agreement version types cursor started }
      messages { id url body attempt secrets }
    }
  }`,
  queue: 'mutation ($input: QueueWebhookMessageInput!) { done: queueWebhookMessage(input: $input) }',
  backlog: 'query { webhookBacklog { due later oldestSeconds } }',
  settle: 'mutation ($input: SettleWebhookMessageInput!) { done: settleWebhookMessage(input: $input) }',
  halt: 'mutation ($webhook: ID!, $reason: WebhookPauseReason!) { done: haltWebhook(webhook: $webhook, reason: $reason) }',
};

/** Tells webhooks. */
export interface Webhooks extends Follower {
  /** Messages that are on their way. */
  readonly sending: number;
  /** What waits, whichever gateway sends it; nothing where that can't be told. However often it is asked for, it is counted every few seconds. */
  backlog(): Promise<WebhookBacklog | undefined>;
}

export interface WebhookBacklog {
  /** Messages whose time has come. */
  readonly due: number;
  /** Those that are being sent, or are tried again later. */
  readonly later: number;
  /** How long the oldest of them has waited. */
  readonly oldestSeconds: number | null;
}

/** How webhooks are told. */
export interface WebhookOptions {
  /** `host:port` of those that may lie inside the hub's own network and be spoken to over http. */
  readonly hosts?: readonly string[];
  /** What differs from a hub that runs for years. */
  readonly pace?: Partial<typeof usualPace>;
  /** How names are resolved. */
  readonly resolve?: Resolve;
}

const usualPace = {
  /** How often it is looked what there is to do. */
  pollMs: 1_000,
  /** How long changes are gathered after a message before they are the next one. */
  gatherMs: 5_000,
  /** How long an answer may take, connecting and all. */
  answerMs: 15_000,
  /** How long what a gateway took is its own: longer than an answer takes. */
  leaseSeconds: 30,
  backOff,
};
/** The longest that a subgraph that fails is left alone. */
const longestMs = 10_000;
/** For so long a count of what waits is good. */
const countedMs = 5_000;
/** Messages that a gateway sends at the same time. */
const mostAtOnce = 20;

/**
 * Tells webhooks what changes. How far each was told stands in the database, and so does who tells it: any number of gateways
 * may do this, and what one of them leaves another takes over.
 */
export function followWebhooks(options: {
  readonly supergraph: string;
  readonly transport: Transport;
  readonly timeoutMs: number;
  readonly agencies: Pick<Agencies, 'followWebhook'>;
  readonly webhooks: WebhookOptions;
  /** They could be told before and can't be now. */
  readonly cursors: ChangeCursors;
  readonly lost: () => void;
}): Webhooks | null {
  const { supergraph, transport, timeoutMs, agencies, cursors, lost } = options;
  if (!subgraphsWith(supergraph, 'Mutation', 'claimWebhooks').includes(keeper)) return null;
  const { hosts = [], resolve } = options.webhooks;
  const pace = { ...usualPace, ...options.webhooks.pace };
  const gateway = randomUUID();
  const ask = asFollower({ transport, timeoutMs, actor });
  const over = new AbortController();
  const sending = new Set<Promise<void>>();
  let lookedAt = performance.now();
  let wake: () => void = () => undefined;
  let following: { readonly gatherer: Gatherer; stop(): void } | undefined;

  const claim = async (messages: number, lease: number) =>
    (
      await ask<{
        claimWebhooks: { webhooks: readonly ClaimedWebhook[]; messages: readonly ClaimedMessage[] };
      }>(keeper, operations.claim, { gateway, messages, lease })
    ).claimWebhooks;

  /** What follows changes while there are webhooks. */
  function begin() {
    const { sources, types } = changeSources(supergraph);
    const follower = followChanges({
      sources,
      transport,
      timeoutMs,
      cursors,
      lost: () => undefined,
      pollMs: pace.pollMs,
    });
    const listening = follower.listen({ told: () => undefined, reset: () => gatherer.reset() });
    const gatherer = new Gatherer({
      follower,
      agencies,
      types,
      gatherMs: pace.gatherMs,
      keep: async (gathered) =>
        (await ask<{ done: boolean }>(keeper, operations.queue, { input: { gateway, ...gathered } })).done,
      halt: (webhook, reason) => ask(keeper, operations.halt, { webhook, reason }),
      wake: () => wake(),
    });
    return {
      gatherer,
      stop() {
        listening.stop();
        follower.stop();
      },
    };
  }

  async function deliver(message: ClaimedMessage): Promise<void> {
    // What signs and what knows addresses is loaded by the first message: most hubs start without one.
    const { send } = await import('./send.ts');
    const sent = await send(message, { hosts, resolve, answerMs: pace.answerMs }, over.signal);
    const input = { message: message.id, attempt: message.attempt, ...outcomeOf(sent, message.attempt) };
    await ask(keeper, operations.settle, { input });
  }
  function outcomeOf(sent: Sent, attempt: number) {
    if (!sent) return { outcome: 'RELEASED' };
    if (sent.delivered) return { outcome: 'DELIVERED' };
    return { outcome: 'FAILED', error: sent.error, retryIn: retryIn(attempt, sent.retryAfterMs, pace.backOff) };
  }

  /** @returns whether there may be more to do at once */
  async function turn(): Promise<boolean> {
    const { webhooks, messages } = await claim(mostAtOnce - sending.size, pace.leaseSeconds);
    for (const message of messages) {
      const one = deliver(message)
        // Whoever doesn't hear what came of it sends it again, once the lease is over.
        .catch(() => undefined)
        .finally(() => {
          sending.delete(one);
          wake();
        });
      sending.add(one);
    }
    if (webhooks.length === 0) {
      following?.stop();
      following = undefined;
      return false;
    }
    following ??= begin();
    const { gatherer } = following;
    gatherer.retain(new Set(webhooks.map(({ id }) => id)));
    const made = await Promise.all(webhooks.map((hook) => gatherer.gather(hook)));
    return made.includes(true);
  }

  async function run(): Promise<void> {
    let failures = 0;
    let isBusy = false;
    while (!over.signal.aborted) {
      if (!isBusy) await sleep(Math.min(longestMs, pace.pollMs * 2 ** failures));
      if (over.signal.aborted) break;
      try {
        isBusy = await turn();
        failures = 0;
        lookedAt = performance.now();
      } catch {
        failures += 1;
        isBusy = false;
        if (failures === 1 && !over.signal.aborted) lost();
      }
    }
  }
  async function sleep(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  const isCounted = subgraphsWith(supergraph, 'Query', 'webhookBacklog').includes(keeper);
  let counted: { readonly at: number; readonly backlog: Promise<WebhookBacklog | undefined> } | undefined;
  const count = async () =>
    (await ask<{ webhookBacklog: WebhookBacklog | null }>(keeper, operations.backlog, {})).webhookBacklog ?? undefined;

  const running = run();
  return {
    // It looks often enough: a hub where much happens isn't to ask more often for that.
    nudge: () => undefined,
    get sending() {
      return sending.size;
    },
    backlog() {
      const now = performance.now();
      if (!counted || now - counted.at > countedMs)
        counted = { at: now, backlog: isCounted ? count().catch(() => undefined) : Promise.resolve(undefined) };
      return counted.backlog;
    },
    lag: () => new Map([['webhooks', secondsSince(lookedAt)]]),
    async stop() {
      over.abort();
      wake();
      await running;
      await Promise.all(sending);
      const had = following;
      had?.stop();
      following = undefined;
      // Others needn't wait until the lease is over.
      if (had) await claim(0, 0).catch(() => undefined);
    },
  };
}
