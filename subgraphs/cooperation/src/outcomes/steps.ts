import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import {
  assertLengths,
  assertRevision,
  type FetchContext,
  givenId,
  type MutationInput,
  periodOf,
  type QuantityInput,
  quantityOf,
} from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { assertAgreementOf } from '../agreements/steps.ts';
import { partColumns, sideOf, staffOf, wholeOf } from '../cooperations/whole.ts';
import { assertMilestoneOf } from '../milestones/steps.ts';
import { adoption, outcome } from './tables.ts';

export interface RecordInput extends MutationInput {
  readonly cooperation: string;
  readonly title: string;
  readonly kind: string;
  readonly count?: QuantityInput | null;
  readonly description?: string | null;
  readonly agreement?: string | null;
  readonly milestone?: string | null;
}

/** Records what the cooperation put forward; that may also be after its end. */
export async function recordCooperationOutcome(input: RecordInput, context: FetchContext): Promise<{ id: string }> {
  staffOf(context);
  assertLengths(input, { title: 200, description: 4_000 });
  const whole = await wholeOf(context, input.cooperation);
  const { committee } = await sideOf(context, whole.id);
  if (input.agreement != null) await assertAgreementOf(context, whole.id, input.agreement, 'agreement');
  if (input.milestone != null) await assertMilestoneOf(context, whole.id, input.milestone, 'milestone');
  const row = {
    ...partColumns(committee, whole),
    cooperation: whole.id,
    title: input.title,
    kind: input.kind,
    count: quantityOf(input.count),
    description: input.description || null,
    agreement: input.agreement ?? null,
    milestone: input.milestone ?? null,
  };
  await context.scope.run(statement(build.insert(outcome).values(row)));
  return { id: row.id };
}

const outcomesById = statement(
  build
    .select({
      id: outcome.id,
      cooperation: outcome.cooperation,
      visibility: outcome.visibility,
      parties: outcome.parties,
      subjects: outcome.subjects,
      revision: outcome.revision,
    })
    .from(outcome)
    .where(and(sql`${outcome.id} = any(${sql.placeholder('ids')}::uuid[])`, isNull(outcome.deleted))),
);

export interface DecideInput extends MutationInput {
  readonly cooperationOutcome: string;
  readonly body: string;
  readonly bodyName: string;
  readonly status: string;
  readonly reason?: string | null;
  readonly decided?: string | null;
  readonly document?: string | null;
  readonly supersedes?: string | null;
}

/** What a body made of an outcome, at the side of the actor's committee; an earlier decision of it is kept as superseded. */
export async function decideCooperationOutcome(input: DecideInput, context: FetchContext): Promise<{ id: string }> {
  staffOf(context);
  assertLengths(input, { bodyName: 100, reason: 500, document: 200 });
  const { scope } = context;
  const id = input.cooperationOutcome;
  const [row] = isId(id) ? await scope.run(outcomesById, { ids: [id] }) : [];
  if (!row) throw new RuleBroken('NOT_FOUND', { path: ['cooperationOutcome'] });
  const whole = await wholeOf(context, row.cooperation, 'cooperationOutcome');
  const { committee } = await sideOf(context, whole.id);
  assertRevision(row, input.expectedRevision);
  const { body, bodyName, status } = input;
  if ((status === 'NOT_ADOPTED' || status === 'PARTLY_ADOPTED') && !input.reason)
    throw new RuleBroken('REQUIRED', { path: ['reason'], details: { field: 'reason' } });
  if (input.supersedes != null) {
    const [earlier] = await scope.run(
      statement(
        build
          .update(adoption)
          .set({ superseded: true })
          .where(
            and(
              eq(adoption.id, givenId(input.supersedes, 'supersedes')),
              eq(adoption.outcome, row.id),
              eq(adoption.owner, committee),
              eq(adoption.body, body),
              eq(adoption.bodyName, bodyName),
              eq(adoption.superseded, false),
              isNull(adoption.deleted),
            ),
          )
          .returning({ id: adoption.id }),
      ),
    );
    if (!earlier) throw new RuleBroken('DECISION_SUPERSEDED', { path: ['supersedes'], record: row.id });
  }
  await scope.run(
    statement(
      build.insert(adoption).values({
        ...partColumns(committee, row),
        outcome: row.id,
        body,
        bodyName,
        status,
        reason: input.reason || null,
        decided: periodOf(input.decided),
        document: input.document || null,
      }),
    ),
  );
  return { id: row.id };
}
