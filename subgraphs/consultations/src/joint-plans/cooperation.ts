import { build, type Scope, statement } from '@hub/database';
import { and, desc, isNull, sql } from 'drizzle-orm';
import { cooperationLink } from '../consultations/tables.ts';
import { type HeldPlan, partOfPlan } from './held-plan.ts';
import { jointPlanCooperation } from './tables.ts';

const { placeholder } = sql;

const knownCooperations = statement(
  build
    .select({ owner: cooperationLink.referenceOwner, visibility: cooperationLink.referenceVisibility })
    .from(cooperationLink)
    .where(and(sql`${cooperationLink.cooperation} = ${placeholder('id')}::uuid`, isNull(cooperationLink.deleted)))
    .orderBy(desc(cooperationLink.modified))
    .limit(1),
);
export async function writeCooperation(scope: Scope, plan: HeldPlan, cooperation: string): Promise<void> {
  const [known] = await scope.run(knownCooperations, { id: cooperation });
  await scope.run(
    statement(
      build.insert(jointPlanCooperation).values({
        ...partOfPlan(plan, plan.owner),
        // Unless it is known who may see the cooperation itself, it is shown to those alone who named it.
        referenceOwner: known?.owner ?? plan.owner,
        referenceVisibility: known?.visibility ?? 'INTERNAL',
        jointPlan: plan.id,
        cooperation,
      }),
    ),
  );
}
