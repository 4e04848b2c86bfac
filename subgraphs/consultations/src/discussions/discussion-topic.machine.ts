import { machine } from '@hub/workflow';

/** 委员话题 (i发布): from a member's topic through discussion to a draft that the committee takes up. */
export const discussionTopicMachine = machine({
  record: 'DiscussionTopic',
  duty: 'meetings',
  zh: '委员话题',
  states: {
    OPEN: { zh: '讨论中', en: 'under discussion' },
    DRAFTING: { zh: '起草中', en: 'being drafted' },
    SENT: { zh: '已提交', en: 'draft sent to the committee' },
    TAKEN: { zh: '已采用', en: 'taken up by the committee' },
    CLOSED: { zh: '已结束', en: 'closed' },
  },
  steps: {
    postTopic: { from: [], to: 'OPEN', by: ['MEMBER'], zh: '发布话题', en: 'post a topic', asks: ['title', 'text'] },
    startDraft: { from: ['OPEN'], to: 'DRAFTING', by: ['AUTHOR'], zh: '开始起草', en: 'begin the draft', asks: [] },
    sendDraft: {
      from: ['DRAFTING'],
      to: 'SENT',
      by: ['AUTHOR'],
      zh: '提交草案',
      en: 'send the draft',
      asks: [],
      awaited: ['DRAFTING'],
    },
    takeDraft: {
      from: ['SENT'],
      to: 'TAKEN',
      by: ['STAFF'],
      zh: '采用草案',
      en: 'take the draft up',
      asks: ['result'],
      awaited: ['SENT'],
      deadline: { setting: 'draftReplyWorkingDays', unit: 'WORKING_DAYS', counts: 'AFTER_ENTERING' },
    },
    returnDraft: {
      from: ['SENT'],
      to: 'DRAFTING',
      by: ['STAFF'],
      zh: '退回修改',
      en: 'return the draft',
      asks: ['reason'],
      deadline: { setting: 'draftReplyWorkingDays', unit: 'WORKING_DAYS', counts: 'AFTER_ENTERING' },
    },
    closeTopic: {
      from: ['OPEN', 'DRAFTING'],
      to: 'CLOSED',
      by: ['AUTHOR', 'STAFF'],
      zh: '结束话题',
      en: 'close',
      asks: ['reason'],
    },
  },
});
