import { build, type Scope, statement } from '@hub/database';
import { type SQL, sql } from 'drizzle-orm';
import { changeFeed } from './change-feed.ts';

/** Facts of one page. */
export const maximumFacts = 500;

/** What is told of a fact, as SQL; the columns of DutyFeedFact. */
interface FactColumns {
  readonly member: SQL;
  readonly kind: SQL;
  readonly consultationKind: SQL;
  readonly title: SQL;
  readonly on: SQL;
  readonly outcomes: SQL;
  readonly halfDays: SQL;
  readonly rank: SQL;
  readonly authors: SQL;
  readonly recordType: SQL;
  readonly record: SQL;
  readonly consultation: SQL;
  readonly owner: SQL;
  readonly visibility: SQL;
  readonly parties: SQL;
}

/** 履职事实的一种: rows of one table, each of which is a fact, or may be one. */
export interface DutyFactKind {
  /** Of each table whose changes matter: a query of the ids of the rows that changed ones (`any(changed)`) touch. */
  readonly touchedBy: Readonly<Record<string, (changed: SQL) => SQL>>;
  /** What is joined to `touched`, withdrawn rows among it. */
  readonly joins: SQL;
  /** Whose rows could be facts at all. */
  readonly where: SQL;
  /** Whether the row is a fact now. */
  readonly stands: SQL;
  readonly columns: FactColumns;
}

const names = [
  'member',
  'kind',
  'consultationKind',
  'title',
  'on',
  'outcomes',
  'halfDays',
  'rank',
  'authors',
  'recordType',
  'record',
  'consultation',
  'owner',
  'visibility',
  'parties',
] as const satisfies readonly (keyof FactColumns)[];

const { placeholder } = sql;

/**
 * What a subgraph tells of its members' duty: from its change feed it finds which rows changes touch, and tells what they
 * are now. Rows stay as tombstones, so what is no fact any more is found in the same way.
 */
export function dutyFeed(schema: string, kinds: readonly DutyFactKind[]) {
  const types = [...new Set(kinds.flatMap(({ touchedBy }) => Object.keys(touchedBy)))];
  const changes = changeFeed(schema, types);
  const told = kinds.map(({ touchedBy, joins, where, stands, columns }) => {
    const touched = sql.join(
      Object.entries(touchedBy).map(([type, ids]) => ids(sql`${placeholder(type)}::uuid[]`)),
      sql` union `,
    );
    const selected = sql.join(
      names.map((name) => sql`${columns[name]} as ${sql.identifier(name)}`),
      sql`, `,
    );
    return sql`(with touched as (${touched}) select touched.id as id, coalesce(${stands}, false) as stands, ${selected} from touched ${joins} where ${where} and touched.id > ${placeholder('resumed')}::uuid)`;
  });
  const facts = statement(
    build
      .select({
        id: sql<string>`fact.id`.as('fact_id'),
        stands: sql<boolean>`fact.stands`.as('fact_stands'),
        ...(Object.fromEntries(
          names.map((name) => [name, sql`fact.${sql.identifier(name)}`.as(`fact_${name}`)]),
        ) as Record<(typeof names)[number], SQL.Aliased<unknown>>),
      })
      .from(sql`(${sql.join(told, sql` union all `)}) as fact`)
      .orderBy(sql`fact.id`)
      .limit(maximumFacts + 1),
  );

  /** @param after the place that the last page gave as `next`; '' for the beginning */
  return async (scope: Scope, after: string, first: number) => {
    const { changed, resumed, next, head, inside } = await changes(scope, after, first);
    const keys = Object.fromEntries(types.map((type) => [type, [...new Set(changed.get(type))]]));
    const rows =
      changed.size === 0
        ? []
        : await scope.run(facts, { ...keys, resumed: resumed ?? '00000000-0000-0000-0000-000000000000' });
    const page = rows.slice(0, maximumFacts);
    return {
      facts: page.filter(({ stands }) => stands),
      withdrawn: page.filter(({ stands }) => !stands).map(({ id }) => id),
      next: rows.length > maximumFacts ? inside(page.at(-1)?.id ?? '') : next,
      head,
    };
  };
}
