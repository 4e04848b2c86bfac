import { RuleBroken } from '@hub/errors';
import { type SteppedRow, stepsOf } from '@hub/workflow';
import { consultationSettings } from '../settings/settings.ts';
import { planMachine } from './plan.machine.ts';
import { planItemMachine } from './plan-item.machine.ts';
import { plan, planEvent, planItem, planItemEvent, planTopic, planTopicEvent } from './tables.ts';
import { topicMachine } from './topic.machine.ts';

/** How plans, their items and the topics suggested for them are made and moved. */
export const planSteps = stepsOf(plan, planMachine, planEvent, consultationSettings);
export const itemSteps = stepsOf(planItem, planItemMachine, planItemEvent, consultationSettings);
export const topicSteps = stepsOf(planTopic, topicMachine, planTopicEvent, consultationSettings);

/** States of a plan in which its items are put together, and those in which they are carried out. */
export const editable = ['COLLECTING', 'DRAFT'] as const;
export const inForce = ['APPROVED', 'PUBLISHED'] as const;
export const standing = Object.keys(planMachine.states).filter((state) => state !== 'WITHDRAWN');

/** Most characters of what is written in and about a plan. */
export const longest = {
  title: 100,
  text: 2_000,
  reason: 500,
  result: 2_000,
  body: 100,
  documentNumber: 100,
  localKind: 50,
  lead: 100,
} as const;

export const invalid = (field: string) => new RuleBroken('INVALID', { path: [field], details: { field } });

/** @throws RuleBroken STEP_NOT_ALLOWED where the plan is in none of these states */
export function assertInPlan(now: SteppedRow, states: readonly string[], record?: string): void {
  if (!states.includes(now.status))
    throw new RuleBroken('STEP_NOT_ALLOWED', { record, details: { state: now.status, from: states.join(', ') } });
}
