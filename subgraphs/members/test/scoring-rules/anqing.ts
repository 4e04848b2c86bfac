/**
 * 安庆市: everybody starts with the fifty points of meetings and loses some for each unexcused absence until none are left.
 * What proposals, activities and opinions are worth apiece stands in for the committee's own figures.
 */
export const anqing = {
  format: 1,
  label: '安庆市政协委员履职考核',
  groups: [
    { group: 'meetings', label: '参加会议', base: 50, floor: 0, cap: 50 },
    { group: 'proposals', label: '提交提案', cap: 30 },
    { group: 'others', label: '活动和社情民意', cap: 20 },
  ],
  items: [
    {
      item: 'plenary-absence',
      label: '缺席全体会议',
      kinds: ['PLENARY'],
      outcomes: ['ABSENT'],
      points: -10,
      unit: '次',
      group: 'meetings',
    },
    {
      item: 'absence',
      label: '缺席其他会议',
      kinds: ['STANDING_COMMITTEE', 'CHAIRMENS_MEETING', 'CONSULTATION', 'MEETING'],
      outcomes: ['ABSENT'],
      points: -5,
      unit: '次',
      group: 'meetings',
    },
    {
      item: 'proposal',
      label: '提案立案',
      kinds: ['PROPOSAL'],
      outcomes: ['FILED'],
      points: 15,
      unit: '件',
      group: 'proposals',
    },
    {
      item: 'activity',
      label: '参加活动',
      kinds: ['RESEARCH', 'INSPECTION', 'SUPERVISION', 'ACTIVITY', 'TRAINING'],
      outcomes: ['PRESENT'],
      points: 2.5,
      unit: '次',
      group: 'others',
    },
    {
      item: 'opinion',
      label: '反映社情民意',
      kinds: ['OPINION'],
      outcomes: ['SUBMITTED'],
      points: 5,
      unit: '条',
      group: 'others',
    },
  ],
  maximum: 100,
  bands: [
    { band: 'excellent', label: '优秀', atLeast: 90 },
    { band: 'good', label: '良好', atLeast: 80 },
    { band: 'competent', label: '称职', atLeast: 60 },
    { band: 'incompetent', label: '不称职' },
  ],
};
