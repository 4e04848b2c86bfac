import type { Actor, Visibility } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { HubError } from '@hub/errors';
import { asc, eq, sql } from 'drizzle-orm';
import type { ReferenceTables } from './tables.ts';

const { placeholder } = sql;

interface ToldReferable {
  readonly type: string;
  readonly id: string;
  readonly days?: string | null;
  readonly owner: string;
  readonly visibility: Visibility;
  readonly parties: readonly string[];
  readonly subjects: readonly string[];
  readonly person?: string | null;
}

/** A page of a source's records. */
export interface ProjectedReferables {
  readonly source: string;
  /** Where it was read from, and where it was read to; '' to begin anew. */
  readonly after: string;
  readonly next: string;
  /** Whether there was no more to read. */
  readonly ends: boolean;
  readonly records: readonly ToldReferable[];
}

interface Asked {
  readonly scope: Scope;
  readonly actor: Actor;
}

function statementsOf({ referable, referenceSource }: ReferenceTables) {
  const named = eq(referenceSource.name, placeholder('name'));
  return {
    places: statement(
      build
        .select({ name: referenceSource.name, next: referenceSource.next })
        .from(referenceSource)
        .orderBy(asc(referenceSource.name)),
    ),
    expect: statement(
      build
        .insert(referenceSource)
        .values({ name: placeholder('name') } as never)
        .onConflictDoNothing(),
    ),
    /** Followers of several gateways wait here for one another. */
    held: statement(
      build
        .select({
          next: referenceSource.next,
          generation: referenceSource.generation,
          built: referenceSource.built,
        })
        .from(referenceSource)
        .where(named)
        .for('update'),
    ),
    reached: statement(
      build
        .update(referenceSource)
        .set({
          next: sql`${placeholder('next')}`,
          generation: sql`${placeholder('generation')}::integer`,
          built: sql`${placeholder('built')}::integer`,
        })
        .where(named),
    ),
    /** What a whole run from the beginning didn't tell again is there no more. */
    withdrawUntold: statement(
      build
        .update(referable)
        .set({ days: null })
        .where(
          sql`${referable.origin} = ${placeholder('name')} and ${referable.generation} < ${placeholder('generation')}::integer and ${referable.days} is not null`,
        ),
    ),
  };
}
const statements = new WeakMap<ReferenceTables, ReturnType<typeof statementsOf>>();
function statementsFor(tables: ReferenceTables) {
  const made = statements.get(tables) ?? statementsOf(tables);
  statements.set(tables, made);
  return made;
}

const written = [
  'type',
  'owner',
  'visibility',
  'parties',
  'subjects',
  'person',
  'days',
  'origin',
  'generation',
] as const;

/** Writes records as they are now; those that are there and the same stay as they are. */
async function write(
  scope: Scope,
  { referable }: ReferenceTables,
  origin: string,
  generation: number,
  records: readonly ToldReferable[],
): Promise<void> {
  if (records.length === 0) return;
  const excluded = (name: (typeof written)[number]) => sql`excluded.${sql.identifier(referable[name].name)}`;
  await scope.run(
    statement(
      build
        .insert(referable)
        .values(
          records.map(({ type, id, days, owner, visibility, parties, subjects, person }) => ({
            type,
            id,
            days: days ?? null,
            owner,
            visibility,
            parties: [...parties],
            subjects: [...subjects],
            person: person ?? null,
            origin,
            generation,
          })),
        )
        .onConflictDoUpdate({
          target: referable.id,
          set: Object.fromEntries(written.map((name) => [name, excluded(name)])),
          setWhere: sql`(${sql.join(
            written.map((name) => sql`${referable[name]}`),
            sql`, `,
          )}) is distinct from (${sql.join(written.map(excluded), sql`, `)})`,
        }),
    ),
  );
}

function assertFollower({ actor }: Asked): void {
  if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
}

/** How far each source has been read. */
export function referencePlaces(tables: ReferenceTables, asked: Asked): Promise<{ name: string; next: string }[]> {
  assertFollower(asked);
  return asked.scope.run(statementsFor(tables).places);
}

/**
 * Takes a page of a source in, all or nothing. Done only from where the source was read to, so that several followers, or one
 * that was cut off, neither lose nor undo anything.
 * @returns where the source has been read to
 */
export async function projectReferables(
  tables: ReferenceTables,
  page: ProjectedReferables,
  asked: Asked,
): Promise<{ next: string }> {
  assertFollower(asked);
  const { scope } = asked;
  const sql = statementsFor(tables);
  const { source: name, after, next, ends, records } = page;
  await scope.run(sql.expect, { name });
  const [place] = await scope.run(sql.held, { name });
  if (!place || place.next !== after) return { next: place?.next ?? '' };
  const { generation, built } = place;
  if (next === '' && after !== '') {
    await scope.run(sql.reached, { name, next, generation: generation + 1, built });
    return { next };
  }
  await write(scope, tables, name, generation, records);
  const isBuilt = ends && built < generation;
  if (isBuilt) await scope.run(sql.withdrawUntold, { name, generation });
  if (next !== after || isBuilt)
    await scope.run(sql.reached, { name, next, generation, built: isBuilt ? generation : built });
  return { next };
}
