import { build, type Scope, type Statement, statement } from '@hub/database';
import { HubError } from '@hub/errors';
import { isId, searchedText } from '@hub/inputs';
import DataLoader from 'dataloader';
import { and, asc, Column, desc, is, isNull, Placeholder, SQL, StringChunk, sql } from 'drizzle-orm';
import { type AnyPgColumn, type AnyPgTable, unionAll } from 'drizzle-orm/pg-core';
import { type Connection, connection } from './connection.ts';
import { type PageArguments, pageOf, readPage, writeCursor } from './page.ts';

export type Fields = Record<string, AnyPgColumn>;
/** A row as drizzle reads the given columns. */
export type RowOf<F extends Fields> = {
  [name in keyof F]: F[name]['_']['notNull'] extends true ? F[name]['_']['data'] : F[name]['_']['data'] | null;
};

/** Conditions that a list can be filtered by; each reads its value from the placeholder of its own name. */
export type Conditions = Readonly<Record<string, SQL>>;

/** The conditions that apply, with their values. Lists with the same `shape` share a statement. */
export interface Filter {
  readonly shape: string;
  readonly sql: SQL | undefined;
  /** Whether a text is searched besides; its value is `text`. */
  readonly searches: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Picks the conditions whose value is given, and the `text` to search; an empty search box is none.
 * @throws HubError BAD_USER_INPUT where a condition asks for an id and is given none
 */
export function filterBy(conditions: Conditions, values: Readonly<Record<string, unknown>>): Filter {
  const names = Object.keys(conditions).filter((name) => values[name] != null && values[name] !== '');
  for (const name of names) {
    const value = values[name];
    if (typeof value === 'string' && !isId(value) && readsId(conditions[name]))
      throw new HubError('BAD_USER_INPUT', { field: `filter.${name}` });
  }
  const { text } = values;
  const searches = typeof text === 'string' && searchedText(text) !== '';
  return {
    shape: [...names, ...(searches ? ['text'] : [])].join(' '),
    sql: and(...names.map((name) => conditions[name])),
    searches,
    values: Object.fromEntries([...names, ...(searches ? ['text'] : [])].map((name) => [name, values[name]])),
  };
}

/** Whether a condition casts its value to an id, or compares a column of ids with it. */
function readsId(condition: SQL | undefined): boolean {
  if (!condition) return false;
  const chunksOf = (of: SQL): readonly unknown[] =>
    of.queryChunks.flatMap((chunk) => (is(chunk, SQL) ? chunksOf(chunk) : [chunk]));
  const textOf = (chunk: unknown) => (is(chunk, StringChunk) ? chunk.value.join('') : '');
  return chunksOf(condition).some((chunk, at, chunks) => {
    if (!is(chunk, Placeholder)) return false;
    const column = chunks[at - 2];
    return (
      textOf(chunks[at + 1]).startsWith('::uuid') ||
      (textOf(chunks[at - 1]).trim() === '=' && is(column, Column) && column.getSQLType() === 'uuid')
    );
  });
}

export const noFilter: Filter = { shape: '', sql: undefined, searches: false, values: {} };

/** So many of what a search finds are counted. */
export const mostCounted = 2000;

/** So many rows at least, and at most, are gone through for a frequent word before all that have it are read. */
const leastWalk = 2000;
const longestWalk = 20_000;

/** How a list is ordered: by these fields and then by id, all in one direction, so that one row comparison is the keyset. */
export interface Order<F extends Fields> {
  readonly by: readonly (keyof F & string)[];
  readonly descending: boolean;
}

/** A table as a list that hangs on a key: the committees of a range, a parent record, or nothing at all. */
export interface ListDefinition<F extends Fields> {
  /** Names its statements. */
  readonly name: string;
  /** What its rows are withdrawn by stands in `deleted`; those of a log never are. */
  readonly table: AnyPgTable & { readonly deleted?: AnyPgColumn; readonly id: AnyPgColumn };
  /** What is read of each row; `id` and every field of an order are among them. */
  readonly fields: F & { readonly id: AnyPgColumn };
  /** The parts of a key with their SQL types, as `key.<name>` in `tie`. */
  readonly key: Readonly<Record<string, 'text' | 'uuid'>>;
  /** Which rows belong to a key. */
  readonly tie: SQL;
  /** Rows that belong to it too and are none of `tie`'s. They are read apart: with an OR no index gives rows in order. */
  readonly also?: SQL | undefined;
  /**
   * True where the rows of a key are few and spread over any order. PostgreSQL plans without knowing the key or the page's
   * length, and would rather walk the index of the order until it has met enough of them: over the whole table for a county.
   */
  readonly sorts?: boolean;
  readonly orders: Readonly<Record<string, Order<F>>>;
  /** How its rows are searched by text, where they can be. */
  readonly searched?: Search;
  /** A quicker total than counting, where there is one for these conditions. */
  readonly total?: (filter: Filter) => SQL | undefined;
}

/** How a list's rows are found by text. */
export interface Search {
  /** The schema and table in whose search index they are entered. */
  readonly schema: string;
  readonly type: string;
  /** Rows that are found by their parts: few enough to be found by their ids. */
  readonly besides?: SQL;
  /** True where the nation has very many, and an index of what is public alone for each order (`publicOrders`). */
  readonly walksNation?: boolean;
  /** How the index is asked where a key has many rows; the few of another are looked at one by one. */
  readonly index?: {
    /** The range of owners that a key means, as two values. */
    readonly place: SQL;
    /** How many public ones it gives at most; if there are more, the list is gone through in its order. */
    readonly most: number | null;
    /** True where the list has all that is public in the place: what the index counts needs no counting then. */
    readonly isWhole: boolean;
  };
}

type Key = Readonly<Record<string, string>>;

/** A list with its statements, made once for each shape of arguments. */
export interface List<F extends Fields> {
  readonly definition: ListDefinition<F>;
  rows(shape: PageShape, filter: Filter): Statement<(RowOf<F> & { ordinal: number })[]>;
  totals(filter: Filter): Statement<{ ordinal: number; total: number }[]>;
  /** Rows and totals of the same keys; a key without rows has one row of nulls. */
  rowsAndTotals(
    shape: PageShape,
    filter: Filter,
  ): Statement<((RowOf<F> | NoRow) & { ordinal: number; total: number })[]>;
}
interface NoRow {
  readonly id: null;
}
interface PageShape {
  readonly order: string;
  readonly backward: boolean;
  readonly after: boolean;
  readonly before: boolean;
}

export function list<F extends Fields>(definition: ListDefinition<F>): List<F> {
  const { table, fields, key, tie, also, sorts, orders } = definition;
  const stands = table.deleted && isNull(table.deleted);
  const statements = new Map<string, unknown>();
  const once = <S>(name: string, make: () => S): S => {
    const known = statements.get(name) as S | undefined;
    if (known !== undefined) return known;
    const made = make();
    statements.set(name, made);
    return made;
  };
  const names = Object.keys(key);
  const keys = sql`unnest(${sql.join(
    names.map((name) => sql`${sql.placeholder(`key_${name}`)}::${sql.raw(`${key[name]}[]`)}`),
    sql`, `,
  )}) with ordinality as key(${sql.join(
    [...names, 'ordinal'].map((name) => sql.identifier(name)),
    sql`, `,
  )})`;
  const ordinal = sql<number>`key.ordinal`.mapWith(Number).as('ordinal');

  const search = () => {
    const { searched } = definition;
    if (!searched) throw new Error(`${definition.name} isn’t searched`);
    const { schema, type, besides, index } = searched;
    const text = sql.placeholder('text');
    const orBesides = (found: SQL) => (besides ? sql`(${found} or ${besides})` : found);
    const holds = (id: SQL | AnyPgColumn) => sql`${sql.raw(`${schema}.holds_word('${type}', `)}${id}, sought.word)`;
    const asked = (most: number | null) =>
      sql`${sql.raw(`${schema}.search('${type}', `)}${text}, ${index?.place}, ${sql.raw(String(most))})`;
    return {
      index,
      sought: index ? asked(index.most) : sql`(select ${sql.raw(schema)}.wanted_word(${text}) as word)`,
      holds: orBesides(holds(table.id)),
      /**
       * Those of `met`, rows that are public in an order and pass the other filters, which have a word so frequent that the index named
       * none. Where so many aren't met soon, all that have it; but if there are few such rows, what is met is all there is.
       */
      found: (met: SQL | undefined, limit: SQL) => {
        if (index?.most === null) return orBesides(sql`${table.id} = any(sought.ids)`);
        const walk = sql`greatest(${sql.raw(String(leastWalk))}, least(40 * ${limit}, ${sql.raw(String(longestWalk))}))`;
        // A subselect, so that a policy's table is read by it: COALESCE passes for something that might tell of rows. Rows are met as
        // they are asked for, and none twice.
        return orBesides(sql`${table.id} = any((select case when sought.is_frequent then sought.ids || coalesce(
          (with met as materialized (select ${table.id} from ${table} where visibility = 'PUBLIC' and ${met} limit ${walk})
            select case when cardinality(found.ids) = ${limit} or (select count(*) from met) < ${walk} then found.ids end
            from (select array(select id from met where ${holds(sql`met.id`)} limit ${limit}) as ids) as found),
          (select ids from ${asked(null)})) else sought.ids end)::uuid[])`);
      },
    };
  };
  /** The rows of a key that a filter leaves, in parts that have none in common; `inOrder` where they are met in the order of an index. */
  const partsOf = (
    filter: Filter,
    limit: SQL,
    bounds?: SQL,
    order?: SQL,
  ): readonly { where: SQL | undefined; inOrder: boolean }[] => {
    const part = (where: SQL | undefined, inOrder: boolean) => ({
      where: and(where, stands, filter.sql, bounds),
      inOrder,
    });
    if (!filter.searches) return [part(tie, !sorts), ...(also ? [part(also, !sorts)] : [])];
    const { index, found, holds } = search();
    const met = sql`${part(tie, true).where}${order && sql` order by ${order}`}`;
    return [part(and(tie, index ? found(met, limit) : holds), false), ...(also ? [part(and(also, holds), false)] : [])];
  };
  /** What a statement selects, of each key, with what the index gives for it. */
  const ofKeys = (selection: Record<string, unknown>, filter: Filter) => {
    const selected = build.select(selection as never).from(keys);
    return filter.searches ? selected.crossJoinLateral(sql`${search().sought} as sought`) : selected;
  };

  /** The page of a key, what it reads, and its order. */
  const pageOfKey = (shape: PageShape, filter: Filter) => {
    const order = orders[shape.order];
    if (!order) throw new Error(`${definition.name} has no order ${shape.order}`);
    const columns = [...order.by, 'id'].map((name) => fields[name] as AnyPgColumn);
    const bound = (side: 'after' | 'before', rising: boolean) =>
      shape[side]
        ? sql`(${sql.join(columns, sql`, `)}) ${sql.raw(rising ? '>' : '<')} (${sql.join(
            columns.map((_, at) => sql.placeholder(`${side}_${at}`)),
            sql`, `,
          )})`
        : undefined;
    const direction = order.descending !== shape.backward ? desc : asc;
    const limit = sql`${sql.placeholder('limit')}::integer`;
    const bounds = and(bound('after', !order.descending), bound('before', order.descending));
    const ordering = sql.join(
      columns.map((column) => direction(column)),
      sql`, `,
    );
    const [first, second] = partsOf(filter, limit, bounds, ordering).map(({ where, inOrder }) =>
      build
        .select(fields as Record<string, AnyPgColumn>)
        .from(table as AnyPgTable)
        .where(where)
        // The same value, but none that an index is in the order of.
        .orderBy(...columns.map((column) => direction(inOrder ? column : sql`coalesce(${column}, ${column})`)))
        .limit(sql.placeholder('limit') as never),
    );
    if (!first) throw new Error(`${definition.name} has no rows`);
    const page = (
      second === undefined
        ? first
        : unionAll(first as never, second as never)
            .orderBy(...columns.map((column) => direction(column)))
            .limit(sql.placeholder('limit') as never)
    ).as('page');
    const read = Object.fromEntries(
      Object.keys(fields).map((name) => [name, (page as unknown as Record<string, AnyPgColumn>)[name]]),
    );
    const ordered = [...order.by, 'id'].map((name) => direction(read[name] as AnyPgColumn));
    return { page, read, ordered };
  };
  const totalOfKey = (filter: Filter) => {
    const quicker = definition.total?.(filter);
    if (quicker) return quicker;
    const counts = partsOf(filter, sql.raw(String(mostCounted + 1))).map(({ where }) =>
      filter.searches
        ? sql`(select count(*) from (select 1 from ${table} where ${where} limit ${sql.raw(String(mostCounted + 1))}) as counted)`
        : sql`(select count(*) from ${table} where ${where})`,
    );
    const total = sql`(${sql.join(counts, sql` + `)})`;
    // All that has the word and is public is in the list, unless it is filtered by more than that.
    return filter.searches && filter.sql === undefined && search().index?.isWhole
      ? sql`case when sought.is_frequent then ${sql.raw(String(mostCounted + 1))} else ${total} end`
      : total;
  };

  return {
    definition,
    rows: (shape, filter) =>
      once(`rows ${JSON.stringify(shape)} ${filter.shape}`, () => {
        const { page, read, ordered } = pageOfKey(shape, filter);
        return statement(
          ofKeys({ ordinal, ...read }, filter)
            .crossJoinLateral(page)
            .orderBy(sql`key.ordinal`, ...ordered),
        ) as unknown as Statement<(RowOf<F> & { ordinal: number })[]>;
      }),
    totals: (filter) =>
      once(
        `totals ${filter.shape}`,
        () =>
          statement(
            ofKeys({ ordinal, total: sql<number>`${totalOfKey(filter)}`.mapWith(Number).as('total') }, filter),
          ) as Statement<{ ordinal: number; total: number }[]>,
      ),
    rowsAndTotals: (shape, filter) =>
      once(`rows and totals ${JSON.stringify(shape)} ${filter.shape}`, () => {
        const { page, read, ordered } = pageOfKey(shape, filter);
        return statement(
          ofKeys({ ordinal, total: sql<number>`counted.total`.mapWith(Number).as('total'), ...read }, filter)
            // OFFSET keeps it a step of its own, or it would be counted again for each row.
            .crossJoinLateral(sql`(select ${totalOfKey(filter)} as total offset 0) as counted`)
            .leftJoinLateral(page, sql`true`)
            .orderBy(sql`key.ordinal`, ...ordered),
        ) as unknown as Statement<((RowOf<F> | NoRow) & { ordinal: number; total: number })[]>;
      }),
  };
}

/** What is asked of a list: its page, or how many there are. */
interface Asked {
  readonly key: Key;
  readonly want: 'rows' | 'total';
}

/**
 * Reads the lists of one fetch: connections with the same arguments are one statement, however many keys they hang on,
 * and the totals that are asked for at the same time come with it.
 */
export class ListReader {
  readonly #scope: Scope;
  readonly #loaders = new Map<string, DataLoader<Asked, unknown, string>>();
  constructor(scope: Scope) {
    this.#scope = scope;
  }

  connection<F extends Fields>(
    from: List<F>,
    key: Key,
    options: { page: PageArguments; order: string; filter?: Filter },
  ): Connection<RowOf<F>> {
    const { order, filter = noFilter } = options;
    const { definition } = from;
    const by = definition.orders[order]?.by ?? [];
    const types = [...by, 'id'].map((name) =>
      (definition.fields[name] as AnyPgColumn).getSQLType().replace(/ ?\(\d\)/, ''),
    );
    const request = readPage(options.page, order, types);
    const bounds = (side: 'after' | 'before') =>
      Object.fromEntries((request[side] ?? []).map((value, at) => [`${side}_${at}`, value]));
    const values = { ...filter.values, ...bounds('after'), ...bounds('before'), limit: request.limit + 1 };
    const shape = { order, backward: request.backward, after: request.after !== null, before: request.before !== null };
    const loader = this.#loader(
      `${definition.name} ${JSON.stringify([shape, filter.shape, values])}`,
      (keys) => this.#rows(from, shape, filter, values, keys),
      (keys) => this.#totals(from, filter, keys),
      (keys) => this.#rowsAndTotals(from, shape, filter, values, keys),
    );
    const known = namesRecords(definition, key);
    return connection({
      page: async () => pageOf(known ? ((await loader.load({ key, want: 'rows' })) as RowOf<F>[]) : [], request),
      totalCount: async () => (known ? ((await loader.load({ key, want: 'total' })) as number) : 0),
      mostCounted: filter.searches ? mostCounted : null,
      cursor: (row) =>
        writeCursor(
          order,
          [...by, 'id'].map((name) => String((row as Record<string, unknown>)[name])),
        ),
    });
  }

  async total<F extends Fields>(from: List<F>, key: Key, filter: Filter = noFilter): Promise<number> {
    if (!namesRecords(from.definition, key)) return 0;
    const totals = (keys: readonly Key[]) => this.#totals(from, filter, keys);
    const loader = this.#loader(
      `${from.definition.name} total ${JSON.stringify([filter.shape, filter.values])}`,
      totals,
      totals,
    );
    return (await loader.load({ key, want: 'total' })) as number;
  }

  async #rows<F extends Fields>(from: List<F>, shape: PageShape, filter: Filter, values: object, keys: readonly Key[]) {
    const found: RowOf<F>[][] = keys.map(() => []);
    for (const row of await this.#scope.run(from.rows(shape, filter), { ...values, ...unnested(keys) }))
      found[row.ordinal - 1]?.push(row);
    return found;
  }

  async #totals<F extends Fields>(from: List<F>, filter: Filter, keys: readonly Key[]) {
    const totals = keys.map(() => 0);
    for (const row of await this.#scope.run(from.totals(filter), { ...filter.values, ...unnested(keys) }))
      totals[row.ordinal - 1] = row.total;
    return totals;
  }

  async #rowsAndTotals<F extends Fields>(
    from: List<F>,
    shape: PageShape,
    filter: Filter,
    values: object,
    keys: readonly Key[],
  ) {
    const rows: RowOf<F>[][] = keys.map(() => []);
    const totals = keys.map(() => 0);
    for (const row of await this.#scope.run(from.rowsAndTotals(shape, filter), { ...values, ...unnested(keys) })) {
      totals[row.ordinal - 1] = row.total;
      if (row.id !== null) rows[row.ordinal - 1]?.push(row as RowOf<F>);
    }
    return { rows, totals };
  }

  #loader(
    name: string,
    rows: (keys: readonly Key[]) => Promise<readonly unknown[]>,
    totals: (keys: readonly Key[]) => Promise<readonly number[]>,
    both?: (keys: readonly Key[]) => Promise<{ rows: readonly unknown[]; totals: readonly number[] }>,
  ): DataLoader<Asked, unknown, string> {
    const known = this.#loaders.get(name);
    if (known) return known;
    const nameOf = ({ key }: Asked) => JSON.stringify(key);
    const loader = new DataLoader<Asked, unknown, string>(
      async (asked) => {
        const forRows = asked.filter(({ want }) => want === 'rows');
        const forTotals = asked.filter(({ want }) => want === 'total');
        const keysOf = (those: readonly Asked[]) => those.map(({ key }) => key);
        const same = forRows.length === forTotals.length && forRows.every((one, at) => one.key === forTotals[at]?.key);
        const found =
          both && same
            ? await both(keysOf(forRows))
            : await Promise.all([
                forRows.length > 0 ? rows(keysOf(forRows)) : [],
                forTotals.length > 0 ? totals(keysOf(forTotals)) : [],
              ]).then(([rows, totals]) => ({ rows, totals }));
        const answers = new Map<Asked, unknown>([
          ...forRows.map((one, at) => [one, found.rows[at]] as const),
          ...forTotals.map((one, at) => [one, found.totals[at]] as const),
        ]);
        return asked.map((one) => answers.get(one));
      },
      { cacheKeyFn: (one) => `${one.want} ${nameOf(one)}` },
    );
    this.#loaders.set(name, loader);
    return loader;
  }
}

/** False for a key that is no id: nothing hangs on it, as on an unknown one. */
function namesRecords({ key: types }: Pick<ListDefinition<Fields>, 'key'>, key: Key): boolean {
  return Object.entries(types).every(([part, type]) => type !== 'uuid' || isId(key[part] ?? ''));
}

/** Keys as one array for each of their parts. */
function unnested(keys: readonly Key[]): Record<string, string[]> {
  const parts = Object.keys(keys[0] ?? {});
  return Object.fromEntries(parts.map((part) => [`key_${part}`, keys.map((key) => key[part] ?? '')]));
}
