import { Webhook } from 'standardwebhooks';
import { HubClientError } from './error.ts';

/** What the hub sent, verified. */
export interface VerifiedWebhook {
  /** The same whenever the hub sends it again because it didn't hear that it arrived: take care of each once. */
  readonly id: string;
  /** When this attempt was sent. */
  readonly sent: Date;
  /** The body as JSON. */
  readonly payload: unknown;
}

/** Headers as `fetch`, `node:http` and most frameworks give them. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** Standard Webhooks takes what is no further away than five minutes, either way. */
const rememberedMs = 2 * 5 * 60_000;
/** Attempts that arrived in this process, and until when one of them would still be taken for new. */
const arrived = new Map<string, number>();

/**
 * Verifies a webhook by the Standard Webhooks specification, before anything of it is believed.
 *
 * An attempt that this process has seen is refused; the hub's own next attempt has another time and the same `id`. Where
 * several processes receive, or after a restart, `id` is what keeps one from being taken care of twice.
 *
 * @param headers `webhook-id`, `webhook-timestamp` (seconds since 1970) and `webhook-signature`
 * @param body as it arrived, byte for byte: JSON that was parsed and printed again has another signature
 * @param secret `whsec_…` as the hub showed it; several while one follows another
 * @throws HubClientError WEBHOOK_INVALID where it isn't the hub's or is more than five minutes away (answer 401),
 *   WEBHOOK_REPLAYED where it arrived before (answer 2xx and do nothing)
 */
export function verifyWebhook(
  headers: WebhookHeaders,
  body: string | Uint8Array,
  secret: string | readonly string[],
): VerifiedWebhook {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
  const [id, timestamp, signature] = names.map((name) => headerOf(headers, name)) as [string, string, string];
  const signed = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  const text = typeof body === 'string' ? body : Buffer.from(body).toString();
  const payload = verified([secret].flat(), text, signed);
  // The number that was signed, however the header writes it.
  const seconds = Number.parseInt(timestamp, 10);
  const now = Date.now();
  for (const [attempt, until] of arrived) if (until <= now) arrived.delete(attempt);
  const attempt = `${seconds} ${id}`;
  if (arrived.has(attempt)) throw new HubClientError('WEBHOOK_REPLAYED', 'This webhook arrived before.');
  arrived.set(attempt, now + rememberedMs);
  return { id, sent: new Date(seconds * 1000), payload };
}

function verified(secrets: readonly string[], body: string, headers: Record<string, string>): unknown {
  let cause: unknown;
  for (const secret of secrets)
    try {
      return new Webhook(secret).verify(body, headers);
    } catch (error) {
      cause = error;
    }
  throw new HubClientError('WEBHOOK_INVALID', 'The webhook is not the hub’s, or not of now.', { cause });
}

function headerOf(headers: WebhookHeaders, name: string): string {
  if (typeof headers.get === 'function') return headers.get(name) ?? '';
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return (typeof found === 'string' ? found : found?.[0]) ?? '';
}
