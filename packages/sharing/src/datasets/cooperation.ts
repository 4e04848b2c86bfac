import { conditional, type DatasetDescription } from './description.ts';

export const cooperationDatasets: readonly DatasetDescription[] = [
  {
    name: 'cooperations',
    title: { zh: '地区间合作', en: 'Cooperation between regions' },
    description: {
      zh: '结对、援助、考察等合作，及其各方、协议、进程、考察、成果和援助台账。',
      en: 'Pairings, aid and other cooperation between regions, with partners, agreements, milestones, visits, outcomes and the ledger of aid.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE', 'REGI'],
    keywords: { zh: ['合作', '结对', '援助'], en: ['cooperation', 'pairing', 'aid'] },
    sampleQuery:
      'query Cooperations { cooperations(within: "310117", filter: { text: "眼科" }, first: 20) { nodes { id title kind field status started { start precision } partners { role committee { code name } } milestones { title stage date { start text } } } pageInfo { hasNextPage endCursor } } }',
  },
];
