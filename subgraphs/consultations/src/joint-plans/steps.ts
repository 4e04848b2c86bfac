import { stepsOf } from '@hub/workflow';
import { consultationSettings } from '../settings/settings.ts';
import { jointPlanMachine } from './joint-plan.machine.ts';
import { jointPlanPartyMachine } from './joint-plan-party.machine.ts';
import { jointPlan, jointPlanEvent, jointPlanParty, jointPlanPartyEvent } from './tables.ts';

/** How plans are made and moved by their initiator. */
export const jointPlanSteps = stepsOf(jointPlan, jointPlanMachine, jointPlanEvent, consultationSettings);
/** How parties answer. */
export const jointPlanPartySteps = stepsOf(
  jointPlanParty,
  jointPlanPartyMachine,
  jointPlanPartyEvent,
  consultationSettings,
);

/** Most characters of what is said about a plan. */
export const longest = { comment: 1_000, reason: 500, hostName: 100 };
