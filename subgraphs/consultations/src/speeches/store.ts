import type { Visibility } from '@hub/access';
import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';
import { assertInOffice } from '@hub/references';
import { assertMayEver, type FetchContext, type MutationInput, stepsOf } from '@hub/workflow';
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { audienceOf, hosts, type Meeting, meetingOf } from '../attendance/meeting.ts';
import { sideOf } from '../attendance/steps.ts';
import { assertLengths, givenId } from '../given.ts';
import { consultationSettings } from '../settings/settings.ts';
import { agendaItem, speaker, speech, speechEvent } from '../tables.ts';
import { speechMachine } from './speech.machine.ts';

const { placeholder } = sql;

export const speechSteps = stepsOf(speech, speechMachine, speechEvent, consultationSettings);

const speechFields = {
  id: speech.id,
  owner: speech.owner,
  consultation: speech.consultation,
  organization: speech.organization,
  author: speech.author,
  /** Null for whoever may not see the member. */
  member: speaker.member,
  kind: speech.kind,
  title: speech.title,
  text: speech.text,
  agendaItem: speech.agendaItem,
  reason: speech.reason,
  position: speech.position,
  status: speech.status,
  since: speech.since,
  visibility: speech.visibility,
  revision: speech.revision,
  created: speech.created,
  modified: speech.modified,
};
const spoken = () =>
  build
    .select(speechFields)
    .from(speech)
    .leftJoin(speaker, and(eq(speaker.speech, speech.id), isNull(speaker.deleted)));
const speechesById = statement(
  spoken().where(and(sql`${speech.id} = any(${placeholder('ids')}::uuid[])`, isNull(speech.deleted))),
);
export type Speech = Awaited<ReturnType<typeof speechesById.run>>[number];
const speechesOfConsultations = statement(
  spoken()
    .where(
      and(
        sql`${speech.consultation} = any(${placeholder('keys')}::uuid[])`,
        ne(speech.status, 'WITHDRAWN'),
        isNull(speech.deleted),
      ),
    )
    .orderBy(asc(speech.position), asc(speech.created), asc(speech.id)),
);

/** Speeches, for one fetch. */
export class SpeechStore {
  readonly speeches;
  readonly speechesOfConsultation;

  constructor(scope: Scope) {
    this.speeches = rowById(scope, speechesById);
    this.speechesOfConsultation = rowsByKey(scope, speechesOfConsultations, (row) => row.consultation);
  }
}

const longest = { title: 200, text: 10_000, reason: 500 };

interface SpeechInput extends MutationInput {
  readonly consultation: string;
  readonly kind: 'ORAL' | 'WRITTEN' | 'ONLINE';
  readonly title: string;
  readonly text?: string | null;
  readonly agendaItem?: string | null;
  readonly visibility?: Visibility | null;
}
export interface RecordSpeechInput extends SpeechInput {
  readonly member: string;
  readonly position?: number | null;
}
export interface WithdrawSpeechInput extends MutationInput {
  readonly speech: string;
  readonly reason: string;
}

const itemsOfConsultation = statement(
  build
    .select({ id: agendaItem.id })
    .from(agendaItem)
    .where(
      and(
        eq(agendaItem.id, sql`${placeholder('item')}::uuid`),
        eq(agendaItem.consultation, sql`${placeholder('consultation')}::uuid`),
        isNull(agendaItem.deleted),
      ),
    ),
);

/** @throws RuleBroken where a speech isn't to be had at this consultation, or names what isn't of it */
async function assertSpeech(scope: Scope, meeting: Meeting, input: SpeechInput): Promise<void> {
  assertLengths(input, longest);
  if (!['SCHEDULED', 'HELD'].includes(meeting.status))
    throw new RuleBroken('STEP_NOT_ALLOWED', { details: { state: meeting.status, from: 'SCHEDULED, HELD' } });
  const item = input.agendaItem;
  if (item == null) return;
  const [found] = isId(item) ? await scope.run(itemsOfConsultation, { item, consultation: meeting.id }) : [];
  if (!found) throw new RuleBroken('NOT_FOUND', { path: ['agendaItem'] });
}

/** Who sees a speech: fewer, where so wished; else as many as see the consultation, once that was held. */
function speechAudience(meeting: Meeting, owner: string, member: string, wished: Visibility | null | undefined) {
  const near = audienceOf(meeting, owner, [member]);
  if (wished != null) {
    const wider = ['MEMBERS', 'PUBLIC'].includes(meeting.visibility);
    if (owner !== meeting.owner || !(wished === 'INTERNAL' || (wished === 'MEMBERS' && wider)))
      throw new RuleBroken('INVALID', { path: ['visibility'], details: { field: 'visibility' } });
    return { ...near, visibility: wished, narrower: true };
  }
  if (meeting.status !== 'HELD') return { ...near, narrower: false };
  const { visibility, parties } = meeting;
  return {
    owner,
    visibility,
    parties,
    subjects: [...new Set([...meeting.subjects, ...near.subjects])],
    narrower: false,
  };
}

const insertSpeaker = statement(
  build
    .insert(speaker)
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
          'referenceVisibility',
          'speech',
          'organization',
          'author',
          'member',
        ].map((name) => [name, placeholder(name)]),
      ) as never,
    ),
);

async function start(
  name: 'recordSpeech' | 'submitWrittenSpeech',
  context: FetchContext,
  given: {
    readonly meeting: Meeting;
    readonly owner: string;
    readonly member: string;
    readonly author: string | null;
    readonly position: number;
    readonly input: SpeechInput;
  },
): Promise<{ id: string }> {
  const { meeting, owner, member, author, position, input } = given;
  const { narrower, ...audience } = speechAudience(meeting, owner, member, input.visibility);
  const row = {
    ...audience,
    narrower,
    consultation: meeting.id,
    organization: meeting.organization,
    author,
    kind: input.kind,
    title: input.title,
    text: input.text || null,
    agendaItem: input.agendaItem ?? null,
    position,
  };
  const { id } = await speechSteps.start(context, name, row, input);
  await context.scope.run(insertSpeaker, {
    ...audience,
    id: crypto.randomUUID(),
    ownerAsFiled: owner,
    referenceOwner: owner,
    // A member of one's own committee, as far as this subgraph knows.
    referenceVisibility: 'MEMBERS',
    speech: id,
    organization: meeting.organization,
    author,
    member,
  });
  return { id };
}

/** Records who spoke. */
export async function recordSpeech(input: RecordSpeechInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const meeting = await meetingOf(scope, input.consultation);
  assertMayEver(speechMachine, 'recordSpeech', actor);
  const owner = sideOf(actor, meeting);
  await assertSpeech(scope, meeting, input);
  const member = givenId(input.member, 'member');
  // Who spoke was a member then, whoever is one today.
  await assertInOffice(context, [member], {
    day: meeting.heldFrom === '-infinity' ? null : meeting.heldFrom,
    path: ['member'],
  });
  const position = input.position ?? 0;
  return start('recordSpeech', context, { meeting, owner, member, author: null, position, input });
}

/** Hands in what a member has to say. */
export async function submitWrittenSpeech(input: SpeechInput, context: FetchContext): Promise<{ id: string }> {
  const { actor, scope } = context;
  const meeting = await meetingOf(scope, input.consultation);
  assertMayEver(speechMachine, 'submitWrittenSpeech', actor);
  if (actor.kind !== 'MEMBER' || !hosts(meeting, actor.committee))
    throw new RuleBroken('NOT_YOURS', { details: { who: '主办政协的委员' } });
  if (input.kind === 'ORAL') throw new RuleBroken('INVALID', { path: ['kind'], details: { field: 'kind' } });
  await assertSpeech(scope, meeting, input);
  const { member, committee: owner } = actor;
  return start('submitWrittenSpeech', context, { meeting, owner, member, author: member, position: 0, input });
}

const takeOff = (name: string) => async (input: WithdrawSpeechInput, context: FetchContext) => {
  assertLengths(input, longest);
  const { id } = await speechSteps.take(context, name, 'speech', input, () => ({ reason: input.reason }));
  return { id };
};
export const withdrawSpeech = takeOff('withdrawSpeech');
export const removeSpeech = takeOff('removeSpeech');
