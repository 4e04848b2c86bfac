import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import type { Schema } from './migrate.ts';
import { build, statement } from './statement.ts';

const { placeholder } = sql;

/** For how many days is kept what isn't kept for good. */
export interface Retention {
  /** Idempotency keys. */
  readonly keyDays: number;
  /** Changes of records that changed again since. */
  readonly changeDays: number;
}

/** How many go at a time: rows of keys and changes are small, and files have their bytes with them. */
const rowsAtOnce = 1_000;
const othersAtOnce = 5;

/**
 * Deletes what has had its time in a subgraph's schema: idempotency keys and changes after so many days, and what its own
 * functions sweep. By batches, each a transaction of its own; several that sweep at once don't wait for one another.
 * @returns how much was gone through, by the name of what swept it
 */
export function sweeper(
  database: Database,
  { name, upkeep }: Schema,
): (retention: Retention) => Promise<Readonly<Record<string, number>>> {
  const schema = sql.identifier(name);
  const swept = (call: ReturnType<typeof sql>) =>
    statement(build.select({ swept: sql<number>`swept`.mapWith(Number).as('swept') }).from(sql`${call} as swept`));
  const most = sql`${placeholder('most')}::int`;
  const sweeps = [
    {
      sweep: 'sweep_idempotency',
      most: rowsAtOnce,
      batch: swept(sql`${schema}.sweep_idempotency(${placeholder('keyDays')}::int, ${most})`),
    },
    {
      sweep: 'sweep_change',
      most: rowsAtOnce,
      batch: swept(sql`${schema}.sweep_change(${placeholder('changeDays')}::int, ${most})`),
    },
    ...(upkeep.sweeps ?? []).map((sweep) => ({
      sweep,
      most: othersAtOnce,
      batch: swept(sql`${schema}.${sql.identifier(sweep)}(${most})`),
    })),
  ];
  return async (retention) => {
    const totals: Record<string, number> = {};
    for (const { sweep, most, batch } of sweeps) {
      let total = 0;
      for (let last = most; last === most; total += last) {
        const [row] = await database.scope({ actor: { kind: 'FEED', subject: 'sweep' }, readOnly: false }, (scope) =>
          scope.run(batch, { ...retention, most }),
        );
        last = row?.swept ?? 0;
      }
      totals[sweep] = total;
    }
    return totals;
  };
}
