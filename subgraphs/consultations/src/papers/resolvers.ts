import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { addPaper, type Paper, type PaperVersion, paperSteps, replacePaper, withdrawPaper } from './store.ts';

const read = (id: string, { papers }: Context) => papers.papers.load(id);
const fileOf = ({ file }: { file: string | null }, _: unknown, { files }: Context) =>
  file === null ? null : files.files.load(file);

export const paperResolvers: Resolvers = {
  Query: {
    paper: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Consultation: {
    papers: ({ id }: { id: string }, _, { papers }: Context) => papers.papersOfConsultation.load(id),
  },
  Paper: {
    __resolveReference: ({ id }: Paper, context: Context) => read(id, context),
    consultation: ({ consultation }: Paper, _, { consultations }: Context) =>
      consultations.consultations.load(consultation),
    file: fileOf,
    versions: ({ id }: Paper, _, { papers }: Context) => papers.versionsOfPaper.load(id),
    ...paperSteps.fields,
  },
  PaperVersion: {
    file: (version: PaperVersion, args, context: Context) => fileOf(version, args, context),
  },
  Mutation: {
    addPaper: mutation('paper', addPaper, read),
    replacePaper: mutation('paper', replacePaper, read),
    withdrawPaper: mutation('paper', withdrawPaper, read),
  },
};
