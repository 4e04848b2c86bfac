import { type SQL, sql } from 'drizzle-orm';
import { linkedAction } from './tables.ts';

/**
 * Ids of an action and, where `whole` holds, of those that carry it on, theirs as well, as far as they may be seen. As an
 * array they reach an index.
 */
export const treeOf = (action: SQL, whole: SQL = sql`true`): SQL => sql`array(with recursive below(id) as (
  select ${action} union select ${linkedAction.id} from below join ${linkedAction} on ${linkedAction.partOf} = below.id
    where ${whole} and ${linkedAction.deleted} is null
) select below.id from below)`;
