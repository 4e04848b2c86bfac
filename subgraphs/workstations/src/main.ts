import { runSubgraph } from '@hub/subgraph-server';
import { workstations } from './subgraph.ts';

await runSubgraph(workstations);
