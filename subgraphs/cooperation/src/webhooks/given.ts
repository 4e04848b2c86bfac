import { isIP } from 'node:net';
import { RuleBroken } from '@hub/errors';
import { webAddress } from '@hub/inputs';

/** Characters; one that is no longer than `unsealed` has nothing sealed in it. */
const longest = { url: 500, cursor: 4_096, unsealed: 40, types: 100 };

/**
 * An address as it is kept. Whether it lies outside is seen where it is connected to: a name may lead elsewhere tomorrow.
 * @param allowed `host:port` of those that may lie inside and be spoken to over http
 * @throws RuleBroken WEBHOOK_URL_UNUSABLE
 */
export function givenUrl(given: string, allowed: readonly string[]): string {
  const unusable = new RuleBroken('WEBHOOK_URL_UNUSABLE', { path: ['url'], details: { maximum: longest.url } });
  const url = webAddress(given, ['https:', 'http:']);
  if (!url) throw unusable;
  const { protocol, hostname, port, hash, href } = url;
  const isAllowed = allowed.includes(`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`);
  const isLiteral = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  const usable =
    (protocol === 'https:' || isAllowed) &&
    (isAllowed || (!isLiteral && hostname.includes('.'))) &&
    hash === '' &&
    href.length <= longest.url;
  if (!usable) throw unusable;
  return href;
}

/** A cursor, as far as its form goes: sealed as it is, what it says is the gateway's to know. @throws RuleBroken INVALID */
export function givenCursor(given: string): string {
  const isOne = given.length >= longest.unsealed && given.length <= longest.cursor && /^[\w-]+$/.test(given);
  // Anybody could make one as earlier versions wrote them, and ask by it how much is changed.
  if (!isOne || Buffer.from(given, 'base64url').toString().startsWith('[1,'))
    throw new RuleBroken('INVALID', { path: ['after'], details: { field: 'after' } });
  return given;
}

/** Types whose id an agreement shares; null for all of them. @throws RuleBroken TYPES_NOT_SHARED, LIMIT_REACHED */
export function givenTypes(given: readonly string[] | null | undefined, fields: ReadonlySet<string>): string[] | null {
  if (given == null || given.length === 0) return null;
  if (given.length > longest.types)
    throw new RuleBroken('LIMIT_REACHED', { path: ['types'], details: { maximum: longest.types } });
  const others = given.filter((type) => !fields.has(`${type}.id`));
  if (others.length > 0) throw new RuleBroken('TYPES_NOT_SHARED', { path: ['types'], details: { types: others } });
  return [...new Set(given)];
}
