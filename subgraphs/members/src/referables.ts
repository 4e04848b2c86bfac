import { referableResolvers, wholeTime } from '@hub/references';
import { sql } from 'drizzle-orm';

/** Whom and what of the directory others may refer to. A member who is nominated and no more serves on no day. */
export const referables = referableResolvers('members', [
  { table: 'member', type: 'Member', days: sql`known.serving`, person: sql`known.person` },
  { table: 'person', type: 'Person', days: wholeTime },
  {
    table: 'organization',
    type: 'Organization',
    // Sectors, groups and the party's own cells handle nothing for others.
    as: sql`case when known.classification in ('SECTOR', 'SECTOR_GROUP', 'MEMBER_GROUP', 'PARTY_GROUP', 'PARTY_BRANCH', 'TEMPORARY_PARTY_BRANCH', 'TEMPORARY_PARTY_CELL')
      then 'Organization' else 'Department' end`,
    days: sql`datemultirange(daterange(known.valid_from, known.valid_until, '[]'))`,
  },
]);
