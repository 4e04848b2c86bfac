import { machine } from '@hub/workflow';

/** 考察发现: from what a visit showed to what was done about it at home. */
export const visitFindingMachine = machine({
  record: 'VisitFinding',
  duty: 'meetings',
  zh: '考察发现',
  states: {
    RECORDED: { zh: '已登记', en: 'recorded' },
    TAKEN_UP: { zh: '已采用', en: 'taken up, and not carried out yet' },
    CARRIED_OUT: { zh: '已落实', en: 'carried out' },
    SET_ASIDE: { zh: '不采用', en: 'set aside' },
  },
  steps: {
    recordVisitFinding: {
      from: [],
      to: 'RECORDED',
      by: ['STAFF'],
      zh: '登记考察发现',
      en: 'record a finding',
      asks: ['kind', 'text'],
    },
    takeUpVisitFinding: {
      from: ['RECORDED'],
      to: 'TAKEN_UP',
      by: ['STAFF'],
      zh: '采用',
      en: 'take up, with what is to be done',
      asks: ['measures'],
      awaited: ['RECORDED'],
    },
    carryOutVisitFinding: {
      from: ['TAKEN_UP'],
      to: 'CARRIED_OUT',
      by: ['STAFF'],
      zh: '登记落实',
      en: 'record what was done, and what came of it',
      asks: ['result'],
      awaited: ['TAKEN_UP'],
    },
    setAsideVisitFinding: {
      from: ['RECORDED', 'TAKEN_UP'],
      to: 'SET_ASIDE',
      by: ['STAFF'],
      zh: '不采用',
      en: 'set aside',
      asks: ['reason'],
    },
  },
});
