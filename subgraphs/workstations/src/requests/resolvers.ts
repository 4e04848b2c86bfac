import { searchedConnectionResolvers } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { committeeByCode, type Resolvers, rangeOf, regionByCode, type ScopeArgument } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import type { Workstation } from '../workstations/store.ts';
import type { ServiceRequest, ServiceRequestsAsked } from './store.ts';

export const serviceRequestResolvers: Resolvers = {
  Query: {
    serviceRequest: (_, { id }: { id: string }, { requests }: Context) => requests.requests.load(id),
    serviceRequests: (_, args: ServiceRequestsAsked & { within?: string | null }, { requests }: Context) =>
      requests.requestsIn(rangeOf(args.within ?? '000000', 'within'), args),
  },
  ServiceRequest: {
    __resolveReference: ({ id }: ServiceRequest, { requests }: Context) => requests.requests.load(id),
    committee: ({ owner }: ServiceRequest) => committeeByCode(owner),
    workstation: ({ workstation }: ServiceRequest, _, { workstations }: Context) =>
      workstation ? workstations.workstations.load(workstation) : null,
    region: ({ region }: ServiceRequest) => (region ? regionByCode(region) : null),
  },
  Committee: {
    serviceRequests: ({ code }: Committee, args: ServiceRequestsAsked & ScopeArgument, { requests }: Context) =>
      requests.requestsIn(rangeOf(code, 'code', args.scope), args),
  },
  Workstation: {
    serviceRequests: ({ id }: Workstation, args: ServiceRequestsAsked, { requests }: Context) =>
      requests.requestsOfWorkstation(id, args),
  },
  ServiceRequestConnection: searchedConnectionResolvers,
};
