import { randomUUID } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { HubClientError } from './error.ts';

/** A private key of an agency, Ed25519 or P-256, as a JWK. It stays with the agency: the hub knows its public half. */
export type AgencyKey = JWK;

/** Makes a key. Keep it where nobody else reads it. */
export async function createAgencyKey(algorithm: 'EdDSA' | 'ES256' = 'EdDSA'): Promise<AgencyKey> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return exportJWK(privateKey);
}

/** The public half of a key, as `registerAgency` and `addAgencyKey` take it: a JWK as JSON. */
export function publicHalf({ kty, crv, x, y }: AgencyKey): string {
  return JSON.stringify({ kty, crv, x, y });
}

/** A token is good once and soon for nothing, so that one that is lost does no harm. */
const lifetime = '60s';

export interface Signer {
  /** Thumbprint of the key (RFC 7638), by which the hub knows it. */
  readonly kid: string;
  /** Signs a token for one request: under an agreement, or for the agency's own affairs. */
  sign(agreement: string | undefined): Promise<string>;
}

/** @throws HubClientError KEY_UNUSABLE unless it is a private key of one of the two kinds */
export async function signerOf(key: AgencyKey, of: { agency: string; audience: string }): Promise<Signer> {
  const { algorithm, imported } = await usable(key);
  const kid = await calculateJwkThumbprint(key);
  return {
    kid,
    sign: (agreement) =>
      new SignJWT({ ...(agreement !== undefined && { agreement }) })
        .setProtectedHeader({ alg: algorithm, typ: 'agency+jwt', kid })
        .setIssuer(of.agency)
        .setAudience(of.audience)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(imported),
  };
}

async function usable(key: AgencyKey): Promise<{ algorithm: string; imported: CryptoKey }> {
  const algorithm = key.crv === 'Ed25519' ? 'EdDSA' : key.crv === 'P-256' ? 'ES256' : undefined;
  try {
    const imported = algorithm === undefined || key.d === undefined ? undefined : await importJWK(key, algorithm);
    if (algorithm !== undefined && imported && !(imported instanceof Uint8Array)) return { algorithm, imported };
  } catch {
    // Refused below.
  }
  throw new HubClientError('KEY_UNUSABLE', 'The key is not the JWK of a private Ed25519 or P-256 key.');
}
