import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import type { Actor } from '@hub/access';
import { HubError, isErrorCode } from '@hub/errors';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Transport } from '../subgraphs.ts';

/** One read of an agency, before it is told, or one refusal. */
export interface Access {
  readonly agency: string;
  readonly committee: string;
  readonly agreement: string | null;
  readonly version: number | null;
  readonly kid: string;
  /** Given for the first read of a token alone: it is good once. */
  readonly token: string | null;
  readonly tokenUntil: string;
  /** Why it is refused already. */
  readonly refusal: string | null;
  readonly operation: string;
  readonly fields: readonly string[];
  readonly filters: string | null;
  readonly rows: number;
  readonly subjects: readonly string[];
  readonly address: string;
  readonly milliseconds: number;
}

/** Why what was read may not be told. */
export interface Refusal {
  readonly code: string;
  /** In how many seconds it may be tried again. */
  readonly retryAfter: number | null;
}

export interface AccessLog {
  /**
   * Appends an entry to the chain. What it is about may be told once this has answered null, and not before.
   * @throws HubError ACCESS_NOT_LOGGED where it can't be written
   */
  append(access: Access): Promise<Refusal | null>;
  stop(): Promise<void>;
}

/** How ends of the chain are signed, and where the latest is kept beside the database. */
export interface AccessLogSigning {
  /** Ed25519 key (JWK with kid), as JSON. */
  readonly privateKey: string;
  readonly headFile?: string | undefined;
}

/** A new key to sign the log with: an Ed25519 JWK with its kid, as JSON. */
export async function createAccessLogKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
}

interface Recorded {
  readonly verdicts: readonly { readonly refusal: string | null; readonly retryAfter: number | null }[];
  readonly number: number;
  readonly hash: string;
}

const operations = {
  record: `mutation ($entries: [AccessInput!]!) { recordAccesses(entries: $entries) { verdicts { refusal retryAfter } number hash } }`,
  sign: 'mutation ($number: Int!, $signature: String!) { signAccesses(number: $number, signature: $signature) }',
};
const gateway: Actor = { kind: 'FEED', subject: 'access-log' };

const mostAtOnce = 500;
/** An end of the chain is kept in the database after so many entries, or so long after the first that isn't covered. */
const checkpointEntries = 1_000;
const checkpointMs = 10_000;

/**
 * The one way to the access log. Entries that come while a group is being written are the next group: one lock and one
 * commit for all of them.
 */
export function openAccessLog(options: {
  readonly transport: Transport;
  readonly timeoutMs: number;
  readonly signing: AccessLogSigning;
}): AccessLog {
  const { transport, timeoutMs, signing } = options;
  interface Waiting {
    readonly access: Access;
    readonly settle: (refusal: Refusal | null) => void;
    readonly fail: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let key: Promise<{ sign: (head: object) => Promise<string> }> | undefined;
  let signed = { number: 0, at: Date.now() };
  let last: Pick<Recorded, 'number' | 'hash'> | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    const { result } = await transport.send('cooperation', { query, variables }, gateway, {
      requestId: randomUUID(),
      timeoutMs,
    });
    const [error] = result.errors ?? [];
    if (error) throw error;
    return result.data as Data;
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const { recordAccesses } = await ask<{ recordAccesses: Recorded }>(operations.record, {
        entries: group.map(({ access }) => keepable(access)),
      });
      last = { number: recordAccesses.number, hash: recordAccesses.hash };
      await keepHead(last);
      for (const [at, { settle }] of group.entries()) {
        const verdict = recordAccesses.verdicts[at];
        settle(verdict?.refusal != null ? { code: verdict.refusal, retryAfter: verdict.retryAfter } : null);
      }
    } catch {
      // Whether it was written or not: nobody is told what isn't known to be logged.
      for (const { fail } of group) fail(new HubError('ACCESS_NOT_LOGGED'));
      return;
    }
    await checkpoint().catch(() => undefined);
  }

  const signer = () => {
    key ??= (async () => {
      const jwk = JSON.parse(signing.privateKey) as JWK;
      const imported = await importJWK(jwk, 'EdDSA');
      return {
        sign: (head: object) =>
          new CompactSign(new TextEncoder().encode(JSON.stringify(head)))
            .setProtectedHeader({
              alg: 'EdDSA',
              typ: 'access-head+jws',
              ...(jwk.kid !== undefined && { kid: jwk.kid }),
            })
            .sign(imported),
      };
    })();
    return key;
  };

  /** Beside the database, so that whoever can cut off its end can't cut off this one. */
  async function keepHead(head: Pick<Recorded, 'number' | 'hash'>): Promise<void> {
    if (signing.headFile === undefined) return;
    const unfinished = `${signing.headFile}.${process.pid}`;
    await writeFile(unfinished, await (await signer()).sign({ ...head, at: new Date().toISOString() }), {
      mode: 0o600,
    });
    await rename(unfinished, signing.headFile);
  }

  async function checkpoint(whatever = false): Promise<void> {
    clearTimeout(timer);
    if (!last || last.number === signed.number) return;
    const due = whatever || last.number - signed.number >= checkpointEntries || Date.now() - signed.at >= checkpointMs;
    if (!due) {
      timer = setTimeout(() => void checkpoint(true).catch(() => undefined), checkpointMs);
      timer.unref();
      return;
    }
    const head = last;
    const signature = await (await signer()).sign({ ...head, at: new Date().toISOString() });
    signed = { number: head.number, at: Date.now() };
    // An end that couldn't be kept is covered by the next one.
    await ask(operations.sign, { number: head.number, signature }).catch(() => undefined);
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
    append: (access) =>
      new Promise((settle, fail) => {
        waiting.push({ access, settle, fail });
        writing ??= Promise.resolve().then(writeAll);
      }),
    async stop() {
      await writing;
      await checkpoint(true).catch(() => undefined);
    },
  };
}

/** PostgreSQL keeps neither a NUL nor half a character, and one entry that it doesn't take would cost the group. */
function keepable(access: Access): Access {
  const text = (given: string) => Buffer.from(given).toString().replaceAll('\0', '\uFFFD');
  const { fields, filters } = access;
  return { ...access, fields: fields.map(text), filters: filters === null ? null : text(filters) };
}

/** The error that a refusal is told as. */
export function refusalError({ code }: Refusal): HubError {
  return new HubError(isErrorCode(code) ? code : 'FORBIDDEN');
}
