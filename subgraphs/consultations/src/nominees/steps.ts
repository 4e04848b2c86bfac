import { build, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertMayEver, type FetchContext, type MutationInput, type SteppedRow, stepsOf } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { assertWithinQuota as assertSeatsWithinQuota } from '../attendance/steps.ts';
import { assertLengths, givenId } from '../given.ts';
import { assertOpen, heldPlan } from '../joint-plans/held-plan.ts';
import { quotaOf } from '../joint-plans/proposal.ts';
import { currentProposal } from '../joint-plans/written-proposal.ts';
import { consultationSettings } from '../settings/settings.ts';
import { nomineeMachine } from './nominee.machine.ts';
import { nominee, nomineeEvent, nomineeReference } from './tables.ts';

const { placeholder } = sql;

/** How nominees are named and moved. */
export const nomineeSteps = stepsOf(nominee, nomineeMachine, nomineeEvent, consultationSettings);

const longest = { name: 100, role: 100, reason: 500 };

interface GivenNominee {
  readonly name: string;
  readonly role?: string | null;
  readonly member?: string | null;
  readonly organization?: string | null;
}
export interface NominateInput extends MutationInput, GivenNominee {
  readonly jointPlan: string;
  readonly kind: string;
}
type Plan = Awaited<ReturnType<typeof heldPlan>>;

/** @throws RuleBroken INVALID where a member is named who is none, or an organization for a member */
function assertReference({ member, organization }: GivenNominee, kind: string): void {
  if (member != null && kind !== 'MEMBER')
    throw new RuleBroken('INVALID', { path: ['member'], details: { field: 'member' } });
  if (organization != null && kind === 'MEMBER')
    throw new RuleBroken('INVALID', { path: ['organization'], details: { field: 'organization' } });
  if (member != null) givenId(member, 'member');
  if (organization != null) givenId(organization, 'organization');
}

const nominatedMembers = statement(
  build
    .select({ count: sql<number>`count(*)`.mapWith(Number).as('count') })
    .from(nominee)
    .where(
      and(
        sql`${nominee.jointPlan} = ${placeholder('plan')}::uuid`,
        sql`${nominee.owner} = ${placeholder('owner')}`,
        eq(nominee.kind, 'MEMBER'),
        eq(nominee.status, 'NOMINATED'),
        isNull(nominee.deleted),
      ),
    ),
);
/** Counted while the plan is held, so that two who nominate at once don't both take the last place. */
async function assertWithinQuota(scope: Scope, plan: Plan, owner: string): Promise<void> {
  const quota = quotaOf(await currentProposal(scope, plan), owner);
  const [{ count } = { count: 0 }] = await scope.run(nominatedMembers, { plan: plan.id, owner });
  if (quota !== null && count >= quota)
    throw new RuleBroken('LIMIT_REACHED', { path: ['jointPlan'], details: { maximum: quota } });
}

/** The committee for which the actor names people: a party of a plan that is not cancelled. */
function sideOf({ actor }: FetchContext, { owner, status, parties }: Plan): string {
  if (actor.kind !== 'STAFF') throw new HubError('FORBIDDEN');
  if (actor.committee !== owner && !parties.includes(actor.committee))
    throw new RuleBroken('NOT_YOURS', { details: { who: '参与方政协机关经办人员' } });
  assertOpen({ status });
  return actor.committee;
}

export async function nominate(input: NominateInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(nomineeMachine, 'nominate', context.actor);
  const plan = await heldPlan(context, input.jointPlan);
  const owner = sideOf(context, plan);
  if (input.kind === 'MEMBER') await assertWithinQuota(context.scope, plan, owner);
  return write(context, 'nominate', plan, owner, input.kind, input, null);
}

async function write(
  context: FetchContext,
  name: string,
  plan: Plan,
  owner: string,
  kind: string,
  given: GivenNominee & MutationInput,
  standsInFor: string | null,
): Promise<{ id: string }> {
  assertLengths(given, longest);
  assertReference(given, kind);
  const audience = { owner, visibility: plan.visibility, parties: [...plan.parties], subjects: [...plan.subjects] };
  const { id } = await nomineeSteps.start(
    context,
    name,
    {
      ...audience,
      jointPlan: plan.id,
      kind,
      name: given.name,
      role: given.role || null,
      standsInFor,
    },
    given,
  );
  const { member = null, organization = null } = given;
  if (member === null && organization === null) return { id };
  await context.scope.run(
    statement(
      build.insert(nomineeReference).values({
        ...audience,
        id: crypto.randomUUID(),
        ownerAsFiled: owner,
        // Of its own people a committee shows no more than to its members; whether one is public isn't known here.
        referenceOwner: owner,
        referenceVisibility: 'MEMBERS',
        nominee: id,
        jointPlan: plan.id,
        member,
        organization,
      }),
    ),
  );
  // Of what is locked they are invited by this, beside those who were otherwise.
  if (plan.consultation !== null && member !== null)
    await assertSeatsWithinQuota(
      context.scope,
      plan.consultation,
      owner,
      'jointPlan' in given ? 'jointPlan' : 'nominee',
    );
  return { id };
}

const letGo = statement(
  build
    .update(nomineeReference)
    .set({ status: 'GONE' })
    .where(
      and(sql`${nomineeReference.nominee} = ${placeholder('nominee')}::uuid`, eq(nomineeReference.status, 'NOMINATED')),
    ),
);

export interface ReplaceInput extends MutationInput, GivenNominee {
  readonly nominee: string;
}

/** The plan of a nominee, held. */
async function planOf(context: FetchContext, id: string): Promise<Plan> {
  if (!isId(id)) throw new RuleBroken('NOT_FOUND', { path: ['nominee'] });
  const row = await nomineeSteps.read(context, id, 'nominee');
  return heldPlan(context, String(row['jointPlan']));
}

/** Names a substitute, who takes the place of one that was nominated. */
export async function replaceNominee(input: ReplaceInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(nomineeMachine, 'replaceNominee', context.actor);
  const plan = await planOf(context, input.nominee);
  let before: SteppedRow | undefined;
  await nomineeSteps.take(context, 'replaceNominee', 'nominee', input, (row) => {
    before = row;
    sideOf(context, plan);
    return {};
  });
  await context.scope.run(letGo, { nominee: input.nominee });
  const given = { ...input, role: input.role ?? (before?.['role'] as string | null) };
  return write(context, 'nominate', plan, before?.owner ?? '', String(before?.['kind']), given, input.nominee);
}

export interface WithdrawInput extends MutationInput {
  readonly nominee: string;
  readonly reason: string;
}
export async function withdrawNominee(input: WithdrawInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(nomineeMachine, 'withdrawNominee', context.actor);
  assertLengths(input, longest);
  await planOf(context, input.nominee);
  const { id } = await nomineeSteps.take(context, 'withdrawNominee', 'nominee', input, () => ({
    reason: input.reason,
  }));
  await context.scope.run(letGo, { nominee: id });
  return { id };
}
