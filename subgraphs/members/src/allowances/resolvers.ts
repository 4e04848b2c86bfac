import { HubError } from '@hub/errors';
import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import { takeAllowances } from './store.ts';

export const allowanceResolvers: Resolvers = {
  Mutation: {
    takeAllowances: (_, given: { gateway: string; demands: readonly object[] }, { actor, scope }: Context) => {
      if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
      return takeAllowances(scope, given);
    },
  },
};
