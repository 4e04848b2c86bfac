import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/** Something is to be written under a name that its table has no column of: a fault of the code, and never a request's. */
export class UnknownColumn extends Error {
  override readonly name = 'UnknownColumn';
  readonly table: string;
  readonly key: string;

  constructor(table: string, key: string) {
    super(`${table} has no column ${key}`);
    this.table = table;
    this.key = key;
  }
}

const keysOf = new WeakMap<Table, ReadonlySet<string>>();

/** @throws UnknownColumn */
function assertColumns(table: Table, rows: unknown): void {
  let known = keysOf.get(table);
  if (!known) {
    known = new Set(Object.keys(getTableColumns(table)));
    keysOf.set(table, known);
  }
  for (const row of Array.isArray(rows) ? rows : [rows])
    for (const key of Object.keys(row ?? {})) if (!known.has(key)) throw new UnknownColumn(getTableName(table), key);
}

interface Builder {
  insert(table: PgTable): object;
  update(table: PgTable): object;
}
type Method = (given: unknown) => object;

/** Looks at what a method is given before it is called, and at what its result is given. */
function looked<Of extends object>(
  of: Of,
  method: string,
  look: (given: unknown) => void,
  next = (made: object) => made,
) {
  const called = (of as Readonly<Record<string, Method>>)[method]?.bind(of);
  if (!called) throw new Error(`drizzle has no ${method}`);
  return Object.assign(of, {
    [method]: (given: unknown) => {
      look(given);
      return next(called(given));
    },
  });
}

/**
 * The same builder, which refuses keys that are no columns: drizzle drops them without a word, and what a step was given
 * would be lost for a misspelt name.
 */
export function withKnownColumns<Build extends Builder>(build: Build): Build {
  const { insert, update } = build;
  const set = (table: Table) => (given: unknown) => assertColumns(table, given);
  return Object.assign(build, {
    insert: (table: PgTable) =>
      looked(insert.call(build, table), 'values', set(table), (made) =>
        looked(made, 'onConflictDoUpdate', (given) => assertColumns(table, (given as { set: unknown }).set)),
      ),
    update: (table: PgTable) => looked(update.call(build, table), 'set', set(table)),
  });
}
