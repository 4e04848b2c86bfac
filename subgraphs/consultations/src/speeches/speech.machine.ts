import { machine } from '@hub/workflow';

/** 发言: what a member said at a consultation, or handed in for it. */
export const speechMachine = machine({
  record: 'Speech',
  duty: 'meetings',
  zh: '发言',
  states: {
    RECORDED: { zh: '已登记', en: 'recorded by the office' },
    SUBMITTED: { zh: '已提交', en: 'handed in by the member' },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
  },
  steps: {
    recordSpeech: {
      from: [],
      to: 'RECORDED',
      by: ['STAFF', 'CONVENOR'],
      zh: '登记发言',
      en: 'record who spoke',
      asks: ['title'],
    },
    submitWrittenSpeech: {
      from: [],
      to: 'SUBMITTED',
      by: ['MEMBER'],
      zh: '提交书面发言',
      en: 'hand in a written speech',
      asks: ['title', 'text'],
    },
    withdrawSpeech: {
      from: ['SUBMITTED'],
      to: 'WITHDRAWN',
      by: ['AUTHOR'],
      zh: '撤回发言',
      en: 'withdraw what one handed in',
      asks: ['reason'],
    },
    removeSpeech: {
      from: ['RECORDED', 'SUBMITTED'],
      to: 'WITHDRAWN',
      by: ['STAFF'],
      zh: '撤下发言',
      en: 'take a speech off, recorded wrongly or by agreement',
      asks: ['reason'],
    },
  },
});
