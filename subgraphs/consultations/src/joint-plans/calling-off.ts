import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { assertRevision, type FetchContext, type MutationInput } from '@hub/workflow';
import { deadlineAfter, today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { consultationSettings } from '../settings/settings.ts';
import { answer, type PartyRow } from './answers.ts';
import { type HeldPlan, settle } from './held-plan.ts';
import { jointPlanParty } from './tables.ts';

const { placeholder } = sql;

const hostsOfPlan = statement(
  build
    .select({ owner: jointPlanParty.owner, callOffBy: jointPlanParty.callOffBy })
    .from(jointPlanParty)
    .where(
      and(
        sql`${jointPlanParty.jointPlan} = ${placeholder('plan')}::uuid`,
        sql`${jointPlanParty.lockedNumber} = ${placeholder('locked')}`,
        isNull(jointPlanParty.deleted),
      ),
    ),
);
/** The parties that host by the locked proposal. */
const hostsOf = (scope: Scope, { id, lockedNumber }: HeldPlan) =>
  scope.run(hostsOfPlan, { plan: id, locked: lockedNumber });

/** The day by which all who host have to answer what is asked of them today: each has the days that it says. */
export async function answerByOf(context: FetchContext, plan: HeldPlan): Promise<string> {
  const hosts = await hostsOf(context.scope, plan);
  const days = await Promise.all(
    hosts.map(async ({ owner }) => (await consultationSettings.of(context, owner)).jointPlanAnswerWorkingDays),
  );
  return deadlineAfter(today(), Math.max(1, ...days), 'WORKING_DAYS').day;
}

/** @throws RuleBroken NOT_YOURS for a party that doesn't host, MEETING_BEGUN once it has begun */
function assertHostsAhead(plan: HeldPlan, { lockedNumber }: PartyRow): void {
  if (lockedNumber === null || lockedNumber !== plan.lockedNumber)
    throw new RuleBroken('NOT_YOURS', { record: plan.id, details: { who: '主办该协商活动的政协机关经办人员' } });
  if (plan.starts !== null && Date.parse(plan.starts) <= Date.now())
    throw new RuleBroken('MEETING_BEGUN', { record: plan.id });
}

export interface CallOffInput extends MutationInput {
  readonly jointPlan: string;
  readonly reason: string;
}

/** One host would call off what is locked; with the last that says so it is. */
export async function callOff(
  { expectedRevision, ...input }: CallOffInput,
  context: FetchContext,
): Promise<{ id: string }> {
  const plan = await answer(context, 'cancelJointPlan', input, async (held, party) => {
    assertHostsAhead(held, party);
    assertRevision(held, expectedRevision);
    const asked = (await hostsOf(context.scope, held)).some(({ callOffBy }) => callOffBy !== null);
    return {
      callOffReason: input.reason,
      ...(!asked && { callOffBy: await answerByOf(context, held) }),
    };
  });
  return settle(context.scope, plan);
}

const keepPlan = statement(
  build
    .select({ kept: sql`consultations.keep_joint_plan(${placeholder('plan')}::uuid)` })
    .from(sql`(values (1)) as once`),
);

/** One host would have it take place: what others said of calling it off is over. */
export async function keepJointPlan(input: CallOffInput, context: FetchContext): Promise<{ id: string }> {
  const plan = await answer(context, 'keepJointPlan', input, async (held, party) => {
    assertHostsAhead(held, party);
    if (!(await hostsOf(context.scope, held)).some(({ callOffBy }) => callOffBy !== null))
      throw new RuleBroken('STEP_NOT_ALLOWED', {
        record: held.id,
        details: { state: held.status, from: 'CONFIRMED, while a host would call it off' },
      });
    return {};
  });
  await context.scope.run(keepPlan, { plan: plan.id });
  return settle(context.scope, plan);
}
