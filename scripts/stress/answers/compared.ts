import { type Answer, inOneOrder, type MadeUpGraph } from './made-up-graph.ts';
import { type RandomOperation, randomOperations } from './random-operations.ts';

export interface Difference extends RandomOperation {
  readonly gateway: Answer;
  readonly oneServer: Answer;
}

/** What the gateway refuses as too large, and tells so, is no answer to compare. */
const isRefusal = ({ data, errors = [] }: Answer) =>
  data === undefined &&
  errors.length > 0 &&
  errors.every(({ extensions }) => extensions['code'] === 'OPERATION_TOO_LARGE');

/** Has random operations answered by both, of every second some fields fail, and tells those that were answered differently. */
export async function compared(graph: MadeUpGraph, count: number, seed: number) {
  const different: Difference[] = [];
  let same = 0;
  let refused = 0;
  for (const { query, variables } of randomOperations(graph.api, seed)) {
    if (same + different.length >= count) break;
    if (!graph.admits(query, variables)) {
      refused += 1;
      continue;
    }
    graph.fail((same + different.length) % 2 === 1);
    const [gateway, oneServer] = [await graph.ofGateway(query, variables), await graph.ofOneServer(query, variables)];
    if (isRefusal(gateway)) refused += 1;
    else if (told(gateway) === told(oneServer)) same += 1;
    else different.push({ query, variables, gateway, oneServer });
  }
  graph.fail(false);
  return { same, refused, different };
}

/**
 * Data, and what of it is null by an error: one server goes on no further where a field took what it stands in with it, and the
 * gateway has several. Names of an object come in another order from a gateway, which puts fragments together first.
 */
const told = ({ data, errors = [] }: Answer): string =>
  inOneOrder({ data, lost: [...new Set(errors.map(({ path }) => lostBy(path, data)))].sort() });

function lostBy(path: readonly (string | number)[] | undefined, data: unknown): string {
  if (!path) return 'an error without a path';
  let value = data;
  for (const [at, step] of path.entries()) {
    if (value === null) return path.slice(0, at).join('.');
    value = (value as Record<string, unknown> | undefined)?.[step];
  }
  return value === null ? path.join('.') : `${path.join('.')}, which isn’t null`;
}
