import { RuleBroken } from '@hub/errors';
import { catalogFields } from '@hub/sharing';
import type { SharedDataset } from './tables.ts';

let datasetOf: ReadonlyMap<string, string> | undefined;

/** The dataset of every field that may be shared. */
function shareable(): ReadonlyMap<string, string> {
  datasetOf ??= new Map(
    catalogFields
      // An agency's affairs are its own, whatever is agreed on.
      .filter(({ sharing, dataset }) => sharing !== 'NOT_SHARED' && dataset !== 'sharing')
      .map(({ dataset, type, field }) => [`${type}.${field}`, dataset]),
  );
  return datasetOf;
}

/** @throws RuleBroken NOT_SHAREABLE with the fields that the catalogue doesn't have in that dataset, or that aren't shared */
export function assertShareable(datasets: readonly SharedDataset[]): void {
  const known = shareable();
  const fields = datasets.flatMap(({ dataset, fields, unmasked }) => [
    ...fields.filter((field) => known.get(field) !== dataset),
    ...unmasked.filter((field) => !fields.includes(field)),
    ...(fields.length === 0 ? [dataset] : []),
  ]);
  if (fields.length > 0) throw new RuleBroken('NOT_SHAREABLE', { path: ['datasets'], details: { fields } });
}
