import { machine } from '@hub/workflow';

/** 合作步骤: planned and done, or recorded as it was. */
export const milestoneMachine = machine({
  record: 'Milestone',
  duty: 'meetings',
  zh: '合作步骤',
  states: {
    PLANNED: { zh: '计划中', en: 'still to come' },
    DONE: { zh: '已完成', en: 'took place' },
    CANCELLED: { zh: '已取消', en: 'was planned, and will not be' },
  },
  steps: {
    addMilestone: {
      from: [],
      to: 'DONE',
      by: ['STAFF'],
      zh: '登记步骤',
      en: 'record what took place',
      asks: ['title', 'stage'],
    },
    planMilestone: {
      from: [],
      to: 'PLANNED',
      by: ['STAFF'],
      zh: '计划步骤',
      en: 'plan what is to come',
      asks: ['title', 'stage'],
    },
    recordMilestoneDone: {
      from: ['PLANNED'],
      to: 'DONE',
      by: ['STAFF'],
      zh: '登记完成',
      en: 'record that it took place',
      asks: [],
      awaited: ['PLANNED'],
    },
    correctMilestone: {
      from: ['DONE'],
      to: 'DONE',
      by: ['STAFF'],
      zh: '更正',
      en: 'correct what was recorded',
      asks: [],
    },
    cancelMilestone: {
      from: ['PLANNED'],
      to: 'CANCELLED',
      by: ['STAFF'],
      zh: '取消步骤',
      en: 'call off',
      asks: ['reason'],
    },
  },
});
