import type postgres from 'postgres';
import { BackupError } from './backup-error.ts';
import type { CatalogTable } from './catalog.ts';

/**
 * A row policy leaves rows out without a word, and a backup would lack them. So whoever reads either passes policies by, or
 * has one that shows all and none that takes away.
 * @throws BackupError ROWS_HIDDEN
 */
export async function requireAllRowsSeen(tx: postgres.TransactionSql, tables: readonly CatalogTable[]): Promise<void> {
  const [hidden] = await tx<{ name: string }[]>`
    select class.oid::regclass::text as name from pg_class as class
    where class.oid = any(${tables.map(({ oid }) => oid)}::oid[]) and row_security_active(class.oid)
      and (not exists (select 1 from pg_policy where polrelid = class.oid and polpermissive and polcmd in ('r', '*')
          and (polroles = '{0}' or exists (select 1 from unnest(polroles) as role where role <> 0 and pg_has_role(role, 'USAGE')))
          and pg_get_expr(polqual, polrelid) = 'true')
        or exists (select 1 from pg_policy where polrelid = class.oid and not polpermissive and polcmd in ('r', '*')))
    limit 1`;
  if (hidden)
    throw new BackupError(
      'ROWS_HIDDEN',
      `The user of DATABASE_URL doesn’t see all rows (${hidden.name}): back up as the tables’ owner after this version of the hub was started once, or as a superuser.`,
    );
}
