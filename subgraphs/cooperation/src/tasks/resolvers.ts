import { subjectOf } from '@hub/access';
import type { Resolvers } from '@hub/subgraph-server';
import { waitingFor } from '@hub/workflow';
import type { Context } from '../context.ts';
import { workKinds } from './kinds.ts';

/** No step of a cooperation has a deadline that a setting could move. */
const noSettings = { version: 0, validFrom: null };

export const taskResolvers: Resolvers = {
  Me: {
    __resolveReference: ({ id }: { id: string }, { actor }: Context) =>
      actor.kind !== 'PUBLIC' && subjectOf(actor) === id ? { id } : null,
    cooperationTasks: async (
      { id }: { id: string },
      { first }: { first?: number | null },
      { scope, actor }: Context,
    ) => {
      const waiting = await waitingFor(workKinds, scope, actor, noSettings, first);
      return waiting.map((task) => ({ ...task, subject: id }));
    },
  },
};
