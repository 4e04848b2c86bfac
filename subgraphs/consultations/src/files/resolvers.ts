import { type FileStore, fileResolversOf } from '@hub/files';
import { mergeResolvers } from '@hub/subgraph-server';
import { files } from './store.ts';

export const fileResolvers = mergeResolvers(fileResolversOf(files), {
  Query: {
    file: (_, { id }: { id: string }, { files }: { readonly files: FileStore }) => files.files.load(id),
  },
});
