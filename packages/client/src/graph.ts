import type { Connection } from './connection.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** A Relay connection, as far as paging needs it. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

export async function query<Data>(
  connection: Connection,
  document: string,
  variables: Variables,
  signal: AbortSignal | undefined,
): Promise<Data> {
  // Where there could be a mutation, it is asked again only if the hub does the same once.
  const repeatable = !/\bmutation\b/.test(document) || isIdempotent(variables);
  const { data } = await connection.ask<{ data: Data }>(
    { path: '/graphql', body: { query: document, variables }, as: 'UNDER_AGREEMENT', signal },
    { repeatable },
  );
  return data;
}

const isIdempotent = ({ input }: Variables): boolean =>
  typeof input === 'object' && input !== null && 'idempotencyKey' in input && typeof input.idempotencyKey === 'string';

export async function* pages<Data, Node>(
  ask: (variables: Variables) => Promise<Data>,
  variables: Variables,
  pick: (data: Data) => Page<Node> | null | undefined,
): AsyncGenerator<Node, void, undefined> {
  let after = variables['after'];
  for (;;) {
    const page = pick(await ask({ ...variables, after }));
    if (!page) return;
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    const { endCursor } = page.pageInfo;
    if (endCursor === undefined || endCursor === null || endCursor === after)
      throw new TypeError('The document takes no $after, or its pageInfo has no endCursor: it would never end.');
    after = endCursor;
  }
}
