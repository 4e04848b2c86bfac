import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Reader, Settings } from './index.ts';

/** What tokens of the development issuer name unless told otherwise: no identity provider's name. */
export const developmentIssuer = 'urn:cppcc-hub:development';

/** What of the settings can't be together, and which of them they are. */
export interface Contradiction {
  readonly settings: readonly (keyof Settings)[];
  readonly message: string;
}

/** Whether a host is this machine, as an address of `URL` or of a listener has it. */
export function isLoopback(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether it is an origin as browsers send it. */
export function isOrigin(text: string): boolean {
  return /^https?:[^*]*$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Whether it is `host:port` as the address of a webhook has it: an IPv6 address in brackets, a name in its ASCII letters. */
export function isWebhookHost(text: string): boolean {
  const [, host = '', port = ''] = /^(.+):([1-9]\d{0,4})$/.exec(text) ?? [];
  return (
    host !== '' && Number(port) <= 65_535 && URL.canParse(`http://${host}/`) && new URL(`http://${host}/`).host === host
  );
}

/** All that contradicts itself, or that production must not be served with. */
export function contradictionsOf(settings: Settings, { facesUsers }: Reader): readonly Contradiction[] {
  return [...ofProduction(settings, facesUsers), ...ofFaces(settings, facesUsers), ...ofKeys(settings, facesUsers)];
}

function* ofProduction(settings: Settings, facesUsers: boolean): Iterable<Contradiction> {
  if (settings.HUB_ENV !== 'production') return;
  const isOpen = (address: string) => {
    const { protocol, hostname } = new URL(address);
    return protocol !== 'https:' && !isLoopback(hostname);
  };
  if (facesUsers && !settings.HUB_JWKS_URL) yield { settings: ['HUB_JWKS_URL'], message: 'is required in production' };
  if (facesUsers && settings.HUB_ISSUER === developmentIssuer)
    yield { settings: ['HUB_ISSUER'], message: 'is required in production, and is the identity provider’s own name' };
  if (settings.HUB_JWKS_URL && isOpen(settings.HUB_JWKS_URL))
    yield { settings: ['HUB_JWKS_URL'], message: 'must be https in production, since whoever answers it makes tokens' };
  if (settings.HUB_PUBLIC_URL && isOpen(settings.HUB_PUBLIC_URL))
    yield { settings: ['HUB_PUBLIC_URL'], message: 'must be https in production' };
  if (settings.HUB_CORS_ORIGINS.some(isOpen))
    yield { settings: ['HUB_CORS_ORIGINS'], message: 'must be https in production, since pages hold tokens' };
}

function* ofFaces(settings: Settings, facesUsers: boolean): Iterable<Contradiction> {
  const { HUB_JWKS_URL: keys, HUB_HOST: host } = settings;
  // Whoever reaches the explorer may take a token of the development issuer, so only this machine may.
  if (facesUsers && settings.HUB_ENV === 'development' && !keys && host !== undefined && !isLoopback(host))
    yield {
      settings: ['HUB_HOST', 'HUB_JWKS_URL'],
      message: 'without an identity provider the hub gives out demo tokens and answers on 127.0.0.1 only',
    };
  for (const name of ['HUB_JWKS_URL', 'HUB_PUBLIC_URL'] as const) {
    const { username = '', password = '' } = settings[name] ? new URL(settings[name]) : {};
    if (username || password) yield { settings: [name], message: 'must hold no user and no password' };
  }
  if (settings.HUB_EXPLORER === 'on' && settings.HUB_INTROSPECTION === 'off')
    yield { settings: ['HUB_EXPLORER', 'HUB_INTROSPECTION'], message: 'the explorer can’t do without introspection' };
}

function* ofKeys(settings: Settings, facesUsers: boolean): Iterable<Contradiction> {
  const unusable: string[] = [];
  for (const [name, isNamed] of [
    ['HUB_DUTY_CODE_PRIVATE_KEY', true],
    ['HUB_ACCESS_LOG_PRIVATE_KEY', true],
    ['HUB_PASSPORT_PRIVATE_KEY', false],
  ] as const) {
    const text = settings[name];
    const isSet = name === 'HUB_ACCESS_LOG_PRIVATE_KEY';
    if (text === undefined || privateKeyOf(text, isNamed) || (isSet && isPrivateKeySet(text))) continue;
    unusable.push(name);
    yield {
      settings: [name],
      message: `must be an Ed25519 private key, as a JWK${isNamed ? ' with kid' : ''}${isSet ? ', or a JWKS of such' : ''}`,
    };
  }
  const passport = settings.HUB_PASSPORT_PUBLIC_KEY;
  if (passport !== undefined && !publicKeyOf(parsed(passport))) {
    unusable.push('HUB_PASSPORT_PUBLIC_KEY');
    yield { settings: ['HUB_PASSPORT_PUBLIC_KEY'], message: 'must be the public half of an Ed25519 key, as a JWK' };
  }
  const dutyCodes = settings.HUB_DUTY_CODE_PUBLIC_KEYS;
  if (dutyCodes !== undefined && !publicKeysOf(dutyCodes)) {
    unusable.push('HUB_DUTY_CODE_PUBLIC_KEYS');
    yield {
      settings: ['HUB_DUTY_CODE_PUBLIC_KEYS'],
      message: 'must be the public halves of Ed25519 keys, as a JWKS, each with kid',
    };
  }
  for (const [secret, known] of [
    ['HUB_PASSPORT_PRIVATE_KEY', 'HUB_PASSPORT_PUBLIC_KEY'],
    ['HUB_DUTY_CODE_PRIVATE_KEY', 'HUB_DUTY_CODE_PUBLIC_KEYS'],
  ] as const) {
    const [mine, theirs] = [settings[secret], settings[known]];
    if (theirs === undefined || unusable.includes(secret) || unusable.includes(known)) continue;
    // A subgraph verifies what others sign. What faces users signs, and would with a key that nobody knows.
    if (mine === undefined) {
      if (facesUsers) yield { settings: [secret, known], message: 'the second is of no use without the first' };
      continue;
    }
    const own = privateKeyOf(mine, false);
    const keys = known === 'HUB_PASSPORT_PUBLIC_KEY' ? [publicKeyOf(parsed(theirs))] : (publicKeysOf(theirs) ?? []);
    const isSame = (key: Key | undefined) =>
      key?.x === own?.x && (known === 'HUB_PASSPORT_PUBLIC_KEY' || key?.kid === own?.kid);
    if (!keys.some(isSame)) yield { settings: [secret, known], message: 'don’t belong together' };
  }
}

interface Key {
  /** The public half. */
  readonly x: string;
  readonly kid: string | undefined;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** What a private key's JWK says, where both its halves are of one pair. */
function privateKeyOf(text: string, isNamed: boolean): Key | undefined {
  const jwk = parsed(text);
  const { kty, crv, d, x, kid } = jwk;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof d !== 'string' || typeof x !== 'string') return undefined;
  if (isNamed && (typeof kid !== 'string' || kid === '')) return undefined;
  try {
    const made = createPublicKey(createPrivateKey({ key: { kty, crv, d, x }, format: 'jwk' })).export({
      format: 'jwk',
    });
    return made.x === x ? { x, kid: typeof kid === 'string' ? kid : undefined } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it is a JWKS of private keys that are named. */
function isPrivateKeySet(text: string): boolean {
  const { keys, lost } = parsed(text);
  if (!Array.isArray(keys) || keys.length === 0 || (lost !== undefined && typeof lost !== 'string')) return false;
  return keys.every((key: unknown) => privateKeyOf(JSON.stringify(key), true) !== undefined);
}

/** What a public key's JWK says; one that holds the private half isn't public. */
function publicKeyOf({ kty, crv, d, x, kid }: Readonly<Record<string, unknown>>): Key | undefined {
  if (kty !== 'OKP' || crv !== 'Ed25519' || d !== undefined || typeof x !== 'string') return undefined;
  try {
    createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    return { x, kid: typeof kid === 'string' ? kid : undefined };
  } catch {
    return undefined;
  }
}

function publicKeysOf(text: string): readonly Key[] | undefined {
  const { keys } = parsed(text);
  if (!Array.isArray(keys) || keys.length === 0) return undefined;
  const read = keys.flatMap(
    (key: unknown) => publicKeyOf(typeof key === 'object' && key !== null ? { ...key } : {}) ?? [],
  );
  return read.length === keys.length && read.every(({ kid }) => kid) ? read : undefined;
}
