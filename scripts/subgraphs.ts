/** The subgraphs of the hub. A new one is added here and nowhere else. */
import { consultations } from '@hub/consultations';
import { cooperation } from '@hub/cooperation';
import { members } from '@hub/members';
import type { SubgraphDefinition } from '@hub/subgraph-server';
import { workstations } from '@hub/workstations';

export const subgraphs: readonly SubgraphDefinition<unknown>[] = [members, consultations, cooperation, workstations];

/** Where a subgraph listens when it runs as a process of its own. */
export function subgraphPort(name: string): number {
  return 4001 + subgraphs.findIndex((subgraph) => subgraph.name === name);
}
