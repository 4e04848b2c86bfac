import { committeeByCode, type Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { correctAid, recordAid } from './steps.ts';
import type { AidEntry } from './store.ts';

const read = (id: string, { aid }: Context) => aid.entries.load(id);

export const aidResolvers: Resolvers = {
  Query: {
    aidEntry: (_, { id }: { id: string }, context: Context) => read(id, context),
  },
  Cooperation: {
    aid: ({ id }: { id: string }, _, { aid }: Context) => aid.entriesOfCooperation.load(id),
  },
  AidEntry: {
    __resolveReference: ({ id }: AidEntry, context: Context) => read(id, context),
    committee: ({ owner }: AidEntry) => committeeByCode(owner),
    corrects: ({ corrects }: AidEntry, _, context: Context) => (corrects === null ? null : read(corrects, context)),
    cooperation: ({ cooperation }: AidEntry, _, { cooperations }: Context) =>
      cooperations.cooperations.load(cooperation),
  },
  Mutation: {
    recordAid: mutation('aidEntry', recordAid, read),
    correctAid: mutation('aidEntry', correctAid, read),
  },
};
