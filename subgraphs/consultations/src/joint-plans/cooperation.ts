import { build, type Scope, statement } from '@hub/database';
import { type HeldPlan, partOfPlan } from './held-plan.ts';
import { jointPlanCooperation } from './tables.ts';

/** Names the cooperation that a plan is part of. Its audience is put there by the database, which knows it from its follower. */
export async function writeCooperation(scope: Scope, plan: HeldPlan, cooperation: string): Promise<void> {
  await scope.run(
    statement(
      build.insert(jointPlanCooperation).values({
        ...partOfPlan(plan, plan.owner),
        // Until it is known who may see the cooperation, nobody is shown that there is one, whoever named it.
        referenceOwner: plan.owner,
        referenceVisibility: 'PRIVATE',
        jointPlan: plan.id,
        cooperation,
      }),
    ),
  );
}
