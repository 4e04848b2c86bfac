import { RuleBroken } from '@hub/errors';
import {
  assertMayEver,
  assertNoMoreThan,
  assertOthers,
  assertStart,
  type FetchContext,
  type MutationInput,
} from '@hub/workflow';
import { visibleConsultation } from '../consultations/steps.ts';
import { assertLengths, givenCommittee, givenId } from '../given.ts';
import { acceptJointPlan } from './answers.ts';
import { type CallOffInput, callOff } from './calling-off.ts';
import { writeCooperation } from './cooperation.ts';
import { heldPlan, settle } from './held-plan.ts';
import { jointPlanMachine } from './joint-plan.machine.ts';
import { mostParties } from './parties.ts';
import { type GivenProposal, proposalOf } from './proposal.ts';
import { jointPlanSteps, longest } from './steps.ts';
import { assertSides, writeProposal } from './written-proposal.ts';

export interface StartInput extends MutationInput, GivenProposal {
  readonly committee: string;
  readonly parties: readonly { readonly committee: string; readonly required: boolean }[];
  readonly title: string;
  readonly kind: string;
  readonly durationMinutes: number;
  readonly starts: readonly string[];
  readonly comment?: string | null;
  readonly cooperation?: string | null;
  readonly follows?: string | null;
  readonly hostName?: string | null;
  readonly workstation?: string | null;
}

/** Proposes a plan to others; who starts it has accepted its own proposal, every time of it. */
export async function startJointPlan(input: StartInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  const owner = givenCommittee(input.committee);
  assertStart(jointPlanMachine, 'startJointPlan', context.actor, { owner }, { ...input });
  assertLengths(input, longest);
  const invited = input.parties.map(({ committee, required }, at) => ({
    committee: givenCommittee(committee, ['parties', String(at), 'committee']),
    required,
  }));
  if (invited.length === 0) throw new RuleBroken('REQUIRED', { path: ['parties'], details: { field: 'parties' } });
  const parties = [owner, ...invited.map(({ committee }) => committee)];
  assertNoMoreThan(mostParties, invited, ['parties']);
  assertOthers(owner, parties.slice(1), (at) => ['parties', String(at), 'committee']);
  const proposal = proposalOf(input, owner, null);
  assertSides(proposal, parties);
  const follows = await visibleConsultation(scope, input.follows, 'follows');
  const audience = { owner, visibility: 'JOINT' as const, parties, subjects: [] };
  const { id } = await jointPlanSteps.start(
    context,
    'startJointPlan',
    {
      ...audience,
      title: proposal.title,
      kind: proposal.kind,
      required: [owner, ...invited.flatMap(({ committee, required }) => (required ? [committee] : []))],
      number: 1,
      follows,
    },
    input,
  );
  const plan = await heldPlan(context, id);
  await writeProposal(scope, plan, owner, {
    ...proposal,
    number: 1,
    basedOn: null,
    comment: input.comment || null,
    lockedBefore: null,
    answerBy: null,
  });
  if (input.cooperation != null) await writeCooperation(scope, plan, givenId(input.cooperation, 'cooperation'));
  await settle(scope, plan);
  const { hostName, workstation } = input;
  return acceptJointPlan({ jointPlan: id, number: 1, hostName, workstation }, context);
}

/** Before it is locked its initiator calls it off; after that it is for all who host. */
export async function cancelJointPlan(input: CallOffInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(jointPlanMachine, 'cancelJointPlan', context.actor);
  assertLengths(input, longest);
  const plan = await heldPlan(context, input.jointPlan);
  if (plan.status === 'CONFIRMED') return callOff(input, context);
  await jointPlanSteps.take(context, 'cancelJointPlan', 'jointPlan', input, () => ({ reason: input.reason }));
  return settle(context.scope, plan);
}
