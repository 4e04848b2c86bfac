import type postgres from 'postgres';
import { BackupError } from './backup-error.ts';
import type { CatalogTable } from './catalog.ts';

/**
 * Takes what would act on rows as they are loaded out of the way: triggers, foreign keys, checks that hold for new rows alone,
 * and policies that hold for the owner too. Only what a plain owner may do. Foreign keys are looked at again, as a whole,
 * when they come back.
 */
export async function setAside(
  tx: postgres.TransactionSql,
  tables: readonly CatalogTable[],
): Promise<{ putBack(): Promise<void> }> {
  const oids = tables.map(({ oid }) => oid);
  const constraints = await tx<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where conrelid = any(${oids}::oid[]) and (contype = 'f' or (contype = 'c' and not convalidated))
    order by contype, conrelid, conname`;
  const forced = await tx<{ table: string }[]>`
    select oid::regclass::text as table from pg_class where oid = any(${oids}::oid[]) and relforcerowsecurity`;
  const alter = (...changes: readonly string[]) =>
    tx.unsafe(changes.map((change) => `alter table ${change};`).join('\n'));
  await alter(
    ...constraints.map(({ table, name }) => `${table} drop constraint ${name}`),
    ...forced.map(({ table }) => `${table} no force row level security`),
    ...tables.map(({ quoted }) => `${quoted} disable trigger user`),
  );
  return {
    async putBack() {
      await alter(
        ...constraints.map(({ table, name, definition }) => `${table} add constraint ${name} ${definition}`),
      ).catch((error: { table_name?: string; constraint_name?: string }) => {
        throw new BackupError(
          'DAMAGED',
          `The backup is damaged or was changed: rows of ${error.table_name} name others that aren’t there (${error.constraint_name}). Nothing was restored.`,
          { cause: error },
        );
      });
      await alter(
        ...tables.map(({ quoted }) => `${quoted} enable trigger user`),
        ...forced.map(({ table }) => `${table} force row level security`),
      );
      // Its statistics would come some minutes later, and until then lists would be read by the wrong plans.
      await tx.unsafe(`analyze ${tables.map(({ quoted }) => quoted).join(', ')}`);
    },
  };
}
