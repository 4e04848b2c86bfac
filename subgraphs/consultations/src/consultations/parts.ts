import { build, type Period, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { assertNoMoreThan, type SteppedRow } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { assertLengths } from '../given.ts';
import { part, signIn } from '../tables.ts';

const { placeholder } = sql;

export const partFields = {
  id: part.id,
  consultation: part.consultation,
  title: part.title,
  starts: part.starts,
  ends: part.ends,
  place: part.place,
  position: part.position,
};
export type Part = Awaited<ReturnType<typeof partsOfConsultations.run>>[number];
export const partsById = statement(
  build
    .select(partFields)
    .from(part)
    .where(and(sql`${part.id} = any(${placeholder('ids')}::uuid[])`, isNull(part.deleted))),
);
export const partsOfConsultations = statement(
  build
    .select(partFields)
    .from(part)
    .where(and(sql`${part.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(part.deleted)))
    .orderBy(asc(part.position), asc(part.id)),
);

const signedParts = statement(
  build
    .selectDistinct({ part: signIn.part })
    .from(signIn)
    .where(
      and(
        sql`${signIn.consultation} = ${placeholder('consultation')}::uuid`,
        eq(signIn.status, 'SIGNED_IN'),
        isNull(signIn.deleted),
      ),
    ),
);
/** Those of a consultation's parts at which somebody signed in, in order. */
export async function partsSignedAt(scope: Scope, consultation: string, known: readonly Part[]): Promise<Part[]> {
  const signed = new Set((await scope.run(signedParts, { consultation })).map(({ part: id }) => id));
  return known.filter(({ id }) => signed.has(id));
}

export interface GivenPart {
  /** Of a part that is there already and stays. */
  readonly id?: string | null;
  readonly title: string;
  readonly starts: string;
  readonly ends: string;
  readonly place?: string | null;
}

/** A part as it is to be, with its times in milliseconds. */
interface Scheduled extends Omit<GivenPart, 'starts' | 'ends'> {
  readonly starts: number;
  readonly ends: number;
}

const most = 100;
const longest = { title: 100, place: 200 };

/**
 * Checks the parts that a consultation is to have.
 * @param known those that it has
 * @param when whether it is still to come, or took place
 * @throws RuleBroken INVALID, TOO_LONG, NOT_FOUND for the id of no part of it, DATE_PAST for one that would start in the past and didn't before, DATE_FUTURE for one that isn't over
 */
export function checkedParts(
  given: readonly GivenPart[],
  known: readonly Part[],
  when: 'TO_COME' | 'PAST' = 'TO_COME',
): Scheduled[] {
  assertNoMoreThan(most, given, ['parts']);
  const named = new Set<string>();
  return given.map((wanted, at) => {
    const path = (field: string) => ['parts', String(at), field];
    assertLengths(wanted, longest, ['parts', String(at)]);
    const before = known.find(({ id }) => id === wanted.id);
    if (wanted.id != null && (!before || named.has(wanted.id))) throw new RuleBroken('NOT_FOUND', { path: path('id') });
    if (wanted.id != null) named.add(wanted.id);
    const starts = Date.parse(wanted.starts);
    const ends = Date.parse(wanted.ends);
    if (ends <= starts) throw new RuleBroken('INVALID', { path: path('ends'), details: { field: 'ends' } });
    if (when === 'PAST' && ends > Date.now()) throw new RuleBroken('DATE_FUTURE', { path: path('ends') });
    // A part that has begun stays in the list while later ones are put off.
    if (when === 'TO_COME' && starts < Date.now() && !(before && Date.parse(before.starts) === starts))
      throw new RuleBroken('DATE_PAST', { path: path('starts'), details: { field: 'starts' } });
    return { ...wanted, starts, ends };
  });
}

/** When the first part starts, in milliseconds; null where there is none. */
export function firstStart(parts: readonly { readonly starts: number | string }[]): number | null {
  const starts = parts.map((one) => (typeof one.starts === 'number' ? one.starts : Date.parse(one.starts)));
  return starts.length === 0 ? null : Math.min(...starts);
}

/** When the last part ends, in milliseconds; null where there is none. */
export function lastEnd(parts: readonly { readonly ends: number | string }[]): number | null {
  const ends = parts.map((one) => (typeof one.ends === 'number' ? one.ends : Date.parse(one.ends)));
  return ends.length === 0 ? null : Math.max(...ends);
}

/** The columns that tell when a consultation with these parts is held; none where it has none. */
export function heldColumns(
  parts: readonly { readonly starts: number | string; readonly ends: number | string }[],
): { held: Period; heldFrom: string; heldUntil: string } | Record<string, never> {
  const first = firstStart(parts);
  if (first === null) return {};
  // What ends at midnight is held on the day before.
  const last = (lastEnd(parts) ?? first) - 1;
  const start = today(new Date(first));
  const end = today(new Date(last));
  return { held: end === start ? { start } : { start, end }, heldFrom: start, heldUntil: end };
}

/** Writes the parts of a consultation: those with an id are changed, those that are no longer there are withdrawn. */
export async function writeParts(
  scope: Scope,
  of: SteppedRow,
  wanted: readonly Scheduled[],
  known: readonly Part[],
): Promise<void> {
  const rows = wanted.map(({ id, title, starts, ends, place }, position) => ({
    id: id ?? null,
    title: title,
    starts: new Date(starts).toISOString(),
    ends: new Date(ends).toISOString(),
    place: place || null,
    position,
  }));
  const gone = known.filter(({ id }) => !rows.some((row) => row.id === id)).map(({ id }) => id);
  if (gone.length > 0)
    await scope.run(
      statement(
        build
          .update(part)
          .set({ deleted: sql`now()` })
          .where(sql`${part.id} = any(${placeholder('ids')}::uuid[])`),
      ),
      { ids: gone },
    );
  for (const { id, ...columns } of rows)
    if (id !== null) await scope.run(statement(build.update(part).set(columns).where(eq(part.id, id))));
  const made = rows
    .filter(({ id }) => id === null)
    .map((columns) => ({
      ...columns,
      id: crypto.randomUUID(),
      owner: of.owner,
      ownerAsFiled: of.owner,
      visibility: of.visibility,
      parties: [...of.parties],
      subjects: [...of.subjects],
      consultation: of.id,
      organization: of.organization ?? null,
    }));
  if (made.length > 0) await scope.run(statement(build.insert(part).values(made)));
}
