import { machine } from '@hub/workflow';

/** 转办办理: what the receiver of a referral makes of it. Until it says something there is no record of its own. */
export const referralHandlingMachine = machine({
  record: 'ReferralHandling',
  duty: 'meetings',
  zh: '转办办理',
  states: {
    TAKEN: { zh: '已签收', en: 'taken' },
    DECLINED: { zh: '不予接收', en: 'declined with a reason' },
    HANDED_BACK: { zh: '已退回', en: 'taken, and handed back with a reason' },
    PASSED_ON: { zh: '已再转', en: 'passed on to another committee' },
    ANSWERED: { zh: '已答复', en: 'answered' },
  },
  steps: {
    takeReferral: {
      from: [],
      to: 'TAKEN',
      by: ['STAFF'],
      zh: '签收',
      en: 'take',
      asks: [],
      deadline: { setting: 'referralTakeWorkingDays', unit: 'WORKING_DAYS', counts: { after: 'sent' } },
    },
    declineReferral: {
      from: [],
      to: 'DECLINED',
      by: ['STAFF'],
      zh: '不予接收',
      en: 'decline',
      asks: ['reason'],
      deadline: { setting: 'referralTakeWorkingDays', unit: 'WORKING_DAYS', counts: { after: 'sent' } },
    },
    handBackReferral: {
      from: ['TAKEN', 'PASSED_ON'],
      to: 'HANDED_BACK',
      by: ['STAFF'],
      zh: '退回',
      en: 'hand back',
      asks: ['reason'],
    },
    passOnReferral: {
      from: ['TAKEN', 'PASSED_ON'],
      to: 'PASSED_ON',
      by: ['STAFF'],
      zh: '再转',
      en: 'pass on, again where it came back',
      asks: ['to'],
    },
    answerReferral: {
      from: ['TAKEN', 'PASSED_ON'],
      to: 'ANSWERED',
      by: ['STAFF'],
      zh: '答复',
      en: 'answer',
      asks: ['result'],
      awaited: ['TAKEN'],
      deadline: { on: 'due' },
    },
  },
});
