import { randomBytes, randomUUID } from 'node:crypto';
import { SettingsError } from '@hub/config';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { type AccessLogKeys, payloadOf, publicHalf, type SignedKind, signWith } from './access-keys.ts';
import { type KeyRow, readChainKeys } from './chain-keys.ts';

/** An entry as the end of the chain. */
export interface Head {
  readonly number: number;
  readonly hash: string;
}

/** What a key says of itself as it takes over, signed by itself and, unless that one is lost, by the key before. */
export interface KeyStatement extends Head {
  /** Made at random as the chain begins. */
  readonly chain: string;
  readonly ordinal: number;
  readonly key: JWK;
  /** Thumbprint of the key before. */
  readonly previous: string | null;
  readonly reason: 'BEGUN' | 'SUCCEEDED' | 'LOST';
  /** How many ends were signed in the way of earlier versions, of the entries up to `number`; where it begins the chain. */
  readonly checkpoints: number;
  readonly at: string;
}

/** The chain of this hub, with a key that may lengthen it. */
export interface AccessChain {
  readonly id: string;
  /** Whether this gateway has just begun it or taken over, and after which entry. */
  readonly taken: Head | null;
  /** Of the key that signs here. */
  readonly kid: string;
  sign(kind: SignedKind, payload: object): Promise<string>;
  /** What a JWS of this chain says; undefined where none of its keys that are believed here signed it. */
  verify<Payload>(kind: SignedKind, jws: string): Promise<Payload | undefined>;
}

/** What brought the log back, as far as the database knows; all null where it was other means than the hub's own. */
export interface Restoration {
  readonly restored: string | null;
  readonly taken: string | null;
  readonly writtenBy: string | null;
}

export interface OpenedChain {
  readonly chain: AccessChain;
  /** Of the entry that was signed here last; null where there is none, or another, or where it went with those before `first`. */
  readonly hashAt: string | null;
  /** The oldest entry that there is; 0 where there is none. */
  readonly first: number;
  readonly last: Head;
  /** What isn't told in the log yet. */
  readonly restoration: Restoration | null;
}

export type AskChain = <Data>(query: string, variables: Record<string, unknown>) => Promise<Data>;

interface Read {
  readonly keys: readonly KeyRow[];
  readonly first: number;
  readonly number: number;
  readonly hash: string | null;
  readonly hashAt: string | null;
  readonly checkpoints: number;
  readonly restoration: Restoration | null;
}

const operations = {
  read: `query ($number: Int!) { accessChain(number: $number) {
    keys { ordinal number hash statement endorsement } first number hash hashAt checkpoints restoration { restored taken writtenBy }
  } }`,
  add: 'mutation ($key: AccessKeyInput!) { addAccessKey(key: $key) }',
};

/**
 * Opens the chain, and begins it where there is none.
 * @param known the end that was signed here last: whether it is still in the chain is told with it
 * @throws SettingsError where the key is another one than signs this chain
 */
export async function openAccessChain(ask: AskChain, keys: AccessLogKeys, known: Head): Promise<OpenedChain> {
  const own = await calculateJwkThumbprint(keys.current);
  for (;;) {
    const { accessChain: read } = await ask<{ accessChain: Read }>(operations.read, { number: known.number });
    const statements = read.keys.map(({ statement }) => payloadOf<KeyStatement>(statement));
    const [first, last] = [statements[0], statements.at(-1)];
    const { hashAt, restoration } = read;
    const open = (id: string, taken: Head | null): OpenedChain => ({
      hashAt,
      restoration,
      first: read.first,
      last: taken ?? { number: read.number, hash: read.hash ?? first?.hash ?? '' },
      chain: {
        id,
        taken,
        kid: keys.current.kid ?? '',
        sign: (kind, payload) => signWith(keys.current, kind, payload),
        async verify<Payload>(kind: SignedKind, jws: string) {
          const own = [keys.current, ...keys.earlier].map(publicHalf);
          const verified = await (await readChainKeys(read.keys, own)).verify<Payload>(jws, kind);
          return verified?.payload;
        },
      },
    });
    const current = last && (await calculateJwkThumbprint(last.key));
    if (first && current === own) return open(first.chain, null);
    const succession = last ? await successionOf(keys, { own, current: current ?? '', statements }) : beginning;
    const statement: KeyStatement = {
      chain: first?.chain ?? randomUUID(),
      ordinal: statements.length + 1,
      key: publicHalf(keys.current),
      number: read.number,
      hash: read.hash ?? first?.hash ?? randomBytes(32).toString('hex'),
      previous: current ?? null,
      reason: succession.reason,
      checkpoints: read.checkpoints,
      at: new Date().toISOString(),
    };
    const { ordinal, number, hash } = statement;
    const signed = {
      statement: await signWith(keys.current, 'access-key+jws', statement),
      endorsement: succession.by ? await signWith(succession.by, 'access-key+jws', statement) : null,
    };
    const { addAccessKey: isAdded } = await ask<{ addAccessKey: boolean }>(operations.add, {
      key: { ordinal, number, hash, ...signed },
    });
    // Another gateway came first, or an entry did.
    if (isAdded) return open(statement.chain, { number, hash });
  }
}

const beginning = { reason: 'BEGUN', by: null } as const;

/** By what right a key takes over from the one that signs now. @throws SettingsError where it has none */
async function successionOf(
  { current: key, earlier, lost }: AccessLogKeys,
  { own, current, statements }: { own: string; current: string; statements: readonly KeyStatement[] },
): Promise<{ reason: KeyStatement['reason']; by: JWK | null }> {
  const { key: signing, number } = statements.at(-1) as KeyStatement;
  const since = `it has the kid ${signing.kid} and signs since entry ${number + 1}`;
  for (const statement of statements)
    if ((await calculateJwkThumbprint(statement.key)) === own)
      throw new SettingsError(
        `HUB_ACCESS_LOG_PRIVATE_KEY: the key ${key.kid} was succeeded by another on this database: give this gateway the one that the others have (${since}).`,
      );
  for (const one of earlier)
    if ((await calculateJwkThumbprint(one)) === current) return { reason: 'SUCCEEDED', by: one };
  if (lost === current) return { reason: 'LOST', by: null };
  throw new SettingsError(
    `HUB_ACCESS_LOG_PRIVATE_KEY: the key ${key.kid} isn’t the one that signs the access log of this database: give every gateway that one (${since}), or let this one succeed it with npx -y pnpm audit:rotate.`,
  );
}
