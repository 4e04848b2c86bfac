import { type Bilingual, catalogFields, type DatasetDescription, datasets } from '@hub/sharing';
import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';

const fieldsByDataset = new Map(
  datasets.map(({ name }) => [name, catalogFields.filter(({ dataset }) => dataset === name)]),
);

const said = (sentence: Bilingual | undefined, { language }: Context) => sentence?.[language] ?? null;

export const catalogResolvers: Resolvers = {
  Query: {
    datasets: () => datasets,
    dataset: (_, { name }: { name: string }) => datasets.find((dataset) => dataset.name === name) ?? null,
  },
  Dataset: {
    title: ({ title }: DatasetDescription, _, context: Context) => said(title, context),
    description: ({ description }: DatasetDescription, _, context: Context) => said(description, context),
    licence: ({ licence }: DatasetDescription, _, context: Context) => said(licence, context),
    keywords: ({ keywords }: DatasetDescription, _, { language }: Context) => keywords[language],
    conditions: ({ conditions }: DatasetDescription, _, context: Context) => said(conditions, context),
    legalGround: ({ legalGround }: DatasetDescription, _, context: Context) => said(legalGround, context),
    fields: ({ name }: DatasetDescription) => fieldsByDataset.get(name) ?? [],
  },
};
