import { type Connection, ListReader, list, type PageArguments, rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, desc, isNull, sql } from 'drizzle-orm';
import { webhook, webhookMessage, webhookProgress } from './tables.ts';

const { placeholder } = sql;

const webhookFields = {
  id: webhook.id,
  owner: webhook.owner,
  agreement: webhook.agreement,
  agency: webhook.agency,
  url: webhook.url,
  types: webhook.types,
  pausedFor: webhook.pausedFor,
  status: webhook.status,
  since: webhook.since,
  revision: webhook.revision,
  created: webhook.created,
};
const webhooksById = statement(
  build
    .select(webhookFields)
    .from(webhook)
    .where(and(sql`${webhook.id} = any(${placeholder('ids')}::uuid[])`, isNull(webhook.deleted))),
);
export type Webhook = Awaited<ReturnType<typeof webhooksById.run>>[number];
const webhooksOfAgreements = statement(
  build
    .select(webhookFields)
    .from(webhook)
    .where(
      and(
        sql`${webhook.agreement} = any(${placeholder('keys')}::uuid[]) and ${webhook.status} <> 'REMOVED'`,
        isNull(webhook.deleted),
      ),
    )
    .orderBy(desc(webhook.created), desc(webhook.id)),
);
const progressOfWebhooks = statement(
  build
    .select({
      webhook: webhookProgress.webhook,
      cursor: webhookProgress.cursor,
      failingSince: webhookProgress.failingSince,
      lastError: webhookProgress.lastError,
      pendingCount:
        sql<number>`(select count(*) from ${webhookMessage} as one where one.webhook = webhook_progress.webhook and one.state = 'PENDING')`
          .mapWith(Number)
          .as('pending_count'),
    })
    .from(webhookProgress)
    .where(sql`${webhookProgress.webhook} = any(${placeholder('keys')}::uuid[])`),
);

const messageFields = {
  id: webhookMessage.id,
  number: webhookMessage.number,
  changes: webhookMessage.changes,
  after: webhookMessage.after,
  cursor: webhookMessage.cursor,
  attempts: webhookMessage.attempts,
  lastError: webhookMessage.lastError,
  created: webhookMessage.created,
};
export type WebhookMessage = { readonly id: string };
const deadLettersOfWebhook = list({
  name: 'dead letters of webhook',
  table: webhookMessage,
  fields: messageFields,
  key: { webhook: 'uuid' },
  tie: sql`${webhookMessage.webhook} = key.webhook and ${webhookMessage.state} = 'DEAD'`,
  orders: { NUMBER_DESC: { by: ['number'], descending: true } },
});

/** Webhooks and what waits for them, for one fetch. */
export class WebhookStore {
  readonly #lists: ListReader;
  readonly webhooks;
  readonly webhooksOfAgreement;
  readonly progressOfWebhook;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.webhooks = rowById(scope, webhooksById);
    this.webhooksOfAgreement = rowsByKey(scope, webhooksOfAgreements, (row) => row.agreement);
    this.progressOfWebhook = rowsByKey(scope, progressOfWebhooks, (row) => row.webhook);
  }

  deadLettersOf(webhook: string, page: PageArguments): Connection<WebhookMessage> {
    return this.#lists.connection(deadLettersOfWebhook, { webhook }, { page, order: 'NUMBER_DESC' });
  }
}

const claimWebhooks = statement(
  build
    .select({
      id: sql<string>`claimed.id`.as('claimed_id'),
      url: sql<string>`claimed.url`.as('claimed_url'),
      agency: sql<string>`claimed.agency`.as('claimed_agency'),
      agreement: sql<string>`claimed.agreement`.as('claimed_agreement'),
      version: sql<number>`claimed.version`.as('claimed_version'),
      types: sql<string[] | null>`claimed.types`.as('claimed_types'),
      cursor: sql<string | null>`claimed.place`.as('claimed_place'),
      started: sql<string>`floor(extract(epoch from claimed.started) * 1000)::bigint::text`.as('claimed_started'),
    })
    .from(
      sql`cooperation.claim_webhooks(${placeholder('gateway')}, make_interval(secs => ${placeholder('lease')}::integer)) as claimed`,
    ),
);
const claimMessages = statement(
  build
    .select({
      id: sql<string>`claimed.id`.as('claimed_id'),
      url: sql<string>`claimed.url`.as('claimed_url'),
      body: sql<string>`claimed.body`.as('claimed_body'),
      attempt: sql<number>`claimed.attempt`.as('claimed_attempt'),
      secrets: sql<string[]>`claimed.secrets`.as('claimed_secrets'),
    })
    .from(
      sql`cooperation.claim_webhook_messages(${placeholder('messages')}::integer, make_interval(secs => ${placeholder('lease')}::integer)) as claimed`,
    ),
);
const backlog = statement(
  build
    .select({
      due: sql<number>`waiting.due`.as('waiting_due'),
      later: sql<number>`waiting.later`.as('waiting_later'),
      oldestSeconds: sql<number | null>`extract(epoch from now() - waiting.oldest)::double precision`.as(
        'waiting_seconds',
      ),
    })
    .from(sql`cooperation.webhook_backlog() as waiting`),
);
const done = (call: ReturnType<typeof sql>) =>
  statement(build.select({ done: sql<boolean>`${call}`.as('done') }).from(sql`(values (1)) as once`));
const queueMessage = done(sql`cooperation.queue_webhook_message(${placeholder('given')}::text::jsonb)`);
const settleMessage = done(sql`cooperation.settle_webhook_message(${placeholder('given')}::text::jsonb)`);
const halt = done(sql`cooperation.pause_webhook(${placeholder('webhook')}::uuid, ${placeholder('reason')})`);

/** The queue as the hub's follower moves it. */
export const webhookQueueOf = (scope: Scope) => ({
  async claim(given: { gateway: string; messages: number; lease: number }) {
    const webhooks = await scope.run(claimWebhooks, { gateway: given.gateway, lease: given.lease });
    const messages =
      given.messages > 0 ? await scope.run(claimMessages, { messages: given.messages, lease: given.lease }) : [];
    return { webhooks, messages };
  },
  backlog: async () => (await scope.run(backlog))[0] ?? null,
  queue: async (given: object) => (await scope.run(queueMessage, { given: JSON.stringify(given) }))[0]?.done ?? false,
  settle: async (given: object) => (await scope.run(settleMessage, { given: JSON.stringify(given) }))[0]?.done ?? false,
  halt: async (halted: { webhook: string; reason: string }) => (await scope.run(halt, halted))[0]?.done ?? false,
});
