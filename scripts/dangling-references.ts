import type postgres from 'postgres';

/** What a column refers to by its name: the subgraph that tells of it, and as which types. */
const targets: Readonly<Record<string, { readonly source: string; readonly types: readonly string[] }>> = {
  member: { source: 'members', types: ['Member'] },
  author: { source: 'members', types: ['Member'] },
  substitute: { source: 'members', types: ['Member'] },
  person: { source: 'members', types: ['Person'] },
  department: { source: 'members', types: ['Department', 'Organization'] },
  organization: { source: 'members', types: ['Department', 'Organization'] },
  workstation: { source: 'workstations', types: ['Workstation'] },
  cooperation: { source: 'cooperation', types: ['Cooperation'] },
};
/** Columns that bear such a name and mean something else: whose seat it is, whoever they are. */
const others = new Set(['attendance.person', 'acting_person.person', 'referable.person']);

/** A standing record that names something which isn't there. */
export interface Dangling {
  readonly place: string;
  readonly record: string;
  readonly owner: string;
  readonly names: string;
}

/** Records of a subgraph's schema that name what the subgraph that would have it doesn't tell of; none of sources that weren't read to their end yet. */
export async function danglingReferences(admin: postgres.Sql, schema: string): Promise<Dangling[]> {
  const columns = await admin<{ table: string; column: string }[]>`
    select c.table_name as table, c.column_name as column from information_schema.columns as c
    where c.table_schema = ${schema} and c.data_type = 'uuid' and c.column_name = any(${Object.keys(targets)})
      and exists (select from information_schema.columns as kept where kept.table_schema = ${schema} and kept.table_name = c.table_name and kept.column_name = 'owner_as_filed')
    order by 1, 2`;
  const read = new Set(
    (await admin<{ name: string }[]>`select name from ${admin(`${schema}.reference_source`)} where built > 0`).map(
      ({ name }) => name,
    ),
  );
  const found: Dangling[] = [];
  for (const { table, column } of columns) {
    const target = targets[column];
    if (!target || !read.has(target.source) || target.source === schema || others.has(`${table}.${column}`)) continue;
    const rows = await admin<{ record: string; owner: string; names: string }[]>`
      select kept.id as record, kept.owner, kept.${admin(column)} as names from ${admin(`${schema}.${table}`)} as kept
      where kept.deleted is null and kept.${admin(column)} is not null
        and not exists (select from ${admin(`${schema}.referable`)} as known
          where known.id = kept.${admin(column)} and known.type = any(${[...target.types]}) and known.days is not null)
      order by 2, 1`;
    found.push(...rows.map((row) => ({ place: `${table}.${column}`, ...row })));
  }
  return found;
}
