import { runSubgraph } from '@hub/subgraph-server';
import { consultations } from './subgraph.ts';

await runSubgraph(consultations);
