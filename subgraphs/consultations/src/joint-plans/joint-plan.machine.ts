import { machine } from '@hub/workflow';

/** 联合协商计划: the plan as a whole, which its initiator keeps. What parties say to it has a machine of its own. */
export const jointPlanMachine = machine({
  record: 'JointPlan',
  duty: 'meetings',
  zh: '联合协商计划',
  states: {
    TENTATIVE: { zh: '协商中', en: 'being negotiated' },
    CONFIRMED: { zh: '已锁定', en: 'locked: all that are required have accepted the same proposal' },
    CONCLUDED: { zh: '已结束', en: 'over: what it became was held, or wasn’t' },
    CANCELLED: { zh: '已取消', en: 'cancelled' },
  },
  steps: {
    startJointPlan: {
      from: [],
      to: 'TENTATIVE',
      by: ['STAFF'],
      zh: '发起联合协商',
      en: 'propose it and invite others',
      asks: ['title'],
    },
    inviteParty: {
      from: ['TENTATIVE', 'CONFIRMED'],
      to: null,
      by: ['STAFF'],
      zh: '邀请参与',
      en: 'invite another committee, perhaps in place of one',
      asks: ['committee'],
    },
    uninviteParty: {
      from: ['TENTATIVE', 'CONFIRMED'],
      to: null,
      by: ['STAFF'],
      zh: '撤回邀请',
      en: 'withdraw the invitation of one that does not host yet',
      asks: ['committee'],
    },
    lockJointPlan: {
      from: ['TENTATIVE', 'CONFIRMED'],
      to: 'CONFIRMED',
      by: ['HUB'],
      zh: '锁定方案',
      en: 'lock the proposal that all that are required have accepted',
      asks: [],
    },
    concludeJointPlan: {
      from: ['CONFIRMED'],
      to: 'CONCLUDED',
      by: ['HUB'],
      zh: '协商活动已举办或未举办',
      en: 'be over with what it became',
      asks: [],
    },
    endJointPlan: {
      from: ['TENTATIVE', 'CONFIRMED'],
      to: 'CANCELLED',
      by: ['HUB'],
      zh: '仅余一方，计划取消',
      en: 'cancel it, with one party left',
      asks: [],
    },
    cancelJointPlan: {
      from: ['TENTATIVE', 'CONFIRMED'],
      to: 'CANCELLED',
      by: ['STAFF'],
      zh: '取消联合协商',
      en: 'call it off',
      asks: ['reason'],
    },
  },
});
