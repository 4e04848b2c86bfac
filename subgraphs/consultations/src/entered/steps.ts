import { RuleBroken } from '@hub/errors';
import { assertMayEver, assertStart, type FetchContext, givenCommittee, invalidAt } from '@hub/workflow';
import { today } from '@hub/working-days';
import { meetingOf } from '../attendance/meeting.ts';
import { consultationMachine } from '../consultations/consultation.machine.ts';
import { type MeetingNumber, numberColumns } from '../consultations/meeting-number.ts';
import { checkedParts, type GivenPart, heldColumns, partsOfConsultations, writeParts } from '../consultations/parts.ts';
import {
  assertOwnToChange,
  consultationSteps,
  longest,
  type PlanInput,
  planningColumns,
  type StepInput,
  writePlanned,
} from '../consultations/steps.ts';
import { assertLengths } from '../given.ts';
import { linkItem } from '../plans/held.ts';
import { enterThere } from './attendance.ts';

/** The days on which something took place: by its parts, or where its times aren't known by themselves. */
interface Days {
  readonly parts?: readonly GivenPart[] | null;
  readonly from?: string | null;
  readonly until?: string | null;
}

type Known = Parameters<typeof checkedParts>[1];

/** The parts and days of what took place, all of which have passed. @throws RuleBroken REQUIRED, INVALID, DATE_FUTURE or what parts are refused with */
function pastDays({ parts: given, from, until }: Days, known: Known) {
  if (given != null && given.length > 0) {
    if (from != null || until != null) throw invalidAt([from != null ? 'from' : 'until'], 'DAYS_OR_PARTS');
    const parts = checkedParts(given, known, 'PAST');
    return { parts, columns: heldColumns(parts) };
  }
  if (from == null) throw new RuleBroken('REQUIRED', { path: ['parts'], details: { field: 'parts' } });
  const last = until ?? from;
  for (const [field, day] of [
    ['from', from],
    ['until', last],
  ] as const)
    if (day > today()) throw new RuleBroken('DATE_FUTURE', { path: [field] });
  if (last < from) throw invalidAt(['until']);
  const held = last === from ? { start: from } : { start: from, end: last };
  return { parts: [], columns: { held, heldFrom: from, heldUntil: last } };
}

/** Nobody signs up for what is over, and it is told of as it was entered. */
const enteredColumns = () => ({ entered: today(), signUpOpens: null, signUpCloses: null });

export interface EnterInput extends PlanInput, Days {
  readonly attended?: readonly string[] | null;
}

/** Enters a consultation that took place. */
export async function enterHeldConsultation(input: EnterInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertMayEver(consultationMachine, 'enterHeldConsultation', context.actor);
  const owner = givenCommittee(input.committee);
  // Whose it is first: what is wrong with its days is told to whoever may enter it.
  assertStart(consultationMachine, 'enterHeldConsultation', context.actor, { owner }, { ...input });
  const { parts, columns } = pastDays(input, []);
  const planned = await planningColumns(scope, owner, input);
  const row = { ...planned, ...columns, ...enteredColumns() };
  const { id } = await consultationSteps.start(context, 'enterHeldConsultation', row, input);
  await writePlanned(scope, id, row, input);
  await writeParts(scope, await consultationSteps.read(context, id, 'committee'), parts, []);
  if (input.planItem != null) await linkItem(context, input.planItem, id);
  await enterAttended(context, 'enterHeldConsultation', id, input.attended);
  return { id };
}

async function enterAttended(
  context: FetchContext,
  step: 'enterHeldConsultation' | 'recordConsultationHeldAfterwards',
  id: string,
  attended: readonly string[] | null | undefined,
): Promise<void> {
  if (attended == null || attended.length === 0) return;
  await enterThere(context, step, await meetingOf(context.scope, id), attended, { path: 'attended' });
}

export interface HeldAfterwardsInput extends StepInput, Days {
  readonly place?: string | null;
  readonly number?: MeetingNumber | null;
  readonly attended?: readonly string[] | null;
}

/** Records that what was planned took place, on days that have passed. */
export async function recordConsultationHeldAfterwards(
  input: HeldAfterwardsInput,
  context: FetchContext,
): Promise<{ id: string }> {
  const { scope } = context;
  assertLengths(input, longest);
  let write = async () => {};
  const name = 'recordConsultationHeldAfterwards';
  const { id } = await consultationSteps.take(context, name, 'consultation', input, async (row) => {
    await assertOwnToChange(scope, row);
    const known = await scope.run(partsOfConsultations, { keys: [row.id] });
    const { parts, columns } = pastDays(input, known);
    write = () => writeParts(scope, row, parts, known);
    const { place, number } = input;
    return {
      ...columns,
      ...enteredColumns(),
      ...(await numberColumns(scope, { owner: row.owner, kind: String(row['kind']) }, number)),
      ...(place !== undefined && { place }),
      reason: null,
    };
  });
  await write();
  await enterAttended(context, name, id, input.attended);
  return { id };
}

export interface EnterAttendanceInput extends StepInput {
  readonly part?: string | null;
  readonly members: readonly string[];
}

/** Enters more members who were at what was entered afterwards: of everything else sign-ins tell who was there. */
export async function enterAttendance(input: EnterAttendanceInput, context: FetchContext): Promise<{ id: string }> {
  const name = 'enterAttendance';
  const { id } = await consultationSteps.take(context, name, 'consultation', input, (row) => {
    if (row['entered'] == null) throw invalidAt(['consultation'], 'NOT_ENTERED');
    return {};
  });
  await enterThere(context, name, await meetingOf(context.scope, id), input.members, {
    path: 'members',
    part: input.part ?? null,
  });
  return { id };
}
