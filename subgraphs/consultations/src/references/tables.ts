import { referableFunctions as functionsOf, officeFunctions, referenceTables } from '@hub/references';
import { consultations } from '../schema.ts';

export const { referable, referenceSource } = referenceTables(consultations);

export const referableFunctions = `${functionsOf('consultations')}${officeFunctions('consultations')}`;
