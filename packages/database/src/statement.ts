import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import type { Queryable } from './pool.ts';

/** Builds SQL and never runs it: there is no connection behind it. */
export const build = drizzle.mock();

interface Prepared {
  execute(values?: Record<string, unknown>): Promise<unknown>;
}
interface Preparable {
  prepare(name: string): Prepared;
}

/** SQL that drizzle wrote once and that runs prepared on whatever connection a scope has. */
export interface Statement<Result> {
  readonly text: string;
  run(on: Queryable, values: Record<string, unknown>): Promise<Result>;
}

/**
 * Makes a statement of a drizzle query; values come in by `sql.placeholder`.
 * Building a query each time costs four times what running it costs, so a store builds its statements once.
 */
export function statement<Query extends Preparable>(
  query: Query,
): Statement<Awaited<ReturnType<ReturnType<Query['prepare']>['execute']>>> {
  const prepared = query.prepare('statement');
  const text = (prepared as unknown as { queryString: string }).queryString;
  return {
    text,
    // drizzle binds a prepared query to the client it was built with; here the client is the scope's, and nothing else changes.
    run: (on, values) =>
      (Object.create(prepared, { client: { value: on } }) as Prepared).execute(values).catch(unwrapped) as never,
  };
}

/** drizzle's own error quotes the parameters' values; the pool's, inside it, quotes nothing. */
function unwrapped(error: unknown): never {
  throw error instanceof DrizzleQueryError && error.cause ? error.cause : error;
}
