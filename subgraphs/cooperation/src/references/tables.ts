import { referableFunctions as functionsOf, referenceTables } from '@hub/references';
import { cooperationSchema } from '../schema.ts';

export const { referable, referenceSource } = referenceTables(cooperationSchema);

export const referableFunctions = functionsOf('cooperation');
