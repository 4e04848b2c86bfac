export type { CodeRange as Range } from '@hub/connections';

export const rangeKey = { lo: 'text', hi: 'text' } as const;
