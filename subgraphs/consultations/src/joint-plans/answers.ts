import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { assertMayEver, type FetchContext, type MutationInput } from '@hub/workflow';
import { and, isNull, sql } from 'drizzle-orm';
import { platformReference } from '../consultations/steps.ts';
import { assertLengths } from '../given.ts';
import { assertOpen, type HeldPlan, heldPlan, partOfPlan, settle } from './held-plan.ts';
import { jointPlanPartyMachine } from './joint-plan-party.machine.ts';
import { jointPlanPartySteps, longest } from './steps.ts';
import { jointPlanParty, jointPlanPlatform } from './tables.ts';
import { answeredTimes } from './times.ts';
import { currentProposal } from './written-proposal.ts';

const { placeholder } = sql;

const ownParties = statement(
  build
    .select({
      id: jointPlanParty.id,
      status: jointPlanParty.status,
      lockedNumber: jointPlanParty.lockedNumber,
      excluded: jointPlanParty.excluded,
    })
    .from(jointPlanParty)
    .where(
      and(
        sql`${jointPlanParty.jointPlan} = ${placeholder('plan')}::uuid`,
        sql`${jointPlanParty.owner} = ${placeholder('committee')}`,
        isNull(jointPlanParty.deleted),
      ),
    ),
);

/** What a party of a plan is, before it says something. */
export type PartyRow = Awaited<ReturnType<typeof ownParties.run>>[number];

export interface AnswerInput extends MutationInput {
  readonly jointPlan: string;
  readonly number?: number;
  readonly reason?: string | null;
}

/** Whatever a party says: in its own record, to the proposal that it read, while nobody else says anything to the plan. */
export async function answer<Input extends AnswerInput>(
  context: FetchContext,
  name: string,
  input: Input,
  changes: (
    plan: HeldPlan,
    party: PartyRow,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
): Promise<HeldPlan> {
  const { actor, scope } = context;
  assertMayEver(jointPlanPartyMachine, name, actor);
  if (actor.kind !== 'STAFF') throw new HubError('FORBIDDEN');
  assertLengths(input, longest);
  const plan = await heldPlan(context, input.jointPlan);
  const [party] = await scope.run(ownParties, { plan: plan.id, committee: actor.committee });
  if (!party) throw new RuleBroken('NOT_FOUND', { path: ['jointPlan'] });
  assertOpen(plan);
  if (input.number !== undefined && input.number !== plan.number)
    throw new RuleBroken('CONFLICT', {
      record: plan.id,
      path: ['number'],
      details: { reason: 'PROPOSAL', number: plan.number },
    });
  try {
    await jointPlanPartySteps.take(context, name, 'party', { ...input, party: party.id }, () => changes(plan, party));
  } catch (error) {
    // The payload shows the plan, whichever record it was about.
    if (error instanceof RuleBroken && error.record === party.id)
      throw new RuleBroken(error.code, { path: error.path, details: error.details, record: plan.id });
    throw error;
  }
  return plan;
}

export interface AcceptInput extends AnswerInput {
  readonly number: number;
  readonly starts?: readonly string[] | null;
  readonly hostName?: string | null | undefined;
  readonly workstation?: string | null | undefined;
}

/** Accepts the proposal that was read, for all of its times or some. Where all have, it locks in this very transaction. */
export async function acceptJointPlan(input: AcceptInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  let through: string | null = null;
  const plan = await answer(context, 'acceptJointPlan', input, async (held, party) => {
    const { starts } = await currentProposal(scope, held);
    if (held.lockedNumber !== held.number && !starts.some((start) => Date.parse(start) > Date.now()))
      throw new RuleBroken('DATE_PAST', { path: ['number'], record: held.id, details: { field: 'starts' } });
    const { hostName, workstation } = input;
    if (workstation != null) through = party.id;
    return {
      number: held.number,
      ...answeredTimes(starts, input.starts ?? null, party.excluded),
      reason: null,
      ...(hostName !== undefined && { hostName }),
    };
  });
  if (through !== null) await writePlatform(scope, plan, through, context, input.workstation ?? '');
  return settle(scope, plan);
}

async function writePlatform(
  scope: Scope,
  plan: HeldPlan,
  party: string,
  { actor }: FetchContext,
  workstation: string,
): Promise<void> {
  const owner = 'committee' in actor ? actor.committee : plan.owner;
  const reference = await platformReference(scope, owner, workstation);
  const columns = { referenceOwner: reference.owner, referenceVisibility: reference.visibility, workstation };
  await scope.run(
    statement(
      build
        .insert(jointPlanPlatform)
        .values({ ...partOfPlan(plan, owner), ...columns, jointPlanParty: party })
        .onConflictDoUpdate({ target: jointPlanPlatform.jointPlanParty, set: columns }),
    ),
  );
}

const saying = (name: string) => async (input: AnswerInput, context: FetchContext) => {
  const plan = await answer(context, name, input, ({ number }) => ({
    number,
    starts: null,
    reason: input.reason || null,
  }));
  return settle(context.scope, plan);
};
export const answerJointPlanTentatively = saying('answerJointPlanTentatively');
export const declineJointPlan = saying('declineJointPlan');

const leavePlan = statement(
  build
    .select({ left: sql`consultations.leave_joint_plan(${placeholder('plan')}::uuid)` })
    .from(sql`(values (1)) as once`),
);

export interface WithdrawInput extends MutationInput {
  readonly jointPlan: string;
  readonly reason: string;
}

/** Leaves a plan. The initiator doesn't leave its own: it calls it off. */
export async function withdrawFromJointPlan(input: WithdrawInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const plan = await answer(context, 'withdrawFromJointPlan', input, (held) => {
    if ('committee' in actor && actor.committee === held.owner)
      throw new RuleBroken('NOT_YOURS', { record: held.id, details: { who: '受邀方；发起方请取消计划' } });
    return { reason: input.reason, starts: null };
  });
  await scope.run(leavePlan, { plan: plan.id });
  return settle(scope, plan);
}
