import { createHash } from 'node:crypto';

/** What a gateway says in an entry; its number, its time and what it follows are the database's. */
export interface SaidAccess {
  readonly id: string;
  readonly committee: string;
  readonly agency: string;
  readonly agreement: string | null;
  readonly version: number | null;
  readonly kid: string;
  /** Why it was refused; null for a read. */
  readonly reason: string | null;
  readonly operation: string;
  readonly fields: readonly string[];
  readonly filters: string | null;
  readonly rows: number;
  readonly subjects: readonly string[];
  readonly address: string;
  readonly milliseconds: number;
  readonly times: number;
  readonly since: string | null;
  readonly until: string | null;
}

/** What a gateway signs of an entry before it is written, and what is compared with the entry afterwards. */
export function digestOfAccess(said: SaidAccess): string {
  const { id, committee, agency, agreement, version, kid, reason, operation, fields, filters } = said;
  const { rows, subjects, address, milliseconds, times, since, until } = said;
  const all = [id, committee, agency, agreement, version, kid, reason, operation, fields, filters, rows, subjects];
  return createHash('sha256')
    .update(JSON.stringify([...all, address, milliseconds, times, since, until]))
    .digest('base64url');
}

/** What a gateway signs of a group of entries before they are written. */
export interface SignedGroup {
  readonly chain: string;
  /** One run of a gateway, or of what of it nothing failed in; its groups are numbered. */
  readonly writer: string;
  readonly sequence: number;
  /** The end of this writer's group before. */
  readonly after: { readonly number: number; readonly hash: string } | null;
  /** The latest of its groups whose end it knows to be kept signed. */
  readonly kept: number | null;
  /** Digests of the entries in their order; those that were refused instead are missing from the chain. */
  readonly entries: readonly string[];
}
