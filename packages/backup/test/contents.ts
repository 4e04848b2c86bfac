import postgres from 'postgres';

/** What stands in every table and sequence of a database: how many rows, and a hash of all of them. */
export async function contentsOf(url: string): Promise<Record<string, string>> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { TimeZone: 'UTC' } });
  try {
    const relations = await sql<{ name: string; kind: string }[]>`
      select format('%I.%I', nspname, relname) as name, relkind as kind from pg_class join pg_namespace as n on n.oid = relnamespace
      where relkind in ('r', 'S') and nspname !~ '^(pg_|information_schema$)' order by 1`;
    const contents: Record<string, string> = {};
    for (const { name, kind } of relations) {
      const rows = kind === 'S' ? `(select last_value, is_called from ${name})` : name;
      const [one] = await sql.unsafe(
        `select count(*) || ' ' || coalesce(encode(sha256(convert_to(string_agg(line, chr(10) order by line collate "C"), 'UTF8')), 'hex'), '') as contents
         from (select to_jsonb(one)::text as line from ${rows} as one) as lines`,
      );
      contents[name] = String(one?.['contents']);
    }
    return contents;
  } finally {
    await sql.end();
  }
}
