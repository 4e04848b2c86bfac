import { fileTables, fileTriggers as triggersOf } from '@hub/files';
import { consultations } from '../schema.ts';

export const { file, fileChunk } = fileTables(consultations);

/** An older version of a paper takes the paper's file over. */
export const fileTriggers = triggersOf('consultations', [
  { table: 'paper' },
  { table: 'paper_version', over: 'paper' },
  { table: 'plan' },
]);
