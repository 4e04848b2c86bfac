import { createHash } from 'node:crypto';
import type { Visibility } from '@hub/access';
import { currentCode } from '@hub/regions';

/** The id in the graph of a record, made from its key for ever (a UUID of version 8, RFC 9562). */
export function recordId(key: string): string {
  const hex = createHash('sha256').update(`cppcc-hub ${key}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

interface Cited {
  readonly key: string;
  readonly source?: string | undefined;
  readonly visibility?: Visibility | undefined;
}

/** The columns that every record has, of a record and the committee whose it is. */
export function recordRow(
  record: Cited,
  committee: string,
  audience: { parties?: readonly string[]; subjects?: readonly string[] } = {},
) {
  return {
    id: recordId(record.key),
    owner: currentCode(committee),
    ownerAsFiled: committee,
    visibility: record.visibility ?? 'PUBLIC',
    parties: audience.parties ?? [],
    subjects: audience.subjects ?? [],
    source: record.source ?? null,
    externalId: record.key,
  };
}
