/** Lists of records by whose they are: those of a committee, or of all committees in its region. */
import type { CommitteeLevel } from '@hub/regions';

export type { CodeRange as Range } from '@hub/connections';

export const rangeKey = { lo: 'text', hi: 'text' } as const;

/** The codes of a level, as a regular expression. */
export const codesOfLevel: Readonly<Record<CommitteeLevel, string>> = {
  NATIONAL: '^000000$',
  PROVINCE: '^(?!00)..0000$',
  CITY: '^..(?!00)..00$',
  COUNTY: '^....(?!00)..$',
};
