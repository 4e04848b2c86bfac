import { referableResolvers, referringResolvers, wholeTime } from '@hub/references';
import { referable, referenceSource } from './tables.ts';

export const referables = referableResolvers('cooperation', [
  { table: 'cooperation', type: 'Cooperation', days: wholeTime },
]);

export const referring = referringResolvers({ referable, referenceSource });
