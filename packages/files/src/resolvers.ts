import type { Resolvers } from '@hub/subgraph-server';
import { mutation } from '@hub/workflow';
import type { Context } from '../context.ts';
import { abandonFile, appendFileChunk, beginFile, type File, finishFile } from './store.ts';

const received = (id: string) => ({ id });

export const fileResolvers: Resolvers = {
  Query: {
    file: (_, { id }: { id: string }, { files }: Context) => files.files.load(id),
    fileBytes: (_, { id, from, to }: { id: string; from: number; to: number }, { files }: Context) =>
      files.bytes(id, from, to),
  },
  File: {
    __resolveReference: ({ id }: File, { files }: Context) => files.files.load(id),
    url: ({ id }: File) => `/files/${id}`,
  },
  Mutation: {
    beginFile: mutation('file', beginFile, received),
    appendFileChunk: mutation('file', appendFileChunk, received),
    finishFile: mutation('file', finishFile, received),
    abandonFile: mutation('file', abandonFile, received),
  },
};
