import { machine } from '@hub/workflow';

/** 会议材料: a paper of a consultation, from its first version to being withdrawn. */
export const paperMachine = machine({
  record: 'Paper',
  duty: 'meetings',
  zh: '会议材料',
  states: {
    ISSUED: { zh: '已发', en: 'issued' },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
  },
  steps: {
    addPaper: {
      from: [],
      to: 'ISSUED',
      by: ['STAFF', 'MEMBER', 'CONVENOR'],
      zh: '发材料',
      en: 'issue a paper',
      asks: ['title', 'file'],
    },
    replacePaper: {
      from: ['ISSUED'],
      to: 'ISSUED',
      by: ['STAFF', 'AUTHOR', 'CONVENOR'],
      zh: '更新版本',
      en: 'issue a new version',
      asks: ['file'],
      deadline: { setting: 'papersWorkingDays', unit: 'WORKING_DAYS', counts: { before: 'neededOn' } },
    },
    withdrawPaper: {
      from: ['ISSUED'],
      to: 'WITHDRAWN',
      by: ['STAFF', 'AUTHOR', 'CONVENOR'],
      zh: '撤回材料',
      en: 'withdraw',
      asks: ['reason'],
    },
  },
});
