import { referableTypeDefs } from '@hub/references';
import { defineSubgraph, mergeResolvers } from '@hub/subgraph-server';
import { activityResolvers } from './activities/resolvers.ts';
import { createContext } from './context.ts';
import { dutyFeedResolvers } from './duty-feed/resolvers.ts';
import { factsAsRows } from './facts.ts';
import { livelihoodResolvers } from './livelihood/resolvers.ts';
import { programmeResolvers } from './programmes/resolvers.ts';
import { referables } from './referables.ts';
import { serviceRequestResolvers } from './requests/resolvers.ts';
import * as tables from './tables.ts';
import { workstationResolvers } from './workstations/resolvers.ts';

/** 工作站点: where members meet the public; programmes, activities, livelihood items and what the public asks for. */
export const workstations = defineSubgraph({
  name: 'workstations',
  folder: import.meta.url,
  features: ['workstations', 'livelihood', 'programmes', 'activities', 'requests', 'duty-feed'],
  typeDefs: [referableTypeDefs],
  tables,
  upkeep: tables.upkeep,
  resolvers: mergeResolvers(
    workstationResolvers,
    livelihoodResolvers,
    programmeResolvers,
    activityResolvers,
    serviceRequestResolvers,
    dutyFeedResolvers,
    referables,
  ),
  createContext,
  factsAsRows,
});
