import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import {
  assertRevision,
  assertStep,
  type FetchContext,
  type MutationInput,
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { answeredByItself, answeredOnPaper, withoutDepartment } from '../answered.ts';
import { partAudience } from '../audiences/given.ts';
import { assertLengths, givenId, pastPeriod } from '../given.ts';
import { assertPersons } from '../references/persons.ts';
import { consultationSettings } from '../settings/settings.ts';
import { assertIds, type QuantityInput, quantityOf } from './given.ts';
import { namesOf } from './names.ts';
import { askedOf } from './store.ts';
import { suggestionMachine } from './suggestion.machine.ts';
import { adoption, coAuthorship, suggestion, suggestionAuthor, suggestionEvent } from './tables.ts';
import { assertStatus, isHost, sideOf, wholeOf } from './whole.ts';

const { placeholder } = sql;

/** How suggestions are made and moved. */
export const suggestionSteps = stepsOf(suggestion, suggestionMachine, suggestionEvent, consultationSettings);

const longest = {
  text: 2_000,
  reason: 500,
  answer: 4_000,
  measures: 2_000,
  result: 2_000,
  bodyName: 100,
  document: 200,
};

const union = (...lists: readonly (readonly (string | null | undefined)[])[]) => [
  ...new Set(lists.flat().filter((name): name is string => name != null)),
];

const nextPosition = (of: string) =>
  sql`(select coalesce(max(position), -1) + 1 from ${suggestion} where ${eq(suggestion.consultation, of)})`;

async function addAuthors(
  { scope }: FetchContext,
  row: { id: string; owner: string; visibility: Visibility; parties: readonly string[]; subjects: readonly string[] },
  authors: readonly { member: string; certain: boolean; author: string | null }[],
): Promise<void> {
  if (authors.length === 0) return;
  const rows = authors.map((author, position) => ({
    id: crypto.randomUUID(),
    owner: row.owner,
    ownerAsFiled: row.owner,
    visibility: row.visibility,
    parties: [...row.parties],
    subjects: [...row.subjects],
    // Of its own committee's members the owner shows no more than to members; whether one is public isn't known here.
    referenceOwner: row.owner,
    referenceVisibility: 'MEMBERS' as const,
    suggestion: row.id,
    position,
    ...author,
  }));
  await scope.run(statement(build.insert(suggestionAuthor).values(rows)));
}

export interface MakeInput extends MutationInput {
  readonly consultation: string;
  readonly text: string;
  readonly organization?: string | null;
  readonly coAuthors?: readonly string[] | null;
}

/** A member's suggestion at a consultation of their committee, in their own name or their sector's or group's. */
export async function makeSuggestion(input: MakeInput, context: FetchContext): Promise<{ id: string }> {
  const { actor } = context;
  assertLengths(input, longest);
  const whole = await wholeOf(context, input.consultation);
  const author = actor.kind === 'MEMBER' ? actor.member : null;
  const coAuthors = input.coAuthors ?? [];
  assertIds('coAuthors', author === null ? coAuthors : [...coAuthors, author]);
  await assertPersons(context, 'coAuthors', coAuthors, author);
  const organization = input.organization ?? null;
  if (organization !== null && actor.kind === 'MEMBER' && !actor.convenes.includes(organization))
    throw new RuleBroken('NOT_YOURS', { path: ['organization'], details: { who: '该界别或小组召集人' } });
  const row = {
    // What a member of another host suggests is that one's to handle.
    owner:
      actor.kind === 'MEMBER' && (await isHost(context, whole.id, actor.committee)) ? actor.committee : whole.owner,
    visibility: whole.visibility === 'PRIVATE' ? ('PRIVATE' as const) : ('INTERNAL' as const),
    parties: whole.visibility === 'PRIVATE' ? whole.parties : [],
    subjects: union([author, organization], coAuthors),
    consultation: whole.id,
    text: input.text,
    author,
    organization,
    position: nextPosition(whole.id),
  };
  const { id } = await suggestionSteps.start(context, 'makeSuggestion', row, input);
  assertStatus(whole, 'SCHEDULED', 'HELD');
  await addAuthors(context, { ...row, id }, [
    ...(author === null ? [] : [{ member: author, certain: true, author }]),
    ...coAuthors.map((member) => ({ member, certain: false, author })),
  ]);
  return { id };
}

export interface RecordInput extends MutationInput {
  readonly consultation: string;
  readonly text: string;
  readonly count?: QuantityInput | null;
  readonly authors?: readonly string[] | null;
  readonly visibility?: Visibility | null;
}

/** What was suggested at the consultation, as staff took it down: of named members, or how many there were. */
export async function recordSuggestion(input: RecordInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const whole = await wholeOf(context, input.consultation);
  const authors = input.authors ?? [];
  assertIds('authors', authors);
  await assertPersons(context, 'authors', authors);
  const side = await sideOf(context, whole.id);
  const row = {
    // Each host keeps what its own side said.
    owner: side,
    ...(await partAudience(context, { whole, consultation: whole.id, owner: side, names: authors }, input.visibility)),
    consultation: whole.id,
    text: input.text,
    count: quantityOf(input.count),
    position: nextPosition(whole.id),
  };
  const { id } = await suggestionSteps.start(context, 'recordSuggestion', row, input);
  assertStatus(whole, 'SCHEDULED', 'HELD');
  await addAuthors(
    context,
    { ...row, id },
    authors.map((member) => ({ member, certain: true, author: null })),
  );
  return { id };
}

interface StepInput extends MutationInput {
  readonly suggestion: string;
}
export interface TakeInput extends StepInput {
  readonly visibility?: Visibility | null;
}
export interface ReasonInput extends StepInput {
  readonly reason: string;
}
export interface ReviseInput extends StepInput {
  readonly text: string;
}
export interface AssignInput extends StepInput {
  readonly department: string;
}
export interface AnswerInput extends StepInput {
  readonly answer: string;
  readonly measures?: string | null;
  readonly plannedEnd?: string | null;
}
export interface RecordAnswerInput extends AnswerInput {
  readonly answered?: string | null;
}
export interface CloseInput extends StepInput {
  readonly result: string;
}

const namedOf = statement(
  build
    .select({ member: suggestionAuthor.member, certain: suggestionAuthor.certain, confirmed: coAuthorship.confirmed })
    .from(suggestionAuthor)
    .leftJoin(
      coAuthorship,
      and(eq(coAuthorship.suggestion, suggestionAuthor.suggestion), eq(coAuthorship.author, suggestionAuthor.member)),
    )
    .where(
      and(eq(suggestionAuthor.suggestion, sql`${placeholder('suggestion')}::uuid`), isNull(suggestionAuthor.deleted)),
    ),
);

const answered = statement(
  build
    .select({
      answered: sql`consultations.answer_co_authorship(${placeholder('suggestion')}::uuid, ${placeholder('committee')}::text, ${placeholder('confirmed')}::boolean)`,
    })
    .from(sql`(values (1)) as once`),
);

/** A named co-author's own word, of whichever committee; it stands beside the suggestion, which is its author's. */
const answerCoAuthorship = (name: string, confirmed: boolean) => {
  return async (input: StepInput, context: FetchContext): Promise<{ id: string }> => {
    const { actor, scope } = context;
    const row = await suggestionSteps.read(context, input.suggestion, 'suggestion');
    if (actor.kind !== 'MEMBER') throw new HubError('FORBIDDEN');
    if (!(await scope.run(askedOf)).some(({ suggestion }) => suggestion === row.id))
      throw new RuleBroken('NOT_YOURS', { details: { who: '被邀请联名的委员' } });
    assertStep(suggestionMachine, name, actor, { ...row, owner: actor.committee }, { ...input });
    await scope.run(answered, { suggestion: row.id, committee: actor.committee, confirmed });
    return { id: row.id };
  };
};
export const confirmCoAuthorship = answerCoAuthorship('confirmCoAuthorship', true);
export const declineCoAuthorship = answerCoAuthorship('declineCoAuthorship', false);

const take = <Input extends StepInput>(
  name: string,
  changes: (
    input: Input,
    row: SteppedRow,
    context: FetchContext,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>> = () => ({}),
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await suggestionSteps.take(context, name, 'suggestion', input, (row) =>
      changes(input, row, context),
    );
    return { id };
  };
};

export const withdrawSuggestion = take('withdrawSuggestion');
export const returnSuggestion = take<ReasonInput>('returnSuggestion', ({ reason }) => ({ reason }));
export const reviseSuggestion = take<ReviseInput>('reviseSuggestion', ({ text }) => ({
  text: text,
  reason: null,
}));
/** It stays with the office and its authors unless more are to see it. */
export const takeSuggestion = take<TakeInput>('takeSuggestion', async ({ visibility }, row, context) => {
  const named = await context.scope.run(namedOf, { suggestion: row.id });
  const authors = named.filter(({ confirmed }) => confirmed !== false).map(({ member }) => member);
  const names = union(authors, [row.author, row.organization]);
  if (visibility == null) return { subjects: names };
  const consultation = String(row['consultation']);
  const whole = await wholeOf(context, consultation, 'suggestion');
  return partAudience(context, { whole, consultation, owner: row.owner, names }, visibility);
});
export const assignSuggestion = take<AssignInput>('assignSuggestion', async ({ department }, row, context) => {
  givenId(department, 'department');
  assertStatus(await wholeOf(context, String(row['consultation']), 'suggestion'), 'HELD');
  return {
    department,
    reason: null,
    // The department that had it before reads it no more.
    subjects: union(
      row.subjects.filter((subject) => subject !== row.department),
      [department],
    ),
  };
});
export const handBackSuggestion = take<ReasonInput>('handBackSuggestion', ({ reason }) => ({ reason }));
const answerOf = ({ answer, measures, plannedEnd }: AnswerInput) => ({
  answer,
  measures: measures || null,
  plannedEnd: plannedEnd ?? null,
});
export const answerSuggestion = take<AnswerInput>('answerSuggestion', (input) => ({
  ...answerOf(input),
  ...answeredByItself(),
}));
export const recordSuggestionAnswer = take<RecordAnswerInput>('recordSuggestionAnswer', (input) => ({
  ...answerOf(input),
  ...answeredOnPaper(input.answered),
}));
export const recallSuggestion = take<ReasonInput>('recallSuggestion', ({ reason }, row) => ({
  ...withoutDepartment(row),
  reason,
}));
export const closeSuggestion = take<CloseInput>('closeSuggestion', ({ result }) => ({ result }));

export interface DecideInput extends MutationInput {
  readonly suggestion: string;
  readonly body: (typeof adoption.$inferInsert)['body'];
  readonly bodyName: string;
  readonly status: string;
  readonly reason?: string | null;
  readonly decided?: string | null;
  readonly document?: string | null;
  readonly supersedes?: string | null;
  readonly visibility?: Visibility | null;
}

/** What a body made of a suggestion, at the side of the actor's committee; an earlier decision of it is kept as superseded. */
export async function decideSuggestion(input: DecideInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertLengths(input, longest);
  const row = await suggestionSteps.read(context, input.suggestion, 'suggestion');
  const owner = await sideOf(context, String(row['consultation']));
  assertRevision(row, input.expectedRevision);
  assertStatus(row, 'RECORDED', 'TAKEN', 'ASSIGNED', 'HANDED_BACK', 'ANSWERED', 'CLOSED');
  assertStatus(await wholeOf(context, String(row['consultation']), 'suggestion'), 'HELD');
  const { body, bodyName, status, supersedes } = input;
  if ((status === 'NOT_ADOPTED' || status === 'PARTLY_ADOPTED') && !input.reason)
    throw new RuleBroken('REQUIRED', { path: ['reason'], details: { field: 'reason' } });
  if (supersedes != null) {
    givenId(supersedes, 'supersedes');
    const [earlier] = await scope.run(
      statement(
        build
          .update(adoption)
          .set({ superseded: true })
          .where(
            and(
              eq(adoption.id, supersedes),
              eq(adoption.suggestion, row.id),
              eq(adoption.owner, owner),
              eq(adoption.body, body),
              eq(adoption.bodyName, bodyName),
              eq(adoption.superseded, false),
              isNull(adoption.deleted),
            ),
          )
          .returning({ id: adoption.id }),
      ),
    );
    if (!earlier) throw new RuleBroken('DECISION_SUPERSEDED', { path: ['supersedes'], record: row.id });
  }
  const names = await namesOf(context, [row.id], { departments: true });
  const audience = await partAudience(
    context,
    { whole: row, consultation: String(row['consultation']), owner, names },
    input.visibility,
  );
  await scope.run(
    statement(
      build.insert(adoption).values({
        id: crypto.randomUUID(),
        owner,
        ownerAsFiled: owner,
        ...audience,
        suggestion: row.id,
        body,
        bodyName,
        status,
        reason: input.reason || null,
        decided: pastPeriod(input.decided, 'decided'),
        document: input.document || null,
        position: sql`(select coalesce(max(position), -1) + 1 from ${adoption} where ${eq(adoption.suggestion, row.id)})`,
      }),
    ),
  );
  return { id: row.id };
}
