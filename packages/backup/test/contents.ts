import postgres from 'postgres';

/** What stands in every table and sequence of a database: how many rows, and a hash of all of them. */
export async function contentsOf(url: string): Promise<Record<string, string>> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { TimeZone: 'UTC' } });
  try {
    const relations = await sql<{ name: string; kind: string }[]>`
      select format('%I.%I', nspname, relname) as name, relkind as kind from pg_class join pg_namespace as n on n.oid = relnamespace
      where relkind in ('r', 'S') and nspname !~ '^(pg_|information_schema$)' order by 1`;
    const statements = relations.map(
      ({
        name,
        kind,
      }) => `select '${name}' as name, count(*) || ' ' || coalesce(encode(sha256(convert_to(string_agg(line, chr(10) order by line collate "C"), 'UTF8')), 'hex'), '') as contents
        from (select to_jsonb(one)::text as line from ${kind === 'S' ? `(select last_value, is_called from ${name})` : name} as one) as lines`,
    );
    const rows = await sql.unsafe<{ name: string; contents: string }[]>(statements.join(' union all '));
    return Object.fromEntries(rows.map(({ name, contents }) => [name, contents]));
  } finally {
    await sql.end();
  }
}
