import { conditional, type DatasetDescription } from './description.ts';

export const workstationDatasets: readonly DatasetDescription[] = [
  {
    name: 'workstations',
    title: { zh: '工作站点', en: 'Workstations' },
    description: {
      zh: '委员工作室、民生议事堂、协商驿站等站点：名称、类别、所在地、开放日，以及人员安排。',
      en: 'Studios, halls and stations where members meet the public: name, kind, place and open days, and who staffs them.',
    },
    ...conditional({
      zh: '名称、类别、所在地和开放日无条件共享。',
      en: 'Name, kind, place and open days are shared without condition.',
    }),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE', 'REGI'],
    keywords: { zh: ['工作站点', '议事堂'], en: ['workstation', 'hall'] },
    sampleQuery:
      'query Workstations { workstations(within: "310117", first: 20) { nodes { id name kind status region { code name } openDays { rule } } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'activities',
    title: { zh: '站点活动', en: 'Activities' },
    description: { zh: '在工作站点举办的活动及其参加人员。', en: 'Activities at workstations, and who took part.' },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE', 'SOCI'],
    keywords: { zh: ['活动'], en: ['activity'] },
    sampleQuery:
      'query Activities { activities(within: "310117", first: 20) { nodes { id title kind held { start end precision } place } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'programmes',
    title: { zh: '服务项目', en: 'Programmes' },
    description: { zh: '长期开展的服务项目及其人员安排。', en: 'Services that go on over time, and who staffs them.' },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE', 'SOCI'],
    keywords: { zh: ['服务项目'], en: ['programme'] },
    sampleQuery:
      'query Programmes { programmes(within: "310117", first: 20) { nodes { id name started { start precision } description } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'livelihood-items',
    title: { zh: '年度民生实事', en: 'Yearly livelihood items' },
    description: {
      zh: '居民在工作站点商定当年办成的实事及其进度。',
      en: 'What residents agreed at a workstation to have done within the year, and how far it came.',
    },
    ...conditional({
      zh: '事项、年度和进度无条件共享。',
      en: 'Title, year and progress are shared without condition.',
    }),
    publisher: 'COMMITTEE',
    updateFrequency: 'ANNUAL',
    themes: ['GOVE', 'SOCI'],
    keywords: { zh: ['民生实事'], en: ['livelihood'] },
    sampleQuery:
      'query LivelihoodItems { livelihoodItems(within: "310117", first: 20) { nodes { id title year status committee { code } } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'service-requests',
    title: { zh: '群众诉求', en: 'Requests of the public' },
    description: {
      zh: '群众向工作站点提出的诉求及办理结果；诉求内容和诉求人属个人信息。',
      en: 'What the public asked for at workstations and what came of it. What was written and who filed it is personal data.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['SOCI'],
    keywords: { zh: ['群众诉求'], en: ['service request'] },
    sampleQuery:
      'query ServiceRequests { serviceRequests(within: "310117", first: 20) { nodes { id kind status requested { start precision } region { code name } } pageInfo { hasNextPage endCursor } } }',
  },
];
