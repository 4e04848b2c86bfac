import { recordSchema } from '@hub/database';

export const consultations = recordSchema('consultations', 'meetings');
