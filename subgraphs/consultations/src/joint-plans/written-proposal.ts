import { build, type Scope, statement } from '@hub/database';
import { invalidAt } from '@hub/workflow';
import { and, isNull, sql } from 'drizzle-orm';
import { type HeldPlan, partOfPlan } from './held-plan.ts';
import type { Proposal } from './proposal.ts';
import { jointPlanProposal } from './tables.ts';

const { placeholder } = sql;

/** @throws RuleBroken INVALID where a visit or quota is of a committee that takes no part */
export function assertSides({ visits, quotas }: Proposal, parties: readonly string[]): void {
  for (const [field, sides] of Object.entries({ visits, quotas })) {
    const at = sides.findIndex(({ committee }) => committee !== null && !parties.includes(committee));
    if (at >= 0) throw invalidAt([field, String(at), 'committee'], 'NO_PARTY');
  }
}

export async function writeProposal(
  scope: Scope,
  plan: HeldPlan,
  owner: string,
  proposal: Proposal & {
    number: number;
    basedOn: number | null;
    comment: string | null;
    lockedBefore: number | null;
    answerBy: string | null;
  },
): Promise<void> {
  const { topics, agenda, visits, quotas, starts, ...columns } = proposal;
  // JSON that is an array comes as a text: the driver would make it an array of PostgreSQL.
  const json = (value: readonly unknown[]) => sql`${JSON.stringify(value)}::jsonb` as never;
  await scope.run(
    statement(
      build.insert(jointPlanProposal).values({
        ...partOfPlan(plan, owner),
        ...columns,
        jointPlan: plan.id,
        topics: json(topics),
        agenda: json(agenda),
        visits: json(visits),
        quotas: json(quotas),
        starts: [...starts],
      }),
    ),
  );
}

const currentProposals = statement(
  build
    .select({
      number: jointPlanProposal.number,
      owner: jointPlanProposal.owner,
      title: jointPlanProposal.title,
      kind: jointPlanProposal.kind,
      topics: jointPlanProposal.topics,
      agenda: jointPlanProposal.agenda,
      place: jointPlanProposal.place,
      region: jointPlanProposal.region,
      online: jointPlanProposal.online,
      durationMinutes: jointPlanProposal.durationMinutes,
      starts: jointPlanProposal.starts,
      visits: jointPlanProposal.visits,
      quotas: jointPlanProposal.quotas,
    })
    .from(jointPlanProposal)
    .where(
      and(
        sql`${jointPlanProposal.jointPlan} = ${placeholder('plan')}::uuid`,
        sql`${jointPlanProposal.number} = ${placeholder('number')}`,
        isNull(jointPlanProposal.deleted),
      ),
    ),
);
/** The proposal that a plan stands at. */
export async function currentProposal(scope: Scope, plan: Pick<HeldPlan, 'id' | 'number'>) {
  const [proposal] = await scope.run(currentProposals, { plan: plan.id, number: plan.number });
  if (!proposal) throw new Error('a joint plan has the proposal that it stands at');
  return proposal;
}
