import { conditional, type DatasetDescription, notShared, personalInformation } from './description.ts';

export const memberDatasets: readonly DatasetDescription[] = [
  {
    name: 'members',
    title: { zh: '委员与任职', en: 'Members and posts' },
    description: {
      zh: '委员、委员资格和职务；界别、职务名称等能反映信仰或党派的字段属个人信息。',
      en: 'Members, their memberships and posts. What can tell a belief or a party, as a sector or a title, is personal data.',
    },
    ...conditional({ zh: '个人标签不提供。', en: 'Tags of persons are not shared.' }),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['委员', '职务'], en: ['member', 'post'] },
    sampleQuery:
      'query Members { members(within: "310117", first: 20) { nodes { id name committee { code } occupation } pageInfo { hasNextPage endCursor } } }',
  },
  {
    name: 'organizations',
    title: { zh: '组织与届次', en: 'Organizations and terms' },
    description: {
      zh: '政协的办公机构、专委会、界别和小组，届次与会议，以及报告的机构数据。',
      en: 'Offices, special committees, sectors and groups of a committee, its terms and sessions, and figures that are reported of it.',
    },
    ...conditional({ zh: '名称、类别和届次无条件共享。', en: 'Names, kinds and terms are shared without condition.' }),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['专委会', '界别', '届次'], en: ['organization', 'sector', 'term'] },
    sampleQuery:
      'query Organizations { committee(code: "310117") { organizations { id name classification } terms { ordinal start end } } }',
  },
  {
    name: 'contacts',
    title: { zh: '联系网络', en: 'Contact trees' },
    description: {
      zh: '委员之间、委员与组织之间的联系关系。',
      en: 'Who keeps in touch with whom, among members and organizations.',
    },
    ...notShared(personalInformation),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['联系'], en: ['contact'] },
  },
  {
    name: 'duty',
    title: { zh: '履职', en: 'Duty' },
    description: {
      zh: '委员的履职事实、履职报告、计分及计分细则。',
      en: 'What members did, their reports and scores, and the rules that score them.',
    },
    ...notShared(personalInformation),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['履职', '计分'], en: ['duty', 'score'] },
  },
];
