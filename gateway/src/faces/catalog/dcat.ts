import { type Bilingual, type Classes, conditional, type DatasetDescription, unconditional } from '@hub/sharing';
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
  dcatap: 'http://data.europa.eu/r5r/',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  id: '@id',
  type: '@type',
  title: { '@id': 'dct:title', '@container': '@language' },
  description: { '@id': 'dct:description', '@container': '@language' },
  identifier: 'dct:identifier',
  issued: { '@id': 'dct:issued', '@type': 'xsd:date' },
  language: { '@id': 'dct:language', '@type': '@id', '@container': '@set' },
  publisher: 'dct:publisher',
  name: { '@id': 'foaf:name', '@container': '@language' },
  kind: { '@id': 'dct:type', '@type': '@id' },
  contactPoint: 'dcat:contactPoint',
  contactName: { '@id': 'vcard:fn', '@container': '@language' },
  contactPage: { '@id': 'vcard:hasURL', '@type': '@id' },
  homepage: 'foaf:homepage',
  licence: 'dct:license',
  rights: 'dct:rights',
  label: { '@id': 'rdfs:label', '@container': '@language' },
  accessRights: { '@id': 'dct:accessRights', '@type': '@id' },
  updateFrequency: { '@id': 'dct:accrualPeriodicity', '@type': '@id' },
  conformsTo: 'dct:conformsTo',
  spatial: 'dct:spatial',
  themeTaxonomy: { '@id': 'dcat:themeTaxonomy', '@container': '@set' },
  prefLabel: { '@id': 'skos:prefLabel', '@container': '@language' },
  availability: { '@id': 'dcatap:availability', '@type': '@id' },
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
  format: 'dct:format',
  mediaType: 'dcat:mediaType',
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
const concept = (id: string, prefLabel: Bilingual) => ({ id, type: 'skos:Concept', prefLabel });
const adms = 'http://purl.org/adms';
/** An authority of its region, the hub on behalf of them all. */
const authority = concept(`${adms}/publishertype/RegionalAuthority`, { zh: '地区机构', en: 'Regional authority' });
const agent = (name: Bilingual) => ({ type: 'foaf:Agent', name, kind: authority });
const underConditions = concept(`${adms}/licencetype/OtherRestrictiveClauses`, {
  zh: '另有限制',
  en: 'Other restrictive clauses',
});
const licenceKinds: Readonly<Record<DatasetDescription['sharing'], object>> = {
  UNCONDITIONAL: concept(`${adms}/licencetype/Attribution`, { zh: '注明来源', en: 'Attribution' }),
  CONDITIONAL: underConditions,
  NOT_SHARED: underConditions,
};
const licenceOf = ({ sharing, licence }: Pick<DatasetDescription, 'sharing' | 'licence'>) => ({
  type: 'dct:LicenseDocument',
  title: licence,
  kind: licenceKinds[sharing],
});
const standard = (id: string) => ({ id, type: 'dct:Standard' });
const mediaTypeOf = (name: string) => ({
  id: `https://www.iana.org/assignments/media-types/${name}`,
  type: 'dct:MediaType',
});
/** Of the EU's list of file types, which has no JSON Lines. */
const fileTypes: Readonly<Record<string, string>> = { jsonl: 'JSON', csv: 'CSV', xlsx: 'XLSX' };
const formatOf = (type: string) => ({ id: `${europe}/file-type/${type}`, type: 'dct:MediaTypeOrExtent' });
const availability = `${europe}/planned-availability/STABLE`;
const china = { id: `${europe}/country/CHN`, type: 'dct:Location' };

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
  /** Where people find the hub. */
  publicUrl: string,
) {
  const contactOf = (contactName: Bilingual) => ({
    type: 'vcard:Organization',
    contactName,
    contactPage: publicUrl,
  });
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
    issued: '2026-11-27',
    licence: licenceOf(unconditional),
    homepage: { id: publicUrl, type: 'foaf:Document' },
    language: [`${europe}/language/ZHO`, `${europe}/language/ENG`],
    spatial: china,
    themeTaxonomy: [
      { id: `${europe}/data-theme`, type: 'skos:ConceptScheme', title: { zh: '数据主题', en: 'Data themes' } },
    ],
    conformsTo: standard('https://www.w3.org/TR/vocab-dcat-3/'),
    services: [
      {
        id: service,
        type: 'dcat:DataService',
        title: { zh: 'GraphQL 接口', en: 'GraphQL endpoint' },
        description: {
          zh: '以 GraphQL 查询和办理，字段以图的定义为准。',
          en: 'Asked and worked with by GraphQL; its schema says which fields there are.',
        },
        publisher: agent(publishers.HUB),
        contactPoint: contactOf(publishers.HUB),
        licence: licenceOf(conditional()),
        accessRights: `${europe}/access-right/${accessRights.CONDITIONAL}`,
        theme: [`${europe}/data-theme/GOVE`],
        keyword: { zh: ['政协', '协商', '接口'], en: ['CPPCC', 'consultation', 'GraphQL'] },
        conformsTo: standard('https://spec.graphql.org/October2021/'),
        endpointUrl: '/graphql',
        endpointDescription: '/schema.graphql',
        servesDataset: datasets.filter(({ sharing }) => sharing !== 'NOT_SHARED').map(idOf),
      },
    ],
    datasets: datasets.map((dataset) => ({
      ...dcatDataset(
        dataset,
        lists.filter((list) => list.dataset === dataset.name),
      ),
      contactPoint: contactOf(publishers[dataset.publisher]),
    })),
  };
}

function dcatDataset(dataset: DatasetDescription, lists: readonly RootList[]) {
  const { sharing, conditions, legalGround } = dataset;
  const licence = licenceOf(dataset);
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
    language: [`${europe}/language/ZHO`],
    spatial: china,
    updateFrequency: `${europe}/frequency/${dataset.updateFrequency}`,
    theme: dataset.themes.map((theme) => `${europe}/data-theme/${theme}`),
    keyword: dataset.keywords,
    ...(dataset.sampleQuery && {
      distributions: [
        {
          id: `${idOf(dataset)}-graphql`,
          type: 'dcat:Distribution',
          title: { zh: 'GraphQL 查询', en: 'By GraphQL' },
          description: {
            zh: '逐页查询，示例见 sampleQuery。',
            en: 'Asked page by page; sampleQuery is an example.',
          },
          licence,
          availability,
          format: formatOf('JSON'),
          accessUrl: '/graphql',
          accessService: service,
          mediaType: mediaTypeOf('application/graphql-response+json'),
          sampleQuery: dataset.sampleQuery,
        },
        ...exportAddresses(dataset, lists).map(({ format, address, mediaType }) => ({
          id: `${here}#${address.slice(1)}`,
          type: 'dcat:Distribution',
          title: { zh: `下载：${format}`, en: `As ${format}` },
          description: {
            zh: `凭数据使用方的令牌下载协议共享的全部记录，${format} 格式。`,
            en: `All records that the agreement of an agency's token shares, as ${format}.`,
          },
          licence,
          availability,
          format: formatOf(fileTypes[format] ?? 'OTHER'),
          accessUrl: address,
          mediaType: mediaTypeOf(mediaType),
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
