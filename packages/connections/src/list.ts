import { build, type Scope, type Statement, statement } from '@hub/database';
import DataLoader from 'dataloader';
import { and, asc, desc, isNull, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn, AnyPgTable } from 'drizzle-orm/pg-core';
import { type Connection, connection } from './connection.ts';
import { isId } from './keyed.ts';
import { type PageArguments, pageOf, readPage, writeCursor } from './page.ts';

type Fields = Record<string, AnyPgColumn>;
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
  readonly values: Readonly<Record<string, unknown>>;
}

/** Picks the conditions whose value is given; an empty search box is none. */
export function filterBy(conditions: Conditions, values: Readonly<Record<string, unknown>>): Filter {
  const names = Object.keys(conditions).filter((name) => values[name] != null && values[name] !== '');
  return {
    shape: names.join(' '),
    sql: and(...names.map((name) => conditions[name])),
    values: Object.fromEntries(names.map((name) => [name, values[name]])),
  };
}

export const noFilter: Filter = { shape: '', sql: undefined, values: {} };

/** How a list is ordered: by these fields and then by id, all in one direction, so that one row comparison is the keyset. */
export interface Order<F extends Fields> {
  readonly by: readonly (keyof F & string)[];
  readonly descending: boolean;
}

/** A table as a list that hangs on a key: the committees of a range, a parent record, or nothing at all. */
export interface ListDefinition<F extends Fields> {
  /** Names its statements. */
  readonly name: string;
  readonly table: AnyPgTable & { readonly deleted: AnyPgColumn; readonly id: AnyPgColumn };
  /** What is read of each row; `id` and every field of an order are among them. */
  readonly fields: F & { readonly id: AnyPgColumn };
  /** The parts of a key with their SQL types, as `key.<name>` in `tie`. */
  readonly key: Readonly<Record<string, 'text' | 'uuid'>>;
  /** Which rows belong to a key. */
  readonly tie: SQL;
  readonly orders: Readonly<Record<string, Order<F>>>;
  /** A quicker total than counting, where there is one for these conditions. */
  readonly total?: (filter: Filter) => SQL | undefined;
}

type Key = Readonly<Record<string, string>>;

/** A list with its statements, made once for each shape of arguments. */
export interface List<F extends Fields> {
  readonly definition: ListDefinition<F>;
  rows(shape: PageShape, filter: Filter): Statement<(RowOf<F> & { ordinal: number })[]>;
  totals(filter: Filter): Statement<{ ordinal: number; total: number }[]>;
}
interface PageShape {
  readonly order: string;
  readonly backward: boolean;
  readonly after: boolean;
  readonly before: boolean;
}

export function list<F extends Fields>(definition: ListDefinition<F>): List<F> {
  const { table, fields, key, tie, orders } = definition;
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
  return {
    definition,
    rows: (shape, filter) =>
      once(`rows ${JSON.stringify(shape)} ${filter.shape}`, () => {
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
        const page = build
          .select(fields as Record<string, AnyPgColumn>)
          .from(table as AnyPgTable)
          .where(
            and(
              tie,
              isNull(table.deleted),
              filter.sql,
              bound('after', !order.descending),
              bound('before', order.descending),
            ),
          )
          .orderBy(...columns.map((column) => direction(column)))
          .limit(sql.placeholder('limit') as never)
          .as('page');
        const read = Object.fromEntries(
          Object.keys(fields).map((name) => [name, (page as unknown as Record<string, AnyPgColumn>)[name]]),
        );
        return statement(
          build
            .select({ ordinal, ...read } as never)
            .from(keys)
            .crossJoinLateral(page)
            .orderBy(sql`key.ordinal`, ...[...order.by, 'id'].map((name) => direction(read[name] as AnyPgColumn))),
        ) as unknown as Statement<(RowOf<F> & { ordinal: number })[]>;
      }),
    totals: (filter) =>
      once(`totals ${filter.shape}`, () => {
        const quick = definition.total?.(filter);
        const counted =
          quick ?? sql`(select count(*) from ${table} where ${and(tie, isNull(table.deleted), filter.sql)})`;
        return statement(
          build.select({ ordinal, total: sql<number>`${counted}`.mapWith(Number).as('total') }).from(keys),
        ) as Statement<{ ordinal: number; total: number }[]>;
      }),
  };
}

/** Reads the lists of one fetch: connections with the same arguments are one statement, however many keys they hang on. */
export class ListReader {
  readonly #scope: Scope;
  readonly #loaders = new Map<string, DataLoader<Key, unknown>>();
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
    const request = readPage(options.page, order, by.length + 1);
    const bounds = (side: 'after' | 'before') =>
      Object.fromEntries((request[side] ?? []).map((value, at) => [`${side}_${at}`, value]));
    const values = { ...filter.values, ...bounds('after'), ...bounds('before'), limit: request.limit + 1 };
    const shape = { order, backward: request.backward, after: request.after !== null, before: request.before !== null };
    const rows = this.#loader<RowOf<F>[]>(
      `${definition.name} rows ${JSON.stringify([shape, filter.shape, values])}`,
      async (keys) => {
        const found: RowOf<F>[][] = keys.map(() => []);
        for (const row of await this.#scope.run(from.rows(shape, filter), { ...values, ...unnested(keys) }))
          found[row.ordinal - 1]?.push(row);
        return found;
      },
    );
    return connection({
      page: async () => pageOf(namesRecords(definition, key) ? await rows.load(key) : [], request),
      totalCount: () => this.total(from, key, filter),
      cursor: (row) =>
        writeCursor(
          order,
          [...by, 'id'].map((name) => String((row as Record<string, unknown>)[name])),
        ),
    });
  }

  async total<F extends Fields>(from: List<F>, key: Key, filter: Filter = noFilter): Promise<number> {
    if (!namesRecords(from.definition, key)) return 0;
    const loader = this.#loader<number>(
      `${from.definition.name} total ${JSON.stringify([filter.shape, filter.values])}`,
      async (keys) => {
        const totals = keys.map(() => 0);
        for (const row of await this.#scope.run(from.totals(filter), { ...filter.values, ...unnested(keys) }))
          totals[row.ordinal - 1] = row.total;
        return totals;
      },
    );
    return loader.load(key);
  }

  #loader<Value>(name: string, load: (keys: readonly Key[]) => Promise<Value[]>): DataLoader<Key, Value, string> {
    const known = this.#loaders.get(name);
    if (known) return known as unknown as DataLoader<Key, Value, string>;
    const loader = new DataLoader<Key, Value, string>(load, { cacheKeyFn: (key) => JSON.stringify(key) });
    this.#loaders.set(name, loader as never);
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
