import { isId } from '@hub/connections';
import { build, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { currentCode, isCode } from '@hub/regions';
import {
  assertMayEver,
  assertRevision,
  assertStart,
  type FetchContext,
  type MutationInput,
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { consultation } from '../consultations/tables.ts';
import { assertLengths } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { submissionSteps } from '../submissions/store.ts';
import { submission } from '../submissions/tables.ts';
import { planMachine } from './plan.machine.ts';
import { planItemMachine } from './plan-item.machine.ts';
import {
  type PlanItemContent,
  plan,
  planAmendment,
  planEvent,
  planItem,
  planItemEvent,
  planItemHeld,
  planItemResponsible,
  planTopic,
  planTopicEvent,
  planTopicSuggester,
} from './tables.ts';
import { topicMachine } from './topic.machine.ts';

/** How plans, their items and the topics suggested for them are made and moved. */
export const planSteps = stepsOf(plan, planMachine, planEvent, consultationSettings);
export const itemSteps = stepsOf(planItem, planItemMachine, planItemEvent, consultationSettings);
export const topicSteps = stepsOf(planTopic, topicMachine, planTopicEvent, consultationSettings);

/** States of a plan in which its items are put together, and those in which they are carried out. */
export const editable = ['COLLECTING', 'DRAFT'] as const;
export const inForce = ['APPROVED', 'PUBLISHED'] as const;
const standing = Object.keys(planMachine.states).filter((state) => state !== 'WITHDRAWN');

const { placeholder } = sql;
const staffSentence = { who: '该政协机关经办人员' };
const longest = {
  title: 100,
  text: 2_000,
  reason: 500,
  result: 2_000,
  body: 100,
  documentNumber: 100,
  localKind: 50,
  lead: 100,
} as const;

const invalid = (field: string) => new RuleBroken('INVALID', { path: [field], details: { field } });

/** Who else may be let read it: a plan isn't kept from its own office, and has no parties. */
function chosenVisibility(given: string | null | undefined, otherwise: string): string {
  if (given == null) return otherwise;
  if (given === 'PRIVATE' || given === 'JOINT') throw invalid('visibility');
  return given;
}

// Plans

export interface OpenPlanInput extends MutationInput {
  readonly committee: string;
  readonly year: number;
  readonly title: string;
  readonly collectUntil: string;
  readonly departments?: readonly string[] | null;
  readonly visibility?: string | null;
}

/** Opens a plan of a year; the departments that are asked for topics read it until it is drafted. */
export async function openPlan(input: OpenPlanInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(planMachine, 'openPlan', context.actor);
  if (!isCode(input.committee)) throw invalid('committee');
  const owner = currentCode(input.committee);
  assertStart(planMachine, 'openPlan', context.actor, { owner }, { ...input });
  assertLengths(input, longest);
  if (input.year < 1949 || input.year > 2999) throw invalid('year');
  if (input.collectUntil < today()) throw new RuleBroken('DATE_PAST', { path: ['collectUntil'] });
  if (input.departments?.some((id) => !isId(id))) throw invalid('departments');
  const row = {
    owner,
    visibility: chosenVisibility(input.visibility, 'MEMBERS'),
    parties: [],
    subjects: [...new Set(input.departments ?? [])],
    year: input.year,
    title: input.title.trim(),
    collectUntil: input.collectUntil,
  };
  return planSteps.start(context, 'openPlan', row, input);
}

interface PlanInput extends MutationInput {
  readonly plan: string;
}
interface AudienceInput extends PlanInput {
  readonly visibility?: string | null;
}
export interface PlanReasonInput extends PlanInput {
  readonly reason: string;
}

const takePlan =
  <Input extends PlanInput>(
    name: string,
    changes: (
      input: Input,
      context: FetchContext,
      row: SteppedRow,
    ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
  ) =>
  async (input: Input, context: FetchContext): Promise<{ id: string }> => {
    const { id } = await planSteps.take(context, name, 'plan', input, (row) => {
      assertLengths(input, longest);
      return changes(input, context, row);
    });
    return { id };
  };

/** Ends the gathering: from here on the office works on it by itself. */
export const draftPlan = takePlan<AudienceInput>('draftPlan', ({ visibility }) => ({
  visibility: chosenVisibility(visibility, 'INTERNAL'),
  subjects: [],
}));

export const submitPlanToChairmen = takePlan<PlanInput & { readonly chairmensMeeting: string }>(
  'submitPlanToChairmen',
  async ({ chairmensMeeting }, context, row) => {
    const meeting = await seenConsultation(context, chairmensMeeting, 'chairmensMeeting');
    const fit = meeting.kind === 'CHAIRMENS_MEETING' && meeting.owner === row.owner && !isOff(meeting.status);
    if (!fit) throw invalid('chairmensMeeting');
    return { chairmensMeeting: meeting.id, reviewResult: null, reason: null };
  },
);

export const recordPlanReview = takePlan<PlanInput & { readonly result: string }>('recordPlanReview', ({ result }) => ({
  reviewResult: result.trim(),
}));

export const returnPlan = takePlan<PlanReasonInput>('returnPlan', ({ reason }) => ({ reason: reason.trim() }));

export interface ApprovePlanInput extends PlanInput {
  readonly body: string;
  readonly documentNumber: string;
  readonly approvedOn: string;
  readonly file?: string | null;
}
/** Records the approval; the chairmen's meeting that it was submitted to must have been held. */
export const approvePlan = takePlan<ApprovePlanInput>('approvePlan', async (input, context, row) => {
  if (input.approvedOn > today()) throw new RuleBroken('DATE_FUTURE', { path: ['approvedOn'] });
  if (input.file != null && !isId(input.file)) throw new RuleBroken('NOT_FOUND', { path: ['file'] });
  const meeting = await seenConsultation(context, String(row['chairmensMeeting']), 'plan');
  if (meeting.status !== 'HELD') throw new RuleBroken('PLAN_NOT_REVIEWED', { record: row.id });
  return {
    approvalBody: input.body.trim(),
    documentNumber: input.documentNumber.trim(),
    approvedOn: input.approvedOn,
    ...(input.file != null && { file: input.file }),
  };
});

export const publishPlan = takePlan<AudienceInput>('publishPlan', ({ visibility }) => ({
  visibility: chosenVisibility(visibility, 'PUBLIC'),
  reason: null,
}));

export const withdrawPlan = takePlan<PlanReasonInput>('withdrawPlan', ({ reason }) => ({ reason: reason.trim() }));

// Items

/** An item as clients give it; when changing one, what isn't given stays and what is null goes. */
export interface PlanItemInput {
  readonly kind?: string | null;
  readonly localKind?: string | null;
  readonly title?: string | null;
  readonly count?: number | null;
  readonly atLeast?: boolean | null;
  readonly lead?: string | null;
  readonly plannedFrom?: string | null;
  readonly plannedUntil?: string | null;
  readonly responsible?: string | null;
}
export type AddPlanItemInput = MutationInput & PlanItemInput & { readonly plan: string; readonly kind: string };
export type ChangePlanItemInput = MutationInput & PlanItemInput & { readonly item: string };
interface ItemInput extends MutationInput {
  readonly item: string;
}

const partialDate = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
const nothing: PlanItemContent = {
  kind: '',
  localKind: null,
  title: null,
  count: null,
  lead: null,
  plannedFor: null,
};

/** How an item reads with what is given. */
function contentWith(input: PlanItemInput, now: PlanItemContent): PlanItemContent {
  assertLengths(input, longest);
  const text = (field: 'localKind' | 'title' | 'lead') =>
    input[field] === undefined ? now[field] : input[field]?.trim() || null;
  return {
    kind: input.kind ?? now.kind,
    localKind: text('localKind'),
    title: text('title'),
    count: countWith(input, now.count),
    lead: text('lead'),
    plannedFor: periodWith(input, now.plannedFor),
  };
}
function countWith({ count, atLeast }: PlanItemInput, now: PlanItemContent['count']): PlanItemContent['count'] {
  if (count === undefined) return now;
  if (count === null) return null;
  if (count < 1 || count > 1_000) throw invalid('count');
  return atLeast === true
    ? { value: count, qualifier: 'AT_LEAST', text: `至少${count}` }
    : { value: count, qualifier: 'EXACT', text: String(count) };
}
function periodWith(
  { plannedFrom, plannedUntil }: PlanItemInput,
  now: PlanItemContent['plannedFor'],
): PlanItemContent['plannedFor'] {
  if (plannedFrom === undefined && plannedUntil === undefined) return now;
  const start = plannedFrom === undefined ? now?.start : (plannedFrom ?? undefined);
  const end = plannedUntil === undefined ? now?.end : (plannedUntil ?? undefined);
  if (start !== undefined && !partialDate.test(start)) throw invalid('plannedFrom');
  if (end !== undefined && (!partialDate.test(end) || start === undefined || end < start.slice(0, end.length)))
    throw invalid('plannedUntil');
  return start === undefined ? null : { start, ...(end !== undefined && { end }) };
}
const contentOf = (row: Readonly<Record<string, unknown>>): PlanItemContent =>
  Object.fromEntries(Object.keys(nothing).map((field) => [field, row[field] ?? null])) as unknown as PlanItemContent;

const planTouched = statement(
  build
    .update(plan)
    .set({ title: sql`${plan.title}` })
    .where(
      and(
        eq(plan.id, sql`${placeholder('id')}::uuid`),
        sql`${plan.status} = any(${placeholder('states')}::text[])`,
        sql`(${placeholder('revision')}::int is null or ${plan.revision} = ${placeholder('revision')}::int)`,
      ),
    )
    .returning({ revision: plan.revision }),
);
/** Makes what happens to an item a change of its plan too: whoever moves the plan at the same time waits, or comes second. */
async function touchPlan(context: FetchContext, id: string, states: readonly string[], expected?: number | null) {
  const [touched] = await context.scope.run(planTouched, { id, states: [...states], revision: expected ?? null });
  if (touched) return;
  const now = await planSteps.read(context, id, 'plan');
  assertInPlan(now, states);
  assertRevision(now, expected);
}
function assertInPlan(now: SteppedRow, states: readonly string[], record?: string): void {
  if (!states.includes(now.status))
    throw new RuleBroken('STEP_NOT_ALLOWED', { record, details: { state: now.status, from: states.join(', ') } });
}

/** Puts an item at the end of a plan. */
async function startItem(
  context: FetchContext,
  of: SteppedRow,
  input: PlanItemInput,
): Promise<{ id: string; content: PlanItemContent }> {
  const { owner, visibility, parties, subjects } = of;
  const audience = { owner, visibility, parties, subjects };
  assertStart(planItemMachine, 'addPlanItem', context.actor, audience, { ...input });
  const content = contentWith(input, nothing);
  const position = sql`(select coalesce(max(${planItem.position}) + 1, 0) from ${planItem} where ${planItem.plan} = ${of.id}::uuid)`;
  const { id } = await itemSteps.start(
    context,
    'addPlanItem',
    { ...audience, plan: of.id, ...content, position },
    input,
  );
  await keepResponsible(context, { id, ...audience }, input);
  return { id, content };
}

export async function addPlanItem(input: AddPlanItemInput, context: FetchContext): Promise<{ id: string }> {
  const of = await planSteps.read(context, input.plan, 'plan');
  assertStart(planItemMachine, 'addPlanItem', context.actor, of, { ...input });
  await touchPlan(context, of.id, editable, input.expectedRevision);
  const { id } = await startItem(context, of, input);
  return { id };
}

export async function changePlanItem(input: ChangePlanItemInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await itemSteps.take(context, 'changePlanItem', 'item', input, async (row) => {
    await touchPlan(context, String(row['plan']), editable);
    await keepResponsible(context, row, input);
    return { ...contentWith(input, contentOf(row)) };
  });
  return { id };
}

export async function removePlanItem(input: ItemInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await itemSteps.take(context, 'removePlanItem', 'item', input, async (row) => {
    await touchPlan(context, String(row['plan']), editable);
    await lockItem(context, row.id);
    const [source] = await context.scope.run(sourcesOfItem, { id: row.id });
    if (source) throw new RuleBroken('PLAN_ITEM_HAS_SOURCES', { record: row.id });
    return {};
  });
  return { id };
}

const sourcesOfItem = statement(
  build
    .select({ id: planTopic.id })
    .from(planTopic)
    .where(and(sql`${planTopic.planItem} = ${placeholder('id')}::uuid`, isNull(planTopic.deleted)))
    .unionAll(
      build
        .select({ id: submission.id })
        .from(submission)
        .where(and(sql`${submission.planItem} = ${placeholder('id')}::uuid`, isNull(submission.deleted))) as never,
    )
    .limit(1),
);
const lockedItem = statement(
  build
    .select({ id: planItem.id, plan: planItem.plan, owner: planItem.owner })
    .from(planItem)
    .where(
      and(
        sql`${planItem.id} = ${placeholder('id')}::uuid`,
        eq(planItem.status, sql`'LISTED'`),
        isNull(planItem.deleted),
      ),
    )
    .for('update'),
);
/** An item that stays in its plan until the end of the mutation. */
async function lockItem(context: FetchContext, id: string) {
  const [found] = isId(id) ? await context.scope.run(lockedItem, { id }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: ['item'] });
  return found;
}

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
async function keepResponsible(
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

// Amendments

export interface AmendPlanInput extends PlanReasonInput {
  readonly add?: readonly (PlanItemInput & { readonly kind: string })[] | null;
  readonly change?: readonly (PlanItemInput & { readonly item: string })[] | null;
  readonly remove?: readonly string[] | null;
}

/** Changes a published plan, with a reason; how each item read before stays readable. */
export async function amendPlan(input: AmendPlanInput, context: FetchContext): Promise<{ id: string }> {
  const { id, row } = await planSteps.take(context, 'amendPlan', 'plan', input, () => {
    assertLengths(input, longest);
    if (!input.add?.length && !input.change?.length && !input.remove?.length)
      throw new RuleBroken('REQUIRED', { path: ['change'], details: { field: 'add, change, remove' } });
    return {};
  });
  const made: { planItem: string; change: string; before: PlanItemContent | null; after: PlanItemContent | null }[] =
    [];
  const assertIn = (item: SteppedRow) => {
    if (item['plan'] !== id) throw new RuleBroken('NOT_FOUND', { path: ['item'] });
  };
  for (const given of input.add ?? []) {
    const added = await startItem(context, row, given);
    made.push({ planItem: added.id, change: 'ADDED', before: null, after: added.content });
  }
  for (const given of input.change ?? [])
    await itemSteps.take(context, 'changePlanItem', 'item', given, async (item) => {
      assertIn(item);
      await keepResponsible(context, item, given);
      const [before, after] = [contentOf(item), contentWith(given, contentOf(item))];
      made.push({ planItem: item.id, change: 'CHANGED', before, after });
      return { ...after };
    });
  for (const item of input.remove ?? [])
    await itemSteps.take(context, 'removePlanItem', 'item', { item }, (gone) => {
      assertIn(gone);
      made.push({ planItem: gone.id, change: 'REMOVED', before: contentOf(gone), after: null });
      return {};
    });
  const { owner, visibility, parties, subjects } = row;
  const rows = made.map((one, position) => ({
    id: crypto.randomUUID(),
    owner,
    ownerAsFiled: owner,
    visibility,
    parties: [...parties],
    subjects: [...subjects],
    plan: id,
    reason: input.reason.trim(),
    position,
    ...one,
  }));
  await context.scope.run(statement(build.insert(planAmendment).values(rows)));
  return { id };
}

// Topics, and submissions of the public

export interface SuggestInput extends PlanInput {
  readonly title: string;
  readonly text?: string | null;
  readonly organization?: string | null;
}

/** Suggests a topic while they are gathered: a member by themselves or in the name of what they convene, a department, the office. */
export async function suggestPlanTopic(input: SuggestInput, context: FetchContext): Promise<{ id: string }> {
  const { actor } = context;
  assertMayEver(topicMachine, 'suggestPlanTopic', actor);
  const of = await planSteps.read(context, input.plan, 'plan');
  const author = actor.kind === 'MEMBER' ? actor.member : null;
  const department = actor.kind === 'DEPARTMENT' ? actor.department : null;
  const organization = input.organization ?? null;
  assertStart(topicMachine, 'suggestPlanTopic', actor, { owner: of.owner, author, department }, { ...input });
  if (organization !== null && !(actor.kind === 'MEMBER' && actor.convenes.includes(organization)))
    throw new RuleBroken('NOT_YOURS', { path: ['organization'], details: { who: '该界别或小组召集人' } });
  assertLengths(input, longest);
  const until = of['collectUntil'] as string | null;
  if (of.status !== 'COLLECTING' || until === null || until < today())
    throw new RuleBroken('TOPICS_CLOSED', { path: ['plan'] });
  const audience = {
    owner: of.owner,
    visibility: 'INTERNAL' as const,
    parties: [],
    subjects: [author, organization, department].filter((one) => one !== null),
  };
  const who = { author, organization, department };
  const text = { title: input.title.trim(), text: input.text?.trim() || null };
  const row = { ...audience, plan: of.id, ...text, filedBy: actor.kind, ...who };
  const { id } = await topicSteps.start(context, 'suggestPlanTopic', row, input);
  if (actor.kind !== 'STAFF') {
    const reference = { referenceOwner: of.owner, referenceVisibility: 'MEMBERS' as const };
    const suggester = {
      ...audience,
      ...reference,
      ...who,
      id: crypto.randomUUID(),
      ownerAsFiled: of.owner,
      planTopic: id,
    };
    await context.scope.run(statement(build.insert(planTopicSuggester).values(suggester)));
  }
  return { id };
}

interface TopicInput extends MutationInput {
  readonly topic: string;
}
/** Into an item that is there, or into a new one. */
interface IntoItem {
  readonly item?: string | null;
  readonly newItem?: (PlanItemInput & { readonly kind: string }) | null;
}

/** The item that something is taken into; a new one has the source's title unless it is given its own. */
async function itemFor(
  context: FetchContext,
  into: IntoItem,
  of: { readonly plan: string; readonly title: string },
): Promise<{ id: string; plan: string }> {
  if (into.item != null && into.newItem != null) throw invalid('newItem');
  if (into.item != null) {
    const found = await lockItem(context, into.item);
    assertInPlan(await planSteps.read(context, found.plan, 'plan'), standing);
    return found;
  }
  if (into.newItem == null) throw new RuleBroken('REQUIRED', { path: ['item'], details: { field: 'item' } });
  const planRow = await planSteps.read(context, of.plan, 'plan');
  await touchPlan(context, planRow.id, editable);
  const title = into.newItem.title ?? of.title;
  return { id: (await startItem(context, planRow, { ...into.newItem, title })).id, plan: of.plan };
}

export async function takeTopicIntoPlan(input: TopicInput & IntoItem, context: FetchContext): Promise<{ id: string }> {
  const { id } = await topicSteps.take(context, 'takeTopicIntoPlan', 'topic', input, async (row) => {
    const of = { plan: String(row['plan']), title: String(row['title']) };
    const item = await itemFor(context, input, of);
    if (item.plan !== of.plan) throw invalid('item');
    return { planItem: item.id, reason: null };
  });
  return { id };
}

export async function declineTopic(input: TopicInput & { readonly reason: string }, context: FetchContext) {
  const { id } = await topicSteps.take(context, 'declineTopic', 'topic', input, () => {
    assertLengths(input, longest);
    return { reason: input.reason.trim() };
  });
  return { id };
}

export async function releaseTopic(input: TopicInput & { readonly reason: string }, context: FetchContext) {
  const { id } = await topicSteps.take(context, 'releaseTopic', 'topic', input, () => {
    assertLengths(input, longest);
    return { planItem: null, reason: input.reason.trim() };
  });
  return { id };
}

interface SubmissionInput extends MutationInput {
  readonly submission: string;
}

export async function takeSubmissionIntoPlan(
  input: SubmissionInput & IntoItem & { readonly plan?: string | null },
  context: FetchContext,
): Promise<{ id: string }> {
  const { id } = await submissionSteps.take(context, 'takeSubmissionIntoPlan', 'submission', input, async (row) => {
    if (input.newItem != null && input.plan == null)
      throw new RuleBroken('REQUIRED', { path: ['plan'], details: { field: 'plan' } });
    const item = await itemFor(context, input, { plan: input.plan ?? '', title: String(row['title']) });
    return { planItem: item.id, reason: null };
  });
  return { id };
}

export async function releaseSubmissionFromPlan(
  input: SubmissionInput & { readonly reason: string },
  context: FetchContext,
): Promise<{ id: string }> {
  const { id } = await submissionSteps.take(context, 'releaseSubmissionFromPlan', 'submission', input, () => {
    assertLengths(input, longest);
    return { planItem: null, reason: input.reason.trim() };
  });
  return { id };
}

// Planned and held

const consultationsById = statement(
  build
    .select({ id: consultation.id, owner: consultation.owner, kind: consultation.kind, status: consultation.status })
    .from(consultation)
    .where(and(sql`${consultation.id} = ${placeholder('id')}::uuid`, isNull(consultation.deleted))),
);
async function seenConsultation(context: FetchContext, id: string, path: string) {
  const [found] = isId(id) ? await context.scope.run(consultationsById, { id }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [path] });
  return found;
}
/** Of what is off, something else may take the place. */
const off: readonly string[] = ['NOT_HELD', 'CANCELLED', 'DECLINED'];
const isOff = (status: string) => off.includes(status);

/** The consultations of a plan's items, linked or named by the plan itself. */
const carriedOut = statement(
  build
    .select({ item: sql<string>`carried.item`.as('item'), id: consultation.id, status: consultation.status })
    .from(
      sql`(select ${planItemHeld.planItem} as item, ${planItemHeld.consultation} as consultation from ${planItemHeld}
        where ${planItemHeld.plan} = ${placeholder('plan')}::uuid and ${planItemHeld.deleted} is null
        union select id, consultation from ${planItem} where plan = ${placeholder('plan')}::uuid and status = 'LISTED' and consultation is not null) as carried`,
    )
    .innerJoin(consultation, sql`${consultation.id} = carried.consultation`),
);

/** Links a consultation of the committee to the item that it carries out. */
async function link(context: FetchContext, row: SteppedRow, id: string): Promise<Readonly<Record<string, unknown>>> {
  const of = String(row['plan']);
  assertInPlan(await planSteps.read(context, of, 'plan'), inForce, row.id);
  const found = await seenConsultation(context, id, 'consultation');
  if (found.owner !== row.owner) throw new RuleBroken('NOT_YOURS', { path: ['consultation'], details: staffSentence });
  await lockItem(context, row.id);
  const carried = await context.scope.run(carriedOut, { plan: of });
  if (carried.some((one) => one.id === id)) throw new RuleBroken('CONSULTATION_IN_PLAN', { path: ['consultation'] });
  const { title, count } = contentOf(row);
  const most = count === null ? (title === null ? null : 1) : count.qualifier === 'EXACT' ? count.value : null;
  if (most !== null && carried.filter((one) => one.item === row.id && !isOff(one.status)).length >= most)
    throw new RuleBroken('PLAN_ITEM_FULL', { path: ['consultation'], record: row.id, details: { count: most } });
  const { owner, visibility, parties, subjects } = row;
  await context.scope.run(
    statement(
      build.insert(planItemHeld).values({
        id: crypto.randomUUID(),
        owner,
        ownerAsFiled: owner,
        visibility,
        parties: [...parties],
        subjects: [...subjects],
        plan: of,
        planItem: row.id,
        consultation: id,
      }),
    ),
  );
  return {};
}

export interface HoldPlanItemInput extends ItemInput {
  readonly consultation: string;
}
export async function holdPlanItem(input: HoldPlanItemInput, context: FetchContext): Promise<{ id: string }> {
  const { id } = await itemSteps.take(context, 'holdPlanItem', 'item', input, (row) =>
    link(context, row, input.consultation),
  );
  return { id };
}

/**
 * The same for a consultation that is being planned, in its own mutation.
 * @throws RuleBroken with the path `planItem`, or whatever {@link holdPlanItem} is refused with
 */
export async function linkItem(context: FetchContext, planItem: string, consultation: string): Promise<void> {
  await itemSteps.take(context, 'holdPlanItem', 'planItem', { planItem, consultation }, (row) =>
    link(context, row, consultation),
  );
}

const unlinked = statement(
  build
    .update(planItemHeld)
    .set({ deleted: sql`now()` })
    .where(
      and(
        sql`${planItemHeld.planItem} = ${placeholder('item')}::uuid`,
        sql`${planItemHeld.consultation} = ${placeholder('consultation')}::uuid`,
        isNull(planItemHeld.deleted),
      ),
    )
    .returning({ id: planItemHeld.id }),
);
export async function releasePlanItem(
  input: HoldPlanItemInput & { readonly reason: string },
  context: FetchContext,
): Promise<{ id: string }> {
  const { id } = await itemSteps.take(context, 'releasePlanItem', 'item', input, async (row) => {
    assertLengths(input, longest);
    const { consultation } = input;
    const gone = isId(consultation) ? await context.scope.run(unlinked, { item: row.id, consultation }) : [];
    if (gone.length === 0) throw new RuleBroken('NOT_FOUND', { path: ['consultation'] });
    return {};
  });
  return { id };
}
