import { recordSchema } from '@hub/database';

export const cooperationSchema = recordSchema('cooperation', 'meetings');
