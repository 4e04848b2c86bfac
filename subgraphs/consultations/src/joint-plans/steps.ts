import type { Visibility } from '@hub/access';
import { isId } from '@hub/connections';
import { build, DatabaseError, type Scope, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { committee as committeeOf } from '@hub/regions';
import { assertMayEver, assertStart, type FetchContext, type MutationInput, stepsOf } from '@hub/workflow';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { platformReference, visibleConsultation } from '../consultations/steps.ts';
import { cooperationLink } from '../consultations/tables.ts';
import { assertLengths, givenCode, givenId, givenInstant } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { jointPlanMachine } from './joint-plan.machine.ts';
import { jointPlanPartyMachine } from './joint-plan-party.machine.ts';
import { type GivenProposal, type Proposal, proposalOf, sameInstant } from './proposal.ts';
import {
  jointPlan,
  jointPlanCooperation,
  jointPlanEvent,
  jointPlanParty,
  jointPlanPartyEvent,
  jointPlanPlatform,
  jointPlanProposal,
} from './tables.ts';

const { placeholder } = sql;

/** How plans are made and moved by their initiator. */
export const jointPlanSteps = stepsOf(jointPlan, jointPlanMachine, jointPlanEvent, consultationSettings);
/** How parties answer. */
export const jointPlanPartySteps = stepsOf(
  jointPlanParty,
  jointPlanPartyMachine,
  jointPlanPartyEvent,
  consultationSettings,
);

const longest = { comment: 1_000, reason: 500, hostName: 100 };
const mostParties = 50;

const once = sql`(values (1)) as once`;
const holdPlan = statement(
  build
    .select({
      held: sql`pg_advisory_xact_lock(hashtextextended('consultations.joint_plan ' || ${placeholder('plan')}::text, 0))`,
    })
    .from(once),
);
const settlePlan = statement(
  build.select({ settled: sql`consultations.settle_joint_plan(${placeholder('plan')}::uuid)` }).from(once),
);
const leavePlan = statement(
  build.select({ left: sql`consultations.leave_joint_plan(${placeholder('plan')}::uuid)` }).from(once),
);

const plansHeld = statement(
  build
    .select({
      id: jointPlan.id,
      owner: jointPlan.owner,
      status: jointPlan.status,
      visibility: jointPlan.visibility,
      parties: jointPlan.parties,
      subjects: jointPlan.subjects,
      required: jointPlan.required,
      number: jointPlan.number,
      lockedNumber: jointPlan.lockedNumber,
      revision: jointPlan.revision,
    })
    .from(jointPlan)
    .where(and(sql`${jointPlan.id} = ${placeholder('id')}::uuid`, isNull(jointPlan.deleted))),
);
type HeldPlan = Awaited<ReturnType<typeof plansHeld.run>>[number];

/**
 * A plan, held until the end of the transaction: whatever is done to one is done after the other, so what is read here is
 * what the step is taken on.
 * @throws RuleBroken NOT_FOUND where there is none that the actor may see
 */
export async function heldPlan({ scope }: FetchContext, id: string): Promise<HeldPlan> {
  if (isId(id)) await scope.run(holdPlan, { plan: id });
  const [plan] = isId(id) ? await scope.run(plansHeld, { id }) : [];
  if (!plan) throw new RuleBroken('NOT_FOUND', { path: ['jointPlan'] });
  return plan;
}

/** Draws what follows from what was written. A time that somebody else took first is a conflict like any other. */
async function settle(scope: Scope, { id, revision }: Pick<HeldPlan, 'id' | 'revision'>): Promise<{ id: string }> {
  try {
    await scope.run(settlePlan, { plan: id });
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'CONFLICT')
      throw new RuleBroken('CONFLICT', { record: id, details: { revision } });
    throw error;
  }
  return { id };
}

/** What belongs to a plan, as its party writes it. */
const partOfPlan = ({ visibility, parties, subjects }: HeldPlan, owner: string) => ({
  id: crypto.randomUUID(),
  owner,
  ownerAsFiled: owner,
  visibility: visibility as Visibility,
  parties: [...parties],
  subjects: [...subjects],
});

/** The code of a committee that is there. @throws RuleBroken INVALID */
function givenCommittee(given: string, path: readonly string[]): string {
  const code = givenCode(given, path.at(-1) ?? '');
  if (!committeeOf(code)) throw new RuleBroken('INVALID', { path, details: { field: path.at(-1) ?? '' } });
  return code;
}

export interface StartInput extends MutationInput, GivenProposal {
  readonly committee: string;
  readonly parties: readonly { readonly committee: string; readonly required?: boolean | null }[];
  readonly title: string;
  readonly kind: string;
  readonly durationMinutes: number;
  readonly starts: readonly string[];
  readonly comment?: string | null;
  readonly cooperation?: string | null;
  readonly follows?: string | null;
  readonly hostName?: string | null;
  readonly workstation?: string | null;
}

/** Proposes a plan to others; who starts it has accepted its own proposal, every time of it. */
export async function startJointPlan(input: StartInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  const owner = givenCode(input.committee, 'committee');
  assertStart(jointPlanMachine, 'startJointPlan', context.actor, { owner }, { ...input });
  assertLengths(input, longest);
  const invited = input.parties.map(({ committee, required }, at) => ({
    committee: givenCommittee(committee, ['parties', String(at), 'committee']),
    required: required ?? true,
  }));
  if (invited.length === 0) throw new RuleBroken('REQUIRED', { path: ['parties'], details: { field: 'parties' } });
  const parties = [owner, ...invited.map(({ committee }) => committee)];
  if (invited.length > mostParties || new Set(parties).size < parties.length)
    throw new RuleBroken('INVALID', { path: ['parties'], details: { field: 'parties' } });
  const proposal = proposalOf(input, owner, null);
  assertSides(proposal, parties);
  const follows = await visibleConsultation(scope, input.follows, 'follows');
  const audience = { owner, visibility: 'JOINT' as const, parties, subjects: [] };
  const { id } = await jointPlanSteps.start(
    context,
    'startJointPlan',
    {
      ...audience,
      title: proposal.title,
      kind: proposal.kind,
      required: [owner, ...invited.flatMap(({ committee, required }) => (required ? [committee] : []))],
      number: 1,
      follows,
    },
    input,
  );
  const plan = await heldPlan(context, id);
  await writeProposal(scope, plan, owner, { ...proposal, number: 1, basedOn: null, comment: input.comment ?? null });
  if (input.cooperation != null) await writeCooperation(scope, plan, givenId(input.cooperation, 'cooperation'));
  await settle(scope, plan);
  const { hostName, workstation } = input;
  return acceptJointPlan({ jointPlan: id, number: 1, hostName, workstation }, context);
}

/** @throws RuleBroken INVALID where a visit or quota is of a committee that takes no part */
function assertSides({ visits, quotas }: Proposal, parties: readonly string[]): void {
  for (const [field, sides] of Object.entries({ visits, quotas }))
    if (sides.some(({ committee }) => committee !== null && !parties.includes(committee)))
      throw new RuleBroken('INVALID', { path: [field], details: { field } });
}

async function writeProposal(
  scope: Scope,
  plan: HeldPlan,
  owner: string,
  proposal: Proposal & { number: number; basedOn: number | null; comment: string | null },
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

const knownCooperations = statement(
  build
    .select({ owner: cooperationLink.referenceOwner, visibility: cooperationLink.referenceVisibility })
    .from(cooperationLink)
    .where(and(sql`${cooperationLink.cooperation} = ${placeholder('id')}::uuid`, isNull(cooperationLink.deleted)))
    .orderBy(desc(cooperationLink.modified))
    .limit(1),
);
async function writeCooperation(scope: Scope, plan: HeldPlan, cooperation: string): Promise<void> {
  const [known] = await scope.run(knownCooperations, { id: cooperation });
  await scope.run(
    statement(
      build.insert(jointPlanCooperation).values({
        ...partOfPlan(plan, plan.owner),
        // Unless it is known who may see the cooperation itself, it is shown to those alone who named it.
        referenceOwner: known?.owner ?? plan.owner,
        referenceVisibility: known?.visibility ?? 'INTERNAL',
        jointPlan: plan.id,
        cooperation,
      }),
    ),
  );
}

export interface PartyInput extends MutationInput {
  readonly jointPlan: string;
  readonly committee: string;
}
export interface InviteInput extends PartyInput {
  readonly required?: boolean | null;
  readonly inPlaceOf?: string | null;
}

const notHosting = statement(
  build
    .select({ id: jointPlanParty.id })
    .from(jointPlanParty)
    .where(
      and(
        sql`${jointPlanParty.jointPlan} = ${placeholder('plan')}::uuid`,
        sql`${jointPlanParty.owner} = ${placeholder('committee')}`,
        isNull(jointPlanParty.lockedNumber),
        sql`${jointPlanParty.status} not in ('WITHDRAWN', 'UNINVITED')`,
      ),
    ),
);
/** @throws RuleBroken INVALID unless it is a party besides the initiator that doesn't host yet: no committee puts out another */
async function assertNotHosting(scope: Scope, plan: HeldPlan, committee: string, field: string): Promise<void> {
  const [party] = await scope.run(notHosting, { plan: plan.id, committee });
  if (!party || committee === plan.owner) throw new RuleBroken('INVALID', { path: [field], details: { field } });
}

/** Invites another committee, or one again that left. */
export async function inviteParty(input: InviteInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertMayEver(jointPlanMachine, 'inviteParty', context.actor);
  const plan = await heldPlan(context, input.jointPlan);
  const committee = givenCommittee(input.committee, ['committee']);
  const replaced = input.inPlaceOf == null ? null : givenCode(input.inPlaceOf, 'inPlaceOf');
  await jointPlanSteps.take(context, 'inviteParty', 'jointPlan', input, async () => {
    if (plan.parties.includes(committee) || plan.parties.length > mostParties)
      throw new RuleBroken('INVALID', { path: ['committee'], record: plan.id, details: { field: 'committee' } });
    if (replaced !== null) await assertNotHosting(scope, plan, replaced, 'inPlaceOf');
    return {};
  });
  await writeParties(scope, plan, {
    parties: [...plan.parties.filter((party) => party !== replaced), committee],
    required: [
      ...plan.required.filter((party) => party !== replaced),
      ...((input.required ?? true) ? [committee] : []),
    ],
  });
  return settle(scope, plan);
}

export async function uninviteParty(input: PartyInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertMayEver(jointPlanMachine, 'uninviteParty', context.actor);
  const plan = await heldPlan(context, input.jointPlan);
  const committee = givenCode(input.committee, 'committee');
  await jointPlanSteps.take(context, 'uninviteParty', 'jointPlan', input, async () => {
    await assertNotHosting(scope, plan, committee, 'committee');
    return {};
  });
  await writeParties(scope, plan, {
    parties: plan.parties.filter((party) => party !== committee),
    required: plan.required.filter((party) => party !== committee),
  });
  return settle(scope, plan);
}

/** After its event is kept: an event has the audience that the plan had. */
async function writeParties(
  scope: Scope,
  { id }: HeldPlan,
  columns: { parties: string[]; required: string[] },
): Promise<void> {
  await scope.run(statement(build.update(jointPlan).set(columns).where(eq(jointPlan.id, id))));
}

export interface ReasonInput extends MutationInput {
  readonly jointPlan: string;
  readonly reason: string;
}
export async function cancelJointPlan(input: ReasonInput, context: FetchContext): Promise<{ id: string }> {
  assertMayEver(jointPlanMachine, 'cancelJointPlan', context.actor);
  assertLengths(input, longest);
  const plan = await heldPlan(context, input.jointPlan);
  await jointPlanSteps.take(context, 'cancelJointPlan', 'jointPlan', input, (row) => ({
    reason: input.reason,
    sequence: Number(row['sequence']) + (plan.lockedNumber === null ? 0 : 1),
  }));
  return settle(context.scope, plan);
}

const ownParties = statement(
  build
    .select({ id: jointPlanParty.id, status: jointPlanParty.status })
    .from(jointPlanParty)
    .where(
      and(
        sql`${jointPlanParty.jointPlan} = ${placeholder('plan')}::uuid`,
        sql`${jointPlanParty.owner} = ${placeholder('committee')}`,
        isNull(jointPlanParty.deleted),
      ),
    ),
);

/** @throws RuleBroken STEP_NOT_ALLOWED where nothing is negotiated any more */
export function assertOpen({ id, status }: { readonly id?: string | undefined; readonly status: string }): void {
  if (status !== 'TENTATIVE' && status !== 'CONFIRMED')
    throw new RuleBroken('STEP_NOT_ALLOWED', { record: id, details: { state: status, from: 'TENTATIVE, CONFIRMED' } });
}

interface AnswerInput extends MutationInput {
  readonly jointPlan: string;
  readonly number?: number;
  readonly reason?: string | null;
}

/** Whatever a party says: in its own record, to the proposal that it read, while nobody else says anything to the plan. */
async function answer<Input extends AnswerInput>(
  context: FetchContext,
  name: string,
  input: Input,
  changes: (
    plan: HeldPlan,
    party: string,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
): Promise<HeldPlan> {
  const { actor, scope } = context;
  assertMayEver(jointPlanPartyMachine, name, actor);
  if (actor.kind !== 'STAFF') throw new HubError('FORBIDDEN');
  assertLengths(input, longest);
  const plan = await heldPlan(context, input.jointPlan);
  const [party] = await scope.run(ownParties, { plan: plan.id, committee: actor.committee });
  if (!party) throw new RuleBroken('NOT_FOUND', { path: ['jointPlan'] });
  assertOpen(plan);
  if (input.number !== undefined && input.number !== plan.number)
    throw new RuleBroken('CONFLICT', { record: plan.id, path: ['number'], details: { revision: plan.revision } });
  try {
    await jointPlanPartySteps.take(context, name, 'party', { ...input, party: party.id }, () =>
      changes(plan, party.id),
    );
  } catch (error) {
    // The payload shows the plan, whichever record it was about.
    if (error instanceof RuleBroken && error.record === party.id)
      throw new RuleBroken(error.code, { path: error.path, details: error.details, record: plan.id });
    throw error;
  }
  return plan;
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

export interface AcceptInput extends AnswerInput {
  readonly number: number;
  readonly starts?: readonly string[] | null;
  readonly hostName?: string | null | undefined;
  readonly workstation?: string | null | undefined;
}

/** Accepts the proposal that was read, for all of its times or some. Where all have, it locks in this very transaction. */
export async function acceptJointPlan(input: AcceptInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  let through: string | null = null;
  const plan = await answer(context, 'acceptJointPlan', input, async (held, party) => {
    const { starts } = await currentProposal(scope, held);
    if (held.lockedNumber !== held.number && !starts.some((start) => Date.parse(start) > Date.now()))
      throw new RuleBroken('DATE_PAST', { path: ['number'], record: held.id, details: { field: 'starts' } });
    const { hostName, workstation } = input;
    if (workstation != null) through = party;
    return {
      number: held.number,
      starts: input.starts == null ? null : chosenStarts(input.starts, starts),
      reason: null,
      ...(hostName !== undefined && { hostName: hostName?.trim() || null }),
    };
  });
  if (through !== null) await writePlatform(scope, plan, through, context, input.workstation ?? '');
  return settle(scope, plan);
}

/** @throws RuleBroken INVALID where a time is none of the candidates, REQUIRED where there is none */
function chosenStarts(given: readonly string[], candidates: readonly string[]): string[] {
  if (given.length === 0) throw new RuleBroken('REQUIRED', { path: ['starts'], details: { field: 'starts' } });
  return given.map((start, at) => {
    givenInstant(start, 'starts', ['starts', String(at)]);
    const candidate = candidates.find((one) => sameInstant(one, start));
    if (candidate === undefined)
      throw new RuleBroken('INVALID', { path: ['starts', String(at)], details: { field: 'starts' } });
    return candidate;
  });
}

async function writePlatform(
  scope: Scope,
  plan: HeldPlan,
  party: string,
  { actor }: FetchContext,
  workstation: string,
): Promise<void> {
  const owner = 'committee' in actor ? actor.committee : plan.owner;
  const reference = await platformReference(scope, owner, workstation);
  const columns = { referenceOwner: reference.owner, referenceVisibility: reference.visibility, workstation };
  await scope.run(
    statement(
      build
        .insert(jointPlanPlatform)
        .values({ ...partOfPlan(plan, owner), ...columns, jointPlanParty: party })
        .onConflictDoUpdate({ target: jointPlanPlatform.jointPlanParty, set: columns }),
    ),
  );
}

const saying = (name: string) => async (input: AnswerInput, context: FetchContext) => {
  const plan = await answer(context, name, input, ({ number }) => ({
    number,
    starts: null,
    reason: input.reason?.trim() || null,
  }));
  return settle(context.scope, plan);
};
export const answerJointPlanTentatively = saying('answerJointPlanTentatively');
export const declineJointPlan = saying('declineJointPlan');

const lastNumbers = statement(
  build
    .select({ last: sql<number>`max(${jointPlanProposal.number})`.mapWith(Number).as('last') })
    .from(jointPlanProposal)
    .where(sql`${jointPlanProposal.jointPlan} = ${placeholder('plan')}::uuid`),
);

export interface CounterInput extends AnswerInput, GivenProposal {
  readonly number: number;
  readonly comment?: string | null;
}

/** Puts another proposal in the place of the one that was read. Of a locked plan it is a change, and the locked one stands meanwhile. */
export async function counterJointPlan(input: CounterInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const plan = await answer(context, 'counterJointPlan', input, async (held) => {
    const author = 'committee' in actor ? actor.committee : '';
    const { number: basedOn, owner: _, ...before } = await currentProposal(scope, held);
    const proposal = proposalOf(input, author, before);
    assertSides(proposal, held.parties);
    if (!proposal.starts.some((start) => Date.parse(start) > Date.now()))
      throw new RuleBroken('DATE_PAST', { path: ['starts'], record: held.id, details: { field: 'starts' } });
    const [{ last } = { last: held.number }] = await scope.run(lastNumbers, { plan: held.id });
    const number = last + 1;
    await writeProposal(scope, held, author, { ...proposal, number, basedOn, comment: input.comment ?? null });
    return { number, starts: null, reason: null };
  });
  return settle(scope, plan);
}

export interface TakeBackInput extends AnswerInput {
  readonly number: number;
}

/** Takes back one's own change of a locked plan. */
export async function takeBackCounter(input: TakeBackInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const plan = await answer(context, 'takeBackCounter', input, async (held) => {
    const { owner } = await currentProposal(scope, held);
    if (!('committee' in actor) || owner !== actor.committee)
      throw new RuleBroken('NOT_YOURS', { record: held.id, details: { who: '提出该变更的一方' } });
    if (held.lockedNumber === null || held.lockedNumber === held.number)
      throw new RuleBroken('STEP_NOT_ALLOWED', {
        record: held.id,
        details: { state: held.status, from: 'CONFIRMED, while a change of it is proposed' },
      });
    await scope.run(
      statement(
        build
          .update(jointPlanProposal)
          .set({ takenBack: true })
          .where(and(eq(jointPlanProposal.jointPlan, held.id), eq(jointPlanProposal.number, held.number))),
      ),
    );
    return {};
  });
  return settle(scope, plan);
}

/** Leaves a plan. The initiator doesn't leave its own: it calls it off. */
export async function withdrawFromJointPlan(input: ReasonInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const plan = await answer(context, 'withdrawFromJointPlan', input, (held) => {
    if ('committee' in actor && actor.committee === held.owner)
      throw new RuleBroken('NOT_YOURS', { record: held.id, details: { who: '受邀方；发起方请取消计划' } });
    return { reason: input.reason, starts: null };
  });
  await scope.run(leavePlan, { plan: plan.id });
  return settle(scope, plan);
}
