import type { Actor } from '@hub/access';
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import { build, statement } from './statement.ts';

/** Rows of one table, as drizzle inserts them; each has `id` and `owner`. */
export interface ImportBatch {
  readonly table: PgTable;
  readonly rows: readonly (Record<string, unknown> & { readonly id: string; readonly owner: string })[];
}

// Parameters of one statement are numbered with 16 bits.
const rowsAtOnce = 500;

/**
 * Brings rows into the tables, each as the staff of the committee whose record it is would: there is no door past the
 * policies. Rows that are there already and the same are left alone, so importing twice changes nothing.
 * @returns how many rows were new or different
 */
export async function importRows(database: Database, batches: readonly ImportBatch[]): Promise<number> {
  let changed = 0;
  for (const { table, rows } of batches) {
    for (const owner of new Set(rows.map((row) => row.owner))) {
      const owned = rows.filter((row) => row.owner === owner);
      const actor: Actor = { kind: 'STAFF', subject: 'import', committee: owner, duties: [] };
      await database.scope({ actor, readOnly: false }, async (scope) => {
        for (let at = 0; at < owned.length; at += rowsAtOnce) {
          changed += (await scope.run(upsert(table, owned.slice(at, at + rowsAtOnce)))).length;
        }
      });
    }
  }
  return changed;
}

function upsert(table: PgTable, rows: ImportBatch['rows']) {
  const columns = getTableColumns(table) as Record<string, PgColumn>;
  const written = [...new Set(rows.flatMap((row) => Object.keys(row)))].map(
    (name) => [name, columns[name] as PgColumn] as const,
  );
  const excluded = (column: PgColumn) => sql`excluded.${sql.identifier(column.name)}`;
  const list = (of: (column: PgColumn) => SQL | PgColumn) =>
    sql.join(
      written.map(([, column]) => of(column)),
      sql`, `,
    );
  return statement(
    build
      .insert(table)
      .values([...rows])
      .onConflictDoUpdate({
        target: columns['id'] as PgColumn,
        set: Object.fromEntries(written.map(([name, column]) => [name, excluded(column)])),
        setWhere: sql`(${list((column) => column)}) is distinct from (${list(excluded)})`,
      })
      .returning({ id: columns['id'] as PgColumn }),
  );
}
