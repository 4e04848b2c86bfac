/**
 * The row policies of a subgraph's tables. A table says who reads and writes it where it is made; the SQL of it comes from
 * packages/access alone, and the upkeep lays it: so a rule that changes there changes no migration.
 */
import { feedPolicy, type Refers, readPolicy, rowPolicy, subjectPolicy, type Writers, writePolicy } from '@hub/access';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { type AnyPgTable, getTableConfig, PgTable } from 'drizzle-orm/pg-core';

/** One policy of a table for the role of its subgraph. */
export interface Policy {
  readonly name: string;
  readonly command: 'select' | 'insert' | 'update' | 'all';
  readonly using?: string;
  readonly withCheck?: string;
}

const policiesOf = new WeakMap<AnyPgTable, readonly Policy[]>();

/** Says by which policies a table is reached. One that says nothing is reached by its owner alone. */
export function policed<Table extends AnyPgTable>(table: Table, policies: readonly Policy[]): Table {
  // Its migration closes the table too, so that it is never open between that and the upkeep.
  (table as unknown as { enableRLS(): unknown }).enableRLS();
  policiesOf.set(table, policies);
  return table;
}

/** The policy of a table that is read, and written by functions of its owner alone. */
export const readOnly = (using: string): readonly Policy[] => [{ name: 'read', command: 'select', using }];

/** The policies of a table of records. */
export function recordPolicies(
  reads: { receipt?: boolean | undefined; refers?: Refers | undefined },
  writers: Writers,
): readonly Policy[] {
  const update = writePolicy(writers, 'UPDATE');
  return [
    ...readOnly(rowPolicy(reads)),
    { name: 'insert', command: 'insert', withCheck: writePolicy(writers, 'INSERT') },
    { name: 'update', command: 'update', using: update, withCheck: update },
  ];
}

/** A table that the role of its subgraph reaches. */
export interface PolicedTable {
  readonly name: string;
  readonly policies: readonly Policy[];
}

/** The tables that every schema has, and who reaches them. */
export const keptTables: readonly PolicedTable[] = [
  { name: 'change', policies: readOnly(feedPolicy()) },
  { name: 'change_era', policies: readOnly(feedPolicy()) },
  { name: 'counter', policies: readOnly(readPolicy()) },
  {
    name: 'idempotency',
    policies: [{ name: 'own', command: 'all', using: subjectPolicy(), withCheck: subjectPolicy() }],
  },
];

/** A table of records, with the columns that its audience depends on besides those that every record has. */
export interface RecordTable {
  readonly name: string;
  readonly audience: readonly string[];
}

/** A part and the column in it that names its whole, both of one schema. */
export interface PartOf {
  readonly whole: string;
  readonly part: string;
  readonly column: string;
}

/** What the upkeep has to know of a subgraph's tables. */
export interface SchemaTables {
  /** All that its role reaches, but for what every schema has. */
  readonly policed: readonly PolicedTable[];
  readonly records: readonly RecordTable[];
  readonly parts: readonly PartOf[];
}

const audienceColumns = ['receipt', 'reference_owner', 'reference_parties', 'reference_visibility'];

/** Reads them from what a subgraph's module of tables exports. */
export function schemaTables(exported: Readonly<Record<string, unknown>>): SchemaTables {
  const tables = [...new Set(Object.values(exported))]
    .filter((one) => is(one, PgTable))
    .sort((one, other) => (getTableName(one) < getTableName(other) ? -1 : 1));
  const parts = new Map<string, PartOf>();
  for (const table of tables)
    for (const key of getTableConfig(table).foreignKeys) {
      // A part's foreign key is the one that carries its whole's audience along.
      if (key.onUpdate !== 'cascade') continue;
      const { columns, foreignTable } = key.reference();
      const one = { whole: getTableName(foreignTable), part: getTableName(table), column: columns[0]?.name ?? '' };
      parts.set(`${one.whole} ${one.part} ${one.column}`, one);
    }
  return {
    policed: tables.flatMap((table) => {
      const policies = policiesOf.get(table);
      return policies ? [{ name: getTableName(table), policies }] : [];
    }),
    records: tables
      .filter((table) => 'ownerAsFiled' in getTableColumns(table))
      .map((table) => {
        const names = Object.values(getTableColumns(table)).map(({ name }) => name);
        return { name: getTableName(table), audience: audienceColumns.filter((name) => names.includes(name)) };
      }),
    parts: [...parts.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
  };
}

const keyOf = ({ whole, part, column }: PartOf) => `${whole} ${part} ${column}`;

/** Lays the policies of one table for a role. */
export function policiesSql(schema: string, role: string, { name, policies }: PolicedTable): string {
  return policies
    .map(
      (policy) =>
        `create policy ${policy.name} on ${schema}.${name} for ${policy.command} to ${role}${policy.using === undefined ? '' : ` using (${policy.using})`}${policy.withCheck === undefined ? '' : ` with check (${policy.withCheck})`};`,
    )
    .join('\n');
}

const privileges = { select: 'select', insert: 'insert', update: 'update', all: 'select, insert, update' } as const;

/** Grants a role what the policies of a table are for, and no more: nobody deletes. */
export function grantSql(schema: string, role: string, { name, policies }: PolicedTable): string {
  return `grant ${policies.map(({ command }) => privileges[command]).join(', ')} on ${schema}.${name} to ${role};`;
}
