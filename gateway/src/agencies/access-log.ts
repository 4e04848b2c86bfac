import { randomUUID } from 'node:crypto';
import type { Actor } from '@hub/access';
import { SettingsError } from '@hub/config';
import { HubError, isErrorCode } from '@hub/errors';
import type { Transport } from '../subgraphs.ts';
import { type AccessChain, type Head, type OpenedChain, openAccessChain } from './access-chain.ts';
import { digestOfAccess, type SaidAccess, type SignedGroup } from './access-digest.ts';
import { type KeptHead, openHeadFile } from './access-head-file.ts';
import { readAccessLogKeys } from './access-keys.ts';
import { accessOfHub, type OwnEntry } from './own-entries.ts';
import { countRefusals } from './refusals.ts';

/** One read of an agency, before it is told, or one that is refused. */
export interface Access extends Omit<SaidAccess, 'id' | 'reason' | 'times' | 'since' | 'until'> {
  /** Given for the first read of a token alone: it is good once. */
  readonly token: string | null;
  readonly tokenUntil: string;
  /** Why it is refused already. */
  readonly refusal: string | null;
}

/** Why what was read may not be told. */
export interface Refusal {
  readonly code: string;
  /** In how many seconds it may be tried again. */
  readonly retryAfter: number | null;
}

export interface AccessLog {
  /**
   * Looks at the chain and at the key that is to sign it, so that what is wrong with them is told before anybody asks.
   * @throws SettingsError where the key is another one than signs the chain
   */
  open(): Promise<void>;
  /**
   * Appends an entry to the chain. What it is about may be told once this has answered null, and not before. Refusals of one
   * kind are counted and entered together.
   * @throws HubError ACCESS_NOT_LOGGED where it can't be written
   */
  append(access: Access): Promise<Refusal | null>;
  /** Removes whole groups that are older than so many days, the oldest first, each time with an entry that says so. @returns how many entries went */
  sweep(days: number): Promise<number>;
  stop(): Promise<void>;
}

/** How the chain is signed, and where its latest end is kept beside the database. */
export interface AccessLogSigning {
  /** Ed25519 key (JWK with kid) as JSON, or a JWKS of it and those before it. */
  readonly privateKey: string;
  readonly headFile?: string | undefined;
}

interface Recorded extends Head {
  readonly verdicts: readonly { readonly refusal: string | null; readonly retryAfter: number | null }[];
  readonly logged: boolean;
}

/** What is appended: a read that is judged first, or refusals that were. */
type Entry = SaidAccess & Pick<Access, 'token' | 'tokenUntil' | 'refusal'>;

const operations = {
  record: `mutation ($entries: [AccessInput!]!, $signature: String!) {
    recordAccesses(entries: $entries, signature: $signature) { verdicts { refusal retryAfter } number hash logged }
  }`,
  sign: 'mutation ($number: Int!, $signature: String!) { signAccesses(number: $number, signature: $signature) }',
  old: 'query ($days: Int!, $most: Int!) { oldAccesses(days: $days, most: $most) { first last hash since until head } }',
};
const gateway: Actor = { kind: 'FEED', subject: 'access-log' };

const mostAtOnce = 500;
/** What entries say is signed as they are written; the end of what was written so soon afterwards. */
const signEndMs = 1_000;
/** How soon it is tried again where it couldn't be kept. */
const againMs = 10_000;
/** Entries that go at a time: nobody reads while they do. */
const sweptAtOnce = 1_000;
const dayMs = 86_400_000;

interface Old extends Pick<Head, 'hash'> {
  readonly first: number;
  readonly last: number;
  readonly since: string;
  readonly until: string;
  /** The signature of the end that they have. */
  readonly head: string;
}

/**
 * The one way to the access log. Entries that come while a group is being written are the next group: one lock, one commit
 * and one signature for all of them.
 */
export function openAccessLog(options: {
  readonly transport: Transport;
  readonly timeoutMs: number;
  readonly signing: AccessLogSigning;
  readonly warn: (message: string) => void;
  /** Whether it is opened by whoever has just restored it. */
  readonly isRestoring?: boolean;
}): AccessLog {
  const { transport, timeoutMs, signing, warn } = options;
  interface Waiting {
    readonly entry: Entry;
    readonly settle: (refusal: Refusal | null) => void;
    readonly fail: (error: unknown) => void;
  }
  const beginWriter = () => ({
    id: randomUUID(),
    sequence: 0,
    last: null as Head | null,
    kept: null as number | null,
  });
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let opening: Promise<AccessChain> | undefined;
  let telling: Promise<void> | undefined;
  let writer = beginWriter();
  let timer: NodeJS.Timeout | undefined;
  /** Until what couldn't be told of a restore is tried again. */
  let retelling: NodeJS.Timeout | undefined;
  let isStopped = false;
  const headFile = openHeadFile(signing.headFile);
  const refusals = countRefusals(async ({ access, ...counted }) => {
    await enqueue({ ...entryOf(access), ...counted, rows: 0, subjects: [], token: null });
  });

  async function ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    const { result } = await transport.send('cooperation', { query, variables }, gateway, {
      requestId: randomUUID(),
      timeoutMs,
    });
    const [error] = result.errors ?? [];
    if (error) throw error;
    return result.data as Data;
  }

  function opened(): Promise<AccessChain> {
    opening ??= openOnce();
    // What couldn't be reached may be later.
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  }

  async function openOnce(): Promise<AccessChain> {
    const kept = await headFile.read();
    const opened = await openAccessChain(ask, readAccessLogKeys(signing.privateKey), kept ?? { number: 0, hash: '' });
    const { chain, hashAt, first, restoration } = opened;
    const isOther = kept?.chain !== undefined && kept.chain !== chain.id;
    // One that went with the oldest entries is none that is missing.
    const isLost = kept !== undefined && (isOther || (hashAt !== kept.hash && kept.number >= first));
    if (isLost) {
      const aside = await headFile.setAside();
      warn(
        `The access log in the database isn’t the one whose entry ${kept.number} was signed here: it was cut off, changed or restored. What was signed is kept as ${aside}, and pnpm audit:verify compares it: whoever restored the database on purpose moves it away.`,
      );
    }
    const lost = isLost && !isOther && kept.hash !== '' ? kept : null;
    if (restoration || lost) telling = tellRestored(opened, lost);
    if (chain.taken) await keepHead(chain, chain.taken);
    return chain;
  }

  async function tellRestored(opened: OpenedChain, kept: KeptHead | null): Promise<void> {
    const { chain, last, restoration } = opened;
    const lost = kept && { number: kept.number, hash: kept.hash, at: kept.at };
    const by = options.isRestoring ? 'RESTORE' : 'START';
    const unknown = { restored: null, taken: null, writtenBy: null };
    const said = { ...(restoration ?? unknown), last: last.number, hash: last.hash, lost, by } as const;
    const rows = lost ? Math.max(0, lost.number - last.number) : 0;
    try {
      await enqueueOwn({ kind: 'RESTORED', said }, { kid: chain.kid, rows, since: null, until: null });
    } catch (error) {
      if (options.isRestoring) throw error;
      // Another gateway, or the next start, says it: whoever has stopped writes no more.
      if (!isStopped) retelling = setTimeout(() => void tellRestored(opened, kept), againMs).unref();
    }
  }

  async function keepHead(chain: AccessChain, { number, hash }: Head): Promise<void> {
    const head = { chain: chain.id, number, hash, kept: writer.kept, at: new Date().toISOString() };
    await headFile.write(await chain.sign('access-head+jws', head));
  }

  function enqueue(entry: Entry): Promise<Refusal | null> {
    return new Promise((settle, fail) => {
      waiting.push({ entry, settle, fail });
      writing ??= Promise.resolve().then(writeAll);
    });
  }

  /** @returns whether it was entered, and no other gateway was faster */
  async function enqueueOwn(entry: OwnEntry, about: Parameters<typeof accessOfHub>[1]): Promise<boolean> {
    const access = accessOfHub(entry, about);
    const tokenUntil = new Date().toISOString();
    return (await enqueue({ ...access, token: null, tokenUntil, refusal: null })) === null;
  }

  async function sweepOnce(days: number): Promise<number> {
    const chain = await opened();
    const { oldAccesses: old } = await ask<{ oldAccesses: Old | null }>(operations.old, { days, most: sweptAtOnce });
    if (!old) return 0;
    // That they are so old is the hub's own word, and not the database's.
    const head = await chain.verify<KeptHead>('access-head+jws', old.head);
    const isEnd = head?.number === old.last && head.hash === old.hash && (head.chain ?? chain.id) === chain.id;
    if (!isEnd || !(Date.parse(head.at) <= Date.now() - days * dayMs)) {
      warn(
        `Entries of the access log up to ${old.last} are older than HUB_ACCESS_LOG_DAYS by their times, and no signature of the hub says so: they stay. pnpm audit:verify tells what is wrong.`,
      );
      return 0;
    }
    const { first, last, hash } = old;
    const rows = last - first + 1;
    const instant = (text: string) => new Date(text).toISOString();
    const entered = await enqueueOwn(
      { kind: 'SWEPT', said: { first, last, hash, days, signed: head.at } },
      { kid: chain.kid, rows, since: instant(old.since), until: instant(old.until) },
    );
    return entered ? rows : 0;
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const chain = await opened();
      const entries = group.map(({ entry }) => keepable(entry));
      const { id, sequence, last, kept } = writer;
      const signed: SignedGroup = {
        chain: chain.id,
        writer: id,
        sequence: sequence + 1,
        after: last,
        kept,
        entries: entries.map(digestOfAccess),
      };
      const signature = await chain.sign('access-group+jws', signed);
      const { recordAccesses } = await ask<{ recordAccesses: Recorded }>(operations.record, { entries, signature });
      if (recordAccesses.logged) {
        writer.sequence += 1;
        writer.last = { number: recordAccesses.number, hash: recordAccesses.hash };
        await keepHead(chain, writer.last);
        signEndSoon(signEndMs);
      }
      for (const [at, { settle }] of group.entries()) {
        const verdict = recordAccesses.verdicts[at];
        settle(verdict?.refusal != null ? { code: verdict.refusal, retryAfter: verdict.retryAfter } : null);
      }
    } catch (error) {
      if (error instanceof SettingsError) warn(error.message);
      // Whether it was written or not: nobody is told what isn't known to be logged, and no later group follows one that may be missing.
      writer = beginWriter();
      for (const { fail } of group) fail(new HubError('ACCESS_NOT_LOGGED'));
    }
  }

  function signEndSoon(ms: number): void {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      signEnd().catch(() => signEndSoon(againMs));
    }, ms);
    timer.unref();
  }

  async function signEnd(): Promise<void> {
    const of = writer;
    const { last, kept } = of;
    if (!last || last.number === kept) return;
    const chain = await opened();
    const signature = await chain.sign('access-head+jws', { chain: chain.id, ...last, at: new Date().toISOString() });
    await ask(operations.sign, { number: last.number, signature });
    of.kept = last.number;
    if (of === writer && of.last) await keepHead(chain, of.last);
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      await writeGroup(group);
    }
    writing = undefined;
  }

  return {
    async open() {
      try {
        await opened();
        await telling;
      } catch (error) {
        // Else it is tried again with the first entry.
        if (error instanceof SettingsError || options.isRestoring) throw error;
      }
    },
    async append(access) {
      const refusal = await enqueue(entryOf(access));
      if (refusal) await refusals.count(access, refusal.code);
      return refusal;
    },
    async sweep(days) {
      let total = 0;
      for (let swept = 1; swept > 0; total += swept) swept = await sweepOnce(days);
      return total;
    },
    async stop() {
      isStopped = true;
      clearTimeout(retelling);
      await refusals.flush();
      await writing;
      clearTimeout(timer);
      timer = undefined;
      await signEnd().catch(() => undefined);
    },
  };
}

function entryOf(access: Access): Entry {
  return { ...access, id: randomUUID(), reason: null, times: 1, since: null, until: null };
}

/** PostgreSQL keeps neither a NUL nor half a character, and one entry that it doesn't take would cost the group. */
function keepable(entry: Entry): Entry {
  const text = (given: string) => Buffer.from(given).toString().replaceAll('\0', '\uFFFD');
  const { fields, filters } = entry;
  return { ...entry, fields: fields.map(text), filters: filters === null ? null : text(filters) };
}

/** The error that a refusal is told as. */
export function refusalError({ code }: Refusal): HubError {
  return new HubError(isErrorCode(code) ? code : 'FORBIDDEN');
}
