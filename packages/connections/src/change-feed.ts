import { build, type Scope, statement } from '@hub/database';
import { HubError } from '@hub/errors';
import { sql } from 'drizzle-orm';
import { changePlaces } from './change-places.ts';

/** Changes that one page may take in. */
export const maximumChanges = 1_000;

/** Changes of a schema after a place, by type, and how to go on. */
export interface Changes {
  /** Ids of the records that changed, by type. */
  readonly changed: ReadonlyMap<string, readonly string[]>;
  /** What `inside` was given where the last page ended among these very changes. */
  readonly resumed: string | null;
  /** The place after these changes. */
  readonly next: string;
  /** The last change there is; equal to `next` where there is no more to read. */
  readonly head: string;
  /** A place among these changes: they are read again, with the given text as `resumed`. */
  inside(text: string): string;
}

/** A place in the feed: after a change, or among the changes up to another one. */
type Place = readonly [after: number, until: number, resumed: string] | readonly [after: number];
const write = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** '' is the place before all changes. */
function read(text: string): Place {
  if (text === '') return [0];
  try {
    const place = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    const [after, until, resumed] = place;
    if (Number.isSafeInteger(after) && place.length === 1) return [after as number];
    if (Number.isSafeInteger(after) && Number.isSafeInteger(until) && typeof resumed === 'string')
      return [after as number, until as number, resumed];
  } catch {
    // falls through to the one refusal
  }
  throw new HubError('BAD_USER_INPUT', { field: 'after' });
}

const { placeholder } = sql;

/** Reads the change feed of a schema, as far as it is about some tables, in the order of commits. Only the hub's followers may. */
export function changeFeed(schema: string, types: readonly string[]) {
  const change = sql`${sql.identifier(schema)}.change`;
  const head = changePlaces(schema);
  // One statement and so one moment: what commits later has a higher number than the head that it reads.
  const changes = statement(
    build
      .select({
        head: sql<number>`head.seq`.mapWith(Number).as('head_seq'),
        reached: sql<number | null>`head.reached`.mapWith(Number).as('head_reached'),
        isLost: sql<boolean>`head.is_lost`.as('head_is_lost'),
        seq: sql<number | null>`one.seq`.as('one_seq'),
        type: sql<string>`one.type`.as('one_type'),
        id: sql<string>`one.id`.as('one_id'),
      })
      .from(head(sql`${placeholder('until')}::bigint`))
      .leftJoinLateral(
        sql`(select seq, type, id from ${change} where seq > ${placeholder('after')}::bigint and seq <= head.until and type = any(${placeholder('types')}::text[]) order by seq limit ${placeholder('first')}::int) as one`,
        sql`true`,
      )
      .orderBy(sql`one.seq`),
  );
  return async (scope: Scope, text: string, first: number): Promise<Changes> => {
    if (first < 1 || first > maximumChanges)
      throw new HubError('PAGE_TOO_LARGE', { argument: 'first', maximum: maximumChanges });
    const [after, among, resumed] = read(text);
    const limit = among === undefined ? first : maximumChanges;
    const rows = await scope.run(changes, { after, until: among ?? null, types, first: limit });
    const [{ head, reached, isLost } = { head: 0, reached: null, isLost: false }] = rows;
    if (isLost) throw new HubError('CURSOR_NOT_RESTORED', { field: 'after' });
    const found = rows.filter((row) => row.seq !== null);
    const changed = new Map<string, string[]>();
    for (const { type, id } of found) changed.set(type, [...(changed.get(type) ?? []), id]);
    const last = Number(found.at(-1)?.seq ?? after);
    // Where fewer came than were asked for, there is nothing of these types up to the end of what was looked at.
    const end = among ?? (found.length === first ? last : Math.max(after, reached ?? 0));
    return {
      changed,
      resumed: resumed ?? null,
      next: write([end]),
      head: write([Math.max(head, end)]),
      inside: (text) => write([after, end, text]),
    };
  };
}
