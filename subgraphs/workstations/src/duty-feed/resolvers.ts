import { dutyFeed } from '@hub/connections';
import { HubError } from '@hub/errors';
import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import { participation } from './participation.ts';

const feed = dutyFeed('workstations', [participation]);

export const dutyFeedResolvers: Resolvers = {
  Query: {
    dutyFeed: (_, { after, first }: { after: string; first: number }, { actor, scope }: Context) => {
      if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
      return feed(scope, after, first);
    },
  },
};
