import { recordSchema } from '@hub/database';

export const cooperationSchema = recordSchema('cooperation', 'meetings');

/** The same schema's tables of what is shared with agencies, whose staff are charged with that. */
export const sharingSchema = recordSchema('cooperation', 'sharing');
