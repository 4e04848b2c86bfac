import { countedApart } from '@hub/database';
import { codeRange } from '@hub/regions';
import { and, isNull, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { type Conditions, type Fields, type Filter, type List, type ListDefinition, list } from './list.ts';

/** The committees' current codes from `lo` up to, and without, `hi`. */
export type CodeRange = Readonly<{ lo: string; hi: string }>;

interface RangedDefinition<F extends Fields> extends Omit<ListDefinition<F>, 'key' | 'tie' | 'total'> {
  /** The owner, and where many records are expected its province, with an index for each order: see {@link rangedList}. */
  readonly owner: AnyPgColumn;
  readonly province?: AnyPgColumn;
  /** What else holds of its rows. */
  readonly where?: SQL;
  /** Where records are counted as they are written: the counters of its schema, and conditions on them that say the same as the filter's of that name. */
  readonly counters?: {
    readonly schema: string;
    readonly type: string;
    readonly conditions?: Conditions;
    /** Rows that somebody sees though no counter of theirs holds them, and that aren't counted one by one anyway. */
    readonly besides?: SQL;
  };
}

const nation = codeRange('000000');

/**
 * A word that more have is met soon by whoever walks through the list in its order; those that fewer have are found by the index and
 * sorted. Both take about the same time here.
 */
export const frequent = 5000;

/**
 * Lists of what the committees of a range own. A page is rows of many owners in one order, which no index on (owner,
 * order) gives, so what is in the range is read and sorted. That is little below a province; a province is one value of a
 * column of its own, and the nation no condition at all, so that these are read off an index in order, as one owner's are.
 */
export function rangedList<F extends Fields>(definition: RangedDefinition<F>): (range: CodeRange) => List<F> {
  const { owner, province, where, counters, searched, also, name, ...rest } = definition;
  const reaching = (
    reach: string,
    tie: SQL,
    owned: SQL,
    options: { also?: SQL | undefined; sorts?: boolean; walks?: boolean },
  ) =>
    list<F>({
      ...rest,
      name: `${name} ${reach}`,
      key: { lo: 'text', hi: 'text' },
      tie: and(tie, where) ?? tie,
      also: options.also && and(options.also, where),
      sorts: options.sorts ?? false,
      ...(searched && {
        searched: {
          ...searched,
          index: {
            place: sql`key.lo, key.hi`,
            most: options.walks && searched.walksNation ? frequent : null,
            isWhole: where === undefined,
          },
        },
      }),
      ...(counters && {
        total: (filter: Filter) => totalFromCounters(rest.table, counters, filter, owned, options.also),
      }),
    });
  const inRange = sql`owner >= key.lo and owner < key.hi`;
  const ofOne = reaching('of one', sql`${owner} = key.lo`, sql`owner = key.lo`, { also });
  const ofSome = reaching('of some', sql`${owner} >= key.lo and ${owner} < key.hi`, inRange, { also, sorts: true });
  const ofProvince = province ? reaching('of a province', sql`${province} = key.lo`, inRange, { also }) : ofSome;
  const ofNation = reaching('of the nation', sql`true`, sql`true`, { walks: true });
  return ({ lo, hi }) => {
    if (lo === nation.lo && hi === nation.hi) return ofNation;
    if (hi === `${lo}!`) return ofOne;
    return lo.endsWith('0000') ? ofProvince : ofSome;
  };
}

/** A total from the counters, where they know of all that is filtered by; what a counter can't hold is counted one by one. */
function totalFromCounters(
  table: ListDefinition<Fields>['table'],
  { schema, type, conditions = {}, besides }: NonNullable<RangedDefinition<Fields>['counters']>,
  filter: Filter,
  owned: SQL,
  beyond: SQL | undefined,
): SQL | undefined {
  const asked = filter.shape.split(' ').filter(Boolean);
  if (!asked.every((name) => name in conditions)) return undefined;
  const counter = and(sql.raw(`type = '${type}'`), owned, ...asked.map((name) => conditions[name]));
  const rows = (which: SQL | undefined) =>
    sql`(select count(*) from ${table} where ${and(which, table.deleted && isNull(table.deleted), filter.sql)})`;
  const parts = [
    sql`(select coalesce(sum(total), 0) from ${sql.raw(`${schema}.counter`)} where ${counter})`,
    rows(and(owned, sql.raw(countedApart))),
    ...(besides ? [rows(and(owned, besides, sql`visibility <> 'PUBLIC' and not ${sql.raw(countedApart)}`))] : []),
    ...(beyond ? [rows(beyond)] : []),
  ];
  return sql`(${sql.join(parts, sql` + `)})`;
}
