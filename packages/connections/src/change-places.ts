import { build, type Scope, statement } from '@hub/database';
import { type SQL, sql } from 'drizzle-orm';

/** How many changes one page looks at for those of the wanted types: others' may be many, as after an import. */
const farthest = 50_000;

/** What a reader of a schema's changes has to know of the place that it gave as `after`, as `head`. */
export function changePlaces(schema: string) {
  const change = sql`${sql.identifier(schema)}.change`;
  const era = sql`${sql.identifier(schema)}.change_era`;
  const after = sql`${sql.placeholder('after')}::bigint`;
  /**
   * The last change that there is (`seq`); up to where is looked (`until`), counted from the next one that there is, since
   * numbers leap from era to era; the last one up to there (`reached`), for a place is a number that there is; the first
   * number of the era; and whether the place lies where numbers were given out that are no more.
   */
  return (
    until: SQL,
  ): SQL => sql`(select places.*, (select max(seq) from ${change} where seq <= places.until) as reached
    from (select coalesce(max(seq), 0) as seq,
      coalesce(${until}, (select min(seq) from ${change} where seq > ${after}) + ${farthest}) as until,
      (select coalesce(max(first), 0) from ${era}) as era,
      exists (select 1 from ${era} where last < ${after} and ${after} < first) as is_lost from ${change}) as places) as head`;
}

/** The gaps in a schema's numbers, in their order. */
export function changeGaps(schema: string): (scope: Scope) => Promise<{ last: string; first: string }[]> {
  const gaps = statement(
    build
      .select({ last: sql<string>`one.last::text`.as('one_last'), first: sql<string>`one.first::text`.as('one_first') })
      .from(sql`${sql.identifier(schema)}.change_era as one`)
      .orderBy(sql`one.first`),
  );
  return (scope) => scope.run(gaps);
}
