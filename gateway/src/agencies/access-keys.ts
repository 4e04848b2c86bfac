import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

/** What is signed of the log; each says so in its header, so that none can be shown as another. */
export type SignedKind = 'access-key+jws' | 'access-group+jws' | 'access-head+jws';

/** The keys of the access log as a setting has them: the one that signs, and those before it. */
export interface AccessLogKeys {
  readonly current: JWK;
  readonly earlier: readonly JWK[];
  /** Thumbprint of the key before, where nobody has it any more. */
  readonly lost: string | null;
}

/** A new key to sign the log with: an Ed25519 JWK with its kid, as JSON. */
export async function createAccessLogKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
}

/** Reads a key, or a JWKS whose first key signs. */
export function readAccessLogKeys(text: string): AccessLogKeys {
  const given = JSON.parse(text) as JWK & { keys?: readonly JWK[]; lost?: string };
  const [current = given, ...earlier] = given.keys ?? [];
  return { current, earlier, lost: given.lost ?? null };
}

/** A JWKS of keys of the access log, the one that signs first. */
export function accessLogKeySet(keys: readonly JWK[], lost?: string): string {
  return JSON.stringify({ keys, ...(lost !== undefined && { lost }) });
}

export const publicHalf = ({ d: _private, ...jwk }: JWK): JWK => jwk;

/** Signs what is kept of the log. */
export async function signWith(key: JWK, kind: SignedKind, payload: object): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'EdDSA', typ: kind, ...(key.kid !== undefined && { kid: key.kid }) })
    .sign(await importJWK(key, 'EdDSA'));
}

/** What a JWS says, unverified. */
export function payloadOf<Payload>(jws: string): Payload {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Payload;
}
