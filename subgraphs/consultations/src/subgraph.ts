import { defineSubgraph, mergeResolvers } from '@hub/subgraph-server';
import { consultationResolvers } from './consultations/resolvers.ts';
import { createContext } from './context.ts';
import { factsAsRows } from './facts.ts';
import { outcomeResolvers } from './outcomes/resolvers.ts';
import { planResolvers } from './plans/resolvers.ts';
import { suggestionResolvers } from './suggestions/resolvers.ts';
import { upkeep } from './tables.ts';

/** 协商与监督: annual plans, consultations of every kind, suggestions and what each side made of them. */
export const consultations = defineSubgraph({
  name: 'consultations',
  folder: import.meta.url,
  features: ['consultations', 'suggestions', 'outcomes', 'plans'],
  upkeep,
  resolvers: mergeResolvers(consultationResolvers, suggestionResolvers, outcomeResolvers, planResolvers),
  createContext,
  factsAsRows,
});
