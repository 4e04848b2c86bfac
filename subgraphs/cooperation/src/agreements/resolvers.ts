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
    signatures: async ({ cooperation, committees, signatures, status }: Agreement, _, { partners }: Context) => {
      const sides = await partners.partnersOfCooperation.load(cooperation);
      const awaited =
        status === 'DRAFT' || status === 'PARTLY_SIGNED'
          ? sides.filter(
              (side) => side.status === 'ACCEPTED' && (committees.length === 0 || committees.includes(side.committee)),
            )
          : [];
      const signed = new Set(signatures.map(({ committee }) => committee));
      return [
        ...signatures.map(({ committee, on }) => ({ committee, signed: true, on })),
        ...awaited
          .filter(({ committee }) => !signed.has(committee))
          .map(({ committee }) => ({ committee, signed: false, on: null })),
      ];
    },
    events: agreementSteps.fields.events,
    pendingSteps: async (row: Agreement, _, context: Context) => {
      const { actor, partners } = context;
      const open = await agreementSteps.pending(context, row);
      if (actor.kind !== 'STAFF') return open;
      const { committee } = actor;
      const sides = await partners.partnersOfCooperation.load(row.cooperation);
      const signs =
        sides.some((side) => side.committee === committee && side.status === 'ACCEPTED') &&
        (row.committees.length === 0 || row.committees.includes(committee)) &&
        !row.signatures.some((one) => one.committee === committee);
      // Each side signs for itself, whoever entered it.
      const own = signs ? await agreementSteps.pending(context, { ...row, owner: committee }) : [];
      return [
        ...own.filter(({ step }) => step === 'signAgreement'),
        ...open.filter(({ step }) => step !== 'signAgreement'),
      ];
    },
  },
  AgreementSignature: { committee: ({ committee }: { committee: string }) => committeeByCode(committee) },
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
