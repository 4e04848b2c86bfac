import { recordSchema } from '@hub/database';

export const members = recordSchema('members', 'members');
