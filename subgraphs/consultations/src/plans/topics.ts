import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { assertMayEver, assertStart, type FetchContext, type MutationInput } from '@hub/workflow';
import { today } from '@hub/working-days';
import { assertLengths } from '../given.ts';
import type { PlanInput } from './course.ts';
import { type IntoItem, itemFor } from './into-item.ts';
import { invalid, longest, planSteps, topicSteps } from './steps.ts';
import { planTopicSuggester } from './tables.ts';
import { topicMachine } from './topic.machine.ts';

export interface SuggestInput extends PlanInput {
  readonly title: string;
  readonly text?: string | null;
  readonly organization?: string | null;
}

/** Suggests a topic while they are gathered: a member by themselves or in the name of what they convene, a department, the office. */
export async function suggestPlanTopic(input: SuggestInput, context: FetchContext): Promise<{ id: string }> {
  const { actor } = context;
  assertMayEver(topicMachine, 'suggestPlanTopic', actor);
  const of = await planSteps.read(context, input.plan, 'plan');
  const author = actor.kind === 'MEMBER' ? actor.member : null;
  const department = actor.kind === 'DEPARTMENT' ? actor.department : null;
  const organization = input.organization ?? null;
  assertStart(topicMachine, 'suggestPlanTopic', actor, { owner: of.owner, author, department }, { ...input });
  if (organization !== null && !(actor.kind === 'MEMBER' && actor.convenes.includes(organization)))
    throw new RuleBroken('NOT_YOURS', { path: ['organization'], details: { who: '该界别或小组召集人' } });
  assertLengths(input, longest);
  const until = of['collectUntil'] as string | null;
  if (of.status !== 'COLLECTING' || until === null || until < today())
    throw new RuleBroken('TOPICS_CLOSED', { path: ['plan'] });
  const audience = {
    owner: of.owner,
    visibility: 'INTERNAL' as const,
    parties: [],
    subjects: [author, organization, department].filter((one) => one !== null),
  };
  const who = { author, organization, department };
  const text = { title: input.title, text: input.text || null };
  const row = { ...audience, plan: of.id, ...text, filedBy: actor.kind, ...who };
  const { id } = await topicSteps.start(context, 'suggestPlanTopic', row, input);
  if (actor.kind !== 'STAFF') {
    const reference = { referenceOwner: of.owner, referenceVisibility: 'MEMBERS' as const };
    const suggester = {
      ...audience,
      ...reference,
      ...who,
      id: crypto.randomUUID(),
      ownerAsFiled: of.owner,
      planTopic: id,
    };
    await context.scope.run(statement(build.insert(planTopicSuggester).values(suggester)));
  }
  return { id };
}

interface TopicInput extends MutationInput {
  readonly topic: string;
}

export async function takeTopicIntoPlan(input: TopicInput & IntoItem, context: FetchContext): Promise<{ id: string }> {
  const { id } = await topicSteps.take(context, 'takeTopicIntoPlan', 'topic', input, async (row) => {
    const of = { plan: String(row['plan']), title: String(row['title']) };
    const item = await itemFor(context, input, of);
    if (item.plan !== of.plan) throw invalid('item');
    return { planItem: item.id, reason: null };
  });
  return { id };
}

export async function declineTopic(input: TopicInput & { readonly reason: string }, context: FetchContext) {
  const { id } = await topicSteps.take(context, 'declineTopic', 'topic', input, () => {
    assertLengths(input, longest);
    return { reason: input.reason };
  });
  return { id };
}

export async function releaseTopic(input: TopicInput & { readonly reason: string }, context: FetchContext) {
  const { id } = await topicSteps.take(context, 'releaseTopic', 'topic', input, () => {
    assertLengths(input, longest);
    return { planItem: null, reason: input.reason };
  });
  return { id };
}
