import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { addSession, closeTerm, openTerm } from './store.ts';

const readTerm = (id: string, { organizations }: Context) => organizations.terms.load(id);
const readSession = (id: string, { organizations }: Context) => organizations.sessions.load(id);

export const termResolvers: Resolvers = {
  Mutation: {
    openTerm: mutation('term', openTerm, readTerm),
    closeTerm: mutation('term', closeTerm, readTerm),
    addSession: mutation('session', addSession, readSession),
  },
};
