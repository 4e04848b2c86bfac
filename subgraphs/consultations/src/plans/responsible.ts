import { build, statement } from '@hub/database';
import { isId } from '@hub/inputs';
import type { FetchContext, SteppedRow } from '@hub/workflow';
import { and, isNull, sql } from 'drizzle-orm';
import type { PlanItemInput } from './content.ts';
import { invalid } from './steps.ts';
import { planItemResponsible } from './tables.ts';

const { placeholder } = sql;

const responsibleKept = statement(
  build
    .insert(planItemResponsible)
    .values(
      Object.fromEntries(
        [
          'id',
          'owner',
          'ownerAsFiled',
          'visibility',
          'parties',
          'subjects',
          'referenceOwner',
          'planItem',
          'organization',
        ]
          .map((name) => [name, placeholder(name)] as const)
          // Whom the organization shows itself to isn't known here; the members of its own committee know theirs.
          .concat([['referenceVisibility', sql`'MEMBERS'`] as never]),
      ) as never,
    )
    .onConflictDoUpdate({
      target: planItemResponsible.planItem,
      set: { organization: sql`excluded.organization`, deleted: null },
    }),
);
const responsibleGone = statement(
  build
    .update(planItemResponsible)
    .set({ deleted: sql`now()` })
    .where(and(sql`${planItemResponsible.planItem} = ${placeholder('id')}::uuid`, isNull(planItemResponsible.deleted))),
);
export async function keepResponsible(
  context: FetchContext,
  of: Pick<SteppedRow, 'id' | 'owner' | 'visibility' | 'parties' | 'subjects'>,
  { responsible }: PlanItemInput,
): Promise<void> {
  if (responsible === undefined) return;
  if (responsible === null) {
    await context.scope.run(responsibleGone, { id: of.id });
    return;
  }
  if (!isId(responsible)) throw invalid('responsible');
  const { owner, visibility, parties, subjects } = of;
  await context.scope.run(responsibleKept, {
    id: crypto.randomUUID(),
    owner,
    ownerAsFiled: owner,
    visibility,
    parties,
    subjects,
    referenceOwner: owner,
    planItem: of.id,
    organization: responsible,
  });
}
