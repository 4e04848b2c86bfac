import { connectionResolvers, type PageArguments, searchedConnectionResolvers } from '@hub/connections';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation, stepsOpenTo } from '@hub/workflow';
import type { Context } from '../context.ts';
import { coAuthorMachine } from './co-author.machine.ts';
import {
  acceptCoAuthorInvitation,
  closeTopic,
  commentOnTopic,
  declineCoAuthorInvitation,
  hideComment,
  inviteCoAuthor,
  postTopic,
  returnDraft,
  saveDraft,
  sendDraft,
  startDraft,
  supportTopic,
  takeDraft,
  withdrawCoAuthorInvitation,
  withdrawComment,
  withdrawSupport,
} from './steps.ts';
import {
  type CoAuthor,
  commentSteps,
  type DiscussionTopic,
  type TopicComment,
  type TopicDraft,
  type TopicsRequest,
  topicSteps,
} from './store.ts';

const readTopic = (id: string, { discussions }: Context) => discussions.topics.load(id);
const readComment = (id: string, { discussions }: Context) => discussions.comments.load(id);

export const discussionResolvers: Resolvers = {
  Query: {
    discussionTopic: (_, { id }: { id: string }, context: Context) => readTopic(id, context),
    topicComment: (_, { id }: { id: string }, context: Context) => readComment(id, context),
  },
  Committee: {
    discussionTopics: ({ code }: { code: string }, args: TopicsRequest, { discussions }: Context) =>
      discussions.topicsOfCommittee(code, args),
  },
  Member: {
    discussionTopics: ({ id }: { id: string }, page: PageArguments, { discussions }: Context) =>
      discussions.topicsOfMember(id, page),
  },
  DiscussionTopic: {
    __resolveReference: ({ id }: DiscussionTopic, context: Context) => readTopic(id, context),
    committee: ({ owner }: DiscussionTopic) => committeeByCode(owner),
    member: ({ author }: DiscussionTopic) => ({ id: author }),
    supports: async ({ id }: DiscussionTopic, _, { discussions }: Context) =>
      (await discussions.supportsOfTopic.load(id))[0]?.supports ?? 0,
    supportedByMe: ({ id }: DiscussionTopic, _, { discussions }: Context) => discussions.supportedByMember.load(id),
    comments: ({ id }: DiscussionTopic, page: PageArguments, { discussions }: Context) =>
      discussions.commentsOfTopic(id, page),
    coAuthors: ({ id }: DiscussionTopic, _, { discussions }: Context) => discussions.coAuthorsOfTopic.load(id),
    draft: async ({ id }: DiscussionTopic, _, { discussions }: Context) =>
      (await discussions.latestDraftOfTopic.load(id))[0] ?? null,
    drafts: ({ id }: DiscussionTopic, _, { discussions }: Context) => discussions.draftsOfTopic.load(id),
    ...topicSteps.fields,
  },
  TopicComment: {
    __resolveReference: ({ id }: TopicComment, context: Context) => readComment(id, context),
    topic: ({ topic }: TopicComment, _, context: Context) => readTopic(topic, context),
    member: ({ author }: TopicComment) => ({ id: author }),
    answers: ({ answers }: TopicComment, _, context: Context) =>
      answers === null ? null : readComment(answers, context),
    text: ({ status, text }: TopicComment) => (status === 'SHOWN' ? text : null),
    ...commentSteps.fields,
  },
  CoAuthor: {
    member: ({ member }: CoAuthor) => ({ id: member }),
    pendingSteps: async (row: CoAuthor, _, context: Context) => {
      const { actor, discussions } = context;
      const topic = await discussions.topics.load(row.topic);
      if (topic?.status !== 'OPEN' && topic?.status !== 'DRAFTING') return [];
      // Of all members it is for the one who was asked to answer.
      const asked = actor.kind === 'MEMBER' && actor.member === row.member;
      return stepsOpenTo(coAuthorMachine, actor, { ...row, id: row.topic, revision: topic.revision })
        .filter(({ step }) => asked || !step.by.includes('MEMBER'))
        .map(({ name, step }) => ({ step: name, label: step.zh, due: null, dueProvisional: false }));
    },
  },
  TopicDraft: {
    member: ({ author }: TopicDraft) => ({ id: author }),
  },
  Mutation: {
    postTopic: mutation('discussionTopic', postTopic, readTopic),
    commentOnTopic: mutation('topicComment', commentOnTopic, readComment),
    withdrawComment: mutation('topicComment', withdrawComment, readComment),
    hideComment: mutation('topicComment', hideComment, readComment),
    supportTopic: mutation('discussionTopic', supportTopic, readTopic),
    withdrawSupport: mutation('discussionTopic', withdrawSupport, readTopic),
    inviteCoAuthor: mutation('discussionTopic', inviteCoAuthor, readTopic),
    withdrawCoAuthorInvitation: mutation('discussionTopic', withdrawCoAuthorInvitation, readTopic),
    acceptCoAuthorInvitation: mutation('discussionTopic', acceptCoAuthorInvitation, readTopic),
    declineCoAuthorInvitation: mutation('discussionTopic', declineCoAuthorInvitation, readTopic),
    startDraft: mutation('discussionTopic', startDraft, readTopic),
    saveDraft: mutation('discussionTopic', saveDraft, readTopic),
    sendDraft: mutation('discussionTopic', sendDraft, readTopic),
    takeDraft: mutation('discussionTopic', takeDraft, readTopic),
    returnDraft: mutation('discussionTopic', returnDraft, readTopic),
    closeTopic: mutation('discussionTopic', closeTopic, readTopic),
  },
  DiscussionTopicConnection: searchedConnectionResolvers,
  TopicCommentConnection: connectionResolvers,
};
