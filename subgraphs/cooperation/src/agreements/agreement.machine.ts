import { machine } from '@hub/workflow';

/** 协议: from the draft to its end. */
export const agreementMachine = machine({
  record: 'Agreement',
  duty: 'meetings',
  zh: '协议',
  states: {
    DRAFT: { zh: '草案', en: 'a draft' },
    PARTLY_SIGNED: { zh: '部分方已签', en: 'signed by some of those that sign it' },
    SIGNED: { zh: '已签订', en: 'signed by all' },
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
      from: ['DRAFT', 'PARTLY_SIGNED'],
      to: 'PARTLY_SIGNED',
      by: ['STAFF'],
      zh: '登记本方签订',
      en: 'record, as each committee that signs it, that its side did',
      asks: [],
    },
    concludeSigning: {
      from: ['PARTLY_SIGNED'],
      to: 'SIGNED',
      by: ['HUB'],
      zh: '各方均已签订',
      en: 'be signed, by the last of those that sign it',
      asks: [],
    },
    endAgreement: {
      from: ['DRAFT', 'PARTLY_SIGNED', 'SIGNED'],
      to: 'ENDED',
      by: ['STAFF'],
      zh: '终止协议',
      en: 'end',
      asks: ['reason'],
    },
  },
});
