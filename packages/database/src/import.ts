import { type Actor, duties } from '@hub/access';
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

const importer = (owner: string): Actor => ({ kind: 'STAFF', subject: 'import', committee: owner, duties });

/**
 * Brings rows into the tables, each as the staff of the committee whose record it is would: there is no door past the
 * policies. Rows that are there already and the same are left alone, so importing twice changes nothing; and so are those
 * that somebody has changed since, whose word it is then.
 * @returns how many rows were new or different
 */
export async function importRows(database: Database, batches: readonly ImportBatch[]): Promise<number> {
  let changed = 0;
  for (const { table, rows } of batches) {
    for (const owner of new Set(rows.map((row) => row.owner))) {
      const owned = rows.filter((row) => row.owner === owner);
      await database.scope({ actor: importer(owner), readOnly: false }, async (scope) => {
        for (let at = 0; at < owned.length; at += rowsAtOnce) {
          changed += (await scope.run(upsert(table, owned.slice(at, at + rowsAtOnce)))).length;
        }
      });
    }
  }
  return changed;
}

/**
 * Withdraws what an earlier import brought and this one no longer has, unless somebody has changed it since.
 * @param batches all that there is to import, of every table
 * @returns how many rows
 */
export async function withdrawMissing(database: Database, batches: readonly ImportBatch[]): Promise<number> {
  let withdrawn = 0;
  // Parts go with their wholes, so they are looked at last.
  for (const { table, rows } of [...batches].reverse()) {
    const columns = getTableColumns(table) as Record<string, PgColumn>;
    const { id, owner, deleted, externalId, revision, importedRevision } = columns;
    const untouched = sql`${externalId} is not null and ${deleted} is null and ${importedRevision} = ${revision}`;
    const missing = await database.scope({ actor: { kind: 'FEED', subject: 'import' }, readOnly: true }, (scope) =>
      scope.run(
        statement(
          build
            .select({ id: id as PgColumn, owner: owner as PgColumn })
            .from(table)
            .where(sql`${untouched} and not (${id} = any(${sql.placeholder('ids')}::uuid[]))`),
        ),
        { ids: rows.map((row) => row.id) },
      ),
    );
    for (const of of new Set(missing.map((row) => String(row.owner)))) {
      const ids = missing.filter((row) => row.owner === of).map((row) => row.id);
      const gone = await database.scope({ actor: importer(of), readOnly: false }, (scope) =>
        scope.run(
          statement(
            build
              .update(table)
              .set({ deleted: sql`now()`, importedRevision: sql`${revision} + 1` } as never)
              .where(sql`${untouched} and ${id} = any(${sql.placeholder('ids')}::uuid[])`)
              .returning({ id: id as PgColumn }),
          ),
          { ids },
        ),
      );
      withdrawn += gone.length;
    }
  }
  return withdrawn;
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
  const { revision, importedRevision, deleted } = columns;
  return statement(
    build
      .insert(table)
      .values(rows.map((row) => ({ ...row, importedRevision: 1 })))
      .onConflictDoUpdate({
        target: columns['id'] as PgColumn,
        set: {
          // What was withdrawn comes back with the import that has it again.
          deleted: null,
          ...Object.fromEntries(written.map(([name, column]) => [name, excluded(column)])),
          // The trigger that counts revisions adds one.
          importedRevision: sql`${revision} + 1`,
        },
        // Null: imported before it was kept which revision the import left.
        setWhere: sql`(${importedRevision} is null or (${importedRevision} = ${revision} and ((${list((column) => column)}) is distinct from (${list(excluded)}) or ${deleted} is not null)))`,
      })
      .returning({ id: columns['id'] as PgColumn }),
  );
}
