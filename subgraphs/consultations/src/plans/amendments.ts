import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { type FetchContext, type SteppedRow, within } from '@hub/workflow';
import { assertLengths } from '../given.ts';
import { contentOf, contentWith, type PlanItemInput } from './content.ts';
import type { PlanReasonInput } from './course.ts';
import { startItem } from './items.ts';
import { keepResponsible } from './responsible.ts';
import { itemSteps, longest, planSteps } from './steps.ts';
import { type PlanItemContent, planAmendment } from './tables.ts';

export interface AmendPlanInput extends PlanReasonInput {
  readonly add?: readonly (PlanItemInput & { readonly kind: string })[] | null;
  readonly change?: readonly (PlanItemInput & { readonly item: string })[] | null;
  readonly remove?: readonly string[] | null;
}

/** Changes a published plan, with a reason; how each item read before stays readable. */
export async function amendPlan(input: AmendPlanInput, context: FetchContext): Promise<{ id: string }> {
  const { id, row } = await planSteps.take(context, 'amendPlan', 'plan', input, () => {
    assertLengths(input, longest);
    if (!input.add?.length && !input.change?.length && !input.remove?.length)
      throw new RuleBroken('REQUIRED', { path: ['change'], details: { field: 'add, change, remove' } });
    return {};
  });
  const made: { planItem: string; change: string; before: PlanItemContent | null; after: PlanItemContent | null }[] =
    [];
  const assertIn = (item: SteppedRow, field = 'item') => {
    if (item['plan'] !== id) throw new RuleBroken('NOT_FOUND', { path: [field] });
  };
  for (const [at, given] of (input.add ?? []).entries()) {
    const added = await within(['add', String(at)], () => startItem(context, row, given));
    made.push({ planItem: added.id, change: 'ADDED', before: null, after: added.content });
  }
  for (const [at, given] of (input.change ?? []).entries())
    await within(['change', String(at)], () =>
      itemSteps.take(context, 'changePlanItem', 'item', given, async (item) => {
        assertIn(item);
        await keepResponsible(context, item, given);
        const [before, after] = [contentOf(item), contentWith(given, contentOf(item))];
        made.push({ planItem: item.id, change: 'CHANGED', before, after });
        return { ...after };
      }),
    );
  for (const [at, item] of (input.remove ?? []).entries()) {
    // An id alone: its place in the list is its name.
    const given: Record<string, string> = { [at]: item };
    await within(['remove'], () =>
      itemSteps.take(context, 'removePlanItem', String(at), given, (gone) => {
        assertIn(gone, String(at));
        made.push({ planItem: gone.id, change: 'REMOVED', before: contentOf(gone), after: null });
        return {};
      }),
    );
  }
  const { owner, visibility, parties, subjects } = row;
  const rows = made.map((one, position) => ({
    id: crypto.randomUUID(),
    owner,
    ownerAsFiled: owner,
    visibility,
    parties: [...parties],
    subjects: [...subjects],
    plan: id,
    reason: input.reason,
    position,
    ...one,
  }));
  await context.scope.run(statement(build.insert(planAmendment).values(rows)));
  return { id };
}
