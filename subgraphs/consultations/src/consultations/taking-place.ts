import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { assertMayEver, assertStep, dueOf, type FetchContext, type SteppedRow, stepOf } from '@hub/workflow';
import { today } from '@hub/working-days';
import { sql } from 'drizzle-orm';
import { assertLengths } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { consultationMachine } from './consultation.machine.ts';
import { hostsOf } from './hosts.ts';
import { heldColumns, lastEnd, partsOfConsultations } from './parts.ts';
import { assertOwnToChange, consultationSteps, type ReasonInput, type StepInput } from './steps.ts';

const { placeholder } = sql;

/** A time as people in China read it. */
const shownTime = (time: number) => new Date(time + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** @throws RuleBroken TOO_EARLY before the last part has ended: until then nobody knows whether it was held */
async function assertOver(scope: Scope, row: SteppedRow): Promise<ReturnType<typeof heldColumns>> {
  const parts = await scope.run(partsOfConsultations, { keys: [row.id] });
  const ends = lastEnd(parts);
  if (ends !== null && ends > Date.now())
    throw new RuleBroken('TOO_EARLY', { record: row.id, details: { from: shownTime(ends) } });
  // What was imported has no parts, and a day at most.
  const from = String(row['heldUntil']);
  if (ends === null && from > today()) throw new RuleBroken('TOO_EARLY', { record: row.id, details: { from } });
  return heldColumns(parts);
}

const recordAsHost = statement(
  build
    .select({
      moved:
        sql<boolean>`consultations.record_as_host(${placeholder('id')}::uuid, ${placeholder('step')}::text, ${placeholder('reason')}::text, ${placeholder('today')}::date, ${placeholder('revision')}::integer)`.as(
          'moved',
        ),
    })
    .from(sql`(values (1)) as once`),
);

type Named = 'recordConsultationHeld' | 'recordConsultationNotHeld' | 'objectToConsultationRecord';

/** Takes a step for another host than the one that leads, whose record it is. */
async function takeAsHost(
  name: Named,
  input: StepInput & { readonly reason?: string },
  context: FetchContext,
  row: SteppedRow,
  committee: string,
): Promise<{ id: string }> {
  const { scope } = context;
  if (!(await hostsOf(scope, row.id)).includes(committee))
    throw new RuleBroken('NOT_YOURS', { details: { who: '主办该协商活动的政协机关经办人员' } });
  assertStep(consultationMachine, name, context.actor, { ...row, owner: committee }, { ...input });
  await (name === 'objectToConsultationRecord' ? assertObjectable(context, row, committee) : assertOver(scope, row));
  const [said] = await scope.run(recordAsHost, {
    id: row.id,
    step: name,
    reason: input.reason ?? null,
    today: today(),
    revision: row.revision,
  });
  // Somebody else wrote it after it was read here.
  if (!said?.moved) throw new RuleBroken('CONFLICT', { record: row.id, details: { revision: row.revision + 1 } });
  return { id: row.id };
}

/** Takes a step for whichever host the actor's committee is. */
const asHost =
  <Input extends StepInput & { readonly reason?: string }>(
    name: Named,
    changes: (input: Input, row: SteppedRow, context: FetchContext) => Promise<Readonly<Record<string, unknown>>>,
  ) =>
  async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    const { actor } = context;
    assertLengths(input, { reason: 500 });
    assertMayEver(consultationMachine, name, actor);
    const row = await consultationSteps.read(context, input.consultation, 'consultation');
    if (actor.kind === 'STAFF' && actor.committee !== row.owner)
      return takeAsHost(name, input, context, row, actor.committee);
    const { id } = await consultationSteps.take(context, name, 'consultation', input, (of) =>
      changes(input, of, context),
    );
    return { id };
  };

export const recordConsultationHeld = asHost<StepInput>('recordConsultationHeld', async (_, row, { scope }) => ({
  ...(await assertOver(scope, row)),
  recordedBy: row.owner,
}));

export const recordConsultationNotHeld = asHost<ReasonInput>(
  'recordConsultationNotHeld',
  async ({ reason }, row, { scope }) => {
    await assertOver(scope, row);
    return { reason, recordedBy: row.owner };
  },
);

/** @throws RuleBroken NOT_YOURS for the host that recorded it, OBJECTION_TOO_LATE once its days are over */
async function assertObjectable(context: FetchContext, row: SteppedRow, committee: string): Promise<void> {
  const hosts = await hostsOf(context.scope, row.id);
  if (hosts.length < 2 || (row['recordedBy'] ?? row.owner) === committee)
    throw new RuleBroken('NOT_YOURS', { record: row.id, details: { who: '另一主办政协机关经办人员' } });
  const settings = await consultationSettings.of(context, row.owner);
  const due = dueOf(stepOf(consultationMachine, 'objectToConsultationRecord'), row, settings);
  if (!due || due.day < today())
    throw new RuleBroken('OBJECTION_TOO_LATE', { record: row.id, details: { until: due?.day ?? String(row.since) } });
}

/** Another host says that it wasn't so: it is to be recorded anew. */
export const objectToConsultationRecord = asHost<ReasonInput>('objectToConsultationRecord', async (_, row, context) => {
  await assertObjectable(context, row, row.owner);
  return { reason: null, recordedBy: null };
});

/** Calls off what one committee holds alone; of joint work that is for all who host it. */
export async function cancelConsultation(input: ReasonInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, { reason: 500 });
  const { id } = await consultationSteps.take(context, 'cancelConsultation', 'consultation', input, async (row) => {
    await assertOwnToChange(context.scope, row);
    return { reason: input.reason };
  });
  return { id };
}
