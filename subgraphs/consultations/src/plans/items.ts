import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertRevision, assertStart, type FetchContext, type MutationInput, type SteppedRow } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { submission } from '../submissions/tables.ts';
import { contentOf, contentWith, nothing, type PlanItemInput } from './content.ts';
import { planItemMachine } from './plan-item.machine.ts';
import { keepResponsible } from './responsible.ts';
import { assertInPlan, editable, itemSteps, planSteps } from './steps.ts';
import { type PlanItemContent, plan, planItem, planTopic } from './tables.ts';

const { placeholder } = sql;

export type AddPlanItemInput = MutationInput & PlanItemInput & { readonly plan: string; readonly kind: string };
export type ChangePlanItemInput = MutationInput & PlanItemInput & { readonly item: string };
export interface ItemInput extends MutationInput {
  readonly item: string;
}

const planTouched = statement(
  build
    .update(plan)
    .set({ title: sql`${plan.title}` })
    .where(
      and(
        eq(plan.id, sql`${placeholder('id')}::uuid`),
        sql`${plan.status} = any(${placeholder('states')}::text[])`,
        sql`(${placeholder('revision')}::int is null or ${plan.revision} = ${placeholder('revision')}::int)`,
      ),
    )
    .returning({ revision: plan.revision }),
);
/** Makes what happens to an item a change of its plan too: whoever moves the plan at the same time waits, or comes second. */
export async function touchPlan(
  context: FetchContext,
  id: string,
  states: readonly string[],
  expected?: number | null,
) {
  const [touched] = await context.scope.run(planTouched, { id, states: [...states], revision: expected ?? null });
  if (touched) return;
  const now = await planSteps.read(context, id, 'plan');
  assertInPlan(now, states);
  assertRevision(now, expected);
}

/** Puts an item at the end of a plan. */
export async function startItem(
  context: FetchContext,
  of: SteppedRow,
  input: PlanItemInput,
): Promise<{ id: string; content: PlanItemContent }> {
  const { owner, visibility, parties, subjects } = of;
  const audience = { owner, visibility, parties, subjects };
  assertStart(planItemMachine, 'addPlanItem', context.actor, audience, { ...input });
  const content = contentWith(input, nothing);
  const position = sql`(select coalesce(max(${planItem.position}) + 1, 0) from ${planItem} where ${planItem.plan} = ${of.id}::uuid)`;
  const { id } = await itemSteps.start(
    context,
    'addPlanItem',
    { ...audience, plan: of.id, ...content, position },
    input,
  );
  await keepResponsible(context, { id, ...audience }, input);
  return { id, content };
}

export async function addPlanItem(input: AddPlanItemInput, context: FetchContext): Promise<{ id: string }> {
  const of = await planSteps.read(context, input.plan, 'plan');
  assertStart(planItemMachine, 'addPlanItem', context.actor, of, { ...input });
  await touchPlan(context, of.id, editable, input.expectedRevision);
  const { id } = await startItem(context, of, input);
  return { id };
}

export async function changePlanItem(input: ChangePlanItemInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await itemSteps.take(context, 'changePlanItem', 'item', input, async (row) => {
    await touchPlan(context, String(row['plan']), editable);
    await keepResponsible(context, row, input);
    return { ...contentWith(input, contentOf(row)) };
  });
  return { id };
}

export async function removePlanItem(input: ItemInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await itemSteps.take(context, 'removePlanItem', 'item', input, async (row) => {
    await touchPlan(context, String(row['plan']), editable);
    await lockItem(context, row.id);
    const [source] = await context.scope.run(sourcesOfItem, { id: row.id });
    if (source) throw new RuleBroken('PLAN_ITEM_HAS_SOURCES', { record: row.id });
    return {};
  });
  return { id };
}

const sourcesOfItem = statement(
  build
    .select({ id: planTopic.id })
    .from(planTopic)
    .where(and(sql`${planTopic.planItem} = ${placeholder('id')}::uuid`, isNull(planTopic.deleted)))
    .unionAll(
      build
        .select({ id: submission.id })
        .from(submission)
        .where(and(sql`${submission.planItem} = ${placeholder('id')}::uuid`, isNull(submission.deleted))) as never,
    )
    .limit(1),
);
const lockedItem = statement(
  build
    .select({ id: planItem.id, plan: planItem.plan, owner: planItem.owner })
    .from(planItem)
    .where(
      and(
        sql`${planItem.id} = ${placeholder('id')}::uuid`,
        eq(planItem.status, sql`'LISTED'`),
        isNull(planItem.deleted),
      ),
    )
    .for('update'),
);
/** An item that stays in its plan until the end of the mutation. */
export async function lockItem(context: FetchContext, id: string) {
  const [found] = isId(id) ? await context.scope.run(lockedItem, { id }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: ['item'] });
  return found;
}
