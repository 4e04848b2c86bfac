import { RuleBroken } from '@hub/errors';
import { isId } from '@hub/inputs';

export { periodOf, type QuantityInput, quantityOf } from '@hub/workflow';

/** @throws RuleBroken INVALID where a given id is none */
export function assertIds(field: string, ids: readonly string[]): void {
  if (!ids.every(isId) || new Set(ids).size < ids.length)
    throw new RuleBroken('INVALID', { path: [field], details: { field } });
}
