import { RuleBroken } from '@hub/errors';
import type { SharedDataset } from './tables.ts';

/** @throws RuleBroken NOT_SHAREABLE with the names that are in no dataset, or in one that isn't shared */
export function assertShareable(datasets: readonly SharedDataset[]): void {
  const fields = datasets.flatMap(({ fields }) => fields).filter((name) => !/^\w+\.\w+$/.test(name));
  if (fields.length > 0) throw new RuleBroken('NOT_SHAREABLE', { path: ['datasets'], details: { fields } });
}
