/** Records that wait for a type that comes later: validated, counted at start-up, not yet in the graph. */
import { z } from 'zod';
import { code, key, period, record, text } from './shared.ts';

export const proposal = z.strictObject({
  ...record,
  committee: code,
  title: text,
  year: z.int().optional(),
  proposers: z
    .array(
      z.strictObject({
        kind: z.enum(['MEMBER', 'SECTOR', 'PARTY', 'STUDIO', 'SPECIAL_COMMITTEE', 'PLENARY']),
        name: text,
        member: key.optional(),
      }),
    )
    .default([]),
  filed: period.optional(),
  answered: period.optional(),
  result: text.optional(),
});
export const honour = z.strictObject({
  ...record,
  committee: code,
  title: text,
  year: z.int(),
  /** What was honoured: proposals, consultations, workstations by key. */
  laureates: z.array(key).default([]),
  decidedAt: key.optional(),
  given: period.optional(),
  givenAt: key.optional(),
});
