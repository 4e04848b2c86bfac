import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  acceptCooperation,
  addPartnerOrganization,
  declineCooperation,
  inviteCooperationPartner,
  leaveCooperation,
  partnerSteps,
  removePartnerOrganization,
  withdrawCooperationInvitation,
} from './steps.ts';
import type { Partner, PartnerOrganization } from './store.ts';

const read = (id: string, { partners }: Context) => partners.partners.load(id);

export const partnerResolvers: Resolvers = {
  Query: {
    cooperationPartner: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Cooperation: {
    partners: async (
      { id }: { id: string },
      { statuses }: { statuses: readonly string[] | null },
      { partners }: Context,
    ) => {
      const found = await partners.partnersOfCooperation.load(id);
      return statuses === null ? found : found.filter(({ status }) => statuses.includes(status));
    },
  },
  CooperationPartner: {
    __resolveReference: ({ id }: Partner, context: Context) => read(id, context),
    committee: ({ committee }: Partner) => committeeByCode(committee),
    organizations: ({ id }: Partner, _, { partners }: Context) => partners.organizationsOfPartner.load(id),
    cooperation: ({ cooperation }: Partner, _, { cooperations }: Context) =>
      cooperations.cooperations.load(cooperation),
    events: partnerSteps.fields.events,
    pendingSteps: (row: Partner, _, context: Context) =>
      // The initiator takes part as long as it keeps the record.
      row.position === 0 ? [] : partnerSteps.pending(context, row),
  },
  PartnerOrganization: {
    organization: ({ organization }: PartnerOrganization) => (organization ? { id: organization } : null),
  },
  Mutation: {
    inviteCooperationPartner: mutation('cooperationPartner', inviteCooperationPartner, read),
    withdrawCooperationInvitation: mutation('cooperationPartner', withdrawCooperationInvitation, read),
    acceptCooperation: mutation('cooperationPartner', acceptCooperation, read),
    declineCooperation: mutation('cooperationPartner', declineCooperation, read),
    leaveCooperation: mutation('cooperationPartner', leaveCooperation, read),
    addPartnerOrganization: mutation('cooperationPartner', addPartnerOrganization, read),
    removePartnerOrganization: mutation('cooperationPartner', removePartnerOrganization, read),
  },
};
