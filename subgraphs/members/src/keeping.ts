import type { Actor, Duty } from '@hub/access';
import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { codeRange } from '@hub/regions';
import { assertRevision, type FetchContext, type MutationInput } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, eq, getTableColumns, isNull } from 'drizzle-orm';
import type { AnyPgColumn, AnyPgTable } from 'drizzle-orm/pg-core';

/** What the staff of a committee keep: rows with no life cycle of their own, written under the owner's policy. */
type KeptTable = AnyPgTable & Record<'id' | 'owner' | 'revision' | 'deleted', AnyPgColumn>;

type RowIn<Table extends KeptTable> = Table['$inferSelect'] & {
  readonly id: string;
  readonly owner: string;
  readonly revision: number;
};

/** @throws HubError FORBIDDEN where the actor isn't staff charged with one of these duties */
export function assertCharged(actor: Actor, duties: readonly Duty[] = ['members']): void {
  if (actor.kind !== 'STAFF' || !duties.some((duty) => actor.duties.includes(duty))) throw new HubError('FORBIDDEN');
}

/** @throws HubError FORBIDDEN, or RuleBroken NOT_YOURS for staff of another committee */
export function assertKeeps(actor: Actor, owner: string, duties: readonly Duty[] = ['members']): void {
  assertCharged(actor, duties);
  if (!('committee' in actor) || actor.committee !== owner)
    throw new RuleBroken('NOT_YOURS', { details: { who: '该政协机关经办人员' } });
}

/** Whether a region lies in a committee's. */
export function liesIn(region: string, committee: string): boolean {
  const { lo, hi } = codeRange(committee);
  return region >= lo && region < hi;
}

/** @throws RuleBroken INVALID */
export function invalid(field: string): never {
  throw new RuleBroken('INVALID', { path: [field], details: { field } });
}

/** A text of an input that is needed. @throws RuleBroken REQUIRED or TOO_LONG */
export function textOf(field: string, text: string, maximum: number): string {
  if (text === '') throw new RuleBroken('REQUIRED', { path: [field], details: { field } });
  if ([...text].length > maximum) throw new RuleBroken('TOO_LONG', { path: [field], details: { field, maximum } });
  return text;
}

/** A row that an input names at `path`. @throws RuleBroken NOT_FOUND where there is none that the actor may see */
export async function found<Table extends KeptTable>(
  { scope }: FetchContext,
  table: Table,
  id: string,
  path: string,
): Promise<RowIn<Table>> {
  const [row] = isId(id)
    ? await scope.run(
        statement(
          build
            .select(getTableColumns(table as AnyPgTable))
            .from(table as AnyPgTable)
            .where(and(eq(table.id, id), isNull(table.deleted))),
        ),
      )
    : [];
  if (!row) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return row as RowIn<Table>;
}

/**
 * A row that the actor's committee keeps.
 * @throws HubError FORBIDDEN, or RuleBroken NOT_FOUND, NOT_YOURS or CONFLICT
 */
export async function kept<Table extends KeptTable>(
  context: FetchContext,
  table: Table,
  id: string,
  path: string,
  { expectedRevision, duties }: Pick<MutationInput, 'expectedRevision'> & { duties?: readonly Duty[] } = {},
): Promise<RowIn<Table>> {
  assertCharged(context.actor, duties);
  const row = await found(context, table, id, path);
  assertKeeps(context.actor, row.owner, duties);
  assertRevision(row, expectedRevision);
  return row;
}

/** Staff go on keeping what they write, so it is never for named people alone. @throws RuleBroken INVALID */
function assertSeenByStaff(row: Readonly<Record<string, unknown>>): void {
  if (row['visibility'] === 'PRIVATE') invalid('visibility');
}

/** Puts a row in, visible to everybody unless it says otherwise. @throws RuleBroken INVALID */
export async function put(
  { scope }: FetchContext,
  table: KeptTable,
  row: Readonly<Record<string, unknown>> & { readonly owner: string },
): Promise<{ id: string }> {
  assertSeenByStaff(row);
  const id = crypto.randomUUID();
  const whole = { visibility: 'PUBLIC', ...row, id, ownerAsFiled: row.owner };
  await scope.run(statement(build.insert(table as AnyPgTable).values(whole as never)));
  return { id };
}

/** Changes a row as it was read. @throws RuleBroken CONFLICT where somebody else did in between, or INVALID */
export async function change(
  { scope }: FetchContext,
  table: KeptTable,
  row: { readonly id: string; readonly revision: number },
  set: Readonly<Record<string, unknown>>,
): Promise<{ id: string }> {
  assertSeenByStaff(set);
  const written = await scope.run(
    statement(
      build
        .update(table as AnyPgTable)
        .set(set as never)
        .where(and(eq(table.id, row.id), eq(table.revision, row.revision)))
        .returning({ id: table.id }),
    ),
  );
  if (written.length === 0)
    throw new RuleBroken('CONFLICT', { record: row.id, details: { revision: row.revision + 1 } });
  return { id: row.id };
}

/** The day on which the first conference met: nothing of a committee is from before. */
const firstDay = '1949-09-21';
/** A term's length: further ahead nothing is appointed. */
const yearsAhead = 5;

/** From when something is so: today unless said. @throws RuleBroken INVALID for a day that nobody can mean */
export function firstDayOf(field: string, given: string | null | undefined): string {
  const first = given ?? today();
  const latest = `${Number(today().slice(0, 4)) + yearsAhead}${today().slice(4)}`;
  if (first < firstDay || first > latest) invalid(field);
  return first;
}

/** The last day of what ends: today unless said, and not before it began. @throws RuleBroken INVALID */
export function lastDay(given: string | null | undefined, from: string | null): string {
  const last = given ?? today();
  if (from !== null && last < from) invalid('on');
  return last;
}

/** Whether something with dates is so on a day; one without dates always is. */
export function lasts(
  { validFrom, validUntil }: { readonly validFrom: string | null; readonly validUntil: string | null },
  on: string,
): boolean {
  return (validFrom === null || validFrom <= on) && (validUntil === null || validUntil >= on);
}
