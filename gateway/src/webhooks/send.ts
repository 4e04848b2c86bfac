import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { outsideOnly, type Resolve } from './address.ts';

/** A message as it is claimed from the queue. */
export interface ClaimedMessage {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  readonly attempt: number;
  readonly secrets: readonly string[];
}

/** Why an attempt failed: in words of the graph, which say nothing of what there is inside. */
export type WebhookError =
  | 'UNREACHABLE'
  | 'TLS_FAILED'
  | 'TIMEOUT'
  | 'REDIRECTED'
  | 'CLIENT_ERROR'
  | 'SERVER_ERROR'
  | 'GONE';

/** What came of an attempt; null where it was broken off by the hub. */
export type Sent =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly error: WebhookError; readonly retryAfterMs: number | null }
  | null;

export interface SendOptions {
  /** `host:port` of those that may lie inside and be spoken to over http. */
  readonly hosts: readonly string[];
  readonly answerMs: number;
  readonly resolve?: Resolve | undefined;
}

/** So much of an answer is let come in before its connection is cut; none of it is looked at. */
const mostAnswerBytes = 64 * 1024;

const failed = (error: WebhookError, retryAfterMs: number | null = null): Sent => ({
  delivered: false,
  error,
  retryAfterMs,
});

/** Sends a message once: signed as of now with each of its secrets, and to no address inside. */
export async function send(message: ClaimedMessage, options: SendOptions, over: AbortSignal): Promise<Sent> {
  const url = new URL(message.url);
  const { protocol, hostname, port } = url;
  const isAllowed = options.hosts.includes(`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`);
  // A literal address is connected to without a lookup.
  const isLiteral = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (!isAllowed && (protocol !== 'https:' || isLiteral)) return failed('UNREACHABLE');

  const now = new Date();
  const signatures = message.secrets.map((secret) => new Webhook(secret).sign(message.id, now, message.body));
  const bytes = Buffer.from(message.body);
  const timeout = AbortSignal.timeout(options.answerMs);
  return new Promise((settle) => {
    const request = (protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      agent: false,
      ...(!isAllowed && { lookup: outsideOnly(options.resolve) }),
      signal: AbortSignal.any([timeout, over]),
      headers: {
        'content-type': 'application/json',
        'content-length': bytes.length,
        'user-agent': 'cppcc-hub-webhooks',
        'webhook-id': message.id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': signatures.join(' '),
      },
    });
    request.once('response', (response) => {
      let received = 0;
      response.on('error', () => undefined);
      response.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > mostAnswerBytes) response.destroy();
      });
      settle(sentOf(response.statusCode ?? 0, response.headers['retry-after'], now));
    });
    // What is answered otherwise than a request is, a change of protocol for one, is told by nothing else.
    request.once('close', () => settle(over.aborted ? null : failed(timeout.aborted ? 'TIMEOUT' : 'UNREACHABLE')));
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (over.aborted) settle(null);
      else if (timeout.aborted) settle(failed('TIMEOUT'));
      else settle(failed(isOfTls(error.code) ? 'TLS_FAILED' : 'UNREACHABLE'));
    });
    request.end(bytes);
  });
}

function sentOf(status: number, retryAfter: string | undefined, now: Date): Sent {
  if (status >= 200 && status < 300) return { delivered: true };
  if (status === 410) return failed('GONE');
  if (status < 400) return failed('REDIRECTED');
  return failed(status < 500 ? 'CLIENT_ERROR' : 'SERVER_ERROR', retryAfterOf(retryAfter, now));
}

/** When it asks to be tried again: in so many seconds, or at a time. */
function retryAfterOf(text: string | undefined, now: Date): number | null {
  if (text === undefined) return null;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

const isOfTls = (code = ''): boolean =>
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code);
