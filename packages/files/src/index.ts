import { readFileSync } from 'node:fs';

export { fileResolversOf } from './resolvers.ts';
export { type File, type FileSteps, type FileStore, fileSteps } from './store.ts';
export { chunkBytes, fileCallable, fileTables, fileTriggers, quota, sweepFiles } from './tables.ts';

/** The SDL of a subgraph that keeps files. */
export const fileTypeDefs = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
