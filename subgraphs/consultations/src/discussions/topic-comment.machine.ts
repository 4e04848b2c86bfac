import { machine } from '@hub/workflow';

/** 跟帖: what a member says to a topic. */
export const topicCommentMachine = machine({
  record: 'TopicComment',
  duty: 'meetings',
  zh: '跟帖',
  states: {
    SHOWN: { zh: '已发表', en: 'shown' },
    WITHDRAWN: { zh: '本人撤回', en: 'withdrawn by its author' },
    HIDDEN: { zh: '已屏蔽', en: 'hidden by staff' },
  },
  steps: {
    // Not its text: events stay as they are, also of a comment that is hidden later.
    commentOnTopic: { from: [], to: 'SHOWN', by: ['MEMBER'], zh: '跟帖', en: 'comment', asks: [] },
    withdrawComment: { from: ['SHOWN'], to: 'WITHDRAWN', by: ['AUTHOR'], zh: '撤回', en: 'withdraw', asks: [] },
    hideComment: { from: ['SHOWN'], to: 'HIDDEN', by: ['STAFF'], zh: '屏蔽', en: 'hide', asks: ['reason'] },
  },
});
