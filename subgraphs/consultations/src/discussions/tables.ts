import { oneOf, partOf, recordTable, referenceColumns } from '@hub/database';
import { eventTable, statusColumns } from '@hub/workflow';
import { sql } from 'drizzle-orm';
import { boolean, index, integer, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { consultations } from '../schema.ts';
import { discussionTopicMachine } from './discussion-topic.machine.ts';
import { topicCommentMachine } from './topic-comment.machine.ts';

/** 委员话题: for the members of its committee. */
export const discussionTopic = recordTable(
  consultations,
  'discussion_topic',
  {
    ...referenceColumns(),
    ...statusColumns<keyof typeof discussionTopicMachine.states>(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    author: uuid('author').notNull(),
    reason: text('reason'),
    result: text('result'),
  },
  (t) => [
    oneOf('discussion_topic_status', t.status, Object.keys(discussionTopicMachine.states)),
    index('discussion_topic_owner_modified').on(t.owner, t.modified, t.id),
    index('discussion_topic_owner_created').on(t.owner, t.created, t.id),
    index('discussion_topic_author').on(t.author, t.created, t.id),
    index('discussion_topic_waiting').on(t.owner, t.status, t.since),
  ],
  { author: true, refers: true },
);
/** 委员话题办理记录 */
export const discussionTopicEvent = eventTable(consultations, 'discussion_topic', discussionTopic);

/** 跟帖 */
export const topicComment = recordTable(
  consultations,
  'topic_comment',
  {
    ...referenceColumns(),
    ...statusColumns<keyof typeof topicCommentMachine.states>(),
    topic: uuid('topic').notNull(),
    author: uuid('author').notNull(),
    text: text('text').notNull(),
    /** The comment that it answers; answers aren't answered. */
    answers: uuid('answers'),
    reason: text('reason'),
  },
  (t) => [
    oneOf('topic_comment_status', t.status, Object.keys(topicCommentMachine.states)),
    partOf('topic_comment_part', t, t.topic, discussionTopic),
    index('topic_comment_topic').on(t.topic, t.created, t.id),
    index('topic_comment_author').on(t.author),
  ],
  { author: true, refers: true },
);
/** 跟帖办理记录 */
export const topicCommentEvent = eventTable(consultations, 'topic_comment', topicComment);

/** 支持: once for a member; withdrawn by its tombstone. */
export const topicSupport = recordTable(
  consultations,
  'topic_support',
  { topic: uuid('topic').notNull(), author: uuid('author').notNull() },
  (t) => [
    unique('topic_support_once').on(t.topic, t.author),
    partOf('topic_support_part', t, t.topic, discussionTopic),
  ],
  { author: true },
);

/** 联名邀请: the topic's author asks a member to write along. One that is withdrawn may be made anew. */
export const coAuthorInvitation = recordTable(
  consultations,
  'co_author_invitation',
  {
    ...referenceColumns(),
    topic: uuid('topic').notNull(),
    author: uuid('author').notNull(),
    member: uuid('member').notNull(),
  },
  (t) => [
    uniqueIndex('co_author_invitation_once').on(t.topic, t.member).where(sql`${t.deleted} is null`),
    partOf('co_author_invitation_part', t, t.topic, discussionTopic),
    index('co_author_invitation_member').on(t.member),
  ],
  { author: true, refers: true },
);

/** 联名答复: of the member who was asked. */
export const coAuthorAnswer = recordTable(
  consultations,
  'co_author_answer',
  {
    invitation: uuid('invitation').notNull(),
    author: uuid('author').notNull(),
    accepted: boolean('accepted').notNull(),
  },
  (t) => [
    unique('co_author_answer_once').on(t.invitation),
    partOf('co_author_answer_part', t, t.invitation, coAuthorInvitation),
  ],
  { author: true },
);

/** 草案: a version of the draft; none is ever changed. */
export const topicDraft = recordTable(
  consultations,
  'topic_draft',
  {
    ...referenceColumns(),
    topic: uuid('topic').notNull(),
    version: integer('version').notNull(),
    author: uuid('author').notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
  },
  (t) => [
    unique('topic_draft_version').on(t.topic, t.version),
    partOf('topic_draft_part', t, t.topic, discussionTopic),
  ],
  { author: true, refers: true },
);

/**
 * What hangs on a topic is written by others than its author, whom no policy lets touch it: this holds the topic as it is
 * until they are done, and tells its status. Who asks has read the topic.
 */
export const discussionTriggers = `
create or replace function consultations.hold_topic(wanted uuid) returns text language sql volatile security definer set search_path = '' as $$
  select status from consultations.discussion_topic where id = wanted for no key update
$$;`;

/** What of these functions the subgraph’s role may call. */
export const discussionCallable: readonly string[] = ['hold_topic(uuid)'];
