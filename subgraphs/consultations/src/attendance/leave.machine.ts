import { machine } from '@hub/workflow';

/** 请假: of a member, from a consultation or from some of its parts. */
export const leaveMachine = machine({
  record: 'Leave',
  duty: 'meetings',
  zh: '请假',
  states: {
    REQUESTED: { zh: '待批', en: 'asked for' },
    APPROVED: { zh: '已准', en: 'approved' },
    REFUSED: { zh: '未准', en: 'refused' },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
  },
  steps: {
    requestLeave: {
      from: [],
      to: 'REQUESTED',
      by: ['MEMBER'],
      zh: '请假',
      en: 'ask for leave',
      asks: ['reason'],
    },
    approveLeave: {
      from: ['REQUESTED'],
      to: 'APPROVED',
      by: ['STAFF'],
      zh: '准假',
      en: 'approve',
      asks: [],
      awaited: ['REQUESTED'],
    },
    refuseLeave: { from: ['REQUESTED'], to: 'REFUSED', by: ['STAFF'], zh: '不准假', en: 'refuse', asks: ['reason'] },
    withdrawLeave: { from: ['REQUESTED'], to: 'WITHDRAWN', by: ['AUTHOR'], zh: '撤回请假', en: 'withdraw', asks: [] },
  },
});
