import { connectionResolvers, type PageArguments } from '@hub/connections';
import { HubError } from '@hub/errors';
import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { type CalendarFeed, endCalendarFeed, feedSteps, openCalendarFeed, renewCalendarFeed } from './store.ts';

const read = (id: string, { calendarFeeds }: Context) => calendarFeeds.feeds.load(id);
const reference = (id: string | null) => (id === null ? null : { id });

export const calendarFeedResolvers: Resolvers = {
  Query: {
    calendarFeed: (_, { id }: { id: string }, context: Context) => read(id, context),
    calendarFeedBySecret: (_, { hash }: { hash: string }, { actor, calendarFeeds }: Context) => {
      if (actor.kind !== 'FEED') throw new HubError('FORBIDDEN');
      return calendarFeeds.bySecret(hash);
    },
  },
  Me: {
    calendarFeeds: (_, page: PageArguments, { actor, calendarFeeds }: Context) => calendarFeeds.keptBy(actor, page),
  },
  CalendarFeed: {
    __resolveReference: ({ id }: CalendarFeed, context: Context) => read(id, context),
    committee: ({ owner }: CalendarFeed) => committeeByCode(owner),
    member: ({ author }: CalendarFeed) => reference(author),
    cooperation: ({ cooperation }: CalendarFeed) => reference(cooperation),
    ...feedSteps.fields,
  },
  Mutation: {
    openCalendarFeed: mutation('calendarFeed', openCalendarFeed, read),
    renewCalendarFeed: mutation('calendarFeed', renewCalendarFeed, read),
    endCalendarFeed: mutation('calendarFeed', endCalendarFeed, read),
  },
  CalendarFeedConnection: connectionResolvers,
};
