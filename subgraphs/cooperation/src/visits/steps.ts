import { build, daysOf, type Period, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import {
  assertLengths,
  assertMayEver,
  assertRevision,
  changedTexts,
  type FetchContext,
  givenCommittee,
  givenId,
  givenRegion,
  type MutationInput,
  type QuantityInput,
  quantityOf,
  stepsOf,
} from '@hub/workflow';
import { and, eq, isNull, sql } from 'drizzle-orm';
import {
  assertKeeps,
  assertOpen,
  ownReference,
  partColumns,
  sideNamed,
  sideOf,
  staffOf,
  wholeOf,
} from '../cooperations/whole.ts';
import { corrections, entered } from '../corrections/kinds.ts';
import { givenTexts, onlyGiven, pastPeriodOf } from '../given.ts';
import { assertMilestoneOf } from '../milestones/steps.ts';
import { visit, visitFinding, visitFindingEvent, visitPerson } from './tables.ts';
import { visitFindingMachine } from './visit-finding.machine.ts';

/** How findings of visits are recorded and moved. */
export const visitFindingSteps = stepsOf(visitFinding, visitFindingMachine, visitFindingEvent);

const longest = { title: 200, hostNames: 100, place: 200, delegation: 500 };
const mostPeople = 100;

/** @throws RuleBroken INVALID where it ends before it begins, or ends without a beginning */
function heldOf(from: string | null | undefined, until: string | null | undefined): Period | null {
  const start = pastPeriodOf('heldFrom', from);
  const end = pastPeriodOf('heldUntil', until);
  if (!end) return start;
  if (!start || daysOf(end).until < daysOf(start).from)
    throw new RuleBroken('INVALID', { path: ['heldUntil'], details: { field: 'heldUntil' } });
  return { start: start.start, end: end.start };
}

export interface RecordInput extends MutationInput {
  readonly cooperation: string;
  readonly title: string;
  readonly host?: string | null;
  readonly hostNames?: readonly string[] | null;
  readonly region?: string | null;
  readonly place?: string | null;
  readonly heldFrom?: string | null;
  readonly heldUntil?: string | null;
  readonly delegation?: string | null;
  readonly size?: QuantityInput | null;
  readonly people?: readonly { readonly person: string; readonly role?: string | null }[] | null;
  readonly milestone?: string | null;
}

/** The committee of a partner that received the visitor. @throws RuleBroken INVALID */
async function hostOf(context: FetchContext, of: string, visitor: string, given: string): Promise<string> {
  const host = givenCommittee(given, ['host']);
  if (host === visitor || !(await sideNamed(context, of, host)))
    throw new RuleBroken('INVALID', { path: ['host'], details: { field: 'host' } });
  return host;
}

/** Records a visit that the actor's committee made. */
export async function recordVisit(input: RecordInput, context: FetchContext): Promise<{ id: string }> {
  staffOf(context);
  assertLengths(input, longest);
  const people = input.people ?? [];
  for (const [at, one] of people.entries()) assertLengths(one, { role: 50 }, ['people', String(at)]);
  if (people.length > mostPeople)
    throw new RuleBroken('LIMIT_REACHED', { path: ['people'], details: { maximum: mostPeople } });
  const whole = await wholeOf(context, input.cooperation);
  const { committee } = await sideOf(context, whole.id);
  assertOpen(whole, undefined);
  if (input.milestone != null) await assertMilestoneOf(context, whole.id, input.milestone, 'milestone');
  const held = heldOf(input.heldFrom, input.heldUntil);
  const row = {
    ...partColumns(committee, whole),
    cooperation: whole.id,
    milestone: input.milestone ?? null,
    title: input.title,
    host: input.host == null ? null : await hostOf(context, whole.id, committee, input.host),
    hostNames: givenTexts('hostNames', input.hostNames ?? []),
    region: input.region == null ? null : givenRegion(input.region),
    place: input.place || null,
    held,
    heldFrom: daysOf(held ?? undefined).from,
    delegation: input.delegation || null,
    size: quantityOf(input.size),
  };
  await context.scope.run(statement(build.insert(visit).values(row)));
  if (people.length > 0)
    await context.scope.run(
      statement(
        build.insert(visitPerson).values(
          people.map(({ person, role }, position) => ({
            ...partColumns(committee, whole),
            ...ownReference(committee),
            visit: row.id,
            person: givenId(person, 'person', ['people', String(position), 'person']),
            role: role || null,
            position,
          })),
        ),
      ),
    );
  return { id: row.id };
}

const visitsById = statement(
  build
    .select({
      id: visit.id,
      owner: visit.owner,
      cooperation: visit.cooperation,
      visibility: visit.visibility,
      parties: visit.parties,
      subjects: visit.subjects,
      title: visit.title,
      hostNames: visit.hostNames,
      place: visit.place,
      held: visit.held,
      delegation: visit.delegation,
      size: visit.size,
      revision: visit.revision,
    })
    .from(visit)
    .where(and(sql`${visit.id} = any(${sql.placeholder('ids')}::uuid[])`, isNull(visit.deleted))),
);

/** @throws RuleBroken NOT_FOUND where there is no such visit that the actor may see */
async function visitOf({ scope }: FetchContext, id: string, path = 'visit') {
  const [found] = isId(id) ? await scope.run(visitsById, { ids: [id] }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return found;
}

export interface CorrectInput extends MutationInput {
  readonly visit: string;
  readonly title?: string | null;
  readonly hostNames?: readonly string[] | null;
  readonly place?: string | null;
  readonly heldFrom?: string | null;
  readonly heldUntil?: string | null;
  readonly delegation?: string | null;
  readonly size?: QuantityInput | null;
}

export async function correctVisit(input: CorrectInput, context: FetchContext): Promise<{ id: string }> {
  staffOf(context);
  assertLengths(input, longest);
  const row = await visitOf(context, input.visit);
  assertKeeps(context, row, '登记该考察的政协机关经办人员');
  assertRevision(row, input.expectedRevision);
  const { hostNames } = input;
  const texts = changedTexts(input, ['title'], ['place', 'delegation']);
  const held =
    input.heldFrom == null && input.heldUntil == null
      ? null
      : heldOf(input.heldFrom ?? row.held?.start, input.heldUntil);
  const changes = onlyGiven({
    hostNames: hostNames == null ? null : givenTexts('hostNames', hostNames),
    size: quantityOf(input.size),
    held,
    heldFrom: held && daysOf(held).from,
  });
  await corrections.keepReplaced(context, entered.visit, row, { ...texts, ...changes });
  const [written] = await context.scope.run(
    statement(
      build
        .update(visit)
        // What isn't given stays; a revision is counted all the same.
        .set({ ...texts, ...changes, owner: row.owner } as Partial<typeof visit.$inferInsert>)
        .where(and(eq(visit.id, row.id), eq(visit.revision, row.revision)))
        .returning({ id: visit.id }),
    ),
  );
  if (!written) throw new RuleBroken('CONFLICT', { record: row.id, details: { revision: row.revision + 1 } });
  return { id: row.id };
}

const longestInFinding = { text: 2_000, measures: 2_000, result: 2_000, reason: 500 };

export interface RecordFindingInput extends MutationInput {
  readonly visit: string;
  readonly kind: string;
  readonly text: string;
}

/** Records what a visit showed, as the actor's committee saw it. */
export async function recordVisitFinding(input: RecordFindingInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(visitFindingMachine, 'recordVisitFinding', context.actor);
  assertLengths(input, longestInFinding);
  const of = await visitOf(context, input.visit);
  const { committee } = await sideOf(context, of.cooperation);
  const { id: _, ...columns } = partColumns(committee, of);
  return visitFindingSteps.start(
    context,
    'recordVisitFinding',
    { ...columns, visit: of.id, kind: input.kind, text: input.text },
    input,
  );
}

interface FindingInput extends MutationInput {
  readonly visitFinding: string;
}

const take = <Field extends 'measures' | 'result' | 'reason'>(name: string, field: Field) => {
  return async (input: FindingInput & Readonly<Record<Field, string>>, context: FetchContext) => {
    assertLengths(input, longestInFinding);
    const { id } = await visitFindingSteps.take(context, name, 'visitFinding', input, async (row) => {
      const { cooperation } = await visitOf(context, String(row['visit']), 'visitFinding');
      await wholeOf(context, cooperation, 'visitFinding');
      return { [field]: input[field] };
    });
    return { id };
  };
};
export const takeUpVisitFinding = take('takeUpVisitFinding', 'measures');
export const carryOutVisitFinding = take('carryOutVisitFinding', 'result');
export const setAsideVisitFinding = take('setAsideVisitFinding', 'reason');
