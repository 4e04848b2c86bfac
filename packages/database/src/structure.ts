/**
 * Constraints, indexes and columns that may not be empty, as a schema has them and as it should. What should be is a file beside
 * the migrations, `structure.json`, which `pnpm migrations` writes of a fresh database: by it a start finds what was taken away by
 * hand, or didn't come back with a dump.
 */
import { readFileSync } from 'node:fs';
import { StartError } from '@hub/lifecycle';
import type postgres from 'postgres';
import type { Administrator } from './administrator.ts';
import { quoted } from './roles.ts';

/** Definitions as PostgreSQL writes them with an empty search path, by `table.name`. */
export interface Structure {
  /** The last migration of it, as drizzle has it. */
  readonly after: number;
  readonly constraints: Readonly<Record<string, string>>;
  readonly indexes: Readonly<Record<string, string>>;
  /** Columns that may not be empty, by table. */
  readonly filled: Readonly<Record<string, readonly string[]>>;
}

/** A thing of a schema that isn't as it should be. */
interface Fault {
  readonly table: string;
  readonly name: string;
  readonly kind: 'constraint' | 'index' | 'column';
  /** What puts it back. */
  readonly cure: string;
}

interface Row {
  readonly schema: string;
  readonly kind: Fault['kind'];
  readonly table: string;
  readonly name: string;
  readonly definition: string;
  readonly valid: boolean;
}

/** What was laid of itself isn't looked at: an earlier version had less of it. */
const notLookedAt = 'upkeep';

/** What schemas have now, in one query. */
async function rowsOf(sql: postgres.Sql, schemas: readonly string[]): Promise<readonly Row[]> {
  return sql.begin('read only', async (tx) => {
    // Names are written in full then, whoever looks.
    await tx`set local search_path = ''`;
    return tx<Row[]>`
      with relation as (
        select c.oid, nspname as schema, relname as table from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = relnamespace
        where nspname = any(${[...schemas]}::text[]) and relkind in ('r', 'p') and relname <> ${notLookedAt}
      )
      select schema, 'constraint' as kind, relation.table, conname as name, pg_catalog.pg_get_constraintdef(c.oid) as definition, true as valid
        from relation join pg_catalog.pg_constraint as c on conrelid = relation.oid where contype in ('p', 'u', 'x', 'c', 'f')
      union all select schema, 'index', relation.table, i.relname, pg_catalog.pg_get_indexdef(indexrelid), indisvalid and indisready
        from relation join pg_catalog.pg_index on indrelid = relation.oid join pg_catalog.pg_class as i on i.oid = indexrelid
        where not exists (select from pg_catalog.pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
      union all select schema, 'column', relation.table, attname, '', true
        from relation join pg_catalog.pg_attribute on attrelid = relation.oid where attnum > 0 and not attisdropped and attnotnull
      order by 1, 2, 3, 4`;
  });
}

/** What schemas have now, for the files that say what they should have. */
export async function structuresOf(
  sql: postgres.Sql,
  schemas: readonly string[],
): Promise<ReadonlyMap<string, Omit<Structure, 'after'>>> {
  const rows = await rowsOf(sql, schemas);
  return new Map(
    schemas.map((schema) => {
      const own = rows.filter((row) => row.schema === schema);
      const defined = (kind: Row['kind']) =>
        Object.fromEntries(
          own.filter((row) => row.kind === kind).map(({ table, name, definition }) => [`${table}.${name}`, definition]),
        );
      const filled: Record<string, string[]> = {};
      for (const { kind, table, name } of own) if (kind === 'column') filled[table] = [...(filled[table] ?? []), name];
      return [schema, { constraints: defined('constraint'), indexes: defined('index'), filled }];
    }),
  );
}

/** What a schema should have; nothing where nobody has written it yet. */
export function expectedStructure(migrations: URL): Structure | undefined {
  try {
    return JSON.parse(readFileSync(new URL(`${migrations.href}/structure.json`), 'utf8')) as Structure;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Looks whether schemas have the constraints and indexes that they should, and puts back what is missing, invalid or another:
 * none of them loosens anything. What somebody added stays.
 * @returns what was put back, by schema
 * @throws StartError STRUCTURE_DAMAGED where rows stand in the way
 */
export async function mendStructures(
  admin: Administrator,
  wanted: readonly { readonly schema: string; readonly owner: string; readonly structure: Structure | undefined }[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await rowsOf(
    admin.sql,
    wanted.map(({ schema }) => schema),
  );
  const mended = new Map<string, readonly string[]>();
  for (const { schema, owner, structure } of wanted) {
    if (!structure) continue;
    const faults = faultsOf(
      schema,
      structure,
      rows.filter((row) => row.schema === schema),
    );
    if (faults.length === 0) continue;
    const isMended = await admin.sql.begin(async (sql) => {
      if (owner !== admin.name) await sql.unsafe(`set local role ${quoted(owner)}`);
      // What a newer version laid is that version's to judge.
      const [last] =
        await sql`select max(created_at)::text as at from ${sql(`${schema}_migrations.__drizzle_migrations`)}`;
      if (Number(last?.['at']) !== structure.after) return false;
      await sql`set local search_path = ''`;
      for (const fault of faults) await mend(sql, schema, fault);
      return true;
    });
    if (isMended)
      mended.set(
        schema,
        faults.map(({ table, name }) => `${table}.${name}`),
      );
  }
  return mended;
}

async function mend(sql: postgres.TransactionSql, schema: string, { table, name, kind, cure }: Fault): Promise<void> {
  try {
    await sql.savepoint((inner) => inner.unsafe(cure));
  } catch (error) {
    const { code = '' } = error as { code?: string };
    const what =
      kind === 'column' ? `the column ${name} may not be empty` : `the ${kind} ${name} is missing or another`;
    throw new StartError(
      'STRUCTURE_DAMAGED',
      `The table ${schema}.${table} isn’t as the hub laid it, ${what}, and it can’t be put back (${code}): ${reasonOf(code)}.`,
    );
  }
}

function reasonOf(code: string): string {
  if (/^23...$/.test(code)) return 'rows that were written since break it: mend or remove these, or restore a backup';
  if (/^42(P01|703)$/.test(code)) return 'a table or column was removed with its data: restore a backup';
  return 'see the log of the database, mend what it names, and start again';
}

/** Unique indexes before the foreign keys that need them. */
const order = ['column', 'index', 'PRIMARY', 'UNIQUE', 'EXCLUDE', 'CHECK', 'FOREIGN'];
const rank = (kind: Fault['kind'], definition: string) =>
  order.indexOf(kind === 'constraint' ? (definition.split(' ')[0] ?? '') : kind);

function faultsOf(schema: string, structure: Structure, rows: readonly Row[]): readonly Fault[] {
  const found = (kind: Row['kind']) =>
    new Map(rows.filter((row) => row.kind === kind).map((row) => [`${row.table}.${row.name}`, row]));
  const place = (table: string) => `${quoted(schema)}.${quoted(table)}`;
  const split = (key: string): [string, string] => {
    const dot = key.indexOf('.');
    return [key.slice(0, dot), key.slice(dot + 1)];
  };
  const faults: (Fault & { readonly rank: number })[] = [];
  const columns = found('column');
  for (const [table, names] of Object.entries(structure.filled))
    for (const name of names)
      if (!columns.has(`${table}.${name}`)) {
        const cure = `alter table ${place(table)} alter column ${quoted(name)} set not null`;
        faults.push({ table, name, kind: 'column', cure, rank: rank('column', '') });
      }
  const indexes = found('index');
  for (const [key, definition] of Object.entries(structure.indexes)) {
    const [table, name] = split(key);
    const now = indexes.get(key);
    if (now?.valid && now.definition === definition) continue;
    const cure = `drop index if exists ${place(name)}; ${definition}`;
    faults.push({ table, name, kind: 'index', cure, rank: rank('index', '') });
  }
  const constraints = found('constraint');
  for (const [key, definition] of Object.entries(structure.constraints)) {
    const [table, name] = split(key);
    const now = constraints.get(key);
    if (now?.definition === definition) continue;
    const cure =
      now?.definition === `${definition} NOT VALID`
        ? `alter table ${place(table)} validate constraint ${quoted(name)}`
        : `alter table ${place(table)} ${now ? `drop constraint ${quoted(name)}, ` : ''}add constraint ${quoted(name)} ${definition}`;
    faults.push({ table, name, kind: 'constraint', cure, rank: rank('constraint', definition) });
  }
  return faults.sort((a, b) => a.rank - b.rank);
}
