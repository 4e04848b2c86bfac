import { type Duty, type Refers, type Visibility, visibilities, type Writers } from '@hub/access';
import { type AnyColumn, getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  type AnyPgTable,
  check,
  foreignKey,
  index,
  integer,
  type PgColumnBuilderBase,
  type PgSchema,
  PgTable,
  type PgTableExtraConfigValue,
  pgSchema,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { code, instant } from './columns.ts';
import { policed, recordPolicies } from './policies.ts';

/** What every record has: whose it is, who sees it, where it came from and how often it changed. */
function recordColumns() {
  return {
    id: uuid('id').primaryKey(),
    /** Current code of the committee whose record it is. */
    owner: code('owner').notNull(),
    /** Its code as the source's time had it. */
    ownerAsFiled: code('owner_as_filed').notNull(),
    visibility: text('visibility').$type<Visibility>().notNull(),
    /** Committees that take part in joint work. */
    parties: text('parties').array().notNull().default([]),
    /** Members whom the record is about. */
    subjects: text('subjects').array().notNull().default([]),
    source: text('source'),
    /** The record's name in its source: importing it twice changes nothing. */
    externalId: text('external_id').unique(),
    revision: integer('revision').notNull().default(1),
    /** The revision that the last import of it left; another one is somebody's own. */
    importedRevision: integer('imported_revision'),
    created: instant('created').notNull().defaultNow(),
    modified: instant('modified').notNull().defaultNow(),
    /** When it was withdrawn; the row stays as a tombstone. */
    deleted: instant('deleted'),
  };
}

/** A closed list is text with CHECK and never an enum type: its operators aren't leakproof, so no index serves it under a policy. */
export function oneOf(name: string, column: AnyColumn, values: readonly string[]) {
  return check(
    name,
    sql`${column} in (${sql.join(
      values.map((value) => sql.raw(`'${value}'`)),
      sql`, `,
    )})`,
  );
}

/** A subgraph's schema; staff of a record's owner write its tables if they are charged with `duty`. */
export function recordSchema<Name extends string>(name: Name, duty: Duty) {
  return Object.assign(pgSchema(name), { duty });
}
type RecordSchema = PgSchema & { readonly duty: Duty };

interface RecordOptions extends Partial<Writers> {
  /** The row refers to a record of another subgraph, whose audience stands in reference_owner, reference_visibility and, WITH_PARTIES, reference_parties: it is seen by those only who may see both. */
  readonly refers?: Refers;
}

/** A policed table: the record's columns, the given ones, and the policies of packages/access, which the upkeep lays. */
export function recordTable<Name extends string, Columns extends Record<string, PgColumnBuilderBase>>(
  schema: RecordSchema,
  name: Name,
  columns: Columns,
  extra: (table: ReturnType<typeof build<Name, Columns>>) => PgTableExtraConfigValue[] = () => [],
  options: RecordOptions = {},
) {
  return build(schema, name, columns, extra as never, options);
}

function build<Name extends string, Columns extends Record<string, PgColumnBuilderBase>>(
  schema: RecordSchema,
  name: Name,
  columns: Columns,
  extra: (table: Record<string, AnyPgColumn>) => PgTableExtraConfigValue[],
  options: RecordOptions,
) {
  const writers: Writers = { duties: [schema.duty], ...options };
  const made = schema.table(name, { ...recordColumns(), ...columns }, (table) => {
    const t = table as unknown as Record<'id' | 'visibility' | 'parties' | 'subjects', AnyPgColumn>;
    return [
      unique(`${name}_audience`).on(t.id, t.visibility, t.parties, t.subjects),
      oneOf(`${name}_visibility`, t.visibility, visibilities),
      ...extra(table as unknown as Record<string, AnyPgColumn>),
    ];
  });
  return policed(made, recordPolicies(options, writers));
}

/** Columns for rows that refer to a record of another subgraph: the audience of what they refer to. */
export function referenceColumns() {
  return {
    referenceOwner: code('reference_owner').notNull(),
    referenceVisibility: text('reference_visibility').$type<Visibility>().notNull(),
  };
}

/** The same where the parties of what they refer to are known too. */
export function referenceColumnsWithParties() {
  return { ...referenceColumns(), referenceParties: text('reference_parties').array().notNull().default([]) };
}

type Part = Record<'visibility' | 'parties' | 'subjects', AnyPgColumn>;

/** A part's audience is its whole's: the foreign key carries it along, so a change of the whole reaches every part in the same statement. */
export function partOf(name: string, part: Part, column: AnyPgColumn, whole: AnyPgTable & Part & { id: AnyPgColumn }) {
  return foreignKey({
    name,
    columns: [column, part.visibility, part.parties, part.subjects],
    foreignColumns: [whole.id, whole.visibility, whole.parties, whole.subjects],
  }).onUpdate('cascade');
}

/** Indexes of what is public of a table alone, in each order of its lists: by these whoever searches the nation for a frequent word goes through it. */
export function publicOrders(
  table: string,
  t: Record<'id' | 'visibility' | 'deleted', AnyPgColumn>,
  orders: Readonly<Record<string, AnyPgColumn>>,
) {
  return Object.entries(orders).map(([name, column]) =>
    index(`${table}_public_${name}`).on(column, t.id).where(sql`${t.visibility} = 'PUBLIC' and ${t.deleted} is null`),
  );
}

/** Of what a module exports the tables of records: their names, and whether their rows refer to records of other subgraphs. */
export function recordTables(exported: Readonly<Record<string, unknown>>): { name: string; refers: boolean }[] {
  return Object.values(exported).flatMap((one) => {
    if (!is(one, PgTable)) return [];
    const columns = getTableColumns(one);
    return 'ownerAsFiled' in columns ? [{ name: getTableName(one), refers: 'referenceOwner' in columns }] : [];
  });
}
