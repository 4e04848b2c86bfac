import { RuleBroken } from '@hub/errors';
import type { FetchContext, MutationInput } from '@hub/workflow';
import { assertLengths } from '../given.ts';
import { submissionSteps } from '../submissions/store.ts';
import { type IntoItem, itemFor } from './into-item.ts';
import { longest } from './steps.ts';

interface SubmissionInput extends MutationInput {
  readonly submission: string;
}

export async function takeSubmissionIntoPlan(
  input: SubmissionInput & IntoItem & { readonly plan?: string | null },
  context: FetchContext,
): Promise<{ id: string }> {
  const { id } = await submissionSteps.take(context, 'takeSubmissionIntoPlan', 'submission', input, async (row) => {
    if (input.newItem != null && input.plan == null)
      throw new RuleBroken('REQUIRED', { path: ['plan'], details: { field: 'plan' } });
    const item = await itemFor(context, input, { plan: input.plan ?? '', title: String(row['title']) });
    return { planItem: item.id, reason: null };
  });
  return { id };
}

export async function releaseSubmissionFromPlan(
  input: SubmissionInput & { readonly reason: string },
  context: FetchContext,
): Promise<{ id: string }> {
  const { id } = await submissionSteps.take(context, 'releaseSubmissionFromPlan', 'submission', input, () => {
    assertLengths(input, longest);
    return { planItem: null, reason: input.reason };
  });
  return { id };
}
