import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import {
  assertMayEver,
  assertStart,
  type FetchContext,
  givenCommittee,
  type MutationInput,
  type SteppedRow,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { assertLengths, givenId } from '../given.ts';
import { isOff, seenConsultation } from './held.ts';
import { planMachine } from './plan.machine.ts';
import { invalid, longest, planSteps } from './steps.ts';

/** Who else may be let read it: a plan isn't kept from its own office, and has no parties. */
function chosenVisibility(given: string | null | undefined, otherwise: string): string {
  if (given == null) return otherwise;
  if (given === 'PRIVATE' || given === 'JOINT') throw invalid('visibility');
  return given;
}

export interface OpenPlanInput extends MutationInput {
  readonly committee: string;
  readonly year: number;
  readonly title: string;
  readonly collectUntil: string;
  readonly departments?: readonly string[] | null;
  readonly visibility?: string | null;
}

/** Opens a plan of a year; the departments that are asked for topics read it until it is drafted. */
export async function openPlan(input: OpenPlanInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(planMachine, 'openPlan', context.actor);
  const owner = givenCommittee(input.committee);
  assertStart(planMachine, 'openPlan', context.actor, { owner }, { ...input });
  assertLengths(input, longest);
  if (input.year < 1949 || input.year > 2999) throw invalid('year');
  if (input.collectUntil < today()) throw new RuleBroken('DATE_PAST', { path: ['collectUntil'] });
  for (const [at, id] of (input.departments ?? []).entries()) givenId(id, 'departments', ['departments', String(at)]);
  const row = {
    owner,
    visibility: chosenVisibility(input.visibility, 'MEMBERS'),
    parties: [],
    subjects: [...new Set(input.departments ?? [])],
    year: input.year,
    title: input.title,
    collectUntil: input.collectUntil,
  };
  return planSteps.start(context, 'openPlan', row, input);
}

export interface PlanInput extends MutationInput {
  readonly plan: string;
}
interface AudienceInput extends PlanInput {
  readonly visibility?: string | null;
}
export interface PlanReasonInput extends PlanInput {
  readonly reason: string;
}

const takePlan =
  <Input extends PlanInput>(
    name: string,
    changes: (
      input: Input,
      context: FetchContext,
      row: SteppedRow,
    ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
  ) =>
  async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    const { id } = await planSteps.take(context, name, 'plan', input, (row) => {
      assertLengths(input, longest);
      return changes(input, context, row);
    });
    return { id };
  };

/** Ends the gathering: from here on the office works on it by itself. */
export const draftPlan = takePlan<AudienceInput>('draftPlan', ({ visibility }) => ({
  visibility: chosenVisibility(visibility, 'INTERNAL'),
  subjects: [],
}));

export const submitPlanToChairmen = takePlan<PlanInput & { readonly chairmensMeeting: string }>(
  'submitPlanToChairmen',
  async ({ chairmensMeeting }, context, row) => {
    const meeting = await seenConsultation(context, chairmensMeeting, 'chairmensMeeting');
    const fit = meeting.kind === 'CHAIRMENS_MEETING' && meeting.owner === row.owner && !isOff(meeting.status);
    if (!fit) throw invalid('chairmensMeeting');
    return { chairmensMeeting: meeting.id, reviewResult: null, reason: null };
  },
);

export const recordPlanReview = takePlan<PlanInput & { readonly result: string }>('recordPlanReview', ({ result }) => ({
  reviewResult: result,
}));

export const returnPlan = takePlan<PlanReasonInput>('returnPlan', ({ reason }) => ({ reason: reason }));

export interface ApprovePlanInput extends PlanInput {
  readonly body: string;
  readonly documentNumber: string;
  readonly approvedOn: string;
  readonly file?: string | null;
}
/** Records the approval; the chairmen's meeting that it was submitted to must have been held. */
export const approvePlan = takePlan<ApprovePlanInput>('approvePlan', async (input, context, row) => {
  if (input.approvedOn > today()) throw new RuleBroken('DATE_FUTURE', { path: ['approvedOn'] });
  if (input.file != null && !isId(input.file)) throw new RuleBroken('NOT_FOUND', { path: ['file'] });
  const meeting = await seenConsultation(context, String(row['chairmensMeeting']), 'plan');
  if (meeting.status !== 'HELD') throw new RuleBroken('PLAN_NOT_REVIEWED', { record: row.id });
  return {
    approvalBody: input.body,
    documentNumber: input.documentNumber,
    approvedOn: input.approvedOn,
    ...(input.file != null && { file: input.file }),
  };
});

export const publishPlan = takePlan<AudienceInput>('publishPlan', ({ visibility }) => ({
  visibility: chosenVisibility(visibility, 'PUBLIC'),
  reason: null,
}));

export const withdrawPlan = takePlan<PlanReasonInput>('withdrawPlan', ({ reason }) => ({ reason: reason }));
