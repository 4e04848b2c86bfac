import type { Resolvers } from '@hub/subgraph-server';
import { type FetchContext, mutation } from '@hub/workflow';
import type { File, FileSteps, FileStore } from './store.ts';
import { chunkBytes } from './tables.ts';

interface Reading extends FetchContext {
  readonly files: FileStore;
}

/** Characters of a chunk as base64. */
const longestChunk = Math.ceil(chunkBytes / 3) * 4;

const received = (id: string) => ({ id });

/** What the gateway asks of a subgraph that keeps files, and the fields of a file. */
export function fileResolversOf(steps: FileSteps): Resolvers {
  return {
    Query: {
      // An agreement names fields: what is in a file is none, whoever else may read it.
      storedFile: (_, { id }: { id: string }, { files, actor }: Reading) =>
        actor.kind === 'AGENCY' ? null : files.files.load(id),
      fileBytes: (_, { id, from, to }: { id: string; from: number; to: number }, { files, actor }: Reading) =>
        actor.kind === 'AGENCY' ? null : files.bytes(id, from, to),
    },
    File: {
      __resolveReference: ({ id }: File, { files }: Reading) => files.files.load(id),
      url: ({ id }: File) => `/files/${id}`,
    },
    Mutation: {
      beginFile: mutation('file', steps.beginFile, received),
      appendFileChunk: mutation('file', steps.appendFileChunk, received, longestChunk),
      finishFile: mutation('file', steps.finishFile, received),
      abandonFile: mutation('file', steps.abandonFile, received),
    },
  };
}
