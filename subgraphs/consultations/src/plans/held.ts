import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import type { FetchContext, SteppedRow } from '@hub/workflow';
import { and, isNull, sql } from 'drizzle-orm';
import { consultation } from '../consultations/tables.ts';
import { assertLengths } from '../given.ts';
import { contentOf } from './content.ts';
import { type ItemInput, lockItem } from './items.ts';
import { assertInPlan, inForce, itemSteps, longest, planSteps } from './steps.ts';
import { planItem, planItemHeld } from './tables.ts';

const { placeholder } = sql;

const staffSentence = { who: '该政协机关经办人员' };

const consultationsById = statement(
  build
    .select({ id: consultation.id, owner: consultation.owner, kind: consultation.kind, status: consultation.status })
    .from(consultation)
    .where(and(sql`${consultation.id} = ${placeholder('id')}::uuid`, isNull(consultation.deleted))),
);
export async function seenConsultation(context: FetchContext, id: string, path: string) {
  const [found] = isId(id) ? await context.scope.run(consultationsById, { id }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return found;
}
/** Of what is off, something else may take the place. */
const off: readonly string[] = ['NOT_HELD', 'CANCELLED', 'DECLINED'];
export const isOff = (status: string) => off.includes(status);

/** The consultations of a plan's items, linked or named by the plan itself. */
const carriedOut = statement(
  build
    .select({ item: sql<string>`carried.item`.as('item'), id: consultation.id, status: consultation.status })
    .from(
      sql`(select ${planItemHeld.planItem} as item, ${planItemHeld.consultation} as consultation from ${planItemHeld}
        where ${planItemHeld.plan} = ${placeholder('plan')}::uuid and ${planItemHeld.deleted} is null
        union select id, consultation from ${planItem} where plan = ${placeholder('plan')}::uuid and status = 'LISTED' and consultation is not null) as carried`,
    )
    .innerJoin(consultation, sql`${consultation.id} = carried.consultation`),
);

/** Links a consultation of the committee to the item that it carries out. */
async function link(context: FetchContext, row: SteppedRow, id: string): Promise<Readonly<Record<string, unknown>>> {
  const of = String(row['plan']);
  assertInPlan(await planSteps.read(context, of, 'plan'), inForce, row.id);
  const found = await seenConsultation(context, id, 'consultation');
  if (found.owner !== row.owner) throw new RuleBroken('NOT_YOURS', { path: ['consultation'], details: staffSentence });
  await lockItem(context, row.id);
  const carried = await context.scope.run(carriedOut, { plan: of });
  if (carried.some((one) => one.id === id)) throw new RuleBroken('CONSULTATION_IN_PLAN', { path: ['consultation'] });
  const { title, count } = contentOf(row);
  const most = count === null ? (title === null ? null : 1) : count.qualifier === 'EXACT' ? count.value : null;
  if (most !== null && carried.filter((one) => one.item === row.id && !isOff(one.status)).length >= most)
    throw new RuleBroken('PLAN_ITEM_FULL', { path: ['consultation'], record: row.id, details: { count: most } });
  const { owner, visibility, parties, subjects } = row;
  await context.scope.run(
    statement(
      build.insert(planItemHeld).values({
        id: crypto.randomUUID(),
        owner,
        ownerAsFiled: owner,
        visibility,
        parties: [...parties],
        subjects: [...subjects],
        plan: of,
        planItem: row.id,
        consultation: id,
      }),
    ),
  );
  return {};
}

export interface HoldPlanItemInput extends ItemInput {
  readonly consultation: string;
}
export async function holdPlanItem(input: HoldPlanItemInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await itemSteps.take(context, 'holdPlanItem', 'item', input, (row) =>
    link(context, row, input.consultation),
  );
  return { id };
}

/**
 * The same for a consultation that is being planned, in its own mutation.
 * @throws RuleBroken with the path `planItem`, or whatever {@link holdPlanItem} is refused with
 */
export async function linkItem(context: FetchContext, planItem: string, consultation: string): Promise<void> {
  await itemSteps.take(context, 'holdPlanItem', 'planItem', { planItem, consultation }, (row) =>
    link(context, row, consultation),
  );
}

const unlinked = statement(
  build
    .update(planItemHeld)
    .set({ deleted: sql`now()` })
    .where(
      and(
        sql`${planItemHeld.planItem} = ${placeholder('item')}::uuid`,
        sql`${planItemHeld.consultation} = ${placeholder('consultation')}::uuid`,
        isNull(planItemHeld.deleted),
      ),
    )
    .returning({ id: planItemHeld.id }),
);
export async function releasePlanItem(
  input: HoldPlanItemInput & { readonly reason: string },
  context: FetchContext,
): Promise<{ id: string }> {
  const { id } = await itemSteps.take(context, 'releasePlanItem', 'item', input, async (row) => {
    assertLengths(input, longest);
    const { consultation } = input;
    const gone = isId(consultation) ? await context.scope.run(unlinked, { item: row.id, consultation }) : [];
    if (gone.length === 0) throw new RuleBroken('NOT_FOUND', { path: ['consultation'] });
    return {};
  });
  return { id };
}
