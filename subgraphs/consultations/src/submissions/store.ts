import { receiptHash, receiptPolicy, subjectOf } from '@hub/access';
import {
  type CodeRange,
  type Connection,
  filterBy,
  ListReader,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import {
  assertMayEver,
  assertStart,
  assertStep,
  type Done,
  type FetchContext,
  givenCommittee,
  invalidAt,
  type MutationInput,
  type Secret,
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { answeredByItself, answeredOnPaper, dayNow, withoutDepartment } from '../answered.ts';
import { assertLengths, givenId, givenRegion } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { submissionMachine } from './submission.machine.ts';
import { submission, submissionContact, submissionEvent } from './tables.ts';

const { placeholder } = sql;

const submissionFields = {
  id: submission.id,
  owner: submission.owner,
  kind: submission.kind,
  title: submission.title,
  text: submission.text,
  region: submission.region,
  filedBy: submission.filedBy,
  author: submission.author,
  department: submission.department,
  status: submission.status,
  since: submission.since,
  received: submission.received,
  entered: submission.entered,
  way: submission.way,
  rating: submission.rating,
  ratingText: submission.ratingText,
  rated: submission.rated,
  receipt: submission.receipt,
  reason: submission.reason,
  answer: submission.answer,
  answered: submission.answered,
  answerEntered: submission.answerEntered,
  result: submission.result,
  solved: submission.solved,
  consultation: submission.consultation,
  planItem: submission.planItem,
  visibility: submission.visibility,
  revision: submission.revision,
  created: submission.created,
  modified: submission.modified,
};
export type Submission = Awaited<ReturnType<typeof submissionsById.run>>[number];
const submissionsById = statement(
  build
    .select(submissionFields)
    .from(submission)
    .where(and(sql`${submission.id} = any(${placeholder('ids')}::uuid[])`, isNull(submission.deleted))),
);
const submissionsOfConsultations = statement(
  build
    .select(submissionFields)
    .from(submission)
    .where(and(sql`${submission.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(submission.deleted)))
    .orderBy(asc(submission.received), asc(submission.id)),
);
const submissionsOfPlanItems = statement(
  build
    .select(submissionFields)
    .from(submission)
    .where(and(sql`${submission.planItem} = any(${placeholder('keys')}::uuid[])`, isNull(submission.deleted)))
    .orderBy(asc(submission.received), asc(submission.id)),
);

const orders = {
  RECEIVED_DESC: { by: ['received'], descending: true },
  RECEIVED_ASC: { by: ['received'], descending: false },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;
const conditions = {
  kinds: sql`${submission.kind} = any(${placeholder('kinds')}::text[])`,
  statuses: sql`${submission.status} = any(${placeholder('statuses')}::text[])`,
};
const submissionsIn = rangedList({
  name: 'submissions',
  table: submission,
  fields: submissionFields,
  owner: submission.owner,
  province: submission.province,
  searched: { schema: 'consultations', type: 'submission', walksNation: true },
  orders,
  counters: {
    schema: 'consultations',
    type: 'submission',
    conditions: { statuses: sql`kind = any(${placeholder('statuses')}::text[])` },
    // Of whoever sends a receipt: counters don't know it.
    besides: sql.raw(receiptPolicy()),
  },
});

const contactsOfSubmissions = statement(
  build
    .select({ submission: submissionContact.submission, phone: submissionContact.phone })
    .from(submissionContact)
    .where(
      and(
        sql`${submissionContact.submission} = any(${placeholder('keys')}::uuid[])`,
        isNull(submissionContact.deleted),
      ),
    ),
);

export interface SubmissionsRequest extends PageArguments {
  readonly filter?: {
    readonly kinds?: readonly string[] | null;
    readonly statuses?: readonly string[] | null;
    readonly text?: string | null;
  } | null;
  readonly orderBy: keyof typeof orders;
}

/** Submissions, for one fetch. */
export class SubmissionStore {
  readonly #lists: ListReader;
  readonly submissions;
  readonly submissionsOfConsultation;
  readonly submissionsOfPlanItem;
  readonly contactOfSubmission;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.contactOfSubmission = rowsByKey(scope, contactsOfSubmissions, (row) => row.submission);
    this.submissions = rowById(scope, submissionsById);
    this.submissionsOfConsultation = rowsByKey(scope, submissionsOfConsultations, (row) => row.consultation ?? '');
    this.submissionsOfPlanItem = rowsByKey(scope, submissionsOfPlanItems, (row) => row.planItem ?? '');
  }

  /** Submissions to the committees of a range. */
  inRange(range: CodeRange, { filter, orderBy, ...page }: SubmissionsRequest): Connection<Submission> {
    return this.#lists.connection(
      submissionsIn(range),
      { ...range },
      { page, order: orderBy, filter: filterBy(conditions, { ...filter }) },
    );
  }
}

/** How submissions are made and moved. */
export const submissionSteps = stepsOf(submission, submissionMachine, submissionEvent, consultationSettings);

const longest = { title: 100, text: 2_000, answer: 4_000, result: 2_000, reason: 500, ratingText: 500 } as const;

/** A telephone number as people write it. @throws RuleBroken INVALID */
function givenPhone(given: string | null | undefined): string | null {
  if (given == null) return null;
  if (!/^\+?[\d][\d -]{4,28}$/.test(given)) throw invalidAt(['phone']);
  return given;
}

/** Keeps a telephone number for the office and for whoever filed it. */
async function keepPhone(
  { scope }: FetchContext,
  of: { readonly id: string; readonly owner: string; readonly author: string | null; readonly receipt: string | null },
  phone: string | null,
): Promise<void> {
  if (phone === null) return;
  const row = {
    id: crypto.randomUUID(),
    owner: of.owner,
    ownerAsFiled: of.owner,
    visibility: 'INTERNAL' as const,
    subjects: of.author === null ? [] : [of.author],
    submission: of.id,
    author: of.author,
    receipt: of.receipt,
    phone,
  };
  await scope.run(statement(build.insert(submissionContact).values(row)));
}

export interface FileInput extends MutationInput {
  readonly committee: string;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly region?: string | null;
  readonly phone?: string | null;
}

/** Files a submission; who isn't signed in as a member gets a receipt, and whoever reports has it among their own. */
export async function fileSubmission(input: FileInput, context: FetchContext, secret: Secret): Promise<Done> {
  const { actor } = context;
  const owner = givenCommittee(input.committee);
  const region = input.region == null ? null : givenRegion(input.region);
  assertLengths(input, longest);
  const phone = givenPhone(input.phone);
  // Members are authors in their own committee; to another one they write as anybody may.
  const author = actor.kind === 'MEMBER' && actor.committee === owner ? actor.member : null;
  const receipt = author === null ? secret() : null;
  const { id } = await submissionSteps.start(
    context,
    'fileSubmission',
    {
      owner,
      visibility: 'INTERNAL',
      parties: [],
      subjects: author === null ? (actor.kind === 'LIAISON' ? [subjectOf(actor)] : []) : [author],
      kind: input.kind,
      title: input.title,
      text: input.text,
      region,
      filedBy: actor.kind,
      author,
      receipt: receipt === null ? null : receiptHash(receipt),
      received: today(),
    },
    input,
  );
  await keepPhone(context, { id, owner, author, receipt: receipt === null ? null : receiptHash(receipt) }, phone);
  return receipt === null ? { id } : { id, tellsSecretAs: 'receipt' };
}

export interface EnterInput extends FileInput {
  readonly way: string;
  readonly receivedOn: string;
}

/** Enters what somebody wrote or said to the office; its deadlines count from the day on which it came. */
export async function enterSubmission(input: EnterInput, context: FetchContext): Promise<{ id: string }> {
  const owner = givenCommittee(input.committee);
  assertMayEver(submissionMachine, 'enterSubmission', context.actor);
  assertStart(submissionMachine, 'enterSubmission', context.actor, { owner }, { ...input });
  const region = input.region == null ? null : givenRegion(input.region);
  assertLengths(input, longest);
  const phone = givenPhone(input.phone);
  const received = dayNow(input.receivedOn, 'receivedOn');
  if (input.way === 'ONLINE') throw invalidAt(['way']);
  const { id } = await submissionSteps.start(
    context,
    'enterSubmission',
    {
      owner,
      visibility: 'INTERNAL',
      parties: [],
      subjects: [],
      kind: input.kind,
      title: input.title,
      text: input.text,
      region,
      filedBy: 'PUBLIC',
      way: input.way,
      received,
      since: received,
      entered: today(),
    },
    input,
  );
  await keepPhone(context, { id, owner, author: null, receipt: null }, phone);
  return { id };
}

/** Whether somebody filed it: by its receipt, or as its author. */
export function isFiler(
  actor: FetchContext['actor'],
  row: { readonly author?: unknown; readonly receipt?: unknown },
): boolean {
  if (actor.kind === 'PUBLIC') return actor.receipt !== undefined && actor.receipt === row.receipt;
  return actor.kind === 'MEMBER' && row.author != null && actor.member === row.author;
}

const takenByReceipt = statement(
  build
    .select({
      revision: sql<
        number | null
      >`consultations.take_as_filer(${placeholder('id')}::uuid, ${placeholder('revision')}::int, ${placeholder('rating')}::text, ${placeholder('ratingText')}::text)`.as(
        'taken_by_receipt',
      ),
    })
    .from(sql`(values (1)) as once`),
);

/** A step of whoever filed it, and of nobody else who sees it. */
const takeAsFiler = <Input extends StepInput & { readonly rating?: string; readonly ratingText?: string | null }>(
  name: 'withdrawSubmission' | 'rateSubmission',
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    const { actor, scope } = context;
    assertLengths(input, longest);
    const row = await submissionSteps.read(context, input.submission, 'submission');
    if (!isFiler(actor, row)) throw new RuleBroken('NOT_YOURS', { details: { who: '来件人' } });
    const { rating = null, ratingText } = input;
    const given = input as Record<string, unknown>;
    const said = { rating, ratingText: ratingText || null };
    if (actor.kind === 'MEMBER') {
      const changes = rating === null ? {} : { ...said, rated: today() };
      return submissionSteps.take(context, name, 'submission', input, () => changes);
    }
    // Whoever holds its receipt writes nothing else of it.
    assertStep(submissionMachine, name, actor, row, given);
    const [taken] = await scope.run(takenByReceipt, { id: row.id, revision: row.revision, ...said });
    const revision = taken?.revision ?? null;
    if (revision === null)
      throw new RuleBroken('CONFLICT', { record: row.id, details: { revision: row.revision + 1 } });
    await submissionSteps.log.append(scope, actor, {
      name,
      record: { ...row, revision },
      before: row,
      settings: {},
      input: given,
    });
    return { id: row.id };
  };
};

interface StepInput extends MutationInput {
  readonly submission: string;
}
export interface AcceptInput extends StepInput {
  readonly visibility?: string | null;
}
export interface AssignInput extends StepInput {
  readonly department: string;
}
export interface ReasonInput extends StepInput {
  readonly reason: string;
}
export interface AnswerInput extends StepInput {
  readonly answer: string;
}
export interface RecordAnswerInput extends AnswerInput {
  readonly answered?: string | null;
}
export interface SolveInput extends StepInput {
  readonly result: string;
  readonly consultation?: string | null;
}

const take = <Input extends StepInput>(
  name: string,
  changes: (input: Input, row: SteppedRow) => Readonly<Record<string, unknown>>,
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await submissionSteps.take(context, name, 'submission', input, (row) => changes(input, row));
    return { id };
  };
};

export const acceptSubmission = take<AcceptInput>('acceptSubmission', ({ visibility }) =>
  visibility == null ? {} : { visibility },
);
export const declineSubmission = take<ReasonInput>('declineSubmission', ({ reason }) => ({ reason }));
export const assignSubmission = take<AssignInput>('assignSubmission', ({ department }, row) => ({
  department: givenId(department, 'department'),
  reason: null,
  // The department that had it before reads it no more.
  subjects: [...row.subjects.filter((subject) => subject !== row.department), department],
}));
export const handBackSubmission = take<ReasonInput>('handBackSubmission', ({ reason }) => ({ reason }));
export const answerSubmission = take<AnswerInput>('answerSubmission', ({ answer }) => ({
  answer,
  ...answeredByItself(),
}));
export const recordSubmissionAnswer = take<RecordAnswerInput>('recordSubmissionAnswer', ({ answer, answered }) => ({
  answer,
  ...answeredOnPaper(answered),
}));
export const recallSubmission = take<ReasonInput>('recallSubmission', ({ reason }, row) => ({
  ...withoutDepartment(row),
  reason,
}));
export const solveSubmission = take<SolveInput>('solveSubmission', ({ result, consultation }) => ({
  result,
  solved: today(),
  ...(consultation != null && { consultation: givenId(consultation, 'consultation') }),
}));

export interface RateInput extends StepInput {
  readonly rating: string;
  readonly ratingText?: string | null;
}
export const withdrawSubmission = takeAsFiler<StepInput>('withdrawSubmission');
export const rateSubmission = takeAsFiler<RateInput>('rateSubmission');
