import { runSubgraph } from '@hub/subgraph-server';
import { members } from './subgraph.ts';

await runSubgraph(members);
