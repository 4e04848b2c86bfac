/** Terms of one committee don't overlap; one may begin on the day on which the last one ends. What a source dates by year or month counts from its first day. */
export const termTriggers = `
create or replace function members.first_day(given text) returns date language sql immutable strict as $$
  select make_date(left(given, 4)::integer, coalesce(nullif(substr(given, 6, 2), ''), '1')::integer, coalesce(nullif(substr(given, 9, 2), ''), '1')::integer)
$$;
create or replace function members.days_of_term(first text, last text) returns daterange language sql immutable as $$
  select case when first is not null
    then daterange(members.first_day(first), greatest(members.first_day(first), coalesce(members.first_day(last), members.first_day(first)))) end
$$;
do $$ begin
  if not exists (select from pg_catalog.pg_constraint where conname = 'term_no_overlap' and connamespace = 'members'::regnamespace) then
    -- A code as a range of one number: so no extension is needed to compare it in this index.
    alter table members.term add constraint term_no_overlap
      exclude using gist (int4range(owner::integer, owner::integer, '[]') with &&, members.days_of_term(start, "end") with &&) where (deleted is null);
  end if;
end $$;`;

/** What of these functions the subgraph’s role may call. */
export const termCallable: readonly string[] = ['first_day(text)', 'days_of_term(text, text)'];
