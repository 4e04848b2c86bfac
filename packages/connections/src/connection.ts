import { type Page, type PageArguments, type PageRequest, pageOf, readPage, writeCursor } from './page.ts';

/** A Relay connection whose parts are read when they are asked for, each once. */
export interface Connection<Row> {
  page(): Promise<Page<Row>>;
  /** How many there are; where not all are counted, more than `mostCounted` if there are more. */
  totalCount(): Promise<number>;
  readonly mostCounted: number | null;
  cursor(row: Row): string;
}

/** Resolvers that every `XConnection` type shares. */
export const connectionResolvers = {
  nodes: async <Row>(connection: Connection<Row>) => (await connection.page()).rows,
  edges: async <Row>(connection: Connection<Row>) =>
    (await connection.page()).rows.map((node) => ({ node, cursor: connection.cursor(node) })),
  totalCount: async ({ totalCount, mostCounted }: Connection<unknown>) =>
    Math.min(await totalCount(), mostCounted ?? Number.POSITIVE_INFINITY),
  pageInfo: async <Row>(connection: Connection<Row>) => {
    const { rows, hasNextPage, hasPreviousPage } = await connection.page();
    const [first] = rows;
    const last = rows.at(-1);
    return {
      hasNextPage,
      hasPreviousPage,
      startCursor: first === undefined ? null : connection.cursor(first),
      endCursor: last === undefined ? null : connection.cursor(last),
    };
  },
};

/** Resolvers that the `XConnection` type of a searched list has. */
export const searchedConnectionResolvers = {
  ...connectionResolvers,
  totalIsAtLeast: async ({ totalCount, mostCounted }: Connection<unknown>) =>
    mostCounted !== null && (await totalCount()) > mostCounted,
};

/** Reads a page at most once, whichever parts of the connection are asked for. */
export function connection<Row>(parts: {
  page: () => Promise<Page<Row>>;
  totalCount: () => Promise<number>;
  mostCounted?: number | null;
  cursor: (row: Row) => string;
}): Connection<Row> {
  let page: Promise<Page<Row>> | undefined;
  return {
    mostCounted: null,
    ...parts,
    page: () => {
      page ??= parts.page();
      return page;
    },
  };
}

/** A page of so many rows takes as long as a walk through all of them. */
const manyRows = 30;
let lastTurn: Promise<void> = Promise.resolve();
/** What is at hand is answered in one go, however many lists of it one asks for: each long one waits until the event loop has come round. */
function ownTurn(): Promise<void> {
  lastTurn = lastTurn.then(() => new Promise((resolve) => setImmediate(resolve)));
  return lastTurn;
}

/**
 * A connection over rows in memory that are sorted by code.
 * @param rows a function where they are to be found by a long walk
 */
export function codeConnection<Row extends { readonly code: string }>(
  rows: readonly Row[] | (() => readonly Row[]),
  page: PageArguments,
): Connection<Row> {
  const order = 'CODE_ASC';
  const request = readPage(page, order, ['text']);
  let found: Promise<readonly Row[]> | undefined;
  const all = () => {
    found ??= typeof rows === 'function' ? ownTurn().then(rows) : Promise.resolve(rows);
    return found;
  };
  return connection({
    page: async () => {
      const read = pageIn(await all(), request);
      if (read.length > manyRows) await ownTurn();
      return pageOf(read, request);
    },
    totalCount: async () => (await all()).length,
    cursor: (row) => writeCursor(order, [row.code]),
  });
}

/** The rows of a page, from its beginning, and one more where there is one. */
function pageIn<Row extends { readonly code: string }>(
  rows: readonly Row[],
  { after, before, backward, limit }: PageRequest,
): readonly Row[] {
  const bounded =
    after === null && before === null
      ? rows
      : rows.filter(
          ({ code }) => (after === null || code > String(after[0])) && (before === null || code < String(before[0])),
        );
  return backward ? bounded.slice(-(limit + 1)).reverse() : bounded.slice(0, limit + 1);
}
