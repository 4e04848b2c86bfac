import type { Visibility } from '@hub/access';
import { build, DatabaseError, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import type { FetchContext } from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { keepAudiences } from '../cooperation-audiences/tables.ts';
import { jointPlan } from './tables.ts';

const { placeholder } = sql;

const once = sql`(values (1)) as once`;
const holdPlan = statement(
  build
    .select({
      held: sql`pg_advisory_xact_lock(hashtextextended('consultations.joint_plan ' || ${placeholder('plan')}::text, 0))`,
      // Before any row is: what locks the plan names its cooperation again, for which the follower of cooperations may wait.
      audiencesHeld: keepAudiences,
    })
    .from(once),
);
const lapse = statement(
  build
    .select({
      lapsed: sql`consultations.lapse_joint_plan(${placeholder('plan')}::uuid, ${placeholder('today')}::date)`,
    })
    .from(once),
);
const settlePlan = statement(
  build.select({ settled: sql`consultations.settle_joint_plan(${placeholder('plan')}::uuid)` }).from(once),
);

const plansHeld = statement(
  build
    .select({
      id: jointPlan.id,
      owner: jointPlan.owner,
      status: jointPlan.status,
      visibility: jointPlan.visibility,
      parties: jointPlan.parties,
      subjects: jointPlan.subjects,
      required: jointPlan.required,
      number: jointPlan.number,
      lockedNumber: jointPlan.lockedNumber,
      starts: jointPlan.starts,
      consultation: jointPlan.consultation,
      revision: jointPlan.revision,
    })
    .from(jointPlan)
    .where(and(sql`${jointPlan.id} = ${placeholder('id')}::uuid`, isNull(jointPlan.deleted))),
);
export type HeldPlan = Awaited<ReturnType<typeof plansHeld.run>>[number];

/**
 * A plan, held until the end of the transaction: whatever is done to one is done after the other, so what is read here is
 * what the step is taken on.
 * @throws RuleBroken NOT_FOUND where there is none that the actor may see
 */
export async function heldPlan({ scope }: FetchContext, id: string): Promise<HeldPlan> {
  if (isId(id)) {
    await scope.run(holdPlan, { plan: id });
    await scope.run(lapse, { plan: id, today: today() });
  }
  const [plan] = isId(id) ? await scope.run(plansHeld, { id }) : [];
  if (!plan) throw new RuleBroken('NOT_FOUND', { path: ['jointPlan'] });
  return plan;
}

/** Draws what follows from what was written. A time that somebody else took first is a conflict like any other. */
export async function settle(scope: Scope, { id }: Pick<HeldPlan, 'id'>): Promise<{ id: string }> {
  try {
    await scope.run(settlePlan, { plan: id });
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'CONFLICT')
      throw new RuleBroken('CONFLICT', { record: id, details: { reason: 'TIME' } });
    throw error;
  }
  return { id };
}

/** What belongs to a plan, as its party writes it. */
export const partOfPlan = ({ visibility, parties, subjects }: HeldPlan, owner: string) => ({
  id: crypto.randomUUID(),
  owner,
  ownerAsFiled: owner,
  visibility: visibility as Visibility,
  parties: [...parties],
  subjects: [...subjects],
});

/** @throws RuleBroken STEP_NOT_ALLOWED where nothing is negotiated any more */
export function assertOpen({ id, status }: { readonly id?: string | undefined; readonly status: string }): void {
  if (status !== 'TENTATIVE' && status !== 'CONFIRMED')
    throw new RuleBroken('STEP_NOT_ALLOWED', { record: id, details: { state: status, from: 'TENTATIVE, CONFIRMED' } });
}
