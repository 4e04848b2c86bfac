import { randomBytes } from 'node:crypto';
import { keptSecret } from '@hub/config';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { type TokenClaims, tokenType } from './token.ts';

/** Issues tokens while developing, so that nobody needs an identity provider to try the hub. Production never opens it. */
export interface DevelopmentIssuer {
  readonly keySet: JSONWebKeySet;
  issue(subject: string, claims: TokenClaims, lifetime?: string): Promise<string>;
}

const algorithm = 'ES256';

/** Opens the issuer whose key lies in `directory`; makes one the first time. */
export async function openDevelopmentIssuer(
  directory: string,
  names: { issuer: string; audience: string },
): Promise<DevelopmentIssuer> {
  const privateJwk = await readOrMakeKey(directory);
  const key = (await importJWK(privateJwk, algorithm)) as CryptoKey;
  const { d: _secret, ...publicJwk } = privateJwk;
  return {
    keySet: { keys: [{ ...publicJwk, alg: algorithm, use: 'sig' }] },
    issue: (subject, claims, lifetime = '8h') =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: algorithm, typ: tokenType, ...(publicJwk.kid && { kid: publicJwk.kid }) })
        .setSubject(subject)
        .setIssuer(names.issuer)
        .setAudience(names.audience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(key),
  };
}

async function readOrMakeKey(directory: string): Promise<JWK> {
  const kept = await keptSecret(directory, 'development-issuer.json', async () => {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    return JSON.stringify({ ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('hex') });
  });
  return JSON.parse(kept) as JWK;
}
