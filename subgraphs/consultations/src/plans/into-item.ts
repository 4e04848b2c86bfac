import { RuleBroken } from '@hub/errors';
import type { FetchContext } from '@hub/workflow';
import type { PlanItemInput } from './content.ts';
import { lockItem, startItem, touchPlan } from './items.ts';
import { assertInPlan, editable, invalid, planSteps, standing } from './steps.ts';

/** Into an item that is there, or into a new one. */
export interface IntoItem {
  readonly item?: string | null;
  readonly newItem?: (PlanItemInput & { readonly kind: string }) | null;
}

/** The item that something is taken into; a new one has the source's title unless it is given its own. */
export async function itemFor(
  context: FetchContext,
  into: IntoItem,
  of: { readonly plan: string; readonly title: string },
): Promise<{ id: string; plan: string }> {
  if (into.item != null && into.newItem != null) throw invalid('newItem');
  if (into.item != null) {
    const found = await lockItem(context, into.item);
    assertInPlan(await planSteps.read(context, found.plan, 'plan'), standing);
    return found;
  }
  if (into.newItem == null) throw new RuleBroken('REQUIRED', { path: ['item'], details: { field: 'item' } });
  const planRow = await planSteps.read(context, of.plan, 'plan');
  await touchPlan(context, planRow.id, editable);
  const title = into.newItem.title ?? of.title;
  return { id: (await startItem(context, planRow, { ...into.newItem, title })).id, plan: of.plan };
}
