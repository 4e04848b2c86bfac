import { fileSteps } from '@hub/files';
import { file, fileChunk } from './tables.ts';

/** Files of agreements: how they are received, read and taken on. */
export const files = fileSteps({ file, fileChunk });
