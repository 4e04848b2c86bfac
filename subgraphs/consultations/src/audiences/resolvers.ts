import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { setPartVisibility } from './steps.ts';

export const audienceResolvers: Resolvers = {
  Mutation: {
    setPartVisibility: mutation('consultation', setPartVisibility, (id, { consultations }: Context) =>
      id === '' ? null : consultations.consultations.load(id),
    ),
  },
};
