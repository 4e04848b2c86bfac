/** What statements of a subgraph's own role read and write, past every resolver: table by table, as each actor. */
import { type Actor, scopeSettings, subjectOf } from '@hub/access';
import { subgraphUrl } from '@hub/database';
import { staff } from '@hub/testkit';
import postgres from 'postgres';
import { type ActorName, actors, actorWithout, mayReadByAudience, nobody, reads, writes, writingOf } from './cells.ts';
import { insertStatement, named, places, type Row, type Table, type World } from './fixture.ts';

/** Connections as the subgraphs' own roles. */
export interface Roles {
  /** Runs statements in the scope of an actor, and undoes what they did. */
  as<Result>(
    schema: string,
    actor: Actor | undefined,
    work: (sql: postgres.TransactionSql) => Promise<Result>,
  ): Promise<Result>;
  end(): Promise<void>;
}

export function openRoles(adminUrl: string, schemas: readonly string[]): Roles {
  const pools = new Map(
    schemas.map((schema) => [schema, postgres(subgraphUrl(adminUrl, schema), { max: 1, onnotice: () => undefined })]),
  );
  class Undone<Result> extends Error {
    readonly result: Result;
    constructor(result: Result) {
      super('undone');
      this.result = result;
    }
  }
  return {
    async as(schema, actor, work) {
      const pool = pools.get(schema);
      if (!pool) throw new Error(`no role for ${schema}`);
      try {
        return await pool.begin(async (sql) => {
          if (actor) await become(sql, actor);
          throw new Undone(await work(sql));
        });
      } catch (error) {
        if (error instanceof Undone) return error.result as never;
        throw error;
      }
    },
    async end() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

const labels = (world: World, ids: readonly string[]) =>
  ids.map((id) => `${world.byId.get(id)?.table}·${world.byId.get(id)?.variant}`).join(', ');

/** Compares the rows that a table shows an actor with the grid. */
export async function readViolations(world: World, roles: Roles, table: Table, actor: ActorName): Promise<string[]> {
  const found = await roles.as(table.schema, actors[actor], (sql) => sql.unsafe(`select id from ${table.name}`));
  const got = new Set(found.map((row) => String(row['id'])));
  const wanted = new Set(
    (world.byTable.get(table.name) ?? []).filter((row) => reads(world, actor, row)).map(({ id }) => id),
  );
  const more = [...got].filter((id) => !wanted.has(id));
  const less = [...wanted].filter((id) => !got.has(id));
  return [
    ...(more.length > 0 ? [`${actor} reads ${labels(world, more)}`] : []),
    ...(less.length > 0 ? [`${actor} doesn't read ${labels(world, less)}`] : []),
  ];
}

/** Compares the counters that an actor reads with what may be seen of the records that they count. */
export async function counterViolations(
  world: World,
  roles: Roles,
  schema: string,
  actor: ActorName,
): Promise<string[]> {
  const got = await roles.as(schema, actors[actor], (sql) =>
    sql.unsafe(`select type, owner, visibility, sum(total)::int as total from ${schema}.counter
      group by type, owner, visibility having sum(total) <> 0`),
  );
  const rows = got.map((row) => `${row['total']} ${row['visibility']} ${row['type']} of ${row['owner']}`);
  const types = new Set(got.map((row) => String(row['type'])));
  const wanted = new Map<string, number>();
  for (const type of types)
    for (const row of world.byTable.get(`${schema}.${type}`) ?? []) {
      const { visibility, owner, subjects } = row.values as { visibility: string; owner: string; subjects: string[] };
      const counted = visibility === 'PUBLIC' || (!['PRIVATE', 'JOINT'].includes(visibility) && subjects.length === 0);
      const name = `${visibility} ${type} of ${owner}`;
      if (counted && !world.withdrawn.has(row.id) && mayReadByAudience(world, actor, row))
        wanted.set(name, (wanted.get(name) ?? 0) + 1);
    }
  const expected = [...wanted].map(([name, total]) => `${total} ${name}`);
  return [
    ...rows.filter((row) => !expected.includes(row)).map((row) => `${actor} reads that there are ${row}`),
    ...expected.filter((row) => !rows.includes(row)).map((row) => `${actor} doesn't read that there are ${row}`),
  ];
}

const denied = '42501';

/** Does something and undoes it; the SQLSTATE of its failure, or how many rows it touched. */
async function attempt(
  sql: postgres.TransactionSql,
  work: (sql: postgres.Sql) => Promise<number>,
): Promise<number | string> {
  let touched = 0;
  try {
    await sql.savepoint(async (inner) => {
      touched = await work(inner as unknown as postgres.Sql);
      throw new Error('undo');
    });
  } catch (error) {
    if ((error as Error).message !== 'undo') return (error as postgres.PostgresError).code ?? 'unknown';
  }
  return touched;
}

/** In the scope of another actor from here on. */
async function become(sql: postgres.Sql | postgres.TransactionSql, actor: Actor): Promise<void> {
  await sql`select set_config(key, value, true) from jsonb_each_text(${sql.json({ ...scopeSettings(actor) })})`;
}

/** Columns that say whose a row is besides its owner's, with somebody of each kind. */
const whose: Readonly<Record<string, string>> = {
  author: named.author,
  organization: named.group,
  department: named.department,
  agency: named.agency,
};

/** Tries what the hub keeps between requests: outcomes by subject, which are each one's own, and the change feed. */
export async function keptViolations(roles: Roles, schema: string, actor: ActorName): Promise<string[]> {
  const who = actors[actor];
  const hasFace = who.kind !== 'OPERATOR';
  const own = subjectOf(who);
  const others = Object.values(actors).filter((one) => subjectOf(one) !== own);
  return roles.as(schema, who, async (sql) => {
    const found: string[] = [];
    const expectThat = (what: string, got: number | string, wanted: (got: number | string) => boolean) => {
      if (!wanted(got)) found.push(`${actor}: ${what} of ${schema} ends in ${got}`);
    };
    const count = (text: string) => async (inner: postgres.Sql) => (await inner.unsafe(text)).count;
    const keep = (subject: string) => (inner: postgres.Sql) =>
      inner`insert into ${inner(schema)}.idempotency (subject, key, request) values (${subject}, 'key', 'request')`.then(
        (rows) => rows.count,
      );
    expectThat('reading the changes', await attempt(sql, count(`select 1 from ${schema}.change limit 1`)), (got) =>
      who.kind === 'FEED' ? got === 1 : got === 0,
    );
    expectThat(
      'writing the changes',
      await attempt(sql, count(`update ${schema}.change set seq = 0`)),
      (got) => got === denied,
    );
    expectThat('keeping an own outcome', await attempt(sql, keep(own)), (got) => got === (hasFace ? 1 : denied));
    for (const other of others.slice(0, 3)) {
      expectThat('keeping the outcome of another', await attempt(sql, keep(subjectOf(other))), (got) => got === denied);
      const tried = await attempt(sql, async (inner) => {
        await become(inner, other);
        await keep(subjectOf(other))(inner);
        await become(inner, who);
        const read = await count(`select 1 from ${schema}.idempotency`)(inner);
        const changed = await count(`update ${schema}.idempotency set result = '{}' where true`)(inner);
        return read + changed;
      });
      expectThat('reading or changing the outcome of another', tried, (got) => got === 0);
    }
    if (hasFace)
      expectThat(
        'handing on an own outcome',
        await attempt(sql, async (inner) => {
          await keep(own)(inner);
          return count(`update ${schema}.idempotency set subject = 'another'`)(inner);
        }),
        (got) => got === denied,
      );
    return found;
  });
}

/** Tries to put rows of a table in, to change, to hand on and to give away, as an actor, and compares with who may. */
export async function writeViolations(world: World, roles: Roles, table: Table, actor: ActorName): Promise<string[]> {
  const row = world.newRows.find((one) => one.table === table.name);
  if (!row) throw new Error(`no row to put into ${table.name}`);
  const who = actorWithout(actor, writingOf(table).duties);
  const committee = 'committee' in who ? who.committee : undefined;
  const rows = world.byTable.get(table.name) ?? [];
  const mine = rows.filter((one) => reads(world, actor, one) && writes(who, table, one.values, 'UPDATE'));
  return roles.as(table.schema, who, async (sql) => {
    const found: string[] = [];
    const put = async (inner: postgres.Sql, values: Readonly<Record<string, unknown>>) =>
      (await inner.unsafe(insertStatement(table, values), [JSON.stringify([values])])).count;
    const update = (set: string, ids: readonly string[]) => (inner: postgres.Sql) =>
      inner.unsafe(`update ${table.name} set ${set} where id = any($1::uuid[])`, [[...ids]]).then(({ count }) => count);
    const expectThat = (what: string, got: number | string, wanted: number | string) => {
      if (got !== wanted)
        found.push(`${actor}: ${what} ${table.name} ends in ${typeof got === 'string' ? got : `${got} rows`}`);
    };

    // Its wholes first: a part has to have one. Deferred triggers run too, as they would when it is committed.
    const wholes = wholesOf(world, row);
    const putWhole = (values: Readonly<Record<string, unknown>>) => async (inner: postgres.Sql) => {
      await become(inner, staff(places.owner));
      for (const whole of wholes) {
        const of = world.tables.find(({ name }) => name === whole.table);
        if (of) await inner.unsafe(insertStatement(of, whole.values), [JSON.stringify([whole.values])]);
      }
      await become(inner, who);
      const count = await put(inner, values);
      await inner.unsafe('set constraints all immediate');
      return count;
    };
    /** The column that is written to have this one changed. */
    const written = (column: string) => table.columns.find(({ name }) => name === column)?.repeats ?? column;
    const unsigned = { ...row.values, ...('receipt' in row.values && { receipt: null }) };
    const kinds: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
      'a row of the owner’s into': unsigned,
      ...('receipt' in row.values && { 'a row under a receipt into': row.values }),
      ...Object.fromEntries(
        Object.entries(whose)
          .filter(([column]) => column in row.values && !table.references.get(column)?.part)
          .map(([column, id]) => [
            `a row of the owner’s with that ${column} into`,
            { ...unsigned, [column]: id, [written(column)]: id },
          ]),
      ),
    };
    for (const [what, values] of Object.entries(kinds))
      expectThat(what, await attempt(sql, putWhole(values)), writes(who, table, values, 'INSERT') ? 1 : denied);
    for (const elsewhere of [places.elsewhere, places.owner].filter((place) => place !== committee)) {
      const given = { ...unsigned, owner: elsewhere };
      if (!writes(who, table, given, 'INSERT'))
        expectThat('a row in another name into', await attempt(sql, putWhole(given)), denied);
    }

    const all = rows.map(({ id }) => id);
    expectThat('an update of', await attempt(sql, update(`source = 'changed'`, all)), mine.length);
    // Rows that it still reads afterwards, so that only the rule on writing stands in the way.
    const still = (one: Row, changed: Readonly<Record<string, unknown>>) =>
      (one.values['visibility'] === 'PUBLIC' || !('owner' in changed)) &&
      !writes(who, table, { ...one.values, ...changed }, 'UPDATE');
    const to = committee === places.owner ? places.elsewhere : places.owner;
    for (const [column, value] of [['owner', to], ...Object.keys(whose).map((name) => [name, nobody])] as const) {
      if (!(column in row.values)) continue;
      const given = mine.filter((one) => still(one, { [column]: value })).map(({ id }) => id);
      if (given.length > 0)
        expectThat(
          `giving the ${column} away of`,
          await attempt(sql, update(`${written(column)} = '${value}'`, given)),
          denied,
        );
    }
    for (const [what, statement] of [
      ['deleting from', `delete from ${table.name}`],
      ['truncating', `truncate ${table.name} cascade`],
    ] as const)
      expectThat(what, await attempt(sql, (inner) => inner.unsafe(statement).then(({ count }) => count)), denied);
    return found;
  });
}

/** The new rows that a new row can't do without, the outermost first. */
function wholesOf(world: World, row: Row, found: Row[] = []): Row[] {
  const table = world.tables.find(({ name }) => name === row.table);
  for (const [column, { keyed }] of table?.references ?? []) {
    const whole = world.newRows.find((one) => keyed && one.id === row.values[column] && one.id !== row.id);
    if (!whole || found.includes(whole)) continue;
    wholesOf(world, whole, found);
    found.push(whole);
  }
  return found;
}
