import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { rootFields } from '../graphql/root-fields.ts';
import type { RequestContext } from '../request-context.ts';
import type { Deposit } from './visitor.ts';

/** Mutations that try a code. */
const tryingCodes: ReadonlySet<string> = new Set(['signIn', 'scanDutyCode', 'recordScans']);
const wrong = 'CODE_INVALID';

const deposits = new WeakMap<RequestContext, Deposit>();

/** Charges an operation before it is planned. @throws TooManyRequests */
export async function chargeOperation(
  context: RequestContext,
  { document, operation }: { readonly document: DocumentNode; readonly operation: OperationDefinitionNode | undefined },
): Promise<void> {
  const { charged, actor } = context;
  if (!charged || !operation) return;
  const { visitor, cost } = charged;
  // Its arrival was charged as one.
  await visitor.charge('read', Math.ceil(cost) - 1);
  if (operation.operation !== 'mutation') return;
  const fields = rootFields(document, operation);
  await visitor.charge(actor.kind === 'PUBLIC' ? 'file' : 'write', fields.length);
  const codes = fields.filter((name) => tryingCodes.has(name)).length;
  if (codes > 0) deposits.set(context, await visitor.tryCode(codes));
}

/** Gives back what was charged for codes that were right. */
export function settleCodes(context: RequestContext, data: unknown): void {
  deposits.get(context)?.settle(wrongCodes(data));
  deposits.delete(context);
}

/** How many codes an answer says were wrong. */
export function wrongCodes(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, one) => sum + wrongCodes(one), 0);
  if (typeof data !== 'object' || data === null) return 0;
  return Object.values(data).reduce((sum: number, value) => sum + (value === wrong ? 1 : wrongCodes(value)), 0);
}
