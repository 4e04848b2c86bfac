/** Lists of records by whose they are: those of a committee, or of all committees in its region. */
import { countedApart } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn, AnyPgTable } from 'drizzle-orm/pg-core';

/** The codes from `lo` up to, and without, `hi`. */
export type Range = Readonly<{ lo: string; hi: string }>;
export const rangeKey = { lo: 'text', hi: 'text' } as const;
export const ownedInRange = ({ owner }: { readonly owner: AnyPgColumn }): SQL =>
  sql`${owner} >= key.lo and ${owner} < key.hi`;

/** The total of a range from the counters; what a counter can't hold is counted apart. */
export const totalInRange = (type: string, table: AnyPgTable): SQL => sql`(
  (select coalesce(sum(total), 0) from workstations.counter where type = ${sql.raw(`'${type}'`)} and owner >= key.lo and owner < key.hi)
  + (select count(*) from ${table} where owner >= key.lo and owner < key.hi and ${sql.raw(countedApart)} and deleted is null))`;

/** The codes of a level, as a regular expression. */
export const codesOfLevel: Readonly<Record<CommitteeLevel, string>> = {
  NATIONAL: '^000000$',
  PROVINCE: '^(?!00)..0000$',
  CITY: '^..(?!00)..00$',
  COUNTY: '^....(?!00)..$',
};
