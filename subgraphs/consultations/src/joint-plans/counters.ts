import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import type { FetchContext } from '@hub/workflow';
import { and, eq, sql } from 'drizzle-orm';
import { type AnswerInput, answer } from './answers.ts';
import { answerByOf } from './calling-off.ts';
import { settle } from './held-plan.ts';
import { type GivenProposal, proposalOf } from './proposal.ts';
import { jointPlanProposal } from './tables.ts';
import { answeredTimes, proposedTimes } from './times.ts';
import { assertSides, currentProposal, writeProposal } from './written-proposal.ts';

const { placeholder } = sql;

const lastNumbers = statement(
  build
    .select({ last: sql<number>`max(${jointPlanProposal.number})`.mapWith(Number).as('last') })
    .from(jointPlanProposal)
    .where(sql`${jointPlanProposal.jointPlan} = ${placeholder('plan')}::uuid`),
);

export interface CounterInput extends AnswerInput, GivenProposal {
  readonly number: number;
  readonly comment?: string | null;
}

/** Puts another proposal in the place of the one that was read. Of a locked plan it is a change, and the locked one stands meanwhile. */
export async function counterJointPlan(input: CounterInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const plan = await answer(context, 'counterJointPlan', input, async (held, { excluded }) => {
    const author = 'committee' in actor ? actor.committee : '';
    const { number: basedOn, owner: _, ...read } = await currentProposal(scope, held);
    const { lockedNumber, starts: slot } = held;
    // A change of what is locked leaves the time that it is at, and not those that once were to choose from.
    const before = basedOn === lockedNumber && slot !== null ? { ...read, starts: [slot] } : read;
    const proposal = proposalOf(input, author, before);
    assertSides(proposal, held.parties);
    if (!proposal.starts.some((start) => Date.parse(start) > Date.now()))
      throw new RuleBroken('DATE_PAST', { path: ['starts'], record: held.id, details: { field: 'starts' } });
    const [{ last } = { last: held.number }] = await scope.run(lastNumbers, { plan: held.id });
    const number = last + 1;
    const times =
      input.starts == null ? answeredTimes(proposal.starts, null, excluded) : proposedTimes(proposal.starts, excluded);
    await writeProposal(scope, held, author, {
      ...proposal,
      number,
      basedOn,
      comment: input.comment || null,
      lockedBefore: lockedNumber,
      answerBy: lockedNumber === null ? null : await answerByOf(context, held),
    });
    return { number, reason: null, ...times };
  });
  return settle(scope, plan);
}

export interface TakeBackInput extends AnswerInput {
  readonly number: number;
}

/** Takes back one's own change of a locked plan. */
export async function takeBackCounter(input: TakeBackInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const plan = await answer(context, 'takeBackCounter', input, async (held) => {
    const { owner } = await currentProposal(scope, held);
    if (!('committee' in actor) || owner !== actor.committee)
      throw new RuleBroken('NOT_YOURS', { record: held.id, details: { who: '提出该变更的一方' } });
    if (held.lockedNumber === null || held.lockedNumber === held.number)
      throw new RuleBroken('STEP_NOT_ALLOWED', {
        record: held.id,
        details: { state: held.status, from: 'CONFIRMED, while a change of it is proposed' },
      });
    await scope.run(
      statement(
        build
          .update(jointPlanProposal)
          .set({ takenBack: true })
          .where(and(eq(jointPlanProposal.jointPlan, held.id), eq(jointPlanProposal.number, held.number))),
      ),
    );
    return {};
  });
  return settle(scope, plan);
}
