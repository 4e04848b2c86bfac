import { machine } from '@hub/workflow';

/** 计划事项: what the plan's own state allows besides is checked where a step is taken. */
export const planItemMachine = machine({
  record: 'AnnualPlanItem',
  duty: 'meetings',
  zh: '年度协商计划事项',
  states: {
    LISTED: { zh: '在列', en: 'in the plan' },
    REMOVED: { zh: '已移出', en: 'no more in the plan' },
  },
  steps: {
    addPlanItem: { from: [], to: 'LISTED', by: ['STAFF'], zh: '列入事项', en: 'put into the plan', asks: ['kind'] },
    changePlanItem: { from: ['LISTED'], to: 'LISTED', by: ['STAFF'], zh: '修改事项', en: 'change', asks: [] },
    removePlanItem: { from: ['LISTED'], to: 'REMOVED', by: ['STAFF'], zh: '移出事项', en: 'take out', asks: [] },
    holdPlanItem: {
      from: ['LISTED'],
      to: 'LISTED',
      by: ['STAFF'],
      zh: '关联协商活动',
      en: 'link a consultation that carries it out',
      asks: ['consultation'],
    },
    releasePlanItem: {
      from: ['LISTED'],
      to: 'LISTED',
      by: ['STAFF'],
      zh: '解除关联',
      en: 'undo the link of a consultation',
      asks: ['consultation', 'reason'],
    },
  },
});
