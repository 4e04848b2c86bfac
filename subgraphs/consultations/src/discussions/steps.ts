import type { MemberActor, Visibility } from '@hub/access';
import { build, statement } from '@hub/database';
import { HubError, RuleBroken } from '@hub/errors';
import { assertStart, assertStep, type FetchContext, type MutationInput, type SteppedRow } from '@hub/workflow';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { assertLengths, givenId } from '../given.ts';
import { coAuthorMachine } from './co-author.machine.ts';
import { type CoAuthor, coAuthorsOfTopics, commentSteps, topicSteps } from './store.ts';
import { coAuthorAnswer, coAuthorInvitation, topicDraft, topicSupport } from './tables.ts';

const { placeholder } = sql;
type Done = Promise<{ id: string }>;

const longest = { title: 100, reason: 500, result: 500 };
const longestText = { topic: 5_000, comment: 1_000, draft: 10_000 };

/** Who discusses: a member. @throws HubError FORBIDDEN for whoever is none */
function memberOf({ actor }: FetchContext): MemberActor {
  if (actor.kind !== 'MEMBER') throw new HubError('FORBIDDEN');
  return actor;
}

/** @throws RuleBroken TOO_LONG */
function givenText(text: string, maximum: number): string {
  assertLengths({ text }, { text: maximum });
  return text;
}

const audienceOf = (row: SteppedRow) => ({
  owner: row.owner,
  ownerAsFiled: row.owner,
  visibility: row.visibility as Visibility,
  parties: [...row.parties],
  subjects: [...row.subjects],
});
/** The same for what names a member of the owner's, of whom the owner shows no more than to members. */
const namingAudienceOf = (row: SteppedRow) => ({
  ...audienceOf(row),
  referenceOwner: row.owner,
  referenceVisibility: 'MEMBERS' as const,
});

const heldTopic = statement(
  build
    .select({ status: sql<string>`consultations.hold_topic(${placeholder('topic')}::uuid)`.as('status') })
    .from(sql`(values (1)) as once`),
);
/**
 * Keeps a topic in its state until the mutation is done.
 * @throws RuleBroken STEP_NOT_ALLOWED where it is in none of the given ones
 */
async function hold({ scope }: FetchContext, topic: SteppedRow, ...from: readonly string[]): Promise<void> {
  const [held] = await scope.run(heldTopic, { topic: topic.id });
  const state = held?.status ?? topic.status;
  if (!from.includes(state))
    throw new RuleBroken('STEP_NOT_ALLOWED', { record: topic.id, details: { state, from: from.join(', ') } });
}

interface TopicInput extends MutationInput {
  readonly topic: string;
}
const readTopic = (context: FetchContext, { topic }: TopicInput) => topicSteps.read(context, topic, 'topic');

/** A topic of the member's own committee, held while it is discussed or drafted. */
async function openTopic(context: FetchContext, input: TopicInput): Promise<{ topic: SteppedRow; actor: MemberActor }> {
  const actor = memberOf(context);
  const topic = await readTopic(context, input);
  if (topic.owner !== actor.committee) throw new RuleBroken('NOT_YOURS', { details: { who: '该政协委员' } });
  await hold(context, topic, 'OPEN', 'DRAFTING');
  return { topic, actor };
}

export interface PostTopicInput extends MutationInput {
  readonly title: string;
  readonly text: string;
}
export async function postTopic(input: PostTopicInput, context: FetchContext): Done {
  const { committee, member } = memberOf(context);
  assertLengths(input, longest);
  return topicSteps.start(
    context,
    'postTopic',
    {
      owner: committee,
      visibility: 'MEMBERS',
      parties: [],
      subjects: [],
      referenceOwner: committee,
      referenceVisibility: 'MEMBERS',
      author: member,
      title: input.title,
      text: givenText(input.text, longestText.topic),
    },
    input,
  );
}

export interface CommentInput extends TopicInput {
  readonly text: string;
  readonly answers?: string | null;
}
export async function commentOnTopic(input: CommentInput, context: FetchContext): Done {
  const text = givenText(input.text, longestText.comment);
  const { topic, actor } = await openTopic(context, input);
  if (input.answers != null) {
    const answered = await commentSteps.read(context, input.answers, 'answers');
    if (answered['topic'] !== topic.id || answered['answers'] !== null)
      throw new RuleBroken('INVALID', { path: ['answers'], details: { field: 'answers' } });
  }
  return commentSteps.start(
    context,
    'commentOnTopic',
    { ...namingAudienceOf(topic), topic: topic.id, author: actor.member, text, answers: input.answers ?? null },
    input,
  );
}

interface CommentStepInput extends MutationInput {
  readonly comment: string;
}
export async function withdrawComment(input: CommentStepInput, context: FetchContext): Done {
  const { id } = await commentSteps.take(context, 'withdrawComment', 'comment', input);
  return { id };
}
export async function hideComment(input: CommentStepInput & { readonly reason: string }, context: FetchContext): Done {
  assertLengths(input, longest);
  const { id } = await commentSteps.take(context, 'hideComment', 'comment', input, () => ({ reason: input.reason }));
  return { id };
}

/** Counts once, however often it is sent. */
export async function supportTopic(input: TopicInput, context: FetchContext): Done {
  const { topic, actor } = await openTopic(context, input);
  await context.scope.run(
    statement(
      build
        .insert(topicSupport)
        .values({ id: crypto.randomUUID(), ...audienceOf(topic), topic: topic.id, author: actor.member })
        .onConflictDoUpdate({
          target: [topicSupport.topic, topicSupport.author],
          set: { deleted: null },
          setWhere: isNotNull(topicSupport.deleted),
        }),
    ),
  );
  return { id: topic.id };
}
export async function withdrawSupport(input: TopicInput, context: FetchContext): Done {
  const { topic, actor } = await openTopic(context, input);
  await context.scope.run(
    statement(
      build
        .update(topicSupport)
        .set({ deleted: sql`now()` })
        .where(
          and(eq(topicSupport.topic, topic.id), eq(topicSupport.author, actor.member), isNull(topicSupport.deleted)),
        ),
    ),
  );
  return { id: topic.id };
}

const coAuthorsOf = ({ scope }: FetchContext, topic: string): Promise<CoAuthor[]> =>
  scope.run(coAuthorsOfTopics, { keys: [topic] });

/** An invitation as its machine moves it; a refusal shows the topic. */
const asStepping = ({ owner, author, status }: CoAuthor, topic: SteppedRow) => ({
  id: topic.id,
  owner,
  author,
  status,
  revision: topic.revision,
});

interface CoAuthorInput extends TopicInput {
  readonly member: string;
}
export async function inviteCoAuthor(input: CoAuthorInput, context: FetchContext): Done {
  memberOf(context);
  const topic = await readTopic(context, input);
  assertStart(coAuthorMachine, 'inviteCoAuthor', context.actor, topic, { ...input });
  const member = givenId(input.member, 'member');
  if (member === topic.author) throw new RuleBroken('INVALID', { path: ['member'], details: { field: 'member' } });
  await hold(context, topic, 'OPEN', 'DRAFTING');
  await context.scope.run(
    statement(
      build.insert(coAuthorInvitation).values({
        id: crypto.randomUUID(),
        ...namingAudienceOf(topic),
        topic: topic.id,
        author: String(topic.author),
        member,
      }),
    ),
  );
  return { id: topic.id };
}

export async function withdrawCoAuthorInvitation(input: CoAuthorInput, context: FetchContext): Done {
  memberOf(context);
  const topic = await readTopic(context, input);
  assertStart(coAuthorMachine, 'inviteCoAuthor', context.actor, topic, { ...input });
  await hold(context, topic, 'OPEN', 'DRAFTING');
  const invited = (await coAuthorsOf(context, topic.id)).find(({ member }) => member === input.member);
  if (!invited) throw new RuleBroken('NOT_FOUND', { path: ['member'] });
  assertStep(coAuthorMachine, 'withdrawCoAuthorInvitation', context.actor, asStepping(invited, topic), { ...input });
  await context.scope.run(
    statement(
      build
        .update(coAuthorInvitation)
        .set({ deleted: sql`now()` })
        .where(eq(coAuthorInvitation.id, invited.invitation)),
    ),
  );
  return { id: topic.id };
}

/** The invited member's own word; it stands beside the invitation, which is its author's. */
const answerInvitation = (name: keyof typeof coAuthorMachine.steps, accepted: boolean) => {
  return async (input: TopicInput, context: FetchContext): Done => {
    const { topic, actor } = await openTopic(context, input);
    const invited = (await coAuthorsOf(context, topic.id)).find(({ member }) => member === actor.member);
    if (!invited) throw new RuleBroken('NOT_YOURS', { details: { who: '被邀请联名的委员' } });
    assertStep(coAuthorMachine, name, actor, asStepping(invited, topic), { ...input });
    await context.scope.run(
      statement(
        build.insert(coAuthorAnswer).values({
          id: crypto.randomUUID(),
          ...audienceOf(topic),
          invitation: invited.invitation,
          author: actor.member,
          accepted,
        }),
      ),
    );
    return { id: topic.id };
  };
};
export const acceptCoAuthorInvitation = answerInvitation('acceptCoAuthorInvitation', true);
export const declineCoAuthorInvitation = answerInvitation('declineCoAuthorInvitation', false);

const latestVersion = statement(
  build
    .select({ version: sql<number>`coalesce(max(${topicDraft.version}), 0)`.mapWith(Number).as('version') })
    .from(topicDraft)
    .where(and(eq(topicDraft.topic, sql`${placeholder('topic')}::uuid`), isNull(topicDraft.deleted))),
);
const versionOf = async ({ scope }: FetchContext, topic: string) =>
  (await scope.run(latestVersion, { topic }))[0]?.version ?? 0;

export interface SaveDraftInput extends TopicInput {
  readonly version: number;
  readonly title: string;
  readonly text: string;
}
/** A new version of the draft on top of the one that its writer read. */
export async function saveDraft(input: SaveDraftInput, context: FetchContext): Done {
  const actor = memberOf(context);
  assertLengths(input, longest);
  const text = givenText(input.text, longestText.draft);
  const topic = await readTopic(context, input);
  const writes =
    topic.author === actor.member ||
    (await coAuthorsOf(context, topic.id)).some(
      ({ member, status }) => member === actor.member && status === 'ACCEPTED',
    );
  if (!writes || topic.owner !== actor.committee)
    throw new RuleBroken('NOT_YOURS', { details: { who: '发布话题的委员或联名委员' } });
  await hold(context, topic, 'DRAFTING');
  const latest = await versionOf(context, topic.id);
  if (input.version !== latest)
    throw new RuleBroken('CONFLICT', {
      record: topic.id,
      path: ['version'],
      details: { reason: 'VERSION', number: latest },
    });
  await context.scope.run(
    statement(
      build.insert(topicDraft).values({
        id: crypto.randomUUID(),
        ...namingAudienceOf(topic),
        topic: topic.id,
        version: latest + 1,
        author: actor.member,
        title: input.title,
        text,
      }),
    ),
  );
  return { id: topic.id };
}

const take = <Input extends TopicInput>(
  name: string,
  changes: (
    input: Input,
    topic: SteppedRow,
    context: FetchContext,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>,
) => {
  return async (input: Input, context: FetchContext): Done => {
    assertLengths(input, longest);
    const { id } = await topicSteps.take(context, name, 'topic', input, (topic) => changes(input, topic, context));
    return { id };
  };
};
interface ReasonInput extends TopicInput {
  readonly reason: string;
}

export const startDraft = take('startDraft', () => ({}));
export const sendDraft = take('sendDraft', async (_, topic, context) => {
  await hold(context, topic, 'DRAFTING');
  if ((await versionOf(context, topic.id)) === 0) throw new RuleBroken('DRAFT_MISSING', { record: topic.id });
  if ((await coAuthorsOf(context, topic.id)).some(({ status }) => status === 'INVITED'))
    throw new RuleBroken('CO_AUTHOR_UNANSWERED', { record: topic.id });
  return { reason: null };
});
export const takeDraft = take<TopicInput & { readonly result: string }>('takeDraft', ({ result }) => ({ result }));
export const returnDraft = take<ReasonInput>('returnDraft', ({ reason }) => ({ reason }));
export const closeTopic = take<ReasonInput>('closeTopic', ({ reason }) => ({ reason }));
