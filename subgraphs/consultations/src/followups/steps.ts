import type { Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { type FetchContext, type MutationInput, type SteppedRow, stepsOf } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { attendance } from '../attendance/tables.ts';
import { partAudience } from '../audiences/given.ts';
import { participant } from '../consultations/tables.ts';
import { assertLengths } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { assertStatus, sideOf, wholeOf } from '../suggestions/whole.ts';
import { followUpMachine } from './followup.machine.ts';
import {
  consultationEvaluation,
  dispatch,
  followUp,
  followUpEvaluation,
  followUpEvent,
  followUpVisit,
  handlingReport,
} from './tables.ts';

const { placeholder } = sql;

/** How a consultation is followed up. */
export const followUpSteps = stepsOf(followUp, followUpMachine, followUpEvent, consultationSettings);

const longest = {
  minutes: 4_000,
  to: 100,
  title: 200,
  documentNumber: 100,
  from: 100,
  text: 4_000,
  note: 500,
  bodyName: 100,
  reason: 500,
  findings: 4_000,
  conclusion: 2_000,
};

/** The columns of a row that belongs to a follow-up; `owner` is the committee that puts it in and says who sees it. */
async function partRow(
  context: FetchContext,
  row: SteppedRow,
  visibility: Visibility | null | undefined,
  owner = row.owner,
) {
  const part = { whole: row, consultation: String(row['consultation']), owner };
  return {
    id: crypto.randomUUID(),
    owner,
    ownerAsFiled: owner,
    ...(await partAudience(context, part, visibility)),
    followUp: row.id,
  };
}

export interface MinutesInput extends MutationInput {
  readonly consultation: string;
  readonly minutes: string;
  readonly visibility?: Visibility | null;
}

/** Begins the follow-up of a consultation that was held, with its minutes. */
export async function fileMinutes(input: MinutesInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const whole = await wholeOf(context, input.consultation);
  const { heldUntil } = whole;
  // Each host follows up what concerns its own side.
  const owner = await sideOf(context, whole.id);
  const audience = await partAudience(context, { whole, consultation: whole.id, owner }, input.visibility);
  const row = { owner, ...audience, consultation: whole.id, minutes: input.minutes };
  const { id } = await followUpSteps.start(context, 'fileMinutes', row, input, { since: null, heldUntil });
  assertStatus(whole, 'HELD');
  return { id };
}

interface StepInput extends MutationInput {
  readonly followUp: string;
}
export interface SendInput extends StepInput {
  readonly to: string;
  readonly form: string;
  readonly title: string;
  readonly documentNumber?: string | null;
  readonly visibility?: Visibility | null;
}
export interface ReportInput extends StepInput {
  readonly from: string;
  readonly text: string;
  readonly visibility?: Visibility | null;
}
export interface VisitInput extends StepInput {
  readonly through: string;
  readonly note?: string | null;
}
export interface EvaluateInput extends StepInput {
  readonly body: string;
  readonly bodyName: string;
  readonly attitude: string;
  readonly result: string;
  readonly reason?: string | null;
  readonly visibility?: Visibility | null;
}
export interface ReviewInput extends StepInput {
  readonly findings: string;
}
export interface CloseInput extends StepInput {
  readonly conclusion?: string | null;
}

const take = <Input extends StepInput>(
  name: string,
  changes: (
    input: Input,
    row: SteppedRow,
    context: FetchContext,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await followUpSteps.take(context, name, 'followUp', input, (row) => changes(input, row, context));
    return { id };
  };
};

export const sendResults = take<SendInput>(
  'sendResults',
  async ({ to, form, title, documentNumber = null, visibility }, row, context) => {
    const part = await partRow(context, row, visibility);
    const values = { ...part, to, form, title, documentNumber, sent: today() };
    await context.scope.run(statement(build.insert(dispatch).values(values)));
    return {};
  },
);
export const receiveHandlingReport = take<ReportInput>(
  'receiveHandlingReport',
  async ({ from, text, visibility }, row, context) => {
    const part = await partRow(context, row, visibility);
    await context.scope.run(statement(build.insert(handlingReport).values({ ...part, from, text, received: today() })));
    return {};
  },
);
export const followUpConsultation = take<VisitInput>(
  'followUpConsultation',
  async ({ through, note = null }, row, context) => {
    const visit = await wholeOf(context, through, 'through');
    if (visit.id === row['consultation'])
      throw new RuleBroken('INVALID', { path: ['through'], details: { field: 'through' } });
    assertStatus(visit, 'HELD');
    // A visit is as wide as the follow-up: what it was is looked up under its own audience.
    const { owner, visibility, parties, subjects } = row;
    const values = {
      id: crypto.randomUUID(),
      owner,
      ownerAsFiled: owner,
      visibility,
      parties: [...parties],
      subjects: [...subjects],
      followUp: row.id,
      consultation: visit.id,
      note,
    };
    await context.scope.run(statement(build.insert(followUpVisit).values(values)));
    return {};
  },
);
export const reviewConsultation = take<ReviewInput>('reviewConsultation', ({ findings }) => ({
  findings,
  reviewed: today(),
}));
export const closeFollowUp = take<CloseInput>('closeFollowUp', ({ conclusion }) => ({
  conclusion: conclusion || null,
}));

async function addEvaluation(
  { body, bodyName, attitude, result, reason, visibility }: EvaluateInput,
  row: SteppedRow,
  owner: string,
  context: FetchContext,
): Promise<void> {
  if (!reason && (attitude === 'DISSATISFIED' || result === 'DISSATISFIED'))
    throw new RuleBroken('REQUIRED', { path: ['reason'], details: { field: 'reason' } });
  const part = await partRow(context, row, visibility, owner);
  const values = { ...part, body, bodyName: bodyName, attitude, result, reason: reason || null };
  await context.scope.run(statement(build.insert(followUpEvaluation).values(values)));
}
const evaluateAsLead = take<EvaluateInput>('evaluateFollowUp', async (input, row, context) => {
  await addEvaluation(input, row, row.owner, context);
  return {};
});

/** What a party made of it. The committee that leads moves the follow-up on; one that hosts with it adds its side's own. */
export async function evaluateFollowUp(input: EvaluateInput, context: FetchContext): Promise<{ id: string }> {
  const { actor } = context;
  const row = await followUpSteps.read(context, input.followUp, 'followUp');
  if (actor.kind !== 'STAFF' || actor.committee === row.owner) return evaluateAsLead(input, context);
  assertLengths(input, longest);
  const side = await sideOf(context, String(row['consultation']));
  assertStatus(row, ...followUpMachine.steps.evaluateFollowUp.from);
  await addEvaluation(input, row, side, context);
  return { id: row.id };
}

export interface ScoreInput extends MutationInput {
  readonly consultation: string;
  readonly attitude: number;
  readonly result: number;
  readonly text?: string | null;
}

// By the record of who took part, or by having signed in, as whichever of their memberships.
const takingPart = statement(
  unionAll(
    build
      .select({ id: participant.id })
      .from(participant)
      .where(
        and(
          eq(participant.consultation, sql`${placeholder('consultation')}::uuid`),
          eq(participant.member, sql`${placeholder('member')}::uuid`),
          isNull(participant.deleted),
        ),
      ),
    build
      .select({ id: attendance.id })
      .from(attendance)
      .innerJoin(sql`consultations.seats_of(array[${attendance.id}]) as told`, sql`told.outcome = 'PRESENT'`)
      .where(
        and(
          eq(attendance.consultation, sql`${placeholder('consultation')}::uuid`),
          eq(attendance.member, sql`${placeholder('member')}::uuid`),
          isNull(attendance.deleted),
        ),
      ),
  ),
);

/** A participant's own evaluation of a consultation, given once and changed until the follow-up is closed. */
export async function evaluateConsultation(input: ScoreInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  assertLengths(input, { text: 1_000 });
  const whole = await wholeOf(context, input.consultation);
  if (actor.kind !== 'MEMBER') throw new HubError('FORBIDDEN');
  if ((await scope.run(takingPart, { consultation: whole.id, member: actor.member })).length === 0)
    throw new RuleBroken('NOT_YOURS', { details: { who: '参加该协商活动的委员' } });
  assertStatus(whole, 'HELD');
  for (const field of ['attitude', 'result'] as const)
    if (input[field] < 1 || input[field] > 5) throw new RuleBroken('INVALID', { path: [field], details: { field } });
  const given = { attitude: input.attitude, result: input.result, text: input.text || null };
  await scope.run(
    statement(
      build
        .insert(consultationEvaluation)
        .values({
          id: crypto.randomUUID(),
          owner: actor.committee,
          ownerAsFiled: actor.committee,
          visibility: 'INTERNAL',
          subjects: [actor.member],
          consultation: whole.id,
          author: actor.member,
          ...given,
        })
        .onConflictDoUpdate({
          target: [consultationEvaluation.consultation, consultationEvaluation.author],
          set: given,
        }),
    ),
  );
  return { id: whole.id };
}
