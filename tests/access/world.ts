/** Databases with the fixture in them: it is put in once in a whole run, and each file has a copy of its own. */
import { createPreparedDatabase, type TestDatabase } from '@hub/testkit';
import { subgraphs } from '../../scripts/subgraphs.ts';
import { fill, type Reference, type Row, type Table, type World } from './fixture.ts';

/** A table as JSON has it. */
type KeptTable = Omit<Table, 'references' | 'uniques'> & {
  readonly references: readonly (readonly [string, Reference])[];
  readonly uniques: readonly (readonly [string, readonly string[]])[];
};
const keep = (table: Table): KeptTable => ({
  ...table,
  references: [...table.references],
  uniques: [...table.uniques],
});
const opened = (table: KeptTable): Table => ({
  ...table,
  references: new Map(table.references),
  uniques: new Map(table.uniques),
});

/** What a world is made of, as JSON has it. */
interface Kept {
  readonly faults: readonly string[];
  readonly tables: readonly KeptTable[];
  readonly others: readonly { readonly table: KeptTable; readonly rows: readonly Row[] }[];
  readonly rows: readonly Row[];
  readonly withdrawn: readonly string[];
  readonly newRows: readonly Row[];
}

/** A database in which the fixture stands, with the subgraphs' own triggers off. */
export async function createWorld(): Promise<{ database: TestDatabase; world: World }> {
  const { database, prepared } = await createPreparedDatabase<Kept>('world', async (admin) => {
    const world = await fill(
      admin,
      subgraphs.map(({ name }) => name),
    );
    return {
      faults: [...world.faults],
      tables: world.tables.map(keep),
      others: world.others.map(({ table, rows }) => ({ table: keep(table), rows })),
      rows: world.rows,
      withdrawn: [...world.withdrawn],
      newRows: world.newRows,
    };
  });
  const { faults, rows, withdrawn, newRows } = prepared;
  const tables = prepared.tables.map(opened);
  const world: World = {
    faults: new Set(faults),
    tables,
    others: prepared.others.map((one) => ({ ...one, table: opened(one.table) })),
    rows,
    byId: new Map(rows.map((row) => [row.id, row])),
    byTable: new Map(tables.map(({ name }) => [name, rows.filter((row) => row.table === name)])),
    withdrawn: new Set(withdrawn),
    newRows,
  };
  return { database, world };
}
