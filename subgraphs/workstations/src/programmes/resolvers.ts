import { searchedConnectionResolvers } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { committeeByCode, type Resolvers, rangeOf, type ScopeArgument } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import { reference, stub } from '../people.ts';
import type { Programme, ProgrammesAsked } from './store.ts';

export const programmeResolvers: Resolvers = {
  Query: {
    programme: (_, { id }: { id: string }, { programmes }: Context) => programmes.programmes.load(id),
    programmes: (_, args: ProgrammesAsked & { within?: string | null }, { programmes }: Context) =>
      programmes.programmesIn(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Programme: {
    __resolveReference: ({ id }: Programme, { programmes }: Context) => programmes.programmes.load(id),
    committee: ({ owner }: Programme) => committeeByCode(owner),
    staffing: ({ id }: Programme, _, { programmes }: Context) => programmes.staffingOfProgramme.load(id),
  },
  ProgrammeStaffing: reference,
  Committee: {
    programmes: ({ code }: Committee, args: ProgrammesAsked & ScopeArgument, { programmes }: Context) =>
      programmes.programmesIn(rangeOf(code, 'code', args.scope), args),
  },
  Member: {
    programmes: ({ id }: { id: string }, args: ProgrammesAsked, { programmes }: Context) =>
      programmes.programmesOf('member', id, args),
  },
  Person: {
    ...stub,
    programmes: ({ id }: { id: string }, args: ProgrammesAsked, { programmes }: Context) =>
      programmes.programmesOf('person', id, args),
  },
  ProgrammeConnection: searchedConnectionResolvers,
};
