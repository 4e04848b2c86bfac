import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { appointToPost, endPost } from './store.ts';

const read = (id: string, { people }: Context) => people.posts.load(id);

export const postResolvers: Resolvers = {
  Mutation: {
    appointToPost: mutation('post', appointToPost, read),
    endPost: mutation('post', endPost, read),
  },
};
