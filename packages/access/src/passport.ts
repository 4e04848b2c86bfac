import { HubError } from '@hub/errors';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import type { Actor } from './actor.ts';

/**
 * The actor on its way to a subgraph that runs as a process of its own: a JWT signed by the gateway, good for one
 * subgraph and one minute. Asymmetric, so that no subgraph can make one.
 */
const algorithm = 'EdDSA';
const type = 'hub-passport+jwt';
const issuer = 'urn:cppcc-hub:gateway';
const lifetimeSeconds = 60;

export interface PassportKeys {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** A new pair of keys, each as a JWK in JSON. */
export async function createPassportKeys(): Promise<PassportKeys> {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  return {
    privateKey: JSON.stringify(await exportJWK(pair.privateKey)),
    publicKey: JSON.stringify(await exportJWK(pair.publicKey)),
  };
}

async function importKey(json: string): Promise<CryptoKey> {
  const key = await importJWK(JSON.parse(json) as JWK, algorithm);
  if (key instanceof Uint8Array) throw new TypeError('A passport key is an Ed25519 JWK.');
  return key;
}

/** Makes passports. One that is less than half used up is given out again: signing costs more than most fetches' SQL. */
export async function passportIssuer(privateKey: string): Promise<(actor: Actor, subgraph: string) => Promise<string>> {
  const key = await importKey(privateKey);
  const issued = new Map<string, { token: Promise<string>; until: number }>();
  return (actor, subgraph) => {
    const now = Date.now();
    const name = JSON.stringify([subgraph, actor]);
    const known = issued.get(name);
    if (known && known.until > now) return known.token;
    if (issued.size > 10_000) issued.clear();
    const token = new SignJWT({ actor })
      .setProtectedHeader({ alg: algorithm, typ: type })
      .setIssuer(issuer)
      .setAudience(subgraph)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
    issued.set(name, { token, until: now + (lifetimeSeconds * 1000) / 2 });
    return token;
  };
}

/** Verifies passports for one subgraph; anything but a valid one is UNAUTHENTICATED. */
export async function passportVerifier(
  publicKey: string,
  subgraph: string,
): Promise<(token: string | undefined) => Promise<Actor>> {
  const key = await importKey(publicKey);
  return async (token) => {
    if (!token) throw new HubError('UNAUTHENTICATED');
    try {
      const { payload } = await jwtVerify<{ actor: Actor }>(token, key, {
        issuer,
        audience: subgraph,
        algorithms: [algorithm],
        typ: type,
        requiredClaims: ['exp', 'actor'],
        clockTolerance: 5,
      });
      return payload.actor;
    } catch {
      throw new HubError('UNAUTHENTICATED');
    }
  };
}
