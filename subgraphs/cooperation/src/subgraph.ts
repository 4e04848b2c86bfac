import { defineSubgraph, mergeResolvers } from '@hub/subgraph-server';
import { agreementResolvers } from './agreements/resolvers.ts';
import { aidResolvers } from './aid/resolvers.ts';
import { createContext } from './context.ts';
import { cooperationResolvers } from './cooperations/resolvers.ts';
import { factsAsRows } from './facts.ts';
import { milestoneResolvers } from './milestones/resolvers.ts';
import * as tables from './tables.ts';

/** 合作: pairings of regions, aid, visits and linked actions, with their steps, agreements and ledger. */
export const cooperation = defineSubgraph({
  name: 'cooperation',
  folder: import.meta.url,
  features: ['cooperations', 'milestones', 'agreements', 'aid'],
  tables,
  upkeep: tables.upkeep,
  resolvers: mergeResolvers(cooperationResolvers, milestoneResolvers, agreementResolvers, aidResolvers),
  createContext,
  factsAsRows,
});
