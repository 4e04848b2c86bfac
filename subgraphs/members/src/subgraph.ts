import { defineSubgraph, mergeResolvers } from '@hub/subgraph-server';
import { createContext } from './context.ts';
import { directoryResolvers } from './directory/resolvers.ts';
import { dutyResolvers } from './duty/resolvers.ts';
import { factsAsRows } from './facts.ts';
import { organizationResolvers } from './organizations/resolvers.ts';
import { peopleResolvers } from './people/resolvers.ts';
import { upkeep } from './tables.ts';

/** 委员与组织: committees and their parts, people and memberships, posts, duty. */
export const members = defineSubgraph({
  name: 'members',
  folder: import.meta.url,
  features: ['directory', 'people', 'organizations', 'duty'],
  upkeep,
  resolvers: mergeResolvers(directoryResolvers, peopleResolvers, organizationResolvers, dutyResolvers),
  createContext,
  factsAsRows,
});
