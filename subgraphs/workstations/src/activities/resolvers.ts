import { connectionResolvers, type PageArguments, searchedConnectionResolvers } from '@hub/connections';
import type { Committee } from '@hub/regions';
import { committeeByCode, type Resolvers, rangeOf, regionByCode, type ScopeArgument } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import { reference } from '../people.ts';
import type { ActivitiesAsked, Activity } from './store.ts';

const activitiesOf =
  (kind: 'workstation' | 'programme' | 'member' | 'person') =>
  ({ id }: { id: string }, args: ActivitiesAsked, { activities }: Context) =>
    activities.activitiesOf(kind, id, args);

export const activityResolvers: Resolvers = {
  Query: {
    activity: (_, { id }: { id: string }, { activities }: Context) => activities.activities.load(id),
    activities: (_, args: ActivitiesAsked & { within?: string | null }, { activities }: Context) =>
      activities.activitiesIn(rangeOf(args.within ?? '000000', 'within'), args),
  },
  Activity: {
    __resolveReference: ({ id }: Activity, { activities }: Context) => activities.activities.load(id),
    committee: ({ owner }: Activity) => committeeByCode(owner),
    workstation: ({ workstation }: Activity, _, { workstations }: Context) =>
      workstation ? workstations.workstations.load(workstation) : null,
    programme: ({ programme }: Activity, _, { programmes }: Context) =>
      programme ? programmes.programmes.load(programme) : null,
    region: ({ region }: Activity) => (region ? regionByCode(region) : null),
    participants: ({ id }: Activity, page: PageArguments, { activities }: Context) =>
      activities.participantsOf(id, page),
  },
  ActivityParticipant: reference,
  Committee: {
    activities: ({ code }: Committee, args: ActivitiesAsked & ScopeArgument, { activities }: Context) =>
      activities.activitiesIn(rangeOf(code, 'code', args.scope), args),
  },
  Workstation: { activities: activitiesOf('workstation') },
  Programme: { activities: activitiesOf('programme') },
  Member: { activities: activitiesOf('member') },
  Person: { activities: activitiesOf('person') },
  ActivityConnection: searchedConnectionResolvers,
  ActivityParticipantConnection: connectionResolvers,
};
