import { mayRead, type Visibility } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { recordId } from '@hub/facts';
import type { FetchContext, MutationInput } from '@hub/workflow';
import { and, asc, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { member } from '../people/tables.ts';
import { dutyFact, dutySource } from './tables.ts';

const { placeholder } = sql;

/** A fact as a source tells it. */
interface ToldFact {
  readonly id: string;
  readonly member: string;
  readonly kind: string;
  readonly consultationKind?: string | null;
  readonly title: string;
  readonly on: string;
  readonly outcomes: readonly string[];
  readonly halfDays?: number | null;
  readonly rank: number;
  readonly authors: number;
  readonly recordType: string;
  readonly record: string;
  readonly consultation?: string | null;
  /** Audience of the record. */
  readonly owner: string;
  readonly visibility: Visibility;
  readonly parties: readonly string[];
}

/** A page of a source's feed. */
export interface ToldPage {
  readonly source: string;
  /** Where it was read from, and where it ends. */
  readonly after: string;
  readonly next: string;
  /** Absent for a source that is expected and wasn't heard yet. */
  readonly head?: string | null;
  readonly facts: readonly ToldFact[];
  readonly withdrawn: readonly string[];
}

const places = statement(
  build
    .select({ name: dutySource.name, next: dutySource.next })
    .from(dutySource)
    .where(isNull(dutySource.deleted))
    .orderBy(asc(dutySource.name)),
);
const expect = statement(
  build
    .insert(dutySource)
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
const locked = statement(
  build
    .select({ next: dutySource.next, generation: dutySource.generation, built: dutySource.built })
    .from(dutySource)
    .where(eq(dutySource.name, placeholder('name')))
    .for('update'),
);
const ownersOfMembers = statement(
  build
    .select({ id: member.id, owner: member.owner })
    .from(member)
    .where(sql`${member.id} = any(${placeholder('ids')}::uuid[])`),
);
const nowKnown = statement(
  build
    .select({ ...getTableColumns(dutyFact), memberOwner: sql<string>`${member.owner}`.as('member_owner') })
    .from(dutyFact)
    .innerJoin(member, eq(member.id, dutyFact.member))
    .where(and(sql`${dutyFact.waiting}`, isNull(dutyFact.deleted)))
    .limit(500),
);
const withdraw = statement(
  build
    .update(dutyFact)
    .set({ deleted: sql`now()` })
    .where(
      and(
        eq(dutyFact.origin, placeholder('origin')),
        sql`${dutyFact.fact} = any(${placeholder('withdrawn')}::uuid[])`,
        isNull(dutyFact.deleted),
      ),
    ),
);
/** What a whole run from the beginning didn't tell again. */
const withdrawUntold = statement(
  build
    .update(dutyFact)
    .set({ deleted: sql`now()` })
    .where(
      and(
        eq(dutyFact.origin, placeholder('origin')),
        sql`${dutyFact.generation} < ${placeholder('generation')}::integer`,
        isNull(dutyFact.deleted),
      ),
    ),
);
const heard = statement(
  build
    .update(dutySource)
    .set({
      next: sql`${placeholder('next')}`,
      head: sql`coalesce(${placeholder('head')}, ${dutySource.head})`,
      heardAt: sql`case when ${placeholder('head')}::text is null then ${dutySource.heardAt} else now() end`,
      projectedAt: sql`case when ${placeholder('wrote')}::boolean then now() else ${dutySource.projectedAt} end`,
      built: sql`${placeholder('built')}::integer`,
    })
    .where(eq(dutySource.name, placeholder('name'))),
);

type FactRow = Record<keyof ReturnType<typeof getTableColumns<typeof dutyFact>>, unknown>;

/** A fact as a row: its member's committee owns it, and its staff reads it where they could read the record. */
function placed(
  fact: Pick<FactRow, 'member' | 'recordOwner' | 'recordVisibility' | 'recordParties'>,
  owner: string | undefined,
) {
  if (owner === undefined)
    return { owner: '000000', ownerAsFiled: '000000', visibility: 'PRIVATE', subjects: [], waiting: true };
  const record = {
    owner: fact.recordOwner as string,
    visibility: fact.recordVisibility as Visibility,
    parties: fact.recordParties as string[],
    subjects: [],
  };
  const shared = mayRead({ kind: 'STAFF', subject: '', committee: owner, duties: [] }, record);
  return {
    owner,
    ownerAsFiled: owner,
    visibility: shared ? 'INTERNAL' : 'PRIVATE',
    subjects: [fact.member],
    waiting: false,
  };
}

/** Writes rows as they are now; those that are there and the same stay as they are. */
async function write(scope: Scope, rows: readonly Record<string, unknown>[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = getTableColumns(dutyFact) as Record<string, PgColumn>;
  const written = [...Object.keys(rows[0] ?? {}), 'deleted'].map((name) => columns[name] as PgColumn);
  const excluded = (column: PgColumn) => sql`excluded.${sql.identifier(column.name)}`;
  const list = (of: (column: PgColumn) => SQL | PgColumn) => sql.join(written.map(of), sql`, `);
  await scope.run(
    statement(
      build
        .insert(dutyFact)
        .values(rows as never)
        .onConflictDoUpdate({
          target: dutyFact.id,
          set: Object.fromEntries(
            Object.entries(columns)
              .filter(([, column]) => written.includes(column))
              .map(([name, column]) => [name, excluded(column)]),
          ),
          setWhere: sql`(${list((column) => column)}) is distinct from (${list(excluded)})`,
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
 * Takes a page of a source's feed in, all or nothing. Done only from where the source was read to, so that several
 * followers, or one that was cut off, neither lose nor double anything.
 * @returns where the source has been read to
 */
export async function project(page: ToldPage, context: FetchContext): Promise<{ next: string }> {
  assertFollower(context);
  const { scope } = context;
  const { source: origin, after, next, head = null, facts, withdrawn } = page;
  const externalId = `duty-source/${origin}`;
  await scope.run(expect, { id: recordId(externalId), externalId, name: origin });
  const [place] = await scope.run(locked, { name: origin });
  if (!place || place.next !== after) return { next: place?.next ?? '' };

  const ids = [...new Set(facts.map((fact) => fact.member))];
  const known = ids.length === 0 ? [] : await scope.run(ownersOfMembers, { ids });
  const owners = new Map(known.map(({ id, owner }) => [id, owner]));
  const { generation } = place;
  await write(
    scope,
    facts.map(({ id: fact, owner: recordOwner, visibility: recordVisibility, parties: recordParties, ...told }) => {
      const externalId = `duty/${origin}/${fact}`;
      const record = { member: told.member, recordOwner, recordVisibility, recordParties };
      return {
        id: recordId(externalId),
        externalId,
        origin,
        fact,
        ...record,
        ...placed(record, owners.get(told.member)),
        kind: told.kind,
        consultationKind: told.consultationKind ?? null,
        title: told.title,
        on: told.on,
        outcomes: told.outcomes,
        halfDays: told.halfDays ?? null,
        rank: told.rank,
        authors: told.authors,
        recordType: told.recordType,
        record: told.record,
        consultation: told.consultation ?? null,
        generation,
      };
    }),
  );
  // A member may become known here after the source has spoken of them.
  const waited = await scope.run(nowKnown);
  await write(
    scope,
    waited.map(({ memberOwner, revision, created, modified, deleted, ...row }) => ({
      ...row,
      ...placed(row, memberOwner),
    })),
  );
  if (withdrawn.length > 0) await scope.run(withdraw, { origin, withdrawn });
  const ends = head !== null && next === head && place.built < generation;
  if (ends) await scope.run(withdrawUntold, { origin, generation });
  await scope.run(heard, {
    name: origin,
    next,
    head,
    wrote: facts.length + withdrawn.length > 0,
    built: ends ? generation : place.built,
  });
  return { next };
}

const rebuilt = statement(
  build
    .select({ found: sql<boolean>`found`.as('found') })
    .from(sql`members.rebuild_duty(${placeholder('source')}) as found`),
);

export interface RebuildInput extends MutationInput {
  readonly source: string;
}

/** Has a source read from its beginning again. Only whoever runs the hub may, who sees none of it. */
export async function rebuildDuty({ source }: RebuildInput, { actor, scope }: FetchContext): Promise<{ id: string }> {
  if (actor.kind !== 'OPERATOR') throw new HubError('FORBIDDEN');
  const [row] = await scope.run(rebuilt, { source });
  if (!row?.found) throw new RuleBroken('NOT_FOUND', { path: ['source'] });
  return { id: source };
}
