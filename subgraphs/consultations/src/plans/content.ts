import { assertLengths } from '../given.ts';
import { invalid, longest } from './steps.ts';
import type { PlanItemContent } from './tables.ts';

/** An item as clients give it; when changing one, what isn't given stays and what is null goes. */
export interface PlanItemInput {
  readonly kind?: string | null;
  readonly localKind?: string | null;
  readonly title?: string | null;
  readonly count?: number | null;
  readonly atLeast?: boolean | null;
  readonly lead?: string | null;
  readonly plannedFrom?: string | null;
  readonly plannedUntil?: string | null;
  readonly responsible?: string | null;
}

export const nothing: PlanItemContent = {
  kind: '',
  localKind: null,
  title: null,
  count: null,
  lead: null,
  plannedFor: null,
};

/** How an item reads with what is given. */
export function contentWith(input: PlanItemInput, now: PlanItemContent): PlanItemContent {
  assertLengths(input, longest);
  const text = (field: 'localKind' | 'title' | 'lead') => (input[field] === undefined ? now[field] : input[field]);
  return {
    kind: input.kind ?? now.kind,
    localKind: text('localKind'),
    title: text('title'),
    count: countWith(input, now.count),
    lead: text('lead'),
    plannedFor: periodWith(input, now.plannedFor),
  };
}
function countWith({ count, atLeast }: PlanItemInput, now: PlanItemContent['count']): PlanItemContent['count'] {
  if (count === undefined) return now;
  if (count === null) return null;
  if (count < 1 || count > 1_000) throw invalid('count');
  return atLeast === true
    ? { value: count, qualifier: 'AT_LEAST', text: `至少${count}` }
    : { value: count, qualifier: 'EXACT', text: String(count) };
}
function periodWith(
  { plannedFrom, plannedUntil }: PlanItemInput,
  now: PlanItemContent['plannedFor'],
): PlanItemContent['plannedFor'] {
  if (plannedFrom === undefined && plannedUntil === undefined) return now;
  const start = plannedFrom === undefined ? now?.start : (plannedFrom ?? undefined);
  const end = plannedUntil === undefined ? now?.end : (plannedUntil ?? undefined);
  if (end !== undefined && (start === undefined || end < start.slice(0, end.length))) throw invalid('plannedUntil');
  return start === undefined ? null : { start, ...(end !== undefined && { end }) };
}
export const contentOf = (row: Readonly<Record<string, unknown>>): PlanItemContent =>
  Object.fromEntries(Object.keys(nothing).map((field) => [field, row[field] ?? null])) as unknown as PlanItemContent;
