import { sql } from 'drizzle-orm';
import { host } from '../tables.ts';

/** Ids of consultations that a committee of the range hosts with one outside it that leads. As an array they reach the index; in an EXISTS they would not. */
export const coHostedFromOutside = sql`array(select ${host.consultation} from ${host} where ${host.role} = 'CO_HOST'
  and ${host.committee} >= key.lo and ${host.committee} < key.hi
  and not (${host.owner} >= key.lo and ${host.owner} < key.hi) and ${host.deleted} is null)`;
/** What a host of the range recorded of such a consultation is there by its owner already. */
export const ofOutside = sql`not (owner >= key.lo and owner < key.hi)`;
