import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
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

/** The root fields that run: those of one response name are one, and fragments are put in place. */
export function rootFields(document: DocumentNode, { selectionSet }: OperationDefinitionNode): string[] {
  const fragments = new Map<string, SelectionSetNode>();
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one.selectionSet);
  const names = new Map<string, string>();
  const seen = new Set<string>();
  const add = ({ selections }: SelectionSetNode): void => {
    for (const one of selections) {
      if (one.kind === Kind.FIELD) names.set((one.alias ?? one.name).value, one.name.value);
      else if (one.kind === Kind.INLINE_FRAGMENT) add(one.selectionSet);
      else if (!seen.has(one.name.value)) {
        seen.add(one.name.value);
        const fragment = fragments.get(one.name.value);
        if (fragment) add(fragment);
      }
    }
  };
  add(selectionSet);
  return [...names.values()];
}

/** How many codes an answer says were wrong. */
export function wrongCodes(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, one) => sum + wrongCodes(one), 0);
  if (typeof data !== 'object' || data === null) return 0;
  return Object.values(data).reduce((sum: number, value) => sum + (value === wrong ? 1 : wrongCodes(value)), 0);
}
