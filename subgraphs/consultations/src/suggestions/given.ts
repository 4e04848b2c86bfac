import { assertOnce, givenId } from '@hub/workflow';

export { type QuantityInput, quantityOf } from '@hub/workflow';

/** @throws RuleBroken INVALID where a given id is none, or is given twice */
export function assertIds(field: string, ids: readonly string[]): void {
  for (const [at, id] of ids.entries()) givenId(id, field, [field, String(at)]);
  assertOnce(ids, [field]);
}
