import { build, daysOf, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import {
  assertLengths,
  assertMayEver,
  changedTexts,
  type FetchContext,
  givenId,
  type MutationInput,
  periodOf,
  stepsOf,
} from '@hub/workflow';
import { and, isNull, sql } from 'drizzle-orm';
import { assertOpen, ownReference, partColumns, sideOf, wholeOf } from '../cooperations/whole.ts';
import { corrections, entered } from '../corrections/kinds.ts';
import { onlyGiven, pastPeriodOf } from '../given.ts';
import { milestoneMachine } from './milestone.machine.ts';
import { milestone, milestoneEvent, milestonePerson } from './tables.ts';

const { placeholder } = sql;

/** How steps of a cooperation are recorded, planned and moved. */
export const milestoneSteps = stepsOf(milestone, milestoneMachine, milestoneEvent);

const longest = { title: 200, description: 2_000, reason: 500 };
const mostPeople = 50;

const placesOf = statement(
  build
    .select({ position: milestone.position })
    .from(milestone)
    .where(
      and(
        sql`${milestone.id} = ${placeholder('id')}::uuid`,
        sql`${milestone.cooperation} = ${placeholder('cooperation')}::uuid`,
        isNull(milestone.deleted),
      ),
    ),
);

/** @throws RuleBroken INVALID unless it is a step of the cooperation */
export async function assertMilestoneOf(
  { scope }: FetchContext,
  cooperation: string,
  id: string,
  field: string,
): Promise<{ position: string }> {
  const [place] = isId(id) ? await scope.run(placesOf, { id, cooperation }) : [];
  if (!place) throw new RuleBroken('INVALID', { path: [field], details: { field } });
  return place;
}

interface Described extends MutationInput {
  readonly cooperation: string;
  readonly title: string;
  readonly stage: string;
  readonly description?: string | null;
  readonly people?: readonly { readonly person: string; readonly role?: string | null }[] | null;
  readonly before?: string | null;
}
export interface AddInput extends Described {
  readonly date?: string | null;
}
export interface PlanInput extends Described {
  readonly plannedFor?: string | null;
}

/** Puts a step in at its place: the trigger `place_milestone` makes room without moving anybody's. */
async function start(
  context: FetchContext,
  name: string,
  input: Described,
  times: Pick<typeof milestone.$inferInsert, 'date' | 'dateFrom' | 'dateUntil' | 'plannedFor'>,
): Promise<{ id: string }> {
  assertMayEver(milestoneMachine, name, context.actor);
  assertLengths(input, longest);
  const people = input.people ?? [];
  for (const [at, one] of people.entries()) assertLengths(one, { role: 50 }, ['people', String(at)]);
  if (people.length > mostPeople)
    throw new RuleBroken('LIMIT_REACHED', { path: ['people'], details: { maximum: mostPeople } });
  const whole = await wholeOf(context, input.cooperation);
  const { committee } = await sideOf(context, whole.id);
  assertOpen(whole, undefined);
  const next = input.before == null ? null : await assertMilestoneOf(context, whole.id, input.before, 'before');
  const { id: _, ...columns } = partColumns(committee, whole);
  const { id } = await milestoneSteps.start(
    context,
    name,
    {
      ...columns,
      ...times,
      cooperation: whole.id,
      title: input.title,
      stage: input.stage,
      description: input.description || null,
      position: next ? next.position : sql`null`,
    },
    input,
  );
  if (people.length > 0)
    await context.scope.run(
      statement(
        build.insert(milestonePerson).values(
          people.map(({ person, role }, position) => ({
            ...partColumns(committee, whole),
            ...ownReference(committee),
            milestone: id,
            person: givenId(person, 'person', ['people', String(position), 'person']),
            role: role || null,
            position,
          })),
        ),
      ),
    );
  return { id };
}

const dated = (date: ReturnType<typeof periodOf>) => {
  const { from, until } = daysOf(date ?? undefined);
  return { date, dateFrom: from, dateUntil: until };
};

export const addMilestone = (input: AddInput, context: FetchContext): Promise<{ id: string }> =>
  start(context, 'addMilestone', input, dated(pastPeriodOf('date', input.date)));
export const planMilestone = (input: PlanInput, context: FetchContext): Promise<{ id: string }> =>
  start(context, 'planMilestone', input, { plannedFor: periodOf(input.plannedFor) });

interface StepInput extends MutationInput {
  readonly milestone: string;
}
export interface DoneInput extends StepInput {
  readonly date?: string | null;
  readonly description?: string | null;
}
export interface CorrectInput extends DoneInput {
  readonly title?: string | null;
  readonly stage?: string | null;
}
export interface CancelInput extends StepInput {
  readonly reason: string;
}

const take = <Input extends StepInput>(name: string, changes: (input: Input) => Readonly<Record<string, unknown>>) => {
  return async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    assertLengths(input, longest);
    const { id } = await milestoneSteps.take(context, name, 'milestone', input, async (row) => {
      // Who has left the cooperation sees it no more, its own part in it included.
      await wholeOf(context, String(row['cooperation']), 'milestone');
      return changes(input);
    });
    return { id };
  };
};
const datedIfGiven = (given: string | null | undefined) => {
  const date = pastPeriodOf('date', given);
  return date ? dated(date) : {};
};

export const recordMilestoneDone = take<DoneInput>('recordMilestoneDone', ({ date, description }) => ({
  ...datedIfGiven(date),
  ...changedTexts({ description }, [], ['description']),
}));
/** Corrects a step; what it replaces is kept for whose step it is, and which of it was replaced for all who see the step. */
export async function correctMilestone(input: CorrectInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { title, stage, date, description } = input;
  let replaced: readonly string[] = [];
  const { id } = await milestoneSteps.take(
    context,
    'correctMilestone',
    'milestone',
    input,
    async (row) => {
      await wholeOf(context, String(row['cooperation']), 'milestone');
      const set = {
        ...datedIfGiven(date),
        ...changedTexts({ title, description }, ['title'], ['description']),
        ...onlyGiven({ stage }),
      };
      replaced = await corrections.keepReplaced(context, entered.milestone, row, set);
      return set;
    },
    undefined,
    () => (replaced.length === 0 ? {} : { replaced: replaced.join(' ') }),
  );
  return { id };
}
export const cancelMilestone = take<CancelInput>('cancelMilestone', ({ reason }) => ({ reason: reason }));
