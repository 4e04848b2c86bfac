/** What records of every kind are made of. */
import { isPartialDate } from '@hub/inputs';
import { z } from 'zod';

export const text = z.string().trim().min(1);

/** Names a record of any kind, for ever: `xinchang/fengshan-inspection`. */
export const key = z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)+$/, 'a key is written like place/what');
/** A committee or region by its code as the document's time had it: six, nine or twelve digits. */
export const code = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, 'a code has 6, 9 or 12 digits');

/** A day, a month or a year: what the source gives and no more. */
export const partialDate = z.string().refine(isPartialDate, 'a date is YYYY, YYYY-MM or YYYY-MM-DD');
/**
 * When something was or is. `text` keeps the source's words where they say less or other than a date (2024年上旬);
 * `yearInferred` marks a year that the document doesn't state. An undated thing has no period at all.
 */
export const period = z.strictObject({
  start: partialDate.optional(),
  end: partialDate.optional(),
  text: text.optional(),
  yearInferred: z.boolean().default(false),
});
export type Period = z.infer<typeof period>;

/** A figure as the source gives it: `290余` is at least 290, `近七成` is just below 70 %. */
export const quantity = z.strictObject({
  value: z.number(),
  qualifier: z.enum(['EXACT', 'AT_LEAST', 'NEARLY']).default('EXACT'),
  text,
});
export type Quantity = z.infer<typeof quantity>;

export const visibility = z.enum(['PRIVATE', 'INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT', 'PUBLIC']);

/** What every record has. `source` is a document of `sources.yaml`; a file's own `source` is the default. */
export const record = { key, source: text.optional(), visibility: visibility.default('PUBLIC') };

/** A figure that a source states about something, never added to what the hub counts itself. */
export const statedFigure = z.strictObject({
  /** Chinese term of what is counted, the unit left out: 公益性岗位 */
  label: text,
  value: quantity,
  /** Chinese unit: 个, 人次, 万元, % … */
  unit: text.optional(),
  /** The time that the figure covers. */
  period: period.optional(),
  /** The time at which it was so. */
  asOf: period.optional(),
  /** What a reader must know to read it rightly, in our words. */
  note: text.optional(),
});
export type StatedFigure = z.infer<typeof statedFigure>;
export const figures = z.array(statedFigure).default([]);
