import { HubError } from '@hub/errors';
import { isDay, isId, isInstant, isReadable } from '@hub/inputs';

/** The paging arguments of a Relay connection. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export const maximumPage = 100;
const usualPage = 20;

/** Paging arguments, checked. Bounds are the sort values of the row at the cursor. */
export interface PageRequest {
  readonly limit: number;
  readonly backward: boolean;
  readonly after: readonly unknown[] | null;
  readonly before: readonly unknown[] | null;
}

/**
 * Checks paging arguments against an order. More than the ceiling is an error and never cut.
 * @param types SQL types of the values that the order's cursors hold
 */
export function readPage(page: PageArguments, order: string, types: readonly string[]): PageRequest {
  if (page.first != null && page.last != null) throw new HubError('BAD_USER_INPUT', { field: 'first/last' });
  const argument = page.last != null ? 'last' : 'first';
  const limit = page[argument] ?? usualPage;
  if (limit < 0 || limit > maximumPage) throw new HubError('PAGE_TOO_LARGE', { argument, maximum: maximumPage });
  const bound = (name: 'after' | 'before') => (page[name] == null ? null : readCursor(page[name], order, types, name));
  return { limit, backward: argument === 'last', after: bound('after'), before: bound('before') };
}

export function writeCursor(order: string, values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

const isTime = (is: (text: string) => boolean) => (text: string) => is(text) || /^-?infinity$/.test(text);
/** What values of each type are in a cursor; of all others any text. */
const isValue: Readonly<Record<string, (text: string) => boolean>> = {
  date: isTime(isDay),
  integer: (text) => /^-?\d{1,9}$/.test(text),
  bigint: (text) => /^-?\d{1,18}$/.test(text),
  'timestamp with time zone': isTime(isInstant),
  uuid: isId,
};

/** A cursor is good for the order that it was made under: anything else is refused. */
function readCursor(cursor: string, order: string, types: readonly string[], field: string): readonly unknown[] {
  try {
    const [named, ...given] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const fits = (value: unknown, at: number) =>
      typeof value === 'string' && (isValue[types[at] ?? ''] ?? isReadable)(value);
    if (named === order && given.length === types.length && given.every(fits)) return given;
  } catch {
    // falls through to the one refusal
  }
  throw new HubError('BAD_USER_INPUT', { field });
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page of what was read in paging direction, with one row more than asked for as the sign that there are more. */
export function pageOf<Row>(read: readonly Row[], request: PageRequest): Page<Row> {
  const more = read.length > request.limit;
  const rows = more ? read.slice(0, request.limit) : [...read];
  if (request.backward) rows.reverse();
  return {
    rows,
    hasNextPage: request.backward ? request.before !== null : more,
    hasPreviousPage: request.backward ? more : request.after !== null,
  };
}
