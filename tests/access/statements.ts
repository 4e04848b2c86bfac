/** What statements of a subgraph's own role read and write, past every resolver: table by table, as each actor. */
import { type Actor, scopeSettings, subjectOf } from '@hub/access';
import { subgraphUrls } from '@hub/database';
import { openLogin, staff, testRole } from '@hub/testkit';
import postgres from 'postgres';
import {
  type ActorName,
  actors,
  actorWithout,
  mayReadByAudience,
  nobody,
  otherReaders,
  reads,
  writes,
  writingOf,
} from './cells.ts';
import { insertStatement, named, type OtherTable, places, type Row, type Table, type World } from './fixture.ts';

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

/**
 * Makes the function that does attempts and undoes each: with a statement for every step of each, most of the time would be
 * spent on the way. It runs with the rights of whoever calls it.
 */
const makeOutcomes = `
  create schema if not exists trial;
  grant usage on schema trial to public;
  create or replace function trial.outcomes(attempts jsonb) returns jsonb language plpgsql security invoker as $body$
  declare
    attempt jsonb;
    step jsonb;
    touched int;
    counted int;
    found jsonb := '[]';
  begin
    for attempt in select value from jsonb_array_elements(attempts) loop
      touched := 0;
      begin
        for step in select value from jsonb_array_elements(attempt) loop
          if step ? 'become' then
            perform set_config(key, value, true) from jsonb_each_text(step -> 'become');
          else
            execute step ->> 'text' using step ->> 'given';
            get diagnostics counted = row_count;
            if not step ? 'uncounted' then touched := touched + counted; end if;
          end if;
        end loop;
        raise exception using errcode = 'UNDO0';
      exception when others then
        found := found || case sqlstate when 'UNDO0' then to_jsonb(touched) else to_jsonb(sqlstate) end;
      end;
    end loop;
    return found;
  end $body$;
  grant execute on function trial.outcomes(jsonb) to public`;

export async function openRoles(adminUrl: string, schemas: readonly string[]): Promise<Roles> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(makeOutcomes);
  await admin.end();
  const pools = new Map(
    [...(await subgraphUrls(adminUrl, schemas))].map(([schema, url]) => [
      schema,
      // As the hub's own sessions are: what all read is planned once.
      openLogin(url, { connection: { plan_cache_mode: 'force_generic_plan' } as never }),
    ]),
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

/** Compares the rows that tables of a schema show an actor with the grid. */
export async function readViolations(
  world: World,
  roles: Roles,
  schema: string,
  tables: readonly Table[],
  actor: ActorName,
): Promise<string[]> {
  const texts = tables.map(({ name }) => `select '${name}' as table, id from ${name}`);
  const shown = await roles.as(schema, actors[actor], (sql) =>
    sql.unsafe(texts.join(' union all '), [], { prepare: true }),
  );
  return tables.flatMap(({ name }) => {
    const got = new Set(shown.flatMap((row) => (row['table'] === name ? [String(row['id'])] : [])));
    const wanted = new Set(
      (world.byTable.get(name) ?? []).filter((row) => reads(world, actor, row)).map(({ id }) => id),
    );
    const more = [...got].filter((id) => !wanted.has(id));
    const less = [...wanted].filter((id) => !got.has(id));
    return [
      ...(more.length > 0 ? [`${actor} reads ${labels(world, more)}`] : []),
      ...(less.length > 0 ? [`${actor} doesn't read ${labels(world, less)}`] : []),
    ];
  });
}

/** Compares the counters that an actor reads with what may be seen of the records that they count. */
export async function counterViolations(
  world: World,
  roles: Roles,
  schema: string,
  actor: ActorName,
): Promise<string[]> {
  const got = await roles.as(schema, actors[actor], (sql) =>
    sql.unsafe(
      `select type, owner, visibility, sum(total)::int as total from ${schema}.counter
      group by type, owner, visibility having sum(total) <> 0`,
      [],
      { prepare: true },
    ),
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

/**
 * Compares what a table that no record stands in shows actors with who reads each of its rows, and tells how many rows it
 * showed and kept from them in all: one that keeps none from anybody says nothing of its policy.
 */
export async function otherViolations(
  admin: postgres.Sql,
  { table, rows }: OtherTable,
  names: readonly ActorName[],
): Promise<{ violations: string[]; tried: { shown: number; kept: number } }> {
  const { name, schema } = table;
  const judge = otherReaders[name] ?? otherReaders[name.slice(schema.length + 1)];
  if (!judge) return { violations: [`say in \`otherReaders\` who reads ${name}`], tried: { shown: 0, kept: 0 } };
  const violations: string[] = [];
  const tried = { shown: 0, kept: 0 };
  class Undone extends Error {}
  await admin
    .begin(async (sql) => {
      const [first] = rows;
      if (first)
        await sql.unsafe(insertStatement(table, first.values), [JSON.stringify(rows.map(({ values }) => values))]);
      const there = await sql.unsafe<{ place: string; values: Record<string, unknown> }[]>(
        `select ctid::text as place, to_jsonb(one) as values from ${name} as one`,
      );
      await sql.unsafe(`set local role ${testRole(schema)}`);
      for (const actor of names) {
        await become(sql, actors[actor]);
        const got = new Set(
          (await sql.unsafe<{ place: string }[]>(`select ctid::text as place from ${name}`)).map(({ place }) => place),
        );
        const wanted = new Set(there.flatMap(({ place, values }) => (judge(actor, values) ? [place] : [])));
        const more = [...got].filter((place) => !wanted.has(place)).length;
        const less = [...wanted].filter((place) => !got.has(place)).length;
        if (more > 0) violations.push(`${actor} reads ${more} rows of ${name} that are none of theirs`);
        if (less > 0) violations.push(`${actor} doesn't read ${less} rows of ${name}`);
        tried.shown += got.size;
        tried.kept += there.length - got.size;
      }
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return { violations, tried };
}

const denied = '42501';

/** A statement, with the one text that it is given; or another actor as whom the next ones are run. */
type Step =
  | { readonly text: string; readonly given?: string; readonly uncounted?: true }
  | { readonly become: Readonly<Record<string, string>> };
/** Something that is tried, and how it has to end: in the SQLSTATE of its failure, or in how many rows it touched. */
interface Attempt {
  readonly what: string;
  readonly steps: readonly Step[];
  readonly isRight: (got: number | string) => boolean;
}
const exactly = (wanted: number | string) => (got: number | string) => got === wanted;

/** Does and undoes each attempt; what ended otherwise than it has to, in sentences. */
async function wrongOf(
  sql: postgres.TransactionSql,
  attempts: readonly Attempt[],
  sentence: (what: string, got: string) => string,
): Promise<string[]> {
  const given = JSON.stringify(attempts.map(({ steps }) => steps));
  const [row] = await sql`select trial.outcomes(${given}::text::jsonb) as outcomes`;
  const outcomes = row?.['outcomes'] as readonly (number | string)[];
  if (outcomes.length !== attempts.length) throw new Error('some of what was tried has no outcome');
  return attempts.flatMap(({ what, isRight }, at) => {
    const got = outcomes[at] ?? 'unknown';
    return isRight(got) ? [] : [sentence(what, typeof got === 'string' ? got : `${got} rows`)];
  });
}

const becoming = (actor: Actor): Step => ({ become: { ...scopeSettings(actor) } });

/** In the scope of another actor from here on. */
async function become(sql: postgres.TransactionSql, actor: Actor): Promise<void> {
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
  const keep = (subject: string): Step => ({
    text: `insert into ${schema}.idempotency (subject, key, request) values ($1, 'key', 'request')`,
    given: subject,
  });
  const kept = (subject: string): Step => ({ ...keep(subject), uncounted: true });
  const attempts: Attempt[] = [
    {
      what: 'reading the changes',
      steps: [{ text: `select 1 from ${schema}.change limit 1` }],
      isRight: exactly(who.kind === 'FEED' ? 1 : 0),
    },
    {
      what: 'writing the changes',
      steps: [{ text: `update ${schema}.change set seq = 0` }],
      isRight: exactly(denied),
    },
    { what: 'keeping an own outcome', steps: [keep(own)], isRight: exactly(hasFace ? 1 : denied) },
    ...others.slice(0, 3).flatMap((other): Attempt[] => [
      { what: 'keeping the outcome of another', steps: [keep(subjectOf(other))], isRight: exactly(denied) },
      {
        what: 'reading or changing the outcome of another',
        steps: [
          becoming(other),
          kept(subjectOf(other)),
          becoming(who),
          { text: `select 1 from ${schema}.idempotency` },
          { text: `update ${schema}.idempotency set result = '{}' where true` },
        ],
        isRight: exactly(0),
      },
    ]),
    ...(hasFace
      ? [
          {
            what: 'handing on an own outcome',
            steps: [kept(own), { text: `update ${schema}.idempotency set subject = 'another'` }],
            isRight: exactly(denied),
          },
        ]
      : []),
  ];
  return roles.as(schema, who, (sql) =>
    wrongOf(sql, attempts, (what, got) => `${actor}: ${what} of ${schema} ends in ${got}`),
  );
}

/** Tries to put rows of a table in, to change, to hand on and to give away, as an actor, and compares with who may. */
export async function writeViolations(world: World, roles: Roles, table: Table, actor: ActorName): Promise<string[]> {
  const row = world.newRows.find((one) => one.table === table.name);
  if (!row) throw new Error(`no row to put into ${table.name}`);
  const who = actorWithout(actor, writingOf(table).duties);
  const committee = 'committee' in who ? who.committee : undefined;
  const rows = world.byTable.get(table.name) ?? [];
  const mine = rows.filter((one) => reads(world, actor, one) && writes(who, table, one.values, 'UPDATE'));
  const attempts: Attempt[] = [];
  const expectThat = (what: string, steps: readonly Step[], wanted: number | string) =>
    attempts.push({ what, steps, isRight: exactly(wanted) });
  const put = (values: Readonly<Record<string, unknown>>): Step => ({
    text: insertStatement(table, values),
    given: JSON.stringify([values]),
  });
  const update = (set: string, ids: readonly string[]): Step[] => [
    { text: `update ${table.name} set ${set} where id = any($1::uuid[])`, given: `{${ids.join()}}` },
  ];

  // Deferred triggers run too, as they would when it is committed.
  const putWhole = (values: Readonly<Record<string, unknown>>): Step[] => [
    put(values),
    { text: 'set constraints all immediate', uncounted: true },
  ];
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
    expectThat(what, putWhole(values), writes(who, table, values, 'INSERT') ? 1 : denied);
  for (const elsewhere of [places.elsewhere, places.owner].filter((place) => place !== committee)) {
    const given = { ...unsigned, owner: elsewhere };
    if (!writes(who, table, given, 'INSERT')) expectThat('a row in another name into', putWhole(given), denied);
  }

  const all = rows.map(({ id }) => id);
  expectThat('an update of', update(`source = 'changed'`, all), mine.length);
  // Rows that it still reads afterwards, so that only the rule on writing stands in the way.
  const still = (one: Row, changed: Readonly<Record<string, unknown>>) =>
    (one.values['visibility'] === 'PUBLIC' || !('owner' in changed)) &&
    !writes(who, table, { ...one.values, ...changed }, 'UPDATE');
  const to = committee === places.owner ? places.elsewhere : places.owner;
  for (const [column, value] of [['owner', to], ...Object.keys(whose).map((name) => [name, nobody])] as const) {
    if (!(column in row.values)) continue;
    const given = mine.filter((one) => still(one, { [column]: value })).map(({ id }) => id);
    if (given.length > 0)
      expectThat(`giving the ${column} away of`, update(`${written(column)} = '${value}'`, given), denied);
  }
  expectThat('deleting from', [{ text: `delete from ${table.name}` }], denied);
  expectThat('truncating', [{ text: `truncate ${table.name} cascade` }], denied);
  return roles.as(table.schema, staff(places.owner), async (sql) => {
    // Its wholes first: a part has to have one.
    for (const whole of wholesOf(world, row)) {
      const of = world.tables.find(({ name }) => name === whole.table);
      if (of) await sql.unsafe(insertStatement(of, whole.values), [JSON.stringify([whole.values])]);
    }
    await become(sql, who);
    return wrongOf(sql, attempts, (what, got) => `${actor}: ${what} ${table.name} ends in ${got}`);
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
