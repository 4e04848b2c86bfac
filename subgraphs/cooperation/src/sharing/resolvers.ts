import { connectionResolvers, type PageArguments } from '@hub/connections';
import { HubError } from '@hub/errors';
import { isId } from '@hub/inputs';
import { committeeByCode, type Resolvers, regionByCode } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  amendSharing,
  approveSharing,
  approveSharingAmendment,
  draftSharing,
  refuseSharing,
  requestSharing,
  resumeSharing,
  revokeSharing,
  sharingAgreementSteps,
  suspendSharing,
  withdrawSharingRequest,
} from './steps.ts';
import { type SharingAgreement, type SharingAgreementFilter, type SharingTerms, statusOf } from './store.ts';

const read = (id: string, { sharing }: Context) => sharing.agreements.load(id);

export const sharingResolvers: Resolvers = {
  Query: {
    sharingAgreement: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Committee: {
    sharingAgreements: (
      { code }: { code: string },
      { filter, ...page }: PageArguments & { filter?: SharingAgreementFilter | null },
      { sharing }: Context,
    ) => {
      if (filter?.agency != null && !isId(filter.agency))
        throw new HubError('BAD_USER_INPUT', { field: 'filter.agency' });
      return sharing.agreementsOf(code, filter, page);
    },
  },
  SharingAgreement: {
    __resolveReference: ({ id }: SharingAgreement, context: Context) => read(id, context),
    status: statusOf,
    agency: ({ agency }: SharingAgreement, _, { agencies }: Context) => agencies.agencies.load(agency),
    committee: ({ owner }: SharingAgreement) => committeeByCode(owner),
    terms: async ({ id, version }: SharingAgreement, _, { sharing }: Context) =>
      (await sharing.versionsOfAgreement.load(id)).find((terms) => terms.version === version) ?? null,
    versions: ({ id }: SharingAgreement, _, { sharing }: Context) => sharing.versionsOfAgreement.load(id),
    ...sharingAgreementSteps.fields,
  },
  SharingTerms: {
    regions: ({ regions }: SharingTerms) => regions.map((code) => regionByCode(code)),
  },
  SharingAgreementConnection: connectionResolvers,
  Mutation: {
    requestSharing: mutation('sharingAgreement', requestSharing, read),
    draftSharing: mutation('sharingAgreement', draftSharing, read),
    refuseSharing: mutation('sharingAgreement', refuseSharing, read),
    withdrawSharingRequest: mutation('sharingAgreement', withdrawSharingRequest, read),
    approveSharing: mutation('sharingAgreement', approveSharing, read),
    amendSharing: mutation('sharingAgreement', amendSharing, read),
    approveSharingAmendment: mutation('sharingAgreement', approveSharingAmendment, read),
    suspendSharing: mutation('sharingAgreement', suspendSharing, read),
    resumeSharing: mutation('sharingAgreement', resumeSharing, read),
    revokeSharing: mutation('sharingAgreement', revokeSharing, read),
  },
};
