import type { Visibility } from '@hub/access';
import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import {
  assertMayEver,
  assertNoMoreThan,
  changedTexts,
  type FetchContext,
  type MutationInput,
  type SteppedRow,
  stepsOf,
} from '@hub/workflow';
import { today } from '@hub/working-days';
import { and, asc, desc, isNull, sql } from 'drizzle-orm';
import { assertLengths, givenCommittee, givenId, givenLink, givenRegion } from '../given.ts';
import { jointPlan } from '../joint-plans/tables.ts';
import { linkItem } from '../plans/held.ts';
import { consultationSettings } from '../settings/settings.ts';
import {
  consultation,
  consultationEvent,
  consultationOrganization,
  host,
  hostPlatform,
  onlineMeeting,
} from '../tables.ts';
import { consultationMachine } from './consultation.machine.ts';
import { hostsOf } from './hosts.ts';
import { type MeetingNumber, numberColumns } from './meeting-number.ts';
import {
  checkedParts,
  firstStart,
  type GivenPart,
  heldColumns,
  partsOfConsultations,
  partsSignedAt,
  writeParts,
} from './parts.ts';

const { placeholder } = sql;

/** How consultations are made and moved. */
export const consultationSteps = stepsOf(consultation, consultationMachine, consultationEvent, consultationSettings);
export interface StepInput extends MutationInput {
  readonly consultation: string;
}

const agreed = statement(
  build
    .select({ id: jointPlan.id })
    .from(jointPlan)
    .where(
      and(
        sql`${jointPlan.consultation} = ${placeholder('id')}::uuid`,
        sql`${jointPlan.status} in ('CONFIRMED', 'CONCLUDED')`,
        isNull(jointPlan.deleted),
      ),
    ),
);
/** @throws RuleBroken JOINTLY_PLANNED where several committees agreed on it: none of them changes that alone */
export async function assertOwnToChange(scope: Scope, { id }: Pick<SteppedRow, 'id'>): Promise<void> {
  const [plan] = await scope.run(agreed, { id });
  if (plan) throw new RuleBroken('JOINTLY_PLANNED', { record: id });
}

/** @throws RuleBroken JOINTLY_PLANNED unless every other host of what several agreed on agreed to publish it too */
async function assertPublishable(scope: Scope, row: SteppedRow): Promise<void> {
  const said = row['publicationAgreed'] as readonly string[];
  const hosts = await hostsOf(scope, row.id);
  if (hosts.every((committee) => committee === row.owner || said.includes(committee))) return;
  await assertOwnToChange(scope, row);
}

export const longest = {
  title: 200,
  localKind: 50,
  topics: 100,
  place: 200,
  description: 4_000,
  hostName: 100,
  reason: 500,
  platform: 50,
};
const mostTopics = 20;

interface Details {
  readonly title?: string | null;
  readonly localKind?: string | null;
  readonly topics?: readonly string[] | null;
  readonly description?: string | null;
  readonly place?: string | null;
  readonly region?: string | null;
}

/** The columns of the details that are given. */
function detailColumns(input: Details): Readonly<Record<string, unknown>> {
  assertLengths(input, longest);
  const { topics, region } = input;
  assertNoMoreThan(mostTopics, topics ?? [], ['topics']);
  return {
    ...changedTexts(input, ['title'], ['localKind', 'description', 'place']),
    ...(topics != null && { topics: [...topics] }),
    ...(region !== undefined && { region: region === null ? null : givenRegion(region) }),
  };
}

const visibleConsultations = statement(
  build
    .select({ id: consultation.id })
    .from(consultation)
    .where(and(sql`${consultation.id} = ${placeholder('id')}::uuid`, isNull(consultation.deleted))),
);
/** Another consultation that is named, null where none is. @throws RuleBroken NOT_FOUND for one that the actor may not see */
export async function visibleConsultation(
  scope: Scope,
  given: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (given == null) return null;
  const [found] = await scope.run(visibleConsultations, { id: givenId(given, field) });
  if (!found) throw new RuleBroken('NOT_FOUND', { path: [field] });
  return given;
}

type Audience = Pick<SteppedRow, 'owner' | 'visibility' | 'parties' | 'subjects'>;
const partColumns = ({ owner, visibility, parties, subjects }: Audience) => ({
  id: crypto.randomUUID(),
  owner,
  ownerAsFiled: owner,
  visibility,
  parties: [...parties],
  subjects: [...subjects],
});

/** Names its sector or group for those who may see that: as far as is known here, members of the committee. */
async function writeOrganization(scope: Scope, id: string, of: Audience, organization: string): Promise<void> {
  const row = {
    ...partColumns(of),
    referenceOwner: of.owner,
    referenceVisibility: 'MEMBERS' as const,
    consultation: id,
    organization,
  };
  await scope.run(statement(build.insert(consultationOrganization).values(row)));
}

const knownWorkstations = statement(
  build
    .select({ owner: hostPlatform.referenceOwner, visibility: hostPlatform.referenceVisibility })
    .from(hostPlatform)
    .where(and(sql`${hostPlatform.workstation} = ${placeholder('id')}::uuid`, isNull(hostPlatform.deleted)))
    .orderBy(desc(hostPlatform.modified), asc(hostPlatform.id))
    .limit(1),
);

/**
 * Who may see a workstation through which a committee hosts, as far as that is known here.
 * @throws RuleBroken INVALID, or NOT_YOURS for one that is known to be another committee's
 */
export async function platformReference(
  scope: Scope,
  committee: string,
  workstation: string,
): Promise<{ owner: string; visibility: Visibility }> {
  const [known] = await scope.run(knownWorkstations, { id: givenId(workstation, 'workstation') });
  if (known && known.owner !== committee)
    throw new RuleBroken('NOT_YOURS', { path: ['workstation'], details: { who: '该工作站点所属的政协' } });
  return known ?? { owner: committee, visibility: 'MEMBERS' };
}

interface Platform {
  readonly workstation?: string | null;
  readonly hostName?: string | null;
}

/** Makes its committee the one that leads, and keeps the workstation and the name under which it hosts. */
async function writeLead(scope: Scope, id: string, of: Audience, { workstation, hostName }: Platform): Promise<void> {
  const lead = {
    ...partColumns(of),
    consultation: id,
    committee: of.owner,
    committeeAsFiled: of.owner,
    role: 'LEAD',
    position: 0,
  };
  const led = await scope.run(
    statement(build.insert(host).values(lead).onConflictDoNothing().returning({ id: host.id })),
  );
  // What was imported has its hosts already.
  if (led.length === 0 || (workstation == null && hostName == null)) return;
  // A name alone refers to nothing that could be hidden.
  const reference =
    workstation == null
      ? { owner: of.owner, visibility: 'PUBLIC' as const }
      : await platformReference(scope, of.owner, workstation);
  const platform = {
    ...partColumns(of),
    referenceOwner: reference.owner,
    referenceVisibility: reference.visibility,
    consultation: id,
    host: lead.id,
    workstation: workstation ?? null,
    name: hostName || null,
  };
  await scope.run(statement(build.insert(hostPlatform).values(platform)));
}

/** Meetings of the committee as such, which its office convenes and no sector or group. */
const formal = new Set([
  'PLENARY',
  'STANDING_COMMITTEE',
  'TOPICAL_STANDING_COMMITTEE',
  'CHAIRMENS_MEETING',
  'JOINT_GROUP',
]);

export interface ProposeInput extends MutationInput, Details {
  readonly title: string;
  readonly kind: string;
  readonly organization: string;
  readonly follows?: string | null;
}

/** Proposes a consultation in the name of a sector or group; its convenor and the office see it. */
export async function proposeConsultation(input: ProposeInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  assertMayEver(consultationMachine, 'proposeConsultation', actor);
  if (actor.kind !== 'MEMBER') throw new Error('only members convene');
  const organization = givenId(input.organization, 'organization');
  if (formal.has(input.kind)) throw new RuleBroken('INVALID', { path: ['kind'], details: { field: 'kind' } });
  const audience = {
    owner: actor.committee,
    visibility: 'INTERNAL' as const,
    parties: [],
    subjects: [organization, actor.member],
  };
  const { id } = await consultationSteps.start(
    context,
    'proposeConsultation',
    {
      ...audience,
      ...detailColumns(input),
      follows: await visibleConsultation(scope, input.follows, 'follows'),
      kind: input.kind,
      organization,
      author: actor.member,
    },
    input,
  );
  await writeOrganization(scope, id, audience, organization);
  return { id };
}

/** Who may be chosen as readers of a consultation that one committee holds; its own staff have to be among them. */
const choices: readonly Visibility[] = ['INTERNAL', 'MEMBERS', 'UPWARD', 'PUBLIC'];
function chosenVisibility(given: Visibility): Visibility {
  if (!choices.includes(given))
    throw new RuleBroken('INVALID', { path: ['visibility'], details: { field: 'visibility' } });
  return given;
}

export interface PlanInput extends MutationInput, Details, Platform {
  readonly planItem?: string | null;
  readonly committee: string;
  readonly title: string;
  readonly kind: string;
  readonly organization?: string | null;
  readonly follows?: string | null;
  readonly number?: MeetingNumber | null;
  readonly liveStream?: string | null;
  readonly visibility?: Visibility | null;
}

/** The columns of a consultation as it is planned, or entered. */
export async function planningColumns(scope: Scope, owner: string, input: PlanInput) {
  const organization = input.organization == null ? null : givenId(input.organization, 'organization');
  const audience = {
    owner,
    visibility: chosenVisibility(input.visibility ?? 'INTERNAL'),
    parties: [],
    // The convenor of its sector or group prepares it from here on.
    subjects: organization === null ? [] : [organization],
  };
  return {
    ...audience,
    ...detailColumns(input),
    follows: await visibleConsultation(scope, input.follows, 'follows'),
    ...(await numberColumns(scope, { owner, kind: input.kind }, input.number)),
    kind: input.kind,
    organization,
    liveStream: input.liveStream == null ? null : givenLink(input.liveStream, 'liveStream'),
  };
}

/** Writes what goes with a consultation that was planned, or entered: who leads it, through what, and in whose name. */
export async function writePlanned(
  scope: Scope,
  id: string,
  row: Audience & { readonly organization: string | null },
  input: Platform,
): Promise<void> {
  await writeLead(scope, id, row, input);
  if (row.organization !== null) await writeOrganization(scope, id, row, row.organization);
}

export async function planConsultation(input: PlanInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  const owner = givenCommittee(input.committee);
  assertMayEver(consultationMachine, 'planConsultation', context.actor);
  const row = await planningColumns(scope, owner, input);
  const { id } = await consultationSteps.start(context, 'planConsultation', row, input);
  await writePlanned(scope, id, row, input);
  if (input.planItem != null) await linkItem(context, input.planItem, id);
  return { id };
}

export interface AcceptInput extends StepInput, Platform {
  readonly visibility?: Visibility | null;
}

export async function acceptConsultation(input: AcceptInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const visibility = chosenVisibility(input.visibility ?? 'INTERNAL');
  const { id, row } = await consultationSteps.take(context, 'acceptConsultation', 'consultation', input, () => ({
    visibility,
  }));
  await writeLead(context.scope, id, { ...row, visibility }, input);
  return { id };
}

export interface ReasonInput extends StepInput {
  readonly reason: string;
}
export async function declineConsultation(input: ReasonInput, context: FetchContext): Promise<{ id: string }> {
  assertLengths(input, longest);
  const { reason } = input;
  return consultationSteps.take(context, 'declineConsultation', 'consultation', input, () => ({ reason }));
}

export interface ScheduleInput extends StepInput {
  readonly parts: readonly GivenPart[];
  readonly place?: string | null;
  readonly number?: MeetingNumber | null;
}

const partsOf = (scope: Scope, id: string) => scope.run(partsOfConsultations, { keys: [id] });

/** Sets or changes the parts; a sign-up that was open for longer closes when the first one starts. */
export async function scheduleConsultation(input: ScheduleInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertLengths(input, longest);
  let write = async () => {};
  const { id } = await consultationSteps.take(context, 'scheduleConsultation', 'consultation', input, async (row) => {
    await assertOwnToChange(scope, row);
    const known = await partsOf(scope, row.id);
    const wanted = checkedParts(input.parts, known);
    // Where somebody signed in, they were: such a part stays as it is unless it is named.
    const stay = (await partsSignedAt(scope, row.id, known)).filter(({ id }) => !wanted.some((one) => one.id === id));
    const parts = [
      ...stay.map(({ starts, ends, ...one }) => ({ ...one, starts: Date.parse(starts), ends: Date.parse(ends) })),
      ...wanted,
    ];
    write = () => writeParts(scope, row, parts, known);
    const { place, number } = input;
    return {
      ...heldColumns(parts),
      ...signUpUntil(row, firstStart(parts) ?? 0),
      ...(await numberColumns(scope, { owner: row.owner, kind: String(row['kind']) }, number)),
      ...(place !== undefined && { place }),
    };
  });
  await write();
  return { id };
}

/** The sign-up of a consultation that now starts at this time: shortened to it, or none where it would only open then. */
function signUpUntil(row: SteppedRow, start: number) {
  const { signUpOpens: opens, signUpCloses: closes } = row;
  if (typeof opens !== 'string' || typeof closes !== 'string' || Date.parse(closes) <= start) return {};
  return Date.parse(opens) < start
    ? { signUpCloses: new Date(start).toISOString() }
    : { signUpOpens: null, signUpCloses: null };
}

export interface AnnounceInput extends StepInput {
  readonly places?: number | null;
  readonly signUpOpens?: string | null;
  readonly signUpCloses?: string | null;
  readonly visibility?: Visibility | null;
}

/** Sends the notice. Any of places and times opens a sign-up: from now on, until the first part starts, unless said otherwise. */
export async function announceConsultation(input: AnnounceInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const { places, signUpOpens, signUpCloses } = input;
  const { id } = await consultationSteps.take(context, 'announceConsultation', 'consultation', input, async (row) => {
    const starts = firstStart(await partsOf(scope, row.id));
    if (starts === null || starts < Date.now())
      throw new RuleBroken('DATE_PAST', { path: ['consultation'], details: { field: 'parts' } });
    if (input.visibility != null)
      await (input.visibility === 'PUBLIC' ? assertPublishable : assertOwnToChange)(scope, row);
    const visibility = announcedVisibility(input, row, actor.kind === 'STAFF');
    const opens = places != null || signUpOpens != null || signUpCloses != null;
    // A sign-up is for whoever sees it.
    if (opens && visibility !== 'MEMBERS' && visibility !== 'PUBLIC')
      throw new RuleBroken('SIGN_UP_UNSEEN', { record: row.id });
    return { noticed: today(), visibility, ...(opens && signUpColumns(input, starts)) };
  });
  return { id };
}

function signUpColumns({ places, signUpOpens, signUpCloses }: AnnounceInput, starts: number) {
  if (places != null && places < 1) throw new RuleBroken('INVALID', { path: ['places'], details: { field: 'places' } });
  const opens = signUpOpens == null ? Date.now() : Date.parse(signUpOpens);
  const closes = signUpCloses == null ? starts : Date.parse(signUpCloses);
  if (closes < Date.now())
    throw new RuleBroken('DATE_PAST', { path: ['signUpCloses'], details: { field: 'signUpCloses' } });
  if (closes <= opens || closes > starts) throw new RuleBroken('SIGN_UP_WINDOW', { path: ['signUpCloses'] });
  return {
    places: places ?? null,
    signUpOpens: new Date(opens).toISOString(),
    signUpCloses: new Date(closes).toISOString(),
  };
}

/** Members see what they are told of. Wider readers are for the office to choose. */
function announcedVisibility({ visibility }: AnnounceInput, row: SteppedRow, office: boolean): Visibility {
  if (visibility == null) return row.visibility === 'INTERNAL' ? 'MEMBERS' : row.visibility;
  if (!office) throw new RuleBroken('NOT_YOURS', { path: ['visibility'], details: { who: '该政协机关经办人员' } });
  return chosenVisibility(visibility);
}

export interface UpdateInput extends StepInput, Details {
  readonly liveStream?: string | null;
  readonly visibility?: Visibility | null;
}

const agreeing = statement(
  build
    .select({ agreed: sql`consultations.agree_to_publication(${placeholder('id')}::uuid)` })
    .from(sql`(values (1)) as once`),
);
/** Whether it is another host that says that joint work may be published, and nothing else. */
async function isAgreeing({ consultation: id, visibility, ...more }: UpdateInput, context: FetchContext) {
  const { actor, scope } = context;
  const { idempotencyKey: _, expectedRevision: __, ...rest } = more;
  if (visibility !== 'PUBLIC' || actor.kind !== 'STAFF' || !actor.duties.includes('meetings')) return false;
  if (Object.values(rest).some((given) => given !== undefined)) return false;
  const row = await consultationSteps.read(context, id, 'consultation');
  if (row.owner === actor.committee) return false;
  return (await hostsOf(scope, row.id)).includes(actor.committee);
}

/** Changes what is said of a consultation; what isn't given stays. Who may see it is for the office to choose, once it is accepted. */
export async function updateConsultation(input: UpdateInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const { liveStream, visibility } = input;
  // The one that leads publishes what all who host agreed to publish.
  if (await isAgreeing(input, context)) {
    await scope.run(agreeing, { id: input.consultation });
    return { id: input.consultation };
  }
  const readers = async (row: SteppedRow) => {
    if (visibility == null || visibility === row.visibility) return {};
    if (actor.kind !== 'STAFF')
      throw new RuleBroken('NOT_YOURS', { path: ['visibility'], details: { who: '该政协机关经办人员' } });
    const hosts = visibility === 'JOINT' ? await hostsOf(scope, row.id) : [];
    if (hosts.length > 1) return { visibility, parties: hosts };
    // Narrower than its parties would hide it from those who agreed on it.
    await (visibility === 'PUBLIC' ? assertPublishable : assertOwnToChange)(scope, row);
    if (row.status === 'PROPOSED')
      throw new RuleBroken('STEP_NOT_ALLOWED', {
        path: ['visibility'],
        record: row.id,
        details: { state: row.status, from: 'PLANNED, SCHEDULED, HELD, NOT_HELD, CANCELLED' },
      });
    return { visibility: chosenVisibility(visibility), parties: [] };
  };
  const ownDetails = async (row: SteppedRow) => {
    const { title, place, region, topics } = input;
    if ([title, place, region, topics].some((given) => given !== undefined)) await assertOwnToChange(scope, row);
    return detailColumns(input);
  };
  const { id } = await consultationSteps.take(context, 'updateConsultation', 'consultation', input, async (row) => ({
    ...(await ownDetails(row)),
    ...(liveStream !== undefined && { liveStream: liveStream === null ? null : givenLink(liveStream, 'liveStream') }),
    ...(await readers(row)),
  }));
  return { id };
}

export interface OnlineMeetingInput extends StepInput {
  /** Null takes the room away. */
  readonly link?: string | null;
  readonly platform?: string | null;
  readonly members?: readonly string[] | null;
  readonly visibility: Visibility;
}

const withdrawRoom = statement(
  build
    .update(onlineMeeting)
    .set({ deleted: sql`now()` })
    .where(sql`${onlineMeeting.consultation} = ${placeholder('consultation')}::uuid`),
);

/** Sets the room of an online meeting, for those named and the convenor, or for members too where they may see the consultation. */
export async function setOnlineMeeting(input: OnlineMeetingInput, context: FetchContext): Promise<{ id: string }> {
  const { scope } = context;
  assertLengths(input, longest);
  const link = input.link == null ? null : givenLink(input.link, 'link');
  const members = (input.members ?? []).map((member, at) => givenId(member, 'members', ['members', String(at)]));
  const { visibility } = input;
  const { id, row } = await consultationSteps.take(context, 'setOnlineMeeting', 'consultation', input, (of) => {
    if (visibility !== 'INTERNAL' && !(visibility === 'MEMBERS' && ['MEMBERS', 'PUBLIC'].includes(of.visibility)))
      throw new RuleBroken('INVALID', { path: ['visibility'], details: { field: 'visibility' } });
    // Whoever has the link sees what it is the room of.
    const unseen = of.visibility === 'PUBLIC' ? [] : members.filter((one) => !of.subjects.includes(one));
    return unseen.length === 0 || link === null ? {} : { subjects: [...of.subjects, ...unseen] };
  });
  if (link === null) {
    await scope.run(withdrawRoom, { consultation: id });
    return { id };
  }
  const organization = row.organization ?? null;
  const room = {
    visibility,
    subjects: [...new Set([...(organization === null ? [] : [organization]), ...members])],
    organization,
    link,
    platform: input.platform || null,
    deleted: null,
  };
  await scope.run(
    statement(
      build
        .insert(onlineMeeting)
        .values({ ...partColumns(row), ...room, parties: [], consultation: id })
        .onConflictDoUpdate({ target: onlineMeeting.consultation, set: room }),
    ),
  );
  return { id };
}
