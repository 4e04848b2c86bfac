/** What statements of a subgraph's own role read and write, past every resolver: table by table, as each actor. */
import { type Actor, type ScopeSettings, scopeSettings } from '@hub/access';
import { subgraphUrl } from '@hub/database';
import postgres from 'postgres';
import { type ActorName, actors, reads } from './cells.ts';
import { insertStatement, places, type Row, type Table, type World } from './fixture.ts';

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
          const settings = Object.entries(actor ? scopeSettings(actor) : ({} as ScopeSettings));
          for (const [name, value] of settings) await sql`select set_config(${name}, ${value}, true)`;
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
      if (counted && !world.withdrawn.has(row.id) && reads(world, actor, row))
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

/** Tries to put in, change and give away rows of a table as an actor: only staff of the owner may, and only the first two. */
export async function writeViolations(world: World, roles: Roles, table: Table, actor: ActorName): Promise<string[]> {
  const row = world.newRows.find((one) => one.table === table.name);
  if (!row) throw new Error(`no row to put into ${table.name}`);
  const isOwner = actor === 'staff of the owner';
  const own = (world.byTable.get(table.name) ?? []).filter((one) => reads(world, actor, one));
  const mine = (one: Row) => {
    const who = actors[actor];
    return who.kind === 'STAFF' && one.values['owner'] === who.committee;
  };
  return roles.as(table.schema, actors[actor], async (sql) => {
    const found: string[] = [];
    const put = (values: Readonly<Record<string, unknown>>) => (inner: postgres.Sql) =>
      inner.unsafe(insertStatement(table, values), [JSON.stringify([values])]).then(({ count }) => count);
    const update = (set: string, ids: readonly string[]) => (inner: postgres.Sql) =>
      inner.unsafe(`update ${table.name} set ${set} where id = any($1::uuid[])`, [[...ids]]).then(({ count }) => count);
    const expectThat = (what: string, got: number | string, wanted: (got: number | string) => boolean) => {
      if (!wanted(got))
        found.push(`${actor}: ${what} ${table.name} ends in ${typeof got === 'string' ? got : `${got} rows`}`);
    };

    if (isOwner) {
      // Its wholes first: a part has to have one. Deferred triggers run too, as they would when it is committed.
      const wholes = wholesOf(world, row);
      const got = await attempt(sql, async (inner) => {
        for (const whole of wholes) {
          const of = world.tables.find(({ name }) => name === whole.table);
          if (of) await inner.unsafe(insertStatement(of, whole.values), [JSON.stringify([whole.values])]);
        }
        const count = await put(row.values)(inner);
        await inner.unsafe('set constraints all immediate');
        return count;
      });
      expectThat('an insert of its own into', got, (is) => is === 1);
    } else
      expectThat("an insert of another committee's into", await attempt(sql, put(row.values)), (is) => is === denied);
    const given = { ...row.values, owner: places.elsewhere };
    if (actor !== 'staff elsewhere')
      expectThat('an insert in another name into', await attempt(sql, put(given)), (is) => is === denied);

    const all = (world.byTable.get(table.name) ?? []).map(({ id }) => id);
    const touchable = own.filter(mine).map(({ id }) => id);
    expectThat('an update of', await attempt(sql, update(`source = 'changed'`, all)), (is) => is === touchable.length);
    // Rows that it still reads afterwards, so that only the rule on writing stands in the way.
    const stayVisible = own.filter((one) => mine(one) && one.values['visibility'] === 'PUBLIC').map(({ id }) => id);
    if (stayVisible.length > 0) {
      const to = isOwner ? places.elsewhere : places.owner;
      expectThat('giving away', await attempt(sql, update(`owner = '${to}'`, stayVisible)), (is) => is === denied);
    }
    for (const [what, statement] of [
      ['deleting from', `delete from ${table.name}`],
      ['truncating', `truncate ${table.name} cascade`],
    ] as const)
      expectThat(
        what,
        await attempt(sql, (inner) => inner.unsafe(statement).then(({ count }) => count)),
        (is) => is === denied,
      );
    return found;
  });
}

/** The new rows that a new row can't do without, the outermost first. */
function wholesOf(world: World, row: Row): Row[] {
  const table = world.tables.find(({ name }) => name === row.table);
  const needed = [...(table?.references.keys() ?? [])].flatMap(
    (column) =>
      world.newRows.find((one) => one.id === row.values[column] && one.id !== row.id && sameSchema(one, row)) ?? [],
  );
  const found: Row[] = [];
  for (const whole of needed.flatMap((one) => [...wholesOf(world, one), one]))
    if (!found.includes(whole)) found.push(whole);
  return found;
}
const sameSchema = (one: Row, other: Row) => one.table.split('.')[0] === other.table.split('.')[0];
