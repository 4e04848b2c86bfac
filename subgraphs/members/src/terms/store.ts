import { build, statement } from '@hub/database';
import { type FetchContext, givenCommittee, type MutationInput } from '@hub/workflow';
import { and, eq, inArray, isNull, max, sql } from 'drizzle-orm';
import { assertKeeps, change, invalid, kept, put } from '../keeping.ts';
import { memberSettings } from '../settings/settings.ts';
import { membership, session, term } from '../tables.ts';

const { placeholder } = sql;
const lastTerm = statement(
  build
    .select({ ordinal: max(term.ordinal) })
    .from(term)
    .where(and(sql`${term.owner} = ${placeholder('owner')}`, isNull(term.deleted))),
);
const lastSession = statement(
  build
    .select({ ordinal: max(session.ordinal) })
    .from(session)
    .where(and(sql`${session.term} = ${placeholder('term')}`, isNull(session.deleted))),
);

const yearsLater = (day: string, years: number) => {
  const [year = '', month = '', date = ''] = day.split('-');
  const later = `${Number(year) + years}-${month}-${date}`;
  // From a 29 February to a year without one.
  return date === '29' && Number.isNaN(Date.parse(later)) ? `${Number(year) + years}-${month}-28` : later;
};

export interface OpenInput extends MutationInput {
  readonly committee: string;
  readonly ordinal?: number | null;
  readonly start: string;
  readonly end?: string | null;
}
export async function openTerm(input: OpenInput, context: FetchContext): Promise<{ id: string }> {
  const owner = givenCommittee(input.committee);
  assertKeeps(context.actor, owner);
  const { termYears } = await memberSettings.of(context, owner);
  const end = input.end ?? yearsLater(input.start, termYears);
  if (end <= input.start) invalid('end');
  const [last] = await context.scope.run(lastTerm, { owner });
  const ordinal = input.ordinal ?? (last?.ordinal ?? 0) + 1;
  if (ordinal < 1) invalid('ordinal');
  return put(context, term, { owner, ordinal, start: input.start, end });
}

export interface CloseInput extends MutationInput {
  readonly term: string;
  readonly end: string;
}
export async function closeTerm(input: CloseInput, context: FetchContext): Promise<{ id: string }> {
  const row = await kept(context, term, input.term, 'term', input);
  if (row.start !== null && input.end <= row.start) invalid('end');
  await context.scope.run(
    statement(
      build
        .update(membership)
        .set({ validUntil: sql`greatest(${membership.validFrom}, ${input.end}::date)` as never })
        .where(
          and(
            eq(membership.term, row.id),
            inArray(membership.status, ['APPROVED', 'SUSPENDED']),
            sql`coalesce(${membership.validUntil}, 'infinity') > ${input.end}::date`,
            isNull(membership.deleted),
          ),
        ),
    ),
  );
  return change(context, term, row, { end: input.end });
}

export interface SessionInput extends MutationInput {
  readonly term: string;
  readonly ordinal?: number | null;
  readonly start?: string | null;
  readonly end?: string | null;
}
export async function addSession(input: SessionInput, context: FetchContext): Promise<{ id: string }> {
  const of = await kept(context, term, input.term, 'term');
  const { start, end } = input;
  if (end != null && (start == null || end < start)) invalid('end');
  const [last] = await context.scope.run(lastSession, { term: of.id });
  const ordinal = input.ordinal ?? (last?.ordinal ?? 0) + 1;
  if (ordinal < 1) invalid('ordinal');
  return put(context, session, {
    owner: of.owner,
    visibility: of.visibility,
    parties: of.parties,
    subjects: of.subjects,
    term: of.id,
    ordinal,
    ...(start != null && {
      held: { start, ...(end != null && end !== start && { end }) },
      heldFrom: start,
      heldUntil: end ?? start,
    }),
  });
}
