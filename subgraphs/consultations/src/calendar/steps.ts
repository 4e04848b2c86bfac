import type { Visibility } from '@hub/access';
import { RuleBroken } from '@hub/errors';
import {
  assertMayEver,
  changedTexts,
  type FetchContext,
  type MutationInput,
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { assertLengths, givenCommittee } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { calendarEntryMachine } from './calendar-entry.machine.ts';
import { calendarEntry, calendarEntryEvent, longestEntryDays } from './tables.ts';

/** How entries are made by hand, and changed. */
export const calendarEntrySteps = stepsOf(
  calendarEntry,
  calendarEntryMachine,
  calendarEntryEvent,
  consultationSettings,
);

const longest = { title: 200, place: 200 };
const dayMs = 86_400_000;
const visibilities: readonly Visibility[] = ['INTERNAL', 'MEMBERS', 'UPWARD', 'PUBLIC'];

interface Given {
  readonly title?: string | null;
  readonly place?: string | null;
  readonly starts?: string | null;
  readonly ends?: string | null;
  readonly blocking?: boolean | null;
}
const invalid = (field: string) => new RuleBroken('INVALID', { path: [field], details: { field } });

/** The columns of what is given, over those that are there. */
function columnsOf(given: Given, before: SteppedRow | null) {
  assertLengths(given, longest);
  const starts = given.starts == null ? Date.parse(String(before?.['starts'])) : Date.parse(given.starts);
  const ends = given.ends == null ? Date.parse(String(before?.['ends'])) : Date.parse(given.ends);
  if (ends <= starts || ends - starts > longestEntryDays * dayMs) throw invalid('ends');
  return {
    starts: new Date(starts).toISOString(),
    ends: new Date(ends).toISOString(),
    ...changedTexts(given, ['title'], ['place']),
    ...(given.blocking != null && { blocking: given.blocking }),
  };
}

export interface AddInput extends MutationInput, Given {
  readonly committee: string;
  readonly title: string;
  readonly starts: string;
  readonly ends: string;
  readonly visibility: Visibility;
  readonly blocking: boolean;
}
export async function addCalendarEntry(input: AddInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(calendarEntryMachine, 'addCalendarEntry', context.actor);
  const visibility = input.visibility;
  if (!visibilities.includes(visibility)) throw invalid('visibility');
  const row = {
    owner: givenCommittee(input.committee),
    visibility,
    parties: [],
    subjects: [],
    kind: 'BLOCK',
    ...columnsOf(input, null),
    blocking: input.blocking,
  };
  return calendarEntrySteps.start(context, 'addCalendarEntry', row, input);
}

export interface ChangeInput extends MutationInput, Given {
  readonly calendarEntry: string;
}

/** Changes what was entered by hand; of a meeting only whether it blocks, and of a locked plan nothing. */
export async function changeCalendarEntry(input: ChangeInput, context: FetchContext): Promise<{ id: string }> {
  const { title, place, starts, ends } = input;
  return calendarEntrySteps.take(context, 'changeCalendarEntry', 'calendarEntry', input, (row) => {
    const other = [title, place, starts, ends].some((given) => given !== undefined);
    if (row['kind'] === 'JOINT_PLAN' || (row['kind'] !== 'BLOCK' && other))
      throw new RuleBroken('FOLLOWS_CONSULTATION', { record: row.id });
    return columnsOf(input, row);
  });
}

export interface CancelInput extends MutationInput {
  readonly calendarEntry: string;
}
export async function cancelCalendarEntry(input: CancelInput, context: FetchContext): Promise<{ id: string }> {
  return calendarEntrySteps.take(context, 'cancelCalendarEntry', 'calendarEntry', input, (row) => {
    if (row['kind'] !== 'BLOCK') throw new RuleBroken('FOLLOWS_CONSULTATION', { record: row.id });
    return { blocking: false };
  });
}
