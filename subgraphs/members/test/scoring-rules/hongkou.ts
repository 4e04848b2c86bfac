/**
 * 上海市虹口区: items with points, a cap and a unit; proposals are counted from 1 December to 30 November, and some members
 * aren't scored. The points, and who those members are, stand in for the committee's own.
 */
export const hongkou = {
  format: 1,
  label: '虹口区政协委员履职计分',
  items: [
    {
      item: 'plenary',
      label: '出席全体会议',
      kinds: ['PLENARY'],
      outcomes: ['PRESENT'],
      points: 2.5,
      per: 'HALF_DAY',
      cap: 15,
      unit: '个半天',
    },
    {
      item: 'consultation',
      label: '参加专题协商',
      kinds: ['CONSULTATION'],
      outcomes: ['PRESENT'],
      consultationKinds: ['专题协商会'],
      points: 3,
      cap: 12,
      unit: '次',
    },
    {
      item: 'activity',
      label: '参加活动',
      kinds: ['INSPECTION', 'RESEARCH', 'ACTIVITY', 'SHIFT'],
      outcomes: ['PRESENT', 'DONE'],
      points: 2,
      cap: 20,
      unit: '次',
    },
    {
      item: 'proposal',
      label: '提交提案',
      kinds: ['PROPOSAL'],
      outcomes: ['FILED'],
      points: 10,
      share: 'EQUAL',
      cap: 30,
      unit: '件',
      period: { from: '12-01', until: '11-30' },
    },
    {
      item: 'opinion',
      label: '反映社情民意',
      kinds: ['OPINION'],
      outcomes: ['ADOPTED'],
      points: 4,
      cap: 20,
      unit: '篇',
    },
  ],
  exempt: [
    { who: { posts: ['主席', '副主席', '秘书长'] }, reason: '主席、副主席、秘书长不计分。' },
    { who: { members: ['20000000-0000-4000-8000-000000000009'] }, reason: '因病长期请假，本年不计分。' },
  ],
  partOfYear: 'NOT_SCORED',
};
