import type { CodeRange } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import DataLoader from 'dataloader';
import { sql } from 'drizzle-orm';
import { coHostedFromOutside, ofOutside } from '../consultations/range.ts';
import { consultation } from '../consultations/tables.ts';
import { outcome } from './tables.ts';

const { placeholder } = sql;

// What committees of the range lead and what they host with one outside it: two parts that share no row. One that is
// undated belongs to no year.
const groupsOfRanges = statement(
  build
    .select({
      ordinal: sql<number>`key.ordinal`.mapWith(Number).as('ordinal'),
      level: sql<string | null>`counted.level`.as('level'),
      side: sql<string | null>`counted.side`.as('side'),
      count: sql<number>`count(*)`.mapWith(Number).as('count'),
    })
    .from(
      sql`unnest(${placeholder('lo')}::text[], ${placeholder('hi')}::text[], ${placeholder('year')}::text[]) with ordinality as key(lo, hi, year, ordinal)
      cross join lateral (
        select level, side, consultation, "on" from ${outcome}
          where kind = 'INSTRUCTION' and owner >= key.lo and owner < key.hi and deleted is null
        union all select level, side, consultation, "on" from ${outcome}
          where kind = 'INSTRUCTION' and consultation = any(${coHostedFromOutside}) and ${ofOutside} and deleted is null
      ) as counted`,
    )
    .where(
      sql`(key.year is null or left(counted."on" ->> 'start', 4) = key.year)
        and exists (select 1 from ${consultation} where ${consultation.id} = counted.consultation and ${consultation.deleted} is null)`,
    )
    .groupBy(sql`key.ordinal`, sql`counted.level`, sql`counted.side`),
);

export interface InstructionGroup {
  readonly level: string | null;
  readonly side: string | null;
  readonly count: number;
}
/** Committees of a range and a year, or all years. */
export type InstructionScope = CodeRange & { readonly year: number | null };

/** How many instructions leaders gave, by level and side; all ranges of a fetch in one statement. */
export class InstructionCounter {
  readonly #groups: DataLoader<InstructionScope, InstructionGroup[], string>;
  constructor(scope: Scope) {
    this.#groups = new DataLoader<InstructionScope, InstructionGroup[], string>(
      async (asked) => {
        const found: InstructionGroup[][] = asked.map(() => []);
        const rows = await scope.run(groupsOfRanges, {
          lo: asked.map(({ lo }) => lo),
          hi: asked.map(({ hi }) => hi),
          year: asked.map(({ year }) => (year === null ? null : String(year))),
        });
        for (const { ordinal, ...group } of rows) found[ordinal - 1]?.push(group);
        return found;
      },
      { cacheKeyFn: ({ lo, hi, year }) => `${lo} ${hi} ${year}` },
    );
  }

  async total(asked: InstructionScope): Promise<number> {
    return (await this.#groups.load(asked)).reduce((sum, { count }) => sum + count, 0);
  }

  /** Those whose level and side are known, by both. */
  async groups(asked: InstructionScope): Promise<InstructionGroup[]> {
    const known = (await this.#groups.load(asked)).filter(({ level, side }) => level !== null && side !== null);
    return known.sort((one, other) => `${one.level} ${one.side}`.localeCompare(`${other.level} ${other.side}`));
  }
}
