import { randomBytes, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, expect, test, vi } from 'vitest';
import { HubClientError, verifyWebhook } from '../src/index.ts';

const secret = `whsec_${randomBytes(24).toString('base64')}`;
const body = JSON.stringify({ type: 'Cooperation', id: randomUUID(), operation: 'DELETE', title: '眼科' });

function sent(given: { id?: string; at?: Date; by?: string; of?: string } = {}): Record<string, string> {
  const { id = randomUUID(), at = new Date(), by = secret, of = body } = given;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign(id, at, of),
  };
}
const code = (verify: () => unknown): string => {
  try {
    verify();
    return 'VERIFIED';
  } catch (error) {
    return error instanceof HubClientError ? error.code : String(error);
  }
};
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
afterEach(() => void vi.useRealTimers());

test('what the hub signed is believed, however its headers and body come', () => {
  const at = new Date(1_000 * Math.floor(Date.now() / 1000));
  const headers = sent({ id: 'msg-1', at });
  expect(verifyWebhook(headers, body, secret)).toEqual({ id: 'msg-1', sent: at, payload: JSON.parse(body) });
  expect(verifyWebhook(new Headers(sent()), Buffer.from(body), secret).payload).toEqual(JSON.parse(body));
  const capital = Object.fromEntries(Object.entries(sent()).map(([name, value]) => [name.toUpperCase(), [value]]));
  expect(verifyWebhook(capital, new TextEncoder().encode(body), ['whsec_AAAA', secret]).payload).toEqual(
    JSON.parse(body),
  );
});

test('what it did not sign, or another secret did, is not', () => {
  expect(code(() => verifyWebhook(sent(), `${body} `, secret))).toBe('WEBHOOK_INVALID');
  expect(code(() => verifyWebhook(sent({ by: 'whsec_AAAA' }), body, secret))).toBe('WEBHOOK_INVALID');
  expect(code(() => verifyWebhook({ ...sent(), 'webhook-id': 'another' }, body, secret))).toBe('WEBHOOK_INVALID');
  expect(code(() => verifyWebhook({}, body, secret))).toBe('WEBHOOK_INVALID');
  expect(code(() => verifyWebhook(sent(), body, []))).toBe('WEBHOOK_INVALID');
});

test('what is more than five minutes away, either way, is not', () => {
  expect(code(() => verifyWebhook(sent({ at: ago(290) }), body, secret))).toBe('VERIFIED');
  expect(code(() => verifyWebhook(sent({ at: ago(310) }), body, secret))).toBe('WEBHOOK_INVALID');
  expect(code(() => verifyWebhook(sent({ at: ago(-310) }), body, secret))).toBe('WEBHOOK_INVALID');
});

test('what arrived before is not, however its time is written; the hub’s own next attempt is', () => {
  const headers = sent({ id: 'msg-2', at: ago(3) });
  expect(code(() => verifyWebhook(headers, body, secret))).toBe('VERIFIED');
  expect(code(() => verifyWebhook(headers, body, secret))).toBe('WEBHOOK_REPLAYED');
  const rewritten = { ...headers, 'webhook-timestamp': ` 0${headers['webhook-timestamp']}.5` };
  expect(code(() => verifyWebhook(rewritten, body, secret))).toBe('WEBHOOK_REPLAYED');
  expect(code(() => verifyWebhook(sent({ id: 'msg-2' }), body, secret))).toBe('VERIFIED');
});

test('is remembered for as long as it would be taken for new', () => {
  vi.useFakeTimers({ now: Date.now() });
  const headers = sent({ id: 'msg-3', at: ago(-299) });
  expect(code(() => verifyWebhook(headers, body, secret))).toBe('VERIFIED');
  vi.setSystemTime(Date.now() + 595_000);
  expect(code(() => verifyWebhook(headers, body, secret))).toBe('WEBHOOK_REPLAYED');
  vi.setSystemTime(Date.now() + 10_000);
  expect(code(() => verifyWebhook(headers, body, secret))).toBe('WEBHOOK_INVALID');
});
