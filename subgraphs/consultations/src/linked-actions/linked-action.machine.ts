import { machine } from '@hub/workflow';

/** 联动行动: of the committee that begins it, which invites committees below. */
export const linkedActionMachine = machine({
  record: 'LinkedAction',
  duty: 'meetings',
  zh: '联动行动',
  states: {
    OPEN: { zh: '进行中', en: 'under way' },
    CONCLUDED: { zh: '已总结', en: 'wound up with a conclusion' },
    CANCELLED: { zh: '已取消', en: 'cancelled with a reason' },
  },
  steps: {
    openLinkedAction: {
      from: [],
      to: 'OPEN',
      by: ['STAFF'],
      zh: '发起联动行动',
      en: 'begin one, or carry on what a committee above invited to',
      asks: ['title', 'description'],
    },
    amendLinkedAction: {
      from: ['OPEN'],
      to: 'OPEN',
      by: ['STAFF'],
      zh: '修改联动行动',
      en: 'change the letter, and with it every invitation',
      asks: [],
    },
    inviteCommittees: {
      from: ['OPEN'],
      to: 'OPEN',
      by: ['STAFF'],
      zh: '邀请下级政协',
      en: 'invite committees below, by levels or by a list',
      asks: [],
    },
    withdrawLinkedInvitations: {
      from: ['OPEN'],
      to: 'OPEN',
      by: ['STAFF'],
      zh: '撤回邀请',
      en: 'withdraw invitations',
      asks: ['committees', 'reason'],
    },
    concludeLinkedAction: {
      from: ['OPEN'],
      to: 'CONCLUDED',
      by: ['STAFF'],
      zh: '总结',
      en: 'wind up',
      asks: ['conclusion'],
      awaited: ['OPEN'],
      deadline: { on: 'handInBy' },
    },
    cancelLinkedAction: {
      from: ['OPEN'],
      to: 'CANCELLED',
      by: ['STAFF'],
      zh: '取消',
      en: 'cancel',
      asks: ['reason'],
    },
  },
});
