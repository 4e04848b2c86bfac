import { conditional, type DatasetDescription, internalProcess, notShared, unconditional } from './description.ts';

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
  {
    name: 'sharing',
    title: { zh: '数据共享', en: 'Sharing of data' },
    description: {
      zh: '数据使用方及其公钥、共享协议及其各版本；协议只有双方可见。',
      en: 'Agencies with their public keys, and agreements in versions, which their two sides alone see.',
    },
    ...unconditional,
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['共享协议', '数据使用方'], en: ['sharing agreement', 'agency'] },
    sampleQuery:
      'query Agreements($agency: ID!) { partnerAgency(id: $agency) { name sharingAgreements { nodes { id status terms { version validUntil datasets { dataset fields } regions { code name } } } } } }',
  },
  {
    name: 'accesses',
    title: { zh: '访问记录', en: 'Access log' },
    description: {
      zh: '数据使用方的每次读取和每次被拒，供数据所属政协和所涉委员查看。',
      en: 'Every read of an agency and every refusal, for the committee whose data it is and the members who were told of.',
    },
    ...notShared(internalProcess),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['访问记录'], en: ['access log'] },
  },
];
