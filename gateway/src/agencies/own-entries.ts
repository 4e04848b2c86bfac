import { randomUUID } from 'node:crypto';
import type { Head, Restoration } from './access-chain.ts';
import type { SaidAccess } from './access-digest.ts';
import type { KeptHead } from './access-head-file.ts';

/** Entries that went since they had been kept as long as is set: up to the end of a group, which had been signed. */
export interface Swept extends Pick<Head, 'hash'> {
  readonly first: number;
  readonly last: number;
  /** For how many days entries are kept. */
  readonly days: number;
  /** When the hub signed that end: so long ago was the last of them written. */
  readonly signed: string;
}

/** The log that was brought back as it had been earlier. */
export interface Restored extends Restoration, Pick<Head, 'hash'> {
  /** The last entry that it was brought back with. */
  readonly last: number;
  /** What had been signed here beyond that, and is lost. */
  readonly lost: Pick<KeptHead, 'number' | 'hash' | 'at'> | null;
  /** Whether who restored it says so, or a gateway found it so at its start. */
  readonly by: 'RESTORE' | 'START';
}

export type OwnEntry =
  | { readonly kind: 'SWEPT'; readonly said: Swept }
  | { readonly kind: 'RESTORED'; readonly said: Restored };

/** Of the whole hub: the national committee's staff read them. */
const nation = '000000';
const nobody = '00000000-0000-0000-0000-000000000000';

/** What the hub itself did to the log, as an entry of it. */
export function accessOfHub(
  { kind, said }: OwnEntry,
  about: Pick<SaidAccess, 'kid' | 'rows' | 'since' | 'until'>,
): SaidAccess {
  return {
    ...about,
    id: randomUUID(),
    committee: nation,
    agency: nobody,
    agreement: null,
    version: null,
    reason: kind,
    operation: '',
    fields: [],
    filters: JSON.stringify(said),
    subjects: [],
    address: '',
    milliseconds: 0,
    times: 1,
  };
}
