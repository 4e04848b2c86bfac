import { machine } from '@hub/workflow';

/** 协议: from the draft to its end. */
export const agreementMachine = machine({
  record: 'Agreement',
  duty: 'meetings',
  zh: '协议',
  states: {
    DRAFT: { zh: '草案', en: 'a draft' },
    SIGNED: { zh: '已签订', en: 'signed' },
    ENDED: { zh: '已终止', en: 'ended, or never to be signed' },
  },
  steps: {
    addAgreement: {
      from: [],
      to: 'DRAFT',
      by: ['STAFF'],
      zh: '添加协议',
      en: 'add a draft',
      asks: ['title', 'parties'],
    },
    signAgreement: {
      from: ['DRAFT'],
      to: 'SIGNED',
      by: ['STAFF'],
      zh: '登记签订',
      en: 'record that it was signed',
      asks: [],
      awaited: ['DRAFT'],
    },
    endAgreement: {
      from: ['DRAFT', 'SIGNED'],
      to: 'ENDED',
      by: ['STAFF'],
      zh: '终止协议',
      en: 'end',
      asks: ['reason'],
    },
  },
});
