import { machine } from '@hub/workflow';

/** 征集议题: what somebody suggests for the plan, and what became of it. */
export const topicMachine = machine({
  record: 'AnnualPlanTopic',
  duty: 'meetings',
  zh: '年度协商计划征集议题',
  states: {
    SUGGESTED: { zh: '已提出', en: 'suggested' },
    TAKEN: { zh: '已采纳', en: 'taken into the plan' },
    DECLINED: { zh: '未采纳', en: 'declined with a reason' },
  },
  steps: {
    suggestPlanTopic: {
      from: [],
      to: 'SUGGESTED',
      by: ['MEMBER', 'CONVENOR', 'DEPARTMENT', 'STAFF'],
      zh: '提出议题',
      en: 'suggest',
      asks: ['title'],
    },
    takeTopicIntoPlan: {
      from: ['SUGGESTED'],
      to: 'TAKEN',
      by: ['STAFF'],
      zh: '采纳列入计划',
      en: 'take into the plan',
      asks: [],
      awaited: ['SUGGESTED'],
    },
    declineTopic: {
      from: ['SUGGESTED'],
      to: 'DECLINED',
      by: ['STAFF'],
      zh: '不予采纳',
      en: 'decline',
      asks: ['reason'],
    },
    releaseTopic: {
      from: ['TAKEN'],
      to: 'SUGGESTED',
      by: ['STAFF'],
      zh: '退出计划事项',
      en: 'take out of the item again',
      asks: ['reason'],
    },
  },
});
