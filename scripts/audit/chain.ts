/**
 * Checks the log of what agencies read: that no entry was changed, left out, put in another place or cut off. It computes
 * every hash itself, of what stands in the table, and believes nothing that the database says of it.
 */
import { createHash } from 'node:crypto';
import { compactVerify, importJWK, type JWK } from 'jose';
import type postgres from 'postgres';

export interface Verified {
  readonly entries: number;
  readonly checkpoints: number;
  /** What is wrong, a sentence each; empty where all is as it was written. */
  readonly faults: readonly string[];
}

interface Head {
  readonly number: number;
  readonly hash: string;
}

const entriesAtOnce = 5_000;

/**
 * @param publicKeys JWKs of the keys that signed ends of the chain, by their `kid`
 * @param heads signed ends that were kept beside the database
 */
export async function verifyChain(
  sql: postgres.Sql,
  publicKeys: readonly JWK[],
  heads: readonly string[],
): Promise<Verified> {
  const faults: string[] = [];
  const signed = new Map<number, string>();
  const signatures = await sql<{ number: string; signature: string }[]>`
    select number, signature from cooperation.access_checkpoint order by number`;
  for (const [where, signature] of [
    ...signatures.map(({ number, signature }) => [`checkpoint ${number}`, signature] as const),
    ...heads.map((head) => ['the end that is kept beside the database', head] as const),
  ]) {
    const head = await headOf(signature, publicKeys);
    if (!head) faults.push(`${where}: its signature isn’t of a key of the hub`);
    else if (signed.has(head.number) && signed.get(head.number) !== head.hash)
      faults.push(`entry ${head.number}: it was signed with two hashes`);
    else signed.set(head.number, head.hash);
  }

  let entries = 0;
  let previous = '';
  let expected = 1;
  for (;;) {
    const rows = await sql<{ number: string; previous: string; hash: string; hashed: string }[]>`
      select number, previous, hash, jsonb_build_array(previous, number, id, owner, visibility, parties, subjects, agency, agreement, version,
        kid, outcome, reason, operation, fields, filters, rows, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), address,
        milliseconds)::text as hashed
      from cooperation.access_entry where number >= ${expected} order by number limit ${entriesAtOnce}`;
    for (const row of rows) {
      const number = Number(row.number);
      if (number !== expected) {
        faults.push(
          number === expected + 1 ? `entry ${expected} is missing` : `entries ${expected} to ${number - 1} are missing`,
        );
      } else if (row.previous !== previous) faults.push(`entry ${number} doesn’t follow the one before it`);
      if (createHash('sha256').update(row.hashed, 'utf8').digest('hex') !== row.hash)
        faults.push(`entry ${number} was changed`);
      const known = signed.get(number);
      if (known !== undefined && known !== row.hash) faults.push(`entry ${number} isn’t the one that was signed`);
      signed.delete(number);
      entries += 1;
      previous = row.hash;
      expected = number + 1;
    }
    if (rows.length < entriesAtOnce) break;
  }
  const beyond = [...signed.keys()].filter((number) => number >= expected).sort((one, other) => one - other);
  const [last] = beyond.slice(-1);
  if (last !== undefined) faults.push(`entries ${expected} to ${last} were cut off: ${last} was signed`);
  return { entries, checkpoints: signatures.length, faults };
}

async function headOf(signature: string, publicKeys: readonly JWK[]): Promise<Head | undefined> {
  for (const key of publicKeys)
    try {
      const { payload } = await compactVerify(signature.trim(), await importJWK(key, 'EdDSA'), {
        algorithms: ['EdDSA'],
      });
      return JSON.parse(new TextDecoder().decode(payload)) as Head;
    } catch {
      // Perhaps another key's.
    }
  return undefined;
}
