import type { Context } from '../context.ts';
import { jointPlanPartySteps } from './steps.ts';
import type { JointPlan, JointPlanParty, JointPlanProposal } from './store.ts';

interface Standing {
  readonly plan: JointPlan;
  readonly proposal: JointPlanProposal | undefined;
  /** Whether a host would call it off. */
  readonly calledOff: boolean;
}

/** What else has to hold for a step of a party than that its machine has it. */
const holds: Readonly<Record<string, (party: JointPlanParty, standing: Standing) => boolean>> = {
  // Who hosts by it has accepted it.
  acceptJointPlan: ({ lockedNumber }, { plan }) => lockedNumber === null || lockedNumber !== plan.number,
  takeBackCounter: ({ owner }, { plan, proposal }) =>
    plan.lockedNumber !== null && plan.number !== plan.lockedNumber && proposal?.owner === owner,
  withdrawFromJointPlan: ({ owner }, { plan }) => owner !== plan.owner,
  cancelJointPlan: (party, { plan }) => party.callOffReason === null && isAhead(party, plan),
  keepJointPlan: (party, { plan, calledOff }) => calledOff && isAhead(party, plan),
};
const isAhead = ({ lockedNumber }: JointPlanParty, { lockedNumber: locked, starts }: JointPlan) =>
  locked !== null && lockedNumber === locked && starts !== null && Date.parse(starts) > Date.now();

/** The steps that the one who asks may take for a party now. */
export async function pendingOfParty(party: JointPlanParty, _: unknown, context: Context) {
  const { jointPlans } = context;
  const plan = await jointPlans.plans.load(party.jointPlan);
  if (!plan || (plan.status !== 'TENTATIVE' && plan.status !== 'CONFIRMED')) return [];
  const open = await jointPlanPartySteps.pending(context, party);
  if (open.length === 0) return [];
  const [proposals, parties] = await Promise.all([
    jointPlans.proposalsOfPlan.load(plan.id),
    jointPlans.partiesOfPlan.load(plan.id),
  ]);
  const standing: Standing = {
    plan,
    proposal: proposals.find(({ number }) => number === plan.number),
    calledOff: parties.some(({ callOffBy }) => callOffBy !== null),
  };
  return open.filter(({ step }) => holds[step]?.(party, standing) ?? true);
}
