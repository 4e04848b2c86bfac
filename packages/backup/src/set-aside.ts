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
  for (const { table, name } of constraints) await tx.unsafe(`alter table ${table} drop constraint ${name}`);
  for (const { table } of forced) await tx.unsafe(`alter table ${table} no force row level security`);
  for (const { quoted } of tables) await tx.unsafe(`alter table ${quoted} disable trigger user`);
  return {
    async putBack() {
      for (const { table, name, definition } of constraints)
        await tx.unsafe(`alter table ${table} add constraint ${name} ${definition}`).catch((error: unknown) => {
          throw new BackupError(
            'DAMAGED',
            `The backup is damaged or was changed: rows of ${table} name others that aren’t there (${name}). Nothing was restored.`,
            { cause: error },
          );
        });
      for (const { quoted } of tables) await tx.unsafe(`alter table ${quoted} enable trigger user`);
      for (const { table } of forced) await tx.unsafe(`alter table ${table} force row level security`);
      // Its statistics would come some minutes later, and until then lists would be read by the wrong plans.
      for (const { quoted } of tables) await tx.unsafe(`analyze ${quoted}`);
    },
  };
}
