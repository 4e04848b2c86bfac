import {
  type Connection,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { currentCode } from '@hub/regions';
import { stepsOf } from '@hub/workflow';
import DataLoader from 'dataloader';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { consultationSettings } from '../settings/settings.ts';
import type { coAuthorMachine } from './co-author.machine.ts';
import { discussionTopicMachine } from './discussion-topic.machine.ts';
import {
  coAuthorAnswer,
  coAuthorInvitation,
  discussionTopic,
  discussionTopicEvent,
  topicComment,
  topicCommentEvent,
  topicDraft,
  topicSupport,
} from './tables.ts';
import { topicCommentMachine } from './topic-comment.machine.ts';

const { placeholder } = sql;

/** How topics, and what is said to them, are made and moved. */
export const topicSteps = stepsOf(discussionTopic, discussionTopicMachine, discussionTopicEvent, consultationSettings);
export const commentSteps = stepsOf(topicComment, topicCommentMachine, topicCommentEvent, consultationSettings);

const topicFields = {
  id: discussionTopic.id,
  owner: discussionTopic.owner,
  title: discussionTopic.title,
  text: discussionTopic.text,
  author: discussionTopic.author,
  status: discussionTopic.status,
  since: discussionTopic.since,
  reason: discussionTopic.reason,
  result: discussionTopic.result,
  visibility: discussionTopic.visibility,
  revision: discussionTopic.revision,
  created: discussionTopic.created,
  modified: discussionTopic.modified,
};
const topicsById = statement(
  build
    .select(topicFields)
    .from(discussionTopic)
    .where(and(sql`${discussionTopic.id} = any(${placeholder('ids')}::uuid[])`, isNull(discussionTopic.deleted))),
);
export type DiscussionTopic = Awaited<ReturnType<typeof topicsById.run>>[number];

const commentFields = {
  id: topicComment.id,
  owner: topicComment.owner,
  topic: topicComment.topic,
  author: topicComment.author,
  status: topicComment.status,
  since: topicComment.since,
  text: topicComment.text,
  answers: topicComment.answers,
  reason: topicComment.reason,
  revision: topicComment.revision,
  created: topicComment.created,
};
const commentsById = statement(
  build
    .select(commentFields)
    .from(topicComment)
    .where(and(sql`${topicComment.id} = any(${placeholder('ids')}::uuid[])`, isNull(topicComment.deleted))),
);
export type TopicComment = Awaited<ReturnType<typeof commentsById.run>>[number];

const supportsOfTopics = statement(
  build
    .select({ topic: topicSupport.topic, supports: sql<number>`count(*)`.mapWith(Number).as('supports') })
    .from(topicSupport)
    .where(and(sql`${topicSupport.topic} = any(${placeholder('keys')}::uuid[])`, isNull(topicSupport.deleted)))
    .groupBy(topicSupport.topic),
);
const supportedBy = statement(
  build
    .select({ topic: topicSupport.topic })
    .from(topicSupport)
    .where(
      and(
        sql`${topicSupport.topic} = any(${placeholder('keys')}::uuid[])`,
        eq(topicSupport.author, sql`${placeholder('member')}::uuid`),
        isNull(topicSupport.deleted),
      ),
    ),
);

/** Those who were asked to write along with a topic's author, and what they said. */
export const coAuthorsOfTopics = statement(
  build
    .select({
      invitation: coAuthorInvitation.id,
      topic: coAuthorInvitation.topic,
      owner: coAuthorInvitation.owner,
      author: coAuthorInvitation.author,
      member: coAuthorInvitation.member,
      status: sql<keyof typeof coAuthorMachine.states>`case when ${coAuthorAnswer.accepted} then 'ACCEPTED'
        when not ${coAuthorAnswer.accepted} then 'DECLINED' else 'INVITED' end`.as('status'),
    })
    .from(coAuthorInvitation)
    .leftJoin(coAuthorAnswer, and(eq(coAuthorAnswer.invitation, coAuthorInvitation.id), isNull(coAuthorAnswer.deleted)))
    .where(
      and(sql`${coAuthorInvitation.topic} = any(${placeholder('keys')}::uuid[])`, isNull(coAuthorInvitation.deleted)),
    )
    .orderBy(asc(coAuthorInvitation.created), asc(coAuthorInvitation.id)),
);
export type CoAuthor = Awaited<ReturnType<typeof coAuthorsOfTopics.run>>[number];

const draftsOfTopics = statement(
  build
    .select({
      topic: topicDraft.topic,
      version: topicDraft.version,
      title: topicDraft.title,
      text: topicDraft.text,
      author: topicDraft.author,
      created: topicDraft.created,
    })
    .from(topicDraft)
    .where(and(sql`${topicDraft.topic} = any(${placeholder('keys')}::uuid[])`, isNull(topicDraft.deleted)))
    .orderBy(desc(topicDraft.version)),
);
export type TopicDraft = Awaited<ReturnType<typeof draftsOfTopics.run>>[number];
const latestDraftsOfTopics = statement(
  build
    .selectDistinctOn([topicDraft.topic], {
      topic: topicDraft.topic,
      version: topicDraft.version,
      title: topicDraft.title,
      text: topicDraft.text,
      author: topicDraft.author,
      created: topicDraft.created,
    })
    .from(topicDraft)
    .where(and(sql`${topicDraft.topic} = any(${placeholder('keys')}::uuid[])`, isNull(topicDraft.deleted)))
    .orderBy(asc(topicDraft.topic), desc(topicDraft.version)),
);

const topicOrders = {
  MODIFIED_DESC: { by: ['modified'], descending: true },
  CREATED_DESC: { by: ['created'], descending: true },
} as const;
const topicConditions = {
  statuses: sql`${discussionTopic.status} = any(${placeholder('statuses')}::text[])`,
};
const topicsIn = rangedList({
  name: 'discussion topics',
  table: discussionTopic,
  fields: topicFields,
  owner: discussionTopic.owner,
  searched: { schema: 'consultations', type: 'discussion_topic' },
  orders: topicOrders,
});
const topicsOfMember = list({
  name: 'discussion topics of member',
  table: discussionTopic,
  fields: topicFields,
  key: { author: 'uuid' },
  tie: sql`${discussionTopic.author} = key.author`,
  orders: topicOrders,
});
const commentsOfTopic = list({
  name: 'comments of topic',
  table: topicComment,
  fields: commentFields,
  key: { topic: 'uuid' },
  tie: sql`${topicComment.topic} = key.topic`,
  orders: { CREATED: { by: ['created'], descending: false } },
});

export interface TopicsRequest extends PageArguments {
  readonly filter?: { readonly statuses?: readonly string[] | null; readonly text?: string | null } | null;
  readonly orderBy: keyof typeof topicOrders;
}

/** Members' topics and what is said and written to them, for one fetch. */
export class DiscussionStore {
  readonly #lists: ListReader;
  readonly topics;
  readonly comments;
  readonly supportsOfTopic;
  readonly supportedByMember;
  readonly coAuthorsOfTopic;
  readonly draftsOfTopic;
  readonly latestDraftOfTopic;

  /** @param member who asks, where it is a member */
  constructor(scope: Scope, member: string | null) {
    this.#lists = new ListReader(scope);
    this.topics = rowById(scope, topicsById);
    this.comments = rowById(scope, commentsById);
    this.supportsOfTopic = rowsByKey(scope, supportsOfTopics, (row) => row.topic);
    this.supportedByMember = new DataLoader<string, boolean>(async (keys) => {
      const rows = member === null ? [] : await scope.run(supportedBy, { keys: [...keys], member });
      const supported = new Set(rows.map(({ topic }) => topic));
      return keys.map((key) => supported.has(key));
    });
    this.coAuthorsOfTopic = rowsByKey(scope, coAuthorsOfTopics, (row) => row.topic);
    this.draftsOfTopic = rowsByKey(scope, draftsOfTopics, (row) => row.topic);
    this.latestDraftOfTopic = rowsByKey(scope, latestDraftsOfTopics, (row) => row.topic);
  }

  topicsOfCommittee(code: string, { filter, orderBy, ...page }: TopicsRequest): Connection<DiscussionTopic> {
    const lo = currentCode(code);
    const range = { lo, hi: `${lo}!` };
    return this.#lists.connection(topicsIn(range), range, {
      page,
      order: orderBy,
      filter: filterBy(topicConditions, { ...filter }),
    });
  }

  topicsOfMember(author: string, page: PageArguments): Connection<DiscussionTopic> {
    return this.#lists.connection(topicsOfMember, { author }, { page, order: 'CREATED_DESC' });
  }

  commentsOfTopic(topic: string, page: PageArguments): Connection<TopicComment> {
    return this.#lists.connection(commentsOfTopic, { topic }, { page, order: 'CREATED' });
  }
}
