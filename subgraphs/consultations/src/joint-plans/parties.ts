import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { assertMayEver, type FetchContext, type MutationInput } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { givenCommittee } from '../given.ts';
import { type HeldPlan, heldPlan, settle } from './held-plan.ts';
import { jointPlanMachine } from './joint-plan.machine.ts';
import { jointPlanSteps } from './steps.ts';
import { jointPlan, jointPlanParty } from './tables.ts';

const { placeholder } = sql;

export const mostParties = 50;

export interface PartyInput extends MutationInput {
  readonly jointPlan: string;
  readonly committee: string;
}
export interface InviteInput extends PartyInput {
  readonly required: boolean;
  readonly inPlaceOf?: string | null;
}

const notHosting = statement(
  build
    .select({ id: jointPlanParty.id })
    .from(jointPlanParty)
    .where(
      and(
        sql`${jointPlanParty.jointPlan} = ${placeholder('plan')}::uuid`,
        sql`${jointPlanParty.owner} = ${placeholder('committee')}`,
        isNull(jointPlanParty.lockedNumber),
        sql`${jointPlanParty.status} not in ('WITHDRAWN', 'UNINVITED')`,
      ),
    ),
);
/** @throws RuleBroken INVALID unless it is a party besides the initiator that doesn't host yet: no committee puts out another */
async function assertNotHosting(scope: Scope, plan: HeldPlan, committee: string, field: string): Promise<void> {
  const [party] = await scope.run(notHosting, { plan: plan.id, committee });
  if (!party || committee === plan.owner) throw new RuleBroken('INVALID', { path: [field], details: { field } });
}

/** Invites another committee, or one again that left. */
export async function inviteParty(input: InviteInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertMayEver(jointPlanMachine, 'inviteParty', context.actor);
  const plan = await heldPlan(context, input.jointPlan);
  const committee = givenCommittee(input.committee);
  const replaced = input.inPlaceOf == null ? null : givenCommittee(input.inPlaceOf, ['inPlaceOf']);
  await jointPlanSteps.take(context, 'inviteParty', 'jointPlan', input, async () => {
    if (plan.parties.includes(committee) || plan.parties.length > mostParties)
      throw new RuleBroken('INVALID', { path: ['committee'], record: plan.id, details: { field: 'committee' } });
    if (replaced !== null) await assertNotHosting(scope, plan, replaced, 'inPlaceOf');
    return {};
  });
  await writeParties(scope, plan, {
    parties: [...plan.parties.filter((party) => party !== replaced), committee],
    required: [...plan.required.filter((party) => party !== replaced), ...(input.required ? [committee] : [])],
  });
  return settle(scope, plan);
}

export async function uninviteParty(input: PartyInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertMayEver(jointPlanMachine, 'uninviteParty', context.actor);
  const plan = await heldPlan(context, input.jointPlan);
  const committee = givenCommittee(input.committee);
  await jointPlanSteps.take(context, 'uninviteParty', 'jointPlan', input, async () => {
    await assertNotHosting(scope, plan, committee, 'committee');
    return {};
  });
  await writeParties(scope, plan, {
    parties: plan.parties.filter((party) => party !== committee),
    required: plan.required.filter((party) => party !== committee),
  });
  return settle(scope, plan);
}

/** After its event is kept: an event has the audience that the plan had. */
async function writeParties(
  scope: Scope,
  { id }: HeldPlan,
  columns: { parties: string[]; required: string[] },
): Promise<void> {
  await scope.run(statement(build.update(jointPlan).set(columns).where(eq(jointPlan.id, id))));
}
