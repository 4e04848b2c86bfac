import { machine } from '@hub/workflow';

/** 公钥: good until it is retired. */
export const agencyKeyMachine = machine({
  record: 'AgencyKey',
  duty: 'sharing',
  zh: '公钥',
  states: {
    ACTIVE: { zh: '有效', en: 'good' },
    RETIRED: { zh: '已停用', en: 'good no more' },
  },
  steps: {
    addAgencyKey: {
      from: [],
      to: 'ACTIVE',
      by: ['STAFF', 'AGENCY'],
      zh: '登记公钥',
      en: 'add',
      asks: ['publicKey'],
    },
    retireAgencyKey: {
      from: ['ACTIVE'],
      to: 'RETIRED',
      by: ['STAFF', 'AGENCY'],
      zh: '停用公钥',
      en: 'retire',
      asks: [],
    },
  },
});
