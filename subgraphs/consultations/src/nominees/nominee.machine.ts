import { machine } from '@hub/workflow';

/** 联合协商提名: whom a party of a joint plan sends. */
export const nomineeMachine = machine({
  record: 'Nominee',
  duty: 'meetings',
  zh: '联合协商提名',
  states: {
    NOMINATED: { zh: '已提名', en: 'nominated' },
    REPLACED: { zh: '已替换', en: 'replaced by a substitute' },
    WITHDRAWN: { zh: '已撤回', en: 'withdrawn' },
  },
  steps: {
    nominate: { from: [], to: 'NOMINATED', by: ['STAFF'], zh: '提名', en: 'nominate', asks: ['name'] },
    replaceNominee: {
      from: ['NOMINATED'],
      to: 'REPLACED',
      by: ['STAFF'],
      zh: '替换人选',
      en: 'send a substitute instead',
      asks: ['name'],
    },
    withdrawNominee: {
      from: ['NOMINATED'],
      to: 'WITHDRAWN',
      by: ['STAFF'],
      zh: '撤回提名',
      en: 'withdraw the nomination',
      asks: ['reason'],
    },
  },
});
