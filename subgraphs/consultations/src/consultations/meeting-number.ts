import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import DataLoader from 'dataloader';
import { sql } from 'drizzle-orm';
import { consultation } from '../tables.ts';

const { placeholder } = sql;

/** 届次 of a meeting: the committee's term, and which of its meetings in that term it is. */
export interface MeetingNumber {
  readonly term: number;
  /** The next one unless given. */
  readonly ordinal?: number | null;
}

/** Kinds that are numbered, with what their numbers count. */
const counted: Readonly<Record<string, string>> = {
  PLENARY: '全体会议',
  STANDING_COMMITTEE: '常委会会议',
  TOPICAL_STANDING_COMMITTEE: '常委会会议',
  CHAIRMENS_MEETING: '主席会议',
};
const series = (kind: string) => (kind === 'TOPICAL_STANDING_COMMITTEE' ? 'STANDING_COMMITTEE' : kind);

const digits = [...'零一二三四五六七八九'];

/**
 * A whole number from 1 to 999 as Chinese numerals: 三十二, 一百零五.
 * @throws RangeError for any other
 */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 999) throw new RangeError(`no numeral for ${value}`);
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor(value / 10) % 10;
  const ones = value % 10;
  return [
    hundreds > 0 && `${digits[hundreds]}百`,
    tens > 0 && (value < 20 ? '十' : `${digits[tens]}十`),
    hundreds > 0 && tens === 0 && ones > 0 && '零',
    ones > 0 && digits[ones],
  ]
    .filter(Boolean)
    .join('');
}

/** 一届三十二次主席会议; null for what has no number. */
export function numberLabel(meeting: {
  readonly kind: string;
  readonly term: number | null;
  readonly ordinalInTerm: number | null;
}): string | null {
  const { kind, term, ordinalInTerm: ordinal } = meeting;
  const what = counted[kind];
  return what && term !== null && ordinal !== null
    ? `${chineseNumeral(term)}届${chineseNumeral(ordinal)}次${what}`
    : null;
}

const nextNumbers = statement(
  build
    .select({
      ordinal: sql<number>`key.ordinal`.mapWith(Number).as('ordinal'),
      next: sql<number>`(select coalesce(max(${consultation.ordinal}), 0) + 1 from ${consultation}
        where ${consultation.owner} = key.owner and ${consultation.numberSeries} = key.series and ${consultation.term} = key.term
          and ${consultation.status} not in ('CANCELLED', 'NOT_HELD') and ${consultation.deleted} is null)`
        .mapWith(Number)
        .as('next'),
    })
    .from(
      sql`unnest(${placeholder('owners')}::text[], ${placeholder('series')}::text[], ${placeholder('terms')}::integer[])
        with ordinality as key(owner, series, term, ordinal)`,
    ),
);

interface NumberKey {
  readonly owner: string;
  readonly kind: string;
  readonly term: number;
}

/** The next number of a committee's meetings of a kind in a term, for one fetch; null for kinds that aren't numbered. */
export function nextNumberLoader(scope: Scope) {
  return new DataLoader<NumberKey, number | null, string>(
    async (keys) => {
      const rows = await scope.run(nextNumbers, {
        owners: keys.map(({ owner }) => owner),
        series: keys.map(({ kind }) => series(kind)),
        terms: keys.map(({ term }) => term),
      });
      const next = new Map(rows.map((row) => [row.ordinal, row.next]));
      return keys.map(({ kind }, at) => (kind in counted ? (next.get(at + 1) ?? null) : null));
    },
    { cacheKeyFn: ({ owner, kind, term }) => `${owner} ${kind} ${term}` },
  );
}

const outside = (value: number) => !Number.isInteger(value) || value < 1 || value > 999;

/**
 * The columns of a meeting's number; none where none is given.
 * @throws RuleBroken INVALID for a kind that isn't numbered, or a number that none can be
 */
export async function numberColumns(
  scope: Scope,
  { owner, kind }: { readonly owner: string; readonly kind: string },
  given: MeetingNumber | null | undefined,
): Promise<{ term?: number; ordinal?: number }> {
  if (given == null) return {};
  const { term, ordinal } = given;
  const wrong = outside(term) ? 'term' : ordinal != null && outside(ordinal) ? 'ordinal' : undefined;
  if (wrong) throw new RuleBroken('INVALID', { path: ['number', wrong], details: { field: wrong } });
  const next = await nextNumberLoader(scope).load({ owner, kind, term });
  if (next === null) throw new RuleBroken('INVALID', { path: ['number'], details: { field: 'number' } });
  return { term, ordinal: ordinal ?? next };
}
