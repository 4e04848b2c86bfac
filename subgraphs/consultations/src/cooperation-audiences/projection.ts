import type { Visibility } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { recordId } from '@hub/facts';
import type { FetchContext, MutationInput } from '@hub/workflow';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { cooperationLink } from '../consultations/tables.ts';
import { jointPlanCooperation } from '../joint-plans/tables.ts';
import { changeAudiences, cooperationAudience, cooperationSource } from './tables.ts';

const { placeholder } = sql;

/** Who may see a cooperation, and by which change of its subgraph. */
interface ToldAudience {
  readonly id: string;
  readonly seq: string;
  /** Null for one that is there no more. */
  readonly audience?: {
    readonly owner: string;
    readonly visibility: Visibility;
    readonly parties: readonly string[];
    readonly subjects: readonly string[];
  } | null;
}

export interface ToldAudiences {
  readonly source: string;
  /** Where it was read from, and where it was read to: the same while more of it is to come, '' to begin anew. */
  readonly after: string;
  readonly next: string;
  readonly audiences: readonly ToldAudience[];
}

const places = statement(
  build
    .select({ name: cooperationSource.name, next: cooperationSource.next })
    .from(cooperationSource)
    .where(isNull(cooperationSource.deleted))
    .orderBy(asc(cooperationSource.name)),
);
const expect = statement(
  build
    .insert(cooperationSource)
    .values({
      id: placeholder('id'),
      owner: '000000',
      ownerAsFiled: '000000',
      visibility: 'PUBLIC',
      externalId: placeholder('externalId'),
      name: placeholder('name'),
    } as never)
    .onConflictDoNothing(),
);
/** Followers of several gateways wait here for one another. */
const held = statement(build.select({ held: changeAudiences }).from(sql`(values (1)) as once`));
const placeOf = statement(
  build
    .select({
      next: cooperationSource.next,
      generation: cooperationSource.generation,
      built: cooperationSource.built,
    })
    .from(cooperationSource)
    .where(eq(cooperationSource.name, placeholder('name'))),
);
const reached = statement(
  build
    .update(cooperationSource)
    .set({
      next: sql`${placeholder('next')}`,
      generation: sql`${placeholder('generation')}::integer`,
      built: sql`${placeholder('built')}::integer`,
    })
    .where(eq(cooperationSource.name, placeholder('name'))),
);
/** What a whole run from the beginning didn't tell again. */
const withdrawUntold = statement(
  build
    .update(cooperationAudience)
    .set({ deleted: sql`now()` })
    .where(
      and(
        eq(cooperationAudience.origin, placeholder('origin')),
        sql`${cooperationAudience.generation} < ${placeholder('generation')}::integer`,
        isNull(cooperationAudience.deleted),
      ),
    )
    .returning({ id: cooperationAudience.id }),
);

const shown = sql`case when audience.deleted is null then audience.visibility else 'PRIVATE' end`;
/** Makes the rows that refer to cooperations as narrow, or as wide, as these are now. */
const carriersOf = (table: typeof jointPlanCooperation | typeof cooperationLink) =>
  statement(
    build
      .update(table)
      .set({
        referenceOwner: sql`audience.owner`,
        referenceVisibility: shown,
        referenceParties: sql`audience.parties`,
      })
      .from(sql`${cooperationAudience} as audience`)
      .where(
        and(
          sql`${table.cooperation} = any(${placeholder('ids')}::uuid[])`,
          sql`audience.id = ${table.cooperation}`,
          sql`(${table.referenceOwner}, ${table.referenceVisibility}, ${table.referenceParties}) is distinct from (audience.owner, ${shown}, audience.parties)`,
        ),
      ),
  );
const carriers = [carriersOf(jointPlanCooperation), carriersOf(cooperationLink)];

/** Writes audiences as they are now; what an older change told comes too late. */
async function write(scope: Scope, source: string, generation: number, told: readonly ToldAudience[]): Promise<void> {
  if (told.length === 0) return;
  const excluded = (name: string) => sql`excluded.${sql.identifier(name)}`;
  await scope.run(
    statement(
      build
        .insert(cooperationAudience)
        .values(
          told.map(({ id, seq, audience }) => ({
            id,
            owner: audience?.owner ?? '000000',
            ownerAsFiled: audience?.owner ?? '000000',
            visibility: audience?.visibility ?? ('PRIVATE' as const),
            parties: [...(audience?.parties ?? [])],
            subjects: [...(audience?.subjects ?? [])],
            deleted: audience ? null : sql`now()`,
            origin: source,
            seq: Number(seq),
            generation,
          })) as never,
        )
        .onConflictDoUpdate({
          target: cooperationAudience.id,
          set: {
            owner: excluded('owner'),
            ownerAsFiled: excluded('owner_as_filed'),
            visibility: excluded('visibility'),
            parties: excluded('parties'),
            subjects: excluded('subjects'),
            deleted: excluded('deleted'),
            seq: excluded('seq'),
            generation: excluded('generation'),
          },
          setWhere: sql`(${cooperationAudience.generation}, ${cooperationAudience.seq}) < (excluded.generation, excluded.seq)`,
        }),
    ),
  );
}

function assertFollower({ actor }: FetchContext): void {
  if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
}

/** How far each source has been read. */
export function sourcePlaces(context: FetchContext): Promise<{ name: string; next: string }[]> {
  assertFollower(context);
  return context.scope.run(places);
}

/**
 * Takes in who may see cooperations, all or nothing, and carries it to what refers to them. Done only from where the source
 * was read to, so that several followers, or one that was cut off, neither lose nor undo anything.
 * @returns where the source has been read to
 */
export async function projectAudiences(page: ToldAudiences, context: FetchContext): Promise<{ next: string }> {
  assertFollower(context);
  const { scope } = context;
  const { source, after, next, audiences } = page;
  const externalId = `cooperation-source/${source}`;
  await scope.run(expect, { id: recordId(externalId), externalId, name: source });
  await scope.run(held);
  const [place] = await scope.run(placeOf, { name: source });
  if (!place || place.next !== after) return { next: place?.next ?? '' };
  const { generation } = place;
  if (next === '' && after !== '') {
    await scope.run(reached, { name: source, next, generation: generation + 1, built: place.built });
    return { next };
  }
  await write(scope, source, generation, audiences);
  const isAtEnd = next !== after;
  const gone =
    isAtEnd && place.built < generation ? await scope.run(withdrawUntold, { origin: source, generation }) : [];
  const ids = [...audiences, ...gone].map(({ id }) => id);
  if (ids.length > 0) for (const carrier of carriers) await scope.run(carrier, { ids });
  if (isAtEnd) await scope.run(reached, { name: source, next, generation, built: generation });
  return { next };
}

const rebuilt = statement(
  build
    .select({ found: sql<boolean>`found`.as('found') })
    .from(sql`consultations.rebuild_cooperation_audiences(${placeholder('source')}) as found`),
);

export interface RebuildInput extends MutationInput {
  readonly source: string;
}

/** Has a source read from its beginning again. Only whoever runs the hub may, who sees none of it. */
export async function rebuildAudiences(
  { source }: RebuildInput,
  { actor, scope }: FetchContext,
): Promise<{ id: string }> {
  if (actor.kind !== 'OPERATOR') throw new HubError('FORBIDDEN');
  const [row] = await scope.run(rebuilt, { source });
  if (!row?.found) throw new RuleBroken('NOT_FOUND', { path: ['source'] });
  return { id: source };
}
