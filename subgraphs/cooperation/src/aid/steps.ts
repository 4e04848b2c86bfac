import { build, type Quantity, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertLengths, type FetchContext, type MutationInput, type QuantityInput, quantityOf } from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { assertKeeps, assertOpen, partColumns, sideOf, staffOf, type Whole, wholeOf } from '../cooperations/whole.ts';
import { pastPeriodOf } from '../given.ts';
import { aidEntry } from './tables.ts';

const longest = { form: 100, unit: 20, description: 2_000, reason: 500 };

interface Given extends MutationInput {
  readonly form: string;
  readonly amount: QuantityInput;
  readonly unit: string;
  readonly given?: string | null;
  readonly description?: string | null;
}
export interface RecordInput extends Given {
  readonly cooperation: string;
}
export interface CorrectInput extends Given {
  readonly aidEntry: string;
  readonly reason: string;
}

const rowOf = (committee: string, whole: Whole, input: Given) => ({
  ...partColumns(committee, whole),
  cooperation: whole.id,
  form: input.form,
  amount: quantityOf(input.amount) as Quantity,
  unit: input.unit,
  given: pastPeriodOf('given', input.given),
  description: input.description || null,
});

/** Records aid, by who gives or who receives it. */
export async function recordAid(input: RecordInput, context: FetchContext): Promise<{ id: string }> {
  staffOf(context);
  assertLengths(input, longest);
  const whole = await wholeOf(context, input.cooperation);
  const { committee, role } = await sideOf(context, whole.id);
  if (role !== 'DONOR' && role !== 'RECIPIENT')
    throw new RuleBroken('NOT_YOURS', { details: { who: '帮扶方或受助方政协机关经办人员' } });
  assertOpen(whole, undefined);
  const row = rowOf(committee, whole, input);
  await context.scope.run(statement(build.insert(aidEntry).values(row)));
  return { id: row.id };
}

const entriesById = statement(
  build
    .select({ id: aidEntry.id, owner: aidEntry.owner, cooperation: aidEntry.cooperation })
    .from(aidEntry)
    .where(and(sql`${aidEntry.id} = any(${sql.placeholder('ids')}::uuid[])`, isNull(aidEntry.deleted))),
);

/** Puts an entry in the place of one of the committee's own, which is kept. */
export async function correctAid(input: CorrectInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  staffOf(context);
  assertLengths(input, longest);
  const [earlier] = isId(input.aidEntry) ? await scope.run(entriesById, { ids: [input.aidEntry] }) : [];
  if (!earlier) throw new RuleBroken('NOT_FOUND', { path: ['aidEntry'] });
  assertKeeps(context, earlier, '登记该帮扶的政协机关经办人员');
  const whole = await wholeOf(context, earlier.cooperation, 'aidEntry');
  const [taken] = await scope.run(
    statement(
      build
        .update(aidEntry)
        .set({ superseded: true })
        .where(and(eq(aidEntry.id, earlier.id), eq(aidEntry.superseded, false)))
        .returning({ id: aidEntry.id }),
    ),
  );
  if (!taken) throw new RuleBroken('AID_CORRECTED', { path: ['aidEntry'], record: earlier.id });
  const row = {
    ...rowOf(earlier.owner, whole, input),
    corrects: earlier.id,
    reason: input.reason,
  };
  await scope.run(statement(build.insert(aidEntry).values(row)));
  return { id: row.id };
}
