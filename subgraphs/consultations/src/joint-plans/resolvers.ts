import { connectionResolvers } from '@hub/connections';
import { type Committee, currentCode } from '@hub/regions';
import { committeeByCode, type Resolvers, regionByCode } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { acceptJointPlan, answerJointPlanTentatively, declineJointPlan, withdrawFromJointPlan } from './answers.ts';
import { keepJointPlan } from './calling-off.ts';
import { counterJointPlan, takeBackCounter } from './counters.ts';
import { cancelJointPlan, startJointPlan } from './initiator.ts';
import { inviteParty, uninviteParty } from './parties.ts';
import { pendingOfParty } from './pending.ts';
import { changesOf, quotaOf, sameInstant } from './proposal.ts';
import { jointPlanPartySteps, jointPlanSteps } from './steps.ts';
import type { JointPlan, JointPlanParty, JointPlanProposal, JointPlansRequest } from './store.ts';
import type { JointPlanQuota, JointPlanTopic, JointPlanVisit } from './tables.ts';

interface Stub {
  readonly id: string;
}
interface Slot {
  readonly starts: string;
  readonly ends: string;
  readonly proposal: JointPlanProposal;
}
const read = (id: string, { jointPlans }: Context) => jointPlans.plans.load(id);
const reference = (id: string | null | undefined) => (id ? { id } : null);
const committeeOf = ({ committee }: JointPlanTopic | JointPlanVisit | JointPlanQuota) =>
  committee === null ? null : committeeByCode(committee);

const endOf = (start: string, minutes: number) => new Date(Date.parse(start) + minutes * 60_000).toISOString();
const slotsOf = (proposal: JointPlanProposal): Slot[] =>
  proposal.starts.map((starts) => ({ starts, ends: endOf(starts, proposal.durationMinutes), proposal }));
const numbered = async (plan: JointPlan, number: number | null, { jointPlans }: Context) =>
  (await jointPlans.proposalsOfPlan.load(plan.id)).find((proposal) => proposal.number === number) ?? null;
/** The proposal that a plan stands at; null where the plan may not be seen. */
const currentOf = async (id: string, context: Context) => {
  const plan = await read(id, context);
  return plan && numbered(plan, plan.number, context);
};

export const jointPlanResolvers: Resolvers = {
  Query: {
    jointPlan: (_, { id }: Stub, context: Context) => read(id, context),
    jointPlanParty: (_, { id }: Stub, { jointPlans }: Context) => jointPlans.parties.load(id),
  },
  Committee: {
    jointPlans: ({ code }: Committee, args: JointPlansRequest, { jointPlans }: Context) =>
      jointPlans.ofCommittee(currentCode(code), args),
  },
  Consultation: {
    jointPlan: async ({ id }: Stub, _, { jointPlans }: Context) =>
      (await jointPlans.planOfConsultation.load(id))[0] ?? null,
  },
  JointPlan: {
    __resolveReference: ({ id }: Stub, context: Context) => read(id, context),
    initiator: ({ owner }: JointPlan) => committeeByCode(owner),
    parties: async ({ id, owner }: JointPlan, _, { jointPlans }: Context) => {
      const parties = await jointPlans.partiesOfPlan.load(id);
      return [...parties.filter((party) => party.owner === owner), ...parties.filter((party) => party.owner !== owner)];
    },
    proposal: (plan: JointPlan, _, context: Context) => numbered(plan, plan.number, context),
    locked: (plan: JointPlan, _, context: Context) => numbered(plan, plan.lockedNumber, context),
    proposals: ({ id }: JointPlan, _, { jointPlans }: Context) => jointPlans.proposalsOfPlan.load(id),
    slot: async (plan: JointPlan, _, context: Context) => {
      const proposal = await numbered(plan, plan.lockedNumber, context);
      return proposal && plan.starts && plan.ends ? { starts: plan.starts, ends: plan.ends, proposal } : null;
    },
    consultation: ({ consultation }: JointPlan, _, { consultations }: Context) =>
      consultation === null ? null : consultations.consultations.load(consultation),
    follows: ({ follows }: JointPlan, _, { consultations }: Context) =>
      follows === null ? null : consultations.consultations.load(follows),
    cooperation: async ({ id }: JointPlan, _, { jointPlans }: Context) =>
      reference((await jointPlans.cooperationOfPlan.load(id))[0]?.cooperation),
    callOffBy: async ({ id }: JointPlan, _, { jointPlans }: Context) =>
      (await jointPlans.partiesOfPlan.load(id)).find(({ callOffBy }) => callOffBy !== null)?.callOffBy ?? null,
    ...jointPlanSteps.fields,
  },
  JointPlanParty: {
    __resolveReference: ({ id }: Stub, { jointPlans }: Context) => jointPlans.parties.load(id),
    jointPlan: ({ jointPlan }: JointPlanParty, _, context: Context) => read(jointPlan, context),
    committee: ({ owner }: JointPlanParty) => committeeByCode(owner),
    required: async ({ jointPlan, owner }: JointPlanParty, _, context: Context) =>
      (await read(jointPlan, context))?.required.includes(owner) ?? false,
    slots: async ({ jointPlan, status, number, starts }: JointPlanParty, _, context: Context) => {
      const proposal = await currentOf(jointPlan, context);
      return proposal && status === 'ACCEPTED' && number === proposal.number
        ? slotsOf(proposal).filter((slot) => starts?.some((start) => sameInstant(start, slot.starts)) ?? true)
        : [];
    },
    workstation: async ({ id }: JointPlanParty, _, { jointPlans }: Context) =>
      reference((await jointPlans.platformOfParty.load(id))[0]?.workstation),
    quota: async ({ jointPlan, owner }: JointPlanParty, _, context: Context) => {
      const proposal = await currentOf(jointPlan, context);
      return proposal && quotaOf(proposal, owner);
    },
    hosts: ({ lockedNumber }: JointPlanParty) => lockedNumber !== null,
    events: jointPlanPartySteps.fields.events,
    callsOff: ({ callOffReason }: JointPlanParty) => callOffReason !== null,
    pendingSteps: pendingOfParty,
  },
  JointPlanProposal: {
    committee: ({ owner }: JointPlanProposal) => committeeByCode(owner),
    region: ({ region }: JointPlanProposal) => (region === null ? null : regionByCode(region)),
    slots: slotsOf,
    changes: async (proposal: JointPlanProposal, _, { jointPlans }: Context) => {
      const all = await jointPlans.proposalsOfPlan.load(proposal.jointPlan);
      // Of a change all want to know what becomes of what is locked, however often it was countered.
      const before = all.find(({ number }) => number === (proposal.lockedBefore ?? proposal.basedOn));
      return before ? changesOf(before, proposal) : [];
    },
  },
  JointPlanSlot: {
    suitsAll: async ({ starts, proposal }: Slot, _, { jointPlans }: Context) =>
      (await jointPlans.partiesOfPlan.load(proposal.jointPlan)).every(
        (party) =>
          party.status !== 'ACCEPTED' ||
          party.number !== proposal.number ||
          (party.starts?.some((start) => sameInstant(start, starts)) ?? true),
      ),
    free: async ({ starts, proposal }: Slot, _, { jointPlans }: Context) =>
      (await jointPlans.freeSlotsOfProposal.load(proposal.id)).find(({ start }) => sameInstant(start, starts))?.free ??
      null,
  },
  JointPlanTopic: { committee: committeeOf },
  JointPlanVisit: { committee: committeeOf },
  JointPlanQuota: { committee: committeeOf },
  JointPlanConnection: connectionResolvers,
  Mutation: {
    startJointPlan: mutation('jointPlan', startJointPlan, read),
    inviteParty: mutation('jointPlan', inviteParty, read),
    uninviteParty: mutation('jointPlan', uninviteParty, read),
    cancelJointPlan: mutation('jointPlan', cancelJointPlan, read),
    keepJointPlan: mutation('jointPlan', keepJointPlan, read),
    acceptJointPlan: mutation('jointPlan', acceptJointPlan, read),
    answerJointPlanTentatively: mutation('jointPlan', answerJointPlanTentatively, read),
    declineJointPlan: mutation('jointPlan', declineJointPlan, read),
    counterJointPlan: mutation('jointPlan', counterJointPlan, read),
    takeBackCounter: mutation('jointPlan', takeBackCounter, read),
    withdrawFromJointPlan: mutation('jointPlan', withdrawFromJointPlan, read),
  },
};
