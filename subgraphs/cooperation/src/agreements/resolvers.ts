import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  addAgreement,
  agreementSteps,
  attachAgreementFile,
  endAgreement,
  removeAgreementFile,
  signAgreement,
} from './steps.ts';
import type { Agreement, AgreementFile } from './store.ts';

const read = (id: string, { agreements }: Context) => agreements.agreements.load(id);

export const agreementResolvers: Resolvers = {
  Query: {
    agreement: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Cooperation: {
    agreements: ({ id }: { id: string }, _, { agreements }: Context) => agreements.agreementsOfCooperation.load(id),
  },
  Agreement: {
    __resolveReference: ({ id }: Agreement, context: Context) => read(id, context),
    parties: ({ signatories }: Agreement) => signatories,
    supersedes: ({ supersedes }: Agreement, _, context: Context) =>
      supersedes === null ? null : read(supersedes, context),
    supersededBy: async ({ id }: Agreement, _, { agreements }: Context) =>
      (await agreements.successorsOfAgreement.load(id))[0] ?? null,
    files: ({ id }: Agreement, _, { agreements }: Context) => agreements.filesOfAgreement.load(id),
    committee: ({ owner }: Agreement) => committeeByCode(owner),
    cooperation: ({ cooperation }: Agreement, _, { cooperations }: Context) =>
      cooperations.cooperations.load(cooperation),
    ...agreementSteps.fields,
  },
  AgreementFile: {
    file: ({ file }: AgreementFile, _, { files }: Context) => files.files.load(file),
    committee: ({ owner }: AgreementFile) => committeeByCode(owner),
  },
  Mutation: {
    addAgreement: mutation('agreement', addAgreement, read),
    signAgreement: mutation('agreement', signAgreement, read),
    endAgreement: mutation('agreement', endAgreement, read),
    attachAgreementFile: mutation('agreement', attachAgreementFile, read),
    removeAgreementFile: mutation('agreement', removeAgreementFile, read),
  },
};
