import { fileTables, fileTriggers as triggersOf } from '@hub/files';
import { cooperationSchema } from '../schema.ts';

export const { file, fileChunk } = fileTables(cooperationSchema);

export const fileTriggers = triggersOf('cooperation', [{ table: 'agreement_file' }]);
