import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { host } from '../tables.ts';

/** A range of committees' current codes. */
export interface Range {
  readonly lo: string;
  readonly hi: string;
}

/** Ids of consultations that a committee of the range hosts with one outside it that leads. As an array they reach the index; in an EXISTS they would not. */
export const coHostedFromOutside = sql`array(select ${host.consultation} from ${host} where ${host.role} = 'CO_HOST'
  and ${host.committee} >= key.lo and ${host.committee} < key.hi
  and not (${host.owner} >= key.lo and ${host.owner} < key.hi) and ${host.deleted} is null)`;

/** What hangs on a range: what its committees own, and what belongs to consultations that they host with others; each row once. */
export function inRange(owner: AnyPgColumn, consultation: AnyPgColumn): SQL {
  return sql`(${owner} >= key.lo and ${owner} < key.hi or ${consultation} = any(${coHostedFromOutside}))`;
}
