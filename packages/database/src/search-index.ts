/**
 * The search index that PostgreSQL keeps for every searched record of a subgraph. An entry holds the record's text as it is searched
 * ({@link searchedTextSql}) and keys: each of the text's one- and two-character pieces, and each place that its owner lies in, together
 * with the record's type and the name of those who may find it (packages/access). A search asks for the keys of its word, type, place
 * and asker, so it opens what its asker can reach and nothing else, and its time tells nothing of the rest.
 */
import { createHash } from 'node:crypto';
import { searchClassesSql, searchNamesSql, searchReachSql, searchRegionsSql } from '@hub/access';
import { searchedTextSql, searchedWordSql, signsSql } from '@hub/inputs';

/** Tables that are searched by text, with the columns that a search looks at. */
export type Searched = Readonly<Record<string, readonly string[]>>;

/** The longest text that is searched, in characters. */
const maximumSearch = 200;

/** Tables whose rows are made of others': a backup leaves them out, and the next start makes them. */
export const derivedTables: readonly string[] = ['search_entry', 'search_made'];

/** Of an earlier shape nothing is kept, since all of it is made of the records. */
export function searchTablesSql(schema: string): string {
  return `
do $$ begin
  if exists (select from pg_catalog.pg_attribute where attrelid = to_regclass('${schema}.search_entry') and attname = 'grams' and not attisdropped) then
    drop function if exists ${schema}.search(text, text);
    drop table ${schema}.search_entry;
  end if;
end $$;
create table if not exists ${schema}.search_entry (
  type text not null,
  id uuid not null,
  document text not null,
  keys bigint[] not null,
  primary key (type, id)
);
create index if not exists search_entry_keys on ${schema}.search_entry using gin (keys) with (fastupdate = off);
-- By which rules the entries were made.
create table if not exists ${schema}.search_made (
  one boolean primary key default true check (one),
  rules text not null
);`;
}

/** A key of 64 bits: a search looks at the text besides, where its word has more than one piece. */
const keySql = (name: string, type: string, piece: string) =>
  `pg_catalog.hashtextextended(${name} || ' ' || ${type} || ' ' || ${piece}, 0)`;

/** Pieces of places begin with what no text has. */
const placeSql = (kind: '@' | '=', code: string) => `E'\\x01${kind}' || ${code}`;

/** @param searched the tables whose rows are entered, by triggers and, where the rules became others, all at once */
export function searchIndexSql(schema: string, searched: Searched): string {
  const made = functionsSql(schema);
  // A server that hashes another way, as one of other hardware may, has other keys.
  const rules = `'${createHash('sha256').update(made).update(JSON.stringify(searched)).digest('hex')} ' || pg_catalog.hashtextextended('协商', 0)`;
  return `${made}
do $$ begin
  if exists (select from ${schema}.search_made where rules = ${rules}) then return; end if;
  drop index if exists ${schema}.search_entry_keys;
  truncate ${schema}.search_entry;
${enterAllSql(schema, searched)}
  create index search_entry_keys on ${schema}.search_entry using gin (keys) with (fastupdate = off);
  insert into ${schema}.search_made (rules) values (${rules}) on conflict (one) do update set rules = excluded.rules;
end $$;`;
}

/** Enters all rows that stand, into an index that has none of them. */
export function enterAllSql(schema: string, searched: Searched): string {
  return Object.entries(searched)
    .map(
      ([table, columns]) => `  insert into ${schema}.search_entry (type, id, document, keys)
    select '${table}', id, made.document, made.keys from ${schema}."${table}" as given,
      lateral (select * from ${schema}.search_entry_of('${table}', to_jsonb(given), '{${columns.join()}}') offset 0) as made where made.keys is not null;`,
    )
    .join('\n');
}

function functionsSql(schema: string): string {
  return `
create or replace function ${schema}.normalized(given text) returns text language sql immutable parallel safe strict
  as $$ select ${searchedTextSql('given')} $$;
-- The pieces of a text as it is searched. It goes through the text once: substr() would begin at its first character for each.
create or replace function ${schema}.pieces(given text) returns text[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct piece), '{}')
  from (
    select one, one || lead(one) over (partition by run order by at) as pair
    from regexp_split_to_table(given, '${signsSql}+') with ordinality as runs(text, run),
      unnest(string_to_array(text, null)) with ordinality as characters(one, at)
  ) as pieces, lateral (values (one), (pair)) as both_of_them(piece)
  where piece is not null
$$;
create or replace function ${schema}.wanted_word(given text) returns text language sql immutable parallel safe strict
  as $$ select ${searchedWordSql('given')} $$;
-- The pieces that a text must have to hold a word: its pairs, and the characters that stand alone in it.
create or replace function ${schema}.wanted_pieces(word text) returns text[] language sql immutable parallel safe strict as $$
  select coalesce(array_agg(distinct coalesce(pair, one)) filter (where pair is not null or at = 1), '{}')
  from (
    select one, at, one || lead(one) over (partition by run order by at) as pair
    from regexp_split_to_table(word, '${signsSql}+') with ordinality as runs(text, run),
      unnest(string_to_array(text, null)) with ordinality as characters(one, at)
  ) as pieces
$$;
create or replace function ${schema}.search_names(visibility text, owner text, parties text[]) returns text[] language sql immutable parallel safe
  as $$ select ${searchClassesSql({ visibility: 'visibility', owner: 'owner', parties: 'parties' })} $$;
-- Who finds what refers to something: those who are both, and of what is public everybody is.
create or replace function ${schema}.both_names(one text, other text) returns text language sql immutable parallel safe strict
  as $$ select case when one = 'P' or one = other then other when other = 'P' then one else least(one collate "C", other) || '&' || greatest(one collate "C", other) end $$;
-- What is entered of a record; no keys where nobody could find it. A record that refers to another is found by those who may see both.
create or replace function ${schema}.search_entry_of(of_type text, given jsonb, columns text[], out document text, out keys bigint[])
  language plpgsql immutable set search_path = '' as $$
declare
  beyond text[];
  visibility constant text := given ->> 'visibility';
  owner constant text := given ->> 'owner';
  subjects constant text[] := array(select jsonb_array_elements_text(given -> 'subjects'));
  names text[] := ${schema}.search_names(visibility, owner, array(select jsonb_array_elements_text(given -> 'parties')));
  named text[] := ${searchNamesSql.ofRow({ visibility: 'visibility', subjects: 'subjects', receipt: `given ->> 'receipt'` })};
begin
  if given ->> 'deleted' is not null then return; end if;
  if given ? 'reference_owner' then
    beyond := ${schema}.search_names(given ->> 'reference_visibility', given ->> 'reference_owner',
      array(select jsonb_array_elements_text(coalesce(given -> 'reference_parties', '[]'))));
    names := array(select distinct ${schema}.both_names(one, other) from unnest(names) as one, unnest(beyond) as other);
    named := array(select distinct ${schema}.both_names(one, other) from unnest(named) as one, unnest(beyond) as other);
  end if;
  select string_agg(${schema}.normalized(case jsonb_typeof(given -> field)
      when 'array' then (select string_agg(item, ' | ') from jsonb_array_elements_text(given -> field) as item) else given ->> field end), chr(10))
    into document from unnest(columns) as field;
  document := coalesce(document, '');
  select array_agg(distinct ${keySql('name', 'of_type', 'piece')}) into keys from (
    select name, piece from unnest(names) as name, unnest(${schema}.pieces(document)) as piece
    union all
    select name, piece from unnest(names) as name, unnest(array[${placeSql('=', 'owner')}, ${placeSql('@', `left(owner, 2) || '0000'`)},
      ${placeSql('@', `left(owner, 4) || '00'`)}, ${placeSql('@', 'left(owner, 6)')}]) as piece where name ~ '^[PU]' and name !~ '&'
    union all
    select name, '' from unnest(named) as name) as entered;
end $$;
-- Under a row policy no index serves a search, since its operators aren't leakproof. So this looks past the policies and gives ids only; what
-- joins them to the table sees no more rows than the actor may. Of what is public and has the word more often than "most" times it gives none
-- and says so: such a word is met soon by who walks through the list in its order.
create or replace function ${schema}.search(of_type text, wanted text, lo text, hi text, most integer, out ids uuid[], out is_frequent boolean, out word text)
  language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  refers constant boolean := exists (select from pg_catalog.pg_attribute where attrelid = to_regclass('${schema}.' || quote_ident(of_type)) and attname = 'reference_owner');
  place constant text := case when hi = lo || '!' then ${placeSql('=', 'lo')} when lo <> '000000' then ${placeSql('@', 'lo')} end;
  reach text[] := ${searchReachSql};
  regions constant text[] := ${searchRegionsSql};
  pieces text[];
  is_exact boolean;
  name text;
  region text;
  wanted_keys bigint[];
  named text[];
  found uuid[];
begin
  -- The gateway refuses it before; but whoever has the role may call this.
  if length(wanted) > ${maximumSearch} then raise exception 'a text to search is too long' using errcode = 'string_data_right_truncation'; end if;
  ids := '{}';
  is_frequent := false;
  word := ${schema}.wanted_word(wanted);
  pieces := ${schema}.wanted_pieces(word);
  if cardinality(pieces) = 0 then return; end if;
  is_exact := cardinality(pieces) = 1 and length(word) = length(pieces[1]);
  named := ${searchNamesSql.ofAsker};
  if regions is not null then named := named || ${searchNamesSql.ofAgency}; end if;
  if refers then
    named := named || array(select ${schema}.both_names(one, other) from unnest(named) as one, unnest(reach) as other);
    reach := array(select distinct ${schema}.both_names(one, other) from unnest(reach) as one, unnest(reach) as other);
  end if;
  foreach name in array reach loop
    -- The owner of these is the asker's own committee, so it lies in the place or doesn't.
    continue when name ~ '^[MI] ' and name !~ '&' and lo is not null and not (substr(name, 3) collate "C" >= lo and substr(name, 3) collate "C" < hi);
    foreach region in array case when name = 'P' and regions is not null then regions else array[''] end loop
      wanted_keys := array(select ${keySql('name', 'of_type', 'piece')} from unnest(pieces
        || case when name ~ '^[PU]' and name !~ '&' and place is not null then array[place] else '{}' end
        || case when region not in ('', '000000') then array[${placeSql('@', 'region')}] else '{}' end) as piece);
      found := array(select id from ${schema}.search_entry where keys operator(pg_catalog.@>) wanted_keys
        and (is_exact or strpos(document, word) > 0) limit case when name = 'P' then most + 1 end);
      if name = 'P' and cardinality(found) > most then is_frequent := true; else ids := ids || found; end if;
    end loop;
  end loop;
  -- What is public is met on the way through the list then.
  wanted_keys := array(select ${keySql('one', 'of_type', `''`)} from unnest(named) as one where not (is_frequent and one like 'Q %'));
  if cardinality(wanted_keys) > 0 then
    ids := ids || array(select id from ${schema}.search_entry where keys operator(pg_catalog.&&) wanted_keys and strpos(document, word) > 0);
  end if;
end $$;
-- Whether a record that one may see holds a word, given as search() gives it.
create or replace function ${schema}.holds_word(of_type text, record uuid, word text) returns boolean
  language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from ${schema}.search_entry as entry where entry.type = of_type and entry.id = record and word <> '' and strpos(document, word) > 0);
end $$;
-- Its arguments are the columns that a search looks at.
create or replace function ${schema}.keep_search_entry() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  made record;
begin
  select * into made from ${schema}.search_entry_of(tg_table_name, to_jsonb(new), tg_argv[0:]);
  if made.keys is null then
    delete from ${schema}.search_entry where type = tg_table_name and id = new.id;
  else
    insert into ${schema}.search_entry (type, id, document, keys) values (tg_table_name, new.id, made.document, made.keys)
      on conflict (type, id) do update set document = excluded.document, keys = excluded.keys;
  end if;
  return null;
end $$;`;
}

/** The trigger that keeps a table's entries: where its text or its audience became another. */
export function searchTriggerSql(
  schema: string,
  table: string,
  columns: readonly string[],
  audience: readonly string[],
): string {
  const name = `${schema}."${table}"`;
  const call = `execute function ${schema}.keep_search_entry(${columns.map((column) => `'${column}'`).join(', ')})`;
  const looked = [...columns, 'owner', 'visibility', 'parties', 'subjects', 'deleted', ...audience];
  const row = (which: string) => `(${looked.map((column) => `${which}."${column}"`).join(', ')})`;
  return `
create or replace trigger enter_search after insert on ${name} for each row ${call};
create or replace trigger keep_search_entry after update on ${name} for each row when (${row('old')} is distinct from ${row('new')}) ${call};`;
}
