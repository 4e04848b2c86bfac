import { fileTypeDefs } from '@hub/files';
import { referableTypeDefs, referringTypeDefs } from '@hub/references';
import { defineSubgraph, mergeResolvers } from '@hub/subgraph-server';
import { accessResolvers } from './accesses/resolvers.ts';
import { agencyResolvers } from './agencies/resolvers.ts';
import { agreementResolvers } from './agreements/resolvers.ts';
import { aidResolvers } from './aid/resolvers.ts';
import { catalogResolvers } from './catalog/resolvers.ts';
import { createContext } from './context.ts';
import { cooperationResolvers } from './cooperations/resolvers.ts';
import { correctionResolvers } from './corrections/resolvers.ts';
import { factsAsRows } from './facts.ts';
import { fileResolvers } from './files/resolvers.ts';
import { milestoneResolvers } from './milestones/resolvers.ts';
import { outcomeResolvers } from './outcomes/resolvers.ts';
import { partnerResolvers } from './partners/resolvers.ts';
import { referables, referring } from './references/resolvers.ts';
import { sharingResolvers } from './sharing/resolvers.ts';
import * as tables from './tables.ts';
import { taskResolvers } from './tasks/resolvers.ts';
import { visitResolvers } from './visits/resolvers.ts';
import { webhookResolvers } from './webhooks/resolvers.ts';

/** 合作: pairings of regions, aid and visits with their steps, agreements, outcomes and ledger; and what is shared with partner agencies. */
export const cooperation = defineSubgraph({
  name: 'cooperation',
  folder: import.meta.url,
  features: [
    'cooperations',
    'partners',
    'milestones',
    'visits',
    'agreements',
    'outcomes',
    'aid',
    'corrections',
    'agencies',
    'sharing',
    'accesses',
    'webhooks',
    'tasks',
    'catalog',
  ],
  typeDefs: [fileTypeDefs, referableTypeDefs, referringTypeDefs],
  tables,
  upkeep: tables.upkeep,
  resolvers: mergeResolvers(
    cooperationResolvers,
    partnerResolvers,
    milestoneResolvers,
    visitResolvers,
    agreementResolvers,
    outcomeResolvers,
    aidResolvers,
    correctionResolvers,
    agencyResolvers,
    sharingResolvers,
    accessResolvers,
    webhookResolvers,
    fileResolvers,
    taskResolvers,
    catalogResolvers,
    referables,
    referring,
  ),
  createContext,
  factsAsRows,
});
