import { Column, DrizzleQueryError, is, SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { withKnownColumns } from './column-keys.ts';
import type { Queryable } from './pool.ts';

/** Builds SQL and never runs it: there is no connection behind it. Whatever is written passes here, and only by its columns' names. */
export const build = withKnownColumns(drizzle.mock());

interface Prepared {
  execute(values?: Record<string, unknown>): Promise<unknown>;
}
interface Preparable {
  prepare(name: string): Prepared;
}

/** SQL that drizzle wrote once and that runs prepared on whatever connection a scope has. */
export interface Statement<Result> {
  readonly text: string;
  /** It looks for a word in texts, which may take long: it waits behind others that do, and not before ordinary reads. */
  readonly searches: boolean;
  run(on: Queryable, values: Record<string, unknown>): Promise<Result>;
}

/**
 * Makes a statement of a drizzle query; values come in by `sql.placeholder`.
 * Building a query each time costs four times what running it costs, so a store builds its statements once.
 */
export function statement<Query extends Preparable>(
  query: Query,
): Statement<Awaited<ReturnType<ReturnType<Query['prepare']>['execute']>>> {
  const prepared = query.prepare('statement') as Prepared & DrizzlePrepared;
  const text = prepared.queryString;
  prepared.customResultMapper = mapperOf(prepared.fields);
  return {
    text,
    searches: callsSearch.test(text),
    // drizzle binds a prepared query to the client it was built with; here the client is the scope's, and nothing else changes.
    run: (on, values) =>
      (Object.create(prepared, { client: { value: on } }) as Prepared).execute(values).catch(unwrapped) as never,
  };
}

/** How the functions of search-index.ts are called; nothing else looks into texts. */
const callsSearch = /\.(?:search|holds_word)\('/;

/** drizzle's own error quotes the parameters' values; the pool's, inside it, quotes nothing. */
function unwrapped(error: unknown): never {
  throw error instanceof DrizzleQueryError && error.cause ? error.cause : error;
}

/** What drizzle keeps of a prepared query, as far as it is used here. */
interface DrizzlePrepared {
  readonly queryString: string;
  readonly fields: readonly { readonly path: readonly string[]; readonly field: unknown }[] | undefined;
  customResultMapper: ((rows: readonly unknown[][]) => Record<string, unknown>[]) | undefined;
}

/** Rows to objects, with each column's decoder found once; drizzle looks for it again for each value of each row. None for what isn't flat. */
function mapperOf(fields: DrizzlePrepared['fields']): DrizzlePrepared['customResultMapper'] {
  if (!fields || fields.some(({ path }) => path.length !== 1)) return undefined;
  const readers = fields.map(({ path, field }) => ({ name: path[0] as string, decoder: decoderOf(field) }));
  return (rows) =>
    rows.map((row) => {
      const read: Record<string, unknown> = {};
      for (const [at, { name, decoder }] of readers.entries()) {
        const value = row[at];
        read[name] = value === null ? null : decoder.mapFromDriverValue(value);
      }
      return read;
    });
}

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field;
  const expression = is(field, SQL.Aliased) ? field.sql : field;
  return (expression as unknown as { decoder: Decoder }).decoder;
}
