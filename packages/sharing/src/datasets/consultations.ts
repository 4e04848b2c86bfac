import {
  conditional,
  type DatasetDescription,
  internalProcess,
  notShared,
  personalInformation,
} from './description.ts';

export const consultationDatasets: readonly DatasetDescription[] = [
  {
    name: 'consultations',
    title: { zh: '协商活动', en: 'Consultations' },
    description: {
      zh: '会议、协商、视察、调研和监督活动，及其主办方、议程、决定、参加人员、发言和材料目录。',
      en: 'Meetings, consultations, inspections, surveys and supervision, with hosts, agenda, decisions, participants, speeches and papers.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['协商', '会议', '视察', '调研'], en: ['consultation', 'meeting', 'inspection', 'survey'] },
    sampleQuery:
      'query Consultations { consultations(within: "310117", orderBy: HELD_DESC, first: 20) { nodes { id title kind status held { start end precision } hosts { committee { code name } } } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'suggestions',
    title: { zh: '意见建议', en: 'Suggestions' },
    description: {
      zh: '协商中提出的意见建议，及各方的采纳和答复。',
      en: 'Suggestions made at consultations, and what each party adopted and answered.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['意见建议', '采纳'], en: ['suggestion', 'adoption'] },
    sampleQuery:
      'query Suggestions { suggestions(within: "310117", first: 20) { nodes { id text status adoptions { bodyName status } } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'consultation-outcomes',
    title: { zh: '协商成果', en: 'Outcomes of consultations' },
    description: {
      zh: '协商成果、批示情况和后续指标读数。',
      en: 'What came of consultations: outcomes, instructions of leaders, and readings of indicators afterwards.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['协商成果', '批示'], en: ['outcome', 'instruction'] },
    sampleQuery:
      'query Outcomes { consultationOutcomes(within: "310117", first: 20) { nodes { id kind title on { start precision } } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'follow-ups',
    title: { zh: '跟踪落实', en: 'Follow-up' },
    description: {
      zh: '协商后的纪要、成果报送、办理情况、回访和单位评价；委员个人评价不提供。',
      en: 'Minutes, dispatches, reports of handling, visits and evaluation by bodies after a consultation. Evaluation by individuals is not shared.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['跟踪', '落实', '评价'], en: ['follow-up', 'evaluation'] },
    sampleQuery:
      'query FollowUps { consultations(within: "310117", first: 20) { nodes { id followUp { id status dispatches { to form sent } conclusion } } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'annual-plans',
    title: { zh: '年度协商计划', en: 'Annual plans' },
    description: {
      zh: '年度协商计划、事项、选题征集、调整和完成进度。',
      en: 'Annual plans of consultation, their items, topics that were collected, amendments and progress.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'ANNUAL',
    themes: ['GOVE'],
    keywords: { zh: ['年度计划', '选题'], en: ['annual plan', 'topic'] },
    sampleQuery:
      'query AnnualPlans { annualPlans(within: "310117", filter: { year: 2025 }, first: 20) { nodes { id year title status items { id kind title status } } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'linked-actions',
    title: { zh: '联动行动', en: 'Linked actions' },
    description: {
      zh: '三级联动的专项行动、邀请、各地答复和报送情况。',
      en: 'Actions that committees of several levels carry out together: invitations, answers and what was handed in.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['三级联动'], en: ['linked action'] },
    sampleQuery:
      'query LinkedActions { linkedActions(within: "310000", first: 20) { nodes { id title kind status progress { invited accepted handedIn } } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'problems',
    title: { zh: '监督发现的问题', en: 'Problems found' },
    description: {
      zh: '视察和监督中发现的问题、整改和核验情况。',
      en: 'Problems found at inspections and supervision, what was done about them and whether it was verified.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE', 'SOCI'],
    keywords: { zh: ['问题', '整改'], en: ['problem', 'supervision'] },
    sampleQuery:
      'query Problems { problems(within: "310117", first: 20) { nodes { id title topic status found due overdue } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'referrals',
    title: { zh: '转办', en: 'Referrals' },
    description: {
      zh: '政协之间转交的问题和来件，及其办理结果。',
      en: 'Problems and submissions that committees refer to one another, and how they were handled.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['转办'], en: ['referral'] },
    sampleQuery:
      'query Referrals { committee(code: "310117") { referrals(first: 20) { nodes { id direction sent due from { code } to { code } handling { status answered } } pageInfo { hasNextPage endCursor } } } }',
  },
  {
    name: 'submissions',
    title: { zh: '来件', en: 'Submissions' },
    description: {
      zh: '公众、部门和联络员向政协提出的选题与线索，及办理情况；来件内容和提出人属个人信息。',
      en: 'What the public, departments and liaison officers submit, and what came of it. What was written and by whom is personal data.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE', 'SOCI'],
    keywords: { zh: ['来件', '线索'], en: ['submission'] },
    sampleQuery:
      'query Submissions { submissions(within: "310117", first: 20) { nodes { id kind status received solved daysToSolve } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'discussion-topics',
    title: { zh: '网上议题', en: 'Discussion topics' },
    description: {
      zh: '委员发起的网上议题、评论和联名；草稿不提供。',
      en: 'Topics that members discuss online, with comments and co-authors. Drafts are not shared.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['议题', '讨论'], en: ['discussion', 'topic'] },
    sampleQuery:
      'query DiscussionTopics { committee(code: "310117") { discussionTopics(first: 20) { nodes { id title status supports } pageInfo { hasNextPage endCursor } } } }',
  },
  {
    name: 'books',
    title: { zh: '委员读书', en: 'Reading lists' },
    description: {
      zh: '政协推荐的书目；个人的阅读记录不提供。',
      en: 'Books that a committee reads. Who read what is not shared.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['读书'], en: ['book'] },
    sampleQuery:
      'query Books { committee(code: "310117") { books(first: 20) { nodes { id title writer isbn status } pageInfo { hasNextPage endCursor } } } }',
  },
  {
    name: 'calendars',
    title: { zh: '工作日程', en: 'Calendars' },
    description: {
      zh: '政协的日程安排；忙闲查询不提供。',
      en: 'What stands in the calendars of committees. When one is free or busy is not shared.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['日程'], en: ['calendar'] },
    sampleQuery:
      'query Calendar { committee(code: "310117") { calendar(from: "2025-03-01", until: "2025-03-31", first: 20) { nodes { id title starts ends status } pageInfo { hasNextPage endCursor } } } }',
  },
  {
    name: 'joint-plans',
    title: { zh: '联合协商筹备', en: 'Joint plans' },
    description: {
      zh: '几地政协筹备联合协商时的方案、答复和参会提名；定下来的活动在“协商活动”中。',
      en: 'Proposals, answers and nominations while committees plan together. What they agree on is a consultation.',
    },
    ...notShared(internalProcess),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['联合协商'], en: ['joint plan'] },
  },
  {
    name: 'attendance',
    title: { zh: '出席与请假', en: 'Attendance' },
    description: {
      zh: '委员的报名、签到、请假及其事由。',
      en: 'Who signed up, signed in or was on leave, and why.',
    },
    ...notShared(personalInformation),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['出席', '请假'], en: ['attendance', 'leave'] },
  },
];
