import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { type FetchContext, invalidAt, type MutationInput } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { partAudience } from '../audiences/given.ts';
import { assertLengths, givenId, pastPeriod } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { assertIds, type QuantityInput, quantityOf } from '../suggestions/given.ts';
import { namesOf } from '../suggestions/names.ts';
import { suggestionSteps } from '../suggestions/steps.ts';
import { suggestion } from '../suggestions/tables.ts';
import { assertStatus, sideOf, type Whole, wholeOf } from '../suggestions/whole.ts';
import { outcome, outcomeSuggestion, reading } from './tables.ts';

const { placeholder } = sql;
const longest = { text: 2_000, title: 200, description: 2_000, body: 100, office: 100, indicator: 100, unit: 20 };

/** The columns of a part of a consultation that is about some of its suggestions; `owner` is the host that records it. */
async function partOfWhole(
  context: FetchContext,
  whole: Whole,
  { owner, visibility }: { readonly owner: string; readonly visibility: Visibility | null | undefined },
  about: { readonly suggestions: readonly string[]; readonly departments: boolean },
) {
  const names = await namesOf(context, about.suggestions, about);
  return {
    id: crypto.randomUUID(),
    owner,
    ownerAsFiled: owner,
    ...(await partAudience(context, { whole, consultation: whole.id, owner, names }, visibility)),
    consultation: whole.id,
  };
}
const next = (table: typeof outcome | typeof reading, { id }: Pick<Whole, 'id'>) =>
  sql`(select coalesce(max(position), -1) + 1 from ${table} where ${eq(table.consultation, id)})`;

interface Told extends MutationInput {
  readonly on?: string | null;
  readonly text: string;
  readonly indicator?: string | null;
  readonly value?: QuantityInput | null;
  readonly unit?: string | null;
}
export interface RecordReadingInput extends Told {
  readonly consultation: string;
  readonly suggestion?: string | null;
  readonly visibility?: Visibility | null;
}
export interface ReportReadingInput extends Told {
  readonly suggestion: string;
}

function toldIn(input: Told) {
  assertLengths(input, longest);
  return {
    indicator: input.indicator || null,
    on: pastPeriod(input.on, 'on'),
    text: input.text,
    value: quantityOf(input.value),
    unit: input.unit || null,
  };
}

/** A reading of progress by staff: for a consultation that was held, or for a suggestion that was made there. */
export async function recordReading(input: RecordReadingInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  const whole = await wholeOf(context, input.consultation);
  const side = await sideOf(context, whole.id);
  assertStatus(whole, 'HELD');
  const made = input.suggestion ?? null;
  if (made !== null) {
    const [found] = await scope.run(suggestionsAt, {
      ids: [givenId(made, 'suggestion')],
      consultation: whole.id,
    });
    if (!found) throw new RuleBroken('INVALID', { path: ['suggestion'], details: { field: 'suggestion' } });
  }
  const about = { suggestions: made === null ? [] : [made], departments: true };
  const part = await partOfWhole(context, whole, { owner: side, visibility: input.visibility }, about);
  const row = { ...part, ...toldIn(input), suggestion: made, position: next(reading, whole) };
  await scope.run(statement(build.insert(reading).values(row)));
  return { id: row.id };
}

/** A reading of progress by the department that a suggestion was given to, which may not see the consultation. */
export async function reportReading(input: ReportReadingInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const made = await suggestionSteps.read(context, input.suggestion, 'suggestion');
  if (actor.kind !== 'DEPARTMENT') throw new HubError('FORBIDDEN');
  if (made.department !== actor.department || made.owner !== actor.committee)
    throw new RuleBroken('NOT_YOURS', { details: { who: '承办单位' } });
  // What was given to it was made at a consultation that was held.
  assertStatus(made, 'ASSIGNED', 'ANSWERED', 'CLOSED');
  const { owner } = made;
  const { partVisibility: visibility } = await consultationSettings.of(context, owner);
  const id = crypto.randomUUID();
  const consultation = String(made['consultation']);
  const row = {
    id,
    owner,
    ownerAsFiled: owner,
    // The trigger narrows it to what the consultation shows.
    visibility,
    ...toldIn(input),
    consultation,
    suggestion: made.id,
    department: actor.department,
    position: next(reading, { id: consultation }),
  };
  await scope.run(statement(build.insert(reading).values(row)));
  return { id };
}

export interface OutcomeInput extends MutationInput {
  readonly consultation: string;
  readonly kind: string;
  readonly title: string;
  readonly on?: string | null;
  readonly body?: string | null;
  readonly description?: string | null;
  readonly suggestions?: readonly string[] | null;
  readonly visibility?: Visibility | null;
}

const suggestionsAt = statement(
  build
    .select({ id: suggestion.id })
    .from(suggestion)
    .where(
      and(
        sql`${suggestion.id} = any(${placeholder('ids')}::uuid[])`,
        eq(suggestion.consultation, sql`${placeholder('consultation')}::uuid`),
        isNull(suggestion.deleted),
      ),
    ),
);

/** @throws RuleBroken INVALID unless all are suggestions of the consultation that the actor may see */
async function assertMadeAt({ scope }: FetchContext, { id }: Whole, ids: readonly string[], field: string) {
  assertIds(field, ids);
  const found = ids.length === 0 ? [] : await scope.run(suggestionsAt, { ids: [...ids], consultation: id });
  const known = new Set(found.map((one) => one.id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) throw new RuleBroken('INVALID', { path: [field, String(missing)], details: { field } });
}

async function addOutcome(
  input: Omit<OutcomeInput, 'kind'>,
  context: FetchContext,
  told: Pick<typeof outcome.$inferInsert, 'kind' | 'level' | 'side' | 'office'>,
): Promise<{ id: string }> {
  const { scope } = context;
  assertLengths(input, longest);
  const whole = await wholeOf(context, input.consultation);
  const side = await sideOf(context, whole.id);
  assertStatus(whole, 'HELD');
  const ids = input.suggestions ?? [];
  await assertMadeAt(context, whole, ids, 'suggestions');
  const part = await partOfWhole(
    context,
    whole,
    { owner: side, visibility: input.visibility },
    { suggestions: ids, departments: false },
  );
  const row = {
    ...part,
    ...told,
    title: input.title,
    on: pastPeriod(input.on, 'on'),
    body: input.body || null,
    description: input.description || null,
    position: next(outcome, whole),
  };
  await scope.run(statement(build.insert(outcome).values(row)));
  if (ids.length > 0) {
    const { consultation: _, ...same } = part;
    const links = ids.map((made, position) => ({
      ...same,
      id: crypto.randomUUID(),
      outcome: row.id,
      suggestion: made,
      position,
    }));
    await scope.run(statement(build.insert(outcomeSuggestion).values(links)));
  }
  return { id: row.id };
}

/** What came of a consultation that was held, and the suggestions that it came from. */
export async function recordOutcome(input: OutcomeInput, context: FetchContext): Promise<{ id: string }> {
  if (input.kind === 'INSTRUCTION') throw invalidAt(['kind'], 'INSTRUCTION');
  return addOutcome(input, context, { kind: input.kind });
}

export interface InstructionInput extends Omit<OutcomeInput, 'kind' | 'description' | 'body'> {
  readonly level: string;
  readonly side: string;
  readonly office: string;
  readonly text?: string | null;
}

/** A leader's instruction: of which level and side, and in which office; no name is asked for. */
export async function recordInstruction(input: InstructionInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { level, side, office, text } = input;
  return addOutcome({ ...input, description: text || null }, context, {
    kind: 'INSTRUCTION',
    level,
    side,
    office: office,
  });
}
