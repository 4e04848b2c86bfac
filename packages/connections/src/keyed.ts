import type { Scope, Statement } from '@hub/database';
import { isId } from '@hub/inputs';
import DataLoader from 'dataloader';

/** The row of each id, or null; the statement takes `ids`. What is no id at all is null as an unknown one is. */
export function rowById<Row extends { id: string }>(
  scope: Scope,
  rows: Statement<Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (given) => {
    const ids = given.filter(isId);
    const found = new Map((ids.length === 0 ? [] : await scope.run(rows, { ids })).map((row) => [row.id, row]));
    return given.map((id) => found.get(id) ?? null);
  });
}

/** The rows of each key, in the statement's order; it takes `keys`. */
export function rowsByKey<Row>(
  scope: Scope,
  rows: Statement<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const found = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const row of await scope.run(rows, { keys: [...keys] })) found.get(keyOf(row))?.push(row);
    return keys.map((key) => found.get(key) ?? []);
  });
}
