import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** RFC 8037: with the curve Ed25519, which every key here is on. */
export const algorithm = 'EdDSA';
// 48 of the thumbprint's 256 bits: it chooses among the keys that the hub itself made, and the code stays short.
const keyIdLength = 8;
const keyIdPattern = /^[\w-]{8}$/;

/** The half of a key that verifies. */
export type PublicKey = Required<Pick<JWK, 'kty' | 'crv' | 'x' | 'kid'>>;
export type PrivateKey = PublicKey & { readonly d: string };

/** A new private key as a JWK in JSON. Its `kid` is the beginning of its thumbprint (RFC 7638). */
export async function createDutyCodeKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
  const key = await exportJWK(privateKey);
  return JSON.stringify({ ...key, kid: (await calculateJwkThumbprint(key)).slice(0, keyIdLength) });
}

/**
 * The public halves of keys as a JWKS in JSON. A key that no longer signs stays in it until the last code that it signed
 * has expired and the last scan of a phone that was offline has come in.
 */
export function publicDutyCodeKeys(privateKeys: readonly string[]): string {
  return JSON.stringify({
    keys: privateKeys.map((json) => ({ ...publicHalf(readPrivateKey(json)), alg: algorithm, use: 'sig' })),
  });
}

/** Throws a TypeError for anything but what `createDutyCodeKey` makes: a wrong setting shows at the start. */
export function readPrivateKey(json: string): PrivateKey {
  const key = JSON.parse(json) as JWK;
  if (!is32Bytes(key.d)) throw new TypeError('A duty code is signed with a private Ed25519 JWK that has a kid.');
  return { ...publicHalf(key), d: key.d };
}

/** The keys of a JWKS by their `kid`; a TypeError where one of them is none for duty codes. */
export function readPublicKeys(json: string): ReadonlyMap<string, PublicKey> {
  const { keys } = JSON.parse(json) as { keys: readonly JWK[] };
  return new Map(keys.map(publicHalf).map((key) => [key.kid, key]));
}

// Names what it takes, so that no private part comes along.
function publicHalf({ kty, crv, x, kid }: JWK): PublicKey {
  if (kty !== 'OKP' || crv !== 'Ed25519' || !is32Bytes(x) || kid === undefined || !keyIdPattern.test(kid))
    throw new TypeError(`A key of duty codes is an Ed25519 JWK with a kid of ${keyIdLength} base64url characters.`);
  return { kty, crv, x, kid };
}

function is32Bytes(text: string | undefined): text is string {
  return text !== undefined && Buffer.from(text, 'base64url').length === 32;
}
