/**
 * Checks the log of what agencies read: that no entry was changed, added, left out, put in another place or cut off, and that
 * members are shown the entries that tell of them. It computes every hash itself, of what stands in the tables, and believes
 * nothing that the database says of it.
 */
import { createHash } from 'node:crypto';
import { type Head, type KeptHead, type KeyRow, publicHalf, readChainKeys } from '@hub/gateway';
import type { JWK } from 'jose';
import type postgres from 'postgres';
import { Groups } from './groups.ts';
import { OwnEntries } from './own-entries.ts';
import { type CheckpointRow, type EntryRow, Rows, type SubjectRow } from './rows.ts';

/** What is known of the log without the database. */
export interface Known {
  /** Keys of the hub as JWKs; of private ones the public half is used. */
  readonly keys: readonly JWK[];
  /** Signed ends of the chain that were kept, each with where. */
  readonly heads: readonly { readonly where: string; readonly signature: string }[];
}

export interface Verified {
  readonly entries: number;
  readonly checkpoints: number;
  /** What is wrong, a sentence each; empty where all is as it was written. */
  readonly faults: readonly string[];
  /** What isn't wrong and should be known. */
  readonly notices: readonly string[];
  /** Up to which entry something outside of the database proves that nothing was cut off; null where nothing does. */
  readonly proven: { readonly number: number; readonly where: string } | null;
}

interface Signed extends Head {
  readonly where: string;
  readonly at: string | undefined;
}

export async function verifyChain(sql: postgres.Sql, known: Known): Promise<Verified> {
  return (await sql.begin('isolation level repeatable read read only', (transaction) =>
    verifyIn(transaction, known),
  )) as Verified;
}

/** In a transaction that reads one state of the database. */
export async function verifyIn(sql: postgres.TransactionSql, known: Known): Promise<Verified> {
  const faults: string[] = [];
  const keys = await readChainKeys(
    await sql<
      KeyRow[]
    >`select ordinal, number::text, hash, statement, endorsement from cooperation.access_key order by ordinal`,
    known.keys.map(publicHalf),
  );
  faults.push(...keys.faults);
  const beginning = keys.keys[0];
  // Entries of earlier versions are held by the chain and its signed ends alone.
  const plainUntil = beginning?.number ?? Number.POSITIVE_INFINITY;

  const heads: (KeptHead & { readonly where: string })[] = [];
  for (const { where, signature } of known.heads) {
    const head = await keys.verify<KeptHead>(signature, 'access-head+jws');
    if (!head) faults.push(`${where}: its signature isn’t of a key of the hub`);
    else if (head.payload.chain !== undefined && head.payload.chain !== beginning?.chain)
      faults.push(`${where}: it is the end of another chain than this`);
    else heads.push({ ...head.payload, where });
  }
  /** Hashes that were signed, by the number of their entry, and when, of those that were kept beside the database. */
  const signed = new Map<number, Signed[]>();
  const sign = ({ number, hash }: Head, where: string, at?: string) =>
    signed.set(number, [...(signed.get(number) ?? []), { number, hash, where, at }]);
  for (const head of heads) sign(head, head.where, head.at);
  for (const key of keys.keys) sign(key, `key ${key.ordinal}`);
  const differing: Signed[] = [];
  const compareSigned = (number: number, hash: string | null) => {
    differing.push(...(signed.get(number) ?? []).filter((one) => one.hash !== hash));
    signed.delete(number);
  };

  const checkpoints = new Rows<CheckpointRow>(sql, 'checkpoints');
  const subjects = new Rows<SubjectRow>(sql, 'subjects');
  const groups = new Groups(keys, checkpoints, plainUntil, heads);
  const all = new Rows<EntryRow>(sql, 'entries');
  let entries = 0;
  const own = new OwnEntries();
  let last: Head = { number: 0, hash: plainUntil === 0 ? (beginning?.hash ?? '') : '' };
  compareSigned(0, last.hash);
  /** What the first entry follows. */
  let before: Head | undefined;
  for (let row = await all.next(); row; row = await all.next()) {
    entries += 1;
    const number = row.number === null ? Number.NaN : Number(row.number);
    if (!(number > 0)) {
      faults.push(`entry ${row.number}: the hub gives no such number`);
      continue;
    }
    const isPlain = number <= plainUntil;
    const text = isPlain ? row.hashedBefore : row.hashed;
    const content = JSON.parse(text) as readonly unknown[];
    if (!before) {
      // Whether the hub removed those before it is said further on.
      if (number > 1) last = { number: number - 1, hash: String(content[0]) };
      before = last;
      groups.begin(number);
    }
    if (number === last.number) faults.push(`entry ${number} is there twice`);
    else if (number > last.number + 1)
      faults.push(
        number === last.number + 2
          ? `entry ${number - 1} is missing`
          : `entries ${last.number + 1} to ${number - 1} are missing`,
      );
    else if (content[0] !== last.hash) faults.push(`entry ${number} doesn’t follow the one before it`);
    if (createHash('sha256').update(text, 'utf8').digest('hex') !== row.hash || (isPlain && !row.isPlain))
      faults.push(`entry ${number} was changed`);
    compareSigned(number, row.hash);
    if (isPlain) await groups.plain(number, row.hash ?? '');
    else {
      await groups.entry({ number, hash: row.hash ?? '' }, content);
      own.read(number, content);
    }
    faults.push(...(await compareSubjects(subjects, number, Array.isArray(content[6]) ? content[6] : [])));
    last = { number, hash: row.hash ?? '' };
  }
  for (let row = await subjects.next(); row; row = await subjects.next())
    faults.push(`a member is told of entry ${row.number}, which isn’t there`);
  await groups.end();
  faults.push(...groups.faults);
  if (before) faults.push(...own.faultsOf(before));
  // Some of them went with entries that the hub removed; what they signed follows from the beginning, as far as it is there.
  const isWhole = (before?.number ?? 0) === 0;
  if (isWhole && groups.plainCheckpoints !== (beginning?.checkpoints ?? groups.plainCheckpoints))
    faults.push(
      `${groups.plainCheckpoints} of the ${beginning?.checkpoints} ends that earlier versions signed are there`,
    );

  const isLost = ({ number, at }: Signed) => at !== undefined && own.isLost({ number, at });
  for (const one of differing)
    if (!isLost(one)) faults.push(`entry ${one.number} isn’t the one that was signed (${one.where})`);
  const beyond = [...signed.values()].flat().filter((one) => one.number > last.number && !isLost(one));
  const furthest = Math.max(...beyond.map(({ number }) => number));
  if (beyond.length > 0)
    faults.push(
      last.number + 1 === furthest
        ? `entry ${furthest} was cut off: it was signed`
        : `entries ${last.number + 1} to ${furthest} were cut off: ${furthest} was signed`,
    );
  // A database that this version didn't lay yet has no such function.
  const [laid] = await sql`select 1 where to_regproc('cooperation.untold_restoration') is not null`;
  const [untold] = laid ? await sql`select cooperation.untold_restoration() as one` : [];
  if (untold?.['one']) own.notices.push('It was brought back since a gateway opened it last, and doesn’t say so yet.');
  // An end that went with the oldest entries proves nothing of those that are there.
  const provenFrom = isWhole ? 0 : (before?.number ?? 0) + 1;
  const proving = heads.reduce<Verified['proven']>(
    (best, head) =>
      head.number >= provenFrom && head.number > (best?.number ?? -1) && !isLost(head)
        ? { number: head.number, where: head.where }
        : best,
    null,
  );
  return {
    entries,
    checkpoints: groups.count,
    faults,
    notices: [...keys.notices, ...own.notices, ...groups.notices],
    proven: proving,
  };
}

/** What members are shown of who read about them is what the entries say. */
async function compareSubjects(
  rows: Rows<SubjectRow>,
  number: number,
  subjects: readonly string[],
): Promise<readonly string[]> {
  const faults: string[] = [];
  const missing = new Set(subjects.map((subject) => subject.toLowerCase()));
  for (
    let row = await rows.peek();
    row && row.number !== null && Number(row.number) <= number;
    row = await rows.peek()
  ) {
    await rows.next();
    if (Number(row.number) < number) faults.push(`a member is told of entry ${row.number}, which isn’t there`);
    else if (!missing.delete(row.member ?? ''))
      faults.push(`entry ${number}: a member is told of it whom it doesn’t tell of`);
  }
  if (missing.size > 0)
    faults.push(`entry ${number}: of the members whom it tells of, ${missing.size} aren’t told of it`);
  return faults;
}
