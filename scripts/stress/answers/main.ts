/**
 * `pnpm stress:answers`: random operations over the hub's graph, answered by the gateway over its subgraphs and by one server
 * that has the graph whole, from the same made-up records. Options: --operations 20000, --seed 1.
 */
import { parseArgs } from 'node:util';
import { compared } from './compared.ts';
import { startMadeUpGraph } from './made-up-graph.ts';

const { values: options } = parseArgs({
  options: { operations: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
});
const graph = await startMadeUpGraph();
const { same, refused, different } = await compared(graph, Number(options.operations), Number(options.seed));
console.log(`${same} alike, ${different.length} different, ${refused} not taken`);
for (const one of different.slice(0, 5)) console.log(JSON.stringify(one, null, 1));
await graph.stop();
process.exit(different.length > 0 ? 1 : 0);
