import { type Page, type PageArguments, pageOf, readPage, writeCursor } from './page.ts';

/** A Relay connection whose parts are read when they are asked for, each once. */
export interface Connection<Row> {
  page(): Promise<Page<Row>>;
  totalCount(): Promise<number>;
  cursor(row: Row): string;
}

/** Resolvers that every `XConnection` type shares. */
export const connectionResolvers = {
  nodes: async <Row>(connection: Connection<Row>) => (await connection.page()).rows,
  edges: async <Row>(connection: Connection<Row>) =>
    (await connection.page()).rows.map((node) => ({ node, cursor: connection.cursor(node) })),
  totalCount: (connection: Connection<unknown>) => connection.totalCount(),
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

/** Reads a page at most once, whichever parts of the connection are asked for. */
export function connection<Row>(parts: {
  page: () => Promise<Page<Row>>;
  totalCount: () => Promise<number>;
  cursor: (row: Row) => string;
}): Connection<Row> {
  let page: Promise<Page<Row>> | undefined;
  return {
    ...parts,
    page: () => {
      page ??= parts.page();
      return page;
    },
  };
}

/** A page of so few rows holds up nobody. */
const fewRows = 30;
let lastTurn: Promise<void> = Promise.resolve();
/** Rows that are at hand are answered in one go, however many lists of them one asks for: each long one waits for the event loop to come round. */
function ownTurn(): Promise<void> {
  lastTurn = lastTurn.then(() => new Promise((resolve) => setImmediate(resolve)));
  return lastTurn;
}

/** A connection over rows in memory that are sorted by code. */
export function codeConnection<Row extends { readonly code: string }>(
  rows: readonly Row[],
  page: PageArguments,
): Connection<Row> {
  const order = 'CODE_ASC';
  const request = readPage(page, order, 1);
  const { after, before, backward, limit } = request;
  const bounded =
    after === null && before === null
      ? rows
      : rows.filter(
          ({ code }) => (after === null || code > String(after[0])) && (before === null || code < String(before[0])),
        );
  const read = backward ? bounded.slice(-(limit + 1)).reverse() : bounded.slice(0, limit + 1);
  return connection({
    page: async () => {
      if (read.length > fewRows) await ownTurn();
      return pageOf(read, request);
    },
    totalCount: async () => rows.length,
    cursor: (row) => writeCursor(order, [row.code]),
  });
}
