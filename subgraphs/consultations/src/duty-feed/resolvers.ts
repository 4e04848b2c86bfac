import { dutyFeed } from '@hub/connections';
import { HubError } from '@hub/errors';
import type { Resolvers } from '@hub/subgraph-server';
import type { Context } from '../context.ts';
import { attendance } from './attendance.ts';
import { discussions, jointDiscussions } from './discussions.ts';
import { participation } from './participation.ts';
import { readings } from './readings.ts';
import { speeches } from './speeches.ts';
import { submissions } from './submissions.ts';
import { suggestions } from './suggestions.ts';

const feed = dutyFeed('consultations', [
  attendance,
  participation,
  speeches,
  suggestions,
  submissions,
  discussions,
  jointDiscussions,
  readings,
]);

export const dutyFeedResolvers: Resolvers = {
  Query: {
    dutyFeed: (_, { after, first }: { after: string; first: number }, { actor, scope }: Context) => {
      if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
      return feed(scope, after, first);
    },
  },
};
