import { referableResolvers } from '@hub/references';
import { sql } from 'drizzle-orm';

/** Workstations that others may refer to: those that were taken off the list only as what was. */
export const referables = referableResolvers('workstations', [
  {
    table: 'workstation',
    type: 'Workstation',
    days: sql`case when known.status = 'DELISTED' then '{(,1900-01-01)}' else '{(,)}' end::datemultirange`,
  },
]);
