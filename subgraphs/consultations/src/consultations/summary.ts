import type { CodeRange } from '@hub/connections';
import { build, countedApart, type Scope, statement } from '@hub/database';
import DataLoader from 'dataloader';
import { sql } from 'drizzle-orm';
import { consultation, consultationKinds, consultationStatuses } from '../tables.ts';
import { coHostedFromOutside } from './range.ts';

const { placeholder } = sql;

// Counters by owner, what they can't hold, and what committees outside the range lead: three parts that share no row.
const groupsOfRanges = statement(
  build
    .select({
      ordinal: sql<number>`key.ordinal`.mapWith(Number).as('ordinal'),
      kind: sql<string>`counted.kind`.as('kind'),
      status: sql<string>`counted.status`.as('status'),
      total: sql<number>`sum(counted.total)`.mapWith(Number).as('total'),
    })
    .from(
      sql`unnest(${placeholder('lo')}::text[], ${placeholder('hi')}::text[]) with ordinality as key(lo, hi, ordinal)
      cross join lateral (
        select split_part(kind, ' ', 1) as kind, split_part(kind, ' ', 2) as status, total from consultations.counter
          where type = 'consultation' and owner >= key.lo and owner < key.hi
        union all select kind, status, 1 from ${consultation}
          where owner >= key.lo and owner < key.hi and ${sql.raw(countedApart)} and deleted is null
        union all select kind, status, 1 from ${consultation} where id = any(${coHostedFromOutside}) and deleted is null
      ) as counted`,
    )
    .where(sql`counted.total <> 0`)
    .groupBy(sql`key.ordinal`, sql`counted.kind`, sql`counted.status`),
);

interface Group {
  readonly kind: string;
  readonly status: string;
  readonly total: number;
}

/** How many consultations there are in ranges of committees, by kind and status; all ranges of a fetch in one statement. */
export class SummaryReader {
  readonly #groups: DataLoader<CodeRange, Group[], string>;
  constructor(scope: Scope) {
    this.#groups = new DataLoader<CodeRange, Group[], string>(
      async (ranges) => {
        const found: Group[][] = ranges.map(() => []);
        const values = { lo: ranges.map(({ lo }) => lo), hi: ranges.map(({ hi }) => hi) };
        for (const row of await scope.run(groupsOfRanges, values)) found[row.ordinal - 1]?.push(row);
        return found;
      },
      { cacheKeyFn: ({ lo, hi }) => `${lo} ${hi}` },
    );
  }

  async total(range: CodeRange): Promise<number> {
    return (await this.#groups.load(range)).reduce((sum, { total }) => sum + total, 0);
  }

  async byKind(range: CodeRange): Promise<{ kind: string; count: number }[]> {
    const counts = countsBy(await this.#groups.load(range), 'kind', consultationKinds);
    return counts.map(([kind, count]) => ({ kind, count }));
  }

  async byStatus(range: CodeRange): Promise<{ status: string; count: number }[]> {
    const counts = countsBy(await this.#groups.load(range), 'status', consultationStatuses);
    return counts.map(([status, count]) => ({ status, count }));
  }
}

/** Counts in the order of the closed list, without those of which there is none. */
function countsBy(groups: readonly Group[], by: 'kind' | 'status', names: readonly string[]): [string, number][] {
  return names
    .map((name): [string, number] => [
      name,
      groups.filter((group) => group[by] === name).reduce((sum, { total }) => sum + total, 0),
    ])
    .filter(([, count]) => count > 0);
}
