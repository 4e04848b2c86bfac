/** The webhooks of an agency: addresses of its own, to which the hub posts what changes under an agreement. */
import { randomUUID } from 'node:crypto';
import { mutate } from './affairs.ts';
import type { Change } from './changes.ts';
import type { Connection } from './connection.ts';

/** What a webhook's `payload` is, once it is verified. */
export interface RecordsChanged {
  readonly type: 'records.changed';
  /** When it was made; the time of each attempt stands in its headers. */
  readonly timestamp: string;
  readonly data: {
    readonly webhook: string;
    /** The changes are those after this cursor, and up to the other. */
    readonly after: string;
    /** Keep it once they are taken care of: `changes({ after })` goes on from it too. */
    readonly cursor: string;
    readonly changes: readonly Change[];
  };
}

export interface WebhookRegistration {
  /** `https://…` of the agency's own. */
  readonly url: string;
  /** The agreement under which it is told; that of the client unless said. */
  readonly agreement?: string;
  /** Types of the graph; all whose `id` the agreement shares unless given. */
  readonly types?: readonly string[];
  /** A cursor; from now on without it. */
  readonly after?: string;
  readonly idempotencyKey?: string;
}

export interface Webhooks {
  /** @returns its id, and the secret that verifies what comes: it is shown this once, so null where an idempotencyKey was sent before */
  register(registration: WebhookRegistration): Promise<{ readonly id: string; readonly secret: string | null }>;
  /** Takes another secret; for a day what comes is signed with both. */
  renewSecret(id: string): Promise<string>;
  pause(id: string): Promise<void>;
  /** Goes on from where it was. */
  resume(id: string): Promise<void>;
  /** Tells all changes after a cursor again. */
  replay(id: string, after: string): Promise<void>;
  /** Tries dead letters again: these, or all. @throws HubClientError MESSAGES_OUTDATED: replay from their `after` */
  redeliver(id: string, messages?: readonly string[]): Promise<void>;
  remove(id: string): Promise<void>;
}

interface Done {
  readonly webhook: { readonly id: string };
  readonly secret?: string | null;
}

export function webhooksOf(connection: Connection, agreement: string | undefined): Webhooks {
  const take = (name: string, input: Readonly<Record<string, unknown>>, told = '') =>
    mutate<Done>(
      connection,
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { done: ${name}(input: $input) { webhook { id } ${told} userErrors { code path message } } }`,
      { idempotencyKey: randomUUID(), ...input },
    );
  const step = (name: string) => async (webhook: string) => void (await take(name, { webhook }));
  return {
    async register({ agreement: sharingAgreement = agreement, ...rest }) {
      const { webhook, secret = null } = await take('registerWebhook', { sharingAgreement, ...rest }, 'secret');
      return { id: webhook.id, secret };
    },
    async renewSecret(webhook) {
      const { secret } = await take('renewWebhookSecret', { webhook }, 'secret');
      // Its answer was lost, and with it the secret that it told.
      return secret ?? this.renewSecret(webhook);
    },
    pause: step('pauseWebhook'),
    resume: step('resumeWebhook'),
    replay: async (webhook, after) => void (await take('replayWebhook', { webhook, after })),
    redeliver: async (webhook, messages) => void (await take('redeliverWebhookMessages', { webhook, messages })),
    remove: step('removeWebhook'),
  };
}
