/** The subgraphs of the hub. A new one is added here and nowhere else. */
import { members } from '@hub/members';
import type { SubgraphDefinition } from '@hub/subgraph-server';

export const subgraphs: readonly SubgraphDefinition<unknown>[] = [members];

/** Where a subgraph listens when it runs as a process of its own. */
export function subgraphPort(name: string): number {
  return 4001 + subgraphs.findIndex((subgraph) => subgraph.name === name);
}
