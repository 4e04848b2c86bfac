import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { projectAudiences, rebuildAudiences, sourcePlaces, type ToldAudiences } from './projection.ts';

export const cooperationAudienceResolvers: Resolvers = {
  Query: {
    cooperationSources: (_, __, context: Context) => sourcePlaces(context),
  },
  Mutation: {
    rebuildCooperationAudiences: mutation('source', rebuildAudiences, (id: string) => id),
    projectCooperationAudiences: (_, { input }: { input: ToldAudiences }, context: Context) =>
      projectAudiences(input, context),
  },
};
