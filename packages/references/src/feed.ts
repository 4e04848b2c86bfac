import { recordChanges } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { type SQL, sql } from 'drizzle-orm';

/** Records of one table that others may refer to. */
export interface ReferableKind {
  readonly table: string;
  /** Their type in the graph. */
  readonly type: string;
  /** As what the row `known` may be referred to, where that isn't its type alone. */
  readonly as?: SQL;
  /** The days on which one may be referred to, of the row `known`: a multirange of dates. */
  readonly days: SQL;
  /** Whose membership it is. */
  readonly person?: SQL;
}

/** Of what has no end. */
export const wholeTime = sql`'{(,)}'::datemultirange`;

const names = ['type', 'id', 'days', 'owner', 'visibility', 'parties', 'subjects', 'person'] as const;
interface Referable {
  readonly type: string;
  readonly id: string;
  /** Null for what is there no more. */
  readonly days: string | null;
  readonly owner: string;
  readonly visibility: string;
  readonly parties: readonly string[];
  readonly subjects: readonly string[];
  readonly person: string | null;
}

const { placeholder } = sql;

/**
 * What a subgraph tells of its records to those that refer to them: from its changes it finds which records changed, and tells
 * what they are now. The latest change of each record is never dropped, so no place is too old.
 */
export function referableFeed(schema: string, kinds: readonly ReferableKind[]) {
  const changes = recordChanges(
    schema,
    kinds.map(({ table, type }) => ({ table, type, refers: false })),
  );
  const told = kinds.map(
    ({ table, type, as = sql`${type}::text`, days, person = sql`null::uuid` }) => sql`(
      select ${as} as type, wanted.id, case when known.deleted is null then (${days})::text end as days,
        coalesce(known.owner, '000000') as owner, coalesce(known.visibility, 'PRIVATE') as visibility,
        coalesce(known.parties, '{}') as parties, coalesce(known.subjects, '{}') as subjects, ${person} as person
      from unnest(${placeholder(type)}::uuid[]) as wanted(id)
      left join ${sql.identifier(schema)}.${sql.identifier(table)} as known on known.id = wanted.id)`,
  );
  const records = statement(
    build
      .select(
        Object.fromEntries(names.map((name) => [name, sql`told.${sql.identifier(name)}`.as(`told_${name}`)])) as Record<
          (typeof names)[number],
          SQL.Aliased<unknown>
        >,
      )
      .from(sql`(${sql.join(told, sql` union all `)}) as told`),
  );

  /** @param after the place that the last page gave as `next`; '' for the beginning */
  return async (
    scope: Scope,
    after: string,
    first: number,
  ): Promise<{ records: Referable[]; next: string; head: string }> => {
    const { changes: changed, next, head } = await changes(scope, after, first, true);
    const ids = Object.fromEntries(
      kinds.map(({ type }) => [type, [...new Set(changed.filter((one) => one.type === type).map(({ id }) => id))]]),
    );
    const found = changed.length === 0 ? [] : ((await scope.run(records, ids)) as unknown as Referable[]);
    return { records: found, next, head };
  };
}
