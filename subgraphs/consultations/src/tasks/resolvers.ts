import { subjectOf } from '@hub/access';
import type { Resolvers } from '@hub/subgraph-server';
import { newsFor, waitingFor } from '@hub/workflow';
import type { Context } from '../context.ts';
import { consultationSettings } from '../settings/settings.ts';
import { workKinds } from './kinds.ts';

export const taskResolvers: Resolvers = {
  Me: {
    __resolveReference: ({ id }: { id: string }, { actor }: Context) =>
      actor.kind !== 'PUBLIC' && subjectOf(actor) === id ? { id } : null,
    consultationTasks: async ({ id }: { id: string }, { first }: { first?: number | null }, context: Context) => {
      const { actor, scope } = context;
      if (!('committee' in actor)) return [];
      const settings = await consultationSettings.of(context, actor.committee);
      const waiting = await waitingFor(workKinds, scope, actor, settings, first);
      return waiting.map((task) => ({ ...task, subject: id }));
    },
    consultationNews: (
      _,
      asked: { readonly since?: string | null; readonly first?: number | null },
      { actor, scope }: Context,
    ) => newsFor(workKinds, scope, actor, asked),
  },
};
