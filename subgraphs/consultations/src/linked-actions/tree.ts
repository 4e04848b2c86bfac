import { type SQL, sql } from 'drizzle-orm';
import { linkedAction } from './tables.ts';

/**
 * Ids of an action and, where `whole` holds, of those that carry it on, theirs as well, as far as they may be seen: a query,
 * to be joined or looked in. As an array it would be made anew for each row that is compared with it.
 */
export const treeOf = (action: SQL, whole: SQL = sql`true`): SQL => sql`(with recursive below(action_id) as (
  select ${action} union select ${linkedAction.id} from below join ${linkedAction} on ${linkedAction.partOf} = below.action_id
    where ${whole} and ${linkedAction.deleted} is null
) select below.action_id from below)`;
