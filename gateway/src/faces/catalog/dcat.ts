import type { Bilingual, Classes, DatasetDescription } from '@hub/sharing';
import { formats } from '../exports/formats.ts';
import type { RootList } from '../exports/operation.ts';

/**
 * The terms of DCAT 3 that the catalogue uses, under short names, so that who reads plain JSON needs no JSON-LD and who reads
 * JSON-LD fetches nothing.
 */
const context = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  hub: 'https://hub.cppcc.example/sharing/v1.0#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  id: '@id',
  type: '@type',
  title: { '@id': 'dct:title', '@container': '@language' },
  description: { '@id': 'dct:description', '@container': '@language' },
  identifier: 'dct:identifier',
  language: { '@id': 'dct:language', '@type': '@id' },
  publisher: 'dct:publisher',
  name: { '@id': 'foaf:name', '@container': '@language' },
  licence: 'dct:license',
  rights: 'dct:rights',
  label: { '@id': 'rdfs:label', '@container': '@language' },
  accessRights: { '@id': 'dct:accessRights', '@type': '@id' },
  updateFrequency: { '@id': 'dct:accrualPeriodicity', '@type': '@id' },
  conformsTo: { '@id': 'dct:conformsTo', '@type': '@id' },
  theme: { '@id': 'dcat:theme', '@type': '@id', '@container': '@set' },
  keyword: { '@id': 'dcat:keyword', '@container': ['@language', '@set'] },
  datasets: { '@id': 'dcat:dataset', '@container': '@set' },
  services: { '@id': 'dcat:service', '@container': '@set' },
  distributions: { '@id': 'dcat:distribution', '@container': '@set' },
  servesDataset: { '@id': 'dcat:servesDataset', '@type': '@id', '@container': '@set' },
  accessService: { '@id': 'dcat:accessService', '@type': '@id' },
  accessUrl: { '@id': 'dcat:accessURL', '@type': '@id' },
  endpointUrl: { '@id': 'dcat:endpointURL', '@type': '@id' },
  endpointDescription: { '@id': 'dcat:endpointDescription', '@type': '@id' },
  mediaType: { '@id': 'dcat:mediaType', '@type': '@id' },
  sharing: 'hub:sharing',
  sampleQuery: 'hub:sampleQuery',
};

const europe = 'http://publications.europa.eu/resource/authority';
const accessRights = { UNCONDITIONAL: 'PUBLIC', CONDITIONAL: 'RESTRICTED', NOT_SHARED: 'NON_PUBLIC' };
const sharingLabels: Readonly<Record<DatasetDescription['sharing'], Bilingual>> = {
  UNCONDITIONAL: { zh: '无条件共享', en: 'Shared without condition' },
  CONDITIONAL: { zh: '有条件共享', en: 'Shared under conditions' },
  NOT_SHARED: { zh: '不予共享', en: 'Not shared' },
};
const publishers: Readonly<Record<DatasetDescription['publisher'], Bilingual>> = {
  COMMITTEE: { zh: '数据所属政协', en: 'The committee whose records they are' },
  HUB: { zh: '政协数据枢纽', en: 'CPPCC hub' },
};
const agent = (name: Bilingual) => ({ type: 'foaf:Agent', name });

/** Addresses are relative to the catalogue's own, whatever name the hub is reached by. */
const here = '/catalog';
const idOf = ({ name }: DatasetDescription) => `${here}#${name}`;
const service = `${here}#graphql`;

/** The datasets that a supergraph has, as a catalogue in JSON-LD. */
export function dcatCatalog(
  described: readonly DatasetDescription[],
  classes: Classes,
  /** By which datasets can be downloaded as a whole. */
  lists: readonly RootList[],
) {
  const datasets = described.filter(({ name }) => classes.datasets.includes(name));
  return {
    '@context': context,
    id: here,
    type: 'dcat:Catalog',
    title: { zh: '政协数据枢纽数据目录', en: 'Catalogue of the CPPCC hub' },
    description: {
      zh: '各数据集及其共享类型；字段见查询 dataset(name:)。',
      en: 'The datasets and how each is shared. Their fields: the query dataset(name:).',
    },
    publisher: agent(publishers.HUB),
    language: [`${europe}/language/ZHO`, `${europe}/language/ENG`],
    conformsTo: 'https://www.w3.org/TR/vocab-dcat-3/',
    services: [
      {
        id: service,
        type: 'dcat:DataService',
        title: { zh: 'GraphQL 接口', en: 'GraphQL endpoint' },
        conformsTo: 'https://spec.graphql.org/October2021/',
        endpointUrl: '/graphql',
        endpointDescription: '/schema.graphql',
        servesDataset: datasets.filter(({ sharing }) => sharing !== 'NOT_SHARED').map(idOf),
      },
    ],
    datasets: datasets.map((dataset) =>
      dcatDataset(
        dataset,
        lists.filter((list) => list.dataset === dataset.name),
      ),
    ),
  };
}

function dcatDataset(dataset: DatasetDescription, lists: readonly RootList[]) {
  const { sharing, conditions, legalGround } = dataset;
  const licence = { type: 'dct:LicenseDocument', title: dataset.licence };
  return {
    id: idOf(dataset),
    type: 'dcat:Dataset',
    identifier: dataset.name,
    title: dataset.title,
    description: dataset.description,
    publisher: agent(publishers[dataset.publisher]),
    licence,
    sharing,
    accessRights: `${europe}/access-right/${accessRights[sharing]}`,
    rights: [sharingLabels[sharing], conditions, legalGround].flatMap((label) =>
      label ? [{ type: 'dct:RightsStatement', label }] : [],
    ),
    updateFrequency: `${europe}/frequency/${dataset.updateFrequency}`,
    theme: dataset.themes.map((theme) => `${europe}/data-theme/${theme}`),
    keyword: dataset.keywords,
    ...(dataset.sampleQuery && {
      distributions: [
        {
          id: `${idOf(dataset)}-graphql`,
          type: 'dcat:Distribution',
          title: { zh: 'GraphQL 查询', en: 'By GraphQL' },
          licence,
          accessUrl: '/graphql',
          accessService: service,
          mediaType: 'https://www.iana.org/assignments/media-types/application/graphql-response+json',
          sampleQuery: dataset.sampleQuery,
        },
        ...exportAddresses(dataset, lists).map(({ format, address, mediaType }) => ({
          id: `${here}#${address.slice(1)}`,
          type: 'dcat:Distribution',
          title: { zh: `下载：${format}`, en: `As ${format}` },
          licence,
          accessUrl: address,
          mediaType: `https://www.iana.org/assignments/media-types/${mediaType}`,
        })),
      ],
    }),
  };
}

/** A list is named where there are several. */
const exportAddresses = ({ name }: DatasetDescription, lists: readonly RootList[]) =>
  lists.flatMap(({ field }) =>
    [...formats].map(([format, { mediaType }]) => ({
      format,
      mediaType,
      address: `/export/${name}?format=${format}${lists.length > 1 ? `&list=${field}` : ''}`,
    })),
  );
