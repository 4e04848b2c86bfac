/** The keys that sign the log of what agencies read, and which of them can be believed. */
import { calculateJwkThumbprint, compactVerify, importJWK, type JWK } from 'jose';
import type { KeyStatement } from './access-chain.ts';
import { publicHalf, type SignedKind } from './access-keys.ts';

/** A row of cooperation.access_key. */
export interface KeyRow {
  readonly ordinal: number;
  readonly number: string;
  readonly hash: string;
  readonly statement: string;
  readonly endorsement: string | null;
}

export interface ChainKey extends KeyStatement {
  readonly thumbprint: string;
}

export interface ChainKeys {
  readonly keys: readonly ChainKey[];
  readonly faults: readonly string[];
  readonly notices: readonly string[];
  /** What a JWS of that kind says, and which key signed it; undefined where none that is believed did. */
  verify<Payload>(jws: string, kind: SignedKind): Promise<{ payload: Payload; key: ChainKey | undefined } | undefined>;
}

/**
 * Reads who signs. The database alone proves nothing of it: a key is believed where the hub's own folder or settings have it, and
 * where a believed one hands on to it or names it as the one before.
 * @param known public keys that are known from elsewhere
 */
export async function readChainKeys(rows: readonly KeyRow[], known: readonly JWK[]): Promise<ChainKeys> {
  const faults: string[] = [];
  const notices: string[] = [];
  const keys: ChainKey[] = [];
  const endorsed: boolean[] = [];
  for (const [at, row] of rows.entries()) {
    const where = `key ${row.ordinal}`;
    const before = keys.at(-1);
    const statement = await statementOf(row.statement);
    if (!statement) {
      faults.push(`${where}: what it says of itself isn’t signed by it`);
      break;
    }
    if (
      row.ordinal !== at + 1 ||
      statement.ordinal !== row.ordinal ||
      statement.previous !== (before?.thumbprint ?? null) ||
      (statement.reason === 'BEGUN') !== (before === undefined) ||
      (before !== undefined && statement.chain !== before.chain)
    ) {
      faults.push(`${where} doesn’t follow the one before it`);
      break;
    }
    if (String(statement.number) !== row.number || statement.hash !== row.hash)
      faults.push(`${where}: the entry after which it signs was changed`);
    const isEndorsed =
      row.endorsement !== null &&
      before !== undefined &&
      (await verified(row.endorsement, 'access-key+jws', before.key)) ===
        (await verified(row.statement, 'access-key+jws', statement.key));
    if (statement.reason === 'SUCCEEDED' ? !isEndorsed : row.endorsement !== null)
      faults.push(`${where}: the key before it didn’t hand on to it as is said`);
    if (statement.reason === 'LOST')
      notices.push(
        `The key before key ${row.ordinal} was lost: from entry ${statement.number + 1} on another signs, for which it doesn’t vouch.`,
      );
    endorsed.push(isEndorsed);
    keys.push(statement);
  }

  const thumbprints = new Set(await Promise.all(known.map((key) => calculateJwkThumbprint(key))));
  const isBelieved = keys.map(({ thumbprint }) => thumbprints.has(thumbprint));
  for (let at = keys.length - 2; at >= 0; at -= 1) isBelieved[at] ||= isBelieved[at + 1] === true;
  for (let at = 1; at < keys.length; at += 1) isBelieved[at] ||= isBelieved[at - 1] === true && endorsed[at] === true;
  for (const [at, { ordinal, key }] of keys.entries())
    if (!isBelieved[at])
      faults.push(`key ${ordinal} (${key.kid}) is neither known here nor handed on to by one that is`);
  const believed = keys.filter((_, at) => isBelieved[at]);

  return {
    keys,
    faults,
    notices,
    async verify<Payload>(jws: string, kind: SignedKind) {
      for (const key of [...believed].reverse()) {
        const payload = await verified(jws, kind, key.key);
        if (payload !== undefined) return { payload: JSON.parse(payload) as Payload, key };
      }
      for (const key of known) {
        const payload = await verified(jws, kind, key);
        if (payload !== undefined) return { payload: JSON.parse(payload) as Payload, key: undefined };
      }
      return undefined;
    },
  };
}

async function statementOf(jws: string): Promise<ChainKey | undefined> {
  try {
    const claimed = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as KeyStatement;
    const payload = await verified(jws, 'access-key+jws', publicHalf(claimed.key));
    if (payload === undefined) return undefined;
    return { ...claimed, thumbprint: await calculateJwkThumbprint(claimed.key) };
  } catch {
    return undefined;
  }
}

const imported = new WeakMap<JWK, ReturnType<typeof importJWK>>();
function importOnce(key: JWK): ReturnType<typeof importJWK> {
  const known = imported.get(key) ?? importJWK(key, 'EdDSA');
  imported.set(key, known);
  return known;
}

/** The text that a key signed as that kind. */
async function verified(jws: string, kind: SignedKind, key: JWK): Promise<string | undefined> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws.trim(), await importOnce(key), {
      algorithms: ['EdDSA'],
    });
    return protectedHeader.typ === kind ? new TextDecoder().decode(payload) : undefined;
  } catch {
    return undefined;
  }
}
