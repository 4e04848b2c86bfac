import { fileResolversOf } from '@hub/files';
import { files } from './store.ts';

export const fileResolvers = fileResolversOf(files);
