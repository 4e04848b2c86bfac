import { conditional, type DatasetDescription, internalProcess, notShared, unconditional } from './description.ts';

/** What is the same for every committee, or the hub's own. */
export const hubDatasets: readonly DatasetDescription[] = [
  {
    name: 'directory',
    title: { zh: '政协机构与行政区划名录', en: 'Directory of committees and regions' },
    description: {
      zh: '各级政协委员会和行政区划的代码、名称、层级、上下级和沿革。',
      en: 'Codes, names, levels, parents and successions of CPPCC committees and regions, from the nation to the village.',
    },
    ...unconditional,
    publisher: 'HUB',
    updateFrequency: 'IRREG',
    themes: ['REGI', 'GOVE'],
    keywords: { zh: ['政协', '行政区划', '代码'], en: ['committee', 'region', 'code'] },
    sampleQuery:
      'query Directory { committee(code: "310117") { code name level region { code name } parent { code name } } }',
  },
  {
    name: 'catalogue',
    title: { zh: '数据目录', en: 'Catalogue' },
    description: {
      zh: '本目录：各数据集及其字段、共享类型和说明。',
      en: 'This catalogue: the datasets, their fields, and how each is shared.',
    },
    ...unconditional,
    publisher: 'HUB',
    updateFrequency: 'IRREG',
    themes: ['GOVE'],
    keywords: { zh: ['数据目录', '共享'], en: ['catalogue', 'sharing'] },
    sampleQuery: 'query Catalogue { datasets { name title sharing fields { type field sharing personal } } }',
  },
  {
    name: 'values',
    title: { zh: '数量、时间与来源', en: 'Quantities and times' },
    description: {
      zh: '其他数据集的字段所用的值：数量及其限定、时间及其精度、报告数据、合计。',
      en: 'Values that fields of other datasets hold: quantities as their source gives them, times with their precision, figures and totals.',
    },
    ...unconditional,
    publisher: 'HUB',
    updateFrequency: 'IRREG',
    themes: ['GOVE'],
    keywords: { zh: ['数量', '时间'], en: ['quantity', 'time'] },
    sampleQuery:
      'query Values { committee(code: "310117") { figures { label value { value qualifier text } unit asOf { start precision } } } }',
  },
  {
    name: 'files',
    title: { zh: '文件', en: 'Files' },
    description: {
      zh: '记录所附文件的名称、类型、大小和摘要；不含内容。',
      en: 'Names, types, sizes and digests of files that records have, without what is in them.',
    },
    ...conditional(),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['文件'], en: ['file'] },
    sampleQuery:
      'query Files($id: ID!) { consultation(id: $id) { papers { id title file { id name mediaType bytes sha256 } } } }',
  },
  {
    name: 'internal',
    title: { zh: '内部办理信息', en: 'Internal work' },
    description: {
      zh: '办理过程、待办、本人信息、日历订阅、本地设置以及系统自身的数据流。',
      en: 'Steps as they are taken, tasks, who is asking, calendar subscriptions, local settings, and what the hub tells itself.',
    },
    ...notShared(internalProcess),
    publisher: 'COMMITTEE',
    updateFrequency: 'UPDATE_CONT',
    themes: ['GOVE'],
    keywords: { zh: ['办理', '待办', '设置'], en: ['step', 'task', 'setting'] },
  },
];
