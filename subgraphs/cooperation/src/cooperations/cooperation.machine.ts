import { machine } from '@hub/workflow';

/** 合作: from the proposal to its end. That it is ACTIVE follows from what its partners answered. */
export const cooperationMachine = machine({
  record: 'Cooperation',
  duty: 'meetings',
  zh: '合作',
  states: {
    CONTACT: { zh: '接洽', en: 'proposed; first contact' },
    ACTIVE: { zh: '进行中', en: 'a committee besides its initiator takes part' },
    CONCLUDED: { zh: '已结束', en: 'concluded' },
  },
  steps: {
    proposeCooperation: {
      from: [],
      to: 'CONTACT',
      by: ['STAFF'],
      zh: '发起合作',
      en: 'propose',
      asks: ['title', 'kind', 'field'],
    },
    beginCooperation: {
      from: ['CONTACT'],
      to: 'ACTIVE',
      by: ['HUB'],
      zh: '开始合作',
      en: 'begin, as the first of those invited accepts',
      asks: [],
    },
    concludeCooperation: {
      from: ['CONTACT', 'ACTIVE'],
      to: 'CONCLUDED',
      by: ['STAFF'],
      zh: '结束合作',
      en: 'conclude, with what came of it',
      asks: ['result'],
    },
  },
});
