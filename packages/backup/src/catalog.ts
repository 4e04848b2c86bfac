import type postgres from 'postgres';

/** A table of the catalog, with what of it is copied. */
export interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  readonly oid: string;
  /** As PostgreSQL quotes it. */
  readonly quoted: string;
  /** In their order, without those that PostgreSQL computes. */
  readonly columns: readonly string[];
}

/** What says of a database which upkeep lies in it: it is no data, and is never believed of another database. */
const notData = 'upkeep';

/** Tables of schemas in the order of their names. */
export async function tablesOf(sql: postgres.TransactionSql, schemas: readonly string[]): Promise<CatalogTable[]> {
  return sql<CatalogTable[]>`
    select namespace.nspname as schema, class.relname as name, class.oid::text as oid, format('%I.%I', namespace.nspname, class.relname) as quoted,
      array(select attname::text from pg_attribute where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns
    from pg_class as class join pg_namespace as namespace on namespace.oid = class.relnamespace
    where namespace.nspname = any(${schemas as string[]}::text[]) and class.relkind = 'r' and class.relname <> ${notData}
    order by 1, 2`;
}

/** Sequences of schemas, those of columns too. */
export async function sequencesOf(
  sql: postgres.TransactionSql,
  schemas: readonly string[],
): Promise<{ schema: string; name: string; oid: string; quoted: string }[]> {
  return sql`
    select namespace.nspname as schema, class.relname as name, class.oid::text as oid, format('%I.%I', namespace.nspname, class.relname) as quoted
    from pg_class as class join pg_namespace as namespace on namespace.oid = class.relnamespace
    where namespace.nspname = any(${schemas as string[]}::text[]) and class.relkind = 'S'
    order by 1, 2`;
}

export const migrationsSchema = (schema: string): string => `${schema}_migrations`;

/** Column names as PostgreSQL quotes them: only names of the catalog come here. */
export const quotedList = (names: readonly string[]): string =>
  names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');

/** How values are written and read, whatever the server's own settings. */
export async function settleFormats(sql: postgres.TransactionSql): Promise<void> {
  await sql`select set_config(name, value, true) from (values ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'postgres'), ('TimeZone', 'UTC'),
    ('extra_float_digits', '3'), ('bytea_output', 'hex'), ('client_encoding', 'UTF8'), ('statement_timeout', '0'), ('lock_timeout', '0'),
    ('idle_in_transaction_session_timeout', '0')) as settings(name, value)`;
}

/** Held by whoever lays migrations or upkeep; shared, by whoever wants the tables to stay as they are for a moment. */
export const layingLock = 'cppcc-hub migrations';
