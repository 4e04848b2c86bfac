import type { Audience } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { HubError } from '@hub/errors';
import { sql } from 'drizzle-orm';
import { maximumChanges } from './change-feed.ts';
import { changePlaces } from './change-places.ts';

/** A table whose records are a type of the graph. */
export interface RecordType {
  readonly table: string;
  readonly type: string;
  /** Its rows refer to records of other subgraphs. */
  readonly refers: boolean;
}

const { placeholder } = sql;
// By now the driver may have read the JSON, or not.
const audience = (column: string) =>
  sql<Audience | null>`${sql.raw(column)}`.mapWith((value: unknown) =>
    typeof value === 'string' ? JSON.parse(value) : value,
  );

/** Tells of the changes of a schema's records, each with its audience before and after. */
export function recordChanges(schema: string, records: readonly RecordType[]) {
  const change = sql`${sql.identifier(schema)}.change`;
  const dropped = sql`${sql.identifier(schema)}.dropped_changes()`;
  const head = changePlaces(schema);
  const byTable = new Map(records.map((record) => [record.table, record]));
  const tables = [...byTable.keys()];
  // One statement and so one moment: what commits later has a higher number than the head that it reads.
  const changes = statement(
    build
      .select({
        head: sql<number>`head.seq`.mapWith(Number).as('head_seq'),
        dropped: sql<number>`${dropped}`.mapWith(Number).as('head_dropped'),
        reached: sql<number | null>`head.reached`.mapWith(Number).as('head_reached'),
        isLost: sql<boolean>`head.is_lost`.as('head_is_lost'),
        era: sql<string>`head.era::text`.as('head_era'),
        seq: sql<number | null>`one.seq`.as('one_seq'),
        table: sql<string>`one.type`.as('one_type'),
        id: sql<string>`one.id`.as('one_id'),
        revision: sql<number>`one.revision`.as('one_revision'),
        before: audience('one.before').as('one_before'),
        after: audience('one.after').as('one_after'),
      })
      .from(head(sql`null::bigint`))
      .leftJoinLateral(
        sql`(select * from ${change} where seq > ${placeholder('after')}::bigint and seq <= head.until and type = any(${placeholder('tables')}::text[]) order by seq limit ${placeholder('first')}::int) as one`,
        sql`true`,
      )
      .orderBy(sql`one.seq`),
  );
  const since = statement(
    build
      .select({ seq: sql<number>`one.seq`.mapWith(Number).as('one_seq') })
      .from(
        sql`(select seq from ${change} where at < to_timestamp(${placeholder('at')}::double precision / 1000) order by seq desc limit 1) as one`,
      ),
  );

  /** @param latest nothing but the latest change of each record matters, and none of those is ever dropped */
  return async (scope: Scope, given: string, first: number, latest: boolean) => {
    if (first < 1 || first > maximumChanges)
      throw new HubError('PAGE_TOO_LARGE', { argument: 'first', maximum: maximumChanges });
    const [, at, number] = /^(?:@(\d{1,15})|(\d{0,16}))$/.exec(given) ?? [];
    if (at === undefined && number === undefined) throw new HubError('BAD_USER_INPUT', { field: 'after' });
    const after = at === undefined ? Number(number) : ((await scope.run(since, { at }))[0]?.seq ?? 0);
    const rows = await scope.run(changes, { after, tables, first });
    const [{ head, reached, isLost, era, dropped } = { head: 0, reached: null, isLost: false, era: '0', dropped: 0 }] =
      rows;
    if (isLost) throw new HubError('CURSOR_NOT_RESTORED', { field: 'after' });
    // Who had read nothing yet is told of each record by its latest change, and misses none.
    if (!latest && number !== '' && number !== '0' && after < dropped) throw new HubError('CURSOR_TOO_OLD');
    const found = rows.filter(({ seq }) => seq !== null);
    return {
      changes: found.map(({ seq, table, id, revision, before, after }) => {
        const { type = '', refers = false } = byTable.get(table) ?? {};
        // One written before audiences held what is referred to is told to nobody.
        const whole = (audience: Audience | null) => (refers && !audience?.reference ? null : audience);
        return { seq: String(seq), type, id, revision, before: whole(before), after: whole(after) };
      }),
      // Where fewer came than were asked for, there is nothing of these types up to the end of what was looked at.
      next: String(found.length === first ? found.at(-1)?.seq : Math.max(after, reached ?? 0)),
      head: String(head),
      dropped: String(dropped),
      era,
    };
  };
}

/** Tells of what type records are. Whatever was written has a change, of which the latest is kept. */
export function recordTypes(schema: string, records: readonly RecordType[]) {
  const byTable = new Map(records.map(({ table, type }) => [table, type]));
  const wanted = statement(
    build
      .selectDistinctOn([sql`one.id`], {
        id: sql<string>`one.id`.as('one_id'),
        table: sql<string>`one.type`.as('one_type'),
      })
      .from(
        sql`(select id, type from ${sql.identifier(schema)}.change where id = any(${placeholder('ids')}::uuid[]) and type = any(${placeholder('tables')}::text[])) as one`,
      ),
  );
  const tables = [...byTable.keys()];
  return async (scope: Scope, ids: readonly string[]): Promise<readonly (string | null)[]> => {
    const tableOf = new Map((await scope.run(wanted, { ids, tables })).map(({ id, table }) => [id, table]));
    return ids.map((id) => byTable.get(tableOf.get(id) ?? '') ?? null);
  };
}
