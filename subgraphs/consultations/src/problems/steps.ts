import type { Visibility } from '@hub/access';
import { build, type Statement, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertMayEver, type FetchContext, type MutationInput, type SteppedRow, stepsOf } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { answeredByItself, answeredOnPaper, dayNow, withoutDepartment } from '../answered.ts';
import { assertLengths, givenId } from '../given.ts';
import { chosenVisibility, withoutParties, withParties } from '../linked-actions/audience.ts';
import { workingDaysAhead } from '../linked-actions/letter.ts';
import { linkedAction, linkedInvitation, linkedPart } from '../linked-actions/tables.ts';
import { consultationSettings } from '../settings/settings.ts';
import { wholeOf } from '../suggestions/whole.ts';
import { problemMachine } from './problem.machine.ts';
import { problem, problemEvent } from './tables.ts';

const { placeholder } = sql;

/** How problems are made and moved. */
export const problemSteps = stepsOf(problem, problemMachine, problemEvent, consultationSettings);

const longest = {
  title: 100,
  text: 4_000,
  topic: 100,
  site: 100,
  body: 100,
  reason: 500,
  measures: 4_000,
  answer: 4_000,
  findings: 4_000,
  conclusion: 2_000,
};

export interface ReportInput extends MutationInput {
  readonly title: string;
  readonly text: string;
  readonly topic?: string | null;
  readonly site?: string | null;
  readonly found?: string | null;
  readonly linkedPart?: string | null;
  readonly linkedAction?: string | null;
  readonly consultation?: string | null;
  readonly visibility?: Visibility | null;
}

const partsById = statement(
  build
    .select({
      id: linkedPart.id,
      owner: linkedPart.owner,
      status: linkedPart.status,
      visibility: linkedPart.visibility,
      parties: linkedPart.parties,
      action: linkedInvitation.linkedAction,
    })
    .from(linkedPart)
    .innerJoin(linkedInvitation, sql`${linkedInvitation.id} = ${linkedPart.linkedInvitation}`)
    .where(and(sql`${linkedPart.id} = ${placeholder('id')}::uuid`, isNull(linkedPart.deleted))),
);
const actionsById = statement(
  build
    .select({
      id: linkedAction.id,
      owner: linkedAction.owner,
      status: linkedAction.status,
      visibility: linkedAction.visibility,
      parties: linkedAction.parties,
      action: sql<string>`${linkedAction.id}`.as('of_action'),
    })
    .from(linkedAction)
    .where(and(sql`${linkedAction.id} = ${placeholder('id')}::uuid`, isNull(linkedAction.deleted))),
);

interface FoundIn {
  readonly owner: string;
  readonly status: string;
  readonly visibility: Visibility;
  readonly parties: readonly string[];
  readonly action: string;
}
/** In what a problem was found: the committee's own action, or its own part in another's. */
const foundIn: Readonly<
  Record<'linkedPart' | 'linkedAction', { readonly rows: Statement<FoundIn[]>; readonly from: readonly string[] }>
> = {
  linkedPart: { rows: partsById, from: ['ACCEPTED', 'PLANNED', 'HANDED_IN'] },
  linkedAction: { rows: actionsById, from: ['OPEN', 'CONCLUDED'] },
};

/** @throws RuleBroken NOT_FOUND, NOT_YOURS, or STEP_NOT_ALLOWED where the committee takes no part in it any more */
async function whereFound(context: FetchContext, owner: string, field: keyof typeof foundIn, id: string) {
  const { rows, from } = foundIn[field];
  const [found] = isId(id) ? await context.scope.run(rows, { id }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [field] });
  if (found.owner !== owner)
    throw new RuleBroken('NOT_YOURS', { path: [field], details: { who: '参加该行动的政协机关经办人员' } });
  if (!from.includes(found.status))
    throw new RuleBroken('STEP_NOT_ALLOWED', {
      path: [field],
      details: { state: found.status, from: from.join(', ') },
    });
  return found;
}

/** Records a problem that the actor's committee found. */
export async function reportProblem(input: ReportInput, context: FetchContext): Promise<{ id: string }> {
  const { actor } = context;
  assertMayEver(problemMachine, 'reportProblem', actor);
  assertLengths(input, longest);
  const owner = 'committee' in actor ? actor.committee : '';
  if (input.linkedPart != null && input.linkedAction != null)
    throw new RuleBroken('INVALID', { path: ['linkedAction'], details: { field: 'linkedAction' } });
  const found =
    input.linkedPart != null
      ? await whereFound(context, owner, 'linkedPart', input.linkedPart)
      : input.linkedAction != null
        ? await whereFound(context, owner, 'linkedAction', input.linkedAction)
        : null;
  const parties = found ? [...found.parties] : [];
  const joint = parties.length > 0;
  // What was found wrong isn't published because the action is.
  const usual = found && found.visibility !== 'PUBLIC' ? found.visibility : joint ? 'JOINT' : 'INTERNAL';
  return problemSteps.start(
    context,
    'reportProblem',
    {
      owner,
      visibility: chosenVisibility(input.visibility, joint ? withParties : withoutParties, usual),
      parties,
      subjects: [],
      title: input.title,
      text: input.text,
      topic: input.topic || null,
      site: input.site || null,
      found: dayNow(input.found, 'found'),
      linkedAction: found?.action ?? null,
      consultation: input.consultation == null ? null : (await wholeOf(context, input.consultation)).id,
    },
    input,
  );
}

interface StepInput extends MutationInput {
  readonly problem: string;
}
export interface HandOverInput extends StepInput {
  readonly body: string;
  readonly department?: string | null;
  readonly due?: string | null;
}
export interface ReasonInput extends StepInput {
  readonly reason: string;
}
export interface PutRightInput extends StepInput {
  readonly measures: string;
  readonly putRight?: string | null;
}
export interface AnswerInput extends StepInput {
  readonly answer: string;
}
export interface RecordAnswerInput extends AnswerInput {
  readonly answered?: string | null;
  readonly putRight?: string | null;
}
export interface FindingsInput extends StepInput {
  readonly findings: string;
}
export interface CloseInput extends StepInput {
  readonly conclusion: string;
  readonly evaluation?: string | null;
}

const take = <Input extends StepInput>(
  name: string,
  changes: (
    input: Input,
    row: SteppedRow,
    settings: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, unknown>>,
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await problemSteps.take(context, name, 'problem', input, (row, settings) =>
      changes(input, row, settings),
    );
    return { id };
  };
};

/** Until when whoever is given a matter has it: the day that is given, which is still to come, or as the settings have it. */
export function dueDay(given: string | null | undefined, usual: string): string {
  if (given != null && given < today()) throw new RuleBroken('DATE_PAST', { path: ['due'], details: { field: 'due' } });
  return given ?? usual;
}

/** What an earlier round ended in doesn't stand in the next one. */
const anew = {
  reason: null,
  measures: null,
  putRight: null,
  answer: null,
  answered: null,
  answerEntered: null,
  verified: null,
};

export const handOverProblem = take<HandOverInput>('handOverProblem', ({ body, department, due }, row, settings) => ({
  ...anew,
  body: body,
  department: department == null ? null : givenId(department, 'department'),
  // The department that had it before reads it no more.
  subjects: [
    ...row.subjects.filter((subject) => subject !== row.department),
    ...(department == null ? [] : [department]),
  ],
  handedOver: today(),
  due: dueDay(due, workingDaysAhead(Number(settings['problemAnswerWorkingDays']))),
}));
/** As if it had never been given to anybody, until it is given to another. */
export const recallProblem = take<ReasonInput>('recallProblem', ({ reason }, row) => ({
  ...withoutDepartment(row),
  body: null,
  handedOver: null,
  due: null,
  reason,
}));
export const handBackProblem = take<ReasonInput>('handBackProblem', ({ reason }) => ({ reason }));
export const reportProblemPutRight = take<PutRightInput>('reportProblemPutRight', ({ measures, putRight }) => ({
  measures: measures,
  putRight: dayNow(putRight, 'putRight'),
}));
export const answerProblem = take<AnswerInput>('answerProblem', ({ answer }) => ({
  answer,
  ...answeredByItself(),
}));
export const recordProblemAnswer = take<RecordAnswerInput>(
  'recordProblemAnswer',
  ({ answer, answered, putRight }, row) => ({
    answer: answer,
    ...answeredOnPaper(answered),
    putRight: putRight == null ? row['putRight'] : dayNow(putRight, 'putRight'),
  }),
);
export const verifyProblem = take<FindingsInput>('verifyProblem', ({ findings }, row) => ({
  findings: findings,
  putRight: row['putRight'] ?? today(),
  verified: today(),
}));
export const rejectProblem = take<FindingsInput>('rejectProblem', ({ findings }) => ({
  findings: findings,
  putRight: null,
  verified: null,
}));
export const closeProblem = take<CloseInput>('closeProblem', ({ conclusion, evaluation }) => ({
  conclusion: conclusion,
  evaluation: evaluation ?? null,
}));
