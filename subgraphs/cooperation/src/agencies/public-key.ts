import { RuleBroken } from '@hub/errors';
import { ed25519 } from '@noble/curves/ed25519.js';
import { calculateJwkThumbprint, importJWK, type JWK } from 'jose';

/** A public key as it is kept: only the members of a JWK that verifying needs. */
export interface PublicKey {
  readonly kid: string;
  readonly algorithm: 'EdDSA' | 'ES256';
  readonly publicKey: Readonly<Record<string, string>>;
}

const invalid = () => new RuleBroken('PUBLIC_KEY_UNUSABLE', { path: ['publicKey'] });

function membersOf(given: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(given);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch {
    // Answered below, as what is no object is.
  }
  throw invalid();
}

/** Of a point of small order anybody makes signatures that verify, and nobody has its private key; OpenSSL takes them. */
function isOfAPrivateKey(x: string): boolean {
  try {
    const point = ed25519.Point.fromBytes(Buffer.from(x, 'base64url'));
    return !point.is0() && point.isTorsionFree();
  } catch {
    return false;
  }
}

/** A JWK as an agency gives it. @throws RuleBroken PUBLIC_KEY_UNUSABLE unless it is the public half of an Ed25519 or P-256 key */
export async function publicKeyOf(given: string): Promise<PublicKey> {
  const { kty, crv, x, y, d } = membersOf(given);
  // Whoever sends a private key has to make a new one: this one was seen.
  if (d !== undefined) throw new RuleBroken('PRIVATE_KEY_SENT', { path: ['publicKey'] });
  if (typeof x !== 'string') throw invalid();
  const [algorithm, publicKey] =
    kty === 'OKP' && crv === 'Ed25519'
      ? (['EdDSA', { kty, crv, x }] as const)
      : kty === 'EC' && crv === 'P-256' && typeof y === 'string'
        ? (['ES256', { kty, crv, x, y }] as const)
        : [];
  if (algorithm === undefined) throw invalid();
  if (algorithm === 'EdDSA' && !isOfAPrivateKey(x)) throw invalid();
  try {
    await importJWK(publicKey as JWK, algorithm);
    return { kid: await calculateJwkThumbprint(publicKey as JWK), algorithm, publicKey };
  } catch {
    throw invalid();
  }
}
