import { connectionResolvers, type PageArguments } from '@hub/connections';
import { HubError } from '@hub/errors';
import { isId } from '@hub/inputs';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import {
  addAgencyKey,
  agencyKeySteps,
  closeAgency,
  partnerAgencySteps,
  registerAgency,
  retireAgencyKey,
} from './steps.ts';
import type { AgencyKey, PartnerAgency } from './store.ts';

const readAgency = (id: string, { agencies }: Context) => agencies.agencies.load(id);
const readKey = (id: string, { agencies }: Context) => agencies.keys.load(id);

export const agencyResolvers: Resolvers = {
  Query: {
    partnerAgency: (_, { id }: { id: string }, context: Context) => readAgency(id, context),
    agencyKey: (_, { id }: { id: string }, context: Context) => readKey(id, context),
    agencyAccess: async (
      _,
      { agency: id, agreement }: { agency: string; agreement?: string | null },
      { agencies, sharing, actor }: Context,
    ) => {
      if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
      const agency = isId(id) ? await agencies.agencies.load(id) : null;
      if (agency?.status !== 'REGISTERED') return null;
      const keys = (await agencies.keysOfAgency.load(id)).filter(({ status }) => status === 'ACTIVE');
      const asked = agreement == null ? null : await sharing.agreements.load(agreement);
      return { agency: id, registeredBy: agency.owner, keys, agreement: asked?.agency === id ? asked : null };
    },
  },
  Committee: {
    partnerAgencies: ({ code }: { code: string }, page: PageArguments, { agencies }: Context) =>
      agencies.agenciesOf(code, page),
  },
  PartnerAgency: {
    __resolveReference: ({ id }: PartnerAgency, context: Context) => readAgency(id, context),
    committee: ({ owner }: PartnerAgency) => committeeByCode(owner),
    keys: ({ id }: PartnerAgency, _, { agencies }: Context) => agencies.keysOfAgency.load(id),
    sharingAgreements: ({ id }: PartnerAgency, page: PageArguments, { sharing }: Context) =>
      sharing.agreementsOfAgency(id, page),
    ...partnerAgencySteps.fields,
  },
  PartnerAgencyConnection: connectionResolvers,
  AgencyKey: {
    __resolveReference: ({ id }: AgencyKey, context: Context) => readKey(id, context),
    publicKey: ({ publicKey }: AgencyKey) => JSON.stringify(publicKey),
    agency: ({ agency }: AgencyKey, _, context: Context) => readAgency(agency, context),
    ...agencyKeySteps.fields,
  },
  Mutation: {
    registerAgency: mutation('partnerAgency', registerAgency, readAgency),
    closeAgency: mutation('partnerAgency', closeAgency, readAgency),
    addAgencyKey: mutation('agencyKey', addAgencyKey, readKey),
    retireAgencyKey: mutation('agencyKey', retireAgencyKey, readKey),
  },
};
