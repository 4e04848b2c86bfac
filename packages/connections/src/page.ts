import { HubError } from '@hub/errors';

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

/** Checks paging arguments against an order; `width` is how many values its cursors hold. More than the ceiling is an error and never cut. */
export function readPage(page: PageArguments, order: string, width: number): PageRequest {
  if (page.first != null && page.last != null) throw new HubError('BAD_USER_INPUT', { field: 'first/last' });
  const argument = page.last != null ? 'last' : 'first';
  const limit = page[argument] ?? usualPage;
  if (limit < 0 || limit > maximumPage) throw new HubError('PAGE_TOO_LARGE', { argument, maximum: maximumPage });
  const bound = (name: 'after' | 'before') => (page[name] == null ? null : readCursor(page[name], order, width, name));
  return { limit, backward: argument === 'last', after: bound('after'), before: bound('before') };
}

export function writeCursor(order: string, values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

/** A cursor is good for the order that it was made under: anything else is refused. */
function readCursor(cursor: string, order: string, width: number, field: string): readonly unknown[] {
  try {
    const [named, ...values] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (named === order && values.length === width && values.every((value) => typeof value === 'string')) return values;
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
