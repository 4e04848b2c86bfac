import { readFacts } from '@hub/facts';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { subgraphs } from '../../scripts/subgraphs.ts';

test.each(subgraphs.map((subgraph) => [subgraph.name, subgraph] as const))(
  'what %s makes of the facts names columns of its tables and no others, and leaves none out in some rows',
  (_, { factsAsRows }) => {
    const batches = factsAsRows(readFacts());
    expect(batches.length).toBeGreaterThan(0);
    for (const { table, rows } of batches) {
      const columns = Object.keys(getTableColumns(table));
      const [first = []] = rows.map((row) => Object.keys(row).sort());
      expect(
        first.filter((key) => !columns.includes(key)),
        getTableName(table),
      ).toEqual([]);
      // A statement takes the columns of its first row for those of all.
      for (const row of rows) expect(Object.keys(row).sort(), getTableName(table)).toEqual(first);
    }
  },
);
