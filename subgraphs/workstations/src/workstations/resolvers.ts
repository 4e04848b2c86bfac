import { searchedConnectionResolvers } from '@hub/connections';
import type { Committee, Region } from '@hub/regions';
import {
  committeeByCode,
  countedTotal,
  type Resolvers,
  rangeOf,
  regionByCode,
  type ScopeArgument,
} from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import { stub } from '../people.ts';
import type { Staffing, Workstation, WorkstationsAsked } from './store.ts';

export const workstationResolvers: Resolvers = {
  Query: {
    workstation: (_, { id }: { id: string }, { workstations }: Context) => workstations.workstations.load(id),
    workstations: (_, args: WorkstationsAsked & { within?: string | null }, { workstations }: Context) =>
      workstations.workstationsIn(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Workstation: {
    __resolveReference: ({ id }: Workstation, { workstations }: Context) => workstations.workstations.load(id),
    committee: ({ owner }: Workstation) => committeeByCode(owner),
    region: ({ region }: Workstation) => regionByCode(region),
    staffing: ({ id }: Workstation, _, { workstations }: Context) => workstations.staffingOfWorkstation.load(id),
  },
  WorkstationStaffing: {
    member: ({ member }: Staffing) => ({ id: member }),
  },
  Committee: {
    workstations: ({ code }: Committee, args: WorkstationsAsked & ScopeArgument, { workstations }: Context) =>
      workstations.workstationsIn(rangeOf(code, 'code', args.scope), args),
    workstationSummary: async ({ code }: Committee, { scope }: ScopeArgument, { workstations }: Context) => {
      const { total, byKind, byStatus } = await workstations.countsInRange.load(rangeOf(code, 'code', scope));
      return { total: countedTotal(total), byKind, byStatus };
    },
  },
  Region: {
    workstations: ({ code }: Region, args: WorkstationsAsked & ScopeArgument, { workstations }: Context) =>
      workstations.workstationsAt(rangeOf(code, 'code', args.scope), args),
  },
  Member: {
    ...stub,
    workstations: ({ id }: { id: string }, args: WorkstationsAsked, { workstations }: Context) =>
      workstations.workstationsOfMember(id, args),
  },
  WorkstationConnection: searchedConnectionResolvers,
};
