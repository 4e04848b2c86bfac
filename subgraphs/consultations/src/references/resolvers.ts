import { referringResolvers } from '@hub/references';
import { referable, referenceSource } from './tables.ts';

export const referring = referringResolvers({ referable, referenceSource });
