import { runSubgraph } from '@hub/subgraph-server';
import { cooperation } from './subgraph.ts';

await runSubgraph(cooperation);
