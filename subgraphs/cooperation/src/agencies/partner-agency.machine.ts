import { machine } from '@hub/workflow';

/** 数据使用方: registered by a committee, until it is closed. */
export const partnerAgencyMachine = machine({
  record: 'PartnerAgency',
  duty: 'sharing',
  zh: '数据使用方',
  states: {
    REGISTERED: { zh: '已登记', en: 'registered' },
    CLOSED: { zh: '已注销', en: 'closed' },
  },
  steps: {
    registerAgency: {
      from: [],
      to: 'REGISTERED',
      by: ['STAFF'],
      zh: '登记数据使用方',
      en: 'register it with its first key',
      asks: ['name', 'creditCode', 'publicKey'],
    },
    closeAgency: {
      from: ['REGISTERED'],
      to: 'CLOSED',
      by: ['STAFF'],
      zh: '注销数据使用方',
      en: 'close',
      asks: ['reason'],
    },
  },
});
